"""Workbooks to filter and to print: of a term's timetable, and of a session's plan."""
