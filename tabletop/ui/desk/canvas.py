"""A widget that shows rows, and repaints only those that changed."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tabletop.core.text import clean_line
from tabletop.ui.inks import Inks
from tabletop.ui.rows import EMPTY, Row


class Canvas(Widget):
    """Rows in the inks of the theme. Foreign text in a row is only ever text: nothing here parses markup.

    A screen of two thousand cells costs as much to repaint as what changed in it: one widget that compares rows is
    several times quicker than a widget for each of them.
    """

    can_focus = False
    ALLOW_SELECT = False

    def __init__(self, draw: Callable[[Size], Sequence[Row]], *, id: str) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._draw = draw
        self._rows: list[Row] = []
        self._inks: Inks | None = None
        self._theme_seen = ""

    @property
    def rows(self) -> list[Row]:
        """What stands on the canvas now."""
        return self._rows

    def redraw(self) -> None:
        """Ask for the rows again, and repaint those that are not what they were."""
        size = self.size
        if not size:
            return
        before, now = self._rows, list(self._draw(size))
        self._rows = now
        changed = [
            Region(0, place, size.width, 1) for place in range(size.height) if _at(before, place) != _at(now, place)
        ]
        if changed:
            self.refresh(*changed)

    def on_resize(self) -> None:
        self._rows = []
        self.redraw()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if self._inks is None or self._theme_seen != self.app.theme:
            self._inks, self._theme_seen = Inks(self.app.theme_variables), self.app.theme
        inks = self._inks
        line = _at(self._rows, y)
        # The last place before the terminal: what was forgotten on its way here, such as the name of a file, is text.
        strip = Strip([Segment(clean_line(text), inks[ink]) for text, ink in line])
        last = line[-1][1].rpartition(".")[0] if line else ""
        rest = inks["bar.text"] if last == "bar" else inks["text"]
        return strip.adjust_cell_length(self.size.width, rest)


def _at(rows: list[Row], place: int) -> Row:
    return rows[place] if place < len(rows) else EMPTY
