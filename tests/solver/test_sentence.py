from dataclasses import FrozenInstanceError

import pytest

from solver.sentence import Sentence, Thing, sentence


def test_a_sentence_keeps_its_things_in_order() -> None:
    said = sentence("{teacher} has {n} gaps", teacher=Thing("resource", 3), n=2)

    assert said == Sentence("{teacher} has {n} gaps", (("teacher", Thing("resource", 3)), ("n", 2)))


def test_a_bare_sentence_speaks_english_with_indexes() -> None:
    said = sentence("{who} at {tick}: {events}.", who="Ivanov", tick=Thing("tick", 7), events=(Thing("event", 1), 5))

    assert str(said) == "Ivanov at tick 7: event 1, 5."


@pytest.mark.parametrize(("n", "told"), [(0, "0 lessons"), (1, "1 lesson"), (21, "21 lessons")])
def test_a_count_chooses_the_words(n: int, told: str) -> None:
    assert str(sentence("{n} lesson", plural="{n} lessons", n=n)) == told


def test_a_sentence_may_stand_in_another() -> None:
    assert (
        str(sentence("{what}, at {when}", what=sentence("{n} gaps", n=2), when=Thing("day", 1))) == "2 gaps, at day 1"
    )


def test_things_get_their_names_and_the_sentence_stays_in_no_language() -> None:
    tick = sentence("{day}, period {n}", day=Thing("day", 1), n=3)
    said = sentence("{who} at {tick}: {events}.", who="Ivanov", tick=tick, events=(Thing("event", 1), 5))

    assert said.named(lambda thing: f"<{thing}>") == sentence(
        "{who} at {tick}: {events}.",
        who="Ivanov",
        tick=sentence("{day}, period {n}", day="<day 1>", n=3),
        events=("<event 1>", 5),
    )


def test_things_of_a_list_that_have_one_name_are_told_once() -> None:
    said = sentence("{who} wait.", who=(Thing("resource", 1), Thing("resource", 2)))

    assert said.named(lambda thing: thing.kind) == sentence("{who} wait.", who=("resource",))


def test_sentences_are_values() -> None:
    said = sentence("{n} gaps", n=2)

    assert {said, sentence("{n} gaps", n=2)} == {said}
    with pytest.raises(FrozenInstanceError):
        said.template = ""  # type: ignore[misc]
