"""The sheets of the people: who they are, when they are there, what they may be asked for."""

from fractions import Fraction
from typing import Final

from scheduler.formats.workbook.kinds import EXACT, TEXT, WHOLE, WHOLES, WORD, WORDS, Choice
from scheduler.formats.workbook.layout import ID, ID_NOTE, NAME_NOTE, OWNER, Column, Sheet, col
from scheduler.formats.workbook.words import (
    DEVICE_WORDS,
    TEACHER_WORDS,
    Both,
)

FULL_NAME: Final = ("Name", "ФИО")
REMARKS: Final = col("remarks", TEXT, ("Remarks", "Примечание"), ("For yourselves.", "Для себя."), "")
IVANOVA: Final = Both("t1", "п1")
PETROV: Final = Both("s1", "у1")


def _id(example: tuple[str, str]) -> Column:
    return col("id", WORD, ID, ID_NOTE, Both(*example), required=True)


def _name(example: tuple[str, str]) -> Column:
    return col("name", TEXT, FULL_NAME, NAME_NOTE, Both(*example))


def _site(note: tuple[str, str]) -> Column:
    return col("site", WORD, ("Site", "Площадка"), note, Both("centre", "центр"), names=("sites",))


def _several(
    field: str, heading: tuple[str, str], note: tuple[str, str], names: str, example: tuple[str, str]
) -> Column:
    return col(field, WORDS, heading, note, (Both(*example),), names=(names,))


def _features(field: str, heading: tuple[str, str], note: tuple[str, str], example: tuple[str, str]) -> Column:
    return col(field, WORDS, heading, note, (Both(*example),))


def _zone(note: tuple[str, str]) -> Column:
    return col("time_zone", TEXT, ("Time zone", "Часовой пояс"), note, "Asia/Yekaterinburg")


def whose(heading: tuple[str, str], names: tuple[str, ...], example: Both) -> Column:
    """Return the column that says whose a row is."""
    note = ("The id, as on the sheet of its own.", "Код, как на своём листе.")
    return col(OWNER, WORD, heading, note, example, required=True, names=names)


PEOPLE: Final = (
    Sheet(
        Both("Groups", "Группы"),
        Both(
            "People who learn together: a class, half of one, a stream.", "Кто учится вместе: класс, подгруппа, поток."
        ),
        {"": "groups"},
        (
            _id(("9A", "9А")),
            col("name", TEXT, ("Name", "Название"), NAME_NOTE, Both("Class 9A", "9 «А» класс")),
            col("grade", WHOLE, ("Grade", "Класс"), ("The year of school.", "Год обучения."), 9),
            _site(("Where they sit.", "Где они сидят.")),
            _several(
                "students",
                ("Students", "Ученики"),
                ("Their ids by commas.", "Их коды через запятую."),
                "students",
                ("s1", "у1"),
            ),
            col(
                "size",
                WHOLE,
                ("Size", "Численность"),
                ("How many, where they are not named.", "Сколько их, если они не названы."),
            ),
            _several(
                "part_of",
                ("Part of", "Часть групп"),
                ("Groups that its people are in, too.", "Группы, в которые входят её люди."),
                "groups",
                ("grade9", "9-классы"),
            ),
        ),
    ),
    Sheet(
        Both("Students", "Ученики"),
        Both("Learners with plans of their own.", "Ученики с индивидуальными учебными планами."),
        {"": "students"},
        (
            _id(PETROV),
            _name(("Pyotr Petrov", "Петров Пётр")),
            col("grade", WHOLE, ("Grade", "Класс"), ("The year of school, 0 to 13.", "Год обучения, от 0 до 13."), 9),
            col(
                "school",
                WORD,
                ("School", "Школа"),
                ("Where they are enrolled.", "Где зачислен."),
                Both("school1", "школа1"),
                names=("schools",),
            ),
            _site(
                ("Where they sit during online lessons. Empty: at home.", "Где сидит на онлайн-уроках. Пусто: дома.")
            ),
            _zone(("At home. Empty: the school's.", "Дома. Пусто: как в школе.")),
            col(
                "bells",
                WORD,
                ("Bells", "Звонки"),
                ("Their shift. Empty: the site's bells.", "Смена. Пусто: звонки площадки."),
                Both("main", "основное"),
                names=("bells",),
            ),
            col(
                "device",
                Choice(DEVICE_WORDS),
                ("Device", "Устройство"),
                ("Their own; limits of screen time differ.", "Своё; от него зависят нормы времени у экрана."),
                "computer",
            ),
            _features(
                "equipment",
                ("Equipment at home", "Оборудование дома"),
                ("Words by commas.", "Слова через запятую."),
                ("headset", "гарнитура"),
            ),
            _features(
                "needs",
                ("Workstation needs", "Требования к АРМ"),
                ("What every workstation of theirs must have.", "Что должно быть на любом АРМ этого ученика."),
                ("screen-reader", "экранный-диктор"),
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
            col(
                "course",
                WORD,
                ("Course", "Курс"),
                ("What they learn.", "Что изучает."),
                Both("algebra9", "алгебра9"),
                required=True,
                names=("courses",),
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
            _id(IVANOVA),
            _name(("Anna Ivanova", "Иванова Анна Сергеевна")),
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
            _several(
                "schools",
                ("Schools", "Школы"),
                ("By commas. Empty: all.", "Через запятую. Пусто: все."),
                "schools",
                ("school1", "школа1"),
            ),
            _site(("Where they sit. Empty: at home, online.", "Где сидит. Пусто: дома, онлайн.")),
            _zone(("At home. Empty: the term's.", "Дома. Пусто: как у периода.")),
            _features(
                "needs",
                ("Workstation needs", "Требования к АРМ"),
                ("What every workstation of theirs must have.", "Что должно быть на любом АРМ этого учителя."),
                ("camera", "камера"),
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
            col(
                "subject",
                WORD,
                ("Subject", "Предмет"),
                ("What they may teach.", "Что ведёт."),
                Both("algebra", "алгебра"),
                required=True,
                names=("subjects",),
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
            _id(("tutor1", "т1")),
            _name(("Maria Orlova", "Орлова Мария")),
            _site(("Empty: goes where needed.", "Пусто: бывает на разных.")),
            _several(
                "groups",
                ("Groups", "Группы"),
                ("Accompanied, by commas.", "Сопровождаемые, через запятую."),
                "groups",
                ("9A", "9А"),
            ),
            _several(
                "courses",
                ("Courses", "Курсы"),
                ("Accompanied, by commas.", "Сопровождаемые, через запятую."),
                "courses",
                ("algebra9", "алгебра9"),
            ),
            _several(
                "students",
                ("Students", "Ученики"),
                (
                    "Accompanied. Nobody named: all online lessons at the site.",
                    "Сопровождаемые. Никто не назван: все на площадке.",
                ),
                "students",
                ("s1", "у1"),
            ),
            REMARKS,
        ),
    ),
    Sheet(
        Both("Support staff", "Специалисты"),
        Both("Engineers, psychologists, interpreters.", "Инженеры, психологи, сурдопереводчики."),
        {"": "support"},
        (
            _id(("eng1", "инж1")),
            _name(("Oleg Zaytsev", "Зайцев Олег")),
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
            _id(("par1", "р1")),
            _name(("Elena Petrova", "Петрова Елена")),
            _several("students", ("Children", "Дети"), ("By commas.", "Через запятую."), "students", ("s1", "у1")),
        ),
    ),
    Sheet(
        Both("Coordinators", "Координаторы"),
        Both("Municipal coordinators, readers of schools' lists.", "Муниципальные координаторы, получают списки школ."),
        {"": "coordinators"},
        (
            _id(("coord1", "коорд1")),
            _name(("Irina Belova", "Белова Ирина")),
            _several(
                "schools",
                ("Schools", "Школы"),
                ("By commas. Empty: all.", "Через запятую. Пусто: все."),
                "schools",
                ("school1", "школа1"),
            ),
        ),
    ),
)
