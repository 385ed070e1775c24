"""The institution's side of Zvonok: words, dates, people and what is done with them."""
