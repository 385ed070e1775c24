"""One page that needs no network: everybody's week, and how good the timetable is.

The weeks stand in the page as small tables (`scheduler.publish.tables`), and a script draws the one that is asked for;
the summary needs no script. Names are data: the template escapes them, the tables are JSON whose angle brackets are
escaped, and the script puts them in as text. The page's own policy lets nothing run but that script.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.left_out import each_told
from scheduler.publish import costs
from scheduler.publish.costs import card
from scheduler.publish.html import ours, styles, whole
from scheduler.publish.participants import Participant, label
from scheduler.publish.tables import Tables
from scheduler.publish.views import Views
from scheduler.publish.words import weekday
from scheduler.texts import N_, Texts

_MOST_FAULTS: Final = 1000
"""So many faults are shown; of the others only how many."""

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
    return whole(
        "page.html.jinja",
        texts,
        style=ours("page.css") + styles(tables.looks.values()),
        script=ours("page.js"),
        data=Markup(embedded(data)),  # noqa: S704 - without angle brackets, see there
        **_summary(tables, title, private=reader is not None),
    )


def embedded(data: Any) -> str:
    """Write JSON that may stand inside a script element: no angle bracket, no ampersand, no line separator."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


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
        "rules": [costs.told(rule, texts, private=private) for rule in costs.by_weight(timetable.rules)],
        "broken": len(missed) + len(told),
        "faults": told[:_MOST_FAULTS],
        "faults_more": max(0, len(told) - _MOST_FAULTS),
        "days": list(_days(tables)),
        "self_paced": list(_self_paced(tables)),
        "subjects": [
            {"name": s.name or s.id, "sign": tables.looks[s.id].sign, "pattern": tables.looks[s.id].pattern}
            for s in document.subjects
        ],
        "source": costs.source(timetable, texts),
    }


def _facts(tables: Tables) -> Iterator[dict[str, str]]:
    texts, timetable = tables.texts, tables.views.timetable
    yield from costs.quality(timetable, texts)
    lessons = sum(1 for placement in timetable.pattern if placement.kind == "lesson")
    held = sum(1 for occurrence in timetable.occurrences if occurrence.status == "held")
    note = texts.counted("{n} dated meeting", "{n} dated meetings", held)
    yield card(texts("Lessons of the pattern"), texts.number(lessons), note)
    people = sum(1 for someone in tables.people if someone.kind == "student")
    teachers = sum(1 for someone in tables.people if someone.kind == "teacher")
    yield card(texts("Students"), texts.number(people), texts.counted("{n} teacher", "{n} teachers", teachers))


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
