"""Weeks by everybody's own clock."""

from datetime import date, time

import pytest

from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.publish.participants import KINDS, Kind, participant, participants, readable
from scheduler.publish.views import Grid, Row, Views
from tests.scheduler.publish.conftest import PATTERN, with_rooms


@pytest.fixture
def views(document: Document, timetable: Timetable) -> Views:
    return Views(document, timetable)


def told(grid: Grid) -> list[tuple[str, tuple[int, ...], int, str, tuple[int, ...]]]:
    return [(m.placement.event, m.weeks, m.day, f"{m.start:%H:%M}", m.rows) for m in grid.meetings]


def grid_of(views: Views, kind: Kind, key: str) -> Grid:
    return views.grid(participant(views.document, kind, key))


def test_a_student_two_hours_east_sees_moscow_lessons_by_their_own_clock_and_bells(views: Views) -> None:
    grid = grid_of(views, "student", "gleb")
    assert [(row.number, row.start) for row in grid.rows] == [(5, time(11, 30)), (6, time(12, 20)), (7, time(13, 10))]
    assert told(grid) == [
        ("alg9/1/1", (1, 2), 0, "12:20", (1,)),
        ("phy9/1/1", (1,), 1, "11:30", (0,)),
        ("alg9/1/2", (1, 2), 2, "12:20", (1, 2)),
    ]


def test_a_cell_holds_what_its_week_of_the_cycle_has(views: Views) -> None:
    grid = grid_of(views, "student", "gleb")
    assert [m.placement.event for m in grid.cell(1, 1, 0)] == ["phy9/1/1"]
    assert grid.cell(2, 1, 0) == ()


def test_what_follows_no_bells_has_a_row_without_a_number(views: Views) -> None:
    assert grid_of(views, "support", "psy").rows == (Row(None, time(15), time(16, 30)),)


def test_a_workstation_counts_by_the_bells_of_its_site_though_its_only_lesson_follows_others(views: Views) -> None:
    grid = grid_of(views, "workstation", "m3")
    assert grid.rows == (Row(2, time(9, 20), time(10, 0)),)
    assert told(grid) == [("phy9/1/1", (1,), 1, "09:30", (0,))]


def test_a_group_sees_the_lessons_of_its_single_students(views: Views) -> None:
    assert {m.placement.event for m in grid_of(views, "group", "9А").meetings} == {
        "alg9/1/1", "alg9/1/2", "rus9/1/1", "phy9/1/1", "eng8/2/1",
    }  # fmt: skip


def test_a_part_of_a_part_sees_the_lessons_of_the_whole_and_the_whole_sees_its_own(document: Document) -> None:
    """A subgroup of FET's does not see its year's lessons if only direct parts are looked at."""
    groups = [
        {"id": "9", "site": "msk", "size": 30},
        {"id": "9a", "site": "msk", "size": 15, "part_of": ["9"]},
        {"id": "9a1", "site": "msk", "size": 8, "part_of": ["9a"]},
        {"id": "8", "site": "msk", "size": 30},
    ]
    network = Document.model_validate({**document.model_dump(), "groups": groups})
    lesson = PATTERN[2] | {"students": []}
    pattern = [lesson | {"event": f"{key}/1/1", "course": key, "groups": [key]} for key in ("9", "9a1")]
    views = Views(network, Timetable.model_validate({"pattern": pattern}))

    seen = {key: [m.placement.course for m in grid_of(views, "group", key).meetings] for key in network.ids("groups")}
    assert seen == {"9": ["9", "9a1"], "9a": ["9", "9a1"], "9a1": ["9", "9a1"], "8": []}


def test_each_room_of_a_lesson_has_it_in_its_week(document: Document, timetable: Timetable) -> None:
    views = Views(document, with_rooms(timetable, "12", "e3"))

    for key in ("12", "e3"):
        assert "rus9/1/1" in [m.placement.event for m in grid_of(views, "room", key).meetings]
    assert "rus9/1/1" in [m.placement.event for m in grid_of(views, "site", "ekb").meetings]


def test_past_midnight_the_week_of_the_cycle_moves_too(document: Document, timetable: Timetable) -> None:
    """A lesson on Monday at 00:30 in Yekaterinburg is on Sunday in Moscow, in the week before."""
    zones = {"time_zone": "Asia/Yekaterinburg", "start": time(0, 30), "end": time(1, 10), "bells": None, "periods": ()}
    night = timetable.pattern[0].model_copy(update={**zones, "weeks": (1,)})
    views = Views(document, timetable.model_copy(update={"pattern": (night,)}))
    grid = grid_of(views, "student", "anna")
    assert told(grid) == [("alg9/1/1", (2,), 6, "22:30", (0,))]
    assert grid.days == 7


def test_dated_meetings_carry_what_their_dates_change_and_lost_ones_are_left_out(views: Views) -> None:
    dated = views.dated(participant(views.document, "student", "anna"))
    by_id = {meeting.occurrence.id: meeting for meeting in dated}
    assert "phy9/1/1@2.1" not in by_id
    assert by_id["alg9/1/1@1.2"].occurrence.status == "cancelled"
    assert by_id["alg9/1/2@2.1"].placement.teachers == ("rus-t",)
    assert by_id["alg9/1/2@2.1"].placement.seats["anna"] == "m3"


def test_a_substitute_sees_the_meeting_and_the_absent_teacher_does_not(views: Views) -> None:
    seen = {
        key: "alg9/1/2@2.1" in {m.occurrence.id for m in views.dated(participant(views.document, "teacher", key))}
        for key in ("alg-t", "rus-t")
    }
    assert seen == {"alg-t": False, "rus-t": True}


def test_a_moved_day_is_held_on_its_saturday(views: Views) -> None:
    starts = {m.start.date() for m in views.dated(participant(views.document, "student", "boris"))}
    assert date(2026, 9, 19) in starts
    assert date(2026, 9, 14) not in starts


def test_a_parent_reads_the_children_and_nobody_else(views: Views) -> None:
    mother = participant(views.document, "parent", "mum")
    assert [child.id for child in readable(views.document, mother)] == ["anna", "vera"]
    assert {m.occurrence.event for m in views.dated(mother)} == {
        "alg9/1/1", "alg9/1/2", "rus9/1/1", "phy9/1/1", "eng8/1/1",
    }  # fmt: skip
    assert [item.course for item in views.self_paced(mother)] == ["bio8"]


def test_a_coordinator_reads_the_schools_they_coordinate(views: Views) -> None:
    seen = readable(views.document, participant(views.document, "coordinator", "mun"))
    assert [(someone.kind, someone.id) for someone in seen] == [
        ("student", "gleb"), ("teacher", "alg-t"), ("teacher", "phy-t"), ("site", "ekb"), ("room", "e3"),
        ("workstation", "e1"), ("workstation", "e2"),
    ]  # fmt: skip


def test_every_meeting_of_every_participant_has_a_row_that_exists(views: Views) -> None:
    for kind in KINDS:
        for someone in participants(views.document, kind):
            grid = views.grid(someone)
            assert all(m.rows and set(m.rows) <= set(range(len(grid.rows))) for m in grid.meetings)


def test_the_week_of_the_cycle_is_counted_from_the_anchor(views: Views) -> None:
    assert [views.week_of_cycle(date(2026, 9, day)) for day in (1, 6, 7, 13, 14)] == [1, 1, 2, 2, 1]


def test_sections_are_told_apart_where_there_are_several(views: Views) -> None:
    sections = {p.event: views.section(p) for p in views.timetable.pattern}
    assert (sections["eng8/1/1"], sections["eng8/2/1"], sections["alg9/1/1"]) == (1, 2, None)
