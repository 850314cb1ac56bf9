"""Which column of a sheet holds what: by its headings where there are any, by its content where there are none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple, TypeAlias

from tabletop.interchange.channels import channel_of
from tabletop.interchange.grid import Row, Sheet, letter, text_of
from tabletop.interchange.meanings import Meaning, meaning_of, plain
from tabletop.interchange.moments import when

How: TypeAlias = Literal["heading", "content", "hand", "remembered"]

_HEADING_WITHIN: Final = 40
"""Rows among which the headings are looked for."""
_SEVERAL: Final[frozenset[Meaning]] = frozenset(("text", "expect", "ask", "notes", "summary", "location", "nothing"))
"""What more than one column may hold; of the others the likeliest has it."""
_LONGEST_NAME: Final = 60


class Column(NamedTuple):
    """A column, and what it was taken for; None where nobody could say."""

    place: int
    """Counted from 0."""
    heading: str
    meaning: Meaning | None
    how: How = "heading"

    @property
    def name(self) -> str:
        """Its heading, or its letter where it has none."""
        return self.heading or letter(self.place)


class Layout(NamedTuple):
    """How a sheet is laid out: the row with its headings, if there is one, and its columns."""

    sheet: Sheet
    heading: Row | None
    columns: tuple[Column, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the headings."""
        if self.heading is None:
            return self.sheet.rows
        return tuple(row for row in self.sheet.rows if row.number > self.heading.number)

    @property
    def above(self) -> tuple[Row, ...]:
        """What stands above the headings: a title of the whole, say."""
        return tuple(row for row in self.sheet.rows if self.heading and row.number < self.heading.number)

    @property
    def headings(self) -> frozenset[str]:
        """What a mapping is remembered by."""
        return frozenset(plain(column.name) for column in self.columns if column.name)

    def has(self, meaning: Meaning) -> bool:
        return any(column.meaning == meaning for column in self.columns)

    @property
    def is_script(self) -> bool:
        return self.has("text") or self.has("title")


def layout(sheet: Sheet, by_hand: Mapping[str, tuple[Meaning, How]]) -> Layout:
    """Return how a sheet is laid out; ``by_hand`` says of columns, by their plain name, what somebody decided."""
    heading = _heading_row(sheet, by_hand)
    columns = tuple(_by_heading(heading) if heading else _by_content(sheet))
    corrected = tuple(_corrected(columns, by_hand))
    return Layout(sheet, heading, _with_a_text(corrected))


def _corrected(columns: Sequence[Column], by_hand: Mapping[str, tuple[Meaning, How]]) -> Iterator[Column]:
    decided = {meaning for meaning, _ in by_hand.values()} - _SEVERAL
    for column in columns:
        said = by_hand.get(plain(column.name)) or by_hand.get(plain(letter(column.place)))
        if said is not None:
            yield column._replace(meaning=said[0], how=said[1])
        elif column.meaning in decided:  # somebody said that another column is that
            yield column._replace(meaning=None)
        else:
            yield column


def _with_a_text(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Let the description be the message where nothing else is."""
    if any(column.meaning == "text" for column in columns):
        return columns
    first = next((column for column in columns if column.meaning == "summary"), None)
    return tuple(column._replace(meaning="text") if column is first else column for column in columns)


# --- by heading ------------------------------------------------------------------------------------------------------


def _heading_row(sheet: Sheet, by_hand: Mapping[str, tuple[Meaning, How]]) -> Row | None:
    rows = sheet.rows[:_HEADING_WITHIN]
    best = max(rows, key=lambda row: _heading_score(row, by_hand), default=None)
    return best if best is not None and _heading_score(best, by_hand) > 0 else None


def _heading_score(row: Row, by_hand: Mapping[str, tuple[Meaning, How]]) -> float:
    """How much a row looks like headings: 0 where it does not. Headings are short texts, and never a moment."""
    texts = [text_of(cell) for cell in row.cells]
    said = [text for text in texts if text]
    if any(not isinstance(cell, str) for cell in row.cells if cell is not None):
        return 0.0
    if any(when(text) is not None and meaning_of(text) is None for text in said):
        return 0.0
    named = sum(plain(text) in by_hand for text in said)
    guesses = [guess for text in said if (guess := meaning_of(text)) is not None]
    meanings = {guess.meaning for guess in guesses} - {"nothing"}
    tells = bool(meanings & {"text", "title", "summary"}) or named > 0
    enough = len(meanings) + named >= 2 or len(said) == 1
    if not tells or not enough or (len(guesses) + named) * 2 < len(said):
        return 0.0
    if len(said) == 1 and (len(texts) > 1 or not guesses or guesses[0].certainty < 0.9):
        return 0.0
    return sum(guess.certainty for guess in guesses) + named


def _by_heading(row: Row) -> Iterator[Column]:
    guesses = [meaning_of(text_of(cell)) for cell in row.cells]
    best: dict[Meaning, int] = {}
    for index, guess in enumerate(guesses):
        if guess is not None:
            held = guesses[best[guess.meaning]] if guess.meaning in best else None
            if held is None or guess.certainty > held.certainty:
                best[guess.meaning] = index
    for index, (cell, guess) in enumerate(zip(row.cells, guesses, strict=True)):
        meaning = guess.meaning if guess is not None else None
        if meaning is not None and meaning not in _SEVERAL and best[meaning] != index:
            meaning = None
        yield Column(index, " ".join(text_of(cell).split()), meaning)


# --- by content ------------------------------------------------------------------------------------------------------


class _Content(NamedTuple):
    """What a column without a heading holds."""

    place: int
    cells: int
    moments: float
    """How many cells say a moment; a bare number could be anything, and counts for half."""
    numbers: int
    is_rising: bool
    """Whether they are numbers that only grow, and not by one each time: minutes, and no numbering."""
    distinct: int
    letters: float
    """Letters in a cell, on average."""
    channels: int
    said: Meaning | None
    """The meaning that its own cells name, as they do in a template."""

    @property
    def is_always_the_same(self) -> bool:
        return self.distinct == 1 and self.cells > 1


def _by_content(sheet: Sheet) -> Iterator[Column]:
    contents = [_content(sheet, index) for index in range(sheet.width)]
    found: dict[int, Meaning] = {}
    timed = max(contents, key=lambda one: one.moments, default=None)
    if timed is not None and timed.moments * 2 > timed.cells:
        found[timed.place] = "time"
    elif (rising := next((one for one in contents if one.is_rising), None)) is not None:
        found[rising.place] = "minute"
    left = [one for one in contents if one.place not in found and one.cells and one.numbers * 2 <= one.cells]
    for one in left:
        if one.said is not None and one.said not in set(found.values()) - _SEVERAL:
            found[one.place] = one.said
        elif one.channels * 2 > one.cells and "channel" not in found.values():
            found[one.place] = "channel"
    free = [one for one in left if one.place not in found]
    if "text" not in found.values() and (longest := max(free, key=_text_score, default=None)) is not None:
        found[longest.place] = "text"
        free.remove(longest)
    names = [one for one in free if not one.is_always_the_same and one.letters <= _LONGEST_NAME / 2]
    repeated = [one for one in names if one.distinct < one.cells]
    if "to" not in found.values() and repeated:
        receivers = max(repeated, key=lambda one: one.cells - one.distinct)
        found[receivers.place] = "to"
        names.remove(receivers)
    if "title" not in found.values() and names:
        found[max(names, key=lambda one: one.letters).place] = "title"
    for one in contents:
        if one.cells:
            yield Column(one.place, "", found.get(one.place), "content")


def _text_score(one: _Content) -> float:
    return 0.0 if one.is_always_the_same else one.letters * one.distinct


def _content(sheet: Sheet, index: int) -> _Content:
    cells = [cell for row in sheet.rows if (cell := row.cell(index)) is not None and text_of(cell)]
    texts = [text_of(cell) for cell in cells if isinstance(cell, str)]
    said = {guess.meaning if (guess := meaning_of(re.sub(r"\s*\d+$", "", text))) else None for text in set(texts)}
    bare = [cell for cell in cells if isinstance(cell, (int, float)) or text_of(cell).isdecimal()]
    return _Content(
        place=index,
        cells=len(cells),
        moments=sum(when(cell) is not None for cell in cells) - len(bare) / 2,
        numbers=len(bare),
        is_rising=len(bare) == len(cells) > 1 and _is_rising([float(text_of(cell)) for cell in bare]),
        distinct=len(set(map(text_of, cells))),
        letters=sum(map(len, texts)) / len(cells) if cells else 0.0,
        channels=sum(channel_of(text) is not None for text in texts),
        said=said.pop() if len(said) == 1 and texts else None,
    )


def _is_rising(numbers: Sequence[float]) -> bool:
    steps = [after - before for before, after in pairwise(numbers)]
    return all(step >= 0 for step in steps) and any(step != 1 for step in steps) and numbers[-1] > numbers[0]
