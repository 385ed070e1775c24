"""The sheet of the rules."""

from typing import Final

from scheduler.formats.workbook.columns import ID, REMARKS
from scheduler.formats.workbook.kinds import DAY, TEXT, WORD, YES
from scheduler.formats.workbook.layout import RULES as RULE_NAMES
from scheduler.formats.workbook.layout import Sheet, col
from scheduler.formats.workbook.policy_kinds import PARAMETERS, WEIGHT
from scheduler.formats.workbook.words import Both

RULE: Final = (
    col(
        "id",
        WORD,
        ID,
        (
            "Optional; the id of a profile's rule to change that one.",
            "Необязательно; код правила из набора, чтобы изменить его.",
        ),
        Both("no-gaps", "без-окон"),
    ),
    col(
        "rule",
        WORD,
        ("Rule", "Правило"),
        ("See: zvonok rules.", "Список: zvonok rules."),
        "AvoidGaps",
        names=(RULE_NAMES,),
    ),
    col(
        "parameters",
        PARAMETERS,
        ("Parameters", "Параметры"),
        ("name = value, one a line.", "имя = значение, по одному в строке."),
        {"most": 2},
    ),
    col(
        "weight",
        WEIGHT,
        ("Weight", "Вес"),
        ("A number, required or off.", "Число, обязательно или выключено."),
        10,
    ),
    col(
        "source",
        TEXT,
        ("Source", "Источник"),
        ("Where it comes from.", "Откуда правило."),
        Both("our own wish", "наше пожелание"),
    ),
    col("valid_from", DAY, ("Valid from", "Действует с"), ("Empty: always.", "Пусто: всегда.")),
    col(
        "valid_to",
        DAY,
        ("Valid to", "Действует до"),
        ("The first day it no longer holds.", "Первый день, когда уже не действует."),
    ),
    col(
        "verified",
        YES,
        ("Verified", "Проверено"),
        ("Whether checked against the source.", "Сверено ли с источником."),
        example=True,
    ),
    REMARKS,
)
"""What is said of a rule, of a term's as of a session's."""

RULES: Final = (
    Sheet(
        Both("Rules", "Правила"),
        Both(
            "Own rules, and figures put in place of a profile's.",
            "Свои правила и свои значения вместо значений из набора.",
        ),
        {"": "policy.rules"},
        RULE,
    ),
)
