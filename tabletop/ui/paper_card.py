"""A card of the participants as paper on the leader's desk, small. Pure functions from a view to rows.

The most generous way is tried first; air is given up before what was agreed, and what is said is cut last of all.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from tabletop.core.participants import ParticipantView
from tabletop.core.text import cut
from tabletop.locale import Words
from tabletop.ui.laying import (
    AGREED,
    KEY,
    compressed,
    filled,
    has_agreed,
    held,
    inset,
    labelled,
    spread,
    time_bought,
    wrapped,
)
from tabletop.ui.participants.card import sheet
from tabletop.ui.participants.sheet import INK, QUIET, TITLE, Fit, Sheet, flow
from tabletop.ui.rows import EMPTY, Row, width_of


def card(view: ParticipantView, words: Words, width: int, height: int, *, now: datetime | None = None) -> list[Row]:
    """Return the same card as paper on the leader's desk: exactly ``height`` rows of ``width`` cells.

    In two columns where it is wide and low. Without ``now`` a countdown is left out.
    """
    if width < 12 or height < 3:
        return [filled(EMPTY, width)] * max(height, 0)
    lay = _wide if height < 12 and width >= 64 else _tall
    return [filled(row, width) for row in lay(view, words, width, height, now)[:height]]


class _SmallWay(NamedTuple):
    """One way to lay out a card on the desk, between airy and tight."""

    airy: bool
    gaps: tuple[int, int, int] = (0, 0, 0)
    """Empty rows above title, body and foot."""
    edge: int = 0
    lines: int = 0
    foot_lines: int = AGREED
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
        dense = compressed(rows, free)
        fits = len(dense if way.dense else rows) <= free
        rows = held(dense, free)
        laid = [*[EMPTY] * edge, *inset([*rows, *[EMPTY] * (free - len(rows)), *foot], 2), *[EMPTY] * edge]
        if fits:
            break
    return laid


def _wide(view: ParticipantView, words: Words, width: int, height: int, now: datetime | None) -> list[Row]:
    side = 24
    laid: list[Row] = []
    for airy, lines, titled, foot_lines in (
        (True, 0, True, AGREED), (False, 0, True, AGREED), (False, 0, False, AGREED),
        (True, 0, True, 1), (False, 0, True, 1), (False, 2, False, 1), (False, 1, False, 1),
    ):  # fmt: skip
        made = sheet(view, words, Fit(width - side - 6, airy=airy, lines=lines), now)
        foot = _small_foot(view, made, words, width - 4, now, foot_lines)
        free = height - len(foot)
        title = _small_title(made, width - side - 6 if titled else side)
        right = [*title, *made.body] if titled else list(made.body)
        if len(right) > free and (flat := _flat(view, words, width - 4, free, now)):
            return inset([*flat, *foot], 2)
        right = compressed(right, free)
        fits = len(right) <= free
        left = [*_side(made, words, side), *([] if titled else title)]
        if made.corner or made.page:
            left += [*([EMPTY] if len(left) + 1 < free else []), _page_corner(made)]
        right = held(right, free)
        columns = [(*filled(_at(left, place), side + 2), *_at(right, place)) for place in range(free)]
        laid = inset([*columns, *foot], 2)
        if fits:
            break
    return laid


def _flat(view: ParticipantView, words: Words, room: int, height: int, now: datetime | None) -> list[Row]:
    """Return a card without kicker over the whole width, its title beside the marker; nothing where it does not fit."""
    made = sheet(view, words, Fit(room), now)
    if made.kicker or made.intro or made.above or made.is_alarm or not made.headline:
        return []
    head: Row = ((f" {words.t('EXERCISE')} ", KEY), ("  ", INK), (made.headline, TITLE))
    if width_of(head) > room:
        return []
    rows = compressed([spread(head, _page_corner(made), room), EMPTY, *made.body], height)
    return [*rows, *[EMPTY] * (height - len(rows))] if len(rows) <= height else []


def agreed_lines(view: ParticipantView, words: Words, width: int) -> int:
    """Return how many lines the agreed line takes at the foot of a card on the desk; 0 where none stands there."""
    made = sheet(view, words, Fit(width - 4))
    return len(labelled(words.t("Agreed"), view.agreed, width - 4, AGREED)) if has_agreed(view, made) else 0


def _side(made: Sheet, words: Words, width: int) -> list[Row]:
    """Return the left column of a wide card: the marker, the kicker, and who says it."""
    rows: list[Row] = [] if made.is_alarm else [((f" {words.t('EXERCISE')} ", KEY),)]
    if made.kicker:
        rows.append(((cut(made.kicker, width), TITLE),))
    return [*rows, *(line for detail in made.details for line in wrapped(detail, width, most=4))]


def _at(rows: Sequence[Row], place: int) -> Row:
    return rows[place] if place < len(rows) else EMPTY


def _small_head(made: Sheet, words: Words, room: int) -> list[Row]:
    """Return the marker with what stands beside it, and the details under it."""
    if made.is_alarm:
        return []
    marker: Row = ((f" {words.t('EXERCISE')} ", KEY),)
    if made.dress == "bar":
        text = "   ".join((made.kicker, *("".join(text for text, _ in detail) for detail in made.details)))
        return [spread(marker, made.corner, room), ((f" {cut(text, room - 2)} ".ljust(room), KEY),)]
    if made.kicker:
        marker = (*marker, ("  ", INK), (made.kicker, TITLE))
    rows = [spread(marker, _page_corner(made), room)]
    one = tuple(
        part for place, detail in enumerate(made.details) for part in ((("  ", INK),) if place else ()) + detail
    )
    rows += [one] if one and width_of(one) <= room else [
        line for detail in made.details for line in wrapped(detail, room, most=3)
    ]  # fmt: skip
    return rows


def _page_corner(made: Sheet) -> Row:
    return (*made.corner, ("  " * bool(made.corner) + made.page, QUIET)) if made.page else made.corner


def _small_title(made: Sheet, room: int) -> list[Row]:
    if made.intro:
        first, *others = made.intro
        rest = ", ".join("".join(text for text, _ in line) for line in others)
        clock: Row = ((made.clock, TITLE),) if made.clock else EMPTY
        return [spread(first, clock, room), *flow(rest, room, QUIET)]
    if not made.headline:
        return []
    if made.is_alarm:
        return [((f" {cut(made.headline, room - 2)} ", KEY),)]
    return [*made.above, *wrapped(((made.headline, TITLE),), room, most=2)]


def _small_foot(
    view: ParticipantView, made: Sheet, words: Words, room: int, now: datetime | None, most: int
) -> list[Row]:
    agreed = labelled(words.t("Agreed"), view.agreed, room, most) if has_agreed(view, made) else []
    return [*time_bought(view, words, room, now), *agreed]
