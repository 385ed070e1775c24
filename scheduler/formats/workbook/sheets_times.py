"""The sheets of when people, rooms and workstations are there, and of how much people may be asked for."""

from datetime import date, time
from typing import Final

from scheduler.formats.workbook.columns import whose
from scheduler.formats.workbook.kinds import CLOCK, DAY, TEXT, WHOLE, WHOLES, YES, Choice, Several
from scheduler.formats.workbook.layout import CHOICE, Column, Sheet, col
from scheduler.formats.workbook.sheets_people import IVANOVA
from scheduler.formats.workbook.words import DAY_WORDS, PEOPLE_WORDS, WHO_WORDS, WISH_WORDS, Both


def _who(choice: Choice) -> Column:
    note = ("Whom or what the row is about.", "О ком или о чём строка.")
    return col(CHOICE, choice, ("Who", "Кто"), note, "teachers", required=True)


DAYS: Final = col(
    "days",
    Several(Choice(DAY_WORDS)),
    ("Days", "Дни"),
    ("Mon, Tue or Mon-Fri. Empty: every day.", "пн, вт или пн-пт. Пусто: каждый день."),
    ("mon", "wed"),
)
WEEKS: Final = col(
    "weeks",
    WHOLES,
    ("Weeks", "Недели"),
    ("Weeks of the cycle: 1 or 1, 2. Empty: every week.", "Недели цикла: 1 или 1, 2. Пусто: каждая."),
    (1,),
)
START: Final = col("start", CLOCK, ("From time", "С часа"), ("Empty: from morning.", "Пусто: с утра."), time(9, 0))
END: Final = col("end", CLOCK, ("To time", "До часа"), ("Empty: until night.", "Пусто: до ночи."), time(14, 0))
FIRST: Final = col("first", DAY, ("From", "С"), ("The first day.", "Первый день."), date(2026, 10, 12), required=True)
LAST: Final = col("last", DAY, ("To", "По"), ("The last day.", "Последний день."), date(2026, 10, 16), required=True)


def _limit(field: str, heading: tuple[str, str], example: int | None = None) -> Column:
    note = ("At most. Empty: as the rules say.", "Не больше. Пусто: как в правилах.")
    return col(f"limits.{field}", WHOLE, heading, note, example)


TIMES: Final = (
    Sheet(
        Both("Wishes", "Пожелания"),
        Both(
            "Times that teachers would like, or would rather not have.", "Желательное и нежелательное время учителей."
        ),
        {"preferred": "teachers[].preferred", "avoided": "teachers[].avoided"},
        (
            whose(("Teacher", "Учитель"), ("teachers",), IVANOVA),
            col(
                CHOICE,
                Choice(WISH_WORDS),
                ("Wish", "Пожелание"),
                ("Whether they like it.", "Хотят или не хотят."),
                "avoided",
                required=True,
            ),
            DAYS,
            WEEKS,
            START,
            END,
        ),
    ),
    Sheet(
        Both("Availability", "Доступность"),
        Both(
            "When people, groups, rooms and workstations are there, by the week. No row: always.",
            "Когда люди, группы, кабинеты и АРМ доступны по неделе. Нет строк: всегда.",
        ),
        {
            "students": "students[].availability.weekly",
            "teachers": "teachers[].availability.weekly",
            "tutors": "tutors[].availability.weekly",
            "support": "support[].availability.weekly",
            "groups": "groups[].availability.weekly",
            "rooms": "rooms[].hours",
            "workstations": "workstations[].hours",
        },
        (
            _who(Choice(WHO_WORDS)),
            whose(
                ("Id", "Код"), ("students", "teachers", "tutors", "support", "groups", "rooms", "workstations"), IVANOVA
            ),
            col(
                "available",
                YES,
                ("Available", "Доступен"),
                ("yes: only then; no: not then. Empty: yes.", "да: только тогда; нет: тогда нельзя. Пусто: да."),
                example=False,
            ),
            DAYS,
            WEEKS,
            START,
            END,
        ),
    ),
    Sheet(
        Both("Absences", "Отсутствия"),
        Both("Dates on which somebody is away.", "Даты, когда кого-то не будет."),
        {who: f"{who}[].availability.dated" for who in ("students", "teachers", "tutors", "support")},
        (
            _who(Choice(PEOPLE_WORDS)),
            whose(("Id", "Код"), ("students", "teachers", "tutors", "support"), IVANOVA),
            FIRST,
            LAST,
            START,
            END,
            col("reason", TEXT, ("Reason", "Причина"), ("Why.", "Почему."), Both("business trip", "командировка")),
        ),
    ),
    Sheet(
        Both("Limits", "Нагрузка"),
        Both(
            "Somebody's own limits; each takes the place of the rules' figure. One row for each person.",
            "Собственные пределы человека; каждый заменяет норму из правил. Одна строка на человека.",
        ),
        {who: f"{who}[]" for who in ("students", "teachers", "tutors", "support")},
        (
            _who(Choice(PEOPLE_WORDS)),
            whose(("Id", "Код"), ("students", "teachers", "tutors", "support"), IVANOVA),
            _limit("lessons_per_day", ("Lessons a day", "Уроков в день"), 5),
            _limit("lessons_per_week", ("Lessons a week", "Уроков в неделю"), 20),
            _limit("minutes_per_day", ("Minutes a day", "Минут в день")),
            _limit("minutes_per_week", ("Minutes a week", "Минут в неделю")),
            _limit("screen_minutes_per_day", ("Screen minutes a day", "Минут у экрана в день")),
            _limit("screen_minutes_per_week", ("Screen minutes a week", "Минут у экрана в неделю")),
            _limit("difficulty_per_day", ("Difficulty a day", "Баллов трудности в день")),
            _limit("days_per_week", ("Days a week", "Дней в неделю"), 4),
            _limit("gaps_per_day", ("Gaps a day", "Окон в день"), 1),
            _limit("gaps_per_week", ("Gaps a week", "Окон в неделю"), 2),
            _limit("consecutive", ("Lessons in a row", "Уроков подряд"), 4),
            col(
                "limits.earliest",
                CLOCK,
                ("Not before", "Не раньше"),
                ("No lesson starts before.", "Раньше уроки не начинаются."),
                time(9, 0),
            ),
            col(
                "limits.latest",
                CLOCK,
                ("Not after", "Не позже"),
                ("No lesson ends after.", "Позже уроки не кончаются."),
                time(16, 0),
            ),
        ),
        single=True,
    ),
)
