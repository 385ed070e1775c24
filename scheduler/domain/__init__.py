"""What a school knows about itself, in its own words: frozen models, and nothing that computes a timetable."""
