"""The sheets of what is learnt, of other events, and of the rules."""

from datetime import date, time
from fractions import Fraction
from typing import Final

from scheduler.formats.workbook.columns import REMARKS, ident, named, one, several, whose
from scheduler.formats.workbook.kinds import (
    CLOCK,
    DAY,
    EXACT,
    PRESENCE,
    TEXT,
    WHOLE,
    WHOLES,
    WORD,
    YES,
    Choice,
    Several,
)
from scheduler.formats.workbook.layout import Sheet, col
from scheduler.formats.workbook.sheets_times import END, FIRST, LAST, START, WEEKS
from scheduler.formats.workbook.words import (
    CLAIMANT_WORDS,
    DAY_WORDS,
    DEVICE_WORDS,
    EVENT_WORDS,
    MODE_WORDS,
    PLACE_WORDS,
    Both,
)

ALGEBRA: Final = Both("algebra", "алгебра")
SEMINAR: Final = Both("seminar1", "семинар1")

SPLIT: Final = col(
    "split",
    WHOLES,
    ("Split", "Сдвоенность"),
    (
        "Periods of its lessons, repeated: 1 single lessons, 2 doubles, 2, 1, 1. Empty: 1.",
        "Уроков подряд в каждом занятии, по кругу: 1 одиночные, 2 сдвоенные, 2, 1, 1. Пусто: 1.",
    ),
    (1,),
)
SITE: Final = one(
    "site",
    ("Site", "Площадка"),
    ("Where it is held. Empty: where the groups are.", "Где проходит. Пусто: где группы."),
    "sites",
)
ROOM: Final = (
    col(
        "room",
        PRESENCE,
        ("Needs a room", "Нужен кабинет"),
        ("yes, if each lesson needs one.", "да, если каждому занятию нужен кабинет."),
    ),
    several(
        "room.features",
        ("Room features", "Оснащение кабинета"),
        ("What the room must have.", "Что должно быть в кабинете."),
    ),
    col(
        "room.seats",
        WHOLE,
        ("Room seats", "Мест в кабинете"),
        ("Empty: as many as there are people.", "Пусто: по числу людей."),
    ),
    several(
        "room.candidates",
        ("Rooms", "Кабинеты"),
        ("Only one of these. Empty: any.", "Только один из них. Пусто: любой."),
        "rooms",
    ),
)
LINK: Final = col(
    "link",
    TEXT,
    ("Link", "Ссылка"),
    ("Where to enter the online lesson.", "Куда заходить на онлайн-урок."),
    "https://example.org/9a",
)

COURSES: Final = (
    Sheet(
        Both("Subjects", "Предметы"),
        Both("What is learnt.", "Что изучают."),
        {"": "subjects"},
        (
            ident(ALGEBRA),
            named(("Algebra", "Алгебра")),
            col(
                "counts_as",
                TEXT,
                ("Counts as", "Считать как"),
                (
                    "The row of a profile's table of difficulty, where the name does not tell.",
                    "Строка таблицы трудности из набора правил, если по названию не понятно.",
                ),
            ),
            col("colour", WORD, ("Colour", "Цвет"), ("As #RRGGBB.", "В виде #RRGGBB."), "#3366CC"),
        ),
    ),
    Sheet(
        Both("Difficulty", "Трудность"),
        Both("The school's own points of difficulty.", "Собственные баллы трудности предметов."),
        {"": "subjects[].difficulty"},
        (
            whose(("Subject", "Предмет"), ("subjects",), ALGEBRA),
            col(
                "grades",
                WHOLES,
                ("Grades", "Классы"),
                ("7, 8 or 5-9. Empty: all.", "7, 8 или 5-9. Пусто: все."),
                (8, 9),
            ),
            col("points", WHOLE, ("Points", "Баллы"), ("How hard.", "Насколько трудный."), 9, required=True),
        ),
    ),
    Sheet(
        Both("Courses", "Курсы"),
        Both(
            "Everything that can be learnt; what nobody's plan holds is the catalogue of electives.",
            "Всё, что можно изучать; курсы, которых нет ни в одном плане, составляют банк элективных.",
        ),
        {"": "courses"},
        (
            ident(("algebra9", "алгебра9")),
            named(("Algebra, grade 9", "Алгебра, 9 класс")),
            one(
                "subject",
                ("Subject", "Предмет"),
                ("What it is.", "Какой это предмет."),
                "subjects",
                ALGEBRA,
                required=True,
            ),
            col("grade", WHOLE, ("Grade", "Класс"), ("The year of school.", "Год обучения."), 9),
            col(
                "mode",
                Choice(MODE_WORDS),
                ("Mode", "Форма"),
                ("How lessons are held. Empty: online.", "Как проходят занятия. Пусто: онлайн."),
                "online",
            ),
            col(
                "hours",
                EXACT,
                ("Hours a week", "Часов в неделю"),
                ("2, 0.5 or 1/3.", "2; 0,5; 1/3."),
                Fraction(3),
                required=True,
            ),
            SPLIT,
            col(
                "lesson_minutes",
                WHOLE,
                ("Lesson minutes", "Минут в уроке"),
                ("Empty: the whole period.", "Пусто: весь урок по звонкам."),
                40,
            ),
            several(
                "groups",
                ("Groups", "Группы"),
                ("Who attends together, by commas.", "Кто учится вместе, через запятую."),
                "groups",
                example=("9A", "9А"),
            ),
            col(
                "sections",
                PRESENCE,
                ("Form sections", "Делить на группы"),
                ("yes, to form groups from the plans.", "да, чтобы составить группы по планам."),
            ),
            col(
                "sections.count",
                WHOLE,
                ("Sections", "Сколько групп"),
                ("Empty: as few as sizes allow.", "Пусто: сколько нужно."),
            ),
            col(
                "sections.least",
                WHOLE,
                ("Section least", "В группе не меньше"),
                ("Students. Empty: 1.", "Учеников. Пусто: 1."),
            ),
            col("sections.most", WHOLE, ("Section most", "В группе не больше"), ("Students.", "Учеников.")),
            several(
                "teachers",
                ("Teachers", "Учителя"),
                (
                    "Candidates, by commas. Empty: all qualified.",
                    "Кандидаты через запятую. Пусто: все, кто ведёт предмет.",
                ),
                "teachers",
                example=("t1", "п1"),
            ),
            col("teachers_needed", WHOLE, ("Teachers at once", "Учителей сразу"), ("Empty: 1.", "Пусто: 1."), 1),
            col(
                "workstations_for",
                Several(Choice(CLAIMANT_WORDS), Both("nobody", "никому")),
                ("Workstations for", "АРМ для"),
                (
                    "students, teachers, both by a comma, or nobody. Empty: all online, nobody at a site.",
                    "ученики, учителя, оба через запятую или никому. Пусто: онлайн всем, на площадке никому.",
                ),
                ("students", "teachers"),
            ),
            several(
                "student_features",
                ("Student needs", "АРМ ученика"),
                ("What it must have.", "Что на нём должно быть."),
                example=("headset", "гарнитура"),
            ),
            several(
                "teacher_features",
                ("Teacher needs", "АРМ учителя"),
                ("What it must have.", "Что на нём должно быть."),
                example=("camera", "камера"),
            ),
            *ROOM,
            SITE,
            one(
                "bells", ("Bells", "Звонки"), ("Its own. Empty: the site's.", "Свои. Пусто: как на площадке."), "bells"
            ),
            col(
                "device",
                Choice(DEVICE_WORDS),
                ("Device", "Устройство"),
                ("On what it is learnt. Empty: the student's own.", "На чём учатся. Пусто: своё у ученика."),
                "computer",
            ),
            col(
                "screen_minutes",
                WHOLE,
                ("Screen minutes", "Минут у экрана"),
                ("In one hour of it. Empty: as the profile says.", "За один урок. Пусто: как в наборе правил."),
                30,
            ),
            col(
                "deadline",
                DAY,
                ("Deadline", "Срок"),
                ("Of a course at own pace.", "Для самостоятельного курса."),
            ),
            LINK,
            REMARKS,
        ),
    ),
    Sheet(
        Both("Events", "Мероприятия"),
        Both("Seminars, conferences, projects, forums.", "Семинары, конференции, проекты, форумы."),
        {"": "events"},
        (
            ident(SEMINAR),
            named(("Seminar on projects", "Семинар по проектам")),
            col("kind", Choice(EVENT_WORDS), ("Kind", "Вид"), ("What it is.", "Что это."), "seminar"),
            several(
                "teachers", ("Teachers", "Учителя"), ("By commas.", "Через запятую."), "teachers", example=("t1", "п1")
            ),
            several("tutors", ("Tutors", "Тьюторы"), ("By commas.", "Через запятую."), "tutors"),
            several("support", ("Support staff", "Специалисты"), ("By commas.", "Через запятую."), "support"),
            several("students", ("Students", "Ученики"), ("By commas.", "Через запятую."), "students"),
            several("groups", ("Groups", "Группы"), ("By commas.", "Через запятую."), "groups", example=("9A", "9А")),
            col("mode", Choice(PLACE_WORDS), ("Mode", "Форма"), ("Empty: at a site.", "Пусто: на площадке."), "site"),
            SITE,
            *ROOM,
            col(
                "hours",
                EXACT,
                ("Hours a week", "Часов в неделю"),
                ("If it has no time yet and is to be placed.", "Если времени ещё нет и его надо поставить."),
                Fraction(1),
            ),
            SPLIT,
            col("minutes", WHOLE, ("Minutes", "Минут"), ("Empty: the whole period.", "Пусто: весь урок по звонкам.")),
            LINK,
            REMARKS,
        ),
    ),
    Sheet(
        Both("Event times", "Время мероприятий"),
        Both("Fixed times in the week.", "Постоянное время в неделе."),
        {"": "events[].fixed"},
        (
            whose(("Event", "Мероприятие"), ("events",), SEMINAR),
            col(
                "days",
                Several(Choice(DAY_WORDS)),
                ("Days", "Дни"),
                ("Mon, Tue or Mon-Fri.", "пн, вт или пн-пт."),
                ("fri",),
                required=True,
            ),
            WEEKS,
            col("start", CLOCK, ("From time", "С часа"), ("By the clock,", "По часам,"), time(15, 0)),
            col("end", CLOCK, ("To time", "До часа"), ("by the clock,", "по часам,"), time(16, 0)),
            col(
                "periods",
                WHOLES,
                ("Periods", "Уроки"),
                ("or by numbers of periods: 6, 7.", "или по номерам уроков: 6, 7."),
            ),
        ),
    ),
    Sheet(
        Both("Event dates", "Даты мероприятий"),
        Both("Dates of the term.", "Даты в учебном периоде."),
        {"": "events[].dated"},
        (
            whose(("Event", "Мероприятие"), ("events",), SEMINAR),
            FIRST._replace(example=date(2026, 10, 20)),
            LAST._replace(example=date(2026, 10, 21)),
            START,
            END,
            col(
                "suspends_lessons",
                YES,
                ("Instead of lessons", "Вместо уроков"),
                ("yes: its people have no lessons then.", "да: у участников в это время нет уроков."),
                example=True,
            ),
        ),
    ),
)
