"""Which run does this screen follow? Asked only when more than one is going on."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen

from tabletop.core.text import cut
from tabletop.files.glance import Glance
from tabletop.locale import Words
from tabletop.ui import paper
from tabletop.ui.desk.canvas import Canvas
from tabletop.ui.rows import EMPTY, Row


class ChoiceScreen(Screen[None], inherit_bindings=False):
    """A numbered list: arrows and Enter, or the number and Enter."""

    ALLOW_SELECT = False
    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter,space", "take", show=False),
        *(Binding(str(number), f"point({number})", show=False) for number in range(1, 10)),
    ]

    @dataclass
    class Chosen(Message):
        """The run to follow."""

        glance: Glance

    def __init__(self, choices: Sequence[Glance], words: Words) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._words = words
        self._at = 0
        self._canvas = Canvas(self._rows, id="wall")

    def compose(self) -> ComposeResult:
        yield self._canvas

    def offer(self, choices: Sequence[Glance]) -> None:
        """Offer these; the one that was pointed at stays so."""
        if tuple(choices) == self._choices:
            return
        before = self._choices[self._at].path if self._choices else None
        self._choices = tuple(choices)
        paths = [choice.path for choice in self._choices]
        self._at = paths.index(before) if before in paths else 0
        self._canvas.redraw()

    def action_move(self, step: int) -> None:
        self.action_point(self._at + 1 + step)

    def action_point(self, number: int) -> None:
        if 1 <= number <= len(self._choices):
            self._at = number - 1
            self._canvas.redraw()

    def action_take(self) -> None:
        if self._choices:
            self.post_message(self.Chosen(self._choices[self._at]))

    def _rows(self, size: Size) -> list[Row]:
        words, width = self._words, size.width
        if width < paper.SMALLEST[0] or size.height < paper.SMALLEST[1]:
            return paper.too_small(words, width, size.height)
        rows: list[Row] = [
            EMPTY,
            (("    ", "text"), (words.t("Which exercise should this screen follow?"), "strong")),
            EMPTY,
        ]
        for place, choice in enumerate(self._choices[: size.height - 6]):
            pointed = place == self._at
            began = words.t("began at {time}", time=words.oclock(choice.started))
            title = cut(choice.title, width - 14 - len(began))
            rows.append((
                ("  ► " if pointed else "    ", "accentstrong"), (f"{place + 1}  ", "accentstrong"),
                (title, "strong" if pointed else "text"), (f"  {began}", "quiet"),
            ))  # fmt: skip
        hint = words.t("Choose with the arrows or its number, then Enter.")
        return [*rows, EMPTY, (("    ", "text"), (hint, "quiet"))]
