"""Audit a timetable made by hand, with no solver at all: what is broken, what is missed, and where."""

import sys
from pathlib import Path

from scheduler.domain.timetable import Placement, Timetable
from scheduler.formats import native
from scheduler.operations.audit import audit

BY_HAND = """
mon  algebra-9a  algebra-9b  physics-9   -
tue  algebra-9b  physics-9   -           algebra-9a
wed  algebra-9a  -           algebra-9b  -
thu  -           algebra-9a  algebra-9b  -
"""

document = native.read(Path(__file__).with_name("small.yaml"))
pattern: list[Placement] = []
for day, *row in map(str.split, BY_HAND.strip().splitlines()):
    for bell, course in zip(document.bells[0].periods, row, strict=True):
        number = 1 + sum(placement.course == course for placement in pattern)
        when = {"weeks": [1], "weekday": day, "periods": [bell.number], "start": bell.start, "end": bell.end}
        where = {"mode": "site", "site": "school", "time_zone": "Europe/Moscow"}
        if course != "-":
            teachers, groups = document.course(course).teachers, document.course(course).groups
            who = {"teachers": teachers, "groups": groups, "room": "lab" if course == "physics-9" else None}
            event = {"event": f"{course}/1/{number}", "course": course, "number": number}
            pattern.append(Placement.model_validate(event | when | where | who))

found = audit(document, Timetable(pattern=tuple(pattern)))
print("All that is required is kept." if found.kept else "Something required is broken.", "Cost:", found.cost)
for rule in found.rules:
    print("✗" if rule.deviation else "✓", rule.says, *(f"\n    {said}" for said in rule.sentences))
print(*found.facts, sep="\n")
assert "ortools" not in sys.modules
