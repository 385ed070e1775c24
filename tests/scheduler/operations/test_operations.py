"""Generate, audit and compare, on a small centre; the plain facts on timetables that somebody spoilt."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from scheduler.compile import compile_document, recall
from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput
from scheduler.formats.native import dumps
from scheduler.operations.audit import audit
from scheduler.operations.compare import compare
from scheduler.operations.facts import Facts
from scheduler.operations.generate import generate, precheck
from scheduler.texts import Texts
from solver.audit import audit as recount_audit
from tests.scheduler.compile.centre import CENTRE, centre, changed

ROOT = Path(__file__).parents[3]
POLICY = {"profiles": ["default"]}


def made(document: Document, **options: Any) -> Timetable:
    """A timetable by counted work, so that it is always the same."""
    found = generate(document, work=2.0, workers=1, seed=1, **options)
    assert found.timetable is not None, found.reasons
    return found.timetable


@pytest.fixture(scope="module")
def document() -> Document:
    return centre(policy=POLICY)


@pytest.fixture(scope="module")
def timetable(document: Document) -> Timetable:
    return made(document)


def spoilt(timetable: Timetable, event: str, **fields: object) -> Timetable:
    """The timetable with one placement changed by hand, its dates made anew by nobody."""
    pattern = tuple(p.model_copy(update=fields) if p.event == event else p for p in timetable.pattern)
    return timetable.model_copy(update={"pattern": pattern})


def test_a_generated_timetable_is_audited_at_its_own_cost_and_keeps_the_plain_facts(
    document: Document, timetable: Timetable
) -> None:
    found = audit(document, timetable)

    assert (found.cost, found.facts, found.dated, found.kept) == (timetable.cost, (), (), True)
    assert [(rule.rule, rule.deviation) for rule in found.rules] == [(r.rule, r.deviation) for r in timetable.rules]


def test_the_same_seed_and_counted_work_make_the_same_timetable(document: Document, timetable: Timetable) -> None:
    again = made(document).model_copy(update={"search": timetable.search})

    assert dumps(again, as_json=True) == dumps(timetable, as_json=True)


def test_pinned_lessons_stay_where_they_are(document: Document, timetable: Timetable) -> None:
    again = made(document, start=timetable, pins=("mus", "alg/1/2"))
    events = ("alg/1/2", "mus/1/1")

    assert [again.placements[event].pinned for event in ("alg/1/1", *events)] == [False, True, True]
    for event in events:
        assert again.placements[event].model_copy(update={"pinned": False}) == timetable.placements[event]


def test_a_pin_that_names_nothing_is_a_fault(document: Document, timetable: Timetable) -> None:
    with pytest.raises(BadInput) as bad:
        generate(document, start=timetable, pins=("algebra", "history"))

    assert str(bad.value) == (
        "“algebra” must be a course or an event of the document. Maybe “alg” was meant.\n"
        "“history” must be a course or an event of the document."
    )
    with pytest.raises(BadInput) as bad:
        generate(document, pins=("mus",))

    assert str(bad.value) == "What is pinned must stand in a timetable to start from."


def test_staying_put_counts_what_stands_elsewhere(timetable: Timetable) -> None:
    stay = {"rule": "StayPut", "weight": 7}
    compiled = compile_document(centre(policy={"profiles": [], "rules": [stay]}), timetable)
    music = compiled.event_of["mus/1/1"]
    before = recall(compiled, timetable).assignment
    moved = tuple((o + 1) % 40 if event == music else o for event, o in enumerate(before.option))

    assert recount_audit(compiled.problem, before).cost == 0
    assert recount_audit(compiled.problem, replace(before, option=moved)).cost == 7


def test_what_is_impossible_is_an_outcome_with_reasons() -> None:
    away = changed("teachers", "petrova", availability={"weekly": [{"days": ["mon"], "end": "09:40"}]})
    document = centre(policy=POLICY, **away)
    found = generate(document, work=2.0, workers=1)

    assert (found.status, found.timetable) == ("impossible", None)
    assert found.reasons[: len(precheck(document))] == precheck(document) != ()


def test_facts_tell_hours_that_are_not_delivered(document: Document, timetable: Timetable) -> None:
    pattern = tuple(p for p in timetable.pattern if p.event != "alg/1/2")
    told = Facts(document, timetable.model_copy(update={"pattern": pattern})).of_pattern()

    assert [str(fact) for fact in told] == [
        f"{name} has 1 hours a week of “Algebra 9”, not 2." for name in ("Anna", "Boris", "Vera")
    ]


def test_facts_tell_who_is_in_two_places_at_once_on_each_date(document: Document, timetable: Timetable) -> None:
    first, second = timetable.placements["alg/1/1"], timetable.placements["alg/1/2"]
    together = spoilt(timetable, "alg/1/2", weekday=first.weekday, start=first.start, end=first.end)
    moved = tuple(
        o if o.event != "alg/1/2" else o.model_copy(update={"start": at.start, "end": at.end})
        for o, at in _beside(together, second.event, first.event)
    )
    found = Facts(document, together.model_copy(update={"occurrences": moved})).of_dates()
    people = {str(fact.sentence).partition(" is in")[0] for fact in found}

    assert people == {"Anna", "Boris", "Vera", "Petrova", *timetable.placements["alg/1/1"].seats.values()} - {
        seat for seat in first.seats.values() if seat not in second.seats.values()
    }


def _beside(timetable: Timetable, event: str, other: str) -> list[tuple[Any, Any]]:
    """Each occurrence with, for those of the event, the other event's one of the same number, cut to the shorter."""
    others = {o.id.partition("@")[2]: o for o in timetable.occurrences if o.event == other}
    found: list[tuple[Any, Any]] = []
    for occurrence in timetable.occurrences:
        if occurrence.event != event:
            found.append((occurrence, None))
        elif (at := others.get(occurrence.id.partition("@")[2])) is not None:
            found.append((occurrence, at))
    return found


def test_facts_tell_who_is_not_there_by_the_week(timetable: Timetable) -> None:
    day = timetable.placements["mus/1/1"].weekday
    away = changed("teachers", "ivanov", availability={"weekly": [{"days": [day], "available": False}]})
    told = [str(fact) for fact in Facts(centre(policy=POLICY, **away), timetable).of_pattern()]

    assert [fact.partition(" at ")[0] for fact in told] == ["Ivanov is not available for “Music” (mus/1/1)"]


def test_facts_tell_missing_and_unfit_workstations(document: Document, timetable: Timetable) -> None:
    seats = timetable.placements["alg/1/1"].seats
    without = spoilt(timetable, "alg/1/1", seats={k: v for k, v in seats.items() if k != "boris"})
    unfit = centre(policy=POLICY, **changed("courses", "alg", student_features=["headset"]))

    assert [str(f) for f in Facts(document, without).of_pattern()] == ["Boris has no workstation at “alg/1/1”."]
    assert "Workstation E1 has no headset, which Boris needs for “alg/1/1”." in [
        str(fact) for fact in Facts(unfit, timetable).of_pattern()
    ]


def test_facts_see_every_room_of_a_lesson(document: Document, timetable: Timetable) -> None:
    """Beside its first room a lesson has others, which are looked at alike: one lies elsewhere, one is closed."""
    rooms = [
        *CENTRE["rooms"],
        {"id": "R3", "name": "Annexe", "site": "E", "seats": 1},
        {"id": "R4", "site": "W", "seats": 1, "hours": [{"available": False}]},
    ]
    need = {"also": [{"features": ["lab"]}, {"candidates": ["R3"]}]}
    placed = {"room": "R1", "mode": "site", "site": "W", "seats": {}}

    def told(also: tuple[str, ...], need: dict[str, Any]) -> list[str]:
        where = changed("courses", "mus", mode="site", site="W", room=need)
        spoiled = spoilt(timetable, "mus/1/1", also=also, **placed)
        return [str(fact) for fact in Facts(centre(policy=POLICY, rooms=rooms, **where), spoiled).of_pattern()]

    assert told(("R2", "R3"), need) == []
    assert told(("R4", "R3"), need) == [
        "R4 is closed when “mus/1/1” is held in it.",
        "R4 has no lab, which “mus/1/1” needs.",
    ]
    assert told(("R3",), {"also": [{}]}) == ["Annexe is not at the site of “mus/1/1”."]
    assert told(("R2",), need) == ["“mus/1/1” has 2 of its 3 rooms."]
    assert told(("R9", "R3"), need) == ["“R9” of “mus/1/1” is not in the document."]


def test_facts_let_a_lesson_go_without_a_room_that_it_need_not_have(timetable: Timetable) -> None:
    def told(*rooms: str, **need: Any) -> list[str]:
        where = changed("courses", "mus", mode="site", site="W", room=need)
        placed: dict[str, Any] = {
            "room": rooms[0] if rooms else None,
            "also": rooms[1:],
            "mode": "site",
            "site": "W",
            "seats": {},
        }
        return [
            str(f) for f in Facts(centre(policy=POLICY, **where), spoilt(timetable, "mus/1/1", **placed)).of_pattern()
        ]

    assert told() == ["“mus/1/1” has no room."]
    assert told(optional=True) == told("R1", optional=True) == []
    assert told("R1", optional=True, also=[{}]) == ["“mus/1/1” has 1 of its 2 rooms."]


def test_facts_tell_a_room_that_two_lessons_have_on_a_date_though_for_one_it_is_a_further_one(
    document: Document, timetable: Timetable
) -> None:
    first = timetable.placements["alg/1/1"]
    together = spoilt(timetable, "alg/1/2", weekday=first.weekday, start=first.start, end=first.end)
    moved = tuple(
        o if o.event != "alg/1/2" else o.model_copy(update={"start": at.start, "end": at.end})
        for o, at in _beside(together, "alg/1/2", "alg/1/1")
    )
    shared = spoilt(spoilt(together, "alg/1/1", also=("R2",)), "alg/1/2", room="R1", also=("R2",))
    found = Facts(document, shared.model_copy(update={"occurrences": moved})).of_dates()

    assert "R2" in {str(fact.sentence).partition(" is in")[0] for fact in found}


def test_facts_tell_when_a_group_is_not_there_nor_any_that_it_is_a_part_of(timetable: Timetable) -> None:
    placed = timetable.placements["mus/1/1"]
    away = {"weekly": [{"days": [placed.weekday], "available": False}]}
    groups = [
        {"id": "9", "name": "Year 9", "site": "W", "size": 3, "availability": away},
        {"id": "9a", "name": "Class 9a", "site": "W", "size": 2, "part_of": ["9"]},
        {"id": "9a1", "name": "Half of 9a", "site": "W", "size": 1, "part_of": ["9a"]},
        {"id": "8", "name": "Year 8", "site": "W", "size": 1},
    ]
    where = changed("courses", "mus", groups=["9a1", "8"])
    told = Facts(centre(policy=POLICY, groups=groups, **where), spoilt(timetable, "mus/1/1", groups=("9a1", "8")))

    assert [str(f).partition(" at ")[0] for f in told.of_pattern() if "available" in str(f)] == [
        "Half of 9a is not available for “Music” (mus/1/1)"
    ]


def test_the_audit_tells_what_of_a_timetable_made_by_hand_is_no_time_of_the_bells(
    document: Document, timetable: Timetable
) -> None:
    found = audit(document, spoilt(timetable, "mus/1/1", start=time(13), end=time(13, 40)))

    assert str(found.facts[0]).startswith("“mus/1/1” is held at 13:00:00")
    assert not found.kept


def test_a_known_absence_is_a_dated_fault_that_the_timetable_tells_itself() -> None:
    leave = [{"first": date(2026, 9, 1), "last": date(2026, 9, 30), "reason": "leave"}]
    document = centre(policy=POLICY, **changed("teachers", "ivanov", availability={"dated": leave}))
    timetable = made(document)
    found = audit(document, timetable)

    assert {fault.sentence for fault in timetable.faults} == {"Ivanov is away when “mus/1/1” is held."}
    assert len(timetable.faults) == sum(o.event == "mus/1/1" and o.status == "held" for o in timetable.occurrences)
    assert (len(found.dated), found.kept) == (len(timetable.faults), True)


def test_two_timetables_are_compared_by_lesson_and_by_person(document: Document, timetable: Timetable) -> None:
    music = timetable.placements["mus/1/1"]
    other = spoilt(timetable, "mus/1/1", weeks=(3 - music.weeks[0],), seats={"ivanov": "W9"})
    found = compare(document, timetable, other)

    assert [str(change).partition(" from")[0] for change in found.changes] == ["“mus/1/1” moves", "Ivanov changes"]
    assert {key: len(changes) for key, changes in found.people.items()} == {
        ("student", "vera"): 1,
        ("teacher", "ivanov"): 2,
    }
    assert [rule.rule for rule in found.first.rules] == [rule.rule for rule in found.second.rules]
    assert compare(document, timetable, timetable).changes == ()


def test_a_lesson_in_other_rooms_is_told_with_all_of_them_but_not_with_the_same_ones_in_another_order(
    document: Document, timetable: Timetable
) -> None:
    both, turned = (spoilt(timetable, "mus/1/1", room=a, also=(b,)) for a, b in (("R1", "R2"), ("R2", "R1")))

    assert [str(change) for change in compare(document, timetable, both).changes] == [
        "“mus/1/1” changes from - to R1, R2."
    ]
    assert compare(document, both, turned).changes == ()


def test_a_lesson_moves_between_days_and_periods_by_their_names(document: Document, timetable: Timetable) -> None:
    term = {**CENTRE["term"], "day_names": [f"Day {number}" for number in range(1, 11)]}
    bells = [
        {"id": "usual", "periods": [{**bell, "name": f"P{bell['number']}"} for bell in CENTRE["bells"][0]["periods"]]},
        CENTRE["bells"][1],
    ]
    named = centre(policy=POLICY, term=term, bells=bells)
    placed = {"start": time(9), "end": time(9, 40), "periods": (1,), "bells": "usual", "time_zone": "Europe/Moscow"}
    one = spoilt(timetable, "mus/1/1", weekday="tue", weeks=(2,), **placed)
    other = spoilt(timetable, "mus/1/1", weekday="wed", weeks=(1, 2), **placed)
    unnamed = spoilt(one, "mus/1/1", periods=(), bells=None)

    assert [Texts("en").tell(change) for change in compare(named, one, other).changes] == [
        "“mus/1/1” moves from Day 7, P1 (09:00) to Day 3 and Day 8, P1 (09:00)."
    ]
    assert [Texts("en").tell(change) for change in compare(named, other, unnamed).changes] == [
        "“mus/1/1” moves from Day 3 and Day 8, P1 (09:00) to Day 7, 09:00."
    ]


def test_the_audit_runs_on_a_machine_without_ortools(document: Document, timetable: Timetable, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(dumps(document, as_json=True))
    (tmp_path / "t.json").write_text(dumps(timetable, as_json=True))
    program = (
        "import sys; sys.modules['ortools'] = None\n"
        "from pathlib import Path\n"
        "from scheduler.formats import native\n"
        "from scheduler.operations.audit import audit\n"
        "found = audit(native.read(Path(sys.argv[1])), native.read_timetable(Path(sys.argv[2])))\n"
        "print(found.cost, found.kept)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "d.json"), str(tmp_path / "t.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == (f"{timetable.cost} True\n", "")


def test_what_is_missing_is_named_where_nothing_serves() -> None:
    said = precheck(centre(policy=POLICY, workstations=[]))

    assert [Texts("en").tell(reason) for reason in said] == [
        (
            "There is none: a workstation (W) and a workstation (E), "
            "which Algebra 9, lesson 1, Algebra 9, lesson 2, and Music cannot do without."
        )
    ]
    assert [Texts("ru").tell(reason) for reason in said] == [
        "Нет ни одного: АРМ (W) и АРМ (E). Без этого не провести: Algebra 9, занятие 1, Algebra 9, занятие 2 и Music."
    ]
