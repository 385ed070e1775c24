import pytest

from scheduler.errors import BadInput, Fault, Place, refuse
from solver.sentence import sentence

CYCLE = sentence("The cycle ({weeks} weeks) must be 1 to 4 weeks long.", weeks=7)
HELP = sentence("Maybe days were meant.")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place(), "The cycle (7 weeks) must be 1 to 4 weeks long. Maybe days were meant."),
        (
            Place(file="centre.xlsx", sheet="Term", cell="B4"),
            "centre.xlsx: sheet “Term”, cell B4: The cycle (7 weeks) must be 1 to 4 weeks long. Maybe days were meant.",
        ),
        (
            Place(sheet="Term"),
            "sheet “Term”: The cycle (7 weeks) must be 1 to 4 weeks long. Maybe days were meant.",
        ),
        (
            Place(file="centre.yaml", path="term.weeks"),
            "centre.yaml: field term.weeks: The cycle (7 weeks) must be 1 to 4 weeks long. Maybe days were meant.",
        ),
        (
            Place(file="comp01.ctt", line=1200),
            "comp01.ctt: line 1200: The cycle (7 weeks) must be 1 to 4 weeks long. Maybe days were meant.",
        ),
    ],
)
def test_a_fault_says_where_and_what_must_hold_and_what_might_help(place: Place, told: str) -> None:
    assert str(Fault(place, CYCLE, HELP)) == told


def test_bad_input_tells_every_fault_once() -> None:
    first, second = Fault(Place(line=1), CYCLE), Fault(Place(line=2), CYCLE, HELP)

    with pytest.raises(BadInput) as caught:
        refuse([first, second, first])

    assert caught.value.faults == (first, second)
    assert str(caught.value) == (
        "line 1: The cycle (7 weeks) must be 1 to 4 weeks long.\n"
        "line 2: The cycle (7 weeks) must be 1 to 4 weeks long. Maybe days were meant."
    )


def test_a_fault_learns_its_file_once() -> None:
    fault = Fault(Place(line=1), CYCLE)

    assert fault.within("a.ctt") == Fault(Place(file="a.ctt", line=1), CYCLE)
    assert fault.within("a.ctt").within("b.ctt") == fault.within("a.ctt")
