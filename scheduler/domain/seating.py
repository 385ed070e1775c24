"""Who takes which of several seats: of commissions, of anything that each of some can serve."""

from collections.abc import Sequence


def seating(seats: Sequence[Sequence[str]]) -> dict[int, str]:
    """Seat as many as can be, nobody twice; a seat that can be taken beside those before it is taken.

    Parameters
    ----------
    seats
        For each seat who may take it.

    Returns
    -------
    dict of int to str
        For the seats that are taken by whom.
    """
    holder: dict[str, int] = {}

    def seat(number: int, tried: set[str]) -> bool:
        """Seat the first who has no seat, or else move others along a path of exchanges."""
        free = (person for person in seats[number] if person not in holder)
        for person in (*free, *seats[number]):
            if person not in tried:
                tried.add(person)
                if person not in holder or seat(holder[person], tried):
                    holder[person] = number
                    return True
        return False

    for number in range(len(seats)):
        seat(number, set())
    return {number: person for person, number in holder.items()}
