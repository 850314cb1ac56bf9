"""Lines of a screen as values: text in inks, laid out in terminal cells, before any toolkit sees them.

A row is a tuple of parts, a part a text and the name of its ink. Inks are meanings (``quiet``, ``accent``,
``warning``), on a ground (``paper.strong``, ``now.quiet``); ``ui.inks`` turns them into colours of the theme. Rows are
compared to repaint only what changed, and a screen is tested by reading them.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from tabletop.core.text import cells, cut, wrap

Part: TypeAlias = tuple[str, str]
Row: TypeAlias = tuple[Part, ...]

EMPTY: Row = ()


def row(*parts: str | Part | Row) -> Row:
    """Put parts after one another; a bare text is in the ordinary ink, a row is taken in whole."""
    made: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            made.append((part, "text"))
        elif part and isinstance(part[0], str):
            made.append(part)
        else:
            made.extend(part)
    return tuple(part for part in made if part[0])


def width_of(line: Row) -> int:
    """Return how many cells the row takes."""
    return sum(cells(text) for text, _ in line)


def plain(line: Row) -> str:
    """Return the row's text without its inks."""
    return "".join(text for text, _ in line)


def fit(line: Row, width: int) -> Row:
    """Return the row in exactly ``width`` cells: cut with an ellipsis, or filled up with spaces."""
    used = width_of(line)
    if used == width:
        return line
    if used < width:
        return (*line, (" " * (width - used), "text"))
    kept: list[Part] = []
    left = width
    for text, ink in line:
        taken = cells(text)
        if taken > left - 1 and (taken > left or (text, ink) != line[-1]):
            kept.append((cut(text, left) if taken > left else cut(text + "…", left), ink))
            left -= cells(kept[-1][0])
            break
        kept.append((text, ink))
        left -= taken
    if left > 0:
        kept.append((" " * left, kept[-1][1] if kept else "text"))
    return tuple(kept)


def spread(left: Row, right: Row, width: int) -> Row:
    """Return one row with its right part at the right edge; the left part is cut where both do not fit."""
    room = width - width_of(right)
    if not right or room < 4:
        return fit(left, width)
    return (*fit(fit(left, room - 1) if width_of(left) >= room else left, room), *right)


def on(ground: str, line: Row) -> Row:
    """Return the row on another ground: ``now`` (selected), ``bar``, ``list`` or ``paper``."""
    return tuple((text, f"{ground}.{ink.rpartition('.')[2]}") for text, ink in line)


def laid(line: Row, patch: Row, at: int) -> Row:
    """Return the row with another one laid over it, from cell ``at`` on; left and right of that it stays."""
    end = at + width_of(patch)
    return (*fit(_between(line, 0, at), at), *patch, *_between(line, end, max(width_of(line), end)))


def _between(line: Row, start: int, end: int) -> Row:
    """The part of a row from one cell to another; a wide character that is cut through becomes a space."""
    found: list[Part] = []
    place = 0
    for text, ink in line:
        kept = ""
        for character in text:
            size = cells(character)
            if place >= start and place + size <= end:
                kept += character
            elif place < end and place + size > start:
                kept += " " * (min(place + size, end) - max(place, start))
            place += size
        if kept:
            found.append((kept, ink))
    return tuple(found)


def ledged(line: Row) -> Row:
    """Return the row with a cell of its ground on either side of what is selected, where there is room for it."""
    places = [place for place, (_, ink) in enumerate(line) if ink.startswith("now.")]
    if not places:
        return line
    before, after = list(line[: places[0]]), list(line[places[-1] + 1 :])
    if before and before[-1][0].endswith(" "):
        text, ink = before[-1]
        before[-1:] = [(text[:-1], ink), (" ", "now.text")]
    if not after:
        after = [(" ", "now.text")]
    elif after[0][0].startswith(" "):
        text, ink = after[0]
        after[:1] = [(" ", "now.text"), (text[1:], ink)]
    return row(tuple(before), line[places[0] : places[-1] + 1], tuple(after))


def inset(line: Row, left: int) -> Row:
    """Return the row moved to the right."""
    return ((" " * left, "text"), *line) if left else line


def flow(text: str, width: int, ink: str = "text") -> list[Row]:
    """Break a text into rows of at most ``width`` cells."""
    return [((line, ink),) if line else EMPTY for line in wrap(text, width)]


def labelled(label: str, text: str, width: int, indent: int, ink: str = "text") -> list[Row]:
    """Return a text that wraps under its label, as in ``Ask    What has De Boeg arranged?``."""
    rows = flow(text, max(width - indent, 10), ink)
    head = fit(((label, "quiet"),), indent)
    return [row(head if place == 0 else (" " * indent, "text"), line) for place, line in enumerate(rows)]


def lit(line: Row, *keys: str) -> Row:
    """Return the row with these keys in it in the accent, as in ``/a shows the answers``."""
    for key in keys:
        line = tuple(
            part
            for text, ink in line
            for at, piece in enumerate(text.split(key))
            for part in (*(((key, "accentstrong"),) if at else ()), (piece, ink))
            if part[0]
        )
    return line


def broken(line: Row, width: int, most: int) -> list[Row]:
    """Break a row in several inks at its spaces into at most so many rows; what is left over is cut."""
    text, place = plain(line), 0
    found: list[Row] = []
    for part in wrap(text, width):
        at = max(text.find(part, place), place)
        start, place = cells(text[:at]), at + len(part)
        if len(found) == most - 1:
            return [*found, fit(_between(line, start, cells(text)), width)]
        found.append(_between(line, start, start + cells(part)))
    return found


def hanging(head: Part, text: str, width: int, ink: str = "text") -> list[Row]:
    """Return a text that wraps behind its glyph, as in ``+ coffee first``."""
    indent = cells(head[0])
    lines = flow(text, max(width - indent, 10), ink)
    return [row(head if not place else (" " * indent, "text"), line) for place, line in enumerate(lines)]


def beside(columns: Iterable[tuple[Sequence[Row], int]], height: int, gap: int = 4) -> list[Row]:
    """Put columns of rows side by side, each in its own width."""
    blocks = [(list(lines), width) for lines, width in columns]
    joined: list[Row] = []
    for place in range(height):
        parts: list[Part] = []
        for number, (lines, width) in enumerate(blocks):
            if number:
                parts.append((" " * gap, "text"))
            parts.extend(fit(lines[place] if place < len(lines) else EMPTY, width))
        joined.append(tuple(parts))
    return joined


def fill(lines: Sequence[Row], height: int) -> list[Row]:
    """Return exactly ``height`` rows."""
    return [*lines[:height], *([EMPTY] * (height - len(lines)))]


def window(lines: Sequence[Row], height: int, focus: int) -> list[Row]:
    """Return the ``height`` rows around the one in focus, which stays in the middle third."""
    if len(lines) <= height:
        return list(lines)
    start = max(0, min(focus - height // 2, len(lines) - height))
    shown = list(lines[start : start + height])
    if start > 0:
        shown[0] = (("…", "quiet"),)
    if start + height < len(lines):
        shown[-1] = (("…", "quiet"),)
    return shown


def bar(filled: float, width: int) -> Row:
    """Return a thin bar, filled from the left for a share from 0.0 to 1.0."""
    full = round(max(0.0, min(1.0, filled)) * width)
    return row(("━" * full, "accent"), ("━" * (width - full), "line"))
