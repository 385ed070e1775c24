"""A session's plan for people: its page, its protocols, everybody's appointments; pure functions of a document and a plan."""
