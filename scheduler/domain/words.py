"""The keywords of selectors, in English and Russian: kinds, keys, and the values that are words."""

from typing import Literal

Sort = Literal["name", "numbers", "clock", "day", "at", "kind", "mode", "device", "event", "form"]
"""What a key's values are: names of things, numbers, a time of day, or words of a list in `VALUES`."""

_KINDS = {
    "people": "все люди участники",
    "students": "ученики учащиеся",
    "teachers": "учителя преподаватели",
    "tutors": "тьюторы",
    "support": "персонал сопровождение",
    "groups": "группы классы",
    "lessons": "уроки занятия",
    "events": "события мероприятия",
    "exams": "экзамены",
    "times": "время времена",
    "rooms": "кабинеты помещения",
    "workstations": "армы рабочие_места",
}

_SINGLES = {
    "students": "student ученик учащийся",
    "teachers": "teacher учитель преподаватель",
    "tutors": "tutor тьютор",
    "support": "supporter сотрудник",
    "groups": "group группа",
    "lessons": "course курс",
    "events": "event событие мероприятие",
    "exams": "exam экзамен",
    "rooms": "room кабинет помещение",
    "workstations": "workstation арм рабочее_место",
}

_ALIASES = {
    "student": "ученик учащийся",
    "teacher": "учитель преподаватель",
    "tutor": "тьютор",
    "supporter": "сотрудник",
    "group": "группа",
    "course": "курс",
    "event": "событие мероприятие",
    "exam": "экзамен",
    "session": "сессия",
    "form": "вид_экзамена",
    "room": "кабинет помещение",
    "workstation": "арм рабочее_место",
    "grade": "класс параллель grades классы",
    "school": "школа",
    "site": "площадка",
    "at": "где",
    "kind": "вид",
    "device": "устройство",
    "role": "роль",
    "subject": "предмет",
    "counts_as": "считается",
    "mode": "режим форма",
    "difficulty": "трудность",
    "features": "оснащение feature",
    "seats": "мест",
    "days": "дни день day",
    "periods": "уроки урок period",
    "weeks": "недели неделя week",
    "after": "после с",
    "before": "до",
    "bells": "звонки",
}

_KEYS: dict[str, dict[str, Sort]] = {
    "people": {"site": "name", "at": "at"},
    "students": {
        "student": "name",
        "grade": "numbers",
        "school": "name",
        "site": "name",
        "at": "at",
        "group": "name",
        "course": "name",
        "device": "device",
    },
    "teachers": {
        "teacher": "name",
        "kind": "kind",
        "school": "name",
        "site": "name",
        "at": "at",
        "subject": "name",
        "course": "name",
    },
    "tutors": {"tutor": "name", "site": "name", "group": "name"},
    "support": {"supporter": "name", "role": "name", "site": "name"},
    "groups": {"group": "name", "grade": "numbers", "site": "name"},
    "lessons": {
        "course": "name",
        "subject": "name",
        "counts_as": "name",
        "grade": "numbers",
        "group": "name",
        "student": "name",
        "teacher": "name",
        "mode": "mode",
        "site": "name",
        "difficulty": "numbers",
    },
    "events": {"event": "name", "kind": "event", "site": "name"},
    "exams": {
        "exam": "name",
        "subject": "name",
        "grade": "numbers",
        "form": "form",
        "session": "name",
        "mode": "mode",
        "site": "name",
    },
    "times": {
        "days": "day",
        "periods": "numbers",
        "weeks": "numbers",
        "after": "clock",
        "before": "clock",
        "bells": "name",
    },
    "rooms": {"room": "name", "site": "name", "features": "name", "seats": "numbers"},
    "workstations": {"workstation": "name", "site": "name", "room": "name", "features": "name"},
}

VALUES: dict[Sort, dict[str, str]] = {
    "day": {
        **{day: day for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
        **dict(
            zip(
                ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
                ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
                strict=True,
            )
        ),
    },
    "at": {"home": "home", "site": "site", "дома": "home", "дом": "home", "площадка": "site", "школа": "site"},
    "kind": {
        "network": "network",
        "staff": "staff",
        "сетевой": "network",
        "сетевые": "network",
        "штатный": "staff",
        "штатные": "staff",
    },
    "mode": {
        "online": "online",
        "site": "site",
        "self_paced": "self_paced",
        "онлайн": "online",
        "очно": "site",
        "самостоятельно": "self_paced",
    },
    "device": {
        "computer": "computer",
        "tablet": "tablet",
        "none": "none",
        "компьютер": "computer",
        "планшет": "tablet",
        "нет": "none",
    },
    "event": {
        "seminar": "seminar",
        "conference": "conference",
        "project": "project",
        "forum": "forum",
        "discussion": "discussion",
        "role_game": "role_game",
        "meeting": "meeting",
        "other": "other",
        "семинар": "seminar",
        "конференция": "conference",
        "проект": "project",
        "форум": "forum",
        "дискуссия": "discussion",
        "ролевая_игра": "role_game",
        "собрание": "meeting",
        "другое": "other",
    },
    "form": {
        "written": "written",
        "oral": "oral",
        "test": "test",
        "presentation": "presentation",
        "письменный": "written",
        "письменно": "written",
        "устный": "oral",
        "устно": "oral",
        "тест": "test",
        "защита": "presentation",
    },
}
"""For each list of words the word that each stands for, by its letters in lower case."""


def _spread(table: dict[str, str], *, own: bool) -> dict[str, str]:
    """Turn words that stand for a name into a table of names by word."""
    found = {word: name for name, words in table.items() for word in words.split()}
    return {**({name: name for name in table} if own else {}), **found}


KINDS = _spread(_KINDS, own=True)
"""The kinds by every word that begins a part with them."""

SINGLES = _spread(_SINGLES, own=False)
"""The kinds by every key that may stand without them."""

KEYS: dict[str, dict[str, tuple[str, Sort]]] = {
    kind: {word: (key, sort) for key, sort in keys.items() for word in (key, *_ALIASES[key].split())}
    for kind, keys in _KEYS.items()
}
"""For each kind, by every word for a key: the key and what its values are."""

KEYS["groups"] |= {"класс": ("grade", "numbers")}
