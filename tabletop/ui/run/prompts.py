"""What opens above the Space bar when a command needs a choice or a text. Esc closes it, and nothing was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tabletop.core.text import cells
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, fit, flow, on, plain, row, width_of, window
from tabletop.ui.run import answers
from tabletop.ui.run.answers import Beside, Named, in_both


class Option(NamedTuple):
    """One of the choices: what it stands for, how it reads, a quiet word beside it, under that what comes of it, and
    how else it may be typed.
    """

    value: str
    label: str
    detail: str = ""
    leads: str = ""
    also: tuple[str, ...] = ()


@dataclass
class Pick:
    """Arrows choose, Enter takes. A text chooses too; where ``asks`` says for what, one may be typed beside it."""

    title: str
    options: Sequence[Option]
    take: Callable[[str, str], None]
    at: int = 0
    asks: str = ""
    amount: int | None = None
    amounts: Sequence[int] = ()
    unit: str = ""
    beside: Beside = "words"
    saves: str = ""
    """What the chosen answer is saved as; then the bar says it in full, with its reason."""
    instead: str = ""
    """What it takes the place of."""
    enter: str = ""
    keeps: str = ""
    """What Enter does beside a typed text, where that is something else."""
    escape: str = ""
    """What Esc does, where something was already saved; else it goes back and nothing is done."""
    cancelled: Callable[[], None] = field(default=lambda: None)
    again: str = ""
    """The command that, given once more while this is open, does ``take_again``."""
    take_again: Callable[[], None] = field(default=lambda: None)
    unknown: Callable[[str], None] | None = None
    """What is done with a text that names nothing here, where something new may be typed."""
    _heard: str = field(default="", init=False)
    _answer: Named = field(default=Named(None), init=False)
    _by_hand: int = field(default=0, init=False)
    _moved: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._by_hand = self.at

    def move(self, key: str) -> bool:
        """Take an arrow key; return whether it was one. What was done last chooses: an arrow, or what was typed."""
        if key in ("up", "down"):
            self.at = (self.at + (1 if key == "down" else -1)) % max(len(self.options), 1)
            self._by_hand, self._moved = self.at, True
            self._answer = Named(None, "" if self._answer.rivals else self._answer.reason)
            return True
        if key in ("left", "right") and self.amount is not None:
            place = self.amounts.index(self.amount) + (1 if key == "right" else -1)
            self.amount = self.amounts[max(0, min(place, len(self.amounts) - 1))]
            return True
        return False

    def hear(self, typed: str) -> None:
        """Let what stands in the line choose; where it names nothing, what the arrows chose stays."""
        if typed == self._heard:
            return
        self._heard = typed
        spellings = [(option.label, *option.also) for option in self.options]
        if self.asks:
            self._answer = answers.read(typed, spellings, self.beside, leads=not self._moved)
        else:
            place = answers.find(typed, spellings)
            self._answer = Named(place, typed.strip() if place is None else "")
            self._moved = False
        self.at = self._by_hand if self._answer.place is None else self._answer.place

    @property
    def beside_it(self) -> str:
        """What of the text in the line is no name of an option: a reason, a name, other words."""
        return answers.without_because(self._answer.reason) if self.saves else self._answer.reason

    @property
    def rivals(self) -> tuple[Option, ...]:
        """The options that the text in the line begins, where it is more than one: then it is neither of them."""
        return tuple(self.options[place] for place in self._answer.rivals)

    @property
    def is_lost(self) -> bool:
        """Whether the text in the line should choose, and nothing here is called so."""
        return not self.asks and bool(self._heard.strip()) and self._answer.place is None and not self._moved

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
    anew: bool = False
    """Whether what is typed takes the place of ``start``, where another text is more likely than a part of this one."""
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
    yes, no = in_both("yes"), in_both("no")
    return (
        Option("", words.t("skip this")),
        Option("yes", words.t("yes"), also=yes),
        Option("no", words.t("no"), also=no),
    )
