"""CP-SAT under the field's verbs: the whole problem, or the part of it that a neighbourhood sets free.

Events and choices that are not free are constants from the incumbent, and every verb folds them, so a sub-model holds only
what can change. One literal for each event and option, the same one for events that are held as one (`solver.joined`); rows
(`solver.tables`) are encoded where a free event touches them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.linear import FALSE, TRUE, Linear, Literal
from solver.narrow import shut_options
from solver.parameters import Effort, configured
from solver.placements import condition, shared_demands
from solver.problem import Assignment, Given, Member, Option, Problem
from solver.program import FAR, Program
from solver.tables import Row, Tables

if TYPE_CHECKING:
    from solver.rules.rule import Rule
    from solver.sentence import Thing

LAST = 10_000
"""Of how many penalties a rule that gives way last is worth where it is asked which required rules have to."""


@dataclass(frozen=True)
class Answer:
    """What a solve of a model said; `assignment` is None where it found none."""

    status: str
    assignment: Assignment | None
    cost: int | None
    bound: int
    work: float

    @property
    def closed(self) -> bool:
        """Whether the search was exhausted: optimal, or proved infeasible."""
        return self.status in ("optimal", "infeasible")


class Model(Program):
    """A model of the problem, all of it or the free part.

    Parameters
    ----------
    tables : Tables
    incumbent : Assignment, optional
        What fixed events, choices and demands keep; also the hint.
    events, choices : iterable of int, optional
        What is free; None frees all. What is held as one with a free event is free, too.
    demands : iterable of int
        In a named model the demands that are free beside those of free events.
    named : bool
        Whether units are decided too; otherwise pools are counted.
    penalty : int, optional
        Cost of one unit of excess of a required rule; None requires it. Without an incumbent, when it is asked which rules
        have to give, those that give way last cost far more.
    strict : bool
        With a penalty: whether a row that the incumbent keeps is required all the same; of a rule without rows, whatever
        belongs to a thing at which the incumbent keeps it.
    wishes : bool
        Whether weighted rules are part of the model.
    """

    def __init__(
        self,
        tables: Tables,
        incumbent: Assignment | None = None,
        events: Iterable[int] | None = None,
        choices: Iterable[int] | None = None,
        *,
        demands: Iterable[int] = (),
        named: bool = False,
        penalty: int | None = None,
        strict: bool = False,
        wishes: bool = True,
    ) -> None:
        self.tables = tables
        self.problem: Problem = tables.problem
        self.incumbent = incumbent
        self.named = named
        self.penalty = penalty
        self.strict = strict
        self.wishes = wishes
        everything = incumbent is None
        self.free_events = set(range(len(self.problem.events))) if everything or events is None else set(events)
        joined = tables.joined
        self.free_events.update(part for event in tuple(self.free_events) for part in joined.parts[joined.of[event]])
        self.free_choices = set(range(len(self.problem.choices))) if everything or choices is None else set(choices)
        self._cp = cp_model.CpModel()
        super().__init__(self._cp.proto)
        self._cells: dict[tuple[int, int], list[Linear]] = {}
        # Caches know what they are asked about by its identity, so that must live as long as they do.
        self._options: dict[int, list[tuple[int, Literal]]] = {}
        self._picks: dict[int, list[Literal]] = {}
        self._units: dict[int, list[tuple[int, Literal]]] = {}
        self._held: dict[tuple[int, bool], dict[tuple[int, int], Literal]] = {}
        self._touched = self._touched_entries()
        self._decide()
        if named:
            extra = range(len(self.problem.demands)) if everything else demands
            self._decide_units(set(extra) | {d for e in self.free_events for d in self.problem.demands_of_event[e]})
        self._encode()
        self._finish()

    # --- decisions -------------------------------------------------------------------------------------------------

    def _touched_entries(self) -> list[int]:
        """Return the entries that can change; those by name are left out, for units are decided by other means or not at all."""
        if len(self.free_events) == len(self.problem.events):
            touched: Iterable[int] = range(len(self.tables.entries))
        else:
            touched = sorted(self.tables.touched(self.free_events, self.free_choices))
        return [index for index in touched if not self.problem.rules[self.tables.entries[index].rule].by_name]

    def _decide(self) -> None:
        for choice in sorted(self.free_choices):
            literals = [self.boolean() for _ in range(self.problem.choices[choice].alternatives)]
            self.exactly_one(literals)
            self._picks[choice] = literals
        shut = (
            shut_options(self, self.incumbent, self._touched)
            if self.penalty is None and self.incumbent is not None
            else {}
        )
        joined = self.tables.joined
        for event in sorted(self.free_events):
            if event in self._options:
                continue
            parts = joined.parts[joined.of[event]] if self.penalty is None else (event,)
            closed = {index for part in parts for index in shut.get(part, ())}
            left = [index for index in range(len(self.problem.events[event].options)) if index not in closed]
            pairs = [(left[0], TRUE)] if len(left) == 1 else [(index, self.boolean()) for index in left]
            if len(left) != 1:
                self.exactly_one([literal for _, literal in pairs])
            self._options.update(dict.fromkeys(parts, pairs))

    def _decide_units(self, free: set[int]) -> None:
        busy: dict[tuple[int, int], Linear] = {}
        problem = self.problem
        shared = shared_demands(problem)
        for d, demand in enumerate(problem.demands):
            attends = TRUE if demand.attendance is None else self.given(problem.attendances[demand.attendance].given)
            if d not in free:
                assert self.incumbent is not None
                unit = self.incumbent.unit[d]
                self._units[d] = [(unit, TRUE)] if unit >= 0 and attends != FALSE else []
            elif attends == FALSE:
                self._units[d] = []
            else:
                self._units[d] = [(unit, self.boolean()) for unit in demand.units]
                self.write(Linear(-1).plus_all(y for _, y in self._units[d]).plus(attends, -1).plus(TRUE), -FAR, 0)
            if d in shared:
                continue
            for (unit, tick), there in self.held_in(d).items():
                if tick in problem.units[unit].closed:
                    self.write(Linear().plus(there), -FAR, 0)
                busy.setdefault((unit, tick), Linear(-1)).plus(there)
        for load in busy.values():
            if load.vars:
                load.const = min(0, load.const)  # what the incumbent gives twice is there all the same
                self.require(load)

    def held_in(self, demand: int, *, start: bool = False) -> dict[tuple[int, int], Literal]:
        """Return for each unit and tick a literal that is never too low for "the demand is held there"; or "begins there"."""
        known = self._held.get((demand, start))
        if known is None:
            running: dict[int, Linear] = {}
            for literal, option in self.open_options(self.problem.demands[demand].event):
                for tick in option.ticks[:1] if start else option.ticks:
                    running.setdefault(tick, Linear()).plus(literal)
            attends = self.given(condition(self.problem, demand))
            known = self._held[demand, start] = {
                (unit, tick): there
                for tick, runs in running.items()
                for unit, there in self._there(self._units[demand], runs, attends)
            }
        return known

    def _there(
        self, units: Sequence[tuple[int, Literal]], runs: Linear, attends: Literal
    ) -> Sequence[tuple[int, Literal]]:
        """Return for each unit a literal: the demand has it at a tick at which its event may run.

        Where it runs it is with one of its units or goes without: tighter than a conjunction for each unit.
        """
        if runs.fixed:
            return units if runs.const else ()
        found = []
        served = Linear().plus(attends).add(runs)
        served.const -= 1
        for unit, placed in units:
            if placed == TRUE and len(runs.vars) == 1 and runs.coefs == [1] and runs.const == 0:
                return [(unit, runs.vars[0])]
            there = self.boolean()
            self.write(Linear().plus(there).plus(placed, -1), -FAR, 0)
            served.plus(there, -1)
            found.append((unit, there))
        without = Linear().plus(attends).plus_all((placed for _, placed in units), -1)
        self.write(served.add(without, -1), -FAR, 0)
        return found

    # --- encoding --------------------------------------------------------------------------------------------------

    def _encode(self) -> None:
        rules = self.problem.rules
        for index in self._touched:
            entry = self.tables.entries[index]
            rule = rules[entry.rule]
            if (self.named and rule.about_units) or not (self.wishes or rule.required):
                continue
            price = None if rule.required and self.strict and self._keeps(entry.row) else self._price(rule)
            for excess in entry.row.encode(self):
                self._limit(excess, price)
        everything = len(self.free_events) == len(self.problem.events)
        by_hand = [
            index
            for index in self.tables.by_hand
            if not (self.named and rules[index].about_units)
            and (everything or self.free_choices or not self.tables.hand_events[index].isdisjoint(self.free_events))
        ]
        for index in by_hand + (self.tables.about_units if self.named else []):
            if not (self.wishes or rules[index].required):
                continue
            price = self._price(rules[index])
            missed = self._missed(rules[index]) if self.strict and rules[index].required else None
            for where, excess in rules[index].encode(self):
                self._limit(excess, price if missed is None or where in missed else None)

    def _price(self, rule: Rule) -> int | None:
        """Return what a unit of excess costs, or None if there must be none."""
        if not rule.required or self.penalty is None:
            return rule.weight
        return self.penalty * LAST if rule.gives_way_last and self.incumbent is None else self.penalty

    def _keeps(self, row: Row) -> bool:
        """Whether the incumbent does."""
        return self.incumbent is not None and row.count(self.problem, self.incumbent) == 0

    def _missed(self, rule: Rule) -> set[Thing]:
        """Return the applications at which the incumbent misses a rule."""
        found = () if self.incumbent is None else rule.check(self.problem, self.incumbent)
        return {deviation.where for deviation in found}

    def _limit(self, excess: Linear, price: int | None) -> None:
        """Require that an excess is not positive, or put a price on it."""
        if price is None:
            self.require(excess)
        else:
            self.pay(self.positive(excess), price)

    def _finish(self) -> None:
        terms = [(var, coef) for var, coef in self._objective.items() if coef]
        if terms:
            self._proto.objective.vars.extend([var for var, _ in terms])
            self._proto.objective.coeffs.extend([coef for _, coef in terms])
        if self.incumbent is not None:
            self.hint(self.incumbent)

    def hint(self, assignment: Assignment) -> None:
        """Tell the search where to look first."""
        values: dict[Literal, int] = {}
        for event, pairs in self._options.items():
            for index, literal in pairs:
                values.setdefault(literal, int(assignment.option[event] == index))
        for choice, literals in self._picks.items():
            values.update((literal, int(assignment.pick[choice] == index)) for index, literal in enumerate(literals))
        for d, placed in self._units.items():
            values.update((literal, int(assignment.unit[d] == unit)) for unit, literal in placed)
        values.pop(TRUE, None)
        self._proto.clear_solution_hint()
        self._proto.solution_hint.vars.extend(list(values))
        self._proto.solution_hint.values.extend(list(values.values()))

    # --- verbs -----------------------------------------------------------------------------------------------------

    def is_free(self, member: Member) -> bool:
        """Whether the member's option or its condition can still change."""
        return member.event in self.free_events or (member.given is not None and member.given[0] in self.free_choices)

    def free_subject(self, members: Iterable[Member]) -> bool:
        """Whether anything about these members can still change."""
        return any(self.is_free(member) for member in members)

    def options(self, event: int) -> Sequence[tuple[int, Literal]]:
        """Return (index, literal) of every option that the event may take."""
        pairs = self._options.get(event)
        if pairs is None:
            assert self.incumbent is not None
            pairs = self._options[event] = [(self.incumbent.option[event], TRUE)]
        return pairs

    def open_options(self, event: int) -> Iterator[tuple[Literal, Option]]:
        """Yield (literal, option) of every option that the event may take."""
        options = self.problem.events[event].options
        for index, literal in self.options(event):
            yield literal, options[index]

    def by_class(self, event: int, classes: Sequence[int]) -> dict[int, Linear]:
        """Return for each class of the event's options an expression that is 1 where one of them is taken."""
        found: dict[int, Linear] = {}
        for index, literal in self.options(event):
            found.setdefault(classes[index], Linear()).plus(literal)
        return found

    def pick(self, choice: int, alternative: int) -> Literal:
        """Return the literal of an alternative."""
        literals = self._picks.get(choice)
        if literals is None:
            assert self.incumbent is not None
            return TRUE if self.incumbent.pick[choice] == alternative else FALSE
        return literals[alternative]

    def given(self, given: Given | None) -> Literal:
        """Return the literal of a condition."""
        return TRUE if given is None else self.pick(*given)

    def units(self, demand: int) -> Sequence[tuple[int, Literal]]:
        """Return (unit, literal) of every unit that the demand may get; only in a named model."""
        return self._units[demand]

    def cells(self, members: tuple[Member, ...], grid: int) -> list[Linear]:
        """Return for each cell of the grid an expression of value 0 or 1: whether one of the members is held there."""
        key = (id(members), grid)
        known = self._cells.get(key)
        if known is not None:
            return known
        table = self.problem.grids[grid]
        found = [Linear() for _ in range(table.days * table.periods)]
        for member in members:
            given = self.given(member.given)
            if given == FALSE:
                continue
            touched = self.problem.cells_of_options(member.event, grid)
            for index, literal in self.options(member.event):
                held = self.both(literal, given)
                for cell in touched[index]:
                    found[cell].plus(held)
        if self.penalty is not None or not self.tables.exclusive(members, grid):
            found = [self._capped(cell) for cell in found]
        self._cells[key] = found
        return found

    def _capped(self, cell: Linear) -> Linear:
        if cell.const >= 1:
            return Linear(1)
        if len(cell.vars) <= 1:
            return cell
        any_of = self.boolean()
        for var in cell.vars:
            self.write(Linear().plus(var).plus(any_of, -1), -FAR, 0)
        self.write(Linear().plus(any_of).add(cell, -1), -FAR, 0)
        return Linear().plus(any_of)

    def bucket(self, members: Sequence[Member], amounts: Sequence[int], grid: int, days: tuple[int, ...]) -> Linear:
        """Return the members' amounts, one for each of the days on which a member meets."""
        total = Linear()
        for member, amount in zip(members, amounts, strict=True):
            given = self.given(member.given)
            if given == FALSE:
                continue
            meetings = self.problem.meetings_of_options(member.event, grid, days)
            for index, literal in self.options(member.event):
                if meetings[index]:
                    total.plus(self.both(literal, given), amount * meetings[index])
        return total

    # --- solving ---------------------------------------------------------------------------------------------------

    def solve(self, effort: Effort) -> Answer:
        """Search within the effort and return the best assignment."""
        solver = configured(effort, small=self.incumbent is not None)
        status = {
            cp_model.OPTIMAL: "optimal",
            cp_model.FEASIBLE: "feasible",
            cp_model.INFEASIBLE: "infeasible",
            cp_model.UNKNOWN: "unknown",
        }[solver.solve(self._cp)]
        work = solver.deterministic_time
        if status in ("infeasible", "unknown"):
            bound = 0 if status == "infeasible" or not self._objective else _round_up(solver.best_objective_bound)
            return Answer(status, None, None, self.constant + bound, work)
        assignment = self._read(solver.response_proto.solution)
        cost = self.constant + round(solver.objective_value) if self._objective else self.constant
        bound = self.constant + _round_up(solver.best_objective_bound) if self._objective else self.constant
        return Answer(status, assignment, cost, bound, work)

    def _read(self, values: Sequence[int]) -> Assignment:
        problem = self.problem
        base = self.incumbent or Assignment(
            (0,) * len(problem.events), (0,) * len(problem.choices), (-1,) * len(problem.demands)
        )
        option = list(base.option)
        for event, pairs in self._options.items():
            option[event] = next(index for index, literal in pairs if literal == TRUE or values[literal])
        pick = list(base.pick)
        for choice, literals in self._picks.items():
            pick[choice] = next(index for index, literal in enumerate(literals) if values[literal])
        unit = list(base.unit)
        for d, placed in self._units.items():
            unit[d] = next((u for u, literal in placed if literal == TRUE or values[literal]), -1)
        return replace(base, option=tuple(option), pick=tuple(pick), unit=tuple(unit))


def _round_up(bound: float) -> int:
    return int(-((-bound + 1e-6) // 1)) if bound > -FAR else -FAR
