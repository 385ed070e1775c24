"""A timetable to build a synthetic school around: found first, then forgotten.

Every class's week is full from its first period on, and stays so; simulated annealing makes pairs of lessons of one
class change places until no teacher is asked for twice, and gaps and scattered days are few. Only whole numbers decide,
drawn from a generator of our own, so the same seed gives the same school on every machine.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

DAYS = 5

# What each fault costs; the first three must vanish, the others become the school's limits.
CLASH, REPEAT, CROWD, TIRED, GAP, DAY, LONE = 60, 40, 30, 12, 6, 12, 4
SWEEPS = 600
ROUNDS = 8
HOT, COLD = 14.0, 0.7
MOST_A_DAY = 5
"""Lessons of a teacher a day beyond which `TIRED` is counted."""


@dataclass(frozen=True)
class Unit:
    """A lesson of a class in the hidden timetable.

    Attributes
    ----------
    group : int
        The class.
    course : int
        The lessons of a course fall on different days.
    teachers : tuple of int
        One, or two where the class is split.
    periods : int
        1 or 2.
    room : int
        The kind of special room that each teacher of it needs, or -1.
    """

    group: int
    course: int
    teachers: tuple[int, ...]
    periods: int = 1
    room: int = -1


def timetable(
    units: Sequence[Unit], lengths: Sequence[Sequence[int]], rooms: Sequence[int], periods: int, seed: int
) -> list[tuple[int, int]]:
    """Find a timetable without a clash.

    Parameters
    ----------
    units : sequence of Unit
        They fill each class's week exactly.
    lengths : sequence of sequence of int
        For each class the number of its periods on each of five days.
    rooms : sequence of int
        For each kind of special room how many there should be; more are used where so few do not serve.
    periods : int
        Periods of the longest day.
    seed : int
        The same seed finds the same timetable.

    Returns
    -------
    list of tuple of int
        For each unit its day and its first period, both from 0.

    Raises
    ------
    RuntimeError
        If the search ends with a clash.
    """
    rng = random.Random(seed)
    start = _draw(units, lengths, periods, rng)
    state = np.array([rng.getrandbits(62)], dtype=np.int64)
    teachers = np.array([(*unit.teachers, -1)[:2] for unit in units], dtype=np.int64)
    fixed = (
        np.array([unit.group for unit in units], dtype=np.int64),
        np.array([unit.course for unit in units], dtype=np.int64),
        teachers,
        np.array([unit.periods for unit in units], dtype=np.int64),
        np.array([unit.room for unit in units], dtype=np.int64),
        np.array(lengths, dtype=np.int64),
        _costs_of_days(periods),
    )
    there = np.array(rooms, dtype=np.int64)
    for tried in range(1, ROUNDS + 1):
        clashes, crowded = _anneal(start, *fixed, there, periods, SWEEPS * len(units), _chances(), state)
        if clashes == 0 and not crowded.any():
            return [(int(cell) // periods, int(cell) % periods) for cell in start]
        if clashes == 0 and tried % 2 == 0:
            there += crowded
    raise RuntimeError(f"No timetable without a clash was found for {len(units)} lessons; maybe another seed helps.")


def gaps(mask: int) -> int:
    """Free periods of a day, as bits, between the first and the last that is taken."""
    return mask.bit_length() - (mask & -mask).bit_length() + 1 - mask.bit_count() if mask else 0


def _costs_of_days(periods: int) -> Numbers:
    """What a teacher's day costs, for each set of periods taught."""
    return np.array(
        [
            GAP * gaps(mask)
            + TIRED * max(0, mask.bit_count() - MOST_A_DAY)
            + DAY * (mask > 0)
            + LONE * (mask.bit_count() == 1)
            for mask in range(1 << periods)
        ],
        dtype=np.int64,
    )


def _chances(steps: int = 60) -> Numbers:
    """For each temperature, hot to cold, in how many of 2^31 cases a worsening by 0, 1, 2, ... is accepted."""
    cooled = (COLD / HOT) ** (1 / (steps - 1))
    return np.array(
        [[int(math.exp(-worse / (HOT * cooled**step)) * 2**31) for worse in range(256)] for step in range(steps)],
        dtype=np.int64,
    )


def _draw(
    units: Sequence[Unit], lengths: Sequence[Sequence[int]], periods: int, rng: random.Random
) -> NDArray[np.int64]:
    """Fill every class's week at random, doubles first."""
    start = np.zeros(len(units), dtype=np.int64)
    of_group: list[list[int]] = [[] for _ in lengths]
    for index, unit in enumerate(units):
        of_group[unit.group].append(index)
    for group, members in enumerate(of_group):
        doubles = [index for index in members if units[index].periods == 2]
        singles = [index for index in members if units[index].periods == 1]
        places = [day * periods + at for day, length in enumerate(lengths[group]) for at in range(0, length - 1, 2)]
        taken = set()
        for index, cell in zip(doubles, rng.sample(places, len(doubles)), strict=True):
            start[index] = cell
            taken |= {cell, cell + 1}
        free = [day * periods + at for day, length in enumerate(lengths[group]) for at in range(length)]
        free = [cell for cell in free if cell not in taken]
        rng.shuffle(free)
        start[singles] = free
    return start


@njit(cache=True)
def _anneal(
    start: Numbers,
    group: Numbers,
    course: Numbers,
    teachers: Numbers,
    periods_of: Numbers,
    room: Numbers,
    lengths: Numbers,
    costs: Numbers,
    rooms: Numbers,
    periods: int,
    moves: int,
    chances: Numbers,
    state: Numbers,
) -> tuple[int, NDArray[np.bool_]]:
    """Improve `start` in place; return how many clashes and repeats are left, and which special rooms are too few."""
    cells = DAYS * periods
    count = np.zeros((teachers.max() + 1, cells), np.int64)
    mask = np.zeros((teachers.max() + 1, DAYS), np.int64)
    held = np.zeros((course.max() + 1, DAYS), np.int64)
    used = np.zeros((len(rooms), cells), np.int64)
    at = np.full((len(lengths), cells), -1, np.int64)
    tables = (count, mask, held, used, rooms, costs)
    for unit in range(len(start)):
        _put(unit, start[unit], course, teachers, periods_of, room, tables, periods)
        at[group[unit], start[unit] : start[unit] + periods_of[unit]] = unit
    for move in range(moves):
        chance = chances[move * len(chances) // moves]
        a = _random(state, len(start))
        length, home, week = periods_of[a], start[a], at[group[a]]
        day = _random(state, DAYS)
        room_for = lengths[group[a], day] - length + 1
        if room_for < 1:
            continue
        there = day * periods + _random(state, room_for)
        b, c = week[there], week[there + length - 1]
        if a in (b, c) or start[b] < there or start[c] + periods_of[c] > there + length:
            continue
        worse = _take(a, home, course, teachers, periods_of, room, tables, periods)
        worse += _take(b, there, course, teachers, periods_of, room, tables, periods)
        if c != b:
            worse += _take(c, there + 1, course, teachers, periods_of, room, tables, periods)
            worse += _put(c, home + 1, course, teachers, periods_of, room, tables, periods)
        worse += _put(b, home, course, teachers, periods_of, room, tables, periods)
        worse += _put(a, there, course, teachers, periods_of, room, tables, periods)
        if worse <= 0 or (worse < chances.shape[1] and _random(state, 1 << 31) < chance[worse]):
            start[a], start[b] = there, home
            week[there : there + length] = a
            week[home : home + periods_of[b]] = b
            if c != b:
                start[c] = home + 1
                week[home + 1] = c
            continue
        _take(a, there, course, teachers, periods_of, room, tables, periods)
        _take(b, home, course, teachers, periods_of, room, tables, periods)
        if c != b:
            _take(c, home + 1, course, teachers, periods_of, room, tables, periods)
            _put(c, there + 1, course, teachers, periods_of, room, tables, periods)
        _put(b, there, course, teachers, periods_of, room, tables, periods)
        _put(a, home, course, teachers, periods_of, room, tables, periods)
    clashes = np.maximum(count - 1, 0).sum() + np.maximum(held - 1, 0).sum()
    crowded = np.zeros(len(rooms), np.bool_)
    for kind in range(len(rooms)):
        crowded[kind] = used[kind].max() > rooms[kind]
    return clashes, crowded


@njit(cache=True)
def _put(unit, cell, course, teachers, periods_of, room, tables, periods):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Place a unit; return what it adds to the cost."""
    count, mask, held, used, rooms, costs = tables
    day = cell // periods
    worse = REPEAT * (held[course[unit], day] > 0)
    held[course[unit], day] += 1
    for teacher in teachers[unit]:
        if teacher < 0:
            continue
        worse -= costs[mask[teacher, day]]
        for each in range(cell, cell + periods_of[unit]):
            worse += CLASH * (count[teacher, each] > 0)
            count[teacher, each] += 1
            mask[teacher, day] |= 1 << (each - day * periods)
            if room[unit] >= 0:
                worse += CROWD * (used[room[unit], each] >= rooms[room[unit]])
                used[room[unit], each] += 1
        worse += costs[mask[teacher, day]]
    return worse


@njit(cache=True)
def _take(unit, cell, course, teachers, periods_of, room, tables, periods):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Take a unit away; return what that adds to the cost."""
    count, mask, held, used, rooms, costs = tables
    day = cell // periods
    held[course[unit], day] -= 1
    worse = -REPEAT * (held[course[unit], day] > 0)
    for teacher in teachers[unit]:
        if teacher < 0:
            continue
        worse -= costs[mask[teacher, day]]
        for each in range(cell, cell + periods_of[unit]):
            count[teacher, each] -= 1
            worse -= CLASH * (count[teacher, each] > 0)
            if count[teacher, each] == 0:
                mask[teacher, day] &= ~(1 << (each - day * periods))
            if room[unit] >= 0:
                used[room[unit], each] -= 1
                worse -= CROWD * (used[room[unit], each] >= rooms[room[unit]])
        worse += costs[mask[teacher, day]]
    return worse


@njit(cache=True)
def _random(state: Numbers, below: int) -> int:
    """Draw a whole number from 0 to `below` - 1 (Knuth's MMIX generator, its high bits)."""
    state[0] = state[0] * 6364136223846793005 + 1442695040888963407
    return int(((state[0] >> 32) & 0x7FFFFFFF) * below >> 31)
