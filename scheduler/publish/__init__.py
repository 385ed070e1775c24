"""Ways to look at a timetable: calendars, spreadsheets, pages; pure functions of a document and a timetable."""
