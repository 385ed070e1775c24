import json
from collections.abc import Iterable

import pytest
import typer

from scheduler.console import Console, Report, Table
from scheduler.errors import BadInput, Fault, Place
from solver.sentence import sentence

FAULTS = BadInput(
    [
        Fault(Place(file="a.xlsx", sheet="Term", cell="B4"), sentence("You must be allowed to use this file.")),
        Fault(Place(file="a.xlsx", line=7), sentence("one"), sentence("two")),
    ]
)


def test_every_fault_is_told_once_and_ends_the_command_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as caught, Console("ru"):
        raise FAULTS

    assert caught.value.exit_code == 2
    assert capsys.readouterr() == (
        "",
        "a.xlsx: лист «Term», ячейка B4: У вас должно быть право на этот файл.\na.xlsx: строка 7: one two\n",
    )


def test_faults_are_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as caught, Console("en", as_json=True):
        raise FAULTS

    out, err = capsys.readouterr()
    assert (caught.value.exit_code, err) == (2, "")
    assert json.loads(out) == {
        "faults": [
            {
                "place": {"file": "a.xlsx", "sheet": "Term", "cell": "B4"},
                "must": "You must be allowed to use this file.",
                "help": None,
            },
            {"place": {"file": "a.xlsx", "line": 7}, "must": "one", "help": "two"},
        ]
    }


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), Console("en"):
        raise ZeroDivisionError


def test_a_report_is_lines_and_tables_for_people_and_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("Rules", ("Rule", "Cost"), (("[b]gaps[/b]", "7"), ("rooms", "12")), numbers=frozenset({1}))
    report = Report(("Done.",), (table,), {"cost": 19, "кто": "мы"})

    Console("en").show(report)
    Console("en", as_json=True).show(report)

    assert capsys.readouterr().out == (
        'Done.\nRules\nRule         Cost\n[b]gaps[/b]     7\nrooms          12\n{\n  "cost": 19,\n  "кто": "мы"\n}\n'
    )


def test_a_report_may_end_the_command() -> None:
    with pytest.raises(typer.Exit) as caught:
        Console("en").show(Report(code=1))

    assert caught.value.exit_code == 1


def test_faults_of_a_file_that_is_gone_since_are_told_by_their_fields(capsys: pytest.CaptureFixture[str]) -> None:
    def gone(faults: Iterable[Fault]) -> Iterable[Fault]:
        raise BadInput([Fault(Place(file="a.xlsx"), sentence("There must be a file of this name."))])

    console = Console("en")
    console.placed = gone
    with pytest.raises(typer.Exit) as ended, console:
        raise BadInput([Fault(Place(path="policy.rules[0]"), sentence("The name must not be empty."))])

    assert ended.value.exit_code == 2
    assert capsys.readouterr().err == "field policy.rules[0]: The name must not be empty.\n"
