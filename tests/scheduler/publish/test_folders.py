"""A folder of calendars, and its list."""

import re
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

from icalendar import Calendar

from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.publish.folders import calendars

STAMP = datetime(2026, 8, 28, 6, 30, tzinfo=UTC)


def test_everybody_has_a_file_that_the_list_leads_to(document: Document, timetable: Timetable) -> None:
    twin = document.students[0].model_copy(update={"id": "twin", "name": "../Иванова  Анна"})
    twins = document.model_copy(update={"students": (*document.students, twin)})
    files = dict(calendars(twins, timetable, lang="ru", stamp=STAMP, host="zvonok.example"))
    index = files.pop(PurePosixPath("index.html")).decode()
    assert [unquote(link) for link in re.findall(r'href="([^"]+)"', index)] == [str(path) for path in files]
    assert [str(path) for path in files][:3] == [
        "Ученики/Иванова Анна.ics", "Ученики/Иванова Анна (2).ics", "Ученики/Кузнецов Глеб.ics",
    ]  # fmt: skip
    assert len(files) == 5 + 3 + 1 + 1 + 1 + 2 + 3 + 5 + 1 + 1
    assert all(Calendar.from_ical(body)["VERSION"] == "2.0" for body in files.values())
    assert all(len(path.parts) == 2 and ".." not in path.parts for path in files)


def test_workstations_of_one_name_are_told_apart_by_their_sites(document: Document, timetable: Timetable) -> None:
    names = [path.name for path, _ in calendars(document, timetable, lang="ru", stamp=STAMP, host="x.example")]
    assert [name for name in names if name.startswith("АРМ-1")] == [
        "АРМ-1, Школа № 1, Москва.ics", "АРМ-1, Школа № 2, Ревда.ics",
    ]  # fmt: skip
