"""What opens above the Space bar when a command needs a choice or a text. Esc closes it, and nothing was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tabletop.core.text import cells
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, fit, flow, on, plain, row, width_of, window


class Option(NamedTuple):
    """One of the choices: what it stands for, how it reads, a quiet word beside it, and under that what comes of it."""

    value: str
    label: str
    detail: str = ""
    leads: str = ""


@dataclass
class Pick:
    """Arrows choose, Enter takes. A text may be typed beside it, where ``asks`` says for what."""

    title: str
    options: Sequence[Option]
    take: Callable[[str, str], None]
    at: int = 0
    asks: str = ""
    amount: int | None = None
    amounts: Sequence[int] = ()
    unit: str = ""
    says: str = ""
    enter: str = ""
    keeps: str = ""
    """What Enter does beside a typed text, where that is something else."""
    escape: str = ""
    """What Esc does, where something was already saved; else it goes back and nothing is done."""
    cancelled: Callable[[], None] = field(default=lambda: None)
    again: str = ""
    """The command that, given once more while this is open, does ``take_again``."""
    take_again: Callable[[], None] = field(default=lambda: None)

    def move(self, key: str) -> bool:
        """Take an arrow key; return whether it was one."""
        if key in ("up", "down"):
            self.at = (self.at + (1 if key == "down" else -1)) % max(len(self.options), 1)
            return True
        if key in ("left", "right") and self.amount is not None:
            place = self.amounts.index(self.amount) + (1 if key == "right" else -1)
            self.amount = self.amounts[max(0, min(place, len(self.amounts) - 1))]
            return True
        return False

    def find(self, typed: str) -> bool:
        """Choose the first option of which the label, or a word in it, begins so; return whether there is one."""
        begun = typed.strip().casefold()
        labels = [option.label.casefold() for option in self.options]
        order = [place for place, label in enumerate(labels) if label.lstrip("→ ").startswith(begun)]
        order += [place for place, label in enumerate(labels) if any(word.startswith(begun) for word in label.split())]
        if begun and order:
            self.at = order[0]
        return bool(begun and order)

    def split(self, typed: str) -> tuple[int, str]:
        """Return which option a text names that may be typed beside one, and the rest of the text.

        An option is named by its whole label, alone or before a comma: nobody who types "no" wants "yes, because no".
        """
        named, _, rest = typed.partition(",")
        for place, option in enumerate(self.options):
            if named.strip(" .").casefold() == option.label.strip(" .→").casefold():
                return place, rest.strip()
        return self.at, typed

    @property
    def chosen(self) -> Option | None:
        return self.options[self.at] if self.options else None

    def rows(self, width: int, height: int) -> list[Row]:
        """The title and the options; what an option is about stands in a column of its own, or under a long one."""
        column = max((cells(option.label) for option in self.options), default=0) + 4 + 3
        column = column if column <= width // 2 else 0
        longest = max((cells(text) for option in self.options for text in (option.detail, option.leads)), default=0)
        wide = min(width - 1, max(column + longest + 2, 44)) if column else width - 1
        lines: list[Row] = []
        focus = 0
        for place, option in enumerate(self.options):
            if place == self.at:
                focus = len(lines)
            lines += self._option(option, column, wide, place == self.at)
        airy = height >= 12 or len(lines) + 4 <= height
        shown = window(lines, max(height - (4 if airy else 3), 1), focus)
        title = row("    ", (self.title, "quiet"))
        laid = [EMPTY, title, *([EMPTY] if airy else []), *(_indented(line) for line in shown), EMPTY]
        return [_on_list(line, width) for line in laid]

    def _option(self, option: Option, column: int, wide: int, chosen: bool) -> list[Row]:
        """One option, its detail in the column, or under it where there is none."""
        left = row("  ", ("► " if chosen else "  ", "accent"), (option.label, "strong" if chosen else "plain"))
        if chosen and self.amount is not None:
            lines = [row(fit(left, max(column, width_of(left) + 3)), (f"← {self.amount} {self.unit} →", "accent"))]
        elif column:
            first, *rest = _about(option, max(wide - column - 2, 10)) or [EMPTY]
            lines = [row(fit(left, column), first), *(row(" " * column, line) for line in rest)]
        else:
            lines = [left, *(row("      ", line) for line in _about(option, wide - 8))]
        if not chosen:
            return lines
        return [row((" ", "list.text"), on("now", fit(row(*_shifted(line)), wide - 1))) for line in lines]


def _about(option: Option, width: int) -> list[Row]:
    texts = ((option.detail, "quiet"), (option.leads, "text"))
    return [line for text, ink in texts if text for line in flow(text, width, ink)]


def _shifted(line: Row) -> Row:
    """The row without its first cell, which stays on the ground of the list."""
    (text, ink), *rest = line
    return ((text[1:], ink), *rest)


def _indented(line: Row) -> Row:
    return row("    ", line) if plain(line) == "…" else line


def _on_list(line: Row, width: int) -> Row:
    """The row on the ground of the list, but for what is chosen in it."""
    full = fit(line, width)
    return tuple((text, ink if ink.startswith("now.") else f"list.{ink.rpartition('.')[2]}") for text, ink in full)


@dataclass
class Ask:
    """A text is typed; Enter gives it. ``empty`` says whether Enter on the empty line gives an empty one."""

    title: str
    take: Callable[[str], None]
    placeholder: str = ""
    explains: Sequence[Row] = ()
    enter: str = ""
    empty: bool = False
    start: str = ""
    before: str = ""
    """The text as it stands, with its own line breaks, where the line has room for a part of it only."""
    alarming: bool = False
    about: Callable[[str], str] = field(default=lambda _: "")
    """What the bar says of the text as it stands, before Enter."""
    is_path: bool = False
    """Whether a path is asked for: only then ``/`` on the empty line is typed, and opens no list."""
    escape: str = ""
    """What Esc does, where something was already saved; else it goes back and nothing is done."""
    cancelled: Callable[[], None] = field(default=lambda: None)
    again: str = ""
    take_again: Callable[[], None] = field(default=lambda: None)

    def explained(self, width: int) -> list[Row]:
        """What is said about it, and where a long text is to be changed, that text as it was."""
        before = [part for line in self.before.split("\n") for part in (flow(line, min(width, 76)) or [EMPTY])]
        return [*before, *([EMPTY] if self.before else []), *self.explains]

    def rows(self, width: int, height: int) -> list[Row]:
        title = row("    ", (self.title, "error" if self.alarming else "quiet"))
        body = [row("    ", line) for line in self.explained(width - 8)]
        body = [EMPTY, *body][: max(height - 3, 0)] if body else body
        return [on("list", fit(line, width)) for line in (EMPTY, title, *body, EMPTY)]


def yes_no(words: Words) -> tuple[Option, ...]:
    """Yes and no, after a way to say neither."""
    return (Option("", words.t("skip this")), Option("yes", words.t("yes")), Option("no", words.t("no")))
