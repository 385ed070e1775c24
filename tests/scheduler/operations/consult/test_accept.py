"""Accepting: a new version with its parent, lasting identities, refusals, and the audit's own look at consultations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.compile.dates import occurrences
from scheduler.errors import BadInput
from scheduler.formats.native import digest
from scheduler.operations.audit import audit
from scheduler.operations.compare import compare
from scheduler.operations.consult import accept, choose, consult
from scheduler.operations.facts import Facts
from scheduler.publish import ics
from scheduler.publish.participants import participant
from scheduler.publish.views import Views
from scheduler.texts import Texts
from tests.scheduler.operations.consult.school import answer, at, changed, request, school, starts, timetable

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Timetable

TUESDAY: dict[str, Any] = {"first_day": "2026-09-08", "last_day": "2026-09-08"}
FIRST_PERIOD: dict[str, Any] = {"earliest": "09:00", "latest": "10:00"}


def accepted(document: Document, made: Timetable, *named: str) -> Timetable:
    """The new version with these proposals."""
    done = accept(document, made, choose(document, made, named))
    assert done.timetable is not None, done.reasons
    return done.timetable


def told(document: Document, made: Timetable) -> list[str]:
    """What the facts of dated meetings and of requests find wrong, in English."""
    facts, texts = Facts(document, made), Texts("en")
    return [texts.tell(one) for one in (*(fact.sentence for fact in facts.of_meetings()), *facts.of_requests())]


def spoilt(made: Timetable, event: str, **fields: object) -> Timetable:
    """A timetable with one placement changed by hand."""
    pattern = tuple(p.model_copy(update=fields) if p.event == event else p for p in made.pattern)
    return made.model_copy(update={"pattern": pattern})


def shifted(made: Timetable, event: str, by: timedelta) -> Timetable:
    """A timetable with the meetings of one event held later."""
    held = tuple(
        one.model_copy(update={"start": one.start + by, "end": one.end + by}) if one.event == event else one
        for one in made.occurrences
    )
    return made.model_copy(update={"occurrences": held})


def test_the_new_version_tells_where_it_comes_from_and_holds_what_was_accepted() -> None:
    document = school(request())
    made = timetable(document)
    new = accepted(document, made, "R=2")
    (held,) = [one for one in new.occurrences if one.event == "R/1/1"]

    assert (new.parent, new.input) == (digest(made), digest(document))
    assert (held.id, held.start, held.end) == ("R/1/1@1.1", at(10, "09:50"), at(10, "10:30"))
    assert new.placements["R/1/1"].model_dump(exclude_defaults=True, mode="json") == {
        "event": "R/1/1",
        "kind": "consultation",
        "course": "R",
        "weeks": [],
        "weekday": "thu",
        "start": "09:50",
        "end": "10:30",
        "time_zone": "Europe/Moscow",
        "mode": "online",
        "teachers": ["petrova"],
        "students": ["anna"],
        "seats": {"anna": "W1"},
    }
    assert accepted(document, made.model_copy(update={"id": "v1"}), "R=1").parent == "v1"


def test_the_audit_accepts_what_was_accepted_and_all_other_meetings_are_as_they_were() -> None:
    document = school(request(count=2), **changed("courses", "mus", hours=1))
    made = timetable(document)
    before, after = audit(document, made), audit(document, new := accepted(document, made, "R=1"))

    assert (after.facts, after.dated, after.cost, after.kept) == (before.facts, before.dated, before.cost, True)
    assert new.occurrences[: len(made.occurrences)] == made.occurrences
    assert len(new.occurrences) == len(made.occurrences) + 2


def test_a_moved_lesson_keeps_its_identity_and_the_version_no_longer_tells_its_fault() -> None:
    document = school(request(**TUESDAY, **FIRST_PERIOD, may_move=True))
    new = accepted(document, timetable(document), "R=1")
    moved = next(one for one in new.occurrences if one.id == "alg/1/1@1.1")

    assert (moved.start, moved.end, moved.periods) == (at(8, "09:50"), at(8, "10:30"), (2,))
    assert (moved.room, moved.seats, moved.bells) == (None, None, None)
    assert told(document, new) == []


def test_what_is_accepted_is_answered_and_the_next_one_is_numbered_on() -> None:
    document = school(request())
    made = timetable(document)
    new = accepted(document, made, "R=1")
    more = school(request(count=2))
    found = answer(more, new)

    assert answer(document, new) == type(found)("R", held=("R/1/1",))
    assert {held.id for p in found.proposals for held in p.consultations} == {"R/1/2"}
    assert "Tue 08 09:50" not in starts(found)
    assert len([one for one in accepted(more, new, "R=1").pattern if one.kind == "consultation"]) == 2


def test_what_is_taken_meanwhile_is_refused_with_reasons_and_nothing_is_changed() -> None:
    """Two requests for Anna want the same hour: what was proposed for the second is taken by the first."""
    document = school(request("R1", **TUESDAY, latest="10:30"), request("R2", **TUESDAY, latest="10:30"))
    made = timetable(document)
    first, second = (found.proposals[0] for found in consult(document, made))
    done = accept(document, made, [first, second])

    assert done.timetable is None
    assert [Texts("en").tell(reason) for reason in done.reasons] == [
        f"{who} is in two places at once: “R1/1/1” and “R2/1/1” (09:50)." for who in ("Anna", "Petrova", "W1")
    ]
    again = accept(document, accept(document, made, [first]).timetable or made, [first])
    assert [Texts("en").tell(reason) for reason in again.reasons][-2:] == [
        "“R1” has 2 consultations on Sep 8, 2026, not on different days.",
        "“R1” has 2 consultations, not 1.",
    ]


def test_proposals_are_named_by_request_and_number() -> None:
    document = school(request("R1"), request("R2"))
    made = timetable(document)

    def refused(*named: str, requests: tuple[str, ...] = ()) -> list[str]:
        with pytest.raises(BadInput) as bad:
            choose(document, made, named, requests)
        return str(bad.value).splitlines()

    assert choose(document, made, ["2"], ("R1",)) == choose(document, made, ["R1=2"])
    assert refused("2") == ["“2” must be a request and the number of a proposal, such as R1=2."]
    assert refused("R1=two", "R7=1") == [
        "“R1=two” must be a request and the number of a proposal, such as R1=2.",
        "The request “R7” must be in the document.",
    ]
    assert refused("R1=1", "R1=2") == ["Only one proposal for “R1” must be accepted."]
    assert refused("R1=6", "R2=0") == ["“R1” has 5 proposals, so 6 is none.", "“R2” has 5 proposals, so 0 is none."]
    assert refused("R1=1", requests=("R2",)) == ["“R1” must be one of the requests that are asked about."]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"seats": {}}, "Anna has no workstation at “R/1/1”."),
        ({"students": ("boris",), "seats": {}}, "“R/1/1” is held for other people than it was asked for."),
        ({"teachers": ("orlov",)}, "“R/1/1” has other teachers than it needs: Orlov."),
        ({"course": "gone"}, "“R/1/1” is held for no request of the document."),
    ],
)
def test_the_facts_tell_what_a_consultation_lacks(fields: dict[str, object], wrong: str) -> None:
    document = school(request())
    new = accepted(document, timetable(document), "R=1")

    assert told(document, new) == []
    assert told(document, spoilt(new, "R/1/1", **fields)) == [wrong]


def test_the_facts_tell_a_consultation_at_a_time_that_was_not_asked_for_or_when_somebody_is_away() -> None:
    petrova = changed("teachers", "petrova", availability={"weekly": [{"end": "12:00"}]})
    document = school(request(latest="12:00"), **petrova)
    late = shifted(accepted(document, timetable(document), "R=1"), "R/1/1", timedelta(hours=3))

    assert told(document, late) == [
        "Petrova is not available for “R/1/1” at Sep 8, 2026, 12:50.",
        "“R/1/1” is held at a time that was not asked for: Sep 8, 2026, 12:50.",
    ]


def test_the_facts_tell_a_room_that_is_closed_or_lacks_something() -> None:
    rooms = [
        {"id": "R1", "site": "S", "seats": 3, "hours": [{"end": "09:00"}]},
        {"id": "R2", "site": "S", "seats": 20, "features": ["lab"]},
    ]
    document = school(request(mode="site", room={"features": ["lab"]}), rooms=rooms)
    new = accepted(document, timetable(document), "R=1")

    assert told(document, spoilt(new, "R/1/1", room="R1")) == [
        "R1 is closed when “R/1/1” is held in it.",
        "R1 has no lab, which “R/1/1” needs.",
    ]
    assert told(document, spoilt(new, "R/1/1", room=None)) == ["“R/1/1” has no room."]


def test_a_lesson_that_was_moved_by_hand_is_looked_at_like_a_consultation() -> None:
    """Moved an hour on, algebra is held when Petrova is not there; as the pattern has it, it is no matter of dates."""
    petrova = changed("teachers", "petrova", availability={"weekly": [{"end": "09:45"}]})
    document = school(**petrova)
    made = timetable(document, (("alg", "tue", 1),))

    assert told(document, made) == []
    assert told(document, shifted(made, "alg/1/1", timedelta(hours=1)))[0] == (
        "Petrova is not available for “alg/1/1” at Sep 8, 2026, 10:00."
    )


def test_a_shortened_or_moved_day_is_no_moved_lesson() -> None:
    short = [{"number": 1, "start": "08:00", "end": "08:30"}]
    usual = school().model_dump(mode="json")["bells"][0]
    term = {
        "first_day": "2026-09-07",
        "last_day": "2026-09-18",
        "shortened_days": [{"date": "2026-09-08", "bells": "short"}],
        "moved_days": [{"date": "2026-09-12", "as_date": "2026-09-15"}],
    }
    away = changed("teachers", "petrova", availability={"weekly": [{"days": ["wed"]}]})
    document = school(term=term, bells=[usual, {"id": "short", "periods": short}], **away)
    made = timetable(document, (("alg", "tue", 1),))

    assert [one.start.day for one in made.occurrences if one.status == "held"] == [8, 12]
    assert made.occurrences == occurrences(document, made.pattern)
    assert told(document, made) == []


def test_an_accepted_consultation_stands_in_everybodys_calendar_as_one() -> None:
    document = school(request(name="Before the test"), request("R2"))
    new = accepted(document, timetable(document), "R=1", "R2=2")
    anna, views = participant(document, "student", "anna"), Views(document, new)
    feed = ics.calendar(
        document, new, anna, stamp=at(1, "12:00"), host="school.example", options=ics.Options(lang="en")
    )
    lines = feed.decode().replace("\r\n ", "").split("\r\n")

    assert [line for line in lines if line.startswith("SUMMARY:Consultation")] == [
        "SUMMARY:Consultation: Before the test (online)",
        "SUMMARY:Consultation: Algebra 9 (online)",
    ]
    assert lines.count("CATEGORIES:Consultation") == 2
    assert [views.subject(new.placements[event]) for event in ("R/1/1", "R2/1/1")] == ["algebra", "algebra"]
    assert len(views.dated(participant(document, "tutor", "tutor"))) == 4


def test_what_differs_between_the_versions_is_told_for_each_person() -> None:
    document = school(request(**TUESDAY, **FIRST_PERIOD, may_move=True))
    made = timetable(document)
    found = compare(document, made, accepted(document, made, "R=1"))

    assert [Texts("en").tell(change) for change in found.changes] == [
        "“R/1/1” is held at Sep 8, 2026, 09:00.",
        "“alg/1/1” moves from Sep 8, 2026, 09:00 to Sep 8, 2026, 09:50.",
    ]
    assert {key: len(changes) for key, changes in found.people.items()} == {
        ("student", "anna"): 2,
        ("student", "boris"): 1,
        ("teacher", "petrova"): 2,
        ("tutor", "tutor"): 1,
    }
