"""One page that needs no network: everybody's week, and how good the timetable is.

The weeks stand in the page as small tables (`scheduler.publish.tables`), and a script draws the one that is asked for;
the summary needs no script. Names are data: the template escapes them, the tables are JSON whose angle brackets are
escaped, and the script puts them in as text. The page's own policy lets nothing run but that script.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scheduler.domain.document import Document
from scheduler.domain.timetable import RuleCost, Timetable
from scheduler.left_out import each_told
from scheduler.publish.colours import Look
from scheduler.publish.participants import Participant, label
from scheduler.publish.tables import Tables
from scheduler.publish.views import Views
from scheduler.publish.words import WEIGHTS, status, weekday
from scheduler.texts import N_, Texts

MOST_SENTENCES: Final = 100
"""So many sentences of one rule are shown, and so many faults ten times over; of the others only how many."""

_TEXTS: Final = {
    "allWeeks": N_("All weeks"), "atSite": N_("at the site"), "byDates": N_("By dates"), "cancelled": N_("Cancelled"),
    "clock": N_("time of {city} ({offset})"),
    "dayOff": N_("Day off"), "everyWeek": N_("Every week"),
    "firstOf": N_("The first {n} of {all}; give more of the name"),
    "found": N_("Found: {n}"), "free": N_("Free"), "groups": N_("Groups"), "heldAs": N_("lessons of {date}"),
    "hours": N_("hours a week: {hours}"), "inWeeks": N_("week {weeks}"), "kind": N_("What it is"), "link": N_("Link"),
    "mode": N_("How"), "movedTo": N_("moved to {date}"), "nobody": N_("Nobody is here"), "nothing": N_("No lessons"),
    "online": N_("online"), "otherBells": N_("other bells: {bells}"), "outside": N_("outside the term"),
    "period": N_("Period"), "pinned": N_("Pinned"), "place": N_("Site"), "reason": N_("Reason"), "room": N_("Room"),
    "rooms": N_("Rooms"),
    "section": N_("{course}, section {section}"), "selfPaced": N_("Self-paced courses"), "someOf": N_("{n} of {all}"),
    "staff": N_("Tutors and support staff"), "students": N_("Students: {n}"), "subject": N_("Subject"),
    "teachers": N_("Teachers"), "until": N_("until {date}"), "week": N_("Week {n}"), "weeks": N_("Weeks"),
    "when": N_("When"), "workstations": N_("Workstations"), "yes": N_("yes"),
}  # fmt: skip


def page(
    document: Document, timetable: Timetable, *, lang: str | None = None, reader: Participant | None = None
) -> bytes:
    """Write the page.

    Parameters
    ----------
    lang
        The language of what is not a name.
    reader
        The parent or the coordinator whom it is for: other people are neither listed nor named among the learners, and
        the rules' sentences, which name anybody, are left out. Everything is shown where nobody is named.
    """
    texts = Texts(lang)
    views = Views(document, timetable)
    tables = Tables(views, texts, reader)
    title = document.term.name or timetable.name or texts("Timetable")
    data = tables.all() | {
        "lang": texts.lang,
        "title": title,
        "texts": {key: texts(text) for key, text in _TEXTS.items()},
        "weekdays": [weekday(texts, day) for day in range(7)],
    }
    folder = files("scheduler.publish") / "templates"
    script = (folder / "page.js").read_text("utf-8")
    style = (folder / "page.css").read_text("utf-8") + "\n".join(_rules_of(list(tables.looks.values())))
    environment = Environment(
        loader=PackageLoader("scheduler.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    written = environment.get_template("page.html.jinja").render(
        texts=texts,
        policy=f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'",
        style=Markup(style),  # noqa: S704 - ours, and colours that are six hexadecimal digits
        script=Markup(script),  # noqa: S704 - ours
        data=Markup(embedded(data)),  # noqa: S704 - without angle brackets, see there
        **_summary(tables, title, private=reader is not None),
    )
    return written.encode()


def embedded(data: Any) -> str:
    """Write JSON that may stand inside a script element: no angle bracket, no ampersand, no line separator."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _rules_of(looks: list[Look]) -> Iterator[str]:
    """The styles of the subjects, by day and by night."""
    yield from (f".s{index}{{--c:{look.colour};--b:{look.light}}}" for index, look in enumerate(looks))
    night = "".join(f".s{index}{{--b:{look.dark}}}" for index, look in enumerate(looks))
    yield f"@media screen and (prefers-color-scheme:dark){{{night}}}"


def _summary(tables: Tables, title: str, *, private: bool) -> dict[str, Any]:
    texts, timetable, document = tables.texts, tables.views.timetable, tables.views.document
    faults = () if private else timetable.faults
    told = [
        {"date": texts.date(fault.date), "iso": fault.date.isoformat(), "sentence": fault.sentence} for fault in faults
    ]
    missed = [rule for rule in timetable.rules if rule.weight == "required" and rule.deviation]
    return {
        "title": title,
        "dates": f"{texts.date(document.term.first_day)} – {texts.date(document.term.last_day)}",
        "facts": list(_facts(tables)),
        "left_out": each_told(texts, timetable.left_out or document.left_out),
        "rules": [_told(rule, texts, private=private) for rule in _by_weight(timetable.rules)],
        "broken": len(missed) + len(told),
        "faults": told[: 10 * MOST_SENTENCES],
        "faults_more": max(0, len(told) - 10 * MOST_SENTENCES),
        "days": list(_days(tables)),
        "self_paced": list(_self_paced(tables)),
        "subjects": [
            {"name": s.name or s.id, "sign": tables.looks[s.id].sign, "pattern": tables.looks[s.id].pattern}
            for s in document.subjects
        ],
        "source": " · ".join(
            part
            for part in (
                timetable.name,
                timetable.id,
                timetable.version and f"Zvonok {timetable.version}",
                texts("seed {seed}", seed=str(timetable.seed)),
                timetable.input and texts("input {digest}", digest=timetable.input[:12]),
            )
            if part
        ),
    }


def _facts(tables: Tables) -> Iterator[dict[str, str]]:
    texts, timetable = tables.texts, tables.views.timetable
    good = {"optimal": "good", "feasible": "plainly"}.get(timetable.status, "bad")
    yield {"what": texts("Status"), "value": texts(status(timetable)), "look": good, "note": ""}
    if timetable.cost is not None:
        yield {
            "what": texts("Cost"),
            "value": texts.number(timetable.cost),
            "look": "",
            "note": texts("less is better"),
        }
    if timetable.bound is not None:
        note = texts("no timetable can cost less")
        yield {"what": texts("Proven bound"), "value": texts.number(timetable.bound), "look": "", "note": note}
    if timetable.cost is not None and timetable.bound is not None:
        gap = (timetable.cost - timetable.bound) / timetable.cost if timetable.cost else 0.0
        yield {"what": texts("Gap"), "value": texts.percent(gap), "look": "", "note": texts("cost above the bound")}
    lessons = sum(1 for placement in timetable.pattern if placement.kind == "lesson")
    held = sum(1 for occurrence in timetable.occurrences if occurrence.status == "held")
    note = texts.counted("{n} dated meeting", "{n} dated meetings", held)
    yield {"what": texts("Lessons of the pattern"), "value": texts.number(lessons), "look": "", "note": note}
    people = sum(1 for someone in tables.people if someone.kind == "student")
    teachers = sum(1 for someone in tables.people if someone.kind == "teacher")
    note = texts.counted("{n} teacher", "{n} teachers", teachers)
    yield {"what": texts("Students"), "value": texts.number(people), "look": "", "note": note}


def _by_weight(rules: tuple[RuleCost, ...]) -> list[RuleCost]:
    """Missed requirements first, then what costs most, then what is kept."""
    return sorted(rules, key=lambda rule: (not (rule.weight == "required" and rule.deviation), -rule.cost))


def _told(rule: RuleCost, texts: Texts, *, private: bool) -> dict[str, Any]:
    if not rule.deviation:
        look, sign, told = "kept", "✓", texts("kept everywhere")
    elif rule.weight == "required":
        look, sign, told = "missed", "✗", texts("required and missed")
    else:
        look, sign, told = "costs", "−", texts("a wish that costs")
    weight = texts(WEIGHTS[rule.weight]) if isinstance(rule.weight, str) else texts.number(rule.weight)
    sentences = () if private else rule.sentences
    return {
        "id": rule.rule,
        "name": texts(rule.name),
        "weight": weight,
        "deviation": texts.number(rule.deviation),
        "cost": texts.number(rule.cost),
        "look": look,
        "sign": sign,
        "told": told,
        "sentences": sentences[:MOST_SENTENCES],
        "places": texts.counted("{n} place", "{n} places", len(sentences)),
        "more": max(0, len(sentences) - MOST_SENTENCES),
    }


def _days(tables: Tables) -> Iterator[dict[str, str]]:
    """Holidays, moved and shortened days in order."""
    texts, document = tables.texts, tables.views.document
    term = document.term
    found: list[tuple[date, str, str]] = []
    for day in term.holidays:
        when = texts.date(day.first) if day.first == day.last else f"{texts.date(day.first)} – {texts.date(day.last)}"
        found.append((day.first, when, day.name or texts("Day off")))
    for moved in term.moved_days:
        what = texts("lessons of {date}", date=texts.date(moved.as_date))
        found.append((moved.date, texts.date(moved.date), what))
    for short in term.shortened_days:
        sites = ", ".join(label(document, "sites", site) for site in short.sites)
        what = texts("other bells: {bells}", bells=label(document, "bells", short.bells)) + (
            f" ({sites})" if sites else ""
        )
        found.append((short.date, texts.date(short.date), what))
    for _, when, what in sorted(found):
        yield {"when": when, "what": what}


def _self_paced(tables: Tables) -> Iterator[dict[str, str]]:
    texts, document = tables.texts, tables.views.document
    for item in sorted(tables.views.timetable.self_paced, key=lambda item: (item.deadline, item.course)):
        students = [key for key in item.students if tables.may_see("student", key)]
        if students or tables.reader is None:
            names = [label(document, "students", key) for key in students] if len(students) <= 5 else []
            groups = [label(document, "groups", key) for key in item.groups]
            who = ", ".join(groups or names) or texts("Students: {n}", n=len(students))
            when = texts("until {date}", date=texts.date(item.deadline))
            yield {"when": when, "title": tables.views.course_title(item.course), "who": who}
