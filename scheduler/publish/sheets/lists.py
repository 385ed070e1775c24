"""Sheets that a timetable and a session's plan both have: the summary, and what each rule costs."""

from collections.abc import Iterable, Sequence
from typing import Any

from scheduler.domain.timetable import RuleCost
from scheduler.publish.costs import sign, weight
from scheduler.publish.sheets.book import HEAD, LEFT, MARKS, NAME, Book
from scheduler.texts import Texts


def summary(book: Book, texts: Texts, rows: Sequence[tuple[str, Any]], left_out: Sequence[str]) -> None:
    """Write what is known of the whole, and what nobody looked at."""
    sheet = book.sheet(texts("Summary"), [(texts("What"), 34), (texts("Value"), 60)])
    for at, (what, value) in enumerate(rows, 2):
        book.put(sheet, at, 1, what, font=NAME)
        form = "0.0%" if isinstance(value, float) else "General"
        book.put(sheet, at, 2, value, font=HEAD, align=LEFT, form=form)
    for at, thing in enumerate(left_out, 2 + len(rows)):
        book.put(sheet, at, 1, texts("Not looked at"), font=NAME, fill=MARKS["−"])
        book.put(sheet, at, 2, thing, font=HEAD, align=LEFT, fill=MARKS["−"])


def rules(book: Book, texts: Texts, costs: Iterable[RuleCost]) -> None:
    """Write a row for each place where a rule is missed, and one for each rule that is kept."""
    sheet = book.sheet(texts("Rules"), [
        ("", 5), (texts("Rule"), 50), (texts("Name in the policy"), 20), (texts("Weight"), 13),
        (texts("Deviation"), 12), (texts("Cost"), 10), (texts("Where it is missed"), 70),
    ])  # fmt: skip
    at = 2
    for rule in sorted(costs, key=lambda rule: (rule.weight != "required", -rule.cost)):
        mark = sign(rule)
        for sentence in rule.sentences or ("",):
            told = [mark, texts(rule.name), rule.rule, weight(rule, texts), rule.deviation, rule.cost, sentence]
            book.values(sheet, at, told, {1: MARKS[mark]})
            at += 1
