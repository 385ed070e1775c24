"""The sheets of the calendar and of the places."""

from datetime import date, time
from typing import Final

from scheduler.formats.workbook.kinds import CLOCK, DAY, TEXT, WHOLE, WORD, WORDS
from scheduler.formats.workbook.layout import ID, ID_NOTE, NAME, NAME_NOTE, OWNER, Sheet, col
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
            col("name", TEXT, NAME, NAME_NOTE, Both("Autumn holidays", "Осенние каникулы")),
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
            col(
                "bells",
                WORD,
                ("Bells", "Звонки"),
                ("The bell schedule of that day.", "Расписание звонков этого дня."),
                Both("short", "короткий"),
                required=True,
                names=("bells",),
            ),
            col(
                "sites",
                WORDS,
                ("Sites", "Площадки"),
                ("Where it is so, by commas. Empty: everywhere.", "Где это так, через запятую. Пусто: везде."),
                (Both("centre", "центр"),),
                names=("sites",),
            ),
        ),
    ),
    Sheet(
        Both("Bell schedules", "Расписания звонков"),
        Both("Shifts, sites' own bells, shortened days.", "Смены, звонки площадок, сокращённые дни."),
        {"": "bells"},
        (
            col("id", WORD, ID, ID_NOTE, Both("main", "основное"), required=True),
            col("name", TEXT, NAME, NAME_NOTE, Both("First shift", "Первая смена")),
        ),
    ),
    Sheet(
        Both("Periods", "Звонки"),
        Both("The lessons of each bell schedule.", "Уроки каждого расписания звонков."),
        {"": "bells[].periods"},
        (
            col(
                OWNER,
                WORD,
                ("Bells", "Расписание звонков"),
                ("Which bell schedule it belongs to.", "К какому расписанию звонков относится."),
                Both("main", "основное"),
                required=True,
                names=("bells",),
            ),
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
            col("id", WORD, ID, ID_NOTE, Both("school1", "школа1"), required=True),
            col("name", TEXT, NAME, NAME_NOTE, Both("School No. 1", "Школа № 1")),
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
            col("id", WORD, ID, ID_NOTE, Both("centre", "центр"), required=True),
            col("name", TEXT, NAME, NAME_NOTE, Both("Resource centre", "Ресурсный центр")),
            col(
                "school",
                WORD,
                ("School", "Школа"),
                ("Whose building it is.", "Чьё это здание."),
                Both("school1", "школа1"),
                names=("schools",),
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
            col(
                "bells",
                WORD,
                ("Bells", "Звонки"),
                ("Its bell schedule. Empty: the first of them.", "Её расписание звонков. Пусто: первое из них."),
                Both("main", "основное"),
                names=("bells",),
            ),
        ),
    ),
    Sheet(
        Both("Rooms", "Кабинеты"),
        Both("Rooms where lessons at a site are held.", "Кабинеты для занятий на площадке."),
        {"": "rooms"},
        (
            col("id", WORD, ID, ID_NOTE, Both("room12", "каб12"), required=True),
            col("name", TEXT, NAME, NAME_NOTE, Both("Room 12", "Кабинет 12")),
            col(
                "site",
                WORD,
                ("Site", "Площадка"),
                ("Where it is.", "Где он."),
                Both("centre", "центр"),
                required=True,
                names=("sites",),
            ),
            col(
                "seats",
                WHOLE,
                ("Seats", "Мест"),
                ("How many people fit.", "Сколько человек помещается."),
                12,
                required=True,
            ),
            col(
                "features",
                WORDS,
                ("Features", "Оснащение"),
                ("Words by commas: lab, projector.", "Слова через запятую: лаборатория, проектор."),
                (Both("projector", "проектор"),),
            ),
        ),
    ),
    Sheet(
        Both("Workstations", "АРМ"),
        Both("Computers with Internet at the sites.", "Автоматизированные рабочие места с интернетом."),
        {"": "workstations"},
        (
            col("id", WORD, ID, ID_NOTE, Both("ws1", "АРМ-1"), required=True),
            col("name", TEXT, NAME, NAME_NOTE, Both("Workstation 1", "АРМ 1, у окна")),
            col(
                "site",
                WORD,
                ("Site", "Площадка"),
                ("Where it is.", "Где оно."),
                Both("centre", "центр"),
                required=True,
                names=("sites",),
            ),
            col(
                "room",
                WORD,
                ("Room", "Кабинет"),
                ("In which room, if it matters.", "В каком кабинете, если важно."),
                Both("room12", "каб12"),
                names=("rooms",),
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
            col(
                "a",
                WORD,
                ("One site", "Одна площадка"),
                ("Between this site", "Между этой площадкой"),
                Both("centre", "центр"),
                required=True,
                names=("sites",),
            ),
            col(
                "b",
                WORD,
                ("Other site", "Другая площадка"),
                ("and that one.", "и этой."),
                Both("branch", "филиал"),
                required=True,
                names=("sites",),
            ),
            col("minutes", WHOLE, ("Minutes", "Минут"), ("On the way.", "В пути."), 25, required=True),
        ),
    ),
)
