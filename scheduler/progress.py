"""How a search goes, for somebody who waits: a live line on a terminal, plain lines elsewhere."""

from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from scheduler.texts import N_, Texts
from solver.outcome import Progress
from solver.problem import Assignment

PHASES: Final = {
    "compile": N_("compiling the local search, once"),
    "precheck": N_("checking"),
    "construct": N_("looking for a first timetable"),
    "settle": N_("giving out rooms and workstations"),
    "cool": N_("making it cheaper"),
    "improve": N_("improving"),
    "polish": N_("polishing"),
    "soften": N_("looking which rules have to give"),
}


class ProgressLine:
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
        self._last: Progress | None = None
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

    def __call__(self, news: Progress, assignment: Assignment | None = None) -> None:
        """Take in what the search tells; it is a `solver.outcome.Listener`."""
        del assignment
        last, self._last = self._last, news
        better = news.cost is not None and (last is None or news.cost != last.cost)
        if better:
            self._improved = self._clock()
        if not self._console.is_terminal and (better or last is None or news.phase != last.phase):
            self._console.print(self.line())

    def line(self) -> str:
        """Tell in one line how far the search is."""
        texts, now, news = self._texts, self._clock(), self._last
        parts = [_clock_face(now - self._started), texts(PHASES[news.phase] if news else PHASES["precheck"])]
        if news is not None and news.cost is None and news.broken is not None:
            parts.append(texts("required rules missed by {amount}", amount=news.broken))
        if news is not None and news.cost is not None and news.gap is not None:
            parts.append(texts("cost {cost}", cost=news.cost))
            parts.append(texts("bound {bound}", bound=news.bound))
            parts.append(texts("gap {gap}", gap=texts.percent(news.gap)))
        if self._improved is not None and self._console.is_terminal:
            parts.append(texts("improved {ago} ago", ago=_clock_face(now - self._improved)))
        return " · ".join(parts)

    def _line(self) -> Text:
        return Text(self.line(), no_wrap=True, overflow="ellipsis")


def _clock_face(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
