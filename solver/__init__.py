"""The mathematician's side of Zvonok: whole numbers in, placements out; no dates, no names, no pydantic."""
