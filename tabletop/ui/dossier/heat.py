"""The heat table: themes by functions, each cell with its denominator, and under it the points behind the chosen one.

It counts exercises and never people: a function is sometimes one person, so that themes lead.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tabletop.core.text import cells, cut, wrap
from tabletop.dossier.answers import Cell, Heat, PointSeen
from tabletop.dossier.naming import STATE_GLYPHS, STATES, seen_in, theme_name, who
from tabletop.locale import Words
from tabletop.locale.codes import GLYPHS
from tabletop.ui.desk.scene import is_narrow
from tabletop.ui.dossier.known import Known, Spot
from tabletop.ui.rows import EMPTY, Row, fit, flow, inset, on, plain, row, width_of

_THEME: Final = 26
"""The widest that the column of themes is."""
_VOWELS: Final = "aeiouy"
_LEAST_BEHIND: Final = 4
"""Rows that the points behind a cell keep, with their heading."""


class Table(NamedTuple):
    """The table as it is looked at: which cell is chosen, and which columns and rows are the first in sight."""

    heat: Heat
    at: tuple[int, int] = (0, 0)
    """Row and column of the chosen cell."""
    first: int = 0
    """The first column in sight."""

    @property
    def spot(self) -> Spot | None:
        if not self.heat.rows or not self.heat.columns:
            return None
        return Spot(self.heat.rows[self.at[0]].theme, self.heat.columns[self.at[1]].official)

    @property
    def cell(self) -> Cell | None:
        return self.heat.rows[self.at[0]].cells[self.at[1]] if self.spot is not None else None

    def moved(self, key: str) -> "Table":
        """The table after an arrow; at an edge it stays."""
        down = {"up": -1, "down": 1, "pageup": -10}.get(key, 0)
        right = {"left": -1, "right": 1}.get(key, 0)
        return self._replace(at=(self.at[0] + down, self.at[1] + right)).within()

    def within(self) -> "Table":
        """The table with a chosen cell that it has."""
        line = max(0, min(self.at[0], len(self.heat.rows) - 1))
        column = max(0, min(self.at[1], len(self.heat.columns) - 1))
        return self._replace(at=(line, column))

    def on_spot(self, spot: Spot) -> "Table":
        """The table with this cell chosen, where it is still there."""
        themes = [line.theme for line in self.heat.rows]
        functions = [column.official for column in self.heat.columns]
        line = themes.index(spot.theme) if spot.theme in themes else self.at[0]
        column = functions.index(spot.official) if spot.official in functions else self.at[1]
        return self._replace(at=(line, column)).within()


class _Measures(NamedTuple):
    """Cells of the columns, for one width of the screen."""

    theme: int
    each: int
    total: int
    shown: int
    """How many columns of functions are in sight."""


def draw(table: Table, known: Known, width: int, height: int, words: Words) -> tuple[list[Row], Table]:
    """The table and what stands under it, in exactly ``height`` rows; and the table with its columns in sight."""
    narrow = is_narrow(width + 4)
    size = _measured(table.heat, width, words, narrow=narrow)
    first = max(min(table.first, table.at[1]), table.at[1] - size.shown + 1, 0)
    table = table._replace(first=min(first, max(len(table.heat.columns) - size.shown, 0)))
    head = _heading(table, size, words, most=3 if narrow else 4, narrow=narrow)
    rest = height - len(head) - 1
    count = len(table.heat.rows)
    airy = not narrow and 2 * count + _LEAST_BEHIND <= rest
    room = min(2 * count - 1 if airy else count, max(rest - _LEAST_BEHIND - 1, 3))
    start = max(0, min(table.at[0] - room // 2, count - room)) if not airy else 0
    body: list[Row] = []
    for place in range(start, count if airy else min(start + room, count)):
        body += [*([EMPTY] if airy and body else []), _line(table, place, size, words, narrow=narrow)]
    if start:
        body[0] = row(("…", "quiet"))
    if not airy and start + room < count:
        body[-1] = row(("…", "quiet"))
    lines = [*head, *([EMPTY] if not narrow else []), *body, EMPTY]
    lines += _behind(table, known, width, max(height - len(lines), 0), words)
    return [*lines, *([EMPTY] * (height - len(lines)))][:height], table


def _measured(heat: Heat, width: int, words: Words, *, narrow: bool) -> _Measures:
    theme = max((cells(theme_name(line.theme, words)) for line in heat.rows), default=10) + 2
    theme = max(min(theme, 18 if narrow else _THEME), cells(words.t("theme")) + 2)
    texts = [_text(cell, words, narrow=narrow) for line in heat.rows for cell in line.cells if cell.state is not None]
    each = max(9 if narrow else 12, *(cells(text) + 2 for text in texts), 0)
    total = max((cells(f"{line.seen}/{line.of}") for line in heat.rows), default=4)
    total = max(total, cells(words.t("together"))) + 1
    count = max((width - theme - total) // each, 1)
    return _Measures(theme, each, total, min(count, max(len(heat.columns), 1)))


def _heading(table: Table, size: _Measures, words: Words, *, most: int, narrow: bool) -> list[Row]:
    """Functions over their columns, and in how many runs each took part; arrows where there are more."""
    shown = table.heat.columns[table.first : table.first + size.shown]
    labels = [_label(column.label or column.official, size.each - 1, most) for column in shown]
    high = max((len(lines) for lines in labels), default=0)
    rows: list[Row] = []
    for place in range(high):
        parts = [row(" " * size.theme)]
        for lines in labels:
            at = place - (high - len(lines))
            parts.append(fit(row(" ", (lines[at] if at >= 0 else "", "plain")), size.each))
        rows.append(row(*parts))
    left = len(table.heat.columns) - table.first - size.shown
    before = f"← {table.first} " if table.first else ""
    counts = (f"{one.took_part}x" if narrow else words.t("{n}x there", n=one.took_part) for one in shown)
    took = [fit(row(" ", (count, "quiet")), size.each) for count in counts]
    line = row(fit(row((words.t("theme"), "quiet"), "  ", (before, "accent")), size.theme), *took,
               " ", (words.t("together"), "quiet"))  # fmt: skip
    more = row((f"{left} →", "accent")) if left > 0 else EMPTY
    if more and rows:
        rows[0] = row(rows[0], " ", more)
    return [*rows, line]


def _label(label: str, width: int, most: int) -> list[str]:
    """A name in at most so many lines of a narrow column; a long word is broken with a hyphen."""
    lines = list(wrap(" ".join(piece for word in label.split() for piece in _pieces(word, width)), width))
    return lines if len(lines) <= most else [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]


def _pieces(word: str, width: int) -> list[str]:
    """A word in parts that fit, broken where a syllable could begin: before a consonant that a vowel follows."""
    if cells(word) <= width or width < 4 or not word.isascii():
        return [word]
    middle = len(word) / 2 if len(word) <= 2 * width - 1 else width - 1
    places = [place for place in range(2, min(width, len(word) - 1))
              if word[place].lower() not in _VOWELS and word[place + 1].lower() in _VOWELS]  # fmt: skip
    at = min(places, key=lambda place: (abs(place - middle), -place), default=width - 1)
    return [f"{word[:at]}-", *_pieces(word[at:], width)]


def _line(table: Table, place: int, size: _Measures, words: Words, *, narrow: bool) -> Row:
    line = table.heat.rows[place]
    here = place == table.at[0]
    name = cut(theme_name(line.theme, words), size.theme - 2)
    parts = [fit(row((name, "strong" if here else "plain")), size.theme)]
    for column in range(table.first, min(table.first + size.shown, len(table.heat.columns))):
        chosen = here and column == table.at[1]
        parts.append(_cell(line.cells[column], size.each, words, narrow=narrow, chosen=chosen))
    return row(*parts, " ", (f"{line.seen}/{line.of}", "quiet"))


def _cell(cell: Cell, width: int, words: Words, *, narrow: bool, chosen: bool) -> Row:
    """One cell: tinted from the second occasion on; the chosen one stands on the accent, with an arrow before it."""
    text = _text(cell, words, narrow=narrow)
    lead = "►" if chosen else " "
    body = fit(row(lead, text), width - 1)
    if chosen:
        return row((plain(body), "key"), " ")
    if cell.state is None:
        return row(fit(row(" ", ("·", "faint")), width))
    if cell.state == "signal":
        return row(body, " ")
    return row(on(f"heat{max(2, min(cell.occasions, 5))}", row((plain(body), "strong"))), " ")


def _text(cell: Cell, words: Words, *, narrow: bool) -> str:
    if cell.state is None:
        return "·"
    glyph = STATE_GLYPHS[cell.state]
    return (
        f"{glyph} {cell.seen}/{cell.of}"
        if narrow
        else words.t("{glyph} {n} of {of}", glyph=glyph, n=cell.seen, of=cell.of)
    )


def _behind(table: Table, known: Known, width: int, height: int, words: Words) -> list[Row]:
    """What is behind the chosen cell; where there is room, what the glyphs mean stands at the right."""
    spot, cell = table.spot, table.cell
    if spot is None or cell is None:
        return []
    aside = _legend(words) if width >= 100 else []
    right = max(map(width_of, aside), default=0)
    left = width - right - 4 if aside else width
    label = table.heat.columns[table.at[1]].label
    points = known.points(spot.theme, spot.official)
    lines = [heading_of(spot, label, cell, known, words), *([EMPTY] if len(points) + 2 <= max(height, 6) else [])]
    if cell.state is not None:
        shown = points[:height]
        column = max((cells(point.text) for point in shown), default=0)
        lines += [point_line(point, left, words, column) for point in shown]
    else:
        lines += flow(words.t("Nothing was noted about this for {function}, which is no sign of anything.",
                              function=who(label, words)), left, "quiet")  # fmt: skip
    if not aside:
        return lines[:height]
    aside = aside if len(aside) <= height else [line for line in aside if line]
    count = min(max(len(lines), len(aside)), height)
    padded = [*lines, *([EMPTY] * (count - len(lines)))]
    return [
        row(fit(line, left), "    ", aside[place]) if place < len(aside) and aside[place] else line
        for place, line in enumerate(padded[:count])
    ]


def heading_of(spot: Spot, label: str, cell: Cell, known: Known, words: Words) -> Row:
    """A cell in a sentence: the theme, the function, and in how many of its runs."""
    name = theme_name(spot.theme, words)
    title = row((name[:1].upper() + name[1:], "strong"), (f", {who(label, words)}", "plain"))
    if cell.state is None:
        return row(("· ", "faint"), title)
    said = words.t("in {seen}", seen=seen_in(cell.seen, cell.of, known.overview, words))
    state = words.t(STATES[cell.state])
    return row((f"{STATE_GLYPHS[cell.state]} ", "text"), title, "  ", (f"{state}: {said}", "quiet"))


def point_line(point: PointSeen, width: int, words: Words, column: int) -> Row:
    """A point on one row: day, turn, text, exercise. The text gives way; ``column`` is how wide the longest one is."""
    day = words.plain_day(point.day).rjust(11)
    title = cut(point.title, max(width // 4, 8))
    head = row((day, "quiet"), "  ", (GLYPHS[point.turn], "accent"), " ")
    room = min(width - width_of(head) - max(cells(title), min(18, width // 4)) - 3, column)
    return row(head, fit(row((cut(point.text, room), "text")), room), "   ", (title, "quiet"))


def _legend(words: Words) -> list[Row]:
    lines: Sequence[Row] = (
        row((f"{STATE_GLYPHS['pattern']} ", "text"), (words.t(STATES["pattern"]), "strong"), "  ",
            (words.t("on several occasions"), "quiet")),
        row((f"{STATE_GLYPHS['signal']} ", "text"), (words.t(STATES["signal"]), "strong"), "  ",
            (words.t("seen once"), "quiet")),
        EMPTY,
        *flow(words.t("A function is sometimes one person: begin with the theme, not with who."), 38, "quiet"),
    )  # fmt: skip
    return [inset(line, 0) for line in lines]
