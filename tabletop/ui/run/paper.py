"""The paper card on the leader's desk: the participants' own view, in the leader's size."""

from datetime import datetime

from tabletop.core.participants import view
from tabletop.core.session import Session
from tabletop.locale import Words, words_for
from tabletop.ui import paper_card
from tabletop.ui.rows import EMPTY, Row, on, plain, row, spread, width_of


def tab(words: Words, code: str, width: int, beside: Row = EMPTY, *, coming: bool = False) -> Row:
    """The card's tab, with what belongs to the card at its right; ``coming`` says that it is not on the wall yet."""
    right = beside or row((code, "quiet"))
    if not coming:
        return spread(_label(words), right, width)
    label = row((" " + words.t("NEXT ON THE PARTICIPANTS' SCREEN") + " ", "strong"))
    return spread(on("paper", label), right, width)


def tab_width(words: Words) -> int:
    """How many cells the words on the tab take."""
    return width_of(_label(words))


def _label(words: Words) -> Row:
    return on("paper", row((" " + words.t("PARTICIPANTS' SCREEN") + " ", "strong")))


def card(session: Session, at: datetime, width: int, height: int) -> list[Row]:
    """What the participants see now, made from the same view as their screen."""
    seen = view(session)
    return paper_card.card(seen, words_for(seen.language), width, height, now=at)


def room_for_agreed(session: Session, width: int) -> int:
    """How many rows more than an ordinary card this one needs, so that the agreed line at its foot stands whole."""
    seen = view(session)
    return max(paper_card.agreed_lines(seen, words_for(seen.language), width) - 1, 0)


def snug(card: list[Row]) -> list[Row]:
    """The card as high as its text: of several empty rows together one is left."""
    kept: list[Row] = []
    for line in card:
        if plain(line).strip() or not kept or plain(kept[-1]).strip():
            kept.append(line)
    return kept


def trimmed(card: list[Row], most: int) -> list[Row]:
    """The card without its last empty rows, at most so many, where something else needs the room."""
    kept = list(card)
    while most > 0 and len(kept) > 3 and not plain(kept[-1]).strip():
        kept.pop()
        most -= 1
    return kept
