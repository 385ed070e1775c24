import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.domain.timetable import Placement, Timetable
from scheduler.errors import BadInput
from scheduler.exports import Order, export
from scheduler.formats import native, read
from scheduler.formats.fet.write import locked, timetable_xml
from scheduler.texts import Texts
from tests.scheduler.formats.fet_school import HEAD, SOURCE, SPACES, TAIL, TIMES


def placement(event: int, weekday: str, period: int, *rooms: str) -> Placement:
    return Placement(
        event=f"A{event}/1/1",
        kind="event" if event == 3 else "lesson",
        course=f"A{event}",
        weeks=(1,),
        weekday=weekday,
        periods=(period,),
        bells="hours",
        start="08:00",
        end="08:45",
        time_zone="UTC",
        mode="site",
        room=rooms[0] if rooms else None,
        also=rooms[1:],
    )


TIMETABLE = Timetable(
    pattern=(
        placement(1, "tue", 1, "A&B"),
        placement(2, "mon", 2, "Hall_1", "A&B"),
        placement(3, "mon", 1),
    )
)

XML = """<?xml version="1.0" encoding="UTF-8"?>
<Activities_Timetable>
<Activity>
\t<Id>1</Id>
\t<Day>Вторник</Day>
\t<Hour>&quot;early&quot;</Hour>
\t<Room>A&amp;B</Room>
</Activity>
<Activity>
\t<Id>2</Id>
\t<Day>Mon &amp; dawn</Day>
\t<Hour>2 &lt; noon</Hour>
\t<Room>Both &quot;halls&quot;</Room>
\t<Real_Room>Hall 1</Real_Room>
\t<Real_Room>A&amp;B</Real_Room>
</Activity>
<Activity>
\t<Id>3</Id>
\t<Day>Mon &amp; dawn</Day>
\t<Hour>&quot;early&quot;</Hour>
\t<Room></Room>
</Activity>
</Activities_Timetable>
"""

TIME_LOCKS = """<ConstraintActivityPreferredStartingTime>
\t<Weight_Percentage>100</Weight_Percentage>
\t<Activity_Id>2</Activity_Id>
\t<Preferred_Day>Mon &amp; dawn</Preferred_Day>
\t<Preferred_Hour>2 &lt; noon</Preferred_Hour>
\t<Permanently_Locked>false</Permanently_Locked>
\t<Active>true</Active>
\t<Comments></Comments>
</ConstraintActivityPreferredStartingTime>
<ConstraintActivityPreferredStartingTime>
\t<Weight_Percentage>100</Weight_Percentage>
\t<Activity_Id>3</Activity_Id>
\t<Preferred_Day>Mon &amp; dawn</Preferred_Day>
\t<Preferred_Hour>&quot;early&quot;</Preferred_Hour>
\t<Permanently_Locked>false</Permanently_Locked>
\t<Active>true</Active>
\t<Comments></Comments>
</ConstraintActivityPreferredStartingTime>
"""

ROOM_LOCKS = """<ConstraintActivityPreferredRoom>
\t<Weight_Percentage>100</Weight_Percentage>
\t<Activity_Id>1</Activity_Id>
\t<Room>A&amp;B</Room>
\t<Permanently_Locked>false</Permanently_Locked>
\t<Active>true</Active>
\t<Comments></Comments>
</ConstraintActivityPreferredRoom>
<ConstraintActivityPreferredRoom>
\t<Weight_Percentage>100</Weight_Percentage>
\t<Activity_Id>2</Activity_Id>
\t<Room>Both &quot;halls&quot;</Room>
\t<Number_of_Real_Rooms>2</Number_of_Real_Rooms>
\t<Real_Room>Hall 1</Real_Room>
\t<Real_Room>A&amp;B</Real_Room>
\t<Permanently_Locked>false</Permanently_Locked>
\t<Active>true</Active>
\t<Comments></Comments>
</ConstraintActivityPreferredRoom>
"""


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """The school's timetable, to be written beside its file."""
    source = tmp_path / "school.fet"
    source.write_bytes(SOURCE)
    made = datetime(2026, 9, 1, tzinfo=UTC)
    return Order(read(source), TIMETABLE, Texts("en"), made, tmp_path / "out.xml", source)


def refusal(order: Order) -> str:
    """What is said instead of writing."""
    with pytest.raises(BadInput) as raised:
        export(order, "fet")
    return str(raised.value)


def test_a_timetable_is_written_as_fet_writes_its_own(order: Order) -> None:
    export(order, "fet")

    assert order.out.read_text("utf-8") == XML


def test_a_native_document_made_from_a_fet_file_does_as_well(order: Order, tmp_path: Path) -> None:
    yaml = tmp_path / "school.yaml"
    yaml.write_text(native.dumps(order.document), "utf-8")

    assert timetable_xml(read(yaml), TIMETABLE) == XML


def test_a_copy_locks_what_the_file_does_not_lock_yet_and_keeps_all_else(order: Order) -> None:
    out = order.out.with_name("locked.fet")
    export(dataclasses.replace(order, out=out), "fet")

    assert out.read_bytes().decode() == HEAD + TIMES + TIME_LOCKS + SPACES + ROOM_LOCKS + TAIL
    assert locked(out.read_bytes(), order.document, TIMETABLE) == out.read_bytes()


def test_a_copy_ends_its_lines_and_encodes_its_signs_as_the_file_does(order: Order) -> None:
    latin = SOURCE.decode("utf-8-sig").replace("UTF-8", "ISO-8859-1").replace("\n", "\r\n")
    source = latin.encode("iso-8859-1", "xmlcharrefreplace")
    timetable = Timetable(pattern=(placement(2, "tue", 1),))

    copy = locked(source, order.document, timetable)

    assert len(copy) > len(source)
    assert copy.replace(b"\r\n", b"").count(b"\n") == 0
    assert copy.count(b"<Preferred_Day>&#1042;&#1090;&#1086;&#1088;&#1085;&#1080;&#1082;</Preferred_Day>") == 2


def test_only_a_fet_file_is_copied_and_never_over_itself(order: Order, tmp_path: Path) -> None:
    yaml = tmp_path / "school.yaml"
    yaml.write_text(native.dumps(order.document), "utf-8")
    copy = tmp_path / "locked.fet"
    assert order.source is not None

    assert refusal(dataclasses.replace(order, out=copy, source=yaml)) == (
        f"{yaml}: Only a FET file can be copied with all times and rooms locked. "
        "Maybe name the .fet file that the term was read from."
    )
    assert refusal(dataclasses.replace(order, out=order.source)) == (
        f"{order.source}: The copy must not replace the file itself."
    )
    assert refusal(dataclasses.replace(order, out=tmp_path / "t.json")) == (
        f"{tmp_path / 't.json'}: The file to write must end in .xml (a timetable) or .fet (the term's file, all locked)."
    )
    assert not copy.exists()
    assert order.source.read_bytes() == SOURCE


@pytest.mark.parametrize(
    "strange",
    [
        placement(9, "mon", 1),
        placement(1, "wed", 1),
        placement(1, "mon", 3),
        placement(1, "mon", 1, "Gym"),
        placement(1, "mon", 1).model_copy(update={"course": "Art"}),
        placement(1, "mon", 1).model_copy(update={"weeks": (1, 2)}),
    ],
)
def test_a_timetable_of_another_term_is_refused(order: Order, strange: Placement) -> None:
    order = dataclasses.replace(order, result=Timetable(pattern=(strange,)))

    assert refusal(order) == f"“{strange.event}” must be an activity of the FET file that the term was read from."


def test_a_document_of_another_file_is_refused(order: Order) -> None:
    other = SOURCE.replace(b"<Id>3</Id>", b"<Id>4</Id>")

    with pytest.raises(BadInput, match="“A3” must be an activity of the FET file that the term was read from"):
        locked(other, order.document, TIMETABLE)


def test_a_file_without_a_list_to_add_to_is_refused(order: Order) -> None:
    source = SOURCE.replace(b"</Space_Constraints_List>", b"</Space_Constraints_List >")

    with pytest.raises(BadInput, match="The FET file must have a list <Space_Constraints_List> to add to"):
        locked(source, order.document, TIMETABLE)
