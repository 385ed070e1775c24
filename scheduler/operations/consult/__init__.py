"""Place consultations that are asked for during the term into a published timetable, and accept what is proposed.

`consult` answers requests: up to five proposals for each, ranked by what they cost whom, or the reasons why there is
none and what would help. `accept` makes a new version of the timetable with what was chosen. No lesson is moved unless
its request allows it, and nothing is proposed that the plain facts (`scheduler.operations.facts`) find fault with.
"""

from scheduler.operations.consult.accept import Accepted, accept
from scheduler.operations.consult.answer import Answer, Move, Proposal
from scheduler.operations.consult.choose import choose
from scheduler.operations.consult.consult import consult

__all__ = ["Accepted", "Answer", "Move", "Proposal", "accept", "choose", "consult"]
