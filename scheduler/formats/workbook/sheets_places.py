"""The sheets of the calendar and of the places."""

from datetime import date, time
from typing import Final

from scheduler.formats.workbook.columns import NAME, NAME_NOTE, ident, named, one, several, whose
from scheduler.formats.workbook.kinds import CLOCK, DAY, TEXT, WHOLE, WORDS
from scheduler.formats.workbook.layout import Sheet, col
from scheduler.formats.workbook.policy_kinds import NAMES
from scheduler.formats.workbook.words import Both

PLACES: Final = (
    Sheet(
        Both("Term", "Учебный период"),
        Both("One row: the term and its cycle of weeks.", "Одна строка: период и цикл недель."),
        {"": ""},
        (
            col(
                "term.first_day",
                DAY,
                ("First day", "Первый день"),
                ("The first day of the term.", "Первый день периода."),
                date(2026, 9, 1),
                required=True,
            ),
            col(
                "term.last_day",
                DAY,
                ("Last day", "Последний день"),
                ("The last day of the term.", "Последний день периода."),
                date(2026, 12, 29),
                required=True,
            ),
            col("term.name", TEXT, NAME, NAME_NOTE, Both("Autumn 2026", "Первое полугодие 2026/27")),
            col(
                "term.time_zone",
                TEXT,
                ("Time zone", "Часовой пояс"),
                (
                    "Such as Europe/Moscow; holds where a site or a person names no other. Empty: Europe/Moscow.",
                    "Например, Europe/Moscow; действует, где нет своего у площадки и человека. Пусто: Europe/Moscow.",
                ),
                "Europe/Moscow",
            ),
            col(
                "term.week_days",
                WHOLE,
                ("Days in a week", "Дней в неделе"),
                ("5 or 6 school days from Monday. Empty: 5.", "5 или 6 учебных дней с понедельника. Пусто: 5."),
                5,
            ),
            col(
                "term.cycle",
                WHOLE,
                ("Weeks in the cycle", "Недель в цикле"),
                (
                    "After how many weeks the timetable repeats: 1 to 4; 2 for odd and even weeks. Empty: 1.",
                    "Через сколько недель расписание повторяется: от 1 до 4; 2 для чётных и нечётных недель. Пусто: 1.",
                ),
                2,
            ),
            col(
                "term.anchor",
                DAY,
                ("A first week", "Первая неделя цикла"),
                (
                    "Any day of a first week of the cycle. Empty: the first day of the term.",
                    "Любой день первой недели цикла. Пусто: первый день периода.",
                ),
                date(2026, 9, 1),
            ),
            col(
                "policy.profiles",
                NAMES,
                ("Rule profiles", "Наборы правил"),
                (
                    "Ready sets of rules, by commas, such as ru-sanpin-2021; the set default is always among them. None: none.",
                    "Готовые наборы правил через запятую, например ru-sanpin-2021; набор default есть всегда. Без наборов: нет.",
                ),
                ("default", "ru-sanpin-2021"),
            ),
        ),
        single=True,
        needed=True,
    ),
    Sheet(
        Both("Holidays", "Каникулы и праздники"),
        Both("Days without lessons.", "Дни без занятий."),
        {"": "term.holidays"},
        (
            col(
                "first",
                DAY,
                ("From", "С"),
                ("The first free day.", "Первый свободный день."),
                date(2026, 10, 26),
                required=True,
            ),
            col(
                "last",
                DAY,
                ("To", "По"),
                ("The last free day; the same for a single one.", "Последний свободный день; для одного дня тот же."),
                date(2026, 11, 4),
                required=True,
            ),
            named(("Autumn holidays", "Осенние каникулы")),
        ),
    ),
    Sheet(
        Both("Moved days", "Переносы дней"),
        Both("Dates on which another date's lessons are held.", "Даты, когда идут занятия другой даты."),
        {"": "term.moved_days"},
        (
            col(
                "date",
                DAY,
                ("Date", "Дата"),
                ("When the lessons are held, even a Saturday.", "Когда идут занятия, хотя бы и в субботу."),
                date(2026, 11, 7),
                required=True,
            ),
            col(
                "as_date",
                DAY,
                ("Lessons of", "Занятия за"),
                (
                    "Whose lessons these are; they are not repeated.",
                    "За какую дату эти занятия; в неё их уже не будет.",
                ),
                date(2026, 11, 5),
                required=True,
            ),
        ),
    ),
    Sheet(
        Both("Shortened days", "Сокращённые дни"),
        Both("Dates with other bells.", "Даты с другими звонками."),
        {"": "term.shortened_days"},
        (
            col(
                "date",
                DAY,
                ("Date", "Дата"),
                ("The day with other bells.", "День с другими звонками."),
                date(2026, 11, 3),
                required=True,
            ),
            one(
                "bells",
                ("Bells", "Звонки"),
                ("The bell schedule of that day.", "Расписание звонков этого дня."),
                "bells",
                ("short", "короткий"),
                required=True,
            ),
            several(
                "sites",
                ("Sites", "Площадки"),
                ("Where it is so, by commas. Empty: everywhere.", "Где это так, через запятую. Пусто: везде."),
                "sites",
                example=("centre", "центр"),
            ),
        ),
    ),
    Sheet(
        Both("Bell schedules", "Расписания звонков"),
        Both("Shifts, sites' own bells, shortened days.", "Смены, звонки площадок, сокращённые дни."),
        {"": "bells"},
        (
            ident(("main", "основное")),
            named(("First shift", "Первая смена")),
        ),
    ),
    Sheet(
        Both("Periods", "Звонки"),
        Both("The lessons of each bell schedule.", "Уроки каждого расписания звонков."),
        {"": "bells[].periods"},
        (
            whose(("Bells", "Расписание звонков"), ("bells",), ("main", "основное")),
            col("number", WHOLE, ("Lesson", "Урок"), ("The lesson's number.", "Номер урока."), 1, required=True),
            col(
                "start",
                CLOCK,
                ("Start", "Начало"),
                ("When it begins.", "Когда начинается."),
                time(8, 30),
                required=True,
            ),
            col("end", CLOCK, ("End", "Конец"), ("When it ends.", "Когда кончается."), time(9, 10), required=True),
        ),
    ),
    Sheet(
        Both("Schools", "Школы"),
        Both("Schools whose students learn here.", "Школы, чьи ученики здесь учатся."),
        {"": "schools"},
        (
            ident(("school1", "школа1")),
            named(("School No. 1", "Школа № 1")),
        ),
    ),
    Sheet(
        Both("Sites", "Площадки"),
        Both(
            "Places where people sit: buildings with their own clock and bells.",
            "Места, где сидят люди: здания со своим временем и звонками.",
        ),
        {"": "sites"},
        (
            ident(("centre", "центр")),
            named(("Resource centre", "Ресурсный центр")),
            one(
                "school",
                ("School", "Школа"),
                ("Whose building it is.", "Чьё это здание."),
                "schools",
                ("school1", "школа1"),
            ),
            col(
                "time_zone",
                TEXT,
                ("Time zone", "Часовой пояс"),
                (
                    "Such as Asia/Yekaterinburg. Empty: the term's.",
                    "Например, Asia/Yekaterinburg. Пусто: как у периода.",
                ),
                "Europe/Moscow",
            ),
            one(
                "bells",
                ("Bells", "Звонки"),
                ("Its bell schedule. Empty: the first of them.", "Её расписание звонков. Пусто: первое из них."),
                "bells",
                ("main", "основное"),
            ),
        ),
    ),
    Sheet(
        Both("Rooms", "Кабинеты"),
        Both("Rooms where lessons at a site are held.", "Кабинеты для занятий на площадке."),
        {"": "rooms"},
        (
            ident(("room12", "каб12")),
            named(("Room 12", "Кабинет 12")),
            one("site", ("Site", "Площадка"), ("Where it is.", "Где он."), "sites", ("centre", "центр"), required=True),
            col(
                "seats",
                WHOLE,
                ("Seats", "Мест"),
                ("How many people fit.", "Сколько человек помещается."),
                12,
                required=True,
            ),
            several(
                "features",
                ("Features", "Оснащение"),
                ("Words by commas: lab, projector.", "Слова через запятую: лаборатория, проектор."),
                example=("projector", "проектор"),
            ),
        ),
    ),
    Sheet(
        Both("Workstations", "АРМ"),
        Both("Computers with Internet at the sites.", "Автоматизированные рабочие места с интернетом."),
        {"": "workstations"},
        (
            ident(("ws1", "АРМ-1")),
            named(("Workstation 1", "АРМ 1, у окна")),
            one(
                "site", ("Site", "Площадка"), ("Where it is.", "Где оно."), "sites", ("centre", "центр"), required=True
            ),
            one(
                "room",
                ("Room", "Кабинет"),
                ("In which room, if it matters.", "В каком кабинете, если важно."),
                "rooms",
                ("room12", "каб12"),
            ),
            col(
                "features",
                WORDS,
                ("Features", "Оснащение"),
                (
                    "Words by commas: camera, headset, screen-reader, software.",
                    "Слова через запятую: камера, гарнитура, программы.",
                ),
                (Both("camera", "камера"), Both("headset", "гарнитура")),
            ),
        ),
    ),
    Sheet(
        Both("Travel", "Переезды"),
        Both("How long it takes from site to site, both ways.", "Сколько ехать между площадками, в обе стороны."),
        {"": "travel"},
        (
            one(
                "a",
                ("One site", "Одна площадка"),
                ("Between this site", "Между этой площадкой"),
                "sites",
                ("centre", "центр"),
                required=True,
            ),
            one(
                "b",
                ("Other site", "Другая площадка"),
                ("and that one.", "и этой."),
                "sites",
                ("branch", "филиал"),
                required=True,
            ),
            col("minutes", WHOLE, ("Minutes", "Минут"), ("On the way.", "В пути."), 25, required=True),
        ),
    ),
)
