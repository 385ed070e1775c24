from pathlib import Path

import pytest

from scheduler.errors import BadInput
from scheduler.files import write, write_bytes, write_text


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_text(tmp_path / "new" / "folder" / "a.txt", "звонок\n")

    assert (tmp_path / "new" / "folder" / "a.txt").read_text("utf-8") == "звонок\n"


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "timetable.json"
    write_bytes(path, b"old")

    with pytest.raises(ZeroDivisionError), write(path) as stream:
        stream.write(b"half of the ne" + bytes(1 // 0))

    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("timetable.json", b"old")]


def test_a_written_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_bytes(tmp_path / "ours", b"")

    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_folder_in_the_place_of_a_file_is_bad_input(tmp_path: Path) -> None:
    message = "A file must be here, and a folder may not stand in its place, nor a file in a folder's."
    (tmp_path / "file").touch()

    with pytest.raises(BadInput) as writing:
        write_bytes(tmp_path, b"")
    with pytest.raises(BadInput) as below:
        write_bytes(tmp_path / "file" / "timetable.json", b"")

    assert str(writing.value) == f"{tmp_path}: {message}"
    assert str(below.value) == f"{tmp_path}/file/timetable.json: {message}"
