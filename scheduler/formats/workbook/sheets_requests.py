"""The sheets of consultations that are asked for during the term."""

from datetime import date, time
from typing import Final

from scheduler.formats.workbook.columns import REMARKS, ident, named, one, several, whose
from scheduler.formats.workbook.kinds import CLOCK, DAY, WHOLE, YES, Choice
from scheduler.formats.workbook.layout import CHOICE, Sheet, col
from scheduler.formats.workbook.sheets_courses import ROOM
from scheduler.formats.workbook.sheets_people import PETROV
from scheduler.formats.workbook.sheets_times import DAYS, END, START, WEEKS
from scheduler.formats.workbook.words import PLACE_WORDS, WISH_WORDS, Both

REQUEST: Final = Both("ask1", "заявка1")

REQUESTS: Final = (
    Sheet(
        Both("Consultation requests", "Заявки на консультации"),
        Both("Consultations that are asked for during the term.", "Консультации, о которых просят в учебном периоде."),
        {"": "requests"},
        (
            ident(REQUEST),
            named(("Before the test", "Перед контрольной")),
            one(
                "course",
                ("Course", "Курс"),
                ("What it is about.", "По какому курсу."),
                "courses",
                ("algebra9", "алгебра9"),
            ),
            several(
                "teachers",
                ("Teachers", "Учителя"),
                (
                    "Who may hold it. Empty: the course's own.",
                    "Кто может провести. Пусто: учителя курса.",
                ),
                "teachers",
                example=("t1", "п1"),
            ),
            several(
                "students",
                ("Students", "Ученики"),
                ("For whom, by commas.", "Для кого, через запятую."),
                "students",
                example=PETROV,
            ),
            several("groups", ("Groups", "Группы"), ("For whom, by commas.", "Для кого, через запятую."), "groups"),
            col("minutes", WHOLE, ("Minutes", "Минут"), ("Empty: 45.", "Пусто: 45."), 45),
            col(
                "count",
                WHOLE,
                ("How many", "Сколько"),
                ("Consultations, on different days. Empty: 1.", "Консультаций, в разные дни. Пусто: 1."),
                2,
            ),
            col(
                "first_day",
                DAY,
                ("First day", "Первый день"),
                ("No date before.", "Не раньше этого дня."),
                date(2026, 10, 5),
                required=True,
            ),
            col(
                "last_day",
                DAY,
                ("Last day", "Последний день"),
                ("By when the last must be held.", "К какому дню нужна последняя."),
                date(2026, 10, 16),
                required=True,
            ),
            col(
                "earliest",
                CLOCK,
                ("Not before", "Не раньше"),
                ("No start before, by the term's clock.", "Раньше не начинать, по часам учебного периода."),
                time(13, 0),
            ),
            col(
                "latest",
                CLOCK,
                ("Not after", "Не позже"),
                ("No end after.", "Позже не кончать."),
                time(17, 0),
            ),
            col("mode", Choice(PLACE_WORDS), ("Mode", "Форма"), ("Empty: online.", "Пусто: онлайн."), "online"),
            one("site", ("Site", "Площадка"), ("Where it is held.", "Где проходит."), "sites"),
            ROOM[0]._replace(note=Both("yes, if it needs one.", "да, если консультации нужен кабинет.")),
            *ROOM[1:],
            several(
                "agree",
                ("Must agree", "Кто согласует"),
                ("Tutors who are there too, by commas.", "Тьюторы, которые тоже будут, через запятую."),
                "tutors",
            ),
            col(
                "may_move",
                YES,
                ("May move lessons", "Можно двигать уроки"),
                ("Whether a lesson may be moved for it. Empty: no.", "Можно ли ради неё перенести урок. Пусто: нет."),
                example=False,
            ),
            col(
                "priority",
                WHOLE,
                ("Priority", "Важность"),
                ("1 comes first, 9 last. Empty: 1.", "1 важнее всего, 9 меньше всего. Пусто: 1."),
                1,
            ),
            REMARKS,
        ),
    ),
    Sheet(
        Both("Request wishes", "Пожелания к заявкам"),
        Both(
            "Times that a request would like, or would rather not have.",
            "Желательное и нежелательное время консультаций.",
        ),
        {"preferred": "requests[].preferred", "avoided": "requests[].avoided"},
        (
            whose(("Request", "Заявка"), ("requests",), REQUEST),
            col(
                CHOICE,
                Choice(WISH_WORDS),
                ("Wish", "Пожелание"),
                ("Whether it is liked.", "Хотят или не хотят."),
                "preferred",
                required=True,
            ),
            DAYS,
            WEEKS,
            START,
            END,
        ),
    ),
)
