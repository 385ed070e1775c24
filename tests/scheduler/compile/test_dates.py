"""The weekly pattern on the dates of the term."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from scheduler.compile.dates import dated_placements, occurrences
from scheduler.domain.document import Document
from scheduler.domain.timetable import Occurrence, Placement, Timetable
from scheduler.operations.facts import Facts
from tests.scheduler.compile.centre import CENTRE, centre

TERM = {**CENTRE["term"], "first_day": date(2026, 9, 1), "last_day": date(2026, 9, 18)}


def placement(event: str, weekday: str, period: int, **fields: Any) -> Placement:
    starts = {1: time(9), 2: time(9, 50), 3: time(11), 4: time(11, 50)}
    ends = {1: time(9, 40), 2: time(10, 30), 3: time(11, 40), 4: time(12, 30)}
    course, section, number = event.split("/")
    return Placement.model_validate(
        {
            "event": event,
            "course": course,
            "section": int(section),
            "number": int(number),
            "weeks": (1, 2),
            "weekday": weekday,
            "periods": (period,),
            "bells": "usual",
            "start": starts[period],
            "end": ends[period],
            "time_zone": "Europe/Moscow",
            "mode": "online",
            "students": ("anna", "vera"),
            "teachers": ("petrova",),
        }
        | fields
    )


def told(document: Document, *placements: Placement) -> list[str]:
    """Each occurrence as date, start, id and status."""
    return [
        f"{o.start:%m-%d %H:%M} {o.id} {o.status}" + (f" ({o.reason})" if o.reason else "")
        for o in occurrences(document, placements)
    ]


def facts(document: Document, *placements: Placement) -> list[str]:
    pattern = (*placements, *dated_placements(document))
    timetable = Timetable(pattern=pattern, occurrences=occurrences(document, pattern))
    return [f"{fact.date:%m-%d} {fact.sentence}" for fact in Facts(document, timetable).of_dates()]


def test_weeks_are_counted_from_the_anchor_and_meetings_by_cycle_and_number() -> None:
    document = centre(term=TERM)

    assert told(document, placement("alg/1/1", "tue", 1), placement("mus/1/1", "wed", 2, weeks=(2,))) == [
        "09-01 09:00 alg/1/1@1.1 held",
        "09-08 09:00 alg/1/1@1.2 held",
        "09-09 09:50 mus/1/1@1.1 held",
        "09-15 09:00 alg/1/1@2.1 held",
    ]


def test_a_holiday_loses_its_lessons_and_a_moved_day_holds_another_days() -> None:
    holidays = [{"first": date(2026, 9, 8), "last": date(2026, 9, 8), "name": "City day"}]
    moved = [{"date": date(2026, 9, 12), "as_date": date(2026, 9, 9)}]
    document = centre(term={**TERM, "holidays": holidays, "moved_days": moved})

    assert told(document, placement("alg/1/1", "tue", 1), placement("alg/1/2", "wed", 1)) == [
        "09-01 09:00 alg/1/1@1.1 held",
        "09-02 09:00 alg/1/2@1.1 held",
        "09-08 09:00 alg/1/1@1.2 lost (City day)",
        "09-12 09:00 alg/1/2@1.2 held",
        "09-15 09:00 alg/1/1@2.1 held",
        "09-16 09:00 alg/1/2@2.1 held",
    ]
    assert facts(document, placement("alg/1/1", "tue", 1), placement("alg/1/2", "wed", 1)) == []


def test_a_day_that_gives_way_to_anothers_lessons_loses_its_own() -> None:
    moved = [{"date": date(2026, 9, 7), "as_date": date(2026, 9, 12)}]
    document = centre(term={**TERM, "week_days": 6, "moved_days": moved})

    assert facts(document, placement("alg/1/1", "mon", 1)) == ["09-07 1 lesson of 2026-09-07 is held on no day."]


def test_a_shortened_day_rings_other_bells_and_has_no_place_for_late_lessons() -> None:
    shortened = [{"date": date(2026, 9, 8), "bells": "short", "sites": ["W"]}]
    document = centre(term={**TERM, "shortened_days": shortened})
    early, late = placement("alg/1/1", "tue", 2, students=("anna",)), placement("alg/1/2", "tue", 3, students=("anna",))
    east = placement("mus/1/1", "tue", 2, students=("boris",), teachers=("ivanov",))
    held = {o.id: o for o in occurrences(document, (early, late, east))}

    assert [(o.start.strftime("%H:%M"), o.end.strftime("%H:%M"), o.status, o.bells) for o in _second(held)] == [
        ("09:40", "10:10", "held", "short"),
        ("11:00", "11:40", "lost", "short"),
        ("09:50", "10:30", "held", None),
    ]
    assert facts(document, early, late, east) == ["09-08 The bells of 2026-09-08 have no place for 1 lesson."]


def _second(held: dict[str, Occurrence]) -> list[Occurrence]:
    return [held[f"{event}@1.2"] for event in ("alg/1/1", "alg/1/2", "mus/1/1")]


def test_a_shortened_day_can_make_people_meet_twice_at_once() -> None:
    shortened = [{"date": date(2026, 9, 8), "bells": "short", "sites": ["W"]}]
    document = centre(term={**TERM, "shortened_days": shortened})
    here = placement("alg/1/1", "tue", 2, students=("anna",))
    there = placement("mus/1/1", "tue", 1, students=("boris",), end=time(9, 45))

    assert facts(document, here, there) == [
        "09-08 Petrova is in two places at once: “mus/1/1” and “alg/1/1” (09:40:00)."
    ]


def test_a_dated_event_suspends_its_peoples_lessons_or_clashes_with_them() -> None:
    day = {"first": date(2026, 9, 8), "last": date(2026, 9, 8), "start": "09:00", "end": "12:00"}
    lesson = placement("alg/1/1", "tue", 1)

    def document(*, suspends: bool, **who: Any) -> Document:
        events = [{"id": "forum", "dated": [{**day, "suspends_lessons": suspends}], **who}]
        return centre(term=TERM, events=events)

    suspending = document(suspends=True, students=["anna"])
    found = {o.id: o for o in occurrences(suspending, (lesson, *dated_placements(suspending)))}
    assert (found["alg/1/1@1.2"].status, found["alg/1/1@1.2"].students) == ("held", ("vera",))
    assert found["forum/1/1001@1.1"].start.isoformat() == "2026-09-08T09:00:00+03:00"

    teaching = document(suspends=True, teachers=["petrova"])
    found = {o.id: o for o in occurrences(teaching, (lesson, *dated_placements(teaching)))}
    assert (found["alg/1/1@1.2"].status, found["alg/1/1@1.2"].reason) == ("cancelled", "forum")

    assert facts(document(suspends=False, students=["anna"]), lesson) == [
        "09-08 Anna is in two places at once: “alg/1/1” and “forum/1/1001” (09:00:00)."
    ]
    assert facts(suspending, lesson) == []
