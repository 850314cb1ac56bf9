"""What can stand on the dossier's page: a list to choose from, the heat table, or something to read.

A view knows the arrows and how to draw itself; what commands do with what is chosen is up to the scene.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tabletop.locale import Words
from tabletop.ui.desk.scene import is_narrow
from tabletop.ui.dossier import heat
from tabletop.ui.dossier.about import about
from tabletop.ui.dossier.known import Known, Spot, Target, key_of
from tabletop.ui.dossier.lines import line_of
from tabletop.ui.rows import EMPTY, Row, beside, fill, fit, flow, on, row
from tabletop.ui.run.reading import Reading

LIST_SHARE = 0.58
"""How much of a wide screen a list takes; what is chosen in it stands in the rest."""


class Item(NamedTuple):
    """A row or two of a list: what is chosen there, and the heading that it stands under."""

    target: Target
    heading: str = ""


class View:
    """Something on the page. The plain one can do nothing."""

    def pressed(self, key: str) -> bool:  # noqa: ARG002 - for those that have keys
        """Take a key, where it means something here; return whether it did."""
        return False

    def draw(self, known: Known, width: int, height: int, words: Words) -> list[Row]:
        """Exactly ``height`` rows."""
        raise NotImplementedError

    def chosen(self, known: Known) -> Target | None:  # noqa: ARG002 - for those in which something is chosen
        return None

    def refresh(self, known: Known) -> None:
        """Something was decided: what is shown is asked for again."""


@dataclass
class ListView(View):
    """A list in which one thing is chosen; in a wide screen it is told in full beside the list."""

    items: Callable[[Known], Sequence[Item]]
    empty: Callable[[Words], str]
    head: Callable[[Known, Words, int], list[Row]] = field(default=lambda known, words, width: [])
    """What stands above the list."""
    preview: bool = True
    """Whether what is chosen is told beside the list; in what was opened it stands above it already."""
    at: int = 0
    _key: str = ""
    _kept: tuple[int, Sequence[Item]] = field(default=(-1, ()), repr=False)
    """The items, and for which generation of answers they were made."""

    def pressed(self, key: str) -> bool:
        step = {"up": -1, "down": 1, "pageup": -10}.get(key)
        if step is None:
            return False
        self.at += step
        return True

    def chosen(self, known: Known) -> Target | None:
        items = self._placed(known)
        return items[self.at].target if items else None

    def refresh(self, known: Known) -> None:
        """What was chosen stays so, wherever it stands now."""
        places = [place for place, item in enumerate(self._all(known)) if key_of(item.target) == self._key]
        self.at = places[0] if places else self.at

    def _all(self, known: Known) -> Sequence[Item]:
        """The items; a year has thousands of points, and a screen is drawn for each key."""
        if self._kept[0] != known.generation:
            self._kept = known.generation, self.items(known)
        return self._kept[1]

    def _placed(self, known: Known) -> Sequence[Item]:
        """The items, with the chosen one among them."""
        items = self._all(known)
        self.at = max(0, min(self.at, len(items) - 1))
        self._key = key_of(items[self.at].target) if items else ""
        return items

    def draw(self, known: Known, width: int, height: int, words: Words) -> list[Row]:
        items = self._placed(known)
        wide = self.preview and not is_narrow(width + 4) and bool(items)
        left = int(width * LIST_SHARE) if wide else width
        head = self.head(known, words, left)
        head = head if len(head) <= height // 2 else [*head[: height // 2 - 1], row(("…", "quiet"))]
        room = height - len(head)
        listed = self._listed(items, known, left, room, words) if items else flow(self.empty(words), left, "quiet")
        lines = fill([*head, *listed], height)
        if not wide:
            return lines
        right = width - left - 4
        told = about(items[self.at].target, known, words, right)
        if len(told) > height:
            told = [*told[: height - 1], row((f"… {words.t('Enter shows all of it')}", "quiet"))]
        return beside(((lines, left), (told, right)), height)

    def _listed(self, items: Sequence[Item], known: Known, width: int, height: int, words: Words) -> list[Row]:
        """The rows around what is chosen, and only those."""

        def rows_of(place: int) -> list[Row]:
            item = items[place]
            is_new = item.heading and (place == 0 or items[place - 1].heading != item.heading)
            top = [*([EMPTY] if place else []), row("  ", (item.heading, "quiet"))] if is_new else []
            chosen = place == self.at
            lines = [
                row(("► " if chosen and not n else "  ", "accent"), line)
                for n, line in enumerate(line_of(item.target, known, width - 4, words, chosen=chosen))
            ]
            return [*top, *(on("now", fit(line, width - 1)) if chosen else line for line in lines)]

        lines = rows_of(self.at)
        focus, before, after = 0, self.at - 1, self.at + 1
        while before >= 0 and focus < height:
            above = rows_of(before)
            lines, focus, before = [*above, *lines], focus + len(above), before - 1
        while after < len(items) and len(lines) - focus < height:
            lines, after = [*lines, *rows_of(after)], after + 1
        start = max(0, min(focus - height // 2, len(lines) - height))
        return lines[start : start + height]


@dataclass
class HeatView(View):
    """The heat table."""

    table: heat.Table

    def pressed(self, key: str) -> bool:
        if key not in ("up", "down", "left", "right", "pageup"):
            return False
        self.table = self.table.moved(key)
        return True

    def chosen(self, known: Known) -> Spot | None:
        self._follow(known)
        return self.table.spot

    def refresh(self, known: Known) -> None:
        self._follow(known)

    def _follow(self, known: Known) -> None:
        if self.table.heat is not known.heat:
            spot = self.table.spot
            self.table = self.table._replace(heat=known.heat).within()
            self.table = self.table.on_spot(spot) if spot is not None else self.table

    def draw(self, known: Known, width: int, height: int, words: Words) -> list[Row]:
        self._follow(known)
        if self.table.spot is None:
            said = words.t("No learning point was told yet: themes stand here as soon as there is one.")
            return fill(flow(said, width, "quiet"), height)
        lines, self.table = heat.draw(self.table, known, width, height, words)
        return lines


@dataclass
class ReadView(View):
    """Something to read, longer than the page perhaps; ← and → go to what stands beside it."""

    lines: Callable[[Known, Words, int], list[Row]]
    turned: Callable[[int], None] | None = None
    target: Callable[[Known], Target | None] = field(default=lambda known: None)
    read: Reading = field(default_factory=Reading)

    def pressed(self, key: str) -> bool:
        if key in ("up", "down"):
            self.read.move(-2 if key == "up" else 2)
        elif key == "pageup":
            self.read.turn(-1)
        elif key in ("left", "right") and self.turned is not None:
            self.turned(-1 if key == "left" else 1)
            self.read = Reading()
        else:
            return False
        return True

    def chosen(self, known: Known) -> Target | None:
        return self.target(known)

    def draw(self, known: Known, width: int, height: int, words: Words) -> list[Row]:
        return fill(self.read.shown(self.lines(known, words, width), height, words, on="↓", back="↑"), height)
