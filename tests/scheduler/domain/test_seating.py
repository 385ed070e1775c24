"""Who takes which seat."""

import pytest

from scheduler.domain.seating import seating


@pytest.mark.parametrize(
    ("seats", "taken"),
    [
        ([], {}),
        (["ab", "a"], {0: "b", 1: "a"}),
        (["ab", "ab"], {0: "a", 1: "b"}),
        (["ab", "ab", "ab"], {0: "a", 1: "b"}),
        (["abc", "ab", "a", "d", "d"], {0: "c", 1: "b", 2: "a", 3: "d"}),
        (["", "a"], {1: "a"}),
    ],
)
def test_as_many_seats_are_taken_as_can_be_the_first_ones_for_certain(seats: list[str], taken: dict[int, str]) -> None:
    assert seating(seats) == taken
