"""What requests for consultations are answered, told to people and to programs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.console import DONE, IMPOSSIBLE, Report, Table
from scheduler.domain.document import Document
from scheduler.domain.session_plan import Consultation
from scheduler.errors import BadInput, Fault, Place
from scheduler.publish.participants import label
from scheduler.texts import Texts
from solver.sentence import sentence

if TYPE_CHECKING:
    from scheduler.domain.timetable import Timetable
    from scheduler.operations.consult import Accepted, Answer, Move, Proposal

SEATS_SHOWN = 6
"""People whose workstations are told by name; of more only the number."""


def of_answers(texts: Texts, document: Document, timetable: "Timetable", answers: Sequence["Answer"]) -> Report:
    """Tell each request's proposals, or why it has none and what would help."""
    told = _Telling(texts, document, timetable)
    lines = [line for answer in answers for line in told.lines(answer)]
    return Report(
        tuple(lines) or (texts("Nobody asks for a consultation."),),
        tuple(told.table(answer) for answer in answers if answer.proposals),
        {"answers": [told.data(answer) for answer in answers]},
        IMPOSSIBLE if any(answer.reasons for answer in answers) else DONE,
    )


def of_accepted(
    texts: Texts,
    document: Document,
    timetable: "Timetable",
    proposals: Sequence["Proposal"],
    accepted: "Accepted",
    out: Path,
) -> Report:
    """Tell what was accepted and where the new version lies, or why nothing was changed."""
    told = _Telling(texts, document, timetable)
    if accepted.timetable is None:
        reasons = [texts.tell(reason) for reason in accepted.reasons]
        head = texts("Nothing was changed, for this would be wrong:")
        return Report((head, *(f"- {one}" for one in reasons)), data={"reasons": reasons}, code=IMPOSSIBLE)
    held = [line for proposal in proposals for line in told.accepted(proposal)]
    return Report(
        (*held, texts("Written: {file}", file=out)),
        data={"timetable": str(out), "accepted": [told.proposal(proposal) for proposal in proposals]},
    )


def new_file(timetable: Path, out: Path | None) -> Path:
    """Return where a new version is to be written.

    Raises
    ------
    BadInput
        If no file is named, or the one that holds the version it is made from.
    """
    if out is None:
        raise BadInput([Fault(Place(), sentence("The file for the new timetable must be named with -o."))])
    if out.exists() and out.samefile(timetable):
        must = sentence("The new timetable must not replace the one that it is made from.")
        raise BadInput([Fault(Place(file=str(out)), must)])
    return out


class _Telling:
    """Tells proposals with everybody's names."""

    def __init__(self, texts: Texts, document: Document, timetable: "Timetable") -> None:
        self.texts = texts
        self.document = document
        self.timetable = timetable

    def lines(self, answer: "Answer") -> Iterator[str]:
        texts, name = self.texts, self._name(answer.request)
        if answer.reasons:
            yield texts("{request}: no proposal.", request=name)
            yield from (f"- {texts.tell(reason)}" for reason in answer.reasons)
            yield from (f"+ {texts.tell(one)}" for one in answer.relaxations)
        elif answer.proposals:
            yield texts.counted(
                "{request}: {n} proposal.", "{request}: {n} proposals.", len(answer.proposals), request=name
            )
        else:
            yield texts("{request}: it is in the timetable.", request=name)

    def table(self, answer: "Answer") -> Table:
        texts = self.texts
        held = (texts("Date"), texts("Time"), texts("Who holds it"), texts("Where"))
        headings = ("№", texts("Cost"), *held, texts("What it costs whom"))
        rows = [row for number, one in enumerate(answer.proposals, start=1) for row in self._rows(number, one)]
        return Table(self._name(answer.request), headings, tuple(rows), numbers=frozenset({0, 1}))

    def _rows(self, number: int, proposal: "Proposal") -> Iterator[tuple[str, ...]]:
        """One row for each consultation; number, cost and what it costs whom stand in the first."""
        first, last = (str(number), self.texts.number(proposal.cost)), "\n".join(self._costs(proposal))
        for one in proposal.consultations:
            yield (*first, self._date(one), self._time(one), self._who(one), self._where(one), last)
            first, last = ("", ""), ""

    def accepted(self, proposal: "Proposal") -> Iterator[str]:
        for one in proposal.consultations:
            told = (self._date(one), self._time(one), self._who(one), self._where(one))
            yield f"{self._name(one.request or '')}: {', '.join(told)}"
        if proposal.move is not None:
            yield self._moved(proposal.move)

    def data(self, answer: "Answer") -> Mapping[str, object]:
        tell = self.texts.tell
        return {
            "request": answer.request,
            "held": list(answer.held),
            "proposals": [
                {"number": number, **self.proposal(one)} for number, one in enumerate(answer.proposals, start=1)
            ],
            "reasons": [tell(reason) for reason in answer.reasons],
            "relaxations": [tell(one) for one in answer.relaxations],
        }

    def proposal(self, proposal: "Proposal") -> Mapping[str, object]:
        costs = [{"amount": cost.amount, "sentence": self.texts.tell(cost.sentence)} for cost in proposal.costs]
        move = proposal.move
        moments = ("start", "end", "new_start", "new_end")
        return {
            "cost": proposal.cost,
            "costs": costs,
            "consultations": [one.model_dump(mode="json", exclude_defaults=True) for one in proposal.consultations],
            "move": None
            if move is None
            else asdict(move) | {name: getattr(move, name).isoformat() for name in moments},
        }

    def _name(self, key: str) -> str:
        """What people call a request, after its id."""
        request = self.document.request(key)
        name = request.name or (label(self.document, "courses", request.course) if request.course else "")
        return self.texts("{key} “{name}”", key=key, name=name) if name else key

    def _date(self, one: Consultation) -> str:
        texts = self.texts
        return f"{texts.weekday(one.start.weekday(), 'abbreviated')}, {texts.date(one.start.date())}"

    def _time(self, one: Consultation) -> str:
        return f"{self.texts.time(one.start)}–{self.texts.time(one.end)}"

    def _who(self, one: Consultation) -> str:
        return label(self.document, "teachers", one.teacher)

    def _where(self, one: Consultation) -> str:
        texts, document = self.texts, self.document
        places = [label(document, "rooms", room) for room in (one.room, *one.also) if room is not None]
        if len(one.seats) > SEATS_SHOWN:
            places.append(texts.counted("{n} workstation", "{n} workstations", len(one.seats)))
        else:
            people = {s.id: s.name for s in document.students} | {t.id: t.name for t in document.teachers}
            places += [
                f"{people.get(person) or person}: {label(document, 'workstations', seat)}"
                for person, seat in one.seats.items()
            ]
        if not places and one.site is not None:
            places.append(label(document, "sites", one.site))
        return ", ".join(places) or (texts("online") if one.mode == "online" else "-")

    def _costs(self, proposal: "Proposal") -> Iterable[str]:
        if proposal.move is not None:
            yield self._moved(proposal.move)
        for cost in proposal.costs:
            yield f"{cost.amount}: {self.texts.tell(cost.sentence)}"

    def _moved(self, move: "Move") -> str:
        placement = self.timetable.placements[move.occurrence.partition("@")[0]]
        return self.texts(
            "“{course}” moves from {old} to {new}.",
            course=label(self.document, "courses", placement.course),
            old=self.texts.moment(move.start),
            new=self.texts.moment(move.new_start),
        )
