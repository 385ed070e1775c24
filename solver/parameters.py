"""How hard CP-SAT tries: the parameters of its search."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model


@dataclass(frozen=True)
class Effort:
    """How long and how hard CP-SAT may try.

    Attributes
    ----------
    seconds : float
        Wall-clock limit.
    deterministic : float or None
        Limit in CP-SAT's own units of work; with one worker it makes the result repeatable.
    workers : int
        Threads.
    linear : int
        How far the model is relaxed to linear programs: 2 for optimizing sub-models (measured on comp05: a quarter of
        the time of 1), 1 for finding a first assignment.
    packing : bool
        Search as for packing-like schools: without linear programs, beside violation local search.
    first : bool
        Stop at the first solution.
    """

    seconds: float = 10.0
    deterministic: float | None = None
    workers: int = 1
    seed: int = 0
    presolve: bool = True
    linear: int = 2
    packing: bool = False
    first: bool = False


def configured(effort: Effort, *, small: bool) -> cp_model.CpSolver:
    """Return a solver for the effort; in a small model what presolve could learn costs more than it gains."""
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
    parameters.catch_sigint_signal = False
    if small:
        parameters.symmetry_level = 0
        parameters.cp_model_probing_level = 0
    if effort.packing and effort.workers > 1:
        parameters.subsolvers.extend(["no_lp", "quick_restart_no_lp"])
        parameters.num_violation_ls = 1
    return solver
