"""The sample centre: a distance-education resource centre that does not exist, written as a workbook and as YAML.

Sixty students of grades 5-11 with plans of their own learn with eleven network and seven staff teachers: at three
schools, of which one lies two hours east, and a third of them at home. Everybody's name is put together from invented
parts. The same seed makes the same centre; run it after a change and commit what it writes.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from examples.centre.attestation import ROOMS, Attestation
from examples.centre.consultations import REQUESTS
from scheduler.domain.base import tell_exact
from scheduler.domain.check import check
from scheduler.domain.document import Document
from scheduler.errors import refuse
from scheduler.formats import native, workbook

HERE = Path(__file__).parent
Data = dict[str, Any]

# --- names ------------------------------------------------------------------------------------------------------------

FIRST = "Листо Снего Звездо Луго Верто Лесо Водо Громо Ветро Цвето Медо Ледо Росо Туче"
SECOND = "звонов гранов лётов веев миров градов боров лугов"
GIRLS = "Анна Вера Дарья Ева Зоя Инна Кира Лада Майя Нина Ольга Полина Рита Софья Таисия Ульяна Яна"
BOYS = "Антон Борис Вадим Глеб Денис Егор Иван Кирилл Лев Марк Назар Олег Павел Роман Семён Тимур Юрий"
OF_FATHERS = "Андреев Борисов Викторов Глебов Денисов Егоров Иванов Львов Маратов Павлов"

# --- times and places -------------------------------------------------------------------------------------------------

STARTS = ("08:30", "09:20", "10:20", "11:20", "12:10", "13:00", "13:50", "14:40")
EAST = ("08:40", "09:30", "10:30", "11:20", "12:20", "13:20", "14:10", "15:00", "15:50", "16:40")
SHORT = ("08:30", "09:10", "09:50", "10:40", "11:20", "12:00", "12:40", "13:20")

TERM: Data = {
    "name": "Первое полугодие 2026/27",
    "time_zone": "Europe/Moscow",
    "first_day": "2026-09-01",
    "last_day": "2026-12-29",
    "week_days": 5,
    "cycle": 2,
    "anchor": "2026-08-31",
    "holidays": [{"first": "2026-10-26", "last": "2026-11-04", "name": "Осенние каникулы"}],
    "moved_days": [{"date": "2026-12-05", "as_date": "2026-11-04"}],
    "shortened_days": [{"date": "2026-10-05", "bells": "short", "sites": ["river"]}],
}
SITES = {"north": ("Северная", 26, 6), "river": ("Заречная", 22, 5), "east": ("Восточная", 12, 3)}
"""By site: the school's name, its students, its workstations."""

FEATURES = {
    "north": ("geogebra python", "geogebra python", "geogebra", "screen-reader geogebra python", "python", ""),
    "river": ("geogebra python", "geogebra python", "screen-reader geogebra python", "geogebra", "python"),
    "east": ("geogebra python", "geogebra python", "screen-reader geogebra python"),
}
"""What each workstation offers besides a camera and a headset; one with a screen reader is a laptop and stands in no room."""

# --- what is learnt ---------------------------------------------------------------------------------------------------

SUBJECTS = {
    "mat": "Математика", "alg": "Алгебра", "geo": "Геометрия", "rus": "Русский язык", "lit": "Литература",
    "eng": "Английский язык", "his": "История", "civ": "Обществознание", "phy": "Физика", "che": "Химия",
    "bio": "Биология", "map": "География", "inf": "Информатика", "pe": "Физическая культура", "art": "Технология",
    "talk": "Логопедические занятия", "money": "Финансовая грамотность", "safe": "Безопасность в сети",
    "astro": "Астрономия",
}  # fmt: skip

BY_GRADE = {
    5: "mat 2 rus 2 lit 1 his 1 bio 1/2 map 1/2 inf 1/2",
    6: "mat 2 rus 2 lit 1 his 1 bio 1/2 map 1/2 civ 1/2",
    7: "alg 3/2 geo 1 rus 3/2 lit 1 his 1 bio 1/2 map 1/2 phy 1",
    8: "alg 3/2 geo 1 rus 3/2 lit 1 his 1 phy 1 che 1 map 1/2",
    9: "alg 2 geo 1 rus 2 lit 1 his 1 phy 1 che 1/2 civ 1/2",
    10: "alg 2 geo 1 rus 3/2 lit 1 his 1 phy 3/2 che 1/2 civ 1",
    11: "alg 2 geo 1 rus 2 lit 3/2 his 1 phy 3/2 civ 1",
}
"""By grade: the subjects taught online to all schools together, with hours a week."""

SECTIONED = {
    "eng-5-6": ("eng", Fraction(3, 2), (5, 6), 4, 7),
    "eng-7-8": ("eng", Fraction(3, 2), (7, 8), 4, 7),
    "eng-9-11": ("eng", Fraction(3, 2), (9, 10, 11), 4, 7),
    "inf-7-8": ("inf", Fraction(1), (7, 8), 4, 7),
    "inf-10-11": ("inf", Fraction(1), (10, 11), 4, 7),
}
"""By course: subject, hours, grades, least and most students of the sections that are formed from the plans."""

TEACHERS = {
    "t-01": ("network", None, "mat alg", range(5, 9), "mon tue wed thu"),
    "t-02": ("network", None, "alg geo", range(7, 12), "mon tue wed thu fri"),
    "t-03": ("network", None, "rus lit", range(5, 8), "mon tue thu fri"),
    "t-04": ("network", None, "rus lit", range(8, 12), "mon tue wed thu fri"),
    "t-05": ("network", None, "eng", range(5, 12), "mon tue wed fri"),
    "t-06": ("network", "river", "eng", range(5, 12), "mon wed thu fri"),
    "t-07": ("network", None, "phy astro", range(7, 12), "mon tue wed thu fri"),
    "t-08": ("network", "north", "his civ", range(5, 12), "mon tue wed thu fri"),
    "t-09": ("network", None, "bio che map", range(5, 12), "tue wed thu fri"),
    "t-10": ("network", None, "inf", range(5, 12), "mon tue thu fri"),
    "t-11": ("network", "east", "lit rus", range(7, 12), "mon tue wed thu"),
    "t-12": ("staff", "north", "mat alg geo", range(5, 12), "mon tue wed thu fri"),
    "t-13": ("staff", "north", "rus lit talk", range(5, 12), "mon tue wed thu fri"),
    "t-14": ("staff", "river", "inf phy", range(7, 12), "mon tue wed thu fri"),
    "t-15": ("staff", "river", "his map civ", range(5, 12), "mon tue wed thu fri"),
    "t-16": ("staff", "east", "pe art map", range(5, 12), "mon tue wed thu fri"),
    "t-17": ("staff", "north", "pe", range(5, 12), "mon tue wed thu fri"),
    "t-18": ("staff", "river", "art talk", range(5, 12), "mon tue wed thu fri"),
}
"""By teacher: kind, where they sit, subjects, grades and days."""

CANDIDATES = {
    "mat": "t-01 t-12", "alg-7": "t-01 t-12", "alg-8": "t-02 t-12", "geo-7": "t-12", "geo-8": "t-12 t-02",
    "alg": "t-02", "geo": "t-02", "rus-5": "t-03 t-13", "rus-6": "t-03 t-13", "rus-7": "t-03", "rus-8": "t-04 t-11",
    "rus": "t-04", "lit-5": "t-03 t-13", "lit-6": "t-13", "lit-7": "t-03 t-11", "lit": "t-04 t-11", "his-5": "t-15",
    "his-6": "t-15", "his": "t-08 t-15", "civ": "t-08", "phy": "t-07 t-14", "che": "t-09", "bio": "t-09",
    "map-5": "t-09 t-16", "map": "t-09 t-15", "inf-5": "t-10", "inf-7-8": "t-10 t-14", "inf-10-11": "t-10",
    "eng": "t-05 t-06", "talk": "t-13", "astro": "t-07",
}  # fmt: skip
"""By course, else by subject: who may teach it."""

EASY_ON_THE_EYES = {"lit": 20, "his": 20, "civ": 20, "eng": 25}
"""Minutes before the screen in a lesson of a subject, where these are fewer than the regulation allows."""

ALLOWED = {5: 8, 6: 8, 7: 9, 8: 9, 9: 10, 10: 10, 11: 10}
"""Lessons a week that the doctors allow by grade; what a student's own health allows may be less."""

PROJECT = 8
"""The grade whose students have a project workshop every other week."""

RULES: list[Data] = [
    {
        "id": "teachers-first",
        "rule": "PreferRooms",
        "parameters": {"people": "teachers", "units": "workstation=north-1,north-2,river-1,east-1"},
        "weight": 5,
        "source": "Положение о центре",
        "remarks": "Лучшие АРМ занимают сначала учителя дистанционных курсов",
    },
    {"id": "gaps-students", "weight": 10},
    {"id": "gaps-teachers", "weight": 2},
    {"id": "one-a-day", "weight": 20},
    {"id": "keep-workstation", "weight": 2},
    {"id": "preferred-times", "weight": 3},
    {"id": "avoided-times", "weight": 5},
    {"id": "hard-subjects-5-11", "weight": 2},
    {
        "id": "even-days",
        "rule": "BalanceDays",
        "parameters": {"people": "students", "what": "lessons", "most": 1},
        "weight": 3,
        "source": "Положение о центре",
    },
    {
        "id": "rest-for-teachers",
        "rule": "LimitConsecutive",
        "parameters": {"people": "teachers", "most": 4},
        "weight": 5,
    },
    {
        "id": "short-days-for-grades-5-6",
        "rule": "PreferTimes",
        "parameters": {"lessons": "lessons grade=5-6", "times": "times periods=1-5"},
        "weight": 5,
    },
]


class Centre:
    """Makes the centre, one list of the document after another."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.surnames = [a + b for a, b in product(FIRST.split(), SECOND.split())]
        self.random.shuffle(self.surnames)
        self.courses = [*self._online(), *self._sectioned(), *self._at_sites(), *self._others()]
        self.students = list(self._students())
        self._formed()

    def document(self) -> Document:
        """Return the whole, without faults."""
        document = Document.model_validate({
            "term": TERM,
            "bells": [_bells("main", "Основные звонки", STARTS, 40), _bells("east", "Звонки на востоке", EAST, 40),
                      _bells("short", "Сокращённый день", SHORT, 30)],
            "schools": [{"id": site, "name": f"{name} школа"} for site, (name, *_) in SITES.items()],
            "sites": [
                {"id": site, "name": f"{name} школа, центр", "school": site, "bells": "main"}
                | ({"bells": "east", "time_zone": "Asia/Yekaterinburg"} if site == "east" else {})
                for site, (name, *_) in SITES.items()
            ],
            "rooms": [
                {"id": f"{site}-{room}", "name": name, "site": site, "seats": seats, "features": [feature]}
                for site in SITES
                for room, name, seats, feature in (("pc", "Компьютерный класс", 7, "computers"),
                                                   ("gym", "Зал", 12, "gym"), ("lab", "Мастерская", 12, "tools"))
            ] + ROOMS,
            "workstations": [
                {"id": f"{site}-{number}", "name": f"АРМ {number}", "site": site,
                 "features": ["camera", "headset", *more.split()]}
                | ({} if "screen-reader" in more else {"room": f"{site}-pc"})
                for site in SITES
                for number, more in enumerate(FEATURES[site], 1)
            ],
            "travel": [{"a": "north", "b": "river", "minutes": 40}],
            "subjects": [
                {"id": key, "name": name} | ({"difficulty": [{"points": 9}]} if key == "eng" else {})
                for key, name in SUBJECTS.items()
            ],
            "groups": list(self._groups()),
            "students": self.students,
            "teachers": list(self._teachers()),
            "tutors": list(self._tutors()),
            "support": [{"id": "engineer", "name": self._adult(0), "role": "Инженер", "site": "north"}],
            "parents": list(self._parents()),
            "coordinators": [{"id": "municipality", "name": self._adult(1)}],
            "courses": self.courses,
            "events": list(self._events()),
            **Attestation(self.students, SUBJECTS, {site: name for site, (name, *_) in SITES.items()}).lists(),
            "requests": REQUESTS,
            "policy": {"profiles": ["default", "ru-sanpin-2021"], "rules": RULES},
        })  # fmt: skip
        refuse(check(document))
        return document

    # --- people -------------------------------------------------------------------------------------------------------

    def _surname(self, sex: int) -> str:
        return self.surnames.pop() + "а" * (1 - sex)

    def _adult(self, sex: int) -> str:
        first, father = self.random.choice((GIRLS, BOYS)[sex].split()), self.random.choice(OF_FATHERS.split())
        return f"{self._surname(sex)} {first} {father}{'ич' if sex else 'на'}"

    def _students(self) -> Iterator[Data]:
        random = self.random
        places = [site for site, (_, students, _) in SITES.items() for _ in range(students)]
        grades = [5 + n % 7 for n in range(len(places))]
        at_home = set(random.sample(range(len(places)), 20))
        for n, (school, grade) in enumerate(zip(places, grades, strict=True)):
            sex = random.randrange(2)
            home = n in at_home
            student: Data = {
                "id": f"s-{n + 1:02}",
                "name": f"{self._surname(sex)} {random.choice((GIRLS, BOYS)[sex].split())}",
                "grade": grade,
                "school": school,
                "limits": {"lessons_per_week": ALLOWED[grade] - random.choice((0, 0, 0, 1))},
            }
            if home:
                student["equipment"] = ["camera", "headset", "geogebra", "python"]
                student["device"] = random.choice(("computer", "computer", "computer", "tablet"))
            else:
                student["site"] = school
                if n % 11 == 3:
                    student["needs"] = ["screen-reader"]
            if n % 8 == 5:
                away = {"days": [random.choice(("tue", "thu"))], "start": "12:00", "available": False}
                student["availability"] = {"weekly": [away]}
            student["plan"] = self._plan(student)
            yield student

    def _plan(self, student: Data) -> list[Data]:
        """Fill what a student is allowed with courses of the grade, each student's in an order of their own."""
        grade, home = student["grade"], "site" not in student
        limit = Fraction(student["limits"]["lessons_per_week"]) - (Fraction(1, 2) if grade == PROJECT else 0)
        # A computer at school may be looked at for 60 minutes a day (70 in grades 10-11), at home for twice as long.
        screen = 5 * (70 if grade > 9 else 60) * (2 if home else 1) - (30 if grade > 9 else 20)
        found: list[Data] = []
        if not home:
            found = [{"course": c["id"]} for c in self.courses if c.get("groups") == [_group(student)]]
            limit -= sum(Fraction(c["hours"]) for c in self.courses if {"course": c["id"]} in found)
        wanted = [c for c in self.courses if c.get("grade") == grade and c["mode"] == "online"]
        wanted += [c for c in self.courses if c["id"] in SECTIONED and grade in SECTIONED[c["id"]][2]]
        self.random.shuffle(wanted)
        for course in sorted(wanted, key=lambda c: Fraction(c["hours"]), reverse=True):
            hours = Fraction(course["hours"])
            minutes = hours * course.get("screen_minutes", 35 if grade > 9 else 30)
            if hours <= limit and minutes <= screen:
                found.append({"course": course["id"]})
                limit, screen = limit - hours, screen - minutes
        return found

    def _formed(self) -> None:
        """Ring the east's own bells where nobody else learns, and give some a course of their own pace."""
        for course in self.courses:
            item = {"course": course["id"]}
            where = {student.get("site") for student in self.students if item in student["plan"]}
            if course["mode"] == "online" and where == {"east"}:
                course["bells"] = "east"
        for n, student in enumerate(self.students):
            if student["grade"] >= 9 and n % 3 == 0:
                student["plan"].append({"course": "money"})
            if student["grade"] <= 6 and n % 4 == 0:
                student["plan"].append({"course": "safe"})

    def _groups(self) -> Iterator[Data]:
        for site, (name, *_) in SITES.items():
            for part, title in (("all", "все"),) if site == "east" else (("jun", "5-7"), ("sen", "8-11")):
                key = f"{site}-{part}"
                members = [s["id"] for s in self.students if "site" in s and _group(s) == key]
                yield {"id": key, "name": f"{name} школа, {title}", "site": site, "students": members}

    def _teachers(self) -> Iterator[Data]:
        for n, (key, (kind, site, subjects, grades, days)) in enumerate(TEACHERS.items()):
            teacher: Data = {
                "id": key,
                "name": self._adult(n % 2 if n != 16 else 1),
                "kind": kind,
                "qualifications": [{"subject": s, "grades": list(grades)} for s in subjects.split()],
                "availability": {"weekly": [{"days": days.split(), "start": "08:00", "end": "18:00"}]},
                "limits": {"lessons_per_day": 6},
            }
            if site is not None:
                teacher["site"] = site
            if kind == "staff":
                teacher["schools"] = [site] if key != "t-17" else ["north", "river"]
                teacher["limits"]["days_per_week"] = 4
            half = {"start": "08:00", "end": "12:00"} if n % 2 else {"start": "10:00", "end": "15:30"}
            teacher["preferred"] = [{"days": days.split(), **half}]
            if n % 3 == 0:
                teacher["avoided"] = [{"days": [days.split()[-1]]}]
            if key == "t-09":
                teacher["availability"]["dated"] = [
                    {"first": "2026-10-13", "last": "2026-10-14", "reason": "Курсы повышения квалификации"}
                ]
            yield teacher

    def _tutors(self) -> Iterator[Data]:
        groups = [group["id"] for group in self._groups()]
        for n, group in enumerate(groups):
            yield {"id": f"tutor-{n + 1}", "name": self._adult(0), "site": group.split("-")[0], "groups": [group]}

    def _parents(self) -> Iterator[Data]:
        for n, student in enumerate(self.students[::3]):
            surname = student["name"].split()[0].removesuffix("а")
            mother = f"{surname}а {self.random.choice(GIRLS.split())} {self.random.choice(OF_FATHERS.split())}на"
            yield {"id": f"p-{n + 1:02}", "name": mother, "students": [student["id"]]}

    # --- courses ------------------------------------------------------------------------------------------------------

    def _course(self, key: str, subject: str, hours: Fraction | str, **more: Any) -> Data:
        found = {
            "id": key,
            "name": f"{SUBJECTS[subject]} {more.get('grade', '')}".strip(),
            "subject": subject,
            "hours": tell_exact(Fraction(hours)),
            "mode": "online",
            **more,
        }
        if found["mode"] == "online":
            found["bells"] = "main"
            named = CANDIDATES.get(key) or CANDIDATES[subject]
            found["teachers"] = named.split()
            if subject in EASY_ON_THE_EYES:
                found["screen_minutes"] = EASY_ON_THE_EYES[subject]
            found["link"] = f"https://lessons.example/{key}"
        return found

    def _online(self) -> Iterator[Data]:
        features = {"geo": ["geogebra"], "inf": ["python"], "eng": ["headset"]}
        for grade, line in BY_GRADE.items():
            words = line.split()
            for subject, hours in zip(words[::2], words[1::2], strict=True):
                more = {"student_features": features[subject]} if subject in features else {}
                yield self._course(f"{subject}-{grade}", subject, hours, grade=grade, **more)

    def _sectioned(self) -> Iterator[Data]:
        for key, (subject, hours, grades, least, most) in SECTIONED.items():
            feature = "headset" if subject == "eng" else "python"
            found = self._course(
                key, subject, hours, sections={"least": least, "most": most}, student_features=[feature]
            )
            found["name"] += f", {grades[0]}-{grades[-1]} классы"
            if subject == "inf":
                found["screen_minutes"] = 30
            yield found

    def _at_sites(self) -> Iterator[Data]:
        for group in ("north-jun", "north-sen", "river-jun", "river-sen", "east-all"):
            site = group.split("-")[0]
            for subject, feature, teacher in (
                ("pe", "gym", "t-16" if site == "east" else "t-17"),
                ("art", "tools", "t-16" if site == "east" else "t-18"),
            ):
                if (subject, site) != ("art", "north"):
                    yield self._course(
                        f"{subject}-{group}", subject, "1", mode="site", groups=[group], teachers=[teacher],
                        room={"features": [feature]},
                    )  # fmt: skip

    def _others(self) -> Iterator[Data]:
        yield self._course("money", "money", "1/2", mode="self_paced", deadline="2026-12-18")
        yield self._course("safe", "safe", "1/2", mode="self_paced", deadline="2026-10-23")
        yield self._course("astro", "astro", "1/2", remarks="Элективный курс: пока никто не выбрал")

    def _events(self) -> Iterator[Data]:
        tutors = [f"tutor-{n}" for n in range(1, 6)]
        yield {
            "id": "seminar", "name": "Методический семинар", "kind": "seminar", "mode": "online", "tutors": tutors,
            "teachers": ["t-12", "t-13", "t-14", "t-15", "t-18"],
            "fixed": [{"days": ["fri"], "start": "14:40", "end": "15:20"}],
        }  # fmt: skip
        yield {
            "id": "project", "name": "Проектная мастерская", "kind": "project", "mode": "online", "hours": 0.5,
            "teachers": ["t-10"], "students": [s["id"] for s in self.students if s["grade"] == PROJECT],
        }  # fmt: skip
        yield {
            "id": "forum", "name": "День открытий", "kind": "forum", "site": "north", "support": ["engineer"],
            "groups": ["north-sen"], "tutors": ["tutor-2"],
            "dated": [{"first": "2026-11-20", "last": "2026-11-20", "suspends_lessons": True}],
        }  # fmt: skip


def _group(student: Data) -> str:
    site = student["site"]
    return f"{site}-all" if site == "east" else f"{site}-{'jun' if student['grade'] < 8 else 'sen'}"


def _bells(key: str, name: str, starts: tuple[str, ...], minutes: int) -> Data:
    def end(start: str) -> str:
        total = int(start[:2]) * 60 + int(start[3:]) + minutes
        return f"{total // 60:02}:{total % 60:02}"

    periods = [{"number": n, "start": start, "end": end(start)} for n, start in enumerate(starts, 1)]
    return {"id": key, "name": name, "periods": periods}


def centre(seed: int = 2026) -> Document:
    """Make the sample centre."""
    return Centre(seed).document()


def main() -> None:
    """Write the centre beside this script."""
    document = centre()
    native.write(document, HERE / "centre.yaml")
    workbook.write(document, HERE / "centre.xlsx", "ru")


if __name__ == "__main__":
    main()
