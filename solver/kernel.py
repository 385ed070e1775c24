"""The compiled part of the local search: counters that follow every change, moves, and the walk itself.

Everything that the kernel knows stands in one array of whole numbers, the *image* made by `solver.flat`: first the globals, then
records. An event, a choice, a row is the place where its record begins, and `n[event + OPTION]` is a field of it. (Tuples of
arrays read better, but numba passes them by value: moves were fifty times slower, and the first compilation took a minute.)

Every change of a decision (`put`, `choose`) brings all counters, excesses and sums up to date at once; a move that is refused is
undone by the opposite change. All of it is in one file, because numba's cache notices changes only in the file of the function
that is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np

Image = Any
"""An array of int64. Not told to mypy, which would want a cast wherever a number is read from it."""

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile and cache a function of the kernel."""
    return numba.njit(cache=True, nogil=True)(function)


FAR = 1 << 60
"""No limit; also "nothing found yet"."""

NOWHERE = np.int64(-1)
"""The option of an event that is not placed. (For a bare -1 numba would compile every callee once more.)"""

ADD, DROP = np.int64(1), np.int64(-1)

CHAIN = 64
"""Most changes of one move."""

DRIVEN = 6
"""Most events that a chain moves."""

# Globals: the words at the beginning of an image.
(
    OBJECTIVE,  # what the walk makes small
    BROKEN,  # excess of required rows
    COST,  # cost of weighted rows
    ELSEWHERE,  # the part of the objective outside `Cells` rows
    BEST,  # the least `BROKEN` (or `COST`) so far
    WORK,  # moves evaluated
    RANDOM,  # state of the random generator
    CLOCK,  # last stamp given
    LISTED,  # how many rows have an excess
    LIST,  # these rows
    CHANGED,  # changes of the move under way
    CHANGES,  # these: pairs of an event or a choice and what it had
    MOVABLES,  # events with several options to choose from
    MOVABLE,
    CHANGEABLES,  # choices with several alternatives
    CHANGEABLE,
    CHOICES,  # records of choices, then of events, then of rows
    EVENTS,
    ROWS,
    ROWS_END,
    STAMP,  # scratch by tick
    LEAVING,  # scratch: ticks that an event leaves and enters
    ENTERING,
    NOTED,  # scratch: days whose mask may change and the mask before
    BEST_OPTION,
    BEST_PICK,
    PLAN,  # scratch: pairs of an event and the option it is to have
    AXIS,  # how many ticks there are
    OCCUPANTS,  # how far behind the capacity left in a cell the events that take it are told, joined by exclusive or
    RECKONS,  # whether what a move of an event changes can be told without making it: see `roam`
    GLOBALS,
) = range(31)

# A choice: what it picks, how many alternatives it has, where for each alternative it is told what depends on it.
PICK, ALTERNATIVES, GIVEN, CHOICE_WIDTH = range(4)

# An event: its option (-1: stands nowhere); where images reckon also where it is told what each option is worth (what its pairs
# and unconditional `Options` rows add to the objective as the others stand), the choices of units for it, its pairs as seen from
# it, the stamp of the chain that it is part of and its place there, how many options it has; where the ticks of its options are
# told, its domain, a flag for each option, for each tick the first option to start then, its memberships by kind, the objective
# of its pairs and `Options` rows.
(
    OPTION,
    WORTH,
    SEATS,
    SEATS_END,
    LINKS,
    LINKS_END,
    MARK,
    PLANNED,
    SIZE,
    TICKS,
    DOMAIN,
    DOMAIN_END,
    ALLOWED,
    START,
    IN_CELLS,
    IN_CELLS_END,
    IN_SUBJECT,
    IN_SUBJECT_END,
    IN_SUM,
    IN_SUM_END,
    PAIRS,
    PAIRS_END,
    PRICED,
    PRICED_END,
    OWN,
    EVENT_WIDTH,
) = range(26)

# A row: its excess, its weight in the objective and in BROKEN or COST, what it has added up and the limits of that, where
# BUCKETS (of `Spread`) or the capacity left (of `Cells`) begin, its members, who owes what it adds to the objective.
(
    EXCESS,
    WEIGHT,
    PRICE,
    REQUIRED,
    TOTAL,
    LEAST,
    MOST,
    BASE,
    BUCKETS,
    ROSTER,
    ROSTER_END,
    OWED,
    ALSO_OWED,
    PLACE,
    ROW_WIDTH,
) = range(15)

CELLS = -1
"""`BUCKETS` of a `Cells` row."""

# A membership of an event: its condition and, by kind, what it is a membership of. Several things held as one are one event
# here (`solver.joined`), and each may run at ticks of its own: a member of a row tells where the ticks of its options are told.
CHOICE, ALTERNATIVE, EVENT, RUNS, MEMBER_WIDTH = range(5)
ROW, LEFT, AMOUNT, MIXED, IN_CELLS_WIDTH = range(4, 9)
"""`MIXED`: whether the event belongs to the row by other ticks, too."""
BUSY, DAYS, TOUCH, SUBJECT_OWED, IN_SUBJECT_WIDTH = range(3, 8)
SUM_DAYS, MEET, SUM_AMOUNT, SUM_OWED, IN_SUM_WIDTH = range(3, 8)
PRICED_ROW, PRICES, PRICED_WIDTH = range(3, 6)
CHOICE_B, ALTERNATIVE_B, EVENT_B, PAIR_ROW, CLASSES, CLASSES_B, TABLE, TABLE_WIDTH, PAIR_WIDTH = range(3, 12)

# A pair as seen from one of its events: the other (ascending), the row and whether that is required, where the excess is told by
# options of either, how far the line of an option is from that of the next. A line begins with the first option of the other
# that has an excess and the end of those.
LINK_EVENT, LINK_ROW, LINK_REQUIRED, LINES, STRIDE, LINK_WIDTH = range(6)

# A subject's day: the mask of its busy periods and the rows that measure it; in a subject of sums only the latter.
MASK, DAY_ROWS, DAY_ROWS_END, DAY_WIDTH = range(4)
PARTS, PARTS_END, SUM_DAY_WIDTH = range(3)
PART_ROW, PART_AT, PART_WIDTH = range(3)
"""A row and its table of measures (negative: its tour of the day), or its bucket (0: none)."""

# A day of a row of changes: how many there are, the day's periods, the subjects' days of each place.
TOUR_CHANGES, TOUR_PERIODS, TOUR_PLACES, TOUR_WIDTH = range(4)

# A cell that an option touches: where the subject counts it, in which day's record, as which bit.
CELL, DAY, BIT, TOUCH_WIDTH = range(4)

OF_CELLS, OF_SUBJECT, OF_SUM, OF_PAIR, OF_OPTIONS = range(5)
KIND, WHERE, GIVEN_WIDTH = range(3)


# --- random numbers ----------------------------------------------------------------------------------------------------


@compiled
def _random(n: Image) -> Any:
    """Return 64 random bits (xorshift64*, Vigna 2016)."""
    x = np.uint64(n[RANDOM])
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    n[RANDOM] = np.int64(x)
    return x * np.uint64(2685821657736338717)


@compiled
def _below(n: Image, bound: int) -> int:
    return np.int64(((_random(n) >> np.uint64(33)) * np.uint64(bound)) >> np.uint64(31))  # type: ignore[return-value]


@compiled
def _uniform(n: Image) -> float:
    return float(_random(n) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


# --- counters ----------------------------------------------------------------------------------------------------------


@compiled
def _alter(n: Image, row: int, change: int) -> None:
    """Add to the excess of a row; what it owes is the caller's."""
    before = n[row + EXCESS]
    after = before + change
    n[row + EXCESS] = after
    n[OBJECTIVE] += n[row + WEIGHT] * change
    n[BROKEN if n[row + REQUIRED] else COST] += n[row + PRICE] * change
    if before == 0:
        n[n[LIST] + n[LISTED]] = row
        n[row + PLACE] = n[LISTED]
        n[LISTED] += 1
    elif after == 0:
        n[LISTED] -= 1
        last = n[n[LIST] + n[LISTED]]
        n[n[LIST] + n[row + PLACE]] = last
        n[last + PLACE] = n[row + PLACE]


@compiled
def _set(n: Image, row: int, excess: int) -> None:
    """Set the excess of a row that is not a `Cells` row."""
    change = excess - n[row + EXCESS]
    if change != 0:
        owed = n[row + WEIGHT] * change
        n[n[row + OWED]] += owed
        n[n[row + ALSO_OWED]] += owed
        n[ELSEWHERE] += owed
        _alter(n, row, change)


@compiled
def _set_total(n: Image, row: int) -> None:
    total = n[row + TOTAL]
    _set(n, row, max(0, n[row + LEAST] - total) + max(0, total - n[row + MOST]))


@compiled
def _tell_tour(n: Image, tour: int) -> int:
    """Count anew how often a day's busy periods change places; return by how much that number grew."""
    places = n[tour + TOUR_PLACES]
    found = last = 0
    for period in range(n[tour + TOUR_PERIODS]):
        now = 0
        for place in range(places):
            now |= (n[n[tour + TOUR_WIDTH + place] + MASK] >> period & 1) << place
        if now != 0:
            both = now | last
            found += last != 0 and both & (both - 1) != 0
            last = now
    grown = found - n[tour + TOUR_CHANGES]
    n[tour + TOUR_CHANGES] = found
    return grown  # type: ignore[no-any-return]


@compiled
def _tell_day(n: Image, day: int, before: int, after: int) -> None:
    """Bring the rows that measure a day up to date."""
    for part in range(n[day + DAY_ROWS], n[day + DAY_ROWS_END], PART_WIDTH):
        values = n[part + PART_AT]
        change = n[values + after] - n[values + before] if values >= 0 else _tell_tour(n, -values)
        if change != 0:
            row = n[part + PART_ROW]
            n[row + TOTAL] += change
            _set_total(n, row)


@compiled
def _add_to_day(n: Image, day: int, amount: int) -> None:
    """Add an amount to every row, or bucket of a row, that sums the day up."""
    for part in range(n[day + PARTS], n[day + PARTS_END], PART_WIDTH):
        row = n[part + PART_ROW]
        bucket = n[part + PART_AT]
        if bucket == 0:
            n[row + TOTAL] += amount
            _set_total(n, row)
        else:
            n[bucket] += amount
            low = high = n[n[row + BASE]]
            for b in range(n[row + BASE] + 1, n[row + BASE] + n[row + BUCKETS]):
                low = min(low, n[b])
                high = max(high, n[b])
            _set(n, row, max(0, high - low - n[row + MOST]))


@compiled
def _is_given(n: Image, member: int) -> bool:
    return n[n[member + CHOICE] + PICK] == n[member + ALTERNATIVE]  # type: ignore[no-any-return]


@compiled
def _count_pair(n: Image, pair: int) -> None:
    a, b = n[n[pair + EVENT] + OPTION], n[n[pair + EVENT_B] + OPTION]
    excess = 0
    if a >= 0 and b >= 0 and _is_given(n, pair) and n[n[pair + CHOICE_B] + PICK] == n[pair + ALTERNATIVE_B]:
        line = n[n[pair + CLASSES] + a] * n[pair + TABLE_WIDTH]
        excess = n[n[pair + TABLE] + line + n[n[pair + CLASSES_B] + b]]
    _set(n, n[pair + PAIR_ROW], excess)


@compiled
def _count_price(n: Image, member: int) -> None:
    option = n[n[member + EVENT] + OPTION]
    excess = 0
    if option >= 0 and _is_given(n, member):
        excess = n[n[member + PRICES] + option]
    _set(n, n[member + PRICED_ROW], excess)


@compiled
def _part_ways(n: Image, ticks: int, old: int, option: int) -> tuple[int, int]:
    """Write down which ticks are left and which entered from one option to another; return where the two lists end."""
    n[CLOCK] += 2
    clock = n[CLOCK]
    stamp = n[STAMP]
    left = n[LEAVING]
    entered = n[ENTERING]
    if option >= 0:
        for i in range(n[ticks + option], n[ticks + option + 1]):
            n[stamp + n[i]] = clock
    if old >= 0:
        for i in range(n[ticks + old], n[ticks + old + 1]):
            tick = n[i]
            if n[stamp + tick] == clock:
                n[stamp + tick] = clock + 1
            else:
                n[left] = tick
                left += 1
    if option >= 0:
        for i in range(n[ticks + option], n[ticks + option + 1]):
            tick = n[i]
            if n[stamp + tick] == clock:
                n[entered] = tick
                entered += 1
    return left, entered


@compiled
def _take(n: Image, at: int, amount: int, event: int) -> int:
    """Let an event take an amount of the capacity left in a cell, or give it back; return how the row's excess changes."""
    n[at + n[OCCUPANTS]] ^= event
    before = n[at]
    after = before - amount
    n[at] = after
    return min(0, before) - min(0, after)


@compiled
def _shift_subject(n: Image, member: int, option: int, sign: int, noted: int) -> int:
    """Add or take away what the event does to a subject's periods, noting the days it changes; return where the notes end."""
    touch = n[member + TOUCH] + option
    for t in range(n[touch], n[touch + 1], TOUCH_WIDTH):
        cell = n[member + BUSY] + n[t + CELL]
        before = n[cell]
        n[cell] = before + sign
        if (before == 0 and sign > 0) or (before == 1 and sign < 0):
            day = n[member + DAYS] + n[t + DAY]
            known = False
            for i in range(n[NOTED], noted, 2):
                known = known or n[i] == day
            if not known:
                n[noted] = day
                n[noted + 1] = n[day + MASK]
                noted += 2
            n[day + MASK] ^= n[t + BIT]
    return noted


@compiled
def _tell_days(n: Image, noted: int) -> None:
    for i in range(n[NOTED], noted, 2):
        day = n[i]
        if n[day + MASK] != n[i + 1]:
            _tell_day(n, day, n[i + 1], n[day + MASK])


@compiled
def _shift_sum(n: Image, member: int, option: int, sign: int) -> None:
    meet = n[member + MEET] + 2 * option
    for i in range(n[meet], n[meet + 2]):
        _add_to_day(n, n[member + SUM_DAYS] + n[i], sign * n[member + SUM_AMOUNT])


@compiled
def _tell_worth_to(n: Image, link: int, option: int, sign: int) -> None:
    """Tell the other event of a pair what the option adds to the worth of its own, or no longer does."""
    weight = sign * n[n[link + LINK_ROW] + WEIGHT]
    line = n[link + LINES] + option * n[link + STRIDE]
    worth = n[n[link + LINK_EVENT] + WORTH]
    for other in range(n[line], n[line + 1]):
        n[worth + other] += weight * n[line + 2 + other]


@compiled
def _tell_worth(n: Image) -> None:
    """Count anew what every option is worth."""
    for event in range(n[EVENTS], n[ROWS], EVENT_WIDTH):
        worth = n[event + WORTH]
        size = n[event + SIZE]
        for option in range(size):
            n[worth + option] = 0
        for member in range(n[event + PRICED], n[event + PRICED_END], PRICED_WIDTH):
            if n[member + CHOICE] == n[EVENTS] - CHOICE_WIDTH:
                weight = n[n[member + PRICED_ROW] + WEIGHT]
                for option in range(size):
                    n[worth + option] += weight * n[n[member + PRICES] + option]
    for event in range(n[EVENTS], n[ROWS], EVENT_WIDTH):
        if n[event + OPTION] >= 0:
            for link in range(n[event + LINKS], n[event + LINKS_END], LINK_WIDTH):
                _tell_worth_to(n, link, n[event + OPTION], ADD)


@compiled
def _shift_seats(n: Image, event: int, sign: int) -> None:
    """Let the event's demands enter their units, or leave them."""
    for s in range(n[event + SEATS], n[event + SEATS_END]):
        _shift_given(n, n[n[s] + GIVEN] + n[n[s] + PICK], sign)


@compiled
def _put_reckoned(n: Image, event: int, option: int) -> None:
    """Give the event another option where all rows are pairs, options and units of demands."""
    old = n[event + OPTION]
    _shift_seats(n, event, DROP)
    for link in range(n[event + LINKS], n[event + LINKS_END], LINK_WIDTH):
        excess = 0
        if old >= 0:
            _tell_worth_to(n, link, old, DROP)
        if option >= 0:
            _tell_worth_to(n, link, option, ADD)
            stands = n[n[link + LINK_EVENT] + OPTION]
            if stands >= 0:
                excess = n[n[link + LINES] + option * n[link + STRIDE] + 2 + stands]
        _set(n, n[link + LINK_ROW], excess)
    n[event + OPTION] = option
    _shift_seats(n, event, ADD)
    for member in range(n[event + PRICED], n[event + PRICED_END], PRICED_WIDTH):
        _count_price(n, member)


@compiled
def put(n: Image, event: int, option: int) -> None:
    """Give the event another option (-1 takes it out of the timetable) and bring every counter up to date."""
    old = n[event + OPTION]
    if old == option:
        return
    if n[RECKONS]:
        _put_reckoned(n, event, option)
        return
    runs = left = entered = 0
    for member in range(n[event + IN_CELLS], n[event + IN_CELLS_END], IN_CELLS_WIDTH):
        if n[member + RUNS] != runs:
            runs = n[member + RUNS]
            left, entered = _part_ways(n, runs, old, option)
        if _is_given(n, member):
            change = 0
            for i in range(n[LEAVING], left):
                change += _take(n, n[member + LEFT] + n[i], -n[member + AMOUNT], event)
            for i in range(n[ENTERING], entered):
                change += _take(n, n[member + LEFT] + n[i], n[member + AMOUNT], event)
            if change != 0:
                _alter(n, n[member + ROW], change)
    for member in range(n[event + IN_SUBJECT], n[event + IN_SUBJECT_END], IN_SUBJECT_WIDTH):
        if _is_given(n, member):
            noted = n[NOTED]
            if old >= 0:
                noted = _shift_subject(n, member, old, DROP, noted)
            if option >= 0:
                noted = _shift_subject(n, member, option, ADD, noted)
            _tell_days(n, noted)
    for member in range(n[event + IN_SUM], n[event + IN_SUM_END], IN_SUM_WIDTH):
        meet = n[member + MEET] + 1
        if _is_given(n, member) and (old < 0 or option < 0 or n[meet + 2 * old] != n[meet + 2 * option]):
            if old >= 0:
                _shift_sum(n, member, old, DROP)
            if option >= 0:
                _shift_sum(n, member, option, ADD)
    n[event + OPTION] = option
    for i in range(n[event + PAIRS], n[event + PAIRS_END]):
        _count_pair(n, n[i])
    for member in range(n[event + PRICED], n[event + PRICED_END], PRICED_WIDTH):
        _count_price(n, member)


@compiled
def _shift_given(n: Image, given: int, sign: int) -> None:
    """Add or take away everything that depends on an alternative and is added up."""
    for g in range(n[given], n[given + 1], GIVEN_WIDTH):
        kind = n[g + KIND]
        member = n[g + WHERE]
        event = n[member + EVENT]
        option = n[event + OPTION]
        if option < 0:
            continue
        if kind == OF_CELLS:
            change = 0
            ticks = n[member + RUNS] + option
            for i in range(n[ticks], n[ticks + 1]):
                change += _take(n, n[member + LEFT] + n[i], sign * n[member + AMOUNT], event)
            if change != 0:
                _alter(n, n[member + ROW], change)
        elif kind == OF_SUBJECT:
            _tell_days(n, _shift_subject(n, member, option, sign, n[NOTED]))
        elif kind == OF_SUM:
            _shift_sum(n, member, option, sign)


@compiled
def _count_given(n: Image, given: int) -> None:
    for g in range(n[given], n[given + 1], GIVEN_WIDTH):
        if n[g + KIND] == OF_PAIR:
            _count_pair(n, n[g + WHERE])
        elif n[g + KIND] == OF_OPTIONS:
            _count_price(n, n[g + WHERE])


@compiled
def choose(n: Image, choice: int, alternative: int) -> None:
    """Pick another alternative and bring every counter up to date."""
    old = n[choice + GIVEN] + n[choice + PICK]
    new = n[choice + GIVEN] + alternative
    if old != new:
        _shift_given(n, old, DROP)
        n[choice + PICK] = alternative
        _shift_given(n, new, ADD)
        _count_given(n, old)
        _count_given(n, new)


@compiled
def begin(n: Image) -> None:
    """Count what rows measure where nothing is placed; the image must be new."""
    for row in range(n[ROWS], n[ROWS_END], ROW_WIDTH):
        if n[row + BUCKETS] == 0:
            _set_total(n, row)
    if n[RECKONS]:
        _tell_worth(n)


@compiled
def load(n: Image, option: Image, pick: Image) -> None:
    """Take over decisions."""
    for c in range(len(pick)):
        choose(n, n[CHOICES] + c * CHOICE_WIDTH, pick[c])
    for e in range(len(option)):
        put(n, n[EVENTS] + e * EVENT_WIDTH, option[e])


@compiled
def reweigh(n: Image, weight: Image) -> None:
    """Give the rows other weights."""
    for r in range(len(weight)):
        row = n[ROWS] + r * ROW_WIDTH
        change = (weight[r] - n[row + WEIGHT]) * n[row + EXCESS]
        n[row + WEIGHT] = weight[r]
        n[OBJECTIVE] += change
        if n[row + BUCKETS] != CELLS:
            n[n[row + OWED]] += change
            n[n[row + ALSO_OWED]] += change
            n[ELSEWHERE] += change
    if n[RECKONS]:
        _tell_worth(n)


# --- moves -------------------------------------------------------------------------------------------------------------


@compiled
def _note(n: Image, what: int, had: int) -> None:
    at = n[CHANGES] + 2 * n[CHANGED]
    n[at] = what
    n[at + 1] = had
    n[CHANGED] += 1


@compiled
def _move(n: Image, event: int, option: int) -> None:
    _note(n, event, n[event + OPTION])
    put(n, event, option)


@compiled
def _undo(n: Image) -> None:
    for i in range(n[CHANGED] - 1, -1, -1):
        what = n[n[CHANGES] + 2 * i]
        had = n[n[CHANGES] + 2 * i + 1]
        if what >= n[EVENTS]:
            put(n, what, had)
        else:
            choose(n, what, had)


@compiled
def _is_moved(n: Image, event: int) -> bool:
    for i in range(n[CHANGED]):  # noqa: SIM110 - numba has no generators here
        if n[n[CHANGES] + 2 * i] == event:
            return True
    return False


@compiled
def _growth(n: Image, member: int, left: int, entered: int) -> int:
    """Return by how much a `Cells` row of an event makes the objective grow when the event leaves and enters these ticks.

    Where the event belongs to it by other ticks too, it may enter what it leaves: then no more than that it is left counts.
    """
    grown = 0
    for i in range(n[LEAVING], left):
        before = n[n[member + LEFT] + n[i]]
        grown += min(0, before) - min(0, before + n[member + AMOUNT])
    if n[member + MIXED] == 0:
        for i in range(n[ENTERING], entered):
            before = n[n[member + LEFT] + n[i]]
            grown += min(0, before) - min(0, before - n[member + AMOUNT])
    return grown * n[n[member + ROW] + WEIGHT] if grown != 0 else 0  # type: ignore[no-any-return]


@compiled
def _hopeless(n: Image, event: int, option: int, limit: float) -> bool:
    """Whether the event's `Cells` rows alone make the objective grow by more than the limit, whatever its other rows gain."""
    runs = left = entered = change = 0
    for member in range(n[event + IN_CELLS], n[event + IN_CELLS_END], IN_CELLS_WIDTH):
        if n[member + RUNS] != runs:
            runs = n[member + RUNS]
            left, entered = _part_ways(n, runs, n[event + OPTION], option)
        if _is_given(n, member):
            change += _growth(n, member, left, entered)
    if change <= limit:
        return False
    if change > limit + n[ELSEWHERE]:
        return True
    return change > limit + _owed(n, event)


@compiled
def _amount_in(n: Image, event: int, member: int) -> int:
    """Return how much an event takes in the row of another's membership; `FAR` if it takes some at ticks other than these."""
    found = 0
    for own in range(n[event + IN_CELLS], n[event + IN_CELLS_END], IN_CELLS_WIDTH):
        if n[own + LEFT] == n[member + LEFT] and _is_given(n, own):
            if n[own + RUNS] != n[member + RUNS]:
                return FAR
            found += n[own + AMOUNT]
    return found  # type: ignore[no-any-return]


@compiled
def _hopeless_swap(n: Image, one: int, other: int, limit: float) -> bool:
    """Whether two events of one length cannot change places: as `_hopeless`, their common rows left out, which stay as full."""
    change = 0
    for turn in range(2):
        event = one if turn == 0 else other
        mate = other if turn == 0 else one
        runs = left = entered = 0
        for member in range(n[event + IN_CELLS], n[event + IN_CELLS_END], IN_CELLS_WIDTH):
            if n[member + RUNS] != runs:
                runs = n[member + RUNS]
                left, entered = _part_ways(n, runs, n[event + OPTION], n[mate + OPTION])
            if not _is_given(n, member):
                continue
            theirs = _amount_in(n, mate, member)
            if theirs == 0:
                change += _growth(n, member, left, entered)
            elif theirs == FAR or theirs != _amount_in(n, event, member):
                return False
    if change <= limit:
        return False
    if change > limit + n[ELSEWHERE]:
        return True
    return change > limit + _owed(n, one) + _owed(n, other)


@compiled
def _owed(n: Image, event: int) -> int:
    """Return what the event's rows other than `Cells` add to the objective: the most that it can gain there."""
    gain = n[event + OWN]
    for member in range(n[event + IN_SUBJECT], n[event + IN_SUBJECT_END], IN_SUBJECT_WIDTH):
        gain += n[n[member + SUBJECT_OWED]]
    for member in range(n[event + IN_SUM], n[event + IN_SUM_END], IN_SUM_WIDTH):
        gain += n[n[member + SUM_OWED]]
    return gain  # type: ignore[no-any-return]


@compiled
def _covers(n: Image, member: int, tick: int) -> bool:
    option = n[n[member + EVENT] + OPTION]
    if option >= 0:
        ticks = n[member + RUNS] + option
        for i in range(n[ticks], n[ticks + 1]):
            if n[i] == tick:
                return True
    return False


@compiled
def _overfills(n: Image, member: int, left: int) -> bool:
    option = n[n[member + EVENT] + OPTION]
    if option >= 0:
        ticks = n[member + RUNS] + option
        for i in range(n[ticks], n[ticks + 1]):
            if n[left + n[i]] < 0:
                return True
    return False


@compiled
def _culprit(n: Image) -> int:
    """Return a random member of a row that has an excess, one that overfills a `Cells` row first; 0 if there is none."""
    row = n[n[LIST] + _below(n, n[LISTED])]
    start = n[row + ROSTER]
    length = (n[row + ROSTER_END] - start) // MEMBER_WIDTH
    found = 0
    if length > 0:
        for _ in range(12):
            member = start + MEMBER_WIDTH * _below(n, length)
            if _is_given(n, member):
                found = member
                if n[row + BUCKETS] != CELLS or _overfills(n, member, n[row + BASE]):
                    break
            elif n[row + LEAST] > n[row + TOTAL]:
                found = member
                break
    return found


@compiled
def _is_movable(n: Image, event: int) -> bool:
    return n[event + DOMAIN_END] - n[event + DOMAIN] > 1  # type: ignore[no-any-return]


@compiled
def _any_option(n: Image, event: int) -> int:
    start = n[event + DOMAIN]
    return n[start + _below(n, n[event + DOMAIN_END] - start)]  # type: ignore[no-any-return]


@compiled
def _option_like(n: Image, event: int, other: int) -> int:
    """Return the option of the event that starts when the other event does, if the event may have it, or -1."""
    option = n[other + OPTION]
    if n[event + TICKS] != n[other + TICKS]:
        ticks = n[other + TICKS] + option
        if n[ticks] == n[ticks + 1]:
            return -1
        option = n[n[event + START] + n[n[ticks]]]
        if option < 0:
            return -1
    return option if n[n[event + ALLOWED] + option] else -1


@compiled
def _best_option(n: Image, event: int) -> int:
    """Return an option of least objective for an event that stands nowhere; among equals a random one."""
    start = n[event + DOMAIN]
    length = n[event + DOMAIN_END] - start
    turn = _below(n, length)
    best = -1
    least = 0
    before = n[OBJECTIVE]
    for k in range(length):
        option = n[start + (k + turn) % length]
        if best < 0 or not _hopeless(n, event, option, least - 1.0):
            put(n, event, option)
            change = n[OBJECTIVE] - before
            put(n, event, NOWHERE)
            if best < 0 or change < least:
                best = option
                least = change
    n[WORK] += length
    return best


@compiled
def _relocate(n: Image, event: int) -> None:
    _move(n, event, NOWHERE)
    put(n, event, _best_option(n, event))


@compiled
def _eject(n: Image, event: int, most: int) -> None:
    """Move away whoever now clashes with the event, each to its best place, until so many changes are made."""
    for member in range(n[event + IN_CELLS], n[event + IN_CELLS_END], IN_CELLS_WIDTH):
        if not _is_given(n, member):
            continue
        row = n[member + ROW]
        ticks = n[member + RUNS] + n[event + OPTION]
        for i in range(n[ticks], n[ticks + 1]):
            tick = n[i]
            if n[n[member + LEFT] + tick] >= 0:
                continue
            start = n[row + ROSTER]
            length = (n[row + ROSTER_END] - start) // MEMBER_WIDTH
            turn = _below(n, length)
            for k in range(length):
                if n[CHANGED] >= most:
                    return
                mate = start + MEMBER_WIDTH * ((k + turn) % length)
                other = n[mate + EVENT]
                if _is_given(n, mate) and _covers(n, mate, tick) and _is_movable(n, other) and not _is_moved(n, other):
                    _relocate(n, other)
                    if n[n[member + LEFT] + tick] >= 0:
                        break
    for i in range(n[event + PAIRS], n[event + PAIRS_END]):
        if n[CHANGED] >= most:
            return
        pair = n[i]
        row = n[pair + PAIR_ROW]
        if n[row + EXCESS] > 0 and n[row + REQUIRED]:
            other = n[pair + EVENT_B] if n[pair + EVENT] == event else n[pair + EVENT]
            if _is_movable(n, other) and not _is_moved(n, other):
                _relocate(n, other)


@compiled
def _chain(n: Image, event: int, option: int, most: int) -> None:
    """Place the event, then whoever it drives away, and whoever those drive away (ejection chain, Glover 1996)."""
    _move(n, event, option)
    i = 0
    while i < n[CHANGED] and n[CHANGED] < most:
        _eject(n, n[n[CHANGES] + 2 * i], most)
        i += 1


@compiled
def _swap(n: Image, event: int, limit: float) -> bool:
    """Let the event and another of one of its `Cells` rows change places; say whether they can, and may gain by it."""
    start = n[event + IN_CELLS]
    length = (n[event + IN_CELLS_END] - start) // IN_CELLS_WIDTH
    if length == 0:
        return False
    row = n[start + IN_CELLS_WIDTH * _below(n, length) + ROW]
    start = n[row + ROSTER]
    other = n[start + MEMBER_WIDTH * _below(n, (n[row + ROSTER_END] - start) // MEMBER_WIDTH) + EVENT]
    if other == event or not _is_movable(n, other) or n[event + OPTION] < 0 or n[other + OPTION] < 0:
        return False
    there = _option_like(n, event, other)
    here = _option_like(n, other, event)
    if there < 0 or here < 0 or (there == n[event + OPTION] and here == n[other + OPTION]):
        return False
    alike = n[event + TICKS] == n[other + TICKS] and there == n[other + OPTION] and here == n[event + OPTION]
    if alike and limit < FAR and _hopeless_swap(n, event, other, limit):
        return False
    _move(n, event, there)
    _move(n, other, here)
    return True


@compiled
def _is_planned(n: Image, event: int, planned: int) -> bool:
    for i in range(n[PLAN], planned, 2):  # noqa: SIM110 - numba has no generators here
        if n[i] == event:
            return True
    return False


@compiled
def _stays(n: Image, member: int, tick: int, planned: int) -> int:
    """Return who alone is in a member's way in its row of capacity 1 and not planned to move, or 0."""
    cell = n[member + LEFT] + tick
    events = 1 - n[cell]
    who = n[cell + n[OCCUPANTS]]
    if events == 2 and _covers(n, member, tick):
        events = 1
        who ^= n[member + EVENT]
    return 0 if events != 1 or _is_planned(n, who, planned) else who  # type: ignore[no-any-return]


@compiled
def _exchange(n: Image, event: int, option: int, most: int) -> bool:
    """Place the event; who stands there goes where it came from, who stands in their way the other way, and so on.

    A Kempe chain (Thompson and Dowsland 1996): lessons of two times change places, so that nobody's week gets fuller (but a
    double lesson may meet what it passes by one period). The chain is planned before anything moves, for most come to nothing.
    Say whether all found a place.
    """
    old = n[event + TICKS] + n[event + OPTION]
    new = n[event + TICKS] + option
    if option == n[event + OPTION] or n[old] == n[old + 1] or n[new] == n[new + 1]:
        return False
    planned = n[PLAN] + 2
    n[planned - 2] = event
    n[planned - 1] = option
    i = n[PLAN]
    while i < planned:
        mover = n[i]
        option = n[i + 1]
        back = n[n[n[mover + TICKS] + n[mover + OPTION]]] - n[n[n[mover + TICKS] + option]]
        i += 2
        for member in range(n[mover + IN_CELLS], n[mover + IN_CELLS_END], IN_CELLS_WIDTH):
            if n[n[member + ROW] + MOST] != 1 or not _is_given(n, member):
                continue
            goes = n[member + RUNS] + option
            for t in range(n[goes], n[goes + 1]):
                other = _stays(n, member, n[t], planned)
                if other == 0:
                    continue
                if planned == n[PLAN] + 2 * most or not _is_movable(n, other):
                    return False
                start = n[n[n[other + TICKS] + n[other + OPTION]]] + back
                if start < 0 or start >= n[AXIS]:
                    return False
                place = n[n[other + START] + start]
                if place < 0 or not n[n[other + ALLOWED] + place]:
                    return False
                n[planned] = other
                n[planned + 1] = place
                planned += 2
    for i in range(n[PLAN], planned, 2):
        _move(n, n[i], n[i + 1])
    return True


@compiled
def _keep_best(n: Image, goal: int) -> None:
    value = n[BROKEN] if goal == 0 else n[COST]
    if (goal == 0 or n[BROKEN] == 0) and value < n[BEST]:
        n[BEST] = value
        at = n[BEST_OPTION]
        for event in range(n[EVENTS], n[ROWS], EVENT_WIDTH):
            n[at] = n[event + OPTION]
            at += 1
        at = n[BEST_PICK]
        for choice in range(n[CHOICES], n[EVENTS], CHOICE_WIDTH):
            n[at] = n[choice + PICK]
            at += 1


@compiled
def build(n: Image, order: Image) -> None:
    """Place events that stand nowhere, told by their numbers in this order, each at its best place."""
    for e in order:
        event = n[EVENTS] + e * EVENT_WIDTH
        if n[event + OPTION] < 0:
            put(n, event, _best_option(n, event))


@compiled
def sample(n: Image, moves: int, changes: Image) -> int:
    """Try random options without staying there; write down by how much the objective would change where `BROKEN` does not.

    Parameters
    ----------
    n : image
    moves : int
    changes : array
        Takes the changes that are not 0; its length is the most that are looked for.

    Returns
    -------
    int
        How many changes were written down.
    """
    found = 0
    for _ in range(moves):
        if found == len(changes) or n[MOVABLES] == 0:
            break
        event = n[n[MOVABLE] + _below(n, n[MOVABLES])]
        objective, broken, had = n[OBJECTIVE], n[BROKEN], n[event + OPTION]
        put(n, event, _any_option(n, event))
        if n[BROKEN] == broken and n[OBJECTIVE] != objective:
            changes[found] = n[OBJECTIVE] - objective
            found += 1
        put(n, event, had)
    n[WORK] += moves
    return found


@compiled
def walk(n: Image, moves: int, hot: float, cold: float, mix: Any, goal: int) -> None:
    """Walk by simulated annealing until so many moves are evaluated, or nothing is left to gain.

    Parameters
    ----------
    n : image
    moves : int
        Work to do.
    hot, cold : float
        First and last temperature, in units of the objective; geometric in between.
    mix : array of float
        Probabilities: that the event is sought in a row with an excess; of a pick; of a chain; of a swap; of an exchange (else
        another option). Last the most events that an exchange moves, less than half of `CHAIN`.
    goal : int
        0 to make `BROKEN` small, 1 to make `COST` small where `BROKEN` is 0.
    """
    events, choices = n[MOVABLES], n[CHANGEABLES]
    begun = n[WORK]
    end = begun + moves
    temperature = hot
    turn = 0
    _keep_best(n, goal)
    while n[WORK] < end and n[BEST] > 0 and events + choices > 0:
        if turn % 128 == 0:
            temperature = hot * (cold / hot) ** ((n[WORK] - begun) / moves)
        turn += 1
        n[WORK] += 1
        n[CHANGED] = 0
        limit = np.floor(-temperature * np.log(1.0 - _uniform(n)))
        before = n[OBJECTIVE]
        event = 0
        choice = 0
        if n[LISTED] > 0 and _uniform(n) < mix[0]:
            member = _culprit(n)
            if member > 0:
                event = n[member + EVENT]
                choice = n[member + CHOICE]
                if not _is_movable(n, event):
                    event = 0
        if event == 0 and events > 0 and (choice == 0 or n[choice + ALTERNATIVES] < 2):
            event = n[n[MOVABLE] + _below(n, events)]
        if choices > 0 and (event == 0 or _uniform(n) < mix[1]):
            if choice == 0 or n[choice + ALTERNATIVES] < 2 or _uniform(n) < 0.5:
                choice = n[n[CHANGEABLE] + _below(n, choices)]
            size = n[choice + ALTERNATIVES]
            _note(n, choice, n[choice + PICK])
            choose(n, choice, (n[choice + PICK] + 1 + _below(n, size - 1)) % size)
        elif event == 0:
            continue
        else:
            draw = _uniform(n)
            if draw < mix[3]:
                # For cost, early refusal measured worse: 64 66 61 on comp02 in 12 s, 45 54 67 without.
                if not _swap(n, event, limit if goal == 0 else float(FAR)):
                    continue
            elif draw < mix[3] + mix[4]:
                if n[event + OPTION] < 0 or not _exchange(n, event, _any_option(n, event), int(mix[5])):
                    continue
            else:
                option = _any_option(n, event)
                if option == n[event + OPTION]:
                    continue
                if draw < mix[3] + mix[4] + mix[2]:
                    _chain(n, event, option, DRIVEN)
                elif _hopeless(n, event, option, limit):
                    continue
                else:
                    _move(n, event, option)
        if n[OBJECTIVE] - before > limit:
            _undo(n)
        else:
            _keep_best(n, goal)


# --- moves that are reckoned before they are made -----------------------------------------------------------------------
#
# Where all rows are pairs, options and units of demands, what a move changes is told by a few numbers: the worth of an event's
# options, which follows every change, and the cells of the units that it leaves and enters. So a move that is refused, and
# nearly all are, costs next to nothing.


@compiled
def _worth(n: Image, event: int, option: int) -> int:
    """Return what the event's pairs and unconditional `Options` rows add to the objective with an option; -1 adds nothing."""
    return n[n[event + WORTH] + option] if option >= 0 else 0  # type: ignore[no-any-return]


@compiled
def _mixed_change(n: Image, member: int, option: int, sign: int) -> int:
    """Return what it adds to the objective that kinds are mixed, or no longer are, where an event enters or leaves."""
    change = 0
    touch = n[member + TOUCH] + option
    for t in range(n[touch], n[touch + 1], TOUCH_WIDTH):
        if n[n[member + BUSY] + n[t + CELL]] == (0 if sign > 0 else 1):
            day = n[member + DAYS] + n[t + DAY]
            mask = n[day + MASK]
            for part in range(n[day + DAY_ROWS], n[day + DAY_ROWS_END], PART_WIDTH):
                values = n[part + PART_AT]
                change += (n[values + (mask ^ n[t + BIT])] - n[values + mask]) * n[n[part + PART_ROW] + WEIGHT]
    return change


@compiled
def _seat_change(n: Image, seat: int, alternative: int, option: int, sign: int) -> int:
    """Return what it adds to the objective that a demand enters a unit when its event is held so; or that it leaves it."""
    change = 0
    given = n[seat + GIVEN] + alternative
    for g in range(n[given], n[given + 1], GIVEN_WIDTH):
        member = n[g + WHERE]
        if n[g + KIND] == OF_CELLS:
            amount = sign * n[member + AMOUNT]
            grown = 0
            ticks = n[member + RUNS] + option
            for i in range(n[ticks], n[ticks + 1]):
                before = n[n[member + LEFT] + n[i]]
                grown += min(0, before) - min(0, before - amount)
            if grown != 0:
                change += grown * n[n[member + ROW] + WEIGHT]
        elif n[g + KIND] == OF_SUBJECT:
            change += _mixed_change(n, member, option, sign)
        else:
            change += sign * n[n[member + PRICES] + option] * n[n[member + PRICED_ROW] + WEIGHT]
    return change


@compiled
def _stay_change(n: Image, seat: int, event: int, option: int) -> int:
    """Return what it adds to the objective that a demand keeps its unit when its event is held otherwise."""
    given = n[seat + GIVEN] + n[seat + PICK]
    old = n[event + OPTION]
    runs = left = entered = change = 0
    for g in range(n[given], n[given + 1], GIVEN_WIDTH):
        member = n[g + WHERE]
        if n[g + KIND] == OF_CELLS:
            if n[member + RUNS] != runs:
                runs = n[member + RUNS]
                left, entered = _part_ways(n, runs, old, option)
            change += _growth(n, member, left, entered)
        elif n[g + KIND] == OF_SUBJECT:
            change += _mixed_change(n, member, old, DROP) + _mixed_change(n, member, option, ADD)
        else:
            prices = n[member + PRICES]
            change += (n[prices + option] - n[prices + old]) * n[n[member + PRICED_ROW] + WEIGHT]
    return change  # type: ignore[no-any-return]


@compiled
def _leave_seats(n: Image, event: int) -> int:
    """Return what it adds to the objective, never more than 0, that the event's demands leave their units."""
    change = 0
    for s in range(n[event + SEATS], n[event + SEATS_END]):
        change += _seat_change(n, n[s], n[n[s] + PICK], n[event + OPTION], DROP)
    return change


@compiled
def _pick_seat(n: Image, seat: int, alternative: int) -> None:
    if n[seat + PICK] != alternative:
        _note(n, seat, n[seat + PICK])
        choose(n, seat, alternative)


@compiled
def _relieve(n: Image, event: int, tries: int) -> None:
    """Give each of the event's demands whose unit costs something a better one of those looked at."""
    option = n[event + OPTION]
    for s in range(n[event + SEATS], n[event + SEATS_END]):
        seat = n[s]
        least = -_seat_change(n, seat, n[seat + PICK], option, DROP)
        best = n[seat + PICK]
        for _ in range(tries):
            if least == 0 or n[seat + ALTERNATIVES] == 1:
                break
            other = _below(n, n[seat + ALTERNATIVES])
            if other != n[seat + PICK]:
                change = _seat_change(n, seat, other, option, ADD)
                if change < least:
                    least = change
                    best = other
        _pick_seat(n, seat, best)


@compiled
def _reseat(n: Image, seat: int, limit: float) -> bool:
    """Give a demand another unit, if the limit lets it pass."""
    first = n[n[seat + GIVEN]]
    if first == n[n[seat + GIVEN] + n[seat + ALTERNATIVES]]:
        return False
    event = n[n[first + WHERE] + EVENT]
    option = n[event + OPTION]
    other = _below(n, n[seat + ALTERNATIVES])
    if other == n[seat + PICK] or option < 0:
        return False
    change = _seat_change(n, seat, n[seat + PICK], option, DROP) + _seat_change(n, seat, other, option, ADD)
    if change > limit:
        return False
    _pick_seat(n, seat, other)
    return True


@compiled
def _shift(n: Image, event: int, option: int, limit: float, tries: int) -> bool:
    """Give the event another option and its demands units, if the limit lets it pass."""
    old = n[event + OPTION]
    change = _worth(n, event, option) - _worth(n, event, old)
    if change > limit and change + _leave_seats(n, event) > limit:
        return False
    plan = n[PLAN]
    for s in range(n[event + SEATS], n[event + SEATS_END]):
        seat = n[s]
        least = _stay_change(n, seat, event, option)
        n[plan] = n[seat + PICK]
        if least > 0 and n[seat + ALTERNATIVES] > 1:
            leaving = _seat_change(n, seat, n[seat + PICK], old, DROP)
            for _ in range(tries):
                other = _below(n, n[seat + ALTERNATIVES])
                if other != n[seat + PICK]:
                    entering = leaving + _seat_change(n, seat, other, option, ADD)
                    if entering < least:
                        least = entering
                        n[plan] = other
                        if least <= 0:
                            break
        change += least
        plan += 1
    if change > limit:
        return False
    _move(n, event, option)
    plan = n[PLAN]
    for s in range(n[event + SEATS], n[event + SEATS_END]):
        _pick_seat(n, n[s], n[plan])
        plan += 1
    return True


@compiled
def _is_marked(n: Image, event: int) -> bool:
    return n[event + MARK] == n[CLOCK]  # type: ignore[no-any-return]


@compiled
def _plan(n: Image, planned: int, event: int, option: int) -> int:
    """Let the event be part of the chain; return how many are."""
    n[event + MARK] = n[CLOCK]
    n[event + PLANNED] = planned
    n[n[PLAN] + 2 * planned] = event
    n[n[PLAN] + 2 * planned + 1] = option
    return planned + 1


@compiled
def _option_at(n: Image, event: int, tick: int) -> int:
    """Return the event's option that starts at the tick, if it may have it, or -1."""
    option = n[n[event + START] + tick]
    return option if option >= 0 and n[n[event + ALLOWED] + option] else -1


@compiled
def _start(n: Image, event: int, option: int) -> int:
    """Return the tick at which an option starts, or -1 if it has none."""
    ticks = n[event + TICKS] + option
    return n[n[ticks]] if n[ticks] < n[ticks + 1] else -1  # type: ignore[no-any-return]


@compiled
def _plan_chain(n: Image, event: int, option: int, most: int) -> int:
    """Plan who moves when the event does; return how many, 0 if that comes to nothing.

    Who quarrels with a mover by a required pair goes where the event came from, or else where it goes, and so on (Kempe chains,
    Thompson and Dowsland 1996).
    """
    n[CLOCK] += 2
    here, there = _start(n, event, n[event + OPTION]), _start(n, event, option)
    if here < 0 or there < 0 or here == there:
        return 0
    planned = _plan(n, 0, event, option)
    i = 0
    while i < planned:
        mover = n[n[PLAN] + 2 * i]
        goes = n[n[PLAN] + 2 * i + 1]
        i += 1
        for link in range(n[mover + LINKS], n[mover + LINKS_END], LINK_WIDTH):
            if not n[link + LINK_REQUIRED]:
                continue
            other = n[link + LINK_EVENT]
            line = n[link + LINES] + goes * n[link + STRIDE]
            stands = n[other + OPTION]
            if _is_marked(n, other):
                stands = n[n[PLAN] + 2 * n[other + PLANNED] + 1]
            if stands < 0 or n[line + 2 + stands] == 0:
                continue
            if _is_marked(n, other) or planned == most or not _is_movable(n, other):
                return 0
            place = _option_at(n, other, here)
            if place < 0 or n[line + 2 + place] > 0:
                place = _option_at(n, other, there)
                if place < 0 or n[line + 2 + place] > 0:
                    return 0
            planned = _plan(n, planned, other, place)
    return planned


@compiled
def _link(n: Image, event: int, other: int) -> int:
    """Return the first of the event's links that is not to an event before the other."""
    low = n[event + LINKS]
    high = n[event + LINKS_END]
    while low < high:
        middle = low + (high - low) // LINK_WIDTH // 2 * LINK_WIDTH
        if n[middle + LINK_EVENT] < other:
            low = middle + LINK_WIDTH
        else:
            high = middle
    return low  # type: ignore[no-any-return]


@compiled
def _planned_change(n: Image, planned: int) -> int:
    """Return what the planned moves add to the objective, all made at once, in the end units left out."""
    change = 0
    for i in range(planned):
        mover = n[n[PLAN] + 2 * i]
        goes = n[n[PLAN] + 2 * i + 1]
        stands = n[mover + OPTION]
        change += _worth(n, mover, goes) - _worth(n, mover, stands)
        for j in range(i):
            other = n[n[PLAN] + 2 * j]
            then = n[n[PLAN] + 2 * j + 1]
            now = n[other + OPTION]
            link = _link(n, mover, other)
            while link < n[mover + LINKS_END] and n[link + LINK_EVENT] == other:
                new = n[link + LINES] + goes * n[link + STRIDE] + 2
                old = n[link + LINES] + stands * n[link + STRIDE] + 2
                both = n[new + then] - n[new + now] - n[old + then] + n[old + now]
                change += both * n[n[link + LINK_ROW] + WEIGHT]
                link += LINK_WIDTH
    return change


@compiled
def _move_planned(n: Image, planned: int, limit: float, tries: int) -> bool:
    """Make the planned moves, if the limit may let them pass."""
    change = _planned_change(n, planned)
    if change > limit:
        for i in range(planned):
            change += _leave_seats(n, n[n[PLAN] + 2 * i])
        if change > limit:
            return False
    for i in range(planned):
        _move(n, n[n[PLAN] + 2 * i], n[n[PLAN] + 2 * i + 1])
    for i in range(planned):
        _relieve(n, n[n[PLAN] + 2 * i], tries)
    return True


@compiled
def _plan_swap(n: Image, event: int, other: int) -> int:
    """Plan that two events change places; return 2, or 0 where they cannot."""
    if other == event or n[event + OPTION] < 0 or n[other + OPTION] < 0:
        return 0
    there = _option_like(n, event, other)
    here = _option_like(n, other, event)
    if there < 0 or here < 0 or there == n[event + OPTION]:
        return 0
    n[CLOCK] += 2
    return _plan(n, _plan(n, 0, event, there), other, here)  # type: ignore[no-any-return]


@compiled
def move_in(n: Image, order: Image) -> None:
    """Place events that stand nowhere, told by their numbers in this order, each with its units at its best place."""
    for e in order:
        event = n[EVENTS] + e * EVENT_WIDTH
        if n[event + OPTION] >= 0:
            continue
        start = n[event + DOMAIN]
        length = n[event + DOMAIN_END] - start
        turn = _below(n, length)
        best = -1
        least = 0
        for k in range(length):
            option = n[start + (k + turn) % length]
            change = _worth(n, event, option)
            for s in range(n[event + SEATS], n[event + SEATS_END]):
                change += _seat_change(n, n[s], _best_seat(n, n[s], option), option, ADD)
            if best < 0 or change < least:
                best = option
                least = change
        for s in range(n[event + SEATS], n[event + SEATS_END]):
            choose(n, n[s], _best_seat(n, n[s], best))
        put(n, event, best)


@compiled
def _best_seat(n: Image, seat: int, option: int) -> int:
    """Return the alternative that costs least to enter; among equals a random one."""
    size = n[seat + ALTERNATIVES]
    turn = _below(n, size)
    best = turn
    least = _seat_change(n, seat, turn, option, ADD)
    for k in range(1, size):
        if least == 0:
            break
        other = (turn + k) % size
        change = _seat_change(n, seat, other, option, ADD)
        if change < least:
            least = change
            best = other
    return best  # type: ignore[no-any-return]


@compiled
def roam(n: Image, moves: int, hot: float, cold: float, mix: Any, goal: int) -> None:
    """Walk as `walk` does where images reckon: times and units change together, and nothing moves that is refused.

    Parameters
    ----------
    n : image
    moves : int
        Work to do.
    hot, cold : float
        First and last temperature, in units of the objective; geometric in between.
    mix : array of float
        Probabilities: that the event is sought in a row with an excess; that only a unit changes; of a swap; of a chain (else
        another option). Last the most events of a chain, less than half of `CHAIN`, and how many other units are looked at.
    goal : int
        0 to make `BROKEN` small, 1 to make `COST` small where `BROKEN` is 0.
    """
    events, seats = n[MOVABLES], n[CHANGEABLES]
    begun = n[WORK]
    end = begun + moves
    temperature = hot
    turn = 0
    most, tries = int(mix[4]), int(mix[5])
    _keep_best(n, goal)
    while n[WORK] < end and n[BEST] > 0 and events + seats > 0:
        if turn % 128 == 0:
            temperature = hot * (cold / hot) ** ((n[WORK] - begun) / moves)
        turn += 1
        n[WORK] += 1
        n[CHANGED] = 0
        limit = np.floor(-temperature * np.log(1.0 - _uniform(n)))
        before = n[OBJECTIVE]
        event = 0
        seat = 0
        if n[LISTED] > 0 and _uniform(n) < mix[0]:
            member = _culprit(n)
            if member > 0:
                event = n[member + EVENT]
                seat = n[member + CHOICE] if n[n[member + CHOICE] + ALTERNATIVES] > 1 else 0
        draw = _uniform(n)
        if seats > 0 and (draw < mix[1] or events == 0):
            if seat == 0:
                seat = n[n[CHANGEABLE] + _below(n, seats)]
            made = _reseat(n, seat, limit)
        else:
            if event == 0 or not _is_movable(n, event):
                if events == 0:
                    continue
                event = n[n[MOVABLE] + _below(n, events)]
            if draw < mix[1] + mix[2]:
                planned = _plan_swap(n, event, n[n[MOVABLE] + _below(n, events)])
                made = planned > 0 and _move_planned(n, planned, limit, tries)
            elif draw < mix[1] + mix[2] + mix[3]:
                planned = _plan_chain(n, event, _any_option(n, event), most)
                made = planned > 0 and _move_planned(n, planned, limit, tries)
            else:
                option = _any_option(n, event)
                made = option != n[event + OPTION] and _shift(n, event, option, limit, tries)
        if not made:
            continue
        if n[OBJECTIVE] - before > limit:
            _undo(n)
        else:
            _keep_best(n, goal)
