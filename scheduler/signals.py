"""Stopping in good order: the first Ctrl-C or SIGTERM asks, and what was found is kept."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping(asked: Callable[[], None] = lambda: None) -> Iterator[Event]:
    """Set a flag when the process is asked to stop; a second time it ends as any program would.

    Parameters
    ----------
    asked
        Called at the first asking, say to tell that it was heard.

    Yields
    ------
    threading.Event
        Set once the process was asked.
    """
    flag = Event()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def ask(number: int, frame: FrameType | None) -> None:
        del number, frame
        for each in SIGNALS:
            signal.signal(each, before[each])
        flag.set()
        asked()

    for number in SIGNALS:
        signal.signal(number, ask)
    try:
        yield flag
    finally:
        for number in SIGNALS:
            signal.signal(number, before[number])
