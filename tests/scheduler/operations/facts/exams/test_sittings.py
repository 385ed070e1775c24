"""Every part of every exam: with its students, from a possible start to the right end."""

import pytest

from tests.scheduler.operations.facts.exams.summer import PLAN, SCHOOL, Changes, candidate, sitting, wrong


def test_nothing_is_wrong_with_a_session_in_its_place() -> None:
    assert wrong() == []


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ([("sittings.1", None)], "“Online test”, part 1, has no place in the plan."),
        ([("sittings.7", PLAN["sittings"][6])], "“Summary”, part 1, is in the plan twice."),
        ([("sittings.7", PLAN["sittings"][4] | {"part": 3})], "“Essay”, part 3, is no exam of the document."),
    ],
)
def test_every_part_of_every_exam_is_there_once_and_no_other(plan: Changes, told: str) -> None:
    assert wrong(plan=plan) == [told]


def test_an_exam_of_another_session_is_none_of_the_plan() -> None:
    autumn = SCHOOL["sessions"][0] | {"id": "autumn", "first_day": "2027-06-14", "last_day": "2027-06-18"}
    school = [("sessions.1", autumn), ("exams.4.session", "autumn"), ("exams.5.together", [])]

    assert wrong(school=school) == ["“Laboratory”, part 1, is no exam of the document."]


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ([("sittings.0.candidates.1", None)], ["“Algebra exam” is without Boris."]),
        (
            [("sittings.0.candidates.3", candidate("dina", "2027-06-01T09:00", "11:00"))],
            [
                "“Algebra exam” is held with Dina too, who must not sit it.",
                "A1 has 4 seats, and 6 are needed at Jun 1, 2027, 09:00: Algebra exam.",
            ],
        ),
        (
            [("sittings.2.candidates.2.student", "boris")],
            ["“Physics talk” is without Dina.", "Boris is twice in “Physics talk”."],
        ),
    ],
)
def test_exactly_those_sit_an_exam_who_are_to(plan: Changes, told: list[str]) -> None:
    assert wrong(plan=plan) == told


@pytest.mark.parametrize(
    ("date", "clock"),
    [("2027-06-05", "14:00"), ("2027-06-04", "13:00"), ("2027-06-14", "14:00")],
    ids=["a Saturday", "between the starts", "after the session"],
)
def test_an_exam_begins_on_a_day_and_at_a_time_of_its_session(date: str, clock: str) -> None:
    start, end = f"{date}T{clock}", f"{int(clock[:2]) + 1}:00"
    anna = candidate("anna", start, end, workstation="PC1", assistant="lev")
    test = sitting(
        "test", start, end, mode="online", candidates=[anna, candidate("gleb", start, end, workstation="PC3")]
    )
    day = f"Jun {int(date[-2:])}, 2027"

    assert wrong(plan=[("sittings.1", test)]) == [
        f"“Online test” begins on {day} at {clock}, at which it cannot be held."
    ]


@pytest.mark.parametrize(
    "own",
    [{"not_before": "2027-06-03"}, {"not_after": "2027-06-01"}, {"date": "2027-06-03"}, {"start": "09:00"}],
)
def test_an_exam_begins_when_it_may_itself(own: dict[str, str]) -> None:
    assert wrong(school=[(f"exams.1.{field}", value) for field, value in own.items()]) == [
        "“Online test” begins on Jun 2, 2027 at 14:00, at which it cannot be held."
    ]


def test_an_exam_ends_with_its_period() -> None:
    starts = {f"{s['start'][:10]} {s['start'][11:16]}" for s in PLAN["sittings"]}
    periods = [{"date": s[:10], "start": s[11:], "minutes": 150 if s[11:] == "09:00" else 50} for s in sorted(starts)]

    assert wrong(school=[("sessions.0.starts", []), ("sessions.0.periods", periods), ("exams.4.minutes", 50)]) == [
        "“Online test” ends at Jun 2, 2027, 15:00, and must end by Jun 2, 2027, 14:50.",
        "“Laboratory” ends at Jun 7, 2027, 15:00, and must end by Jun 7, 2027, 14:50.",
        "Dina has 60 min in “Laboratory”, not 50.",
        "“Summary” ends at Jun 7, 2027, 15:00, and must end by Jun 7, 2027, 14:50.",
    ]


def test_fixed_periods_come_one_after_another_whatever_the_clock_says() -> None:
    """Laboratory is held in a period from one to three, Summary from two to four: Dina and E1 are free for both."""
    periods = [{"date": s["start"][:10], "start": s["start"][11:16], "minutes": 150} for s in PLAN["sittings"]]
    periods = [period for number, period in enumerate(periods) if number not in (4, 6)]
    periods.append({"date": "2027-06-07", "start": "13:00", "minutes": 120})
    lab = PLAN["sittings"][5] | sitting("lab", "2027-06-07T13:00", "15:00", rooms=["E1"])
    lab["candidates"] = [candidate("dina", "2027-06-07T13:00", "15:00")]
    school = [
        ("sessions.0.starts", []),
        ("sessions.0.periods", periods),
        ("exams.4.minutes", 120),
        ("exams.4.room", {"candidates": ["E1"]}),
        ("exams.4.apart", ["sum"]),
        ("exams.5.together", []),
        ("exams.5.after", ["lab"]),
    ]

    assert wrong(school=school, plan=[("sittings.5", lab)]) == []


def test_an_exam_ends_by_the_latest_end_extra_time_included() -> None:
    early = [("sessions.0.latest_end", "11:00"), ("sessions.0.starts", [{"times": ["09:00"]}])]
    told = [one for one in wrong(school=early) if "must end by" in one]

    assert told == ["“Algebra exam” ends at Jun 1, 2027, 11:30, and must end by Jun 1, 2027, 11:00."]


@pytest.mark.parametrize(
    ("boris", "told"),
    [
        (("09:00", "10:30"), "Boris has 90 min in “Algebra exam”, not 120."),
        (("09:10", "11:10"), "Boris begins “Algebra exam” at Jun 1, 2027, 09:10, not when it begins."),
    ],
)
def test_all_begin_at_once_and_each_has_the_time_that_is_theirs(boris: tuple[str, str], told: str) -> None:
    start, end = boris

    assert wrong(plan=[("sittings.0.candidates.1", candidate("boris", f"2027-06-01T{start}", end))]) == [told]


def test_extra_time_is_given() -> None:
    vera = candidate("vera", "2027-06-01T09:00", "11:00", room="A2")
    plan = [("sittings.0.candidates.2", vera), ("sittings.0.end", "2027-06-01T11:00+03:00")]

    assert wrong(plan=plan) == ["Vera has 120 min in “Algebra exam”, not 150."]


@pytest.mark.parametrize(
    ("number", "turn", "told"),
    [
        (0, ("boris", "09:00", "09:10"), "Boris has 10 min in “Physics talk”, not 20."),
        (0, ("boris", "08:50", "09:10"), "Boris begins “Physics talk” at Jun 3, 2027, 08:50, before it begins."),
        (2, ("dina", "09:10", "09:30"), "“Physics talk” has more than 2 turns at once (Jun 3, 2027, 09:10)."),
    ],
)
def test_turns_are_as_long_as_they_must_be_and_not_too_many_at_once(
    number: int, turn: tuple[str, str, str], told: str
) -> None:
    student, start, end = turn
    plan: Changes = [(f"sittings.2.candidates.{number}", candidate(student, f"2027-06-03T{start}", end))]
    plan += [("sittings.2.end", f"2027-06-03T{end}+03:00")] if student == "dina" else []

    assert wrong(plan=plan) == [told]


def test_an_exam_ends_with_its_last_student() -> None:
    assert wrong(plan=[("sittings.0.end", "2027-06-01T12:00+03:00")]) == [
        "“Algebra exam” ends at Jun 1, 2027, 12:00, not with its last student, at Jun 1, 2027, 11:30."
    ]


def test_turns_of_people_without_names_have_their_time_too() -> None:
    size = [("exams.2.size", 8)]  # three named and five without names, two at once: 80 minutes in all

    assert wrong(school=size) == [
        "“Physics talk” ends at Jun 3, 2027, 09:40, not with its last student, at Jun 3, 2027, 10:20."
    ]
    assert (
        wrong(school=size, plan=[("sittings.2.end", "2027-06-03T10:20+03:00")], timetable=[("occurrences.1", None)])
        == []
    )


def test_an_exam_is_held_where_it_must_be() -> None:
    online = [("sittings.5.mode", "online"), ("sittings.5.site", None)]

    assert wrong(plan=[("sittings.5.site", "east")]) == ["“Laboratory” is held in another place than it must be: East."]
    assert wrong(plan=online) == ["“Laboratory” is held in another place than it must be: online."]


def test_times_are_told_by_the_session_s_own_clock() -> None:
    vladivostok = [("sessions.0.time_zone", "Asia/Vladivostok"), ("sessions.0.starts", [{"times": ["16:00", "21:00"]}])]
    times = [("sessions.0.latest_end", None), ("sessions.0.consultation_starts", ["22:00"])]
    late = [("sittings.0.end", "2027-06-01T12:00+03:00")]

    assert wrong(school=vladivostok + times) == []
    assert wrong(school=vladivostok + times, plan=late) == [
        "“Algebra exam” ends at Jun 1, 2027, 19:00, not with its last student, at Jun 1, 2027, 18:30."
    ]
