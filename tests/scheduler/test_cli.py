import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from scheduler.cli import app, asked, translated
from scheduler.texts import Texts
from tests.scheduler.formats.fet_school import HEAD, SPACES, TAIL, TIMES

ROOT = Path(__file__).parent.parent.parent
PROFILED = "\npolicy: {profiles: [default, ru-sanpin-2021]}\n"


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `zvonok`."""
    done = CliRunner().invoke(app, arguments, env={"LC_ALL": "C", "COLUMNS": "120"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("command", ["check", "generate", "audit", "compare", "export"])
def test_a_file_that_is_not_there_is_told_without_a_traceback(command: str, tmp_path: Path) -> None:
    rest = {"audit": ["t"], "compare": ["t", "t"], "export": ["t", "--to", "html", "-o", "x"]}.get(command, [])
    missing = str(tmp_path / "none.xlsx")

    assert run(command, missing, *rest) == (2, "", f"{missing}: There must be a file of this name.\n")
    assert run(command, missing, *rest, "--lang", "ru") == (2, "", f"{missing}: Нет файла с таким именем.\n")

    code, out, err = run(command, missing, *rest, "--json")
    told = {"place": {"file": missing}, "must": "There must be a file of this name.", "help": None}
    assert (code, json.loads(out), err) == (2, {"faults": [told]}, "")


def test_a_profile_past_its_date_is_told_and_hinders_nothing(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "small.yaml").read_text("utf-8")
    later = tmp_path / "later.yaml"
    later.write_text(text.replace("last_day: 2026-10-23", "last_day: 2027-01-08") + PROFILED, "utf-8")

    code, out, err = run("check", str(later))

    assert (code, out) == (0, "Nothing is wrong with the file, and nothing seen makes it impossible.\n")
    assert err.splitlines()[0] == (
        "field policy.profiles[1]: The profile ru-sanpin-2021 is in force until Jan 1, 2027 only; "
        "its figures may have changed since. Maybe look for its successor."
    )


def test_what_a_fet_file_asks_for_and_is_not_supported_can_be_ignored_and_is_told_everywhere(tmp_path: Path) -> None:
    school, made, page = tmp_path / "school.fet", tmp_path / "t.json", tmp_path / "page.html"
    strange = "<ConstraintFoo><Weight_Percentage>100</Weight_Percentage></ConstraintFoo>\n" * 3
    school.write_text(HEAD + TIMES + strange + SPACES + TAIL, "utf-8")
    told = "Not looked at: 3 × ConstraintFoo."

    code, _, err = run("check", str(school))
    assert (code, "--ignore-unsupported" in err) == (2, True)

    search = ("--work", "1", "--workers", "1", "-o", str(made))
    for command in (("check",), ("generate", *search), ("audit", str(made)), ("compare", str(made), str(made))):
        code, out, err = run(command[0], str(school), *command[1:], "--ignore-unsupported")
        assert (code, told in out.splitlines()) == (0, True), err
    assert json.loads(made.read_text("utf-8"))["left_out"] == [{"what": "ConstraintFoo", "count": 3}]

    code, _, _ = run("export", str(school), str(made), "--to", "html", "-o", str(page), "--ignore-unsupported")
    assert (code, "<bdi>3 × ConstraintFoo</bdi>" in page.read_text("utf-8")) == (0, True)


def test_rules_and_schemas_are_told_to_programs() -> None:
    code, out, _ = run("rules", "--json")
    rules = {rule["rule"]: rule for rule in json.loads(out)["rules"]}

    assert code == 0
    assert rules["KeepRoom"] == {
        "rule": "KeepRoom",
        "says": "The events of a course meet in one room.",
        "parameters": ["lessons", "per", "most", "consecutive"],
        "source": "ITC-2007 track 3 RoomStability, FET max different rooms",
    }
    assert rules["LimitPerDay"]["parameters"] == ["people", "lessons", "days", "most", "least", "what"]
    assert json.loads(run("schema")[1])["title"] == "Document"
    assert json.loads(run("schema", "--of", "timetable", "--json")[1])["title"] == "Timetable"
    assert json.loads(run("schema", "--of", "session", "--json")[1])["title"] == "SessionPlan"


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        ([], "en"),
        (["check", "a.xlsx", "--lang", "ru"], "ru"),
        (["--lang=ru"], "ru"),
        (["--lang"], "en"),
        (["--lang", "de"], "en"),
        (["ru"], "en"),
    ],
)
def test_the_language_of_the_help_is_seen_before_the_arguments_are_read(
    arguments: Sequence[str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")

    assert asked(arguments) == lang


def test_the_help_is_told_in_russian() -> None:
    command = translated(typer.main.get_command(app), Texts("ru"))
    told = {name: inner.help for name, inner in command.commands.items()}
    options = {option.opts[0]: option.help for option in command.commands["generate"].params}

    assert told["rules"] == "Перечислить правила, на которые можно сослаться."
    assert options["--seconds"] == (
        "Сколько секунд искать; чтобы сказать, почему это невозможно, может уйти ещё четверть."
    )
    assert [text for text in [*told.values(), *options.values()] if text and text.isascii()] == []


def test_the_program_itself_starts_without_ortools_and_refuses_an_unknown_option() -> None:
    program = "import sys; sys.modules['ortools'] = None; from scheduler.cli import main; main()"

    def start(*arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "LC_ALL": "C"}
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    helped, refused = start("--help"), start("rules", "--lng", "ru")

    assert (helped.returncode, helped.stderr) == (0, "")
    assert (refused.returncode, refused.stdout) == (2, "")
