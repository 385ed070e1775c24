import os
import signal
from threading import Lock

import pytest

from scheduler.signals import stopping


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks_and_is_heard(number: signal.Signals) -> None:
    heard: list[str] = []

    with stopping(lambda: heard.append("stopping")) as flag:
        assert not flag.is_set()
        os.kill(os.getpid(), number)

        assert flag.is_set()

    assert heard == ["stopping"]


def test_what_the_signal_interrupts_may_hold_what_is_needed_for_telling() -> None:
    # Once the handler wrote to a stream in the middle of a line that was being written there, and the program broke off.
    stream, heard = Lock(), list[bool]()

    with stopping(lambda: heard.append(stream.acquire(timeout=20))), stream:
        os.kill(os.getpid(), signal.SIGTERM)

    assert heard == [True]


def test_the_second_signal_ends_as_any_program_would() -> None:
    with stopping() as flag:
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)

        assert flag.is_set()


def test_signals_are_as_before_afterwards() -> None:
    before = [signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)]

    with stopping():
        pass

    assert [signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)] == before
