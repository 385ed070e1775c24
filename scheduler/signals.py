"""Stopping in good order: the first Ctrl-C or SIGTERM asks, and what was found is kept."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping(asked: Callable[[], None] = lambda: None) -> Iterator[Event]:
    """Set a flag when the process is asked to stop; a second time it ends as any program would.

    Parameters
    ----------
    asked
        Called at the first asking, say to tell that it was heard; in a thread of its own, for what the signal interrupts may
        be writing to the same stream, which takes no second writer of one thread.

    Yields
    ------
    threading.Event
        Set once the process was asked.
    """
    flag = Event()
    before = {number: signal.getsignal(number) for number in SIGNALS}
    telling = Thread(target=asked, daemon=True)

    def ask(number: int, frame: FrameType | None) -> None:
        del number, frame
        for each in SIGNALS:
            signal.signal(each, before[each])
        flag.set()
        telling.start()

    for number in SIGNALS:
        signal.signal(number, ask)
    try:
        yield flag
    finally:
        for number in SIGNALS:
            signal.signal(number, before[number])
        if telling.ident is not None:
            telling.join()
