from pathlib import Path
from string import Formatter

import pytest

from scheduler.catalogue import CATALOGUE, Message, collected, dump, load, untranslated, updated


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_has_a_russian_text_and_none_is_left_over() -> None:
    """When this fails: `make messages`, then write the missing texts into the catalogue."""
    catalogue = updated(load(), collected())

    assert untranslated(catalogue) == []
    assert CATALOGUE.read_bytes() == dump(catalogue)


def test_translations_speak_of_the_same_things() -> None:
    for message in load():
        for text in message.string if isinstance(message.string, tuple | list) else [message.string]:
            said = message.id if isinstance(message.id, str) else message.id[1]
            if said and text:
                assert placeholders(text) == placeholders(said), text


def test_messages_are_collected_from_calls_rules_and_pages(tmp_path: Path) -> None:
    for package in ("solver", "scheduler", "api"):
        (tmp_path / package).mkdir()
    (tmp_path / "solver" / "a.py").write_text(
        "class KeepQuiet(Rule):\n"
        '    """Nobody shouts (Habit 1)."""\n'
        "x = sentence('one {n} ' 'two', plural='many {n}', n=n)\n"
        "y = N_('heading'), self.texts('shown'), texts(heading), texts.counted('{n} a', '{n} b', 3), ''.count('no')\n"
    )
    (tmp_path / "api" / "page.html").write_text("<p>{{ texts('page') }}</p>{{ texts.counted('{n} c', '{n} d', n) }}")

    assert sorted(collected(tmp_path), key=lambda message: (message.file, message.text)) == [
        Message("page", None, "api/page.html", 1),
        Message("Nobody shouts.", None, "solver/a.py", 1),
        Message("heading", None, "solver/a.py", 4),
        Message("one {n} two", "many {n}", "solver/a.py", 3),
        Message("shown", None, "solver/a.py", 4),
        Message("{n} a", "{n} b", "solver/a.py", 4),
    ]


def test_a_message_put_together_at_run_time_is_refused(tmp_path: Path) -> None:
    for package in ("solver", "scheduler", "api"):
        (tmp_path / package).mkdir()
    (tmp_path / "scheduler" / "a.py").write_text("x = 1\ny = sentence(f'{x} gaps')\n")

    with pytest.raises(ValueError) as caught:
        list(collected(tmp_path))

    assert str(caught.value) == (
        "scheduler/a.py:2: the text of sentence(...) must be a literal, or nobody can translate it"
    )
