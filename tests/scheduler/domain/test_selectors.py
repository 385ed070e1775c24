from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.document import Document
from scheduler.domain.select import Ref, Times, resolve, times
from scheduler.domain.selectors import Part, Selector, Term, keys_of, parse
from scheduler.domain.words import KEYS, KINDS, VALUES
from scheduler.errors import BadInput, Place
from tests.strategies import IDS

CENTRE = Document.model_validate(
    {
        "term": {"first_day": "2026-09-01", "last_day": "2026-12-30", "cycle": 2},
        "bells": [
            {
                "id": "usual",
                "periods": [{"number": n, "start": f"{n + 7:02}:30", "end": f"{n + 8:02}:10"} for n in (1, 2, 3)],
            }
        ],
        "schools": [{"id": "School1"}, {"id": "School2"}],
        "sites": [{"id": "Main"}, {"id": "East"}],
        "rooms": [
            {"id": "R1", "site": "Main", "seats": 20, "features": ["lab"]},
            {"id": "R2", "site": "East", "seats": 8, "features": ["lab", "camera"]},
        ],
        "workstations": [
            {"id": "PC1", "site": "Main", "room": "R1", "features": ["headset"]},
            {"id": "PC2", "site": "East"},
        ],
        "subjects": [
            {"id": "alg", "name": "Алгебра"},
            {"id": "pe", "counts_as": "physical-education"},
            {"id": "other"},
        ],
        "groups": [
            {"id": "9A", "grade": 9, "site": "East", "students": ["S1"]},
            {"id": "9A-1", "part_of": ["9A"], "students": ["S2"]},
        ],
        "students": [
            {"id": "S1", "grade": 9, "school": "School1", "site": "Main"},
            {"id": "S2", "grade": 10, "school": "School2", "device": "tablet", "plan": [{"course": "PE"}]},
            {"id": "S3"},
        ],
        "teachers": [
            {"id": "T1", "kind": "network", "qualifications": [{"subject": "alg"}]},
            {"id": "T2", "site": "Main", "schools": ["School2"], "qualifications": [{"subject": "pe"}]},
        ],
        "tutors": [{"id": "U1", "site": "Main", "groups": ["9A"]}],
        "support": [{"id": "H1", "role": "engineer"}],
        "courses": [
            {"id": "ALG-9", "subject": "alg", "grade": 9, "hours": 2, "groups": ["9A"], "teachers": ["T1"]},
            {"id": "PE", "subject": "pe", "grade": 9, "hours": 1, "mode": "site", "site": "Main"},
            {"id": "OWN", "subject": "other", "hours": 1, "mode": "self_paced", "deadline": "2026-12-01"},
        ],
        "events": [{"id": "FORUM", "kind": "forum", "teachers": ["T1"], "site": "Main", "hours": 1}],
        "policy": {"profiles": ["ru-sanpin-2021"]},
    }
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("students", "S1 S2 S3"),
        ("students grade=5-9", "S1"),
        ("students grade!=5-9", "S2 S3"),
        ("students grade=9,10 school=School2", "S2"),
        ("students at=home", "S2 S3"),
        ("students at=home device=tablet", "S2"),
        ("students group=9A", "S1 S2"),
        ("students course=PE", "S2"),
        ("students course=ALG-9", "S1 S2"),
        ("student=S3,S1; students site=Main", "S1 S3"),
        ("people at=site", "S1 T2 U1"),
        ("people site=Main", "S1 T2 U1"),
        ("people", "S1 S2 S3 T1 T2 U1 H1"),
        ("teachers kind=network", "T1"),
        ("teachers school=School1", "T1"),
        ("teachers school=School2", "T1 T2"),
        ("teachers subject=Алгебра", "T1"),
        ("teachers course=PE", "T2"),
        ("tutors group=9A", "U1"),
        ("support role=engineer", "H1"),
        ("groups grade=9", "9A"),
        ("group=9A-1", "9A-1"),
        ("lessons", "ALG-9 PE OWN"),
        ("lessons subject=alg", "ALG-9"),
        ("lessons subject!=Алгебра", "PE OWN"),
        ("lessons counts_as!=physical-education", "ALG-9 OWN"),
        ("lessons difficulty=7-20", "ALG-9"),
        ("lessons difficulty=0", "OWN"),
        ("lessons grade=9 mode=site", "PE"),
        ("lessons student=S1", "ALG-9"),
        ("lessons student=S2", "ALG-9 PE"),
        ("lessons teacher=T2", "PE"),
        ("lessons site=Main", "PE"),
        ("lessons site=East; course=PE", "ALG-9 PE"),
        ("lessons group=9A", "ALG-9"),
        ("events kind=forum", "FORUM"),
        ("event=FORUM", "FORUM"),
        ("rooms features=lab,camera", "R2"),
        ("rooms seats=10-30", "R1"),
        ("workstations room=R1", "PC1"),
        ("workstations features=headset site=Main", "PC1"),
    ],
)
def test_a_selector_selects_in_the_order_of_the_document(text: str, found: str) -> None:
    assert [ref.id for ref in resolve(parse(text), CENTRE)] == found.split()


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("ученики класс=5-9", "students grade=5-9"),
        ("Учащиеся Класс = 5-9 где=Дома", "students grade=5-9 at=home"),
        ("учителя вид=сетевой", "teachers kind=network"),
        ("уроки предмет=алг,физ режим=онлайн", "lessons subject=алг,физ mode=online"),
        ("время дни=пн,вт уроки=1-3 недели=1", "times days=mon,tue periods=1-3 weeks=1"),
        ("время после=9:00 до=15:30", "times after=09:00 before=15:30"),
        ("кабинеты площадка=Главная оснащение=lab", "rooms site=Главная features=lab"),
        ("курс=АЛГ-9 ; арм = 1, 2", "lessons course=АЛГ-9; workstations workstation=1,2"),
        ("все", "people"),
    ],
)
def test_russian_keywords_mean_the_english_ones(russian: str, english: str) -> None:
    assert str(parse(russian)) == english
    assert parse(russian) == parse(english)


@st.composite
def selectors(draw: st.DrawFn) -> Selector:
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(sorted(set(KINDS.values()))))
        terms = []
        for key in draw(st.lists(st.sampled_from(list(keys_of(kind))), unique=True)):
            sort = next(sort for name, sort in KEYS[kind].values() if name == key)
            values = {
                "name": IDS.filter(lambda word: not word.endswith("!")),
                "numbers": st.sampled_from(["3", "5-9"]),
                "clock": st.just("09:30"),
            }.get(sort, st.sampled_from(sorted(set(VALUES.get(sort, {"": ""}).values()))))
            most = 1 if sort == "clock" else 3
            terms.append(Term(key, tuple(draw(st.lists(values, min_size=1, max_size=most))), draw(st.booleans())))
        parts.append(Part(kind, tuple(terms)))
    return Selector(tuple(parts))


@given(selectors())
def test_what_is_told_reads_back_as_the_same(selector: Selector) -> None:
    assert parse(str(selector)) == selector


@given(st.text("students grade=!,;:-5шТ ", max_size=30))
def test_any_text_is_a_selector_or_a_fault(text: str) -> None:
    try:
        selector = parse(text)
    except BadInput:
        return
    assert parse(str(selector)) == selector


def fault(text: str) -> str:
    with pytest.raises(BadInput) as bad:
        resolve(parse(text, Place(path="p")), CENTRE, Place(path="p"))
    return str(bad.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "A selector must say what it selects, such as “students grade=5-9”."),
        (
            "teachrs",
            (
                "A selector must begin with what it selects; “teachrs” is nothing that can be selected. "
                "Maybe “teachers” was meant."
            ),
        ),
        ("grade=5", "A selector must begin with what it selects; “grade” is nothing that can be selected."),
        ("students 9", "“9” must be a key and values, such as “grade=5-9”."),
        (
            "groups grad=5",
            "“groups” must be told apart by one of group, grade, site; “grad” is none. Maybe “grade” was meant.",
        ),
        ("students grade=", "“grade=” must have values, such as “grade=5-9”."),
        ("students grade=9-5", "The value (9-5) must be a number or a range such as 5-9."),
        ("students at=hom", "The value (hom) must be one of home, site. Maybe “home” was meant."),
        ("times after=25:00", "The value (25:00) must be a time such as 15:00."),
        ("times after=9:00,10:00", "“after=9:00,10:00” must have one value."),
        ("course=ALG-8", "The course “ALG-8” must be in the document. Maybe “ALG-9” was meant."),
        ("lessons subject=algebra", "The subject “algebra” must be in the document. Maybe “alg” was meant."),
        ("times days=mon", "Times must not stand here: “times days=mon”."),
        ("x" * 4001, f"The text ({'x' * 40}…) must have at most 4000 characters."),
    ],
)
def test_what_a_selector_gets_wrong_is_told(text: str, told: str) -> None:
    assert fault(text) == f"field p: {told}"


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert fault("students grade=x at=y; lesson") == (
        "field p: The value (x) must be a number or a range such as 5-9.\n"
        "field p: The value (y) must be one of home, site.\n"
        "field p: A selector must begin with what it selects; “lesson” is nothing that can be selected. "
        "Maybe “lessons” was meant."
    )


def test_a_profile_may_name_what_the_school_does_not_have() -> None:
    assert resolve(parse("lessons subject=latin"), CENTRE, lenient=True) == ()
    assert resolve(parse("lessons course=PE"), CENTRE, lenient=True) == (Ref("courses", "PE"),)


def test_times_are_what_their_terms_leave() -> None:
    found = times(
        parse("times days=mon,tue periods=1-2 weeks=1 after=09:00; times before=15:00 periods!=1 bells=usual"), CENTRE
    )

    assert found == (
        Times(days=frozenset({0, 1}), periods=frozenset({1, 2}), weeks=frozenset({1}), after=time(9)),
        Times(before=time(15), periods=frozenset({2, 3}), bells=frozenset({"usual"})),
    )
    here: dict[str, Any] = {"weekday": 0, "week": 1, "start": time(9), "end": time(10), "period": 2, "bells": "usual"}
    assert found[0].holds(**here)
    assert [
        found[0].holds(**{**here, **other})
        for other in ({"weekday": 2}, {"week": 2}, {"period": 3}, {"start": time(8)})
    ] == [False] * 4
    assert [found[1].holds(**{**here, **other}) for other in ({}, {"end": time(16)}, {"bells": None})] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("students", "Only times must stand here, not “students”."),
        ("times bells=usua", "The bell schedule “usua” must be in the document. Maybe “usual” was meant."),
        ("times after!=09:00", "“after!=09:00” must be written with = alone."),
    ],
)
def test_what_is_no_time_is_told(text: str, told: str) -> None:
    with pytest.raises(BadInput) as bad:
        times(parse(text), CENTRE)

    assert str(bad.value) == told
