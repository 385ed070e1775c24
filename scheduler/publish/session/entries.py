"""Somebody's exams and consultations as a calendar shows them.

Nobody's feed names a student but a parent's own children, and none tells what anybody is entitled to.
"""

from collections.abc import Iterator

from scheduler.domain.session_plan import Consultation, Sitting
from scheduler.publish.entries import Entry
from scheduler.publish.participants import Participant, label
from scheduler.publish.session.appointments import Appointment
from scheduler.publish.session.views import SessionViews
from scheduler.publish.session.words import (
    FORMS,
    ROLES,
    consultation_subject,
    exam_title,
    own_place,
    person,
    rooms,
    sitting_title,
)
from scheduler.texts import Texts


def entries(views: SessionViews, who: Participant, texts: Texts) -> Iterator[Entry]:
    """Tell a participant's exams and consultations in order of time."""
    for held in views.of(who):
        if isinstance(held.of, Sitting):
            summary, lines = _exam(views, who, held.of, held, texts), _of_exam(views, who, held.of, held, texts)
        else:
            summary, lines = _consultation(views, who, held.of, texts), _of_consultation(views, who, held.of, texts)
        online = held.of.mode == "online"
        yield Entry(
            identity=held.identity,
            start=held.start,
            end=held.end,
            summary=texts("{course} (online)", course=summary) if online else summary,
            location=_location(views, who, held),
            description="\n".join(lines),
            category=texts("Exam") if held.sitting else texts("Consultation"),
            online=online,
            link=_link(views, held.of),
        )


def _exam(views: SessionViews, who: Participant, sitting: Sitting, held: Appointment, texts: Texts) -> str:
    if who.kind in {"student", "parent"}:
        children = _children(views, who, [held.student] if held.student else [])
        return children + texts("Exam: {exam}", exam=exam_title(views, sitting.exam, texts))
    title = sitting_title(views, sitting, texts)
    return (
        texts("Beside a student at the exam: {exam}", exam=title) if held.assists else texts("Exam: {exam}", exam=title)
    )


def _of_exam(views: SessionViews, who: Participant, sitting: Sitting, held: Appointment, texts: Texts) -> Iterator[str]:
    if held.role is not None:
        yield texts("Role in the commission: {role}", role=texts(ROLES[held.role]))
    yield texts("Form: {form}", form=texts(FORMS[views.exam(sitting.exam).form]))
    others = [
        f"{person(views, official.person)} ({texts(ROLES[official.role])})"
        for official in sitting.commission
        if official.person != who.id
    ]
    if others:
        yield texts("Commission: {names}", names=", ".join(others))
    if who.kind not in {"student", "parent"}:
        yield texts("Students: {n}", n=views.size(sitting))


def _consultation(views: SessionViews, who: Participant, held: Consultation, texts: Texts) -> str:
    told = texts("Consultation: {subject}", subject=consultation_subject(views, held, texts))
    return _children(views, who, held.students) + told


def _of_consultation(views: SessionViews, who: Participant, held: Consultation, texts: Texts) -> Iterator[str]:
    document = views.document
    if (who.kind, who.id) != ("teacher", held.teacher):
        yield texts.counted("Teacher: {names}", "Teachers: {names}", 1, names=label(document, "teachers", held.teacher))
    if held.groups:
        names = ", ".join(label(document, "groups", key) for key in held.groups)
        yield texts.counted("Group: {names}", "Groups: {names}", len(held.groups), names=names)
    if who.kind not in {"student", "parent"} and held.students:
        yield texts("Students: {n}", n=len(held.students))
    if link := _link(views, held):
        yield texts("Link: {link}", link=link)


def _children(views: SessionViews, who: Participant, students: list[str] | tuple[str, ...]) -> str:
    """A parent's own children of these, where there is more than one child to tell apart."""
    if who.kind != "parent" or len(views.document.parent(who.id).students) < 2:
        return ""
    own = views.document.parent(who.id).students
    named = [label(views.document, "students", key) for key in students if key in own]
    return f"{', '.join(named)}: " if named else ""


def _location(views: SessionViews, who: Participant, held: Appointment) -> str:
    place = own_place(views, held, who.site)
    if not place and isinstance(held.of, Sitting) and held.student is None:
        place = rooms(views, held.of)
    return place or who.place


def _link(views: SessionViews, held: Sitting | Consultation) -> str:
    """The link of the course that a consultation belongs to."""
    document = views.document
    if isinstance(held, Sitting):
        return ""
    courses = views.exam(held.exam).courses if held.exam is not None else ()
    if held.request is not None and document.has("requests", held.request):
        courses = tuple(filter(None, (document.request(held.request).course,)))
    if len(courses) != 1 or not document.has("courses", courses[0]):
        return ""
    return document.course(courses[0]).link.strip()
