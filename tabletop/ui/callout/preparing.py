"""The preparation of a call-out as rows: what to keep to, whom to call, which task."""

from typing import NamedTuple

from tabletop.core.exercise import CallOut
from tabletop.core.text import cut
from tabletop.locale import Words, mark
from tabletop.locale.codes import POOLS
from tabletop.ui.desk.scene import is_low
from tabletop.ui.prepare.planning import Table
from tabletop.ui.rows import EMPTY, Row, fill, fit, flow, hanging, inset, on, row, spread, window
from tabletop.ui.run.reading import Reading

WIDEST = 96
"""Cells that a line of text takes at most: a longer one is hard to read aloud from."""
LABEL = 30
TITLES = (mark("before you dial"), mark("whom do you call?"), mark("which task?"))


class CallOutPrepare(NamedTuple):
    """What the preparation shows: which part of it, and what the arrows stand on."""

    table: Table
    call_out: CallOut
    part: int
    at: int
    card_at: int
    notice: str = ""


def draw(prepare: CallOutPrepare, read: Reading, width: int, height: int, words: Words) -> list[Row]:
    """The header and the body, in exactly ``height`` rows."""
    low = is_low(height + 5)
    inner = min(width - 4, WIDEST)
    title = row((prepare.table.exercise.title, "strong"), ("  ·  ", "quiet"), (words.t(TITLES[prepare.part]), "quiet"))
    place = row((words.t("{n} of {of}", n=prepare.part + 1, of=len(TITLES)), "quiet"))
    header = inset(spread(title, place, width - 4), 2)
    top = [header, EMPTY] if low else [EMPTY, header, EMPTY]
    room = height - len(top) - (1 if prepare.notice else 0)
    if prepare.part == 0:
        lines = read.shown(_rules(prepare.call_out, inner, words, airy=not low and room > 24), room, words, on="↓",
                           back="↑")  # fmt: skip
    elif prepare.part == 1:
        lines = _whom(prepare, inner, room, words)
    else:
        lines = _cards(prepare, inner, room)
    foot = [inset(row((cut(prepare.notice, width - 4), "error")), 2)] if prepare.notice else []
    return [*top, *fill([inset(line, 2) if line else line for line in lines], room), *foot]


def _rules(call_out: CallOut, width: int, words: Words, *, airy: bool) -> list[Row]:
    lines: list[Row] = []
    for rule in call_out.rules:
        lines += hanging(("□ ", "accent"), rule, width)
        if airy:
            lines.append(EMPTY)
    if call_out.note:
        lines += [*([] if airy else [EMPTY]), *flow(call_out.note, width, "quiet")]
    return [*lines, EMPTY, row((words.t("Space says that you read this, and keep to it."), "quiet"))]


def _whom(prepare: CallOutPrepare, width: int, height: int, words: Words) -> list[Row]:
    """Every function by pool; whom you call has a filled box, and a name where one was typed."""
    lines: list[Row] = []
    focus, pool = 0, ""
    for place, seat in enumerate(prepare.table.seats):
        if seat.official.pool != pool:
            pool = seat.official.pool
            lines.append(row((words.t(POOLS[seat.official.pool]).upper(), "quiet")))
        here = place == prepare.at
        if here:
            focus = len(lines)
        box = ("■ ", "accent") if seat.present else ("□ ", "quiet")
        label = fit(row(box, (cut(seat.official.short, LABEL - 3), "strong" if here else "text")), LABEL)
        lines.append(_line(row(label, (cut(seat.named, width - LABEL - 2), "plain")), width, chosen=here))
    here = prepare.at >= len(prepare.table.seats)
    if here:
        focus = len(lines) + 1
    count = words.tn("with {n} person to call", "with {n} people to call", len(prepare.table.present))
    begin = row(fit(row(("► " if here else "  ", "accent"), (words.t("The task cards"), "strong")), LABEL),
                (count, "plain"))  # fmt: skip
    lines += [EMPTY, _line(begin, width, chosen=here)]
    said = words.t("From any pool, and one is enough. Names are not needed. Begin with whoever is there.")
    below = [EMPTY, *flow(said, width, "quiet")]
    return [*window(lines, height - len(below), focus), *below]


def _line(line: Row, width: int, *, chosen: bool) -> Row:
    return on("now", fit(line, width)) if chosen else line


def _cards(prepare: CallOutPrepare, width: int, height: int) -> list[Row]:
    lines: list[Row] = []
    focus = 0
    for place, card in enumerate(prepare.call_out.cards):
        here = place == prepare.card_at
        title = row(("► " if here else "  ", "accent"), (f"{card.id.upper()}  ", "quiet"),
                    (card.title, "strong" if here else "text"))  # fmt: skip
        lines.append(_line(title, width, chosen=here))
        lines += [inset(line, 6) for line in flow(card.text, width - 6, "text" if here else "quiet")]
        if here:
            focus = len(lines) - 1
        if height > 3 * len(prepare.call_out.cards) + 2:
            lines.append(EMPTY)
    return window(lines, height, focus)
