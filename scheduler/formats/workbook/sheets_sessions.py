"""The sheets of sessions of exams, and of the commissions who hold them."""

from datetime import date, time
from fractions import Fraction
from typing import Final

from scheduler.formats.workbook.columns import ident, named, several, whose
from scheduler.formats.workbook.kinds import CLOCK, CLOCKS, DATES, DAY, EXACT, TEXT, WHOLE, WHOLES, YES, Choice
from scheduler.formats.workbook.layout import Sheet, col
from scheduler.formats.workbook.policy_kinds import NAMES
from scheduler.formats.workbook.sheets_rules import RULE
from scheduler.formats.workbook.sheets_times import DAYS
from scheduler.formats.workbook.words import (
    LESSONS_WORDS,
    ROLE_WORDS,
    SESSION_WORDS,
    WAY_WORDS,
    Both,
)

WINTER: Final = Both("winter", "зима")
PANEL: Final = Both("panel1", "комиссия1")

SESSION_RULES: Final = {
    "id": Both("gap", "перерыв"),
    "rule": "SpaceExams",
    "parameters": {"least": 2},
    "weight": 20,
    "source": Both("the school's order", "приказ по школе"),
}
"""Examples of a session's rules, by field."""

SESSIONS: Final = (
    Sheet(
        Both("Sessions", "Сессии"),
        Both(
            "Sessions of exams: the dates on which they may be held. Without exams, leave the sheet empty.",
            "Сессии экзаменов: даты, когда они возможны. Если экзаменов нет, оставьте лист пустым.",
        ),
        {"": "sessions"},
        (
            ident(WINTER),
            named(("Winter session", "Зимняя сессия")),
            col(
                "kind",
                Choice(SESSION_WORDS),
                ("Kind", "Вид"),
                ("Of attestation. Empty: interim.", "Аттестация или пересдача. Пусто: промежуточная."),
                "interim",
            ),
            col(
                "first_day",
                DAY,
                ("First day", "Первый день"),
                ("The first day of the session.", "Первый день сессии."),
                date(2026, 12, 14),
                required=True,
            ),
            col(
                "last_day",
                DAY,
                ("Last day", "Последний день"),
                ("The last day, reserve days included.", "Последний день вместе с резервными."),
                date(2026, 12, 29),
                required=True,
            ),
            col(
                "week_days",
                WHOLE,
                ("Days in a week", "Дней в неделе"),
                (
                    "Days with exams, from Monday: 6 for Saturdays, too. Empty: as in the term.",
                    "Дней с экзаменами, считая с понедельника: 6, если и в субботу. Пусто: как в учебном периоде.",
                ),
                6,
            ),
            col(
                "closed_days",
                DATES,
                ("Closed days", "Закрытые дни"),
                ("Dates without exams, by commas.", "Даты без экзаменов, через запятую."),
                (date(2026, 12, 19),),
            ),
            col(
                "reserve_days",
                DATES,
                ("Reserve days", "Резервные дни"),
                ("Dates kept for those who were ill, by commas.", "Даты для тех, кто болел, через запятую."),
                (date(2026, 12, 28), date(2026, 12, 29)),
            ),
            col(
                "time_zone",
                TEXT,
                ("Time zone", "Часовой пояс"),
                (
                    "In which its times are told. Empty: the term's.",
                    "В нём указано время экзаменов. Пусто: как у учебного периода.",
                ),
                "Europe/Moscow",
            ),
            col(
                "latest_end",
                CLOCK,
                ("Latest end", "Конец не позже"),
                (
                    "No exam ends after, extra time included.",
                    "Позже экзамены не кончаются, даже с добавленным временем.",
                ),
                time(17, 0),
            ),
            col(
                "consultation_starts",
                CLOCKS,
                ("Consultations start", "Начало консультаций"),
                (
                    "Times by commas. Empty: as exams do.",
                    "Время начала через запятую. Пусто: как у экзаменов.",
                ),
                (time(14, 0), time(15, 0)),
            ),
            col(
                "lessons",
                Choice(LESSONS_WORDS),
                ("Lessons", "Уроки"),
                (
                    "suspended: those who sit exams have none while it lasts. Empty: go on.",
                    "приостановлены: у тех, кто сдаёт, уроков в эти дни нет. Пусто: идут.",
                ),
                "go_on",
            ),
            col(
                "lessons_give_way",
                Choice(WAY_WORDS),
                ("Lessons give way", "Уроки уступают"),
                (
                    "What may happen to a lesson that stands in an exam's way. Empty: cancel.",
                    "Что можно сделать с уроком, который мешает экзамену. Пусто: отменить.",
                ),
                "cancel",
            ),
            col(
                "published",
                DAY,
                ("Published", "Объявлено"),
                ("When the plan is made known.", "Когда объявят расписание экзаменов."),
                date(2026, 11, 27),
            ),
            col(
                "seats_per_student",
                EXACT,
                ("Seats per student", "Мест на ученика"),
                (
                    "2 where every other seat is left free. Empty: 1.",
                    "2, если сидят через одно место. Пусто: 1.",
                ),
                Fraction(2),
            ),
            col(
                "profiles",
                NAMES,
                ("Rule profiles", "Наборы правил"),
                (
                    "Ready sets of rules for sessions, by commas. Empty: attestation. None: none.",
                    "Готовые наборы правил для сессий через запятую. Пусто: attestation. Без наборов: нет.",
                ),
                ("attestation",),
            ),
        ),
    ),
    Sheet(
        Both("Exam starts", "Начало экзаменов"),
        Both("Times of day at which exams may start.", "Время, в которое экзамены могут начинаться."),
        {"": "sessions[].starts"},
        (
            whose(("Session", "Сессия"), ("sessions",), WINTER),
            col(
                "grades",
                WHOLES,
                ("Grades", "Классы"),
                ("7, 8 or 5-9. Empty: all.", "7, 8 или 5-9. Пусто: все."),
                (9, 11),
            ),
            DAYS,
            col(
                "times",
                CLOCKS,
                ("Times", "Время"),
                ("By commas: 09:00, 13:00.", "Через запятую: 09:00, 13:00."),
                (time(9, 0), time(13, 0)),
                required=True,
            ),
        ),
    ),
    Sheet(
        Both("Exam periods", "Экзаменационные окна"),
        Both(
            "Fixed periods instead of starts: every exam takes one of them.",
            "Готовые окна вместо времени начала: каждый экзамен занимает одно из них.",
        ),
        {"": "sessions[].periods"},
        (
            whose(("Session", "Сессия"), ("sessions",), WINTER),
            col("date", DAY, ("Date", "Дата"), ("The day.", "День."), date(2026, 12, 15), required=True),
            col(
                "start", CLOCK, ("Start", "Начало"), ("When it begins.", "Когда начинается."), time(9, 0), required=True
            ),
            col("minutes", WHOLE, ("Minutes", "Минут"), ("How long it is.", "Сколько длится."), 180, required=True),
            col(
                "penalty",
                WHOLE,
                ("Penalty", "Штраф"),
                ("What an exam costs in it. Empty: 0.", "Сколько стоит экзамен в этом окне. Пусто: 0."),
                10,
            ),
        ),
    ),
    Sheet(
        Both("Session rules", "Правила сессий"),
        Both(
            "A session's own rules, and figures put in place of its profiles'.",
            "Свои правила сессии и свои значения вместо значений из её наборов.",
        ),
        {"": "sessions[].rules"},
        (
            whose(("Session", "Сессия"), ("sessions",), WINTER),
            *(column._replace(example=SESSION_RULES.get(column.field, column.example)) for column in RULE),
        ),
    ),
    Sheet(
        Both("Commissions", "Комиссии"),
        Both(
            "Who holds exams; their seats stand on a sheet of their own.",
            "Кто принимает экзамены; места на листе состава.",
        ),
        {"": "commissions"},
        (ident(PANEL), named(("Commission in mathematics", "Комиссия по математике"))),
    ),
    Sheet(
        Both("Commission seats", "Состав комиссий"),
        Both("The seats of each commission, one role a row.", "Места в каждой комиссии: одна роль в строке."),
        {"": "commissions[].seats"},
        (
            whose(("Commission", "Комиссия"), ("commissions",), PANEL),
            col(
                "role",
                Choice(ROLE_WORDS),
                ("Role", "Роль"),
                ("What they do in it.", "Кем человек работает в комиссии."),
                "examiner",
                required=True,
            ),
            col(
                "count",
                WHOLE,
                ("How many", "Сколько"),
                ("Seats of the role. Empty: 1.", "Мест этой роли. Пусто: 1."),
                2,
            ),
            several(
                "candidates",
                ("Candidates", "Кандидаты"),
                ("Only these teachers. Empty: all who may.", "Только эти учителя. Пусто: все, кому можно."),
                "teachers",
                example=("t1", "п1"),
            ),
            col(
                "qualified",
                YES,
                ("Qualified", "Ведёт предмет"),
                (
                    "Must teach the exam's subject in its grade. Empty: yes.",
                    "Должен вести предмет экзамена в этом классе. Пусто: да.",
                ),
                example=True,
            ),
            col(
                "independent",
                YES,
                ("Independent", "Не свой учитель"),
                (
                    "Must not be the students' own teacher of the subject. Empty: no.",
                    "Не должен учить этих учеников предмету экзамена. Пусто: нет.",
                ),
                example=True,
            ),
            col(
                "at_site",
                YES,
                ("At the site", "На площадке"),
                (
                    "Must be at the exam's site; else may be there online. Empty: no.",
                    "Должен быть на площадке экзамена, иначе можно онлайн. Пусто: нет.",
                ),
                example=False,
            ),
            col(
                "may_be_vacant",
                YES,
                ("May be vacant", "Может пустовать"),
                ("The exam may be held without. Empty: no.", "Экзамен возможен и без него. Пусто: нет."),
                example=False,
            ),
            col(
                "one_for_subject",
                YES,
                ("One for the subject", "Один на предмет"),
                (
                    "One person in all the session's exams of a subject. Empty: no.",
                    "Один человек на всех экзаменах сессии по предмету. Пусто: нет.",
                ),
                example=False,
            ),
        ),
        each=True,
    ),
)
