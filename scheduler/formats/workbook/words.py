"""Words that stand in cells, in both languages: what is written by one is read by either."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scheduler.domain.base import WEEKDAYS


class Both(NamedTuple):
    """A text in English and in Russian."""

    en: str
    ru: str

    def tell(self, lang: str) -> str:
        """Tell it in one of the two."""
        return self.ru if lang == "ru" else self.en


def plain(text: str) -> str:
    """Take away what people do not mean to say with a word: case, ё, spaces around and doubled, the mark of a must."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").casefold().replace("ё", "е").rstrip(" *").split())


@dataclass(frozen=True)
class Vocabulary:
    """The words for the values of a field.

    Attributes
    ----------
    words : dict of value to Both
        What is written.
    others : dict of str to value
        What is read, too.
    """

    words: dict[str, Both]
    others: dict[str, str]

    @cached_property
    def known(self) -> dict[str, str]:
        """Every word that is read, and its value."""
        found = {plain(word): value for word, value in self.others.items()}
        for value, both in self.words.items():
            found |= {plain(word): value for word in (value, *both)}
        return found

    def listed(self, lang: str) -> tuple[str, ...]:
        """The words that are written, in a language."""
        return tuple(both.tell(lang) for both in self.words.values())


def vocabulary(words: dict[str, tuple[str, str]], others: dict[str, str] | None = None) -> Vocabulary:
    """Make a vocabulary of pairs of an English and a Russian word."""
    return Vocabulary({value: Both(*pair) for value, pair in words.items()}, others or {})


_DAYS = (
    ("Mon", "пн", "monday", "понедельник"),
    ("Tue", "вт", "tuesday", "вторник"),
    ("Wed", "ср", "wednesday", "среда"),
    ("Thu", "чт", "thursday", "четверг"),
    ("Fri", "пт", "friday", "пятница"),
    ("Sat", "сб", "saturday", "суббота"),
    ("Sun", "вс", "sunday", "воскресенье"),
)

DAY_WORDS = vocabulary(
    {day: (en, ru) for day, (en, ru, *_) in zip(WEEKDAYS, _DAYS, strict=True)},
    {word: day for day, (_, _, *long) in zip(WEEKDAYS, _DAYS, strict=True) for word in long},
)

YES_WORDS = vocabulary(
    {"yes": ("yes", "да"), "no": ("no", "нет")}, {"true": "yes", "false": "no", "+": "yes", "-": "no"}
)

MODE_WORDS = vocabulary(
    {
        "online": ("online", "онлайн"),
        "site": ("at a site", "на площадке"),
        "self_paced": ("at own pace", "самостоятельно"),
    },
    {"очно": "site", "on site": "site", "self-paced": "self_paced", "дистанционно": "online"},
)

PLACE_WORDS = Vocabulary(
    {mode: both for mode, both in MODE_WORDS.words.items() if mode != "self_paced"},
    {word: mode for word, mode in MODE_WORDS.others.items() if mode != "self_paced"},
)

DEVICE_WORDS = vocabulary(
    {"computer": ("computer", "компьютер"), "tablet": ("tablet", "планшет"), "none": ("none", "нет")},
)

CLAIMANT_WORDS = vocabulary(
    {"students": ("students", "ученики"), "teachers": ("teachers", "учителя")},
    {"учащиеся": "students", "обучающиеся": "students", "преподаватели": "teachers"},
)

TEACHER_WORDS = vocabulary({"network": ("network", "сетевой"), "staff": ("staff", "штатный")})

EVENT_WORDS = vocabulary(
    {
        "seminar": ("seminar", "семинар"),
        "conference": ("conference", "конференция"),
        "project": ("project", "проект"),
        "forum": ("forum", "форум"),
        "discussion": ("discussion", "дискуссия"),
        "role_game": ("role game", "ролевая игра"),
        "meeting": ("meeting", "совещание"),
        "other": ("other", "другое"),
    },
)

WEIGHT_WORDS = vocabulary(
    {"required": ("required", "обязательно"), "off": ("off", "выключено")},
    {"обязательное": "required", "выкл": "off"},
)

WHO_WORDS = vocabulary(
    {
        "students": ("student", "ученик"),
        "teachers": ("teacher", "учитель"),
        "tutors": ("tutor", "тьютор"),
        "support": ("support", "специалист"),
        "groups": ("group", "группа"),
        "rooms": ("room", "кабинет"),
        "workstations": ("workstation", "АРМ"),
    },
    {
        "учащийся": "students",
        "обучающийся": "students",
        "преподаватель": "teachers",
        "сотрудник": "support",
        "класс": "groups",
    },
)

_NO_PEOPLE = {"groups", "rooms", "workstations"}

PEOPLE_WORDS = Vocabulary(
    {who: both for who, both in WHO_WORDS.words.items() if who not in _NO_PEOPLE},
    {word: who for word, who in WHO_WORDS.others.items() if who not in _NO_PEOPLE},
)

WISH_WORDS = vocabulary({"preferred": ("would like", "желательно"), "avoided": ("would rather not", "нежелательно")})

SESSION_WORDS = vocabulary(
    {"interim": ("interim", "промежуточная"), "final": ("final", "итоговая"), "retake": ("retake", "пересдача")}
)

LESSONS_WORDS = vocabulary({"go_on": ("go on", "идут"), "suspended": ("suspended", "приостановлены")})

WAY_WORDS = vocabulary(
    {"no": ("no", "нет"), "cancel": ("cancel", "отменить"), "move": ("move", "перенести")},
    {"отмена": "cancel", "перенос": "move"},
)

FORM_WORDS = vocabulary(
    {
        "written": ("written", "письменный"),
        "oral": ("oral", "устный"),
        "test": ("test", "тест"),
        "presentation": ("presentation", "защита"),
    },
    {"письменно": "written", "устно": "oral", "тестирование": "test", "защита проекта": "presentation"},
)

ROLE_WORDS = vocabulary(
    {
        "chair": ("chair", "председатель"),
        "examiner": ("examiner", "экзаменатор"),
        "assistant": ("assistant", "ассистент"),
        "observer": ("observer", "наблюдатель"),
    },
    {"член комиссии": "examiner", "экзаменующий": "examiner"},
)

HOLDER_WORDS = vocabulary(
    {"teacher": ("teacher", "учитель"), "examiner": ("examiner", "экзаменатор")}, {"преподаватель": "teacher"}
)
