"""The list of commands behind ``/``: how it is drawn, and how arrows and letters choose in it. It runs nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from tabletop.core.text import cells
from tabletop.locale import Words
from tabletop.ui.desk.scene import is_low, is_narrow
from tabletop.ui.rows import EMPTY, Row, broken, fit, on, row, spread, width_of, window


class Entry(NamedTuple):
    """One command: the letter that runs it, its name, what it is about now, and whether it can run."""

    letter: str
    label: str
    detail: str = ""
    possible: bool = True
    alarming: bool = False
    """Stands apart at the foot of its column, in red: a real incident."""


class Group(NamedTuple):
    """A column of commands under its heading."""

    heading: str
    entries: tuple[Entry, ...]


def entries_of(groups: Sequence[Group]) -> tuple[Entry, ...]:
    """Every entry in reading order; a selection is a place in this."""
    return tuple(entry for group in groups for entry in group.entries)


def of_letter(groups: Sequence[Group], letter: str) -> Entry | None:
    """Return the entry that a letter stands for, whether or not it can run now; capitals are letters too."""
    entries = entries_of(groups)
    exact = next((entry for entry in entries if entry.letter == letter), None)
    return exact or next((entry for entry in entries if entry.letter == letter.lower()), None)


def matching(groups: Sequence[Group], text: str) -> tuple[Group, ...]:
    """Return what is left of the list when somebody searches by name; groups with nothing left go."""
    sought = text.casefold().split()
    left = (Group(group.heading, tuple(entry for entry in group.entries if _holds(entry, sought))) for group in groups)
    return tuple(group for group in left if group.entries)


def _holds(entry: Entry, sought: Sequence[str]) -> bool:
    text = f"{entry.label} {entry.detail}".casefold()
    return all(word in text for word in sought)


def moved(groups: Sequence[Group], selected: int, key: str) -> int:
    """Return the selection after an arrow: up and down through the whole list, left and right to the column beside."""
    count = len(entries_of(groups))
    if not count:
        return 0
    selected = min(selected, count - 1)
    if key in ("up", "down"):
        return (selected + (1 if key == "down" else -1)) % count
    if key not in ("left", "right"):
        return selected
    first, starts = 0, []
    for group in groups:
        starts.append(first)
        first += len(group.entries)
    column = max(place for place, start in enumerate(starts) if start <= selected)
    other = (column + (1 if key == "right" else -1)) % len(groups)
    return starts[other] + min(selected - starts[column], len(groups[other].entries) - 1)


def draw_commands(
    groups: Sequence[Group],
    selected: int,
    width: int,
    height: int,
    words: Words,
    sought: str | None = None,
    said: str = "",
) -> list[Row]:
    """Return the list with the bar that belongs to it, to lay over the foot of a scene of ``height`` rows.

    It is as high as it must be and no higher; the bar takes the place of the Space bar, so that nothing below moves.
    ``sought`` is what was typed so far where the list is searched by name, ``said`` what is said in the bar; where
    there is no room for details beside the commands, that is why the selected one cannot run.
    """
    low, narrow = is_low(height), is_narrow(width)
    entries = entries_of(groups)
    chosen = entries[min(selected, len(entries) - 1)] if entries else None
    if narrow and not said and chosen is not None and not chosen.possible and chosen.detail:
        said = f"{chosen.label}: {chosen.detail}"
    bar = _bar(width, words, low=low, sought=sought, said=said)
    room = height - len(bar) - (1 if low else 3)
    empty = on("list", fit(EMPTY, width))
    columns = max(len(groups), 3)
    margin, each = (1 if narrow else 2), (width - 4) // columns
    widths = [each] * (columns - 1) + [width - margin - each * (columns - 1)]
    blocks = [
        _column(group, cells, selected - first, low=low, detailed=not narrow)
        for (group, first), cells in zip(_starts(groups), widths, strict=False)
    ]
    deepest = max((len(block) for block in blocks), default=1)
    lines = [_beside(blocks, widths, margin, (place, deepest), width) for place in range(deepest)]
    if len(lines) > room:
        lines = [
            on("list", fit(line, width)) if len(line) == 1 else line for line in window(lines, room, _focus(lines))
        ]
    return [*lines, *bar] if low else [empty, *lines, empty, *bar]


def over(lines: Sequence[Row], laid: Sequence[Row], height: int) -> list[Row]:
    """Return the scene's rows with others laid over its foot."""
    return [*lines[: height - len(laid)], *([EMPTY] * (height - len(laid) - len(lines))), *laid]


def _starts(groups: Sequence[Group]) -> list[tuple[Group, int]]:
    found, first = [], 0
    for group in groups:
        found.append((group, first))
        first += len(group.entries)
    return found


def _column(group: Group, width: int, selected: int, *, low: bool, detailed: bool) -> list[Row]:
    lines = [row("  ", (group.heading, "quiet"))]
    if not low:
        lines.append(EMPTY)
    for place, entry in enumerate(group.entries):
        if entry.alarming:
            lines.append(EMPTY)  # filled up later, so that it stands at the foot
        lines.append(_entry(entry, width, chosen=place == selected, detailed=detailed))
    return lines


def _entry(entry: Entry, width: int, *, chosen: bool, detailed: bool) -> Row:
    if entry.alarming:
        inks = "errorstrong", "error", "error"
    elif entry.possible:
        inks = "accentstrong", "strong" if chosen else "text", "quiet"
    else:
        inks = "dimmed", "dimmed", "dimmed"
    line = row(("► " if chosen else "  ", "accent"), (entry.letter, inks[0]), "  ", (entry.label, inks[1]))
    full = row(line, "  ", (entry.detail, inks[2]))
    if entry.detail and detailed and (width_of(full) <= width or chosen):  # a detail is whole, or it is not there
        line = full
    return on("now", fit(line, width)) if chosen else line


def _beside(
    blocks: Sequence[Sequence[Row]], widths: Sequence[int], margin: int, at: tuple[int, int], width: int
) -> Row:
    """One row across the columns; the last entry of a column after an empty row stands at the foot."""
    line = row((" " * margin, "list.text"))
    for block, wide in zip(blocks, widths, strict=False):
        entry = _at(block, *at)
        filled = fit(entry, wide)
        line = row(line, filled if entry and entry[0][1].startswith("now.") else on("list", filled))
    return on("list", fit(line, width)) if not any(ink.startswith("now.") for _, ink in line) else _filled(line, width)


def _filled(line: Row, width: int) -> Row:
    return row(line, (" " * (width - width_of(line)), "list.text"))


def _at(block: Sequence[Row], place: int, deepest: int) -> Row:
    apart = next((at for at, line in enumerate(block) if at > 1 and not line), None)
    if apart is None:
        return block[place] if place < len(block) else EMPTY
    if place < apart:
        return block[place]
    from_foot = deepest - place
    return block[-from_foot] if from_foot < len(block) - apart else EMPTY


def _focus(lines: Sequence[Row]) -> int:
    return next((place for place, line in enumerate(lines) if any(ink.startswith("now.") for _, ink in line)), 0)


def _bar(width: int, words: Words, *, low: bool, sought: str | None, said: str) -> list[Row]:
    left = row("  ", (words.t("Choose a letter"), "strong"), "   ", (words.t("or ↑ ↓ and Enter"), "quiet"))
    if sought is not None:
        left = row("  ", (words.t("Search by name:"), "quiet"), " ", (sought or "…", "strong"), "   ",
                   (words.t("↑ ↓ and Enter"), "quiet"))  # fmt: skip
    if said:
        left = row("  ", (said, "warning"))
    right = row((words.t("Space does nothing now"), "quiet"), "   ", ("Esc", "accentstrong"),
                (" " + words.t("closes"), "quiet"), "  ")  # fmt: skip
    line = on("list", spread(left, right, width))
    empty = on("list", fit(EMPTY, width))
    return [line] if low else [empty, line, empty]


class CommandMenu:
    """The open list of a scene: it takes keys, and says which letter was chosen. It runs nothing."""

    def __init__(self, groups: Sequence[Group], *, searching: bool = False) -> None:
        self._all = tuple(groups)
        self.sought: str | None = "" if searching else None
        self._at = 0

    @property
    def groups(self) -> Sequence[Group]:
        return matching(self._all, self.sought) if self.sought else self._all

    def take(self, key: str) -> Entry | None:
        """Return the entry that this key chooses: its letter, or Enter on it. Anything else moves or searches."""
        if key in ("up", "down", "left", "right"):
            self._at = moved(self.groups, self._at, key)
        elif key == "enter":
            entries = entries_of(self.groups)
            return entries[min(self._at, len(entries) - 1)] if entries else None
        elif self.sought is None:
            return of_letter(self.groups, key)
        elif len(key) == 1 or key == "space":
            self.sought += " " if key == "space" else key
            self._at = 0
        return None

    def draw(self, width: int, height: int, words: Words) -> list[Row]:
        return draw_commands(self.groups, self._at, width, height, words, self.sought)


def draw_help(
    keys: Sequence[tuple[str, str]],
    groups: Sequence[Group],
    width: int,
    words: Words,
    typed: Sequence[tuple[str, str]] = (),
) -> list[Row]:
    """Return a page that says what each key does and what is typed, and the commands with their letters."""
    indent = max(16, *(cells(key) + 4 for key, _ in keys))
    lines: list[Row] = []
    for heading, pairs in ((words.t("KEYS"), keys), (words.t("WHAT YOU TYPE"), typed)):
        if pairs:
            lines += [*([EMPTY] if lines else []), row("  ", (heading, "quiet")), EMPTY]
        for key, what in pairs:
            lines += _explained(key, row((what, "text")), indent, width)
    for group in groups:
        lines += [EMPTY, row("  ", (group.heading, "quiet")), EMPTY]
        for entry in group.entries:
            name = row((entry.label, "text"), "  ", (entry.detail, "quiet")) if entry.detail else row(entry.label)
            lines += _explained(f"/ {entry.letter}", name, indent, width)
    return lines


def _explained(key: str, what: Row, indent: int, width: int) -> list[Row]:
    """A key with what it does, wrapped in a column of its own."""
    head = row("  ", fit(row((key, "accentstrong")), indent - 2))
    lines = broken(what, max(width - indent - 2, 10), 4)
    return [row(head if not place else " " * indent, line) for place, line in enumerate(lines)]
