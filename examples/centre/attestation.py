"""The sample centre's sessions of exams: a summer of state and interim exams, and a few in December beside the lessons.

The state exams are held in the north and in the east, where each begins at ten by its own clocks; interim exams at
workstations, each student at their own site or at home, or on paper at all places at the same time.
"""

from collections.abc import Iterator
from typing import Any

Data = dict[str, Any]
Places = dict[str, tuple[str, ...]]
"""By site: the schools whose students come there."""

# --- places and people ------------------------------------------------------------------------------------------------

ROOMS: list[Data] = [
    {"id": "north-hall", "name": "Актовый зал", "site": "north", "seats": 20, "features": ["exam"]},
    {"id": "north-class", "name": "Кабинет 21", "site": "north", "seats": 12, "features": ["exam"]},
    {"id": "north-quiet", "name": "Кабинет психолога", "site": "north", "seats": 3, "features": ["quiet"]},
    {"id": "river-class", "name": "Кабинет 12", "site": "river", "seats": 12, "features": ["exam"]},
    {
        "id": "north-circle",
        "name": "Кабинет 2",
        "site": "north",
        "seats": 6,
        "features": ["round-table"],
        "hours": [{"start": "17:00", "end": "19:00"}],
    },
    {"id": "east-class", "name": "Кабинет 5", "site": "east", "seats": 8, "features": ["exam"]},
]

CHAIRS = ["t-02", "t-04", "t-07", "t-08", "t-10", "t-13", "t-15"]
"""The centre's methodologists, who may preside over anybody's exam but that of their own students."""

ASSISTANTS = {
    "north": ["t-08", "t-12", "t-13", "t-17"],
    "river": ["t-06", "t-14", "t-15", "t-18"],
    "east": ["t-11", "t-16"],
}
"""By site: those who work there, and so can hand out and collect."""

# --- exams ------------------------------------------------------------------------------------------------------------

STATE = (
    ("alg", 9, 235, "2027-06-02", ""),
    ("rus", 9, 235, "2027-06-08", ""),
    ("civ", 9, 180, None, "s-05 s-26 s-33 s-40"),
    ("phy", 9, 180, None, "s-12 s-47 s-54"),
    ("inf", 9, 150, None, "s-19"),
    ("rus", 11, 210, "2027-05-31", ""),
    ("alg", 11, 235, "2027-06-07", ""),
    ("phy", 11, 235, None, "s-14 s-28 s-42"),
    ("inf", 11, 235, None, "s-07 s-35 s-49"),
    ("lit", 11, 235, None, "s-21 s-56"),
)
"""The state exams: subject, grade, minutes, the date where it is fixed, who chose it; the compulsory ones are everybody's."""

TWO_PLACES: Places = {"north": ("north", "river"), "east": ("east",)}
"""Where state exams are held, and of which schools: those of the river come to the north."""

EACH_SCHOOL: Places = {site: (site,) for site in ASSISTANTS}

INDEPENDENT = ("rus", "civ")
"""Subjects with teachers enough for an examiner who has not taught those who sit the exam."""

TESTS = (
    ("mat-5", 45, ()),
    ("mat-6", 45, ()),
    ("alg-7", 60, ("geogebra",)),
    ("rus-5", 45, ()),
    ("rus-6", 45, ()),
    ("rus-7", 60, ()),
    ("rus-10", 60, ()),
    ("phy-10", 60, ("geogebra",)),
)
"""Interim exams at workstations, everybody at their own site or at home: course, minutes, what a workstation offers."""

WRITTEN = (("alg-8", 90, EACH_SCHOOL), ("rus-8", 90, EACH_SCHOOL), ("alg-10", 120, TWO_PLACES))
"""Interim exams on paper, at all places at the same time: course, minutes, places; examiners are no more than places."""

WINTER = (("alg-9", True), ("alg-10", True), ("alg-11", True), ("rus-11", False), ("phy-10", False))
"""Interim exams beside the lessons of December, as long as these: course, whether a consultation is due before."""

LOCAL_TEN = {"north": "10:00", "east": "08:00"}
"""Ten o'clock by the clocks of each place, told by those of the centre."""

SESSIONS: list[Data] = [
    {
        "id": "winter",
        "name": "Зимняя промежуточная аттестация",
        "kind": "interim",
        "first_day": "2026-12-14",
        "last_day": "2026-12-25",
        "reserve_days": ["2026-12-25"],
        "starts": [{"times": ["09:20", "10:20", "12:10", "13:50"]}],
        "latest_end": "16:00",
        "consultation_starts": ["09:20", "14:40", "15:20"],
        "lessons_give_way": "move",
        "published": "2026-11-27",
    },
    {
        "id": "summer",
        "name": "Летняя сессия",
        "kind": "final",
        "first_day": "2027-05-31",
        "last_day": "2027-06-18",
        "closed_days": ["2027-06-14"],
        "reserve_days": ["2027-06-17", "2027-06-18"],
        "starts": [{"times": ["09:00", "12:00"]}, {"grades": [9, 11], "times": ["08:00", "10:00"]}],
        "latest_end": "16:00",
        "consultation_starts": ["09:00", "11:00", "13:00", "14:30"],
        "lessons_give_way": "move",
        "published": "2027-05-14",
        "seats_per_student": 2,
        "rules": [
            {
                "id": "one-chair",
                "weight": "off",
                "remarks": "Онлайн председатель один и так; на площадках их несколько",
            },
            {
                "id": "state-exams-apart",
                "rule": "SpaceExams",
                "parameters": {"people": "students grade=9,11", "least": 2},
                "source": "Порядок проведения ГИА",
                "remarks": "Между государственными экзаменами не меньше двух дней",
            },
            *(
                {
                    "id": f"{subject}-{grade}-one-day",
                    "rule": "SameTime",
                    "parameters": {"exams": f"exams session=summer subject={subject} grade={grade}", "of": "day"},
                    "source": "Порядок проведения ГИА",
                    "remarks": "В один день во всех пунктах",
                }
                for subject, grade in (("phy", 9), ("inf", 11), ("lit", 11))
            ),
            *(
                {
                    "id": f"screen-{where}-{grades}",
                    "parameters": {"exams": "exams session=summer mode=online"},
                    "remarks": "Кроме государственных экзаменов за компьютером: они длиннее, чем разрешено на день",
                }
                for where in ("school", "home")
                for grades in ("5-9", "10-11")
            ),
        ],
    },
]

ENTITLEMENTS: list[Data] = [
    {
        "student": "s-12",
        "forms": ["written"],
        "extra_minutes": 90,
        "own_room": True,
        "features": ["quiet"],
        "assistant": True,
        "assistants": ["tutor-1", "tutor-2"],
    },
    {
        "student": "s-26",
        "exams": ["alg-9-north", "rus-9-north", "civ-9-north"],
        "extra_minutes": 90,
        "own_workstation": True,
        "features": ["screen-reader"],
    },
    {"student": "s-35", "exams": ["rus-11-north", "alg-11-north", "inf-11-north"], "extra_minutes": 90},
    {
        "student": "s-48",
        "forms": ["written"],
        "extra_minutes": 60,
        "own_workstation": True,
        "features": ["screen-reader"],
        "assistant": True,
        "assistants": ["tutor-4"],
    },
    {"student": "s-50", "forms": ["oral"], "extra_minutes": 30},
]


class Attestation:
    """Makes the lists of the document that are about exams.

    Parameters
    ----------
    students
        Of the document.
    subjects, schools
        Their names.
    """

    def __init__(self, students: list[Data], subjects: dict[str, str], schools: dict[str, str]) -> None:
        self.students = students
        self.subjects = subjects
        self.schools = schools

    def lists(self) -> dict[str, list[Data]]:
        """Return the lists by their names in the document."""
        return {
            "sessions": SESSIONS,
            "exams": [*self._state(), *self._interim(), *self._winter()],
            "commissions": list(self._commissions()),
            "entitlements": ENTITLEMENTS,
        }

    def _commissions(self) -> Iterator[Data]:
        for site, assistants in ASSISTANTS.items():
            for independent in (False, True) if site in TWO_PLACES else (False,):
                yield {
                    "id": f"{site}-independent" if independent else site,
                    "name": f"Комиссия, {self.schools[site]}" + (", независимый экзаменатор" if independent else ""),
                    "seats": [
                        {"role": "chair", "candidates": CHAIRS, "qualified": False, "independent": True},
                        {"role": "examiner", "independent": independent},
                        {
                            "role": "assistant",
                            "candidates": assistants,
                            "qualified": False,
                            "independent": True,
                            "at_site": True,
                        },
                    ],
                }
        yield {
            "id": "online",
            "name": "Комиссия онлайн",
            "seats": [
                {"role": "chair", "one_for_subject": True},
                {"role": "examiner"},
                {"role": "assistant", "qualified": False, "independent": True},
            ],
        }
        yield {
            "id": "winter",
            "name": "Комиссия в декабре",
            "seats": [
                {"role": "chair", "candidates": CHAIRS, "qualified": False},
                {"role": "examiner"},
                {"role": "assistant", "qualified": False, "independent": True},
            ],
        }
        yield {
            "id": "projects",
            "name": "Комиссия по проектам",
            "seats": [
                {"role": "chair", "candidates": ["t-08", "t-15"], "qualified": False},
                {"role": "examiner", "count": 2, "candidates": ["t-07", "t-09", "t-10", "t-14"], "qualified": False},
                {"role": "observer", "candidates": CHAIRS, "qualified": False, "may_be_vacant": True},
            ],
        }

    # --- the state exams ----------------------------------------------------------------------------------------------

    def _state(self) -> Iterator[Data]:
        for subject, grade, minutes, date, chosen in STATE:
            for site, schools in TWO_PLACES.items():
                sitting = [
                    student["id"]
                    for student in self._of_grade(grade)
                    if student["school"] in schools and (not chosen or student["id"] in chosen.split())
                ]
                if sitting:
                    yield self._state_exam(subject, grade, minutes, date, site) | {"students": sitting}

    def _state_exam(self, subject: str, grade: int, minutes: int, date: str | None, site: str) -> Data:
        exam: Data = {
            "id": f"{subject}-{grade}-{site}",
            "name": f"{self._called(subject)} {grade}, {self.schools[site]}",
            "session": "summer",
            "subject": subject,
            "grade": grade,
            "minutes": minutes,
            "site": site,
            "commission": f"{site}-independent" if subject in INDEPENDENT else site,
            "start": LOCAL_TEN[site],
            "consultation": {"minutes": 45, "most_days": 4},
            "remarks": "Начало в 10:00 по местному времени",
        }
        if date is not None:
            exam |= {"date": date, "publish_by": "2027-05-17"}
        if subject == "inf":
            exam |= {"form": "test", "features": ["python"]}
        else:
            exam |= {"room": {"features": ["exam"]}, "own_room": True}
        if (subject, grade, site) == ("phy", 11, "north"):
            exam |= {"apart": ["phy-9-north"], "remarks": "Комплект приборов один на 9 и 11 классы"}
        return exam

    def _called(self, subject: str) -> str:
        """Return what the state exam in a subject is called: it asks for geometry too."""
        return self.subjects["mat" if subject == "alg" else subject]

    # --- interim exams ------------------------------------------------------------------------------------------------

    def _interim(self) -> Iterator[Data]:
        for course, minutes, features in TESTS:
            yield self._online(course, minutes) | {"features": list(features), "consultation": {}}
        for course, minutes, places in WRITTEN:
            yield from self._written(course, minutes, places)
        yield self._online("inf-7-8", 45) | {"features": ["python"], "most_in_part": 7, "same_time": False}
        yield self._online("eng-5-6", 10) | {
            "form": "oral",
            "turn_minutes": 10,
            "turns_at_once": 2,
            "most_in_part": 9,
            "same_time": False,
            "features": ["headset"],
        }
        yield self._online("geo-7", 15) | {"form": "oral", "turn_minutes": 15, "after": ["alg-7"]}
        yield {
            "id": "projects-8",
            "name": "Защита проектов 8",
            "session": "summer",
            "grade": 8,
            "students": [student["id"] for student in self._of_grade(8)],
            "minutes": 15,
            "form": "presentation",
            "turn_minutes": 15,
            "mode": "online",
            "features": ["camera"],
            "commission": "projects",
            "not_after": "2027-06-04",
            "consultation": {"minutes": 30, "by": "examiner"},
        }

    def _online(self, course: str, minutes: int) -> Data:
        """Make an exam of all who learn in a course, each at a workstation of their site or at home."""
        subject, *grades = course.split("-")
        return {
            "id": course,
            "name": f"{self.subjects[subject]} {'-'.join(grades)}",
            "session": "summer",
            "courses": [course],
            "minutes": minutes,
            "form": "test",
            "mode": "online",
            "commission": "online",
            "not_after": "2027-06-11",
        }

    def _written(self, course: str, minutes: int, places: Places) -> Iterator[Data]:
        """Make an exam on paper of those of one grade, at several places at the same time."""
        subject, grade = course.split("-")
        first, *others = places
        for site, schools in places.items():
            yield {
                "id": f"{course}-{site}",
                "name": f"{self.subjects[subject]} {grade}, {self.schools[site]}",
                "session": "summer",
                "subject": subject,
                "grade": int(grade),
                "students": [student["id"] for student in self._of_grade(int(grade)) if student["school"] in schools],
                "minutes": minutes,
                "site": site,
                "room": {"features": ["exam"]},
                "commission": site,
                "together": [f"{course}-{other}" for other in others] if site == first else [],
                "consultation": {},
            }

    def _winter(self) -> Iterator[Data]:
        for course, consultation in WINTER:
            exam = self._online(course, 40) | {
                "id": f"winter-{course}",
                "session": "winter",
                "commission": "winter",
            }
            del exam["not_after"]
            yield exam | ({"consultation": {"minutes": 40}} if consultation else {})

    def _of_grade(self, grade: int) -> list[Data]:
        return [student for student in self.students if student["grade"] == grade]
