"""What opens above the Space bar when a command needs a choice or a text. Esc closes it, and nothing was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, fit, flow, on, row, spread, width_of, window


class Option(NamedTuple):
    """One of the choices: what it stands for, how it reads, and a quiet word beside it."""

    value: str
    label: str
    detail: str = ""


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

    @property
    def chosen(self) -> Option | None:
        return self.options[self.at] if self.options else None

    def rows(self, width: int, height: int) -> list[Row]:
        lines: list[Row] = []
        focus = 0
        for place, option in enumerate(self.options):
            if place == self.at:
                focus = len(lines)
            lines += self._option(option, width, chosen=place == self.at)
        shown = window(lines, max(height - 3, 1), focus)
        title = on("list", fit(row("    ", (self.title, "quiet")), width))
        empty = on("list", fit(EMPTY, width))
        return [empty, title, *(line if len(line) > 1 else on("list", fit(line, width)) for line in shown), empty]

    def _option(self, option: Option, width: int, *, chosen: bool) -> list[Row]:
        """One option: its detail at the right edge, or under it where both do not fit."""
        ground = "now" if chosen else "list"
        left = row("  ", ("► " if chosen else "  ", "accent"), (option.label, "strong" if chosen else "plain"))
        if chosen and self.amount is not None:
            right = row((f"← {self.amount} {self.unit} →", "accent"))
        else:
            right = row((option.detail, "quiet"))
        if width_of(left) + width_of(right) + 4 <= width:
            return [on(ground, fit(spread(left, right, width - 2), width))]
        under = [row("      ", line) for line in flow(option.detail, width - 8, "quiet")]
        return [on(ground, fit(line, width)) for line in (left, *under)]


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
    alarming: bool = False
    is_path: bool = False
    """Whether a path is asked for: only then ``/`` on the empty line is typed, and opens no list."""
    cancelled: Callable[[], None] = field(default=lambda: None)
    again: str = ""
    take_again: Callable[[], None] = field(default=lambda: None)

    def rows(self, width: int, height: int) -> list[Row]:
        title = row("    ", (self.title, "error" if self.alarming else "quiet"))
        body = [row("    ", line) for line in self.explains][: max(height - 3, 0)]
        return [on("list", fit(line, width)) for line in (EMPTY, title, *body, EMPTY)]


def yes_no(words: Words) -> tuple[Option, ...]:
    """Yes and no, after a way to say neither."""
    return (Option("", words.t("skip this")), Option("yes", words.t("yes")), Option("no", words.t("no")))
