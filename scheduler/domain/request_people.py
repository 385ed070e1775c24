"""What follows from what is said of a request for a consultation: who learns, who may hold it, where it is held."""

from scheduler.domain.base import Id
from scheduler.domain.courses import Claimant, Course
from scheduler.domain.document import Document
from scheduler.domain.exams import Request


def course_of(document: Document, request: Request) -> Course | None:
    """Return the course that a request is about, if it is about one."""
    return document.course(request.course) if request.course is not None else None


def students_of(document: Document, request: Request) -> tuple[Id, ...]:
    """Return the students by name, the members of its groups included, in the order of the document."""
    members = (student for group in request.groups for student in document.members(group))
    return document.ordered("students", [*request.students, *members])


def size_of(document: Document, request: Request) -> int:
    """Tell how many learn, those of groups without names included."""
    unnamed = (group for group in request.groups if not document.members(group))
    return len(students_of(document, request)) + sum(document.group(group).size or 1 for group in unnamed)


def teachers_of(document: Document, request: Request) -> tuple[Id, ...]:
    """Return who may hold it: who is named, else the course's own, else the qualified who serve the school."""
    course = course_of(document, request)
    if request.teachers or course is None:
        return request.teachers
    return course.teachers or qualified(document, course, site_of(document, request))


def qualified(document: Document, course: Course, site: Id | None) -> tuple[Id, ...]:
    """Return the teachers who may teach a course and serve the school of a site, in the order of the document."""
    school = document.site(site).school if site is not None else None
    return tuple(
        teacher.id
        for teacher in document.teachers
        if teacher.may_teach(course.subject, course.grade)
        and (not teacher.schools or school is None or school in teacher.schools)
    )


def site_of(document: Document, request: Request) -> Id | None:
    """Return the site that it is at, as that of a lesson: the named one, the course's, that of the groups or of all."""
    course = course_of(document, request)
    if request.site is not None:
        return request.site
    if course is not None and course.site is not None:
        return course.site
    of_groups = [site for group in request.groups if (site := document.group(group).site) is not None]
    sites = {document.student(student).site for student in students_of(document, request)}
    return of_groups[0] if of_groups else sites.pop() if len(sites) == 1 else None


def needs_workstation(document: Document, request: Request, who: Claimant) -> bool:
    """Whether these need a workstation when they sit at a site: as in its course, else everybody online."""
    course = course_of(document, request)
    if course is None or course.workstations_for is None:
        return request.mode == "online"
    return who in course.workstations_for
