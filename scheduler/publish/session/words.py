"""What exams, their parts, places and people are called on every page, sheet and calendar of a session."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from scheduler.domain.exam_students import grade_of
from scheduler.domain.exams import Form, Role
from scheduler.domain.session_plan import Consultation, LessonChange, Sitting
from scheduler.publish.participants import LISTS, label
from scheduler.publish.session.appointments import Appointment
from scheduler.publish.session.views import SessionViews
from scheduler.publish.words import city
from scheduler.texts import N_, Texts

ROLES: Final[dict[Role, str]] = {
    "chair": N_("Chair"),
    "examiner": N_("Examiner"),
    "assistant": N_("Assistant"),
    "observer": N_("Observer"),
}
"""What somebody is called in a commission."""

FORMS: Final[dict[Form, str]] = {
    "written": N_("written exam"),
    "oral": N_("oral exam"),
    "test": N_("test at a workstation"),
    "presentation": N_("presentation"),
}
"""How an exam is held."""


def exam_title(views: SessionViews, exam: str, texts: Texts) -> str:
    """What people call an exam: its name, or its subject and grade."""
    found = views.exam(exam)
    subject = views.subject(exam)
    if found.name or subject is None:
        return found.name or found.id
    name, grade = label(views.document, "subjects", subject), grade_of(views.document, found)
    return name if grade is None else f"{name}, {texts('grade {grade}', grade=grade)}"


def part_of(views: SessionViews, sitting: Sitting, texts: Texts) -> str:
    """Which part of its exam a sitting is, where there are several."""
    parts = views.parts(sitting.exam)
    return texts("part {part} of {parts}", part=sitting.part, parts=parts) if parts > 1 else ""


def sitting_title(views: SessionViews, sitting: Sitting, texts: Texts) -> str:
    """The exam, with its part where there are several."""
    return ", ".join(filter(None, (exam_title(views, sitting.exam, texts), part_of(views, sitting, texts))))


def consultation_subject(views: SessionViews, held: Consultation, texts: Texts) -> str:
    """What a consultation is about: the exam, or what was asked for."""
    if held.exam is not None:
        return exam_title(views, held.exam, texts)
    document = views.document
    if held.request is None or not document.has("requests", held.request):
        return held.request or held.id
    request = document.request(held.request)
    return request.name or course_title(views, request.course) or request.id


def course_title(views: SessionViews, course: str | None) -> str:
    """What people call a course: its name, or its subject's; another event's own name."""
    document = views.document
    if course is not None and document.has("courses", course):
        found = document.course(course)
        return found.name or label(document, "subjects", found.subject)
    return label(document, "events", course)


def lesson_title(views: SessionViews, change: LessonChange) -> str:
    """What people call the lesson that gives way; its occurrence begins with the course."""
    return course_title(views, change.occurrence.partition("/")[0])


def reason(views: SessionViews, change: LessonChange, texts: Texts) -> str:
    """For what a lesson gives way."""
    if change.change == "suspended":
        return texts("Lessons are suspended during the session")
    exams = dict.fromkeys(because.partition("/")[0] for because in change.because)
    if names := [exam_title(views, exam, texts) if views.document.has("exams", exam) else exam for exam in exams]:
        return texts("Exam: {exam}", exam=", ".join(names))
    lessons = dict.fromkeys(course_title(views, lesson.partition("/")[0]) for lesson in change.instead)
    return texts("Lesson: {lesson}", lesson=", ".join(lessons)) if lessons else texts("Makes room for others")


def person(views: SessionViews, key: str) -> str:
    """The name of somebody of a commission, or of who sits with a student."""
    kind, _ = views.kind_of(key)
    return label(views.document, LISTS[kind], key)


def own_place(views: SessionViews, held: Appointment, site: str | None = None) -> str:
    """Where a participant is: workstation, room, and the site where it is another one than that named."""
    document = views.document
    parts = [label(document, "workstations", held.workstation), label(document, "rooms", held.room)]
    where = held.of.site
    if held.workstation is not None and document.has("workstations", held.workstation):
        where = document.workstation(held.workstation).site
    elif held.room is not None and document.has("rooms", held.room):
        where = document.room(held.room).site
    if where != site:
        parts.append(label(document, "sites", where))
    return ", ".join(filter(None, parts))


def rooms(views: SessionViews, held: Sitting | Consultation) -> str:
    """The rooms of a sitting or a consultation."""
    all_rooms = held.rooms if isinstance(held, Sitting) else (held.room, *held.also)
    return ", ".join(label(views.document, "rooms", room) for room in all_rooms if room is not None)


def span(start: datetime, end: datetime) -> str:
    """From when to when, by the 24-hour clock."""
    return f"{start:%H:%M}–{end:%H:%M}"


def clock(texts: Texts, zone: str, at: datetime) -> str:
    """By which clock times are told."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    mark = "−" if offset < timedelta() else "+"
    told = f"UTC{mark}{hours}" + (f":{minutes:02}" if minutes else "")
    return texts("time of {city} ({offset})", city=city(texts, zone), offset=told)


def clear_days(clear: int, texts: Texts) -> str:
    """How many clear days lie between two exams."""
    if clear < 0:
        return texts("on one day")
    return texts.counted("{n} clear day", "{n} clear days", clear) if clear else texts("no clear day")
