"""Sessions that cannot be: each in numbers and names before any search, or in the sentences of what had to give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.domain.check import check
from scheduler.operations.attest import attest, precheck
from scheduler.texts import Texts
from tests.scheduler.compile.sessions.school import school

if TYPE_CHECKING:
    from scheduler.domain.document import Document

EN = Texts("en")
AWAY = {"dated": [{"first": "2027-05-01", "last": "2027-06-30"}]}
MORNINGS_AWAY = {"weekly": [{"available": False, "end": "11:00"}]}
ONE_START: dict[str, Any] = {"last_day": "2027-06-01", "starts": [{"times": ["09:00"]}]}
MANY = [{"id": f"s{number}", "name": f"S{number}", "site": "west", "grade": 9} for number in range(35)]
TWO_STARTS: dict[str, Any] = {"last_day": "2027-06-01", "starts": [{"times": ["09:00", "12:00"]}]}
ROOMS = [{"id": f"r{number}", "name": f"R{number}", "site": "west", "seats": 10} for number in range(3)]
FOUR = [{"id": name, "name": name.title()} for name in ("ivanov", "orlova", "petrov", "sidorov")]
ALONE: tuple[dict[str, Any], ...] = ({"students": ["anna"]}, {"students": ["vera"]})
"""Anna sits Algebra, Vera sits Physics."""


def some(first: int, last: int) -> list[str]:
    return [f"s{number}" for number in range(first, last)]


def board(*names: str, role: str = "chair") -> dict[str, Any]:
    return {"role": role, "candidates": list(names), "qualified": False}


def with_board(*seats: dict[str, Any]) -> dict[str, Any]:
    return {"commissions": [{"id": "board", "seats": list(seats)}]}


IN_NUMBERS: dict[str, tuple[Document, str]] = {
    "workstations": (
        school(
            ({"students": some(0, 5), "workstations": True}, {"students": some(5, 9), "workstations": True}),
            ONE_START,
            students=MANY,
            workstations=[{"id": f"PC{number}", "site": "west"} for number in range(6)],
        ),
        "9 times a workstation (west) is needed by Algebra and Physics, at Jun 1, 2027, 09:00; there is room for 6.",
    ),
    "workstations shut meanwhile": (
        school(
            ({"students": some(0, 2), "workstations": True, "minutes": 60}, {"students": some(2, 3)}),
            ONE_START,
            students=MANY,
            workstations=[
                {"id": "PC1", "site": "west"},
                {"id": "PC2", "site": "west", "hours": [{"start": "08:00", "end": "09:30"}]},
                {"id": "PC3", "site": "west", "hours": [{"start": "09:30", "end": "12:00"}]},
            ],
        ),
        "2 times a workstation (west) is needed by Algebra, at Jun 1, 2027, 09:00; there is room for 1.",
    ),
    "seats": (
        school(
            ({"students": some(0, 20), "room": {}}, {"students": some(20, 35), "room": {}}), ONE_START, students=MANY
        ),
        "Algebra and Physics: 35 seats are needed at once; to be had at Jun 1, 2027, 09:00: 30 (hall).",
    ),
    "clear days": (
        school(session={"rules": [{"rule": "SpaceExams", "parameters": {"least": 4}}]}),
        "Anna: 2 exams with 4 clear days between need 6 days; the window has 4, enough for 1 of them.",
    ),
    "one a day": (
        school(
            session=ONE_START
            | {"starts": [{"times": ["09:00", "11:00"]}], "rules": [{"rule": "LimitInDays", "parameters": {"most": 1}}]}
        ),
        "Anna: 2 exams on 1 day, on which there is room for 1.",
    ),
    "one start": (
        school(session=ONE_START),
        "2 times Anna is needed by Algebra and Physics, at Jun 1, 2027, 09:00; there is room for 1.",
    ),
    "one chair for two exams at once": (
        school(
            (ALONE[0] | {"commission": "board", "together": ["Physics"]}, ALONE[1] | {"commission": "board"}),
            ONE_START,
            **with_board(board("orlova")),
        ),
        "2 times Orlova is needed by Algebra and Physics, at Jun 1, 2027, 09:00; there is room for 1.",
    ),
    "one chair for two exams that are held together": (
        school(
            (ALONE[0] | {"commission": "board", "together": ["Physics"]}, ALONE[1] | {"commission": "board"}),
            TWO_STARTS,
            **with_board(board("orlova")),
        ),
        (
            "2 times Orlova is needed by Algebra and Physics, at Jun 1, 2027, 09:00 and Jun 1, 2027, 12:00; "
            "there is room for 1."
        ),
    ),
    "two commissions of three from four teachers": (
        school(
            (ALONE[0] | {"commission": "board", "together": ["Physics"]}, ALONE[1] | {"commission": "board"}),
            TWO_STARTS,
            teachers=FOUR,
            **with_board({"role": "chair", "qualified": False}, {"role": "examiner", "qualified": False, "count": 2}),
        ),
        (
            "Algebra and Physics: 6 people are needed at once; of those who may, no more than 4 can come at Jun 1, 2027, 09:00 "
            "and Jun 1, 2027, 12:00."
        ),
    ),
    "two for the four seats of exams at one time": (
        school(
            ({"students": ["anna"], "commission": "board"}, {"students": ["vera"], "commission": "board"}),
            ONE_START,
            **with_board(board("orlova", "petrov"), board("orlova", "petrov", role="examiner")),
        ),
        (
            "Algebra and Physics: 4 people are needed at once; of those who may, no more than 2 can come at Jun 1, 2027, "
            "09:00."
        ),
    ),
    "rooms of their own": (
        school(
            (
                {"students": some(0, 5), "room": {}, "together": ["Physics"]},
                {"students": some(5, 9), "room": {}},
            ),
            TWO_STARTS,
            students=MANY,
            rooms=ROOMS,
            entitlements=[{"student": student, "own_room": True} for student in ("s0", "s1", "s5")],
        ),
        (
            "Algebra and Physics: 4 rooms are needed at once, 3 of them for one exam or student alone; to be had at Jun 1, 2027, "
            "09:00 and Jun 1, 2027, 12:00: 3 (R0, R1, and R2)."
        ),
    ),
    "rooms of two that are held together": (
        school(
            ({"students": some(0, 18), "room": {}, "together": ["Physics"]}, {"students": some(18, 35), "room": {}}),
            TWO_STARTS,
            students=MANY,
            rooms=[room | {"seats": 18 if room["id"] == "r0" else 17} for room in ROOMS[:2]],
            entitlements=[{"student": "s0", "own_room": True}],
        ),
        (
            "Algebra and Physics: 3 rooms are needed at once, 1 of them for one exam or student alone; to be had at Jun 1, 2027, "
            "09:00 and Jun 1, 2027, 12:00: 2 (R0 and R1)."
        ),
    ),
    "workstations of two that are held together": (
        school(
            (
                {"students": some(0, 5), "workstations": True, "together": ["Physics"]},
                {"students": some(5, 9), "workstations": True},
            ),
            TWO_STARTS,
            students=MANY,
            workstations=[{"id": f"PC{number}", "site": "west"} for number in range(6)],
        ),
        (
            "9 times a workstation (west) is needed by Algebra and Physics, at Jun 1, 2027, 09:00 and Jun 1, 2027, 12:00; "
            "there is room for 6."
        ),
    ),
    "the way between two exams": (
        school(
            (
                {"students": ["anna"], "minutes": 60, "start": "09:00"},
                {"students": ["anna"], "site": "east", "start": "10:30"},
            ),
            {"last_day": "2027-06-01", "starts": [{"times": ["09:00", "10:30"]}]},
            travel=[{"a": "west", "b": "east", "minutes": 60}],
        ),
        "Anna has at most 30 minutes to get from Algebra to Physics or back, and needs 60.",
    ),
    "nobody for the commission": (
        school(
            ({"commission": "board"}, {}),
            **with_board({"role": "chair", "qualified": False}),
            teachers=[{"id": name, "name": name.title(), "availability": AWAY} for name in ("orlova", "petrov")],
        ),
        "Nobody can take the chair of Algebra: at all times of Algebra these are away: Orlova and Petrov.",
    ),
    "nobody to consult": (
        school(
            (ALONE[0] | {"consultation": {"mode": "site"}}, ALONE[1]),
            teachers=[
                {"id": "orlova", "name": "Orlova", "qualifications": [{"subject": "algebra"}], "availability": AWAY}
            ],
        ),
        (
            "Nobody can take the teacher of the consultation before Algebra: at all times of the consultation before Algebra "
            "these are away: Orlova."
        ),
    ),
    "a student who is away": (
        school(ALONE, students=[{"id": "anna", "name": "Anna", "availability": AWAY}, {"id": "vera"}]),
        "Algebra can be held at none of its 8 times: Anna forbid them all.",
    ),
}


@pytest.mark.parametrize("name", IN_NUMBERS)
def test_what_can_be_counted_is_told_before_any_search(name: str) -> None:
    document, reason = IN_NUMBERS[name]
    assert check(document) == ()

    found = attest(document, work=2, workers=1)

    assert [EN.tell(told) for told in precheck(document)] == [reason]
    assert (found.status, found.plan, EN.tell(found.reasons[0])) == ("impossible", None, reason)


IN_SENTENCES: dict[str, tuple[Document, list[str]]] = {
    "an order without a second start": (
        school((ALONE[0] | {"after": ["Physics"]}, ALONE[1]), ONE_START),
        ["Physics is not held before Algebra."],
    ),
    "exams that are held together, one at a fixed time at which a student of the other is away": (
        school(
            (ALONE[0] | {"start": "09:00", "together": ["Physics"]}, ALONE[1]),
            TWO_STARTS,
            students=[{"id": "anna"}, {"id": "vera", "name": "Vera", "availability": MORNINGS_AWAY}],
        ),
        ["Vera is not available at Jun 1, 2027, 09:00, when Physics is held."],
    ),
    "parts whose students are never there together": (
        school(
            ({"students": ["anna", "vera"], "most_in_part": 1}, {"students": ["boris"]}),
            TWO_STARTS,
            students=[
                {"id": "anna", "name": "Anna", "availability": MORNINGS_AWAY},
                {"id": "vera", "name": "Vera", "availability": {"weekly": [{"available": False, "start": "11:00"}]}},
                {"id": "boris"},
            ],
        ),
        ["Vera is not available at Jun 1, 2027, 12:00, when Algebra, part 2 is held."],
    ),
    "a consultation two days before the only day": (
        school((ALONE[0] | {"consultation": {"least_days": 2, "most_days": 2, "mode": "site"}}, ALONE[1]), ONE_START),
        ["the consultation before Algebra is held 1 day before Algebra, not at least 2."],
    ),
}


@pytest.mark.parametrize("name", IN_SENTENCES)
def test_what_cannot_be_counted_is_told_by_what_had_to_give(name: str) -> None:
    document, reasons = IN_SENTENCES[name]
    assert check(document) == ()

    found = attest(document, work=2, workers=1)

    assert (found.status, found.plan) == ("impossible", None)
    assert [EN.tell(told) for told in found.reasons] == reasons
