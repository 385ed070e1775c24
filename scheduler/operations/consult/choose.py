"""Find the proposals that somebody names: `REQUEST=2`, or `2` where one request is asked about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.domain.faults import maybe
from scheduler.domain.references import MUST
from scheduler.errors import Fault, Place, refuse
from scheduler.operations.consult.consult import consult
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.domain.document import Document
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.domain.timetable import Timetable
    from scheduler.operations.consult.answer import Answer, Proposal


def choose(
    document: Document,
    timetable: Timetable,
    named: Sequence[str],
    requests: tuple[str, ...] = (),
    plans: tuple[SessionPlan, ...] = (),
) -> tuple[Proposal, ...]:
    """Return the proposals that are named, in the order in which they are named.

    Parameters
    ----------
    named
        For each request the number of the proposal as `consult` tells them for the same timetable and plans, counted
        from 1.
    requests
        The requests that are asked about: one, where only numbers are named.

    Raises
    ------
    BadInput
        If something named is no proposal, or two of a request are named.
    """
    chosen = [_pair(one, requests) for one in named]
    refuse(_misread(document, named, chosen, requests))
    answers = {
        answer.request: answer for answer in consult(document, timetable, tuple(key for key, _ in chosen), plans)
    }
    refuse(_missing(chosen, answers))
    return tuple(answers[key].proposals[int(number) - 1] for key, number in chosen)


def _pair(one: str, requests: tuple[str, ...]) -> tuple[str, str]:
    key, equals, number = one.rpartition("=")
    return (key if equals or len(requests) != 1 else requests[0]), number


def _misread(
    document: Document, named: Iterable[str], chosen: list[tuple[str, str]], requests: tuple[str, ...]
) -> Iterator[Fault]:
    for one, (key, number) in zip(named, chosen, strict=True):
        if not key or not number.isdecimal():
            must = sentence(
                "“{word}” must be a request and the number of a proposal, such as {such}.", word=one, such="R1=2"
            )
            yield Fault(Place(), must)
        elif not document.has("requests", key):
            yield Fault(Place(), MUST["requests"](key), maybe(key, document.ids("requests")))
        elif requests and key not in requests:
            yield Fault(Place(), sentence("“{key}” must be one of the requests that are asked about.", key=key))
    for key, times in Counter(key for key, _ in chosen if key).items():
        if times > 1:
            yield Fault(Place(), sentence("Only one proposal for “{key}” must be accepted.", key=key))


def _missing(chosen: Iterable[tuple[str, str]], answers: dict[str, Answer]) -> Iterator[Fault]:
    for key, number in chosen:
        found = len(answers[key].proposals)
        if not 1 <= int(number) <= found:
            must = sentence(
                "“{key}” has {n} proposal, so {number} is none.",
                plural="“{key}” has {n} proposals, so {number} is none.",
                n=found,
                key=key,
                number=number,
            )
            yield Fault(Place(), must)
