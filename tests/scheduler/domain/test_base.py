"""What all records share."""

from datetime import time

from scheduler.domain.timetable import Placement, Timetable


def test_a_changed_copy_forgets_what_was_worked_out_from_the_original() -> None:
    """A copy with another pattern once found its placements in the original's index."""
    placement = Placement(
        event="a/1/1",
        course="a",
        weeks=(1,),
        weekday="mon",
        start=time(9),
        end=time(10),
        time_zone="UTC",
        mode="site",
    )
    timetable = Timetable(pattern=(placement,))
    assert timetable.placements == {"a/1/1": placement}

    assert timetable.model_copy(update={"pattern": ()}).placements == {}
