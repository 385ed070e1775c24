"""Days and periods by the names that people give them."""

from __future__ import annotations

from datetime import time

import pytest

from scheduler.compile import Labels, compile_document
from scheduler.compile.labels import day_name, period_name
from scheduler.domain.calendar import Bell
from scheduler.texts import Texts
from tests.scheduler.compile.centre import BELLS, CENTRE, centre

TEN = tuple(f"Day {number}" for number in range(1, 11))


def period(name: str, start: time = time(9)) -> str:
    return Texts("en").tell(period_name("Mon", Bell(number=3, name=name, start=start, end=time(23))))


def test_a_day_has_the_name_that_the_term_gives_it_and_else_that_of_its_weekday() -> None:
    named = centre(term={**CENTRE["term"], "day_names": [*TEN[:7], " "]}).term

    assert [str(day_name(named, day)) for day in (0, 6, 7, 8)] == [
        "Day 1",
        "Day 7",
        "Wednesday, week 2",
        "Thursday, week 2",
    ]
    assert str(day_name(named.model_copy(update={"day_names": (), "cycle": 1}), 4)) == "Friday"


@pytest.mark.parametrize(
    ("name", "start", "told"),
    [
        ("", time(9), "Mon, lesson 3 (09:00)"),
        ("3rd hour", time(9), "Mon, 3rd hour (09:00)"),
        ("9:00 - 9:45", time(9), "Mon, 9:00 - 9:45"),
        (" 09h00", time(9), "Mon, 09h00"),
        ("19:00", time(9), "Mon, 19:00 (09:00)"),
        ("9:005", time(9), "Mon, 9:005 (09:00)"),
    ],
)
def test_a_period_has_its_name_and_the_clock_unless_the_name_tells_it(name: str, start: time, told: str) -> None:
    assert period(name, start) == told


def test_times_are_told_by_the_names_of_days_and_periods() -> None:
    bells = [{"id": "usual", "periods": [{**bell, "name": f"P{bell['number']}"} for bell in BELLS]}, CENTRE["bells"][1]]
    labels = Labels(compile_document(centre(term={**CENTRE["term"], "day_names": TEN}, bells=bells)))
    ticks = range(len(labels.compiled.ticks.start))

    assert Texts("en").tell(labels.tick(0)) == "Day 1, P1 (09:00)"
    assert {str(labels.tick(tick)).partition(",")[0] for tick in ticks} == set(TEN)
    assert [str(labels.day(day)) for day in range(10)] == list(TEN)
