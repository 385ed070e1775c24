"""CP-SAT under the field's verbs: the whole problem, or the part of it that a neighbourhood sets free.

Events and choices that are not free are constants from the incumbent, and every verb folds them, so a sub-model holds only
what can change. One literal for each event and option; rows (`solver.tables`) are encoded where a free event touches them.
Constraints are written straight into the model's proto, which is several times faster than through the modelling layer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ortools.sat.python import cp_model

from solver.linear import FALSE, TRUE, Linear, Literal
from solver.problem import Assignment, Given, Member, Option, Problem
from solver.tables import Cells, Options, Pair, Tables

FAR = 1 << 50


@dataclass(frozen=True)
class Effort:
    """How long and how hard CP-SAT may try.

    Attributes
    ----------
    seconds : float
        Wall-clock limit.
    deterministic : float or None
        Limit in CP-SAT's own units of work; with one worker it makes the result repeatable.
    """

    seconds: float = 10.0
    deterministic: float | None = None
    workers: int = 1
    seed: int = 0
    presolve: bool = True
    linear: int = 2
    packing: bool = False
    first: bool = False


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


class Model:
    """A model of the problem, all of it or the free part.

    Parameters
    ----------
    tables : Tables
    incumbent : Assignment, optional
        What fixed events, choices and demands keep; also the hint.
    events, choices : iterable of int, optional
        What is free; None frees all.
    demands : iterable of int
        In a named model the demands that are free beside those of free events.
    named : bool
        Whether units are decided too; otherwise pools are counted.
    penalty : int, optional
        Cost of one unit of excess of a required rule; None requires it.
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
        wishes: bool = True,
    ) -> None:
        self.tables = tables
        self.problem: Problem = tables.problem
        self.incumbent = incumbent
        self.named = named
        self.penalty = penalty
        self.wishes = wishes
        everything = incumbent is None
        self.free_events = set(range(len(self.problem.events))) if everything or events is None else set(events)
        self.free_choices = set(range(len(self.problem.choices))) if everything or choices is None else set(choices)
        self._cp = cp_model.CpModel()
        self._proto = self._cp.proto
        self._upper: list[int] = []
        self._lower: list[int] = []
        self._objective: dict[int, int] = {}
        self.constant = 0
        self._both: dict[tuple[int, int], int] = {}
        self._cells: dict[tuple[int, int], list[Linear]] = {}
        self._any: dict[tuple[object, ...], Literal] = {}
        self._prefixes: dict[tuple[int, ...], list[Literal]] = {}
        # Caches know what they are asked about by its identity, so that must live as long as they do.
        self._alive: list[object] = []
        self._positive: dict[tuple[int, tuple[int, ...], tuple[int, ...]], int] = {}
        self._options: dict[int, list[tuple[int, Literal]]] = {}
        self._picks: dict[int, list[Literal]] = {}
        self._units: dict[int, list[tuple[int, Literal]]] = {}
        self._touched = self._touched_entries()
        self._decide()
        if named:
            extra = range(len(self.problem.demands)) if everything else demands
            self._decide_units(set(extra) | {d for e in self.free_events for d in self.problem.demands_of_event[e]})
        self._encode()
        self._finish()

    # --- decisions -------------------------------------------------------------------------------------------------

    def _touched_entries(self) -> list[int]:
        if len(self.free_events) == len(self.problem.events):
            return list(range(len(self.tables.entries)))
        touched: set[int] = set()
        for event in self.free_events:
            touched.update(self.tables.of_event[event])
        for choice in self.free_choices:
            touched.update(self.tables.of_choice[choice])
        return sorted(touched)

    def _decide(self) -> None:
        for choice in sorted(self.free_choices):
            literals = [self.boolean() for _ in range(self.problem.choices[choice].alternatives)]
            self._exactly_one(literals)
            self._picks[choice] = literals
        shut = self._shut_options() if self.penalty is None and self.incumbent is not None else {}
        for event in sorted(self.free_events):
            options = self.problem.events[event].options
            closed = shut.get(event, ())
            left = [index for index in range(len(options)) if index not in closed]
            if len(left) == 1:
                self._options[event] = [(left[0], TRUE)]
                continue
            pairs = [(index, self.boolean()) for index in left]
            self._exactly_one([literal for _, literal in pairs])
            self._options[event] = pairs

    def _shut_options(self) -> dict[int, set[int]]:
        """Options of free events that a required row forbids given what is fixed."""
        assert self.incumbent is not None
        chosen = self.incumbent.option
        shut: dict[int, set[int]] = {event: set() for event in self.free_events}
        for index in self._touched:
            entry = self.tables.entries[index]
            if self.tables.weight(entry) is not None:
                continue
            match entry.row:
                case Cells() as row:
                    load = list(row.capacity)
                    free = []
                    for member, amount in zip(row.members, row.amounts, strict=True):
                        if self.given(member.given) != TRUE:
                            continue
                        if member.event in self.free_events:
                            free.append((member.event, amount))
                        else:
                            for tick in self.problem.events[member.event].options[chosen[member.event]].ticks:
                                load[tick] -= amount
                    for event, amount in free:
                        closed = shut[event]
                        for number, option in enumerate(self.problem.events[event].options):
                            for tick in option.ticks:
                                if load[tick] < amount:
                                    closed.add(number)
                                    break
                case Options() as row if row.event in self.free_events and self.given(row.given) == TRUE:
                    shut[row.event].update(number for number, cost in enumerate(row.costs) if cost)
                case Pair() as row:
                    self._shut_by_pair(row, shut)
        return shut

    def _shut_by_pair(self, row: Pair, shut: dict[int, set[int]]) -> None:
        assert self.incumbent is not None
        a, b = row.members
        if self.given(a.given) != TRUE or self.given(b.given) != TRUE:
            return
        if a.event in self.free_events and b.event not in self.free_events:
            other = row.classes[1][self.incumbent.option[b.event]]
            shut[a.event].update(i for i, c in enumerate(row.classes[0]) if row.table[c][other])
        elif b.event in self.free_events and a.event not in self.free_events:
            costs = row.table[row.classes[0][self.incumbent.option[a.event]]]
            shut[b.event].update(i for i, c in enumerate(row.classes[1]) if costs[c])

    def _decide_units(self, free: set[int]) -> None:
        busy: dict[tuple[int, int], Linear] = {}
        problem = self.problem
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
                self._write_linear(Linear(-1).plus_all(y for _, y in self._units[d]).plus(attends, -1).plus(TRUE), -FAR, 0)
            running: dict[int, Linear] = {}
            for literal, option in self.open_options(demand.event):
                for tick in option.ticks:
                    running.setdefault(tick, Linear()).plus(literal)
            for tick, runs in running.items():
                for unit, there in self._there(self._units[d], runs, attends):
                    if tick in problem.units[unit].closed:
                        self._write_linear(Linear().plus(there), -FAR, 0)
                    busy.setdefault((unit, tick), Linear(-1)).plus(there)
        for load in busy.values():
            if load.vars:
                self._require(load)

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
            self._write_linear(Linear().plus(there).plus(placed, -1), -FAR, 0)
            served.plus(there, -1)
            found.append((unit, there))
        without = Linear().plus(attends).plus_all((placed for _, placed in units), -1)
        self._write_linear(served.add(without, -1), -FAR, 0)
        return found

    # --- encoding --------------------------------------------------------------------------------------------------

    def _encode(self) -> None:
        rules = self.problem.rules
        for index in self._touched:
            entry = self.tables.entries[index]
            rule = rules[entry.rule]
            if (self.named and rule.about_units) or not (self.wishes or rule.required):
                continue
            for excess in entry.row.encode(self):
                self._limit(excess, rule.weight)
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
            for _, excess in rules[index].encode(self):
                self._limit(excess, rules[index].weight)

    def _limit(self, excess: Linear, weight: int | None) -> None:
        if weight is None and self.penalty is None:
            self._require(excess)
        else:
            self.pay(self.positive(excess), self.penalty if weight is None else weight)

    def _require(self, excess: Linear) -> None:
        if self.bounds(excess)[1] <= 0:
            return
        excess = excess.reduced()
        if excess.const == -1 and all(coef == 1 for coef in excess.coefs) and self._all_boolean(excess):
            self._proto.constraints.add().at_most_one.literals.extend(excess.vars)
        else:
            self._write_linear(excess, -FAR, 0)

    def pay(self, amount: Linear, weight: int | None) -> None:
        """Add weight x amount to the objective."""
        assert weight is not None
        self.constant += weight * amount.const
        for var, coef in zip(amount.vars, amount.coefs, strict=True):
            self._objective[var] = self._objective.get(var, 0) + weight * coef

    def _finish(self) -> None:
        terms = [(var, coef) for var, coef in self._objective.items() if coef]
        if terms:
            self._proto.objective.vars.extend([var for var, _ in terms])
            self._proto.objective.coeffs.extend([coef for _, coef in terms])
        if self.incumbent is not None:
            self.hint(self.incumbent)

    def hint(self, assignment: Assignment) -> None:
        """Tell the search where to look first."""
        names: list[int] = []
        values: list[int] = []
        for event, pairs in self._options.items():
            for index, literal in pairs:
                if literal != TRUE:
                    names.append(literal)
                    values.append(int(assignment.option[event] == index))
        for choice, literals in self._picks.items():
            names += literals
            values += [int(assignment.pick[choice] == index) for index in range(len(literals))]
        for d, placed in self._units.items():
            for unit, literal in placed:
                if literal != TRUE:
                    names.append(literal)
                    values.append(int(assignment.unit[d] == unit))
        self._proto.clear_solution_hint()
        self._proto.solution_hint.vars.extend(names)
        self._proto.solution_hint.values.extend(values)

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

    def both(self, a: Literal, b: Literal) -> Literal:
        """Return a literal that is true where both are."""
        if FALSE in (a, b):
            return FALSE
        if a == TRUE or a == b:
            return b
        if b == TRUE:
            return a
        key = (a, b) if a < b else (b, a)
        known = self._both.get(key)
        if known is None:
            known = self._both[key] = self.boolean()
            self._write_linear(Linear(-1).plus(a).plus(b).plus(known, -1), -FAR, 0)
            self._write_linear(Linear().plus(known).plus(a, -1), -FAR, 0)
            self._write_linear(Linear().plus(known).plus(b, -1), -FAR, 0)
        return known

    def cells(self, members: tuple[Member, ...], grid: int) -> list[Linear]:
        """Return for each cell of the grid an expression of value 0 or 1: whether one of the members is held there."""
        key = (id(members), grid)
        known = self._cells.get(key)
        if known is not None:
            return known
        self._alive.append(members)
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
            self._write_linear(Linear().plus(var).plus(any_of, -1), -FAR, 0)
        self._write_linear(Linear().plus(any_of).add(cell, -1), -FAR, 0)
        return Linear().plus(any_of)

    def any_of(self, cells: Sequence[Linear], *, least: bool) -> Literal:
        """Return a literal for "one of these is 1": never too low, or with `least` never too high."""
        open_cells = [cell for cell in cells if not cell.fixed]
        if any(cell.fixed and cell.const > 0 for cell in cells):
            return TRUE
        if not open_cells:
            return FALSE
        key = (least, *map(id, open_cells))
        known = self._any.get(key)
        if known is not None:
            return known
        self._alive += open_cells
        literal = self._any[key] = self.boolean()
        if least:
            total = Linear().plus(literal)
            for cell in open_cells:
                total.add(cell, -1)
            self._write_linear(total, -FAR, 0)
        else:
            for cell in open_cells:
                self._write_linear(Linear().add(cell).plus(literal, -1), -FAR, 0)
        return literal

    def prefixes(self, cells: Sequence[Linear]) -> list[Literal]:
        """Return for each position a literal that is never too low for "this cell or one before is 1"."""
        key = tuple(map(id, cells))
        known = self._prefixes.get(key)
        if known is not None:
            return known
        found: list[Literal] = []
        last: Literal = FALSE
        for cell in cells:
            if last != TRUE:
                if cell.fixed:
                    last = TRUE if cell.const > 0 else last
                elif last == FALSE and len(cell.vars) == 1 and cell.coefs[0] == 1 and cell.const == 0:
                    last = cell.vars[0]
                else:
                    reached = self.boolean()
                    self._write_linear(Linear().add(cell).plus(reached, -1), -FAR, 0)
                    if last != FALSE:
                        self._write_linear(Linear().plus(last).plus(reached, -1), -FAR, 0)
                    last = reached
            found.append(last)
        self._alive += cells
        self._prefixes[key] = found
        return found

    def positive(self, amount: Linear) -> Linear:
        """Return an expression that is at least the amount and at least 0, and no more where that costs."""
        low, high = self.bounds(amount)
        if low >= 0:
            return amount
        if high <= 0:
            return Linear()
        key = (amount.const, tuple(amount.vars), tuple(amount.coefs))
        var = self._positive.get(key)
        if var is None:
            var = self._positive[key] = self.integer(0, high)
            self._write_linear(Linear().add(amount).plus(var, -1), -FAR, 0)
        return Linear().plus(var)

    def largest(self, amounts: Sequence[Linear]) -> Linear:
        """Return an expression that is never less than any of the amounts."""
        spans = [self.bounds(amount) for amount in amounts]
        low, high = max(span[0] for span in spans), max(span[1] for span in spans)
        if low == high:
            return Linear(high)
        var = self.integer(low, high)
        for amount in amounts:
            self._write_linear(Linear().add(amount).plus(var, -1), -FAR, 0)
        return Linear().plus(var)

    def smallest(self, amounts: Sequence[Linear]) -> Linear:
        """Return an expression that is never more than any of the amounts."""
        return Linear().add(self.largest([Linear().add(amount, -1) for amount in amounts]), -1)

    def bucket(
        self, members: Sequence[Member], amounts: Sequence[int], grid: int, days: Iterable[int]
    ) -> Linear:
        """Return the members' amounts, one for each of the days on which a member meets."""
        wanted = set(days)
        total = Linear()
        for member, amount in zip(members, amounts, strict=True):
            given = self.given(member.given)
            if given == FALSE:
                continue
            met = self.problem.days_of_options(member.event, grid)
            for index, literal in self.options(member.event):
                if times := len(wanted.intersection(met[index])):
                    total.plus(self.both(literal, given), amount * times)
        return total

    # --- variables and constraints ---------------------------------------------------------------------------------

    def boolean(self) -> Literal:
        """Return a new literal."""
        return self.integer(0, 1)

    def integer(self, low: int, high: int) -> int:
        """Return a new integer variable."""
        self._proto.variables.add().domain.extend((low, high))
        self._lower.append(low)
        self._upper.append(high)
        return len(self._upper) - 1

    def require(self, amount: Linear) -> None:
        """Require that the amount is at most 0, whatever the rule's weight: for definitions of auxiliary variables."""
        self._write_linear(amount, -FAR, 0)

    def bounds(self, amount: Linear) -> tuple[int, int]:
        """Return the least and the largest value that the variables' own bounds allow."""
        low = high = amount.const
        for var, coef in zip(amount.vars, amount.coefs, strict=True):
            if coef > 0:
                low += coef * self._lower[var]
                high += coef * self._upper[var]
            else:
                low += coef * self._upper[var]
                high += coef * self._lower[var]
        return low, high

    def _all_boolean(self, amount: Linear) -> bool:
        return all(self._lower[v] == 0 and self._upper[v] == 1 for v in amount.vars) and len(set(amount.vars)) == len(
            amount.vars
        )

    def _exactly_one(self, literals: Iterable[Literal]) -> None:
        self._proto.constraints.add().exactly_one.literals.extend(list(literals))

    def _write_linear(self, amount: Linear, low: int, high: int) -> None:
        row = self._proto.constraints.add().linear
        row.vars.extend(amount.vars)
        row.coeffs.extend(amount.coefs)
        row.domain.extend((low if low == -FAR else low - amount.const, high - amount.const))

    # --- solving ---------------------------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """Variables of the model."""
        return len(self._upper)

    def solve(self, effort: Effort, found: Callable[[Assignment, int], None] | None = None) -> Answer:
        """Search within the effort and return the best assignment.

        Parameters
        ----------
        effort : Effort
        found : callable, optional
            Called with each improved assignment and its objective.
        """
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.max_time_in_seconds = max(0.01, effort.seconds)
        if effort.deterministic is not None:
            parameters.max_deterministic_time = effort.deterministic
        parameters.num_workers = effort.workers
        parameters.random_seed = effort.seed & 0x7FFFFFFF
        parameters.cp_model_presolve = effort.presolve
        parameters.linearization_level = effort.linear
        parameters.stop_after_first_solution = effort.first
        if self.incumbent is not None:  # a small sub-model: what presolve would learn costs more than it gains
            parameters.symmetry_level = 0
            parameters.cp_model_probing_level = 0
        if effort.packing and effort.workers > 1:
            parameters.subsolvers.extend(["no_lp", "quick_restart_no_lp"])
            parameters.num_violation_ls = 1
        watcher = _Watcher(self, found) if found is not None else None
        status = {
            cp_model.OPTIMAL: "optimal",
            cp_model.FEASIBLE: "feasible",
            cp_model.INFEASIBLE: "infeasible",
            cp_model.UNKNOWN: "unknown",
        }[solver.solve(self._cp, watcher)]
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


class _Watcher(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: Model, found: Callable[[Assignment, int], None]) -> None:
        super().__init__()
        self._model = model
        self._found = found

    def on_solution_callback(self) -> None:
        values: Any = self.response_proto.solution
        self._found(self._model._read(values), self._model.constant + round(self.objective_value))


def _round_up(bound: float) -> int:
    return int(-((-bound + 1e-6) // 1)) if bound > -FAR else -FAR
