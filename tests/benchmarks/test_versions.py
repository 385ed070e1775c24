"""Two versions take turns, and what was run is not run again."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, ClassVar, Self

import pytest

from benchmarks import versions
from benchmarks.records import read

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.records import Line


class Told:
    """A version that tells its name and what it is asked instead of running."""

    asked: ClassVar[list[str]] = []

    def __init__(self, commit: str, folder: Path) -> None:
        assert folder.is_dir()
        self.commit = commit

    def run(self, path: Path, line: Line) -> Line:
        Told.asked.append(f"{path.name} {line['seed']} {self.commit}")
        if line["seed"] == 3:
            signal.raise_signal(signal.SIGTERM)
        return {"error": "cut off"} if line["seed"] == 2 and len(Told.asked) < 5 else {"cost": len(Told.asked)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        Told.asked.append(f"{self.commit} removed")


def test_two_versions_take_turns_and_failed_runs_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "Version", Told)
    monkeypatch.setattr(Told, "asked", [])
    command = ["old", "new", "--on", "centre", "--seeds", "1", "2", "--out", str(tmp_path / "out.jsonl")]
    assert versions.main(command) == 1
    assert Told.asked == [
        *("centre.yaml 1 old", "centre.yaml 1 new", "centre.yaml 2 new", "centre.yaml 2 old"),
        *("new removed", "old removed"),
    ]
    assert versions.main(command) == 0
    assert Told.asked[6:] == ["centre.yaml 2 new", "centre.yaml 2 old", "new removed", "old removed"]
    costs = [(line["version"]["commit"], line["seed"], line.get("cost")) for line in read(tmp_path / "out.jsonl")]
    assert costs == [("old", 1, 1), ("new", 1, 2), ("new", 2, None), ("old", 2, None), ("new", 2, 7), ("old", 2, 8)]


def test_a_run_that_is_terminated_takes_its_folders_away_and_leaves_the_handler_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "Version", Told)
    monkeypatch.setattr(Told, "asked", [])
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(SystemExit) as ended:
        versions.main(["old", "new", "--on", "centre", "--seeds", "3", "--out", str(tmp_path / "out.jsonl")])

    assert ended.value.code == 143
    assert Told.asked == ["centre.yaml 3 old", "new removed", "old removed"]
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_missing_instance_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZVONOK_INSTANCES", str(tmp_path))
    assert versions.main(["old", "new", "--on", "comp01"]) == 2
    assert 'There is no instance "comp01". Maybe set ZVONOK_INSTANCES.' in capsys.readouterr().err
