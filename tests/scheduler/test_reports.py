from dataclasses import dataclass, field
from pathlib import Path

from scheduler.console import Report, Table
from scheduler.domain.document import LeftOut
from scheduler.reports import of_audit, of_check, of_comparison, of_rules, of_written
from scheduler.texts import Texts
from solver.sentence import Sentence, sentence

EN, RU = Texts("en"), Texts("ru")
GAPS = sentence("Nobody has gaps.")
CLASH = sentence("Ivanov is in two places at {when}.", when="Mon 3")


@dataclass(frozen=True)
class Checked:
    timetable: tuple[Sentence, ...] = ()
    plans: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Recounted:
    rule: str
    says: Sentence
    weight: int | None
    deviation: int
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Audited:
    rules: tuple[Recounted, ...]
    facts: tuple[Sentence, ...] = ()
    dated: tuple[Sentence, ...] = ()
    cost: int = 0


@dataclass(frozen=True)
class Compared:
    first: Audited
    second: Audited
    changes: tuple[Sentence, ...] = field(default=())


def test_a_check_tells_reasons_or_that_there_are_none() -> None:
    assert of_check(EN, Checked((GAPS,))).lines == (
        "There is no timetable that keeps all required rules:",
        "- Nobody has gaps.",
    )
    assert of_check(EN, Checked((GAPS,), (CLASH,))).lines == (
        "There is no timetable that keeps all required rules:",
        "- Nobody has gaps.",
        "There is no plan that keeps all required rules:",
        "- Ivanov is in two places at Mon 3.",
    )
    assert (of_check(EN, Checked((GAPS,))).code, of_check(EN, Checked()).code) == (1, 0)
    assert of_check(EN, Checked()).lines == ("Nothing is wrong with the file, and nothing seen makes it impossible.",)


def test_an_audit_ticks_or_counts_each_rule() -> None:
    clashes = Recounted("clashes", sentence("Nobody is in two places."), None, 1, (CLASH,))
    gaps = Recounted("gaps", GAPS, 5, 2, (sentence("{n} gap", plural="{n} gaps", n=2),))

    told = of_audit(EN, Audited((clashes, gaps), cost=10))

    assert told == Report(
        ("Required rules are broken.", "Cost 10.", "- Ivanov is in two places at Mon 3.", "- 2 gaps"),
        (
            Table(
                "Rules",
                ("Rule", "Weight", "Missed by", "Cost"),
                (("✗ Nobody is in two places.", "required", "1", ""), ("✗ Nobody has gaps.", "5", "2", "10")),
                frozenset({1, 2, 3}),
            ),
        ),
        {
            "kept": False,
            "cost": 10,
            "facts": [],
            "dated": [],
            "rules": [
                {
                    "rule": "clashes",
                    "says": "Nobody is in two places.",
                    "weight": "required",
                    "deviation": 1,
                    "cost": 0,
                    "sentences": ["Ivanov is in two places at Mon 3."],
                },
                {
                    "rule": "gaps",
                    "says": "Nobody has gaps.",
                    "weight": 5,
                    "deviation": 2,
                    "cost": 10,
                    "sentences": ["2 gaps"],
                },
            ],
            "left_out": [],
        },
        1,
    )


def test_an_audit_fails_on_a_plain_fact_alone_and_not_on_a_wish() -> None:
    kept = Recounted("clashes", sentence("Nobody is in two places."), None, 0)
    wish = Recounted("gaps", GAPS, 5, 2)

    assert of_audit(EN, Audited((kept, wish), facts=(CLASH,))).code == 1
    assert of_audit(EN, Audited((kept, wish))).lines[0] == "All required rules are kept."
    assert of_audit(EN, Audited((kept, wish))).code == 0


def test_an_audit_tells_what_the_calendar_breaks_apart() -> None:
    told = of_audit(EN, Audited((), dated=(CLASH,)))

    assert told.lines == (
        "All required rules are kept.",
        "Cost 0.",
        "The calendar breaks:",
        "- Ivanov is in two places at Mon 3.",
    )
    assert told.code == 0


def test_a_comparison_tells_changes_and_both_costs() -> None:
    first = Audited((Recounted("gaps", GAPS, 5, 2),), cost=10)
    second = Audited((Recounted("gaps", GAPS, 5, 1),), cost=5)

    told = of_comparison(EN, Compared(first, second, (sentence("Algebra moved."),)))

    assert told.lines == ("1 placement differs.", "- Algebra moved.")
    assert told.tables[0].rows == (("Nobody has gaps.", "10", "5", "-5"), ("Cost", "10", "5", "-5"))


LEFT_OUT = (LeftOut(what="ConstraintFoo", count=3), LeftOut(what="a choice among virtual rooms", count=1))
NOT_LOOKED_AT = "Not looked at: 3 × ConstraintFoo, 1 × a choice among virtual rooms."


def test_every_report_about_a_file_tells_what_of_it_was_not_looked_at() -> None:
    audit = Audited(())
    reports = (
        of_check(EN, Checked(), LEFT_OUT),
        of_check(EN, Checked((GAPS,)), LEFT_OUT),
        of_audit(EN, audit, LEFT_OUT),
        of_comparison(EN, Compared(audit, audit), LEFT_OUT),
    )

    assert [report.lines[-1] for report in reports] == [NOT_LOOKED_AT] * 4
    assert [report.data["left_out"] for report in reports] == [
        [{"what": "ConstraintFoo", "count": 3}, {"what": "a choice among virtual rooms", "count": 1}]
    ] * 4
    assert of_check(RU, Checked(), LEFT_OUT).lines[-1] == (
        "Не рассматривалось: 3 × ConstraintFoo, 1 × выбор из нескольких виртуальных помещений."
    )


def test_written_files_are_named() -> None:
    assert of_written(RU, Path("a.xlsx"), Path("b.xlsx")) == Report(
        ("Записано: a.xlsx", "Записано: b.xlsx"), data={"written": ["a.xlsx", "b.xlsx"]}
    )


def test_rules_are_listed_with_their_sources_in_the_readers_language() -> None:
    rows = {row[0]: row for row in of_rules(RU).tables[0].rows}

    assert rows["KeepRoom"] == (
        "KeepRoom",
        "Занятия курса проходят в одном кабинете.",
        "lessons, per, most, consecutive",
        "ITC-2007 track 3 RoomStability, FET max different rooms",
    )
