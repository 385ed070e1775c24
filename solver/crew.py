"""Who does the work: here, one task after another, or a crew of processes forked from this one.

Tasks and results are plain picklable data; the problem itself is inherited or made once, so that another kind of crew (a
cluster, say) only has to carry tasks.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


POLL = 0.1
"""Seconds between two questions whether to stop."""

PATIENCE = 5.0
"""Seconds after which an idle process looks whether its parent still lives."""


class Crew(Protocol[Task, Result]):
    """Takes tasks while `idle`, gives results in the order in which they end."""

    @property
    def idle(self) -> int:
        """How many tasks can be taken now."""

    def submit(self, task: Task) -> None:
        """Take a task."""

    def collect(self, seconds: float) -> list[tuple[Task, Result]]:
        """Wait for results for at most so long."""

    def abandon(self) -> None:
        """Drop whatever is under way."""


class Alone(Generic[Task, Result]):
    """A crew of one, in this process: deterministic, for its results come in the order of its tasks."""

    def __init__(self, perform: Callable[[Task], Result]) -> None:
        self._perform = perform
        self._waiting: list[Task] = []

    @property
    def idle(self) -> int:
        return 1 - len(self._waiting)

    def submit(self, task: Task) -> None:
        self._waiting.append(task)

    def collect(self, seconds: float) -> list[tuple[Task, Result]]:  # noqa: ARG002 - a crew of one does not wait
        return [(task, self._perform(task)) for task in [self._waiting.pop(0) for _ in self._waiting[:1]]]

    def abandon(self) -> None:
        self._waiting.clear()

    def __enter__(self) -> Alone[Task, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        self.abandon()


class Processes(Generic[Task, Result]):
    """A crew of processes that share nothing but their tasks; a process that dies is an error, never a silence."""

    def __init__(self, perform: Callable[[Task], Result], workers: int) -> None:
        self._perform = perform
        self._context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self._workers: list[_Worker[Task]] = [self._hire() for _ in range(workers)]

    def _hire(self) -> _Worker[Task]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(self._perform, theirs), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        return _Worker(process, ours)

    @property
    def idle(self) -> int:
        return sum(worker.task is None for worker in self._workers)

    def submit(self, task: Task) -> None:
        worker = next(worker for worker in self._workers if worker.task is None)
        worker.task = task
        worker.pipe.send(task)

    def collect(self, seconds: float) -> list[tuple[Task, Result]]:
        busy = [worker for worker in self._workers if worker.task is not None]
        ready = wait([worker.pipe for worker in busy], seconds)
        found: list[tuple[Task, Result]] = []
        for worker in busy:
            if worker.pipe in ready:
                try:
                    result = worker.pipe.recv()
                except EOFError:
                    worker.process.join()
                    raise RuntimeError(
                        f"A search process ended with exit code {worker.process.exitcode}; memory may have run out."
                    ) from None
                if isinstance(result, BaseException):
                    raise result
                assert worker.task is not None
                found.append((worker.task, result))
                worker.task = None
        return found

    def abandon(self) -> None:
        for index, worker in enumerate(self._workers):
            if worker.task is not None:
                worker.end()
                self._workers[index] = self._hire()

    def __enter__(self) -> Processes[Task, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end()


class _Worker(Generic[Task]):
    def __init__(self, process: multiprocessing.process.BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.task: Task | None = None

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def _work(perform: Callable[[Task], Result], pipe: Connection) -> None:
    """Do tasks until the other side closes; the parent alone hears signals."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = os.getppid()
    while True:
        try:
            while not pipe.poll(PATIENCE):
                if os.getppid() != parent:  # later siblings hold copies of the pipe, so its end may not come
                    return
            task = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(perform(task))
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001 - told to the parent, which raises it
            pipe.send(error)
