"""What is shipped: the wheel, the lock, and the doors that `make help` names."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_wheel_holds_the_three_packages_with_their_data(tmp_path: Path) -> None:
    source = tmp_path / "source"
    keep = ["pyproject.toml", "LICENSE", "README.md", "README.ru.md", ".gitignore"]
    for package in ("solver", "scheduler", "api", "tests"):
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in keep:
        shutil.copy(ROOT / name, source)

    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    subprocess.run([*build, "--wheel-dir", tmp_path, source], check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    shipped = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    ours = [
        path.relative_to(source).as_posix()
        for package in ("api", "scheduler", "solver")
        for path in (source / package).rglob("*")
        if path.is_file()
    ]
    assert sorted(shipped) == sorted(ours)
    assert "scheduler/locale/ru/LC_MESSAGES/zvonok.po" in shipped


def test_the_lock_pins_everything_with_hashes_and_names_no_registry() -> None:
    pins = re.findall(r"^([a-z0-9][a-z0-9._-]*)==\S+(?: ; [^\\]+)? \\$", LOCK, flags=re.MULTILINE)
    others = [line for line in LOCK.splitlines() if not re.match(r"    --hash=sha256:[0-9a-f]{64}( \\)?$", line)]

    assert len(others) == len(pins)
    assert "://" not in LOCK


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = PROJECT["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"], *PROJECT["build-system"]["requires"]]
    names = {re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower() for requirement in asked}

    assert {name for name in names if not re.search(rf"^{re.escape(name)}==", LOCK, flags=re.MULTILINE)} == set()


def test_make_help_names_every_door() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    doors = re.findall(r"^\.PHONY: (\S+)$", makefile, flags=re.MULTILINE)

    command = ["make", "--no-print-directory", "help"]  # within make it would tell where it goes
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert [line.split()[1] for line in told.splitlines()] == doors
