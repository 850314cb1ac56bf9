"""A card of the participants on the wall, large. Pure functions from a view to rows.

The most generous way is tried first; air goes before block letters, and those before the agreed groups, until
everything fits: what is said is cut last of all.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from tabletop.core.participants import NoPlay, ParticipantView
from tabletop.core.text import cells, clean_line, cut, wrap
from tabletop.locale import Words
from tabletop.ui import blocks
from tabletop.ui.laying import (
    AGREED,
    KEY,
    centred,
    compressed,
    has_agreed,
    held,
    inset,
    labelled,
    spread,
    time_bought,
    wrapped,
)
from tabletop.ui.participants.card import sheet
from tabletop.ui.participants.sheet import INK, QUIET, STRONG, TITLE, Fit, Sheet, flow
from tabletop.ui.rows import EMPTY, Part, Row, width_of

SMALLEST: Final = (60, 18)
"""The least that the shared screen needs, in cells."""
_EDGE: Final = 4
_MEASURE: Final = 68
"""The longest line of a running text, in cells; a message is at most 44 by itself."""
_COLUMN: Final = 92
"""The widest that a card stands on a wide wall."""
_ZOOM: Final = 60
_SCALES: Final = ((4, 4), (3, 2), (2, 1))
"""Sizes of a countdown: cells across and half cells down for each dot."""


class _Way(NamedTuple):
    """One way to lay out a page, between generous and tight."""

    blocks: bool
    gaps: tuple[int, int, int]
    """Empty rows under the top line, under the kicker and under the headline."""
    before_foot: int = 1
    groups: int = 0
    """Lines for the groups to look out for."""
    agreed: int = 1
    """Lines for what was agreed."""
    airy: bool = True
    lines: int = 0
    scale: int = 1
    figures: bool = True
    dense: bool = False
    """Without the empty rows of the text itself, where what was agreed would else be cut."""


# --- the wall ---


def page(
    view: ParticipantView, words: Words, width: int, height: int, *, now: datetime | None = None, lost: bool = False
) -> list[Row]:
    """Return the shared screen, exactly ``height`` rows of at most ``width`` cells."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return too_small(words, width, height)
    if isinstance(view.card, NoPlay):
        return _alarm(view, words, width, height, lost=lost)
    left = max(_EDGE, (width - _COLUMN) // 2)
    room = width - 2 * left
    top, bottom = (0, 0) if height < 22 else (1, 1 if height < 32 else 3)
    made: list[Row] = []
    for way in _ways(height, room):
        fit = Fit(min(room, _MEASURE), way.blocks, way.airy, way.lines, way.figures)
        card = sheet(view, words, fit, now)
        header = _header(card, words, width, lost=lost)
        foot = _foot(view, card, words, room, way, now)
        rows = _stacked(card, way, room)
        lead = way.gaps[0] + (_lead(height, rows) if card.is_sparse else 0)
        free = height - top - bottom - 1 - lead - len(foot)
        rows = compressed(rows, free) if way.dense else rows
        asks_to_zoom = card.asks_to_zoom and not foot
        if asks_to_zoom:
            foot = _zoom(words, width, left)
            free = height - top - bottom - 1 - lead - 2
        space = free - len(rows)
        made = [
            *[EMPTY] * top, header, *[EMPTY] * lead, *inset(held(rows, free), left), *[EMPTY] * max(0, space),
            *(foot if asks_to_zoom else inset(foot, left)), *[EMPTY] * bottom,
        ]  # fmt: skip
        if space >= (way.before_foot if foot else 0) and (not way.groups or _has_groups(view, card)):
            break
    return made[:height]


def _ways(height: int, room: int) -> Iterator[_Way]:
    """Every way to lay out a page, the most generous first."""
    may_block = room >= 72 and height >= 22
    scale = 1 if may_block else 2
    if height >= 32:
        for groups in (2, 0):
            yield _Way(may_block, (3, 2, 3), 2, groups, AGREED, scale=0)
    for groups in (2, 1, 0):
        yield _Way(may_block, (1, 1, 1), 1, groups, AGREED, scale=scale)
    for agreed in (AGREED, 2, 1):
        for headline in (True, False) if may_block else (False,):
            yield _Way(headline, (1, 1, 1), 1, 0, agreed, scale=scale)
            yield _Way(headline, (1, 1, 1), 0, 0, agreed, scale=scale)
            yield _Way(headline, (1, 1, 0), 0, 0, agreed, scale=2)
        yield _Way(False, (1, 0, 0), 0, 0, agreed, scale=2)
        yield _Way(False, (0, 0, 0), 0, 0, agreed, scale=2, dense=True)
    for lines in (0, 4, 3, 2, 1):
        for space in (1, 0):
            yield _Way(False, (1, space, space), 0, airy=False, lines=lines, scale=2, figures=False)


def _lead(height: int, rows: Sequence[Row]) -> int:
    """Return how much lower a card with little to say stands: its middle a little above that of the screen."""
    return max(0, min(height // 5, (height - len(rows)) // 2 - 5))


def _header(card: Sheet, words: Words, width: int, *, lost: bool) -> Row:
    marker: Part = (f" {words.t('EXERCISE')} ", KEY)
    left: Row = ((" " * _EDGE, INK), marker)
    if lost:
        left = (*left, (f"  {words.t('no connection for a moment')}", QUIET))
    return spread(left, card.corner, width - _EDGE)


def _stacked(card: Sheet, way: _Way, room: int) -> list[Row]:
    """Put kicker, headline and body under one another."""
    rows: list[Row] = []
    for part, space in (
        (_kicker(card, way, room), way.gaps[1]),
        (list(card.above), way.gaps[1]),
        (_head(card, way, room), way.gaps[2]),
        (card.body, 0),
    ):
        if part:
            rows += [*part, *[EMPTY] * space]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _kicker(card: Sheet, way: _Way, room: int) -> list[Row]:
    if not card.kicker:
        return []
    if card.has_large_kicker and (drawn := _drawn(card.kicker, way, room)):
        details = [line for detail in card.details for line in wrapped(detail, room, most=2)]
        return [*drawn, *([EMPTY] if details else []), *details]
    if card.dress == "bar":
        text = "   ".join((card.kicker, *("".join(text for text, _ in detail) for detail in card.details)))
        return [((f" {cut(text, room - 2)} ".ljust(room), "key"),)]
    kicker: Part = (card.kicker, TITLE)
    one = (kicker, *(part for detail in card.details for part in (("   ", INK), *detail)))
    rows: list[Row]
    if width_of(one) <= room:
        rows = [one]
    else:
        first, *others = card.details
        indent = cells(card.kicker) + 3
        details = [line for detail in (first, *others) for line in wrapped(detail, room - indent, most=3)]
        rows = [
            (kicker if place == 0 else (" " * cells(card.kicker), INK), ("   ", INK), *line)
            for place, line in enumerate(details)
        ]
    if card.dress == "ruled":
        rows.append((("━" * room, "paper.accent"),))
    return rows


def _head(card: Sheet, way: _Way, room: int) -> list[Row]:
    if card.intro:
        return _beside_clock(card, way, room)
    if not card.headline:
        return []
    drawn = _drawn(card.headline, way, room, _SCALES[way.scale :] if card.is_clock else ())
    return drawn or wrapped(((card.headline, TITLE),), room, most=2)


def _drawn(text: str, way: _Way, room: int, scales: Sequence[tuple[int, int]] = ()) -> list[Row]:
    """Return a text in block letters, as large as fits; nothing where it does not."""
    for across, down in (*scales, *(((1, 1),) if way.blocks else ())):
        drawn = blocks.draw(text, across, down)
        if drawn and blocks.width_of(drawn) <= room:
            return [((line, TITLE),) for line in drawn]
    return []


def _beside_clock(card: Sheet, way: _Way, room: int) -> list[Row]:
    """Put the countdown beside the words that belong to it, as large as fits."""
    start = max(24, *(width_of(line) + 4 for line in card.intro))
    for across, down in _SCALES[way.scale :]:
        drawn = blocks.draw(card.clock, across, down)
        if not drawn or start + blocks.width_of(drawn) > room:
            continue
        rows: list[Row] = []
        for place in range(max(len(card.intro), len(drawn))):
            words = card.intro[place] if place < len(card.intro) else EMPTY
            digits = drawn[place] if place < len(drawn) else ""
            rows.append((*words, (" " * (start - width_of(words)), INK), (digits, TITLE)) if digits else words)
        return rows
    return list(card.intro)


def _foot(view: ParticipantView, card: Sheet, words: Words, room: int, way: _Way, now: datetime | None) -> list[Row]:
    """Return the time that was bought and the agreed line under their rule, the page at the end of it."""
    rows = time_bought(view, words, room, now)
    agreed, look_out = words.t("Agreed"), words.t("Look out for")
    has_groups = way.groups > 0 and _has_groups(view, card)
    column = max(cells(agreed), cells(look_out) if has_groups else 0)
    if has_agreed(view, card):
        rows += labelled(_padded(agreed, column), view.agreed, room, way.agreed)
    if has_groups:
        label = _padded(look_out, column if has_agreed(view, card) else 0)
        groups = _listed(view.groups, room - cells(label) - 2, way.groups)
        rows += labelled(label, groups, room, way.groups)
    if card.page:
        rule = ("─" if rows else " ") * (room - cells(card.page) - 2)
        return [((rule + "  ", "faint"), (card.page, STRONG)), *rows]
    return [(("─" * room, "faint"),), *rows] if rows else []


def _has_groups(view: ParticipantView, card: Sheet) -> bool:
    return bool(view.groups) and card.keeps_foot and view.stage in (None, "agreement")


def _padded(label: str, column: int) -> str:
    return label + " " * (column - cells(label))


def _listed(groups: Sequence[str], room: int, most: int) -> str:
    """Return as many groups as fit, whole, and how many more there are."""
    more = ""
    for shown in range(len(groups), 0, -1):
        more = f" … +{len(groups) - shown}" if shown < len(groups) else ""
        text = " · ".join(groups[:shown]) + more
        if len(wrap(text, room)) <= most:
            return text
    return cut(groups[0], room - cells(more)) + more


def _zoom(words: Words, width: int, left: int) -> list[Row]:
    """Return the line of sixty cells by which a leader sets the zoom of the terminal."""
    edge = 0 if width < _ZOOM + 2 * _EDGE else left
    return [((" " * left, INK), (words.t("Zoom in until this line fills the width"), QUIET)),
            ((" " * edge, INK), ("━" * _ZOOM, "paper.accent"))]  # fmt: skip


def _alarm(view: ParticipantView, words: Words, width: int, height: int, *, lost: bool) -> list[Row]:
    """Return the one card without an exercise marker: this is real. As large as it can be, in the middle."""
    fit = Fit(min(width - 2 * _EDGE, _MEASURE))
    card = sheet(view, words, fit)
    drawn: tuple[str, ...] = ()
    for across, down in ((3, 3), (2, 2), (1, 1)):
        drawn = blocks.draw(card.headline, across, down)
        if drawn and blocks.width_of(drawn) <= width - _EDGE and len(drawn) + len(card.body) + 4 <= height:
            break
        drawn = ()
    wide = blocks.width_of(drawn)
    head: list[Row] = [((line.ljust(wide), "errorstrong"),) for line in drawn] or wrapped(
        ((card.headline, "errorstrong"),), fit.width, most=2
    )
    rows = [*head, EMPTY, EMPTY, *card.body]
    above = max(0, (height - len(rows)) * 2 // 5)
    rows = [*[EMPTY] * above, *(centred(row, width) for row in rows), *[EMPTY] * height][:height]
    if lost:
        rows[-1] = centred(((words.t("no connection for a moment"), QUIET),), width)
    return rows


def notice(lines: Sequence[str], width: int, height: int) -> list[Row]:
    """Return a few quiet words in the middle of a screen."""
    rows = [row for line in lines for row in (flow(line, max(width - 4, 2), INK) if line else (EMPTY,))]
    above = max(0, (height - len(rows)) // 2)
    return [*[EMPTY] * above, *(centred(row, width) for row in rows), *[EMPTY] * height][:height]


def too_small(words: Words, width: int, height: int) -> list[Row]:
    """Return the one sentence that a terminal gets in which nothing fits."""
    sentence = words.t("Make the window a little larger (now {width} x {height}).", width=width, height=height)
    return notice([sentence], width, height)


def not_begun(words: Words, width: int, height: int, awaited: Path | None = None) -> list[Row]:
    """Return the shared screen before there is a run to follow; with the log that is waited for and not there yet."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return too_small(words, width, height)
    left = max(_EDGE, (width - _COLUMN) // 2)
    room = width - 2 * left
    top, bottom = (0, 0) if height < 22 else (1, 1)
    way = _Way(room >= 72 and height >= 22, (1, 1, 2))
    body = flow(
        words.t("The screen follows by itself as soon as the exercise leader begins."), min(room, _MEASURE), INK
    )
    if awaited is not None:
        said = words.t("{file} is not there yet.", file=clean_line(str(awaited)))
        body = (*body, EMPTY, *flow(said, min(room, _MEASURE), QUIET)[:4])
    card = Sheet(headline=words.t("WE BEGIN SOON"), body=body)
    rows = [*[EMPTY] * top, _header(card, words, width, lost=False), *[EMPTY] * max(2, height // 5)]
    rows += inset(_stacked(card, way, room), left)
    rows += [EMPTY] * (height - len(rows) - 2 - bottom)
    return [*rows, *_zoom(words, width, left), *[EMPTY] * bottom][:height]
