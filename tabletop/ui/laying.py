"""Rows of paper, put beside and under one another: what the wall and the leader's card are both laid out with."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from tabletop.core.participants import ParticipantView
from tabletop.core.text import cells, cut, wrap
from tabletop.locale import Words
from tabletop.ui.participants.card import seconds_left
from tabletop.ui.participants.sheet import INK, QUIET, STRONG, Sheet
from tabletop.ui.rows import EMPTY, Part, Row, width_of

KEY: Final = "paper.key"
AGREED: Final = 4
"""The most lines that the agreed line takes. It gives way last of all: it stands there for the table."""


# --- the foot ---


def time_bought(view: ParticipantView, words: Words, room: int, now: datetime | None) -> list[Row]:
    """Return one quiet line, in whole minutes: a timer that ticks would hurry the one who bought time."""
    bought = view.bought
    if bought is None:
        return []
    said = [words.t("Time bought"), bought.who or words.t("the table")]
    if bought.until is not None and now is not None:
        minutes = math.ceil(seconds_left(bought.until, now) / 60)
        if not minutes:
            return []
        said.append(words.tn("{n} min left", "{n} min left", minutes))
    return [((cut(" · ".join(said), room), QUIET),)]


def has_agreed(view: ParticipantView, card: Sheet) -> bool:
    """Whether the agreed line stands here: until the next feedback point, and again once it agreed something new."""
    is_new = view.stage is None or (view.stage == "agreement" and view.kept is None)
    return bool(view.agreed) and card.keeps_foot and is_new


def labelled(label: str, text: str, room: int, most: int = 1) -> list[Row]:
    """Break a text into lines beside its label."""
    return wrapped(((f"{label}  ", QUIET), (text, STRONG)), room, most=most)


# --- rows ---


def inset(rows: Sequence[Row], left: int) -> list[Row]:
    """Move rows to the right; an empty one stays empty."""
    return [((" " * left, INK), *row) if row else EMPTY for row in rows]


def filled(row: Row, width: int) -> Row:
    """Return the row in exactly so many cells of paper."""
    used = width_of(row)
    if used < width:
        return (*row, (" " * (width - used), INK))
    return row if used == width else cropped(row, width)


def cropped(row: Row, width: int) -> Row:
    made: list[Part] = []
    for text, ink in row:
        if cells(text) > width:
            text = cut(text, width)
            made.append((text + " " * (width - cells(text)), ink))
            return tuple(made)
        made.append((text, ink))
        width -= cells(text)
    return tuple(made)


def spread(left: Row, right: Row, width: int) -> Row:
    """Return one row with its right part at the right edge, cut where both do not fit."""
    free = width - width_of(left) - 1
    if not right or free < 3:
        return left
    if width_of(right) > free:
        right = ((cut("".join(text for text, _ in right), free), QUIET),)
    return (*left, (" " * (width - width_of(left) - width_of(right)), INK), *right)


def centred(row: Row, width: int) -> Row:
    """Put a row in the middle of so many cells."""
    return ((" " * max(0, (width - width_of(row)) // 2), INK), *row) if row else EMPTY


def wrapped(row: Row, width: int, *, most: int) -> list[Row]:
    """Break a row into lines; its first part, where it has two, is a label that the rest wraps under."""
    if width_of(row) <= width:
        return [row]
    label = row[0] if len(row) > 1 else None
    text, ink = ("".join(text for text, _ in row[1:]), row[-1][1]) if label else row[0]
    indent = cells(label[0]) if label else 0
    lines = list(wrap(text, width - indent))
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width - indent)]
    return [
        ((label if place == 0 else (" " * indent, INK)), (line, ink)) if label else ((line, ink),)
        for place, line in enumerate(lines)
    ]


def compressed(rows: list[Row], height: int) -> list[Row]:
    """Leave out empty rows from the bottom up, until the rest fits."""
    rows = list(rows)
    for place in range(len(rows) - 1, -1, -1):
        if len(rows) <= height:
            break
        if not rows[place]:
            del rows[place]
    return rows


def held(rows: Sequence[Row], height: int) -> list[Row]:
    """Return at most so many rows, ending in an ellipsis where something had to be left out."""
    if len(rows) <= height:
        return list(rows)
    kept = list(rows[: max(height, 0)])
    if kept and kept[-1]:
        text, ink = kept[-1][-1]
        kept[-1] = (*kept[-1][:-1], (cut(text + " …", max(cells(text), 2)), ink))
    elif kept:
        kept[-1] = (("…", QUIET),)
    return kept
