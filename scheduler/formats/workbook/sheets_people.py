"""The sheets of the people: who they are, when they are there, what they may be asked for."""

from fractions import Fraction
from typing import Final

from scheduler.formats.workbook.columns import REMARKS, ident, named, one, several, whose
from scheduler.formats.workbook.kinds import EXACT, TEXT, WHOLE, WHOLES, Choice
from scheduler.formats.workbook.layout import Column, Sheet, col
from scheduler.formats.workbook.words import (
    DEVICE_WORDS,
    TEACHER_WORDS,
    Both,
)

FULL_NAME: Final = ("Name", "ФИО")
IVANOVA: Final = Both("t1", "п1")
PETROV: Final = Both("s1", "у1")


def _site(note: tuple[str, str]) -> Column:
    return one("site", ("Site", "Площадка"), note, "sites", ("centre", "центр"))


def _zone(note: tuple[str, str]) -> Column:
    return col("time_zone", TEXT, ("Time zone", "Часовой пояс"), note, "Asia/Yekaterinburg")


PEOPLE: Final = (
    Sheet(
        Both("Groups", "Группы"),
        Both(
            "People who learn together: a class, half of one, a stream.", "Кто учится вместе: класс, подгруппа, поток."
        ),
        {"": "groups"},
        (
            ident(("9A", "9А")),
            named(("Class 9A", "9 «А» класс")),
            col("grade", WHOLE, ("Grade", "Класс"), ("The year of school.", "Год обучения."), 9),
            _site(("Where they sit.", "Где они сидят.")),
            several(
                "students",
                ("Students", "Ученики"),
                ("Their ids by commas.", "Их коды через запятую."),
                "students",
                example=("s1", "у1"),
            ),
            col(
                "size",
                WHOLE,
                ("Size", "Численность"),
                ("How many, where they are not named.", "Сколько их, если они не названы."),
            ),
            several(
                "part_of",
                ("Part of", "Часть групп"),
                ("Groups that its people are in, too.", "Группы, в которые входят её люди."),
                "groups",
                example=("grade9", "9-классы"),
            ),
        ),
    ),
    Sheet(
        Both("Students", "Ученики"),
        Both("Learners with plans of their own.", "Ученики с индивидуальными учебными планами."),
        {"": "students"},
        (
            ident(PETROV),
            named(("Pyotr Petrov", "Петров Пётр"), FULL_NAME),
            col("grade", WHOLE, ("Grade", "Класс"), ("The year of school, 0 to 13.", "Год обучения, от 0 до 13."), 9),
            one(
                "school",
                ("School", "Школа"),
                ("Where they are enrolled.", "Где зачислен."),
                "schools",
                ("school1", "школа1"),
            ),
            _site(
                ("Where they sit during online lessons. Empty: at home.", "Где сидит на онлайн-уроках. Пусто: дома.")
            ),
            _zone(("At home. Empty: the school's.", "Дома. Пусто: как в школе.")),
            one(
                "bells",
                ("Bells", "Звонки"),
                ("Their shift. Empty: the site's bells.", "Смена. Пусто: звонки площадки."),
                "bells",
                ("main", "основное"),
            ),
            col(
                "device",
                Choice(DEVICE_WORDS),
                ("Device", "Устройство"),
                ("Their own; limits of screen time differ.", "Своё; от него зависят нормы времени у экрана."),
                "computer",
            ),
            several(
                "equipment",
                ("Equipment at home", "Оборудование дома"),
                ("Words by commas.", "Слова через запятую."),
                example=("headset", "гарнитура"),
            ),
            several(
                "needs",
                ("Workstation needs", "Требования к АРМ"),
                ("What every workstation of theirs must have.", "Что должно быть на любом АРМ этого ученика."),
                example=("screen-reader", "экранный-диктор"),
            ),
            REMARKS,
        ),
    ),
    Sheet(
        Both("Plans", "Учебные планы"),
        Both(
            "Individual study plans, one course a row.",
            "Индивидуальные учебные планы: один курс в строке.",
        ),
        {"": "students[].plan"},
        (
            whose(("Student", "Ученик"), ("students",), PETROV),
            one(
                "course",
                ("Course", "Курс"),
                ("What they learn.", "Что изучает."),
                "courses",
                ("algebra9", "алгебра9"),
                required=True,
            ),
            col(
                "hours",
                EXACT,
                ("Hours a week", "Часов в неделю"),
                ("2, 0.5 or 1/3. Empty: as in the course.", "2; 0,5; 1/3. Пусто: как у курса."),
                Fraction(1, 2),
            ),
        ),
    ),
    Sheet(
        Both("Teachers", "Учителя"),
        Both("Network and staff teachers.", "Сетевые и штатные преподаватели."),
        {"": "teachers"},
        (
            ident(IVANOVA),
            named(("Anna Ivanova", "Иванова Анна Сергеевна"), FULL_NAME),
            col(
                "kind",
                Choice(TEACHER_WORDS),
                ("Kind", "Вид"),
                (
                    "A network teacher serves several schools online.",
                    "Сетевой преподаватель ведёт несколько школ онлайн.",
                ),
                "network",
            ),
            several(
                "schools",
                ("Schools", "Школы"),
                ("By commas. Empty: all.", "Через запятую. Пусто: все."),
                "schools",
                example=("school1", "школа1"),
            ),
            _site(("Where they sit. Empty: at home, online.", "Где сидит. Пусто: дома, онлайн.")),
            _zone(("At home. Empty: the term's.", "Дома. Пусто: как у периода.")),
            several(
                "needs",
                ("Workstation needs", "Требования к АРМ"),
                ("What every workstation of theirs must have.", "Что должно быть на любом АРМ этого учителя."),
                example=("camera", "камера"),
            ),
            REMARKS,
        ),
    ),
    Sheet(
        Both("Qualifications", "Квалификация"),
        Both(
            "What each teacher may teach; who has no row may teach all.", "Кто что ведёт; у кого нет строк, ведёт всё."
        ),
        {"": "teachers[].qualifications"},
        (
            whose(("Teacher", "Учитель"), ("teachers",), IVANOVA),
            one(
                "subject",
                ("Subject", "Предмет"),
                ("What they may teach.", "Что ведёт."),
                "subjects",
                ("algebra", "алгебра"),
                required=True,
            ),
            col(
                "grades",
                WHOLES,
                ("Grades", "Классы"),
                ("7, 8 or 5-9. Empty: all.", "7, 8 или 5-9. Пусто: все."),
                (8, 9),
            ),
        ),
    ),
    Sheet(
        Both("Tutors", "Тьюторы"),
        Both("Who sits with students during online lessons.", "Кто сопровождает учеников на онлайн-уроках."),
        {"": "tutors"},
        (
            ident(("tutor1", "т1")),
            named(("Maria Orlova", "Орлова Мария"), FULL_NAME),
            _site(("Empty: goes where needed.", "Пусто: бывает на разных.")),
            several(
                "groups",
                ("Groups", "Группы"),
                ("Accompanied, by commas.", "Сопровождаемые, через запятую."),
                "groups",
                example=("9A", "9А"),
            ),
            several(
                "courses",
                ("Courses", "Курсы"),
                ("Accompanied, by commas.", "Сопровождаемые, через запятую."),
                "courses",
                example=("algebra9", "алгебра9"),
            ),
            several(
                "students",
                ("Students", "Ученики"),
                (
                    "Accompanied. Nobody named: all online lessons at the site.",
                    "Сопровождаемые. Никто не назван: все на площадке.",
                ),
                "students",
                example=("s1", "у1"),
            ),
            REMARKS,
        ),
    ),
    Sheet(
        Both("Support staff", "Специалисты"),
        Both("Engineers, psychologists, interpreters.", "Инженеры, психологи, сурдопереводчики."),
        {"": "support"},
        (
            ident(("eng1", "инж1")),
            named(("Oleg Zaytsev", "Зайцев Олег"), FULL_NAME),
            col("role", TEXT, ("Role", "Должность"), ("What they do.", "Кем работает."), Both("engineer", "инженер")),
            _site(("Where they are.", "Где он.")),
            REMARKS,
        ),
    ),
    Sheet(
        Both("Parents", "Родители"),
        Both("Readers of their children's calendars.", "Получают календари своих детей."),
        {"": "parents"},
        (
            ident(("par1", "р1")),
            named(("Elena Petrova", "Петрова Елена"), FULL_NAME),
            several(
                "students", ("Children", "Дети"), ("By commas.", "Через запятую."), "students", example=("s1", "у1")
            ),
        ),
    ),
    Sheet(
        Both("Coordinators", "Координаторы"),
        Both("Municipal coordinators, readers of schools' lists.", "Муниципальные координаторы, получают списки школ."),
        {"": "coordinators"},
        (
            ident(("coord1", "коорд1")),
            named(("Irina Belova", "Белова Ирина"), FULL_NAME),
            several(
                "schools",
                ("Schools", "Школы"),
                ("By commas. Empty: all.", "Через запятую. Пусто: все."),
                "schools",
                example=("school1", "школа1"),
            ),
        ),
    ),
)
