"""Where a card stands: on the wall, large, and on the leader's desk, small. Pure functions from a view to rows.

``page`` is the shared screen; ``card`` is the same card on the leader's desk. Both try the most generous way first and
give up air, then block letters, then the agreed groups, until everything fits: what is said is cut last of all.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from tabletop.core.participants import NoPlay, ParticipantView
from tabletop.core.text import cells, clean_line, cut, wrap
from tabletop.locale import Words
from tabletop.ui import blocks
from tabletop.ui.participants.card import INK, QUIET, STRONG, TITLE, Fit, Sheet, flow, seconds_left, sheet
from tabletop.ui.rows import EMPTY, Part, Row, width_of

SMALLEST: Final = (60, 18)
"""The least that the shared screen needs, in cells."""
_EDGE: Final = 4
_MEASURE: Final = 68
"""The longest line of a running text, in cells; a message is at most 44 by itself."""
_COLUMN: Final = 92
"""The widest that a card stands on a wide wall."""
_ZOOM: Final = 60
_KEY: Final = "paper.key"
_AGREED: Final = 4
"""The most lines that the agreed line takes. It gives way last of all: it stands there for the table."""
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
        rows = _compressed(rows, free) if way.dense else rows
        asks_to_zoom = card.asks_to_zoom and not foot
        if asks_to_zoom:
            foot = _zoom(words, width, left)
            free = height - top - bottom - 1 - lead - 2
        space = free - len(rows)
        made = [
            *[EMPTY] * top, header, *[EMPTY] * lead, *_inset(_held(rows, free), left), *[EMPTY] * max(0, space),
            *(foot if asks_to_zoom else _inset(foot, left)), *[EMPTY] * bottom,
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
            yield _Way(may_block, (3, 2, 3), 2, groups, _AGREED, scale=0)
    for groups in (2, 1, 0):
        yield _Way(may_block, (1, 1, 1), 1, groups, _AGREED, scale=scale)
    for agreed in (_AGREED, 2, 1):
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
    marker: Part = (f" {words.t('EXERCISE')} ", _KEY)
    left: Row = ((" " * _EDGE, INK), marker)
    if lost:
        left = (*left, (f"  {words.t('no connection for a moment')}", QUIET))
    return _spread(left, card.corner, width - _EDGE)


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
        details = [line for detail in card.details for line in _wrapped(detail, room, most=2)]
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
        details = [line for detail in (first, *others) for line in _wrapped(detail, room - indent, most=3)]
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
    return drawn or _wrapped(((card.headline, TITLE),), room, most=2)


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
    rows = _time_bought(view, words, room, now)
    agreed, look_out = words.t("Agreed"), words.t("Look out for")
    has_groups = way.groups > 0 and _has_groups(view, card)
    column = max(cells(agreed), cells(look_out) if has_groups else 0)
    if _has_agreed(view, card):
        rows += _labelled(_padded(agreed, column), view.agreed, room, way.agreed)
    if has_groups:
        label = _padded(look_out, column if _has_agreed(view, card) else 0)
        groups = _listed(view.groups, room - cells(label) - 2, way.groups)
        rows += _labelled(label, groups, room, way.groups)
    if card.page:
        rule = ("─" if rows else " ") * (room - cells(card.page) - 2)
        return [((rule + "  ", "faint"), (card.page, STRONG)), *rows]
    return [(("─" * room, "faint"),), *rows] if rows else []


def _time_bought(view: ParticipantView, words: Words, room: int, now: datetime | None) -> list[Row]:
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


def _has_agreed(view: ParticipantView, card: Sheet) -> bool:
    """Whether the agreed line stands here: until the next feedback point, and again once it agreed something new."""
    is_new = view.stage is None or (view.stage == "agreement" and view.kept is None)
    return bool(view.agreed) and card.keeps_foot and is_new


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


def _labelled(label: str, text: str, room: int, most: int = 1) -> list[Row]:
    return _wrapped(((f"{label}  ", QUIET), (text, STRONG)), room, most=most)


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
    head: list[Row] = [((line.ljust(wide), "errorstrong"),) for line in drawn] or _wrapped(
        ((card.headline, "errorstrong"),), fit.width, most=2
    )
    rows = [*head, EMPTY, EMPTY, *card.body]
    above = max(0, (height - len(rows)) * 2 // 5)
    rows = [*[EMPTY] * above, *(_centred(row, width) for row in rows), *[EMPTY] * height][:height]
    if lost:
        rows[-1] = _centred(((words.t("no connection for a moment"), QUIET),), width)
    return rows


def notice(lines: Sequence[str], width: int, height: int) -> list[Row]:
    """Return a few quiet words in the middle of a screen."""
    rows = [row for line in lines for row in (flow(line, max(width - 4, 2), INK) if line else (EMPTY,))]
    above = max(0, (height - len(rows)) // 2)
    return [*[EMPTY] * above, *(_centred(row, width) for row in rows), *[EMPTY] * height][:height]


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
    rows += _inset(_stacked(card, way, room), left)
    rows += [EMPTY] * (height - len(rows) - 2 - bottom)
    return [*rows, *_zoom(words, width, left), *[EMPTY] * bottom][:height]


# --- the leader's desk ---


def card(view: ParticipantView, words: Words, width: int, height: int, *, now: datetime | None = None) -> list[Row]:
    """Return the same card as paper on the leader's desk: exactly ``height`` rows of ``width`` cells.

    In two columns where it is wide and low. Without ``now`` a countdown is left out.
    """
    if width < 12 or height < 3:
        return [_filled(EMPTY, width)] * max(height, 0)
    lay = _wide if height < 12 and width >= 64 else _tall
    return [_filled(row, width) for row in lay(view, words, width, height, now)[:height]]


class _SmallWay(NamedTuple):
    """One way to lay out a card on the desk, between airy and tight."""

    airy: bool
    gaps: tuple[int, int, int] = (0, 0, 0)
    """Empty rows above title, body and foot."""
    edge: int = 0
    lines: int = 0
    foot_lines: int = _AGREED
    dense: bool = False
    """Without the empty rows of the text itself, where what was agreed would else be cut."""


_AIRY: Final = (
    _SmallWay(True, (1, 1, 1), 1),
    _SmallWay(True, (1, 0, 1), 1),
    _SmallWay(True, (1, 0, 0), 1),
    _SmallWay(True, (0, 0, 0), 1),
    _SmallWay(True, (1, 0, 0)),
    _SmallWay(True),
)
_TIGHT: Final = (_SmallWay(False), _SmallWay(False, lines=2), _SmallWay(False, lines=1))


def _small_ways() -> Iterator[_SmallWay]:
    """Every way to lay out a card, the most generous first: the agreed line keeps its lines longer than the air."""
    yield from _AIRY
    yield _TIGHT[0]
    yield _TIGHT[0]._replace(dense=True)
    for way in (*_AIRY, *_TIGHT):
        yield way._replace(foot_lines=1)


def _tall(view: ParticipantView, words: Words, width: int, height: int, now: datetime | None) -> list[Row]:
    room = width - 4
    laid: list[Row] = []
    for way in _small_ways():
        edge = way.edge if height >= 14 else 0
        made = sheet(view, words, Fit(room, airy=way.airy, lines=way.lines), now)
        foot = _small_foot(view, made, words, room, now, way.foot_lines)
        if foot:
            foot = [*[EMPTY] * way.gaps[2], *foot]
        rows: list[Row] = []
        parts = (_small_head(made, words, room), _small_title(made, room), list(made.body))
        for part, space in zip(parts, (0, *way.gaps), strict=False):
            if part:
                rows += [*([EMPTY] * space if rows else []), *part]
        free = height - 2 * edge - len(foot)
        dense = _compressed(rows, free)
        fits = len(dense if way.dense else rows) <= free
        rows = _held(dense, free)
        laid = [*[EMPTY] * edge, *_inset([*rows, *[EMPTY] * (free - len(rows)), *foot], 2), *[EMPTY] * edge]
        if fits:
            break
    return laid


def _wide(view: ParticipantView, words: Words, width: int, height: int, now: datetime | None) -> list[Row]:
    side = 24
    laid: list[Row] = []
    for airy, lines, titled, foot_lines in (
        (True, 0, True, _AGREED), (False, 0, True, _AGREED), (False, 0, False, _AGREED),
        (True, 0, True, 1), (False, 0, True, 1), (False, 2, False, 1), (False, 1, False, 1),
    ):  # fmt: skip
        made = sheet(view, words, Fit(width - side - 6, airy=airy, lines=lines), now)
        foot = _small_foot(view, made, words, width - 4, now, foot_lines)
        free = height - len(foot)
        title = _small_title(made, width - side - 6 if titled else side)
        right = [*title, *made.body] if titled else list(made.body)
        if len(right) > free and (flat := _flat(view, words, width - 4, free, now)):
            return _inset([*flat, *foot], 2)
        right = _compressed(right, free)
        fits = len(right) <= free
        left = [*_side(made, words, side), *([] if titled else title)]
        if made.corner or made.page:
            left += [*([EMPTY] if len(left) + 1 < free else []), _page_corner(made)]
        right = _held(right, free)
        columns = [(*_filled(_at(left, place), side + 2), *_at(right, place)) for place in range(free)]
        laid = _inset([*columns, *foot], 2)
        if fits:
            break
    return laid


def _flat(view: ParticipantView, words: Words, room: int, height: int, now: datetime | None) -> list[Row]:
    """Return a card without kicker over the whole width, its title beside the marker; nothing where it does not fit."""
    made = sheet(view, words, Fit(room), now)
    if made.kicker or made.intro or made.above or made.is_alarm or not made.headline:
        return []
    head: Row = ((f" {words.t('EXERCISE')} ", _KEY), ("  ", INK), (made.headline, TITLE))
    if width_of(head) > room:
        return []
    rows = _compressed([_spread(head, _page_corner(made), room), EMPTY, *made.body], height)
    return [*rows, *[EMPTY] * (height - len(rows))] if len(rows) <= height else []


def agreed_lines(view: ParticipantView, words: Words, width: int) -> int:
    """Return how many lines the agreed line takes at the foot of a card on the desk; 0 where none stands there."""
    made = sheet(view, words, Fit(width - 4))
    return len(_labelled(words.t("Agreed"), view.agreed, width - 4, _AGREED)) if _has_agreed(view, made) else 0


def _side(made: Sheet, words: Words, width: int) -> list[Row]:
    """Return the left column of a wide card: the marker, the kicker, and who says it."""
    rows: list[Row] = [] if made.is_alarm else [((f" {words.t('EXERCISE')} ", _KEY),)]
    if made.kicker:
        rows.append(((cut(made.kicker, width), TITLE),))
    return [*rows, *(line for detail in made.details for line in _wrapped(detail, width, most=4))]


def _at(rows: Sequence[Row], place: int) -> Row:
    return rows[place] if place < len(rows) else EMPTY


def _small_head(made: Sheet, words: Words, room: int) -> list[Row]:
    """Return the marker with what stands beside it, and the details under it."""
    if made.is_alarm:
        return []
    marker: Row = ((f" {words.t('EXERCISE')} ", _KEY),)
    if made.dress == "bar":
        text = "   ".join((made.kicker, *("".join(text for text, _ in detail) for detail in made.details)))
        return [_spread(marker, made.corner, room), ((f" {cut(text, room - 2)} ".ljust(room), _KEY),)]
    if made.kicker:
        marker = (*marker, ("  ", INK), (made.kicker, TITLE))
    rows = [_spread(marker, _page_corner(made), room)]
    one = tuple(
        part for place, detail in enumerate(made.details) for part in ((("  ", INK),) if place else ()) + detail
    )
    rows += [one] if one and width_of(one) <= room else [
        line for detail in made.details for line in _wrapped(detail, room, most=3)
    ]  # fmt: skip
    return rows


def _page_corner(made: Sheet) -> Row:
    return (*made.corner, ("  " * bool(made.corner) + made.page, QUIET)) if made.page else made.corner


def _small_title(made: Sheet, room: int) -> list[Row]:
    if made.intro:
        first, *others = made.intro
        rest = ", ".join("".join(text for text, _ in line) for line in others)
        clock: Row = ((made.clock, TITLE),) if made.clock else EMPTY
        return [_spread(first, clock, room), *flow(rest, room, QUIET)]
    if not made.headline:
        return []
    if made.is_alarm:
        return [((f" {cut(made.headline, room - 2)} ", _KEY),)]
    return [*made.above, *_wrapped(((made.headline, TITLE),), room, most=2)]


def _small_foot(
    view: ParticipantView, made: Sheet, words: Words, room: int, now: datetime | None, most: int
) -> list[Row]:
    agreed = _labelled(words.t("Agreed"), view.agreed, room, most) if _has_agreed(view, made) else []
    return [*_time_bought(view, words, room, now), *agreed]


# --- rows ---


def _inset(rows: Sequence[Row], left: int) -> list[Row]:
    return [((" " * left, INK), *row) if row else EMPTY for row in rows]


def _filled(row: Row, width: int) -> Row:
    """Return the row in exactly so many cells of paper."""
    used = width_of(row)
    if used < width:
        return (*row, (" " * (width - used), INK))
    return row if used == width else _cropped(row, width)


def _cropped(row: Row, width: int) -> Row:
    made: list[Part] = []
    for text, ink in row:
        if cells(text) > width:
            text = cut(text, width)
            made.append((text + " " * (width - cells(text)), ink))
            return tuple(made)
        made.append((text, ink))
        width -= cells(text)
    return tuple(made)


def _spread(left: Row, right: Row, width: int) -> Row:
    """Return one row with its right part at the right edge, cut where both do not fit."""
    free = width - width_of(left) - 1
    if not right or free < 3:
        return left
    if width_of(right) > free:
        right = ((cut("".join(text for text, _ in right), free), QUIET),)
    return (*left, (" " * (width - width_of(left) - width_of(right)), INK), *right)


def _centred(row: Row, width: int) -> Row:
    return ((" " * max(0, (width - width_of(row)) // 2), INK), *row) if row else EMPTY


def _wrapped(row: Row, width: int, *, most: int) -> list[Row]:
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


def _compressed(rows: list[Row], height: int) -> list[Row]:
    """Leave out empty rows from the bottom up, until the rest fits."""
    rows = list(rows)
    for place in range(len(rows) - 1, -1, -1):
        if len(rows) <= height:
            break
        if not rows[place]:
            del rows[place]
    return rows


def _held(rows: Sequence[Row], height: int) -> list[Row]:
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
