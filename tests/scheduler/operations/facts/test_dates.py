"""What the calendar breaks on some dates and not on others."""

from scheduler.operations.facts import Facts
from scheduler.texts import Texts
from tests.scheduler.operations.consult.school import day, school, timetable


def test_a_workstation_that_somebody_else_has_on_a_date_is_a_clash_of_that_date() -> None:
    """The second Tuesday was once taken for one like the first: all is held at the same times by the same people."""
    document = school()
    made = timetable(document, (("alg", "tue", 1), ("mus", "tue", 1)))
    changed = {"mus/1/1@2.1": {"ivanov": "W1"}}
    occurrences = tuple(one.model_copy(update={"seats": changed.get(one.id)}) for one in made.occurrences)

    found = Facts(document, made.model_copy(update={"occurrences": occurrences})).of_dates()

    assert [(fact.date, fact.occurrences, Texts("en").tell(fact.sentence)) for fact in found] == [
        (
            day(15),
            ("alg/1/1@2.1", "mus/1/1@2.1"),
            "W1 is in two places at once: “alg/1/1” and “mus/1/1” (09:00).",
        )
    ]
