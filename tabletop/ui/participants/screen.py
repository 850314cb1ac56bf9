"""The shared screen. It is given a view and words, and knows nothing else."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen

from tabletop.core.participants import Bought, ParticipantView, Rebuttal, Writing
from tabletop.locale import Words
from tabletop.ui import paper
from tabletop.ui.desk.canvas import Canvas
from tabletop.ui.participants.card import seconds_left
from tabletop.ui.rows import Row


class ParticipantsScreen(Screen[None], inherit_bindings=False):
    """What the participants see: one card, calm, until the leader does something."""

    ALLOW_SELECT = False

    def __init__(self, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._words = words
        self._now = now
        self._view: ParticipantView | None = None
        self._lost = False
        self._awaited: Path | None = None
        self._second = -1
        self._canvas = Canvas(self._rows, id="wall")

    def compose(self) -> ComposeResult:
        yield self._canvas

    @property
    def view(self) -> ParticipantView | None:
        """What is shown; None before there is a run."""
        return self._view

    @property
    def rows(self) -> list[Row]:
        """What stands on the screen now."""
        return self._canvas.rows

    def show(
        self, view: ParticipantView | None, words: Words, *, lost: bool = False, awaited: Path | None = None
    ) -> None:
        """Show this view in these words, or that the run has not begun. Repaints only rows that changed."""
        if (view, lost, awaited) == (self._view, self._lost, self._awaited) and words is self._words:
            return
        self._view, self._words, self._lost, self._awaited = view, words, lost, awaited
        self._second = self._counted()
        self._canvas.redraw()

    def tick(self) -> None:
        """Look at the clock: only a countdown changes by itself, once a second."""
        second = self._counted()
        if second != self._second:
            self._second = second
            self._canvas.redraw()

    def _counted(self) -> int:
        match self._view:
            case ParticipantView(card=Writing(until=datetime() as until) | Rebuttal(until=datetime() as until)):
                return seconds_left(until, self._now())
            case ParticipantView(bought=Bought(until=datetime() as until)):
                return (seconds_left(until, self._now()) + 59) // 60
            case _:
                return -1

    def _rows(self, size: Size) -> list[Row]:
        if self._view is None:
            return paper.not_begun(self._words, size.width, size.height, self._awaited)
        return paper.page(self._view, self._words, size.width, size.height, now=self._now(), lost=self._lost)
