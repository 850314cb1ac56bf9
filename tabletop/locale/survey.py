"""The five questions to residents: what they noticed, which is what counts. Each is answered from 1 to 5."""

from typing import Final

from tabletop.locale import mark

QUESTIONS: Final[tuple[str, ...]] = (
    mark("I soon knew what was going on."),
    mark("I knew what I could do myself."),
    mark("The information that I got was clear, and it was right."),
    mark("I could manage by myself or with people around me, or else I found help."),
    mark("What the municipality did was of use to me."),
)
"""Statements, in the order in which their answers are counted: question 1 of a survey is the first."""
ANSWERS: Final[tuple[str, ...]] = (mark("1 (not at all)"), "2", "3", "4", mark("5 (completely)"))
"""From not at all to completely, as they stand on paper."""
