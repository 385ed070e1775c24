"""How good a timetable or a session's plan is, told: its status, its cost and its bound, and each rule's share."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import RuleCost, Timetable
from scheduler.publish.words import WEIGHTS, status
from scheduler.texts import Texts

MOST_SENTENCES: Final = 100
"""So many sentences of one rule are shown; of the others only how many."""


def gap(made: Timetable | SessionPlan) -> float | None:
    """The share of the cost that lies above the bound, where both are known."""
    if made.cost is None or made.bound is None:
        return None
    return (made.cost - made.bound) / made.cost if made.cost else 0.0


def quality(made: Timetable | SessionPlan, texts: Texts) -> Iterator[dict[str, str]]:
    """Tell in a few cards how good it is known to be."""
    good = {"optimal": "good", "feasible": "plainly"}.get(made.status, "bad")
    yield card(texts("Status"), texts(status(made)), look=good)
    if made.cost is not None:
        yield card(texts("Cost"), texts.number(made.cost), texts("less is better"))
    if made.bound is not None:
        least = texts("no timetable can cost less")
        if isinstance(made, SessionPlan):
            least = texts("no plan can cost less")
        yield card(texts("Proven bound"), texts.number(made.bound), least)
    if (above := gap(made)) is not None:
        yield card(texts("Gap"), texts.percent(above), texts("cost above the bound"))


def card(what: str, value: str, note: str = "", look: str = "") -> dict[str, str]:
    """One fact: what, how much, and a note below it."""
    return {"what": what, "value": value, "note": note, "look": look}


def source(made: Timetable | SessionPlan, texts: Texts) -> str:
    """Which version it is, and of what it was made."""
    parts = (
        made.name,
        made.id,
        made.version and f"Zvonok {made.version}",
        texts("seed {seed}", seed=str(made.seed)),
        made.input and texts("input {digest}", digest=made.input[:12]),
    )
    return " · ".join(part for part in parts if part)


def by_weight(rules: Iterable[RuleCost]) -> list[RuleCost]:
    """Missed requirements first, then what costs most, then what is kept."""
    return sorted(rules, key=lambda rule: (not (rule.weight == "required" and rule.deviation), -rule.cost))


def weight(rule: RuleCost, texts: Texts) -> str | int:
    """A rule's weight as a number, or as a word."""
    return texts(WEIGHTS[rule.weight]) if isinstance(rule.weight, str) else rule.weight


def sign(rule: RuleCost) -> str:
    """The sign of a rule that is kept, required and missed, or costs."""
    if not rule.deviation:
        return "✓"
    return "✗" if rule.weight == "required" else "−"


def told(rule: RuleCost, texts: Texts, *, private: bool = False) -> dict[str, Any]:
    """Tell a rule for a page; without its sentences, which name anybody, where the page is for one person."""
    mark = sign(rule)
    look, says = {
        "✓": ("kept", texts("kept everywhere")),
        "✗": ("missed", texts("required and missed")),
        "−": ("costs", texts("a wish that costs")),
    }[mark]
    weighs = weight(rule, texts)
    sentences = () if private else rule.sentences
    return {
        "id": rule.rule,
        "name": texts(rule.name),
        "weight": weighs if isinstance(weighs, str) else texts.number(weighs),
        "deviation": texts.number(rule.deviation),
        "cost": texts.number(rule.cost),
        "look": look,
        "sign": mark,
        "told": says,
        "sentences": sentences[:MOST_SENTENCES],
        "places": texts.counted("{n} place", "{n} places", len(sentences)),
        "more": max(0, len(sentences) - MOST_SENTENCES),
    }
