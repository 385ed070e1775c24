"""File names that every system takes."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.publish.names import file_names


def test_cyrillic_stays_and_what_could_leave_the_folder_goes() -> None:
    assert file_names(["Иванова Анна", "../../etc/passwd", "a:b\\c", "..", "nul", ""], ".ics") == [
        "Иванова Анна.ics", "etc passwd.ics", "a b c.ics", "_.ics", "_nul.ics", "_ (2).ics",
    ]  # fmt: skip


def test_two_of_one_name_are_numbered_also_where_only_the_case_differs() -> None:
    assert file_names(["Ли Анна", "ли анна", "Ли Анна"], ".ics") == [
        "Ли Анна.ics",
        "ли анна (2).ics",
        "Ли Анна (3).ics",
    ]


@given(st.lists(st.text(), max_size=8))
def test_any_titles_give_as_many_different_short_names(titles: list[str]) -> None:
    names = file_names(titles, ".ics")
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(len(name.encode()) <= 255 and "/" not in name and "\\" not in name for name in names)
    assert all(not name.startswith(".") and name.isprintable() for name in names)
