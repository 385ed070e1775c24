from dataclasses import dataclass
from pathlib import Path

from scheduler.console import Report, Table
from scheduler.domain.document import Document, LeftOut
from scheduler.domain.session_plan import LessonChange, SessionPlan
from scheduler.domain.timetable import RuleCost, Timetable
from scheduler.search_reports import of_attested, of_outcome
from scheduler.texts import Texts
from solver.sentence import Sentence, sentence

EN, RU = Texts("en"), Texts("ru")
GAPS = sentence("Nobody has gaps.")
CLASH = sentence("Ivanov is in two places at {when}.", when="Mon 3")


@dataclass(frozen=True)
class Generated:
    status: str
    timetable: Timetable | None = None
    reasons: tuple[Sentence, ...] = ()
    lost: tuple[Sentence, ...] = ()
    unused: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Attested:
    status: str
    plan: SessionPlan | None = None
    reasons: tuple[Sentence, ...] = ()
    unused: tuple[Sentence, ...] = ()


def test_a_timetable_is_told_with_cost_bound_gap_and_its_rules() -> None:
    rules = (
        RuleCost(rule="clashes", name="Nobody is in two places", weight="required", deviation=0, cost=0),
        RuleCost(rule="gaps", name="Nobody has gaps", weight=5, deviation=240, cost=1200),
    )
    timetable = Timetable(cost=1200, bound=900, rules=rules)

    told = of_outcome(EN, Generated("feasible", timetable), Path("out/t.json"))

    assert told == Report(
        (
            "The timetable keeps all required rules.",
            "Cost 1,200, proven bound 900, gap 25%.",
            "Written: out/t.json",
        ),
        (
            Table(
                "Rules",
                ("Rule", "Weight", "Missed by", "Cost"),
                (("Nobody is in two places", "required", "0", "0"), ("Nobody has gaps", "5", "240", "1,200")),
                frozenset({1, 2, 3}),
            ),
        ),
        {
            "status": "feasible",
            "timetable": "out/t.json",
            "lost": [],
            "unused": [],
            "cost": 1200,
            "bound": 900,
            "rules": [rule.model_dump(mode="json") for rule in rules],
            "faults": [],
            "left_out": [],
        },
    )


def test_a_consultation_that_is_not_kept_is_told() -> None:
    told = of_outcome(EN, Generated("feasible", Timetable(), lost=(CLASH,)), Path("t.json"))

    assert told.lines[1:3] == ("- Ivanov is in two places at Mon 3.", "Written: t.json")
    assert told.data["lost"] == ["Ivanov is in two places at Mon 3."]


def test_what_does_not_fit_of_what_was_to_be_started_from_is_told_some_of_much() -> None:
    made = of_outcome(EN, Generated("feasible", Timetable(), unused=(CLASH,)), Path("t.json"))
    none = of_outcome(EN, Generated("unknown", unused=(GAPS,) * 11), Path("t.json"))

    head = "What was to be started from does not fit in everything:"
    assert made.lines[1:4] == (head, "- Ivanov is in two places at Mon 3.", "Written: t.json")
    assert (made.data["unused"], none.lines[1:]) == (
        ["Ivanov is in two places at Mon 3."],
        (head, *["- Nobody has gaps."] * 10, "- …"),
    )


def test_rules_that_say_the_same_of_different_people_are_one_row() -> None:
    rules = tuple(RuleCost(rule=key, name="Nobody has gaps", weight=5, deviation=2, cost=10) for key in ("a", "b"))
    other = RuleCost(rule="c", name="Nobody has gaps", weight=1, deviation=3, cost=3)

    told = of_outcome(EN, Generated("feasible", Timetable(rules=(*rules, other))), Path("t.json"))

    assert told.tables[0].rows == (("Nobody has gaps", "5", "4", "20"), ("Nobody has gaps", "1", "3", "3"))


def test_the_impossible_is_told_with_its_reasons_and_ends_with_1() -> None:
    told = of_outcome(RU, Generated("impossible", None, (CLASH, GAPS)), Path("t.json"))

    assert told == Report(
        (
            "Расписания, которое соблюдает все обязательные правила, нет:",
            "- Ivanov is in two places at Mon 3.",
            "- Nobody has gaps.",
        ),
        data={
            "status": "impossible",
            "reasons": ["Ivanov is in two places at Mon 3.", "Nobody has gaps."],
            "unused": [],
            "left_out": [],
        },
        code=1,
    )


def test_a_search_without_result_ends_with_1() -> None:
    told = of_outcome(EN, Generated("unknown"), Path("t.json"))

    data = {"status": "unknown", "reasons": [], "unused": [], "left_out": []}
    assert told == Report(("No timetable was found in this time.",), data=data, code=1)


def test_what_of_the_file_was_not_looked_at_is_told_with_what_came_out_and_with_nothing() -> None:
    left_out = (LeftOut(what="ConstraintFoo", count=3),)
    document = Document.model_validate(
        {"term": {"time_zone": "UTC", "first_day": "2027-01-11", "last_day": "2027-06-30"}}
    ).model_copy(update={"left_out": left_out})
    reports = (
        of_outcome(EN, Generated("feasible", Timetable()), Path("t.json"), left_out),
        of_outcome(EN, Generated("unknown"), Path("t.json"), left_out),
        of_attested(EN, Attested("feasible", SessionPlan()), Path("plan.json"), document),
        of_attested(EN, Attested("unknown"), Path("plan.json"), document),
    )

    assert [report.lines[-1] for report in reports] == ["Not looked at: 3 × ConstraintFoo."] * 4
    assert [report.data["left_out"] for report in reports] == [[{"what": "ConstraintFoo", "count": 3}]] * 4


def test_each_lesson_that_is_not_held_is_told_with_what_keeps_it_from_being_held() -> None:
    """One without an exam in its way was once told as suspended."""
    document = Document.model_validate(
        {
            "term": {"time_zone": "Europe/Moscow", "first_day": "2027-01-11", "last_day": "2027-06-30"},
            "subjects": [{"id": "phy"}],
            "courses": [{"id": key, "name": key.title(), "subject": "phy", "hours": 1} for key in ("phy", "art")],
            "sessions": [{"id": "s", "first_day": "2027-06-01", "last_day": "2027-06-02", "starts": []}],
            "exams": [{"id": "e", "name": "Algebra", "session": "s", "minutes": 60}],
        }
    )
    at = {"occurrence": "phy/1/1@1.1", "start": "2027-06-01T10:00+03:00", "end": "2027-06-01T10:40+03:00"}
    then = {"change": "moved", "new_start": "2027-06-02T10:00+03:00", "new_end": "2027-06-02T10:40+03:00"}
    no, art = {"change": "cancelled"}, {"instead": ["art/1/1@1.1"]}
    changes = (
        {"change": "suspended"},
        no | {"because": ["e"]},
        no | art,
        no,
        then | {"because": ["e"]},
        then | art,
        then,
    )
    plan = SessionPlan(changes=tuple(LessonChange.model_validate(at | change) for change in changes))

    report = of_attested(EN, Attested("feasible", plan), Path("plan.json"), document)

    lesson, moved = "- Phy (Jun 1, 2027, 10:00) is", "moved to Jun 2, 2027, 10:00"
    assert [text for text in report.lines if text.startswith("-")] == [
        f"{lesson} not held: lessons are suspended.",
        f"{lesson} cancelled for Algebra.",
        f"{lesson} cancelled for what is moved to its time: Art.",
        f"{lesson} cancelled to make room for others.",
        f"{lesson} {moved} for Algebra.",
        f"{lesson} {moved} for what is moved to its time: Art.",
        f"{lesson} {moved} to make room for others.",
    ]
