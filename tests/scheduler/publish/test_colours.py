"""Subjects are told apart by colour and by a sign, and their names can be read on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.courses import Subject
from scheduler.publish.colours import contrast, looks, shade, tint

INK, PAPER = (0.1, 0.12, 0.15), (0.92, 0.93, 0.95)
colours = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))


@given(colours)
def test_text_can_be_read_on_every_subject_by_day_and_by_night(colour: tuple[float, float, float]) -> None:
    assert contrast(INK, tint(colour)) >= 7
    assert contrast(PAPER, shade(colour)) >= 7


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)


@given(st.lists(st.text(max_size=5), max_size=40))
def test_no_two_subjects_have_one_sign(names: list[str]) -> None:
    subjects = [Subject.model_construct(id=str(n), name=name, colour=None) for n, name in enumerate(names)]
    signs = [look.sign.casefold() for look in looks(subjects).values()]
    assert len(set(signs)) == len(names)


def test_a_school_chooses_its_own_colour() -> None:
    assert looks([Subject(id="alg", name="Алгебра", colour="#1565C0")])["alg"].colour == "#1565c0"


def test_algebra_and_the_english_language_have_short_signs() -> None:
    subjects = [Subject(id=str(n), name=name) for n, name in enumerate(["Алгебра", "Английский язык", "Астрономия"])]
    assert [look.sign for look in looks(subjects).values()] == ["Ал", "Ан", "Ас"]


def test_the_thirteenth_subject_repeats_the_first_hue_with_stripes() -> None:
    found = list(looks([Subject(id=f"s{n}") for n in range(13)]).values())
    assert (found[0].colour, found[0].pattern, found[12].pattern) == (found[12].colour, 0, 1)
