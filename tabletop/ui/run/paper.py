"""The paper card on the leader's desk: the participants' own view, in the leader's size."""

from datetime import datetime

from tabletop.core.participants import view
from tabletop.core.session import Session
from tabletop.locale import Words, words_for
from tabletop.ui import paper
from tabletop.ui.rows import EMPTY, Row, on, row, spread


def tab(words: Words, code: str, width: int, beside: Row = EMPTY) -> Row:
    """The card's tab, with what belongs to the card at its right."""
    label = on("paper", row((" " + words.t("PARTICIPANTS' SCREEN") + " ", "strong")))
    right = beside or row((code, "quiet"))
    return spread(label, right, width)


def card(session: Session, at: datetime, width: int, height: int) -> list[Row]:
    """What the participants see now, made from the same view as their screen."""
    seen = view(session)
    return paper.card(seen, words_for(seen.language), width, height, now=at)
