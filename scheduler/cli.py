"""The command line: `zvonok`.

Each command reads, calls one operation and shows what came out. Other packages add commands by an entry point of the
group ``zvonok.commands``, whose object is a function as typer takes it.

Exit codes: 0 done, 1 impossible (with reasons), 2 bad input.
"""

import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import entry_points
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
import typer.core

from scheduler import reports, search_reports
from scheduler.console import Console
from scheduler.files import write_text
from scheduler.progress import ProgressLine
from scheduler.signals import stopping
from scheduler.texts import LANGUAGES, N_, Texts, preferred

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.domain.timetable import Timetable as Made

GROUP = "zvonok.commands"

File = Annotated[
    Path, typer.Argument(metavar="FILE", help=N_("The term: a workbook (XLSX), YAML, JSON, FET or ITC-2007 file."))
]
Kind = Annotated[str | None, typer.Option("--from", help=N_("The file's format, where its content is not to decide."))]
Supported = Annotated[
    bool,
    typer.Option(
        "--ignore-unsupported",
        help=N_("Go on where the file asks for what is not supported; the timetable says so."),
    ),
]
Lang = Annotated[Literal["en", "ru"] | None, typer.Option("--lang", help=N_("The language; by default the locale's."))]
Json = Annotated[bool, typer.Option("--json", help=N_("Write JSON for programs."))]
Timetable = Annotated[Path, typer.Argument(metavar="TIMETABLE", help=N_("A timetable that generate wrote."))]
Plans = Annotated[
    list[Path] | None,
    typer.Option("--plan", help=N_("With a timetable: a session's plan beside which it is held; may be repeated.")),
]
Result = Annotated[
    Path, typer.Argument(metavar="RESULT", help=N_("A timetable that generate wrote, or a plan that attest wrote."))
]
Seconds = Annotated[
    float, typer.Option(min=0.1, help=N_("How long to search; to say why it is impossible may take a quarter more."))
]
Counted = Annotated[
    float | None,
    typer.Option(
        "--work", min=0.1, help=N_("Counted work instead of seconds: with one process the result repeats exactly.")
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help=N_("How many processes search; as many as there are processors unless told.")),
]


class Commands(typer.core.TyperGroup):
    """Our commands and those that other packages add; the latter are imported only when they are named."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *sorted(entry_points(group=GROUP).names)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        for point in entry_points(group=GROUP, name=cmd_name):
            alone = typer.Typer(add_completion=False)
            alone.command(point.name)(point.load())
            return translated(typer.main.get_command(alone), Texts(asked(sys.argv[1:])))
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    name="zvonok",
    cls=Commands,
    help=N_("Zvonok makes, audits and publishes timetables."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command(help=N_("Write an empty workbook to fill in, with headings, drop-downs and an example."))
def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The workbook to write, such as centre.xlsx."))],
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    with Console(lang, as_json=as_json) as console:
        from scheduler.formats import workbook

        workbook.init(file, console.texts.lang)
        console.show(reports.of_written(console.texts, file))


@app.command(help=N_("Say what is wrong with a file, and what makes its timetable or its exams impossible."))
def check(
    file: File,
    ignore_unsupported: Supported = False,
    kind: Kind = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    with Console(lang, as_json=as_json) as console:
        from scheduler.operations.check import check as operation

        document = _document(console, file, kind, ignore_unsupported)
        _notice(console, document)
        console.show(reports.of_check(console.texts, operation(document), document.left_out))


@app.command(help=N_("Make a timetable. Ctrl-C stops and keeps the best so far."))
def generate(
    file: File,
    out: Annotated[Path, typer.Option("-o", "--out", help=N_("Where to write the timetable."))] = Path(
        "timetable.json"
    ),
    seconds: Seconds = 60,
    work: Counted = None,
    seed: Annotated[int, typer.Option(min=0, help=N_("Another number makes another timetable."))] = 1,
    workers: Workers = None,
    start: Annotated[Path | None, typer.Option(help=N_("A timetable to start from."))] = None,
    pin: Annotated[
        list[str] | None, typer.Option(help=N_("A course or an event that stays as in --start; may be repeated."))
    ] = None,
    ignore_unsupported: Supported = False,
    kind: Kind = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    with (
        Console(lang, as_json=as_json) as console,
        stopping(lambda: console.note(console.texts("Stopping; the best so far is kept."))) as stop,
    ):
        from scheduler.formats import native
        from scheduler.operations.generate import generate as operation

        document = _document(console, file, kind, ignore_unsupported)
        _notice(console, document)
        before = None if start is None else native.read_timetable(start)
        with ProgressLine(console.texts, console.err, time.monotonic) as progress:
            outcome = operation(
                document,
                seconds=seconds,
                work=work,
                seed=seed,
                workers=workers or os.cpu_count() or 1,
                start=before,
                pins=tuple(pin or ()),
                stop=stop.is_set,
                progress=progress,
                texts=console.texts,
            )
        if outcome.timetable is not None:
            write_text(out, native.dumps(outcome.timetable, as_json=True))
        console.show(search_reports.of_outcome(console.texts, outcome, out, document.left_out))


@app.command(help=N_("Place the exams of a session, with commissions and consultations. Ctrl-C keeps the best so far."))
def attest(
    file: File,
    timetable: Annotated[
        Path | None, typer.Option(help=N_("The term's timetable, beside whose lessons the exams are held."))
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help=N_("Where to write the plan."))] = Path("session.json"),
    session: Annotated[
        list[str] | None, typer.Option(help=N_("Only the exams of this session; may be repeated."))
    ] = None,
    seconds: Seconds = 60,
    work: Counted = None,
    seed: Annotated[int, typer.Option(min=0, help=N_("Another number makes another plan."))] = 1,
    workers: Workers = None,
    start: Annotated[Path | None, typer.Option(help=N_("A plan to start from."))] = None,
    ignore_unsupported: Supported = False,
    kind: Kind = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    with (
        Console(lang, as_json=as_json) as console,
        stopping(lambda: console.note(console.texts("Stopping; the best so far is kept."))) as stop,
    ):
        from scheduler.formats import native
        from scheduler.operations.attest import attest as operation

        document = _document(console, file, kind, ignore_unsupported)
        _notice(console, document)
        beside = None if timetable is None else native.read_timetable(timetable)
        before = None if start is None else native.read_session_plan(start)
        _refuse_strangers(document, (timetable, beside))
        with ProgressLine(console.texts, console.err, time.monotonic) as progress:
            outcome = operation(
                document,
                beside,
                sessions=tuple(session or ()),
                seconds=seconds,
                work=work,
                seed=seed,
                workers=workers or os.cpu_count() or 1,
                start=before,
                stop=stop.is_set,
                progress=progress,
                texts=console.texts,
            )
        if outcome.plan is not None:
            write_text(out, native.dumps(outcome.plan, as_json=True))
        console.show(search_reports.of_attested(console.texts, outcome, out, document))


@app.command(help=N_("Propose times for the consultations that are asked for, or accept what was proposed."))
def consult(
    file: File,
    timetable: Timetable,
    request: Annotated[list[str] | None, typer.Option(help=N_("Only this request; may be repeated."))] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="REQUEST=N", help=N_("The proposal to accept, as in R1=2; may be repeated.")),
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help=N_("Where to write the new timetable."))] = None,
    plan: Plans = None,
    ignore_unsupported: Supported = False,
    kind: Kind = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    with Console(lang, as_json=as_json) as console:
        from scheduler import consult_reports
        from scheduler.formats import native
        from scheduler.operations import consult as operation

        document = _document(console, file, kind, ignore_unsupported)
        before, asked = native.read_timetable(timetable), tuple(request or ())
        plans = _plans(document, timetable, before, plan)
        if not accept:
            answers = operation.consult(document, before, asked, plans)
            console.show(consult_reports.of_answers(console.texts, document, before, answers))
            return
        written = consult_reports.new_file(timetable, out)
        proposals = operation.choose(document, before, accept, asked, plans)
        accepted = operation.accept(document, before, proposals, plans)
        if accepted.timetable is not None:
            write_text(written, native.dumps(accepted.timetable, as_json=True))
        console.show(consult_reports.of_accepted(console.texts, document, before, proposals, accepted, written))


@app.command(help=N_("Recount every rule on a timetable or a session's plan, without the solver."))
def audit(
    file: File,
    result: Result,
    timetable: Annotated[
        Path | None, typer.Option(help=N_("With a plan: its timetable, whose lessons are then looked at too."))
    ] = None,
    plan: Plans = None,
    ignore_unsupported: Supported = False,
    kind: Kind = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    with Console(lang, as_json=as_json) as console:
        from scheduler.formats import native
        from scheduler.operations.audit import audit_result

        document, told = _document(console, file, kind, ignore_unsupported), native.read_result(result)
        beside = None if timetable is None else native.read_timetable(timetable)
        plans = _plans(document, result, told, plan, (timetable, beside))
        found = audit_result(document, told, beside, plans)
        console.show(reports.of_audit(console.texts, found, document.left_out))


@app.command(help=N_("Say what differs between two timetables, and what each costs."))
def compare(
    file: File,
    first: Timetable,
    second: Timetable,
    ignore_unsupported: Supported = False,
    kind: Kind = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    with Console(lang, as_json=as_json) as console:
        from scheduler.formats import native
        from scheduler.operations.compare import compare as operation

        document = _document(console, file, kind, ignore_unsupported)
        before, after = native.read_timetable(first), native.read_timetable(second)
        _refuse_strangers(document, (first, before), (second, after))
        found = operation(document, before, after)
        console.show(reports.of_comparison(console.texts, found, document.left_out))


@app.command(help=N_("Write a timetable or a session's plan as a workbook, a page, calendars or a solution file."))
def export(
    file: File,
    result: Result,
    to: Annotated[
        Literal["xlsx", "html", "ics", "fet", "itc2007-course", "itc2007-exam"], typer.Option(help=N_("As what."))
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help=N_("The file to write; for calendars, the folder."))],
    timetable: Annotated[
        Path | None, typer.Option(help=N_("With a plan: its timetable, whose lessons the calendars then hold too."))
    ] = None,
    ignore_unsupported: Supported = False,
    kind: Kind = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    with Console(lang, as_json=as_json) as console:
        from scheduler.exports import Order
        from scheduler.exports import export as operation
        from scheduler.formats import native

        document, told = _document(console, file, kind, ignore_unsupported), native.read_result(result)
        beside = None if timetable is None else native.read_timetable(timetable)
        _refuse_strangers(document, (result, told), (timetable, beside))
        # The file's own time, not the clock's: what has not changed is written the same to the byte.
        made = datetime.fromtimestamp(result.stat().st_mtime, UTC)
        written = operation(Order(document, told, console.texts, made, out, file, beside), to)
        console.show(reports.of_written(console.texts, *written))


@app.command(help=N_("List the rules that a policy can name."))
def rules(lang: Lang = None, as_json: Json = False) -> None:
    with Console(lang, as_json=as_json) as console:
        console.show(reports.of_rules(console.texts))


@app.command(help=N_("Write the JSON Schema of a document, a timetable or a session's plan."))
def schema(
    of: Annotated[Literal["document", "timetable", "session"], typer.Option(help=N_("Of what."))] = "document",
    lang: Lang = None,
    as_json: Json = True,
) -> None:
    with Console(lang, as_json=as_json) as console:
        from scheduler.domain.schema import json_schema

        console.dump(json_schema(of))


def asked(arguments: Sequence[str]) -> str:
    """Return the language that the arguments ask for, or else the locale; the help needs it before they are read."""
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        named = following if argument == "--lang" else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and named in LANGUAGES:
            return named
    return preferred()


def translated(command: Any, texts: Texts) -> Any:
    """Tell the help of a command, its options and its own commands in a language."""
    command.help = texts(command.help or "")
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = texts(parameter.help)
        parameter.rich_help_panel = texts("Arguments") if parameter.param_type_name == "argument" else texts("Options")
    for inner in getattr(command, "commands", {}).values():
        translated(inner, texts).rich_help_panel = texts("Commands")
    return command


def main() -> None:
    """Run the command line."""
    translated(typer.main.get_command(app), Texts(asked(sys.argv[1:])))(prog_name="zvonok")


def _document(console: Console, file: Path, kind: str | None, ignore_unsupported: bool) -> "Document":
    from scheduler.formats import placed, read

    document = read(file, kind, ignore_unsupported=ignore_unsupported)
    console.placed = partial(placed, file, kind)
    return document


def _refuse_strangers(document: "Document", *results: "tuple[Path | None, Made | SessionPlan | None]") -> None:
    """Refuse timetables and plans of another document, each with its file; whichever are there."""
    from scheduler.domain.strangers import strangers
    from scheduler.errors import refuse

    there = ((path, result) for path, result in results if result is not None)
    refuse(fault.within(str(path)) for path, result in there for fault in strangers(document, result))


def _plans(
    document: "Document",
    path: Path,
    result: "Made | SessionPlan",
    files: list[Path] | None,
    *more: "tuple[Path | None, Made | SessionPlan | None]",
) -> "tuple[SessionPlan, ...]":
    """Read the plans beside which a timetable stands, and refuse them, it and more where they do not belong together."""
    from scheduler.domain.giving_way import misfits
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.errors import refuse
    from scheduler.formats import native

    read = [(file, native.read_session_plan(file)) for file in files or ()]
    _refuse_strangers(document, (path, result), *more, *read)
    if not isinstance(result, SessionPlan):
        refuse(fault.within(str(file)) for file, plan in read for fault in misfits(result, plan))
    return tuple(plan for _, plan in read)


def _notice(console: Console, document: "Document") -> None:
    """Tell what the policy would have otherwise, and which of its profiles is out of date."""
    from scheduler.policies.figures import notices

    for notice in notices(document, date.today()):  # noqa: DTZ011 - a reader's day is the reader's
        console.note(console.texts.fault(notice))


if __name__ == "__main__":
    main()
