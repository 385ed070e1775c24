"""What requests are answered: what is free, what it costs whom, why nothing is free and what would help."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.errors import BadInput
from scheduler.operations.consult import Answer, Proposal, consult
from scheduler.texts import Texts
from tests.scheduler.operations.consult.school import (
    LESSONS,
    answer,
    at,
    changed,
    request,
    school,
    starts,
    timetable,
    told,
)

TUESDAY: dict[str, Any] = {"first_day": "2026-09-08", "last_day": "2026-09-08"}
MONDAY: dict[str, Any] = {"first_day": "2026-09-07", "last_day": "2026-09-07"}
IVANOV = {"id": "ivanov", "name": "Ivanov", "site": "S", "qualifications": [{"subject": "music"}]}
FIRST_PERIOD: dict[str, Any] = {"earliest": "09:00", "latest": "10:00"}


def costs(proposal: Proposal) -> list[str]:
    return [f"{cost.amount}: {Texts('en').tell(cost.sentence)}" for cost in proposal.costs]


def one(found: Answer) -> Proposal:
    (proposal,) = found.proposals
    return proposal


# --- what is free ----------------------------------------------------------------------------------------------------


def test_a_consultation_stands_beside_the_lessons_with_its_people_and_a_workstation() -> None:
    """Anna has algebra on Tuesday in the first period: the next bell follows after the usual break."""
    found = one_of(answer(school(request(**TUESDAY, latest="10:30"))))
    (held,) = found.consultations

    assert (held.id, held.start, held.end) == ("R/1/1", at(8, "09:50"), at(8, "10:30"))
    assert (held.teacher, held.students, held.seats) == ("petrova", ("anna",), {"anna": "W1"})
    assert (found.costs, found.move) == ((), None)


def one_of(found: Answer) -> Proposal:
    """The first proposal."""
    return found.proposals[0]


def test_proposals_differ_by_day_by_part_of_the_day_or_by_teacher() -> None:
    found = answer(school(request()))
    slots = [(p.consultations[0].start.date(), p.consultations[0].start.hour >= 12) for p in found.proposals]

    assert starts(found) == ["Tue 08 09:50", "Thu 10 09:50", "Thu 10 12:00", "Mon 07 12:30", "Wed 09 09:00"]
    assert len(set(slots)) == 5


def test_several_are_held_on_different_days_by_one_teacher() -> None:
    found = answer(school(request(count=3, teachers=["orlov", "petrova"])))
    proposal = one_of(found)

    assert [held.id for held in proposal.consultations] == ["R/1/1", "R/1/2", "R/1/3"]
    assert len({held.start.date() for held in proposal.consultations}) == 3
    assert all(len({held.teacher for held in p.consultations}) == 1 for p in found.proposals)


def test_a_day_off_is_used_where_the_request_prefers_it_by_name_and_a_holiday_never() -> None:
    saturday = request(preferred=[{"days": ["sat"]}], first_day="2026-09-11", last_day="2026-09-13")
    holidays = {
        "first_day": "2026-09-07",
        "last_day": "2026-09-18",
        "holidays": [{"first": "2026-09-12", "last": "2026-09-12"}],
    }

    assert "Sat 12 09:00" in starts(answer(school(saturday)))
    assert not [start for start in starts(answer(school(saturday, term=holidays))) if start.startswith("Sat")]


def test_times_of_day_are_the_requests_own_by_the_clock_of_the_term() -> None:
    """At home two hours east it is evening: nobody learns there after seven unless the request says when."""
    far = changed("students", "boris", time_zone="Asia/Yekaterinburg")
    late = request(students=["boris"], **MONDAY, preferred=[{"start": "16:00"}])

    assert starts(answer(school(late, **far))) == ["Mon 07 18:00", "Mon 07 09:00", "Mon 07 12:30"]
    assert starts(answer(school({**late, "earliest": "17:30", "latest": "18:30"}, **far))) == ["Mon 07 19:30"]


def test_a_shortened_day_rings_its_own_bells_and_a_moved_day_holds_consultations() -> None:
    short = [{"number": n, "start": f"{8 + n:02}:05", "end": f"{8 + n:02}:35"} for n in range(1, 5)]
    bells = [school().model_dump(mode="json")["bells"][0], {"id": "short", "periods": short}]
    term = {
        "first_day": "2026-09-07",
        "last_day": "2026-09-18",
        "week_days": 5,
        "shortened_days": [{"date": "2026-09-07", "bells": "short"}],
        "moved_days": [{"date": "2026-09-12", "as_date": "2026-09-11"}],
    }
    wanted = request(students=["boris"], latest="12:00", minutes=30)

    assert starts(answer(school({**wanted, **MONDAY}, bells=bells, term=term))) == ["Mon 07 09:05"]
    days = {"first_day": "2026-09-11", "last_day": "2026-09-12"}
    assert starts(answer(school({**wanted, **days}, bells=bells, term=term))) == ["Sat 12 09:00"]


def test_those_who_learn_have_the_shortest_break_of_their_bells_before_and_after_and_teachers_need_none() -> None:
    after = request(students=["vera"], course="mus", **TUESDAY, earliest="09:40", latest="10:20", teachers=["petrova"])
    anna = {**after, "students": ["anna"], "course": "alg"}

    assert starts(answer(school(after))) == ["Tue 08 09:40"]
    assert told(answer(school(anna)))[0] == [
        "There is 1 start from Sep 8, 2026 to Sep 8, 2026, and it is not free.",
        "1 falls on meetings of Anna.",
    ]


def test_the_way_from_another_site_is_counted() -> None:
    sites = [{"id": "S", "school": "school", "bells": "usual"}, {"id": "E", "school": "school", "bells": "usual"}]
    far = {"sites": sites, "travel": [{"a": "S", "b": "E", "minutes": 45}]}
    there = request(mode="site", site="E", **TUESDAY, latest="12:20")

    assert starts(answer(school(there, **far))) == ["Tue 08 10:30"]
    assert starts(answer(school(there, sites=sites))) == ["Tue 08 09:50"]


def test_a_room_is_the_smallest_that_serves_and_has_seats() -> None:
    at_site = {"mode": "site", **TUESDAY, "latest": "12:20"}

    assert one_of(answer(school(request(**at_site, room={})))).consultations[0].room == "R1"
    assert one_of(answer(school(request(**at_site, room={"features": ["lab"]})))).consultations[0].room == "R2"
    assert one_of(answer(school(request(**at_site, room={"seats": 4})))).consultations[0].room == "R2"
    both = one_of(answer(school(request(**at_site, room={"also": [{}]})))).consultations[0]
    assert {both.room, *both.also} == {"R1", "R2"}
    without = one_of(answer(school(request(**at_site, room={"features": ["gym"], "optional": True}))))
    assert without.consultations[0].room is None


def test_a_group_without_names_needs_a_workstation_for_each_of_its_people() -> None:
    group = [{"id": "9a", "name": "Class 9a", "site": "S", "size": 2}]
    asked = request(students=[], groups=["9a"], **MONDAY, latest="09:40")
    (held,) = one(answer(school(asked, groups=group))).consultations

    assert (held.groups, held.seats) == (("9a",), {"9a": "W1", "9a#2": "W2"})
    assert told(answer(school(asked, groups=[{**group[0], "size": 3}])))[0][1] == "13 lack a workstation (School)."


def test_who_may_hold_it_is_named_or_teaches_the_course_or_is_qualified() -> None:
    anybody = changed("courses", "alg", teachers=[])
    named = answer(school(request(teachers=["orlov"])))
    qualified = answer(school(request(**TUESDAY), **anybody))

    assert {p.consultations[0].teacher for p in named.proposals} == {"orlov"}
    assert costs(one_of(named)) == ["4: Does not teach them this course: Orlov."]
    assert {p.consultations[0].teacher for p in qualified.proposals} == {"petrova", "orlov"}
    assert {p.consultations[0].teacher for p in answer(school(request())).proposals} == {"petrova"}


def test_a_tutor_who_must_agree_is_there_and_free() -> None:
    """The tutor sits with Anna at algebra, and so is busy when the lesson is, not only when Anna is asked for."""
    with_tutor = request(students=["vera"], course="mus", agree=["tutor"], minutes=30, **TUESDAY)

    assert told(answer(school({**with_tutor, **FIRST_PERIOD})))[0] == [
        "There are 7 starts from Sep 8, 2026 to Sep 8, 2026, and none of them is free.",
        "7 fall on meetings of Tutor.",
    ]
    assert one_of(answer(school(with_tutor))).consultations[0].tutors == ("tutor",)


def test_consultations_are_answered_by_priority_then_in_the_order_of_the_document() -> None:
    document = school(request("R1", priority=2), request("R2"), request("R3", priority=2))

    assert [found.request for found in consult(document, timetable(document))] == ["R2", "R1", "R3"]
    with pytest.raises(BadInput) as bad:
        consult(document, timetable(document), ("R4",))
    assert str(bad.value) == "The request “R4” must be in the document."


# --- limits ----------------------------------------------------------------------------------------------------------


def test_own_limits_of_a_day_are_kept_and_a_policys_lessons_are_not_about_consultations() -> None:
    """Anna has a lesson on Tuesday; a second is too much by her own limit, not by the policy's."""
    own = changed("students", "anna", limits={"lessons_per_day": 1})
    rule = {"id": "few", "rule": "LimitPerDay", "parameters": {"people": "students", "most": 1}}
    policy = {"profiles": ["default"], "rules": [rule]}

    assert told(answer(school(request(**TUESDAY), **own)))[0] == [
        "There are 125 starts from Sep 8, 2026 to Sep 8, 2026, and none of them is free.",
        "125 would be too much for Anna: 1 lesson a day at most.",
    ]
    assert starts(answer(school(request(**TUESDAY), policy=policy)))[0] == "Tue 08 09:50"


def test_minutes_before_a_screen_are_added_up_with_the_lessons_of_the_day() -> None:
    """Forty minutes of algebra and forty of a consultation are more than sixty at a screen."""
    rule = {
        "id": "screen",
        "rule": "LimitPerDay",
        "parameters": {"people": "students at=site", "most": 60, "what": "screen_minutes"},
    }
    policy = {"profiles": ["default"], "rules": [rule]}
    found = answer(school(request(last_day="2026-09-08"), policy=policy))

    assert {start[:6] for start in starts(found)} == {"Mon 07"}
    assert told(answer(school(request(**TUESDAY), policy=policy)))[0][1] == (
        "125 would be too much for Anna: 60 minutes at a screen a day at most."
    )
    policy["rules"] = [{**rule, "weight": 2}]
    assert costs(one_of(answer(school(request(**TUESDAY), policy=policy)))) == [
        "40: More than a rule would have: Anna."
    ]


def test_nobody_sits_at_a_screen_in_a_consultation_at_a_site_whatever_its_course_is() -> None:
    """Algebra is online: forty minutes of it, and then forty at the school, are no eighty at a screen; music is not."""

    def limited(most: int, **asked: Any) -> bool:
        parameters = {"people": "students", "what": "screen_minutes", "most": most}
        rule = {"id": "screen", "rule": "LimitPerDay", "parameters": parameters}
        policy = {"profiles": ["default"], "rules": [rule]}
        music = changed("courses", "mus", mode="site")
        return not answer(school(request(**TUESDAY, site="S", **asked), policy=policy, **music)).proposals

    assert (limited(60), limited(60, mode="site")) == (True, False)
    assert (limited(79, course="mus"), limited(80, course="mus")) == (True, False)
    assert limited(40, course="mus", mode="site") is False


def test_minutes_of_a_week_limit_how_many_are_held_in_it() -> None:
    """Anna has eighty minutes of lessons a week; 130 leave room for one consultation of forty a week."""
    own = changed("students", "anna", limits={"minutes_per_week": 130})
    two = request(count=2, last_day="2026-09-18")

    held = one_of(answer(school(two, **own))).consultations
    assert [consultation.start.isocalendar().week for consultation in held] == [37, 38]
    assert told(answer(school(request(count=2), **own)))[0] == [
        "It is free on 5 days, but for no teacher on 2 of them within the limits of each week."
    ]


def test_days_of_a_week_are_limited_by_somebodys_own_figure() -> None:
    own = changed("students", "anna", limits={"days_per_week": 2})

    assert {start[:3] for start in starts(answer(school(request(), **own)))} == {"Tue", "Thu"}


def test_the_day_ends_by_the_policys_clock_or_by_somebodys_own() -> None:
    rule = {"id": "end", "rule": "EndBy", "parameters": {"people": "students", "time": "10:30"}}
    policy = {"profiles": ["default"], "rules": [rule]}
    avoided = {
        "id": "noon",
        "rule": "PreferTimes",
        "parameters": {"lessons": "lessons", "times": "times after=11:00", "avoided": True},
    }
    later = changed("students", "boris", limits={"latest": "11:00"})
    wanted = request(students=["boris"], **MONDAY)

    assert starts(answer(school({**wanted, "earliest": "09:45"}, policy=policy))) == ["Mon 07 09:50"]
    assert starts(answer(school({**wanted, "earliest": "10:00"}, policy=policy))) == []
    assert starts(answer(school({**wanted, "earliest": "10:00"}, policy=policy, **later))) == ["Mon 07 10:00"]
    by_eleven = {"profiles": ["default"], "rules": [avoided]}
    assert starts(answer(school({**wanted, "earliest": "10:00"}, policy=by_eleven))) == ["Mon 07 10:00"]


# --- what it costs whom ----------------------------------------------------------------------------------------------


def test_what_a_start_costs_is_told_with_names_and_numbers() -> None:
    """Anna would wait from 9:40 to 12:00 at school; the longest break of her bells is twenty minutes."""
    late = answer(school(request(**TUESDAY, earliest="12:00", latest="12:40")))
    alone = answer(school(request(**MONDAY, earliest="09:00", latest="09:40")))

    assert costs(one(late)) == ["16: 140 minutes of waiting: Anna and Petrova.", "1: It does not begin with a bell."]
    assert costs(one(alone)) == ["10: A way to school for this alone: Anna."]


def test_between_two_meetings_nobody_waits_longer_than_before() -> None:
    lessons = (*LESSONS, ("alg", "tue", 4))
    document = school(request(**TUESDAY, earliest="09:50", latest="10:30"))

    assert one(answer(document, timetable(document, lessons))).costs == ()


def test_wishes_of_the_request_and_of_the_teacher_cost_where_they_are_missed() -> None:
    wish = request(
        **TUESDAY, earliest="09:50", latest="10:30", preferred=[{"days": ["wed"]}], avoided=[{"start": "10:00"}]
    )
    teacher = changed("teachers", "petrova", preferred=[{"end": "10:00"}], avoided=[{"days": ["tue"]}])

    assert costs(one(answer(school(wish, **teacher)))) == [
        "8: It is outside the times that were wished for.",
        "8: It is in the times that were to be avoided.",
        "5: In the times that they avoid: Petrova.",
        "3: Outside the times that they prefer: Petrova.",
    ]


def test_of_many_people_some_are_named_and_the_others_counted() -> None:
    students = [
        {"id": f"s{n}", "name": f"Student {n}", "school": "school", "site": "S", "plan": [{"course": "alg"}]}
        for n in range(1, 7)
    ]
    site = request(mode="site", students=[s["id"] for s in students], **MONDAY, **FIRST_PERIOD, minutes=60)
    tutors = [{"id": "tutor", "name": "Tutor", "site": "S"}]
    document = school(site, students=students, tutors=tutors)

    assert costs(one(answer(document, timetable(document, ())))) == [
        "70: A way to school for this alone: Student 1, Student 2, Student 3, and 4 more."
    ]


# --- when a lesson may be moved --------------------------------------------------------------------------------------


def test_no_lesson_is_moved_unless_the_request_allows_it() -> None:
    kept = answer(school(request(**TUESDAY, **FIRST_PERIOD)))
    moved = one(answer(school(request(**TUESDAY, **FIRST_PERIOD, may_move=True))))

    assert kept.proposals == ()
    assert moved.move is not None
    assert (moved.move.occurrence, moved.move.start, moved.move.new_start, moved.move.periods) == (
        "alg/1/1@1.1",
        at(8, "09:00"),
        at(8, "09:50"),
        (2,),
    )
    assert moved.consultations[0].start == at(8, "09:00")
    assert costs(moved) == ["40: 4 have a lesson moved: Anna, Boris, Petrova, and Tutor."]


def test_lessons_are_left_where_they_are_while_there_are_proposals_enough() -> None:
    assert [p.move for p in answer(school(request(may_move=True))).proposals] == [None] * 5


def test_a_moved_lesson_finds_its_people_free_and_its_course_on_no_other_day() -> None:
    """On Tuesday Boris is busy and on Thursday the course is held: the nearest of the other days is Monday at its end."""
    busy = {"weekly": [{"days": ["tue"], "start": "09:45", "available": False}]}
    document = school(
        request(**TUESDAY, **FIRST_PERIOD, may_move=True), **changed("students", "boris", availability=busy)
    )
    moved = one(answer(document)).move

    assert moved is not None
    assert moved.new_start == at(7, "11:40")


def test_a_pinned_lesson_does_not_move() -> None:
    document = school(request(**TUESDAY, **FIRST_PERIOD, may_move=True))
    made = timetable(document)
    pinned = made.model_copy(update={"pattern": tuple(p.model_copy(update={"pinned": True}) for p in made.pattern)})

    assert told(answer(document, pinned))[0] == [
        "There are 5 starts from Sep 8, 2026 to Sep 8, 2026, and none of them is free.",
        "5 fall on meetings of Anna.",
        "No lesson in its way can be moved within its week.",
    ]


# --- why nothing is free, and what would help ------------------------------------------------------------------------


def test_a_start_that_falls_on_lessons_is_told_with_what_would_help() -> None:
    reasons, help_ = told(answer(school(request(**TUESDAY, **FIRST_PERIOD))))

    assert reasons == [
        "There are 5 starts from Sep 8, 2026 to Sep 8, 2026, and none of them is free.",
        "5 fall on meetings of Anna.",
    ]
    assert help_ == [
        "It is free if it may end after 10:00: Sep 8, 2026, 09:50, Petrova.",
        "It is free if it may begin before 09:00: Sep 8, 2026, 08:00, Petrova.",
        "It is free if it may be later than Sep 8, 2026: Sep 10, 2026, 09:20, Petrova.",
        (
            "It is free if a lesson may be moved: Sep 8, 2026, 09:00, Petrova; "
            "“Algebra 9” moves from Sep 8, 2026, 09:00 to Sep 8, 2026, 09:50."
        ),
    ]


def test_each_start_is_counted_once_the_commonest_reason_first() -> None:
    """From 9:00 to 11:30: Anna comes at 10:05, and Vera has music from 10:50 on and a break of ten minutes before."""
    lessons = (("mus", "mon", 3),)
    anna = {"weekly": [{"start": "10:05"}]}
    document = school(
        request(students=["anna", "vera"], **MONDAY, earliest="09:00", latest="11:30"),
        **changed("students", "anna", availability=anna),
    )
    reasons, _ = told(answer(document, timetable(document, lessons)))

    assert reasons == [
        "There are 23 starts from Sep 7, 2026 to Sep 7, 2026, and none of them is free.",
        "13 fall when Anna is not there.",
        "10 fall on meetings of Vera.",
    ]


def test_all_teachers_are_told_together_and_another_one_helps() -> None:
    away = {"weekly": [{"days": ["fri"]}]}
    teachers = [
        {"id": "petrova", "name": "Petrova", "availability": away},
        {"id": "ivanov", "name": "Ivanov", "site": "S"},
        {"id": "orlov", "name": "Orlov", "availability": away},
        {"id": "sokolova", "name": "Sokolova"},
    ]
    both = request(teachers=["petrova", "orlov"], **MONDAY, **FIRST_PERIOD, minutes=60)
    reasons, help_ = told(answer(school(both, teachers=teachers)))

    assert reasons == [
        "There is 1 start from Sep 7, 2026 to Sep 7, 2026, and it is not free.",
        "1 finds none of these teachers free: Petrova and Orlov.",
    ]
    assert help_ == [
        "It is free if it may be later than Sep 7, 2026: Sep 11, 2026, 09:00, Petrova.",
        "It is free if Petrova and Orlov can come at other times: Sep 7, 2026, 09:00, Petrova.",
        "It is free if another teacher holds it: Sep 7, 2026, 09:00, Sokolova.",
    ]


def test_a_missing_workstation_is_told_with_its_features_and_site() -> None:
    needs = changed("students", "anna", needs=["screen-reader"])
    at_site = changed("students", "anna", needs=["screen-reader"])
    reasons, help_ = told(answer(school(request(**MONDAY, **FIRST_PERIOD), **needs)))

    assert reasons == [
        "There are 5 starts from Sep 7, 2026 to Sep 7, 2026, and none of them is free.",
        "5 lack a workstation with screen-reader (School).",
    ]
    assert help_ == ["Nothing helps of which two things at most are given up."]
    in_room = request(**MONDAY, **FIRST_PERIOD, mode="site", room={"features": ["gym"]})
    reasons, help_ = told(answer(school(in_room, **at_site)))
    assert reasons[1] == "5 lack a room with 1 seat (gym)."
    assert help_ == ["It is free if it needs no room: Sep 7, 2026, 09:00, Petrova."]


def test_without_a_tutor_or_a_student_or_for_a_shorter_time_it_would_be_free() -> None:
    tutor = changed("tutors", "tutor", availability={"weekly": [{"start": "09:30"}]})
    wanted = request(students=["anna", "boris"], agree=["tutor"], **MONDAY, **FIRST_PERIOD)

    assert told(answer(school(wanted, **tutor)))[1] == [
        "It is free if it may end after 10:00: Sep 7, 2026, 09:50, Petrova.",
        "It is free if Tutor can come at other times: Sep 7, 2026, 09:00, Petrova.",
        "It is free if Tutor need not be there: Sep 7, 2026, 09:00, Petrova.",
        "It is free if 30 minutes are enough: Sep 7, 2026, 09:30, Petrova.",
    ]
    boris = changed("students", "boris", availability={"weekly": [{"days": ["fri"]}]})
    assert (
        "It is free if Boris need not be there: Sep 7, 2026, 09:00, Petrova."
        in told(answer(school(request(students=["anna", "boris"], **MONDAY, **FIRST_PERIOD), **boris)))[1]
    )


def test_two_things_together_are_told_where_neither_helps_alone() -> None:
    """On the term's last day Anna has algebra in the first period, and Petrova, the only teacher, never comes."""
    teachers = [{"id": "petrova", "name": "Petrova", "availability": {"weekly": [{"days": ["wed"]}]}}, IVANOV]
    wanted = request(first_day="2026-09-18", last_day="2026-09-18", earliest="09:00", latest="09:40")
    document = school(wanted, teachers=teachers)
    reasons, help_ = told(answer(document, timetable(document, (("alg", "fri", 1),))))

    assert reasons[1] == "1 falls on meetings of Anna."
    assert help_ == [
        "It is free if it may end after 09:40 and Petrova can come at other times: Sep 18, 2026, 09:50, Petrova.",
        "It is free if it may begin before 09:00 and Petrova can come at other times: Sep 18, 2026, 08:00, Petrova.",
        (
            "It is free if Petrova can come at other times and a lesson may be moved: Sep 18, 2026, 09:00, Petrova; "
            "“Algebra 9” moves from Sep 18, 2026, 09:00 to Sep 16, 2026, 11:40."
        ),
    ]


def test_fewer_consultations_are_told_where_not_all_are_free() -> None:
    petrova = changed("teachers", "petrova", availability={"weekly": [{"days": ["mon"]}]})
    reasons, help_ = told(answer(school(request(count=2, last_day="2026-09-09"), **petrova)))

    assert reasons == [
        "It is free on 1 day of the 2 that are needed; on the others:",
        "250 fall when Petrova is not there.",
    ]
    assert help_[-1] == "It is free if 1 consultation is enough: Sep 7, 2026, 09:00, Petrova."


def test_a_window_without_a_school_day_or_without_time_is_told() -> None:
    sunday = request(first_day="2026-09-12", last_day="2026-09-13")
    short = request(**MONDAY, minutes=60, earliest="18:30")

    assert told(answer(school(sunday)))[0] == ["There is no school day from Sep 12, 2026 to Sep 13, 2026."]
    assert told(answer(school(short)))[0] == [
        "No start from Sep 7, 2026 to Sep 7, 2026 leaves 60 minutes between 18:30 and -."
    ]
