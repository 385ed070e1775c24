"""What a calendar shows of one event, whatever it is: a lesson, an exam, a consultation."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of a calendar.

    Parameters
    ----------
    identity
        Its lasting name in its term.
    start, end
        By the clock of the calendar's owner.
    summary, location, description, category
        In the calendar's language.
    online, link
        Whether it is held online, and where: the link takes the place of a location that is empty, if it is an address.
    cancelled
        Whether it was to be held and will not be.
    """

    identity: str
    start: datetime
    end: datetime
    summary: str
    location: str
    description: str
    category: str
    online: bool = False
    link: str = ""
    cancelled: bool = False
