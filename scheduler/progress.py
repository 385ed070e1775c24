"""How a search goes, for somebody who waits: a live line on a terminal, plain lines elsewhere."""

from collections.abc import Callable
from types import TracebackType
from typing import Final, Protocol, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from scheduler.texts import N_, Texts

PHASES: Final = {
    "precheck": N_("checking"),
    "construct": N_("looking for a first timetable"),
    "improve": N_("improving"),
    "name": N_("giving out rooms and workstations"),
    "polish": N_("polishing"),
    "audit": N_("auditing"),
    "diagnose": N_("looking for the reasons"),
}


class News(Protocol):
    """What a search tells while it goes."""

    @property
    def phase(self) -> str:
        """A phase of the strategy, see `PHASES`."""

    @property
    def cost(self) -> int | None:
        """The cost of the best timetable so far; None before the first."""

    @property
    def bound(self) -> int | None:
        """The proven bound; None before the first."""


class Progress:
    """Shows the news of a search as they come; used as a context and called with each.

    Parameters
    ----------
    texts
        The reader's language.
    console
        Where to show it: a live line if it is a terminal, else a line for each new phase and each improvement.
    clock
        Seconds of a clock that only goes on.
    """

    def __init__(self, texts: Texts, console: Console, clock: Callable[[], float]) -> None:
        self._texts = texts
        self._console = console
        self._clock = clock
        self._started = clock()
        self._improved: float | None = None
        self._phase = "precheck"
        self._cost: int | None = None
        self._bound: int | None = None
        self._live = Live(get_renderable=self._line, console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def __call__(self, news: News) -> None:
        """Take in what the search tells."""
        better = news.cost is not None and news.cost != self._cost
        worth_a_line = better or news.phase != self._phase
        if better:
            self._improved = self._clock()
        self._phase, self._cost, self._bound = news.phase, news.cost, news.bound
        if worth_a_line and not self._console.is_terminal:
            self._console.print(self.line(), soft_wrap=True, markup=False, highlight=False)

    def line(self) -> str:
        """Tell in one line how far the search is."""
        texts, now = self._texts, self._clock()
        parts = [_clock_face(now - self._started), texts(PHASES.get(self._phase, self._phase))]
        if self._cost is not None:
            parts.append(texts("cost {cost}", cost=self._cost))
        if self._bound is not None:
            parts.append(texts("bound {bound}", bound=self._bound))
        if self._cost is not None and self._bound is not None:
            parts.append(texts("gap {gap}", gap=texts.percent(gap(self._cost, self._bound))))
        if self._improved is not None and self._console.is_terminal:
            parts.append(texts("improved {ago} ago", ago=_clock_face(now - self._improved)))
        return " · ".join(parts)

    def _line(self) -> Text:
        return Text(self.line(), no_wrap=True, overflow="ellipsis")


def gap(cost: int, bound: int) -> float:
    """Return how far the cost may be from the best, as a share of the cost."""
    return max(0, cost - bound) / cost if cost > 0 else 0.0


def _clock_face(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
