"""What the two READMEs say is so: their commands run, their tables of rules are the engine's.

After a change of the rules, `python tests/examples/test_readme.py` writes the tables anew.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest
import yaml

import solver.rules
from scheduler.domain.document import Document
from scheduler.formats import native, workbook
from scheduler.reports import of_rules
from scheduler.search_reports import STATUS
from scheduler.texts import Texts

ROOT = Path(__file__).parents[2]
READMES = {"README.md": "en", "README.ru.md": "ru"}
BEGIN, END = "<!-- rules: written by tests/examples/test_readme.py -->\n", "<!-- /rules -->\n"
INSTALLS = "pip install ."
"""Not run: it would install into the environment that runs the tests; `tests/test_packaging.py` looks at the wheel."""


def table(lang: str) -> str:
    """The rules of the engine as a table; what an example or a test adds beside them is none."""
    texts = Texts(lang)
    told = of_rules(texts).tables[0]
    rows = [
        (f"`{name}`", says, source)
        for name, says, _, source in told.rows
        if module_of(name).startswith("solver.rules.")
    ]
    rule, holds, _, origin = told.headings
    return "".join(f"| {' | '.join(row)} |\n" for row in ((rule, holds, origin), ("---",) * 3, *rows))


def module_of(rule: str) -> str:
    return solver.rules.Rule.registered[rule].__module__


def parted(name: str) -> tuple[str, str, str]:
    """A README before its table, the table, and after it."""
    before, _, rest = (ROOT / name).read_text("utf-8").partition(BEGIN)
    within, _, after = rest.partition(END)
    return before, within, after


def commands(name: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [line.strip() for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_rules_is_the_engines(name: str) -> None:
    assert parted(name)[1] == table(READMES[name])


@pytest.mark.parametrize("name", READMES)
def test_what_is_made_can_be_made(name: str) -> None:
    made = {line.removeprefix("make ") for line in commands(name) if line.startswith("make ")}
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert made == {"demo", "test"}
    assert made <= targets


@pytest.mark.parametrize("name", READMES)
def test_every_command_runs(name: str, tmp_path: Path) -> None:
    from tests.scheduler.formats.fet_school import SOURCE  # noqa: PLC0415 - not to be found by this file as a script

    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "school.fet").write_bytes(SOURCE)
    beside = Path(sys.executable).parent
    env = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    run = [line for line in commands(name) if not line.startswith("make ") and line != INSTALLS]
    assert {shlex.split(line)[0] for line in run} <= {"zvonok", "python"}
    for line in run:
        done = subprocess.run(shlex.split(line), cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, line, done.stderr if done.returncode else "") == (0, line, "")
        if line.startswith("zvonok init "):  # the reader fills it in
            workbook.write(native.read(ROOT / "examples" / "small.yaml"), tmp_path / line.split()[2])
    assert shutil.which("zvonok", path=str(beside)) is not None


def test_the_messages_that_are_explained_are_those_that_are_shown() -> None:
    texts = Texts("ru")
    numbers = {"cost": 120, "bound": 90, "gap": texts.percent(0.25)}
    shown = [texts(status) for status in STATUS.values()]
    shown += [texts("Cost {cost}, proven bound {bound}, gap {gap}.", **numbers), texts("The calendar breaks:")]
    text = (ROOT / "README.ru.md").read_text("utf-8").replace("\xa0", " ")
    assert [said for said in shown if f"| {said} |".replace("\xa0", " ") not in text] == []


def test_the_exams_and_requests_that_are_shown_have_the_fields_of_a_document() -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    term = {"first_day": "2027-01-11", "last_day": "2027-05-28"}
    document = native.validated({"term": term, **yaml.safe_load(shown)}, Document)
    assert [exam.id for exam in document.exams] == ["algebra", "english"]
    assert (document.sessions[0].id, document.commissions[0].id) == ("summer", "board")
    assert (document.entitlements[0].extra_minutes, document.requests[0].latest) == (90, time(17))


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


if __name__ == "__main__":
    for readme, language in READMES.items():
        start, _, end = parted(readme)
        (ROOT / readme).write_text(start + BEGIN + table(language) + END + end, encoding="utf-8", newline="\n")
