"""The sheets of exams, and of what students are entitled to in them."""

from datetime import date
from typing import Final

from scheduler.formats.workbook.columns import REMARKS, ident, named, one, several
from scheduler.formats.workbook.kinds import CLOCK, DAY, PRESENCE, WHOLE, YES, Choice, Several
from scheduler.formats.workbook.layout import Sheet, col
from scheduler.formats.workbook.sheets_courses import ALGEBRA, ROOM
from scheduler.formats.workbook.sheets_people import PETROV
from scheduler.formats.workbook.sheets_sessions import PANEL, WINTER
from scheduler.formats.workbook.words import FORM_WORDS, HOLDER_WORDS, PLACE_WORDS, Both

EXAM: Final = Both("exam9", "экз9")
GRADE: Final = col("grade", WHOLE, ("Grade", "Класс"), ("The year of school.", "Год обучения."), 9)

EXAMS: Final = (
    Sheet(
        Both("Exams", "Экзамены"),
        Both("The exams of the sessions.", "Экзамены сессий."),
        {"": "exams"},
        (
            ident(EXAM),
            named(("Algebra, grade 9", "Алгебра, 9 класс")),
            one(
                "session",
                ("Session", "Сессия"),
                ("In which session.", "В какой сессии."),
                "sessions",
                WINTER,
                required=True,
            ),
            one(
                "subject",
                ("Subject", "Предмет"),
                ("Empty: that of its courses.", "Пусто: как у курсов."),
                "subjects",
                ALGEBRA,
            ),
            GRADE,
            several(
                "courses",
                ("Courses", "Курсы"),
                ("Whose students are examined, by commas.", "Чьи ученики сдают, через запятую."),
                "courses",
                example=("algebra9", "алгебра9"),
            ),
            several(
                "groups",
                ("Groups", "Группы"),
                ("Who are examined, by commas.", "Кто сдаёт, через запятую."),
                "groups",
                example=("9A", "9А"),
            ),
            several(
                "students",
                ("Students", "Ученики"),
                ("Further students, by commas.", "Ещё ученики, через запятую."),
                "students",
                example=PETROV,
            ),
            col(
                "size",
                WHOLE,
                ("Size", "Численность"),
                ("How many, where they are not named.", "Сколько их, если они не названы."),
            ),
            col(
                "minutes",
                WHOLE,
                ("Minutes", "Минут"),
                (
                    "How long all write; by turns, its turns tell.",
                    "Сколько пишут; если отвечают по очереди, время зависит от очереди.",
                ),
                180,
                required=True,
            ),
            col(
                "form",
                Choice(FORM_WORDS),
                ("Form", "Вид экзамена"),
                ("Empty: written.", "Пусто: письменный."),
                "written",
            ),
            col(
                "turn_minutes",
                WHOLE,
                ("Turn minutes", "Минут на ответ"),
                ("A student's turn of an oral exam.", "Время одного ученика, если отвечают по очереди."),
            ),
            col(
                "turns_at_once",
                WHOLE,
                ("Turns at once", "Отвечают сразу"),
                ("Students at the same time. Empty: 1.", "Учеников одновременно. Пусто: 1."),
            ),
            col(
                "mode",
                Choice(PLACE_WORDS),
                ("Mode", "Форма"),
                ("Empty: at a site.", "Пусто: на площадке."),
                "site",
            ),
            one(
                "site",
                ("Site", "Площадка"),
                (
                    "Where it is held. Empty: where most of its students are.",
                    "Где проходит. Пусто: где больше учеников.",
                ),
                "sites",
                ("centre", "центр"),
            ),
            ROOM[0]._replace(note=Both("yes, if it needs one.", "да, если экзамену нужен кабинет."), example={}),
            *ROOM[1:],
            col(
                "own_room",
                YES,
                ("Room alone", "Отдельный кабинет"),
                ("No other exam may be in it. Empty: no.", "Другого экзамена в нём быть не должно. Пусто: нет."),
                example=True,
            ),
            col(
                "workstations",
                YES,
                ("Workstations", "АРМ"),
                (
                    "yes: each student sits at one; always so in a test. Empty: no.",
                    "да: каждый ученик сидит за АРМ; на тесте всегда. Пусто: нет.",
                ),
                example=False,
            ),
            several(
                "features",
                ("Workstation needs", "Требования к АРМ"),
                ("What each workstation must have.", "Что должно быть на каждом АРМ."),
                example=("camera", "камера"),
            ),
            col(
                "most_in_part",
                WHOLE,
                ("Part most", "В части не больше"),
                (
                    "More students are divided, each part with a room and a commission. Empty: all together.",
                    "Если учеников больше, они делятся на части со своими кабинетами и комиссиями. Пусто: все вместе.",
                ),
                15,
            ),
            col(
                "same_time",
                YES,
                ("Parts together", "Части вместе"),
                ("Whether its parts are at the same time. Empty: yes.", "Проходят ли части одновременно. Пусто: да."),
                example=True,
            ),
            one(
                "commission",
                ("Commission", "Комиссия"),
                ("Who holds it. Empty: nobody in particular.", "Кто принимает. Пусто: никто в отдельности."),
                "commissions",
                PANEL,
            ),
            col("date", DAY, ("Date", "Дата"), ("If it is fixed.", "Если назначена.")),
            col("start", CLOCK, ("Start", "Начало"), ("If it is fixed.", "Если назначено.")),
            col(
                "not_before",
                DAY,
                ("Not before", "Не раньше"),
                ("The earliest date.", "Самая ранняя дата."),
                date(2026, 12, 15),
            ),
            col("not_after", DAY, ("Not after", "Не позже"), ("The latest date.", "Самая поздняя дата.")),
            col(
                "publish_by",
                DAY,
                ("Publish by", "Объявить до"),
                ("By when its date must be made known.", "К какому дню должна быть известна дата."),
            ),
            several(
                "after",
                ("After", "После"),
                ("Exams that come before it, by commas.", "Экзамены, после которых он идёт, через запятую."),
                "exams",
            ),
            several(
                "together",
                ("Same time as", "Вместе с"),
                ("Exams at the same time, by commas.", "Экзамены в то же время, через запятую."),
                "exams",
            ),
            several(
                "apart",
                ("Never with", "Не вместе с"),
                ("Exams never at the same time, by commas.", "Экзамены только в другое время, через запятую."),
                "exams",
            ),
            col(
                "consultation",
                PRESENCE,
                ("Consultation", "Консультация"),
                ("yes, if one is due before it.", "да, если перед экзаменом она нужна."),
                {},
            ),
            col(
                "consultation.minutes",
                WHOLE,
                ("Consultation minutes", "Минут консультации"),
                ("Empty: 45.", "Пусто: 45."),
                45,
            ),
            col(
                "consultation.least_days",
                WHOLE,
                ("Days before, least", "За сколько дней, не меньше"),
                ("0 is the same day. Empty: 1.", "0: в тот же день. Пусто: 1."),
                1,
            ),
            col(
                "consultation.most_days",
                WHOLE,
                ("Days before, most", "За сколько дней, не больше"),
                ("Empty: 3.", "Пусто: 3."),
                3,
            ),
            col(
                "consultation.by",
                Choice(HOLDER_WORDS),
                ("Consultation by", "Кто консультирует"),
                (
                    "A teacher of the course or one of the examiners. Empty: teacher.",
                    "Учитель курса или один из экзаменаторов. Пусто: учитель.",
                ),
                "teacher",
            ),
            col(
                "consultation.mode",
                Choice(PLACE_WORDS),
                ("Consultation mode", "Форма консультации"),
                ("Empty: online.", "Пусто: онлайн."),
                "online",
            ),
            REMARKS,
        ),
    ),
    Sheet(
        Both("Entitlements", "Особые условия"),
        Both("What students are entitled to in exams.", "Что положено ученикам на экзаменах."),
        {"": "entitlements"},
        (
            one(
                "student",
                ("Student", "Ученик"),
                ("Who is entitled.", "Кому положено."),
                "students",
                PETROV,
                required=True,
            ),
            several(
                "exams",
                ("Exams", "Экзамены"),
                ("Only these, by commas. Empty: all.", "Только эти, через запятую. Пусто: все."),
                "exams",
                example=EXAM,
            ),
            col(
                "forms",
                Several(Choice(FORM_WORDS)),
                ("Forms", "Виды экзаменов"),
                ("Only exams of these forms. Empty: all.", "Только такие экзамены, через запятую. Пусто: все."),
                ("written",),
            ),
            col(
                "extra_minutes",
                WHOLE,
                ("Extra minutes", "Минут сверх"),
                ("More than the others have. Empty: 0.", "На сколько больше, чем у других. Пусто: 0."),
                90,
            ),
            col(
                "own_room",
                YES,
                ("Room alone", "Отдельный кабинет"),
                (
                    "Whether they sit alone; in exams online at home only. Empty: no.",
                    "Сидит ли отдельно от других; на экзаменах онлайн — только дома. Пусто: нет.",
                ),
                example=True,
            ),
            col(
                "own_workstation",
                YES,
                ("Own workstation", "Своё АРМ"),
                ("Even where the others write without. Empty: no.", "Даже если другие пишут без АРМ. Пусто: нет."),
                example=False,
            ),
            several(
                "features",
                ("Equipment", "Оснащение"),
                (
                    "What the workstation or the room must have besides.",
                    "Что ещё должно быть на АРМ или в кабинете.",
                ),
                example=("screen-reader", "экранный-диктор"),
            ),
            col(
                "assistant",
                YES,
                ("Assistant", "Ассистент"),
                ("Whether somebody sits with them. Empty: no.", "Сидит ли кто-нибудь рядом. Пусто: нет."),
                example=False,
            ),
            several(
                "assistants",
                ("Assistants", "Кто ассистент"),
                (
                    "Tutors, teachers or support staff who may. Empty: any tutor.",
                    "Тьюторы, учителя или специалисты, кому можно. Пусто: любой тьютор.",
                ),
                "tutors",
                "teachers",
                "support",
            ),
        ),
    ),
)
