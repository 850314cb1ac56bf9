"""A sheet: what a card says, in parts, before anyone decides where they stand; and the pieces that it is made of."""

from typing import Final, Literal, NamedTuple, TypeAlias

from tabletop.core.text import wrap
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row

INK: Final = "paper.text"
STRONG: Final = "paper.strong"
QUIET: Final = "paper.quiet"
ACCENT: Final = "paper.accent"
TITLE: Final = "paper.accentstrong"

Dress: TypeAlias = Literal["plain", "ruled", "bar"]
BAR: Final = "┃ "


class Fit(NamedTuple):
    """The room that a sheet is made for, in cells, and how generous it may be."""

    width: int
    blocks: bool = False
    airy: bool = True
    lines: int = 0
    """The most lines that one entry of a list may take; 0 for as many as it needs."""
    figures: bool = False
    """Whether the figures to show with fingers may be in block letters, where nothing else is."""


class Sheet(NamedTuple):
    """A card in parts, from the top: corner, kicker with its details, headline or clock, body."""

    corner: Row = EMPTY
    kicker: str = ""
    details: tuple[Row, ...] = ()
    """Beside the kicker on one line where they fit, under it where they do not."""
    dress: Dress = "plain"
    has_large_kicker: bool = False
    """The kicker may stand in block letters, as there is no headline."""
    above: tuple[Row, ...] = ()
    """Stands over the headline."""
    headline: str = ""
    is_clock: bool = False
    """The headline is a time, and may stand as large as a countdown."""
    intro: tuple[Row, ...] = ()
    """Stands beside the clock."""
    clock: str = ""
    body: tuple[Row, ...] = ()
    page: str = ""
    keeps_foot: bool = True
    is_sparse: bool = False
    """Little to say, so that it may stand lower, in more air."""
    is_alarm: bool = False
    asks_to_zoom: bool = False


def flow(text: str, width: int, ink: str) -> tuple[Row, ...]:
    """Break a text into rows of at most so many cells."""
    return tuple(((line, ink),) if line else EMPTY for line in wrap(text, width))


def gap(fit: Fit) -> tuple[Row, ...]:
    """Return an empty row, where there is air."""
    return (EMPTY,) if fit.airy else ()


def detail(text: str) -> tuple[Row, ...]:
    """Return a quiet line for beside the kicker, where there is anything to say."""
    return (((text, QUIET),),) if text else ()


def page_of(page: int, pages: int, words: Words) -> str:
    """Say which page it is, where there are more."""
    return words.t("{page} of {pages}", page=page, pages=pages) if pages > 1 else ""
