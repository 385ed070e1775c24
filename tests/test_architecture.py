"""The arrows of the architecture, read from the imports.

- api -> scheduler -> solver, never back, and api never imports solver.
- A library that stands for a decision has one home: OR-Tools the model and the search's parameters, FastAPI the
  service, icalendar the calendars, openpyxl the workbook and the sheets, pydantic the institution's side.
- The clock is read at the edges, where somebody starts a command or asks the service, and is passed in from there.
- The rules and the audits need no solver: they run on a machine without OR-Tools.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("solver", "scheduler", "api")
MODULES = sorted(path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

ARROWS = {
    "solver": {"solver"},
    "scheduler": {"solver", "scheduler"},
    "api": {"scheduler", "api"},
}

HOMES = {
    "ortools": ("solver/model.py", "solver/parameters.py"),
    "numba": ("solver/",),
    "fastapi": ("api/",),
    "icalendar": ("scheduler/publish/ics.py",),
    "openpyxl": ("scheduler/formats/workbook.py", "scheduler/formats/workbook/", "scheduler/publish/sheets/"),
    "pydantic": ("scheduler/", "api/"),
    "typer": ("scheduler/cli.py", "scheduler/console.py", "api/"),
    "rich": ("scheduler/progress.py", "scheduler/console.py", "api/"),
}

CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.perf_counter",
    "time.process_time",
}
CALENDAR_CLOCKS = {clock for clock in CLOCKS if clock.startswith(("date", "time.time"))}
EDGES = ("scheduler/cli.py", "api/")

WITHOUT_ORTOOLS = (
    *("solver/rules/", "solver/audit.py", "solver/problem.py"),
    *("scheduler/operations/audit.py", "scheduler/operations/facts/", "scheduler/operations/consult/"),
)
"""Modules that must import with OR-Tools blocked; a folder means every module in it."""


@cache
def nodes(path: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse((ROOT / path).read_text("utf-8"))))


def imports(path: str) -> Iterator[str]:
    """The full names of the modules that a module imports, wherever in it."""
    package = Path(path).with_suffix("").parts[:-1]
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*above, *filter(None, [node.module])])


def calls(path: str) -> Iterator[str]:
    """What a module says by two names, such as ``datetime.now``; the last two where there are more."""
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            yield f"{owner}.{node.attr}"


@pytest.mark.parametrize("path", MODULES)
def test_imports_follow_the_arrows(path: str) -> None:
    allowed = ARROWS[path.partition("/")[0]]
    ours = {name.partition(".")[0] for name in imports(path)} & set(PACKAGES)
    assert ours - allowed == set()


@pytest.mark.parametrize("path", MODULES)
def test_each_library_stays_at_home(path: str) -> None:
    strays = {
        library
        for library in {name.partition(".")[0] for name in imports(path)}
        if library in HOMES and not path.startswith(HOMES[library])
    }
    assert strays == set()


@pytest.mark.parametrize("path", MODULES)
def test_the_calendar_is_read_at_the_edges_only(path: str) -> None:
    read = set() if path.startswith(EDGES) else set(calls(path)) & CALENDAR_CLOCKS
    assert read == set()


@pytest.mark.parametrize("path", [path for path in MODULES if path.startswith("scheduler/") or "/rules/" in path])
def test_rules_and_operations_time_nothing(path: str) -> None:
    read = set() if path.startswith(EDGES) else set(calls(path)) & CLOCKS
    assert read == set()


def test_rules_and_audits_import_without_ortools() -> None:
    modules = [
        path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in MODULES
        if path.startswith(WITHOUT_ORTOOLS)
    ]
    program = f"""
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "ortools":
            raise ImportError("OR-Tools is blocked: " + name)

sys.meta_path.insert(0, Blocked())
for name in {modules!r}:
    importlib.import_module(name)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "solver.rules" in modules
