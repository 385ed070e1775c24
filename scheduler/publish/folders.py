"""A folder of calendars: a file for each participant, and a page that lists them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.publish.ics import Feeds, Options
from scheduler.publish.names import file_names
from scheduler.publish.participants import LISTS, participants
from scheduler.publish.session.views import SessionViews
from scheduler.publish.views import Views
from scheduler.publish.words import TITLES, detail
from scheduler.texts import Texts


def calendars(
    document: Document,
    timetable: Timetable,
    plan: SessionPlan | None = None,
    *,
    lang: str | None = None,
    stamp: datetime,
    host: str,
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Write everybody's calendar, each kind in a folder of its name, then `index.html`.

    Parameters
    ----------
    plan
        A session's plan, whose exams and consultations are shown beside the lessons.

    Yields
    ------
    tuple
        A path inside the folder, and the file's content.
    """
    texts = Texts(lang)
    session = None if plan is None else SessionViews(document, plan)
    views = Views(document, timetable)
    feeds = Feeds(views, stamp, host, Options(lang=lang), session)
    lists: list[dict[str, Any]] = []
    titles = [texts(TITLES[kind]) for kind in LISTS]
    for (kind, _), title, folder in zip(LISTS.items(), titles, file_names(titles, ""), strict=True):
        people = sorted(participants(document, kind), key=lambda who: texts.sort_key(who.full_name))
        rows = []
        for who, name in zip(people, file_names((who.full_name for who in people), ".ics"), strict=True):
            path = PurePosixPath(folder, name)
            rows.append({"name": who.full_name, "about": detail(views, who, texts), "link": quote(str(path))})
            yield path, feeds.calendar(who)
        if rows:
            lists.append({"title": title, "rows": rows})
    environment = Environment(loader=PackageLoader("scheduler.publish"), autoescape=True, undefined=StrictUndefined)
    title = document.term.name or texts("Timetable")
    written = environment.get_template("calendars.html.jinja").render(texts=texts, title=title, lists=lists)
    yield PurePosixPath("index.html"), written.encode()
