"""How a policy's words become rules."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from scheduler.compile import Labels, compile_document
from scheduler.compile.compiled import Compiled
from scheduler.domain.places import Room
from scheduler.errors import BadInput
from scheduler.texts import Texts
from solver.problem import Assignment, Problem
from solver.rules.days import EndBy
from solver.rules.load import LimitPerDay, LimitPerWeek
from solver.rules.rule import ALL, Deviation, Events, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from tests.scheduler.compile.centre import centre, changed, with_rules


def people(compiled: Compiled, rule: Any) -> list[str]:
    return [compiled.participants[r].id for r in rule.resources]


def amounts(compiled: Compiled, rule: Any) -> dict[str, int]:
    """For each person the sum of what the rule counts."""
    found: dict[str, int] = {}
    for a, amount in rule.amounts:
        person = compiled.participants[compiled.problem.attendances[a].resource].id
        found[person] = found.get(person, 0) + amount
    return found


def faults(*rules: dict[str, Any]) -> list[str]:
    with pytest.raises(BadInput) as bad:
        compile_document(with_rules(*rules))
    return str(bad.value).splitlines()


def test_the_profiles_that_are_shipped_compile() -> None:
    compiled = compile_document(centre(policy={"profiles": ["default", "ru-sanpin-2021"]}))
    ids = {spec.id for spec in compiled.specs}

    assert {"clashes", "pools", "one-a-day", "lessons-a-week-8-9", "screen-computer-school-5-9"} <= ids
    assert [people(compiled, rule) for rule in compiled.problem.rules if rule.ident == "clashes"] == [
        ["anna", "boris", "vera", "petrova", "ivanov"]
    ]


def test_one_rule_for_each_section_of_a_course() -> None:
    compiled = compile_document(with_rules({"rule": "SpreadOverDays", "parameters": {"apart": 1}, "weight": 5}))

    assert [rule.events for rule in compiled.problem.rules] == [(0, 1), (2,)]  # type: ignore[attr-defined]
    assert {rule.weight for rule in compiled.problem.rules} == {5}


def test_an_own_limit_comes_before_the_figure_of_the_policy() -> None:
    changes = changed("students", "vera", limits={"lessons_per_day": 1})
    rule = {"rule": "LimitPerDay", "parameters": {"people": "students", "what": "lessons", "most": 3}}
    compiled = compile_document(with_rules(rule, **changes))
    first, second = compiled.problem.rules
    assert isinstance(first, LimitPerDay)
    assert isinstance(second, LimitPerDay)

    assert (first.most, amounts(compiled, first)) == (3, {"anna": 2, "boris": 2})
    assert (second.most, amounts(compiled, second)) == (1, {"vera": 3})


def test_an_own_limit_without_a_rule_of_the_policy_is_a_required_rule() -> None:
    compiled = compile_document(with_rules(**changed("teachers", "ivanov", limits={"minutes_per_week": 30})))
    (rule,) = compiled.problem.rules
    assert isinstance(rule, LimitPerWeek)

    assert (rule.weight, rule.most, rule.what, amounts(compiled, rule)) == (None, 30, "minutes", {"ivanov": 40})


@pytest.mark.parametrize(
    ("what", "counted"),
    [
        ("lessons", {"anna": 2, "boris": 2, "vera": 3}),
        ("minutes", {"anna": 60, "boris": 60, "vera": 100}),
        ("screen_minutes", {"anna": 40, "boris": 40, "vera": 80}),
        ("difficulty", {"anna": 14, "boris": 14, "vera": 14}),
    ],
)
def test_what_is_counted(what: str, counted: dict[str, int]) -> None:
    changes = changed("courses", "alg", lesson_minutes=30, screen_minutes=20)
    rule = {"rule": "LimitPerWeek", "parameters": {"people": "students", "what": what, "most": 9}}
    compiled = compile_document(with_rules(rule, **changes))

    assert amounts(compiled, compiled.problem.rules[0]) == counted


def test_availability_is_everyones_own() -> None:
    hours = [{"days": ["mon"], "weeks": [2], "available": False}, {"start": "09:00", "end": "11:40"}]
    changes = changed("students", "anna", availability={"weekly": hours})
    changes |= changed("teachers", "ivanov", limits={"earliest": "09:50"})
    compiled = compile_document(with_rules({"rule": "RespectAvailability"}, **changes))
    anna, ivanov = compiled.problem.rules

    assert people(compiled, anna) == ["anna"]
    assert sorted(anna.ticks) == [*range(3, 20, 4), *range(20, 24), *range(27, 40, 4)]  # type: ignore[attr-defined]
    assert sorted(ivanov.ticks) == list(range(0, 40, 4))  # type: ignore[attr-defined]


def test_too_late_is_told_by_each_ones_own_clock() -> None:
    rule = {"rule": "EndBy", "parameters": {"people": "students", "time": "11:00"}}
    compiled = compile_document(with_rules(rule))
    east, west = sorted((r for r in compiled.problem.rules if isinstance(r, EndBy)), key=lambda r: -len(r.ticks))

    assert (people(compiled, east), sorted(east.ticks)[:4]) == (["boris"], [0, 1, 2, 3])
    assert (people(compiled, west), sorted(west.ticks)[:4]) == (["anna", "vera"], [2, 3, 6, 7])


def test_some_lessons_are_too_late_for_the_easternmost_who_attend() -> None:
    rule = {"rule": "EndBy", "parameters": {"lessons": "lessons mode=online", "time": "11:00"}, "weight": 3}
    compiled = compile_document(with_rules(rule))
    found = [(r.events, sorted(r.ticks)[:4], r.avoided) for r in compiled.problem.rules]  # type: ignore[attr-defined]

    assert found == [((0, 1), [0, 1, 2, 3], True), ((2,), [2, 3, 6, 7], True)]


def test_wishes_for_times_are_the_teachers_own() -> None:
    changes = changed("teachers", "petrova", preferred=[{"days": ["mon"]}], avoided=[{"start": "11:50"}])
    rules = [
        {"id": "wish", "rule": "PreferTimes", "parameters": {"people": "teachers", "times": "own"}, "weight": 1},
        {
            "id": "not",
            "rule": "PreferTimes",
            "parameters": {"people": "teachers", "times": "own", "avoided": True},
            "weight": 1,
        },
    ]
    compiled = compile_document(with_rules(*rules, **changes))
    wish, avoid = compiled.problem.rules

    assert (wish.events, sorted(wish.ticks)) == ((0, 1), [0, 1, 2, 3, 20, 21, 22, 23])  # type: ignore[attr-defined]
    assert (avoid.events, sorted(avoid.ticks)) == ((0, 1), list(range(3, 40, 4)))  # type: ignore[attr-defined]


def test_teachers_claim_workstations_first() -> None:
    compiled = compile_document(with_rules({"rule": "FitPools", "weight": 10}))

    assert compiled.problem.rules[0].claims == (1, 1, 1, 1, 2)  # type: ignore[attr-defined]


def test_a_rule_that_is_off_is_left_out() -> None:
    assert compile_document(with_rules({"rule": "AvoidClashes", "weight": "off"})).problem.rules == ()


@pytest.fixture
def own_rule() -> Iterator[type[Rule]]:
    """A rule of somebody's own, taken out of the register afterwards."""

    @dataclass(frozen=True, kw_only=True)
    class SingALittle(Rule):
        """These people sing in no more of these events than a number."""

        resources: Resources
        events: Events
        most: int = 1

        def say(self) -> Sentence:
            return sentence("Nobody sings too much.")

        def check(
            self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL
        ) -> Iterator[Deviation]:
            del problem, assignment, touching
            yield Deviation(1, self.say(), Thing("resource", self.resources[0]))

    yield SingALittle
    del Rule.registered["SingALittle"]


def test_a_rule_of_somebodys_own_is_told_by_its_annotations(own_rule: type[Rule]) -> None:
    parameters = {"people": "students grade=5", "lessons": "lessons subject=music", "most": 2}
    (rule,) = compile_document(with_rules({"rule": "SingALittle", "parameters": parameters})).problem.rules

    assert isinstance(rule, own_rule)
    assert {name: getattr(rule, name) for name in ("resources", "events", "most", "weight")} == {
        "resources": (2,),
        "events": (2,),
        "most": 2,
        "weight": None,
    }


@pytest.mark.parametrize(
    ("rule", "at", "told"),
    [
        (
            {"rule": "AvoidGap"},
            "rule",
            "The rule “AvoidGap” must be one of the engine's rules. Maybe “AvoidGaps” was meant.",
        ),
        (
            {"rule": "AvoidGaps", "parameters": {"mots": 2}},
            "parameters.mots",
            "The rule AvoidGaps has no parameter “mots”. Maybe “most” was meant.",
        ),
        (
            {"rule": "SpreadOverDays", "parameters": {"days": "two"}},
            "parameters.days",
            "The value (two) must be a whole number.",
        ),
        (
            {"rule": "AvoidGaps", "parameters": {"within": "month"}},
            "parameters.within",
            "The value (month) must be day, week, cycle.",
        ),
        (
            {"rule": "LimitConsecutive"},
            "parameters",
            "The rule LimitConsecutive must have the parameter “most”.",
        ),
        (
            {"rule": "AvoidGaps", "parameters": {"people": "student=ann"}},
            "parameters.people",
            "The student “ann” must be in the document. Maybe “anna” was meant.",
        ),
        (
            {"rule": "AvoidGaps", "parameters": {"people": "rooms"}},
            "parameters.people",
            "The selector “rooms” must be of another kind here.",
        ),
        (
            {"rule": "BalanceDays", "parameters": {"light": "wed,fry"}},
            "parameters.light",
            "The day (fry) must be one of mon, tue, wed, thu, fri, sat, sun. Maybe “fri” was meant.",
        ),
        (
            {"rule": "EndBy", "parameters": {"time": "late"}},
            "parameters.time",
            "The value (late) must be a time such as 15:00.",
        ),
    ],
)
def test_what_cannot_be_read_names_its_field(rule: dict[str, Any], at: str, told: str) -> None:
    assert faults(rule) == [f"field policy.rules[0].{at}: {told}"]


@pytest.mark.parametrize(
    ("rooms", "told"),
    [(["R2"], "R2"), (["R1", "R2"], "a room (R1, R2)"), (["A", "B", "C", "D", "E"], "a room (A, B, C, D, …)")],
)
def test_what_certain_rooms_serve_is_told_by_their_names(rooms: list[str], told: str) -> None:
    document = centre(**changed("courses", "alg", room={"candidates": rooms}))
    site = document.rooms[0].site
    extra = [Room(id=name, site=site, seats=30) for name in "ABCDE"]
    labels = Labels(compile_document(document.model_copy(update={"rooms": (*document.rooms, *extra)})))
    pool = next(n for n, d in enumerate(labels.compiled.problem.demands) if d.attendance is None)
    assert str(labels(Thing("pool", pool))) == told
    assert str(labels(Thing("pools", pool))) == "a room"


def test_courses_of_one_name_are_told_apart_by_who_has_them() -> None:
    document = centre()
    one, other = (
        course.model_copy(update={"name": "Maths", "teachers": (teacher.id,)})
        for course, teacher in zip(document.courses[:2], document.teachers[:2], strict=True)
    )
    teachers = [teacher.name or teacher.id for teacher in document.teachers[:2]]
    alike = Labels(compile_document(document.model_copy(update={"courses": (one, other)})))
    assert [str(alike.series(index)) for index in range(2)] == [f"Maths ({teacher})" for teacher in teachers]
    apart = Labels(compile_document(document.model_copy(update={"courses": (one, document.courses[1])})))
    assert str(apart.series(0)) == "Maths"


def test_things_are_named_in_the_readers_language() -> None:
    labels = Labels(compile_document(centre(**changed("courses", "alg", sections={"count": 2}))))

    def told(lang: str, thing: Thing) -> str:
        name = labels(thing)
        return Texts(lang).tell(name) if isinstance(name, Sentence) else name

    assert told("en", Thing("event", 1)) == "Algebra 9, section 1, lesson 2"
    assert told("en", Thing("tick", 5)) == "Tuesday, week 1, lesson 2 (09:50)"
    assert told("en", Thing("day", 6)) == "Tuesday, week 2"
    assert told("en", Thing("resource", 3)) == "Petrova"
    assert told("en", Thing("unit", 1)) == "R2"
    assert told("en", Thing("pool", 0)) == "a workstation (W)"
    assert told("ru", Thing("pool", 0)) == "АРМ (W)"
    assert told("en", Thing("choice", 0)) == "the section of Anna in Algebra 9"
