"""Whether a document is whole and at one with itself: every fault at once."""

from collections.abc import Callable, Iterator

from scheduler.domain.check_commissions import commissions, consultations, entitlements
from scheduler.domain.check_courses import courses, groups, other_events, plans
from scheduler.domain.check_exam_places import exam_places
from scheduler.domain.check_exams import exam_order, exams
from scheduler.domain.check_people import availability, limits, places
from scheduler.domain.check_requests import requests
from scheduler.domain.check_sessions import exam_times, sessions
from scheduler.domain.check_term import bell_schedules, term, zones
from scheduler.domain.document import Document
from scheduler.domain.references import dangling, listed_twice, repeated
from scheduler.errors import Fault
from scheduler.policies import faults as policy

Check = Callable[[Document], Iterator[Fault]]

CHECKS: tuple[Check, ...] = (
    repeated,
    dangling,
    listed_twice,
    term,
    zones,
    bell_schedules,
    places,
    availability,
    limits,
    groups,
    plans,
    courses,
    other_events,
    sessions,
    exams,
    exam_times,
    exam_order,
    exam_places,
    commissions,
    consultations,
    entitlements,
    requests,
    policy,
)
"""In the order in which faults are told; each bears with what the others find."""


def check(document: Document) -> tuple[Fault, ...]:
    """Find everything that is missing from a document or contradicts itself."""
    return tuple(dict.fromkeys(fault for one in CHECKS for fault in one(document)))
