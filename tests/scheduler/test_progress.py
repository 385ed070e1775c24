from io import StringIO

from rich.console import Console

from scheduler.progress import ProgressLine
from scheduler.texts import Texts
from solver.outcome import Progress

NEWS = [
    (0.1, Progress(elapsed=0.1, phase="precheck", cost=None, bound=0)),
    (0.5, Progress(elapsed=0.5, phase="construct", cost=None, bound=0, broken=12)),
    (0.9, Progress(elapsed=0.9, phase="construct", cost=None, bound=0, broken=3)),
    (2.0, Progress(elapsed=2.0, phase="improve", cost=1200, bound=300)),
    (65.0, Progress(elapsed=65.0, phase="improve", cost=1200, bound=600)),
    (70.0, Progress(elapsed=70.0, phase="improve", cost=1000, bound=600)),
    (3700.0, Progress(elapsed=3700.0, phase="polish", cost=1000, bound=1000)),
]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def told(lang: str, *, terminal: bool) -> tuple[str, list[str]]:
    """What was printed, and the live line after each of the news."""
    clock, out, live = Clock(), StringIO(), []
    console = Console(file=out, force_terminal=terminal, width=100, markup=False, highlight=False)
    with ProgressLine(Texts(lang), console, clock) as progress:
        for seconds, news in NEWS:
            clock.now = 1000.0 + seconds
            progress(news)
            live.append(progress.line())
    return out.getvalue(), live


def test_without_a_terminal_each_phase_and_each_improvement_is_a_line() -> None:
    printed, _ = told("en", terminal=False)

    assert printed.splitlines() == [
        "00:00 · checking",
        "00:00 · looking for a first timetable · required rules missed by 12",
        "00:02 · improving · cost 1,200 · bound 300 · gap 75%",
        "01:10 · improving · cost 1,000 · bound 600 · gap 40%",
        "1:01:40 · polishing · cost 1,000 · bound 1,000 · gap 0%",
    ]


def test_a_terminal_has_one_live_line_with_the_last_improvement() -> None:
    _, live = told("en", terminal=True)

    assert live[-4:] == [
        "00:02 · improving · cost 1,200 · bound 300 · gap 75% · improved 00:00 ago",
        "01:05 · improving · cost 1,200 · bound 600 · gap 50% · improved 01:03 ago",
        "01:10 · improving · cost 1,000 · bound 600 · gap 40% · improved 00:00 ago",
        "1:01:40 · polishing · cost 1,000 · bound 1,000 · gap 0% · improved 1:00:30 ago",
    ]


def test_progress_speaks_russian() -> None:
    _, live = told("ru", terminal=True)

    assert live[2:4] == [
        "00:00 · поиск первого расписания · обязательные правила нарушены на 3",
        "00:02 · улучшение · штраф 1\u00a0200 · граница 300 · разрыв 75\u00a0% · улучшено 00:00 назад",
    ]
