"""The plain facts of a timetable, recounted in dates and minutes: by no rule, no compiled problem and no solver.

A second opinion, so it shares nothing with the engine's side.
"""

from scheduler.operations.facts.dates import Dated, Dates
from scheduler.operations.facts.meetings import Meetings

__all__ = ["Dated", "Facts"]


class Facts(Meetings, Dates):
    """Looks at a timetable with the eyes of those who live by it."""
