"""The paper card on the leader's desk: the participants' own view, in the leader's size."""

from datetime import datetime

from tabletop.core.participants import view
from tabletop.core.session import Session
from tabletop.locale import Words, words_for
from tabletop.ui import paper
from tabletop.ui.rows import EMPTY, Row, on, plain, row, spread, width_of


def tab(words: Words, code: str, width: int, beside: Row = EMPTY) -> Row:
    """The card's tab, with what belongs to the card at its right."""
    right = beside or row((code, "quiet"))
    return spread(_label(words), right, width)


def tab_width(words: Words) -> int:
    """How many cells the words on the tab take."""
    return width_of(_label(words))


def _label(words: Words) -> Row:
    return on("paper", row((" " + words.t("PARTICIPANTS' SCREEN") + " ", "strong")))


def card(session: Session, at: datetime, width: int, height: int) -> list[Row]:
    """What the participants see now, made from the same view as their screen."""
    seen = view(session)
    return paper.card(seen, words_for(seen.language), width, height, now=at)


def trimmed(card: list[Row], most: int) -> list[Row]:
    """The card without its last empty rows, at most so many, where something else needs the room."""
    kept = list(card)
    while most > 0 and len(kept) > 3 and not plain(kept[-1]).strip():
        kept.pop()
        most -= 1
    return kept
