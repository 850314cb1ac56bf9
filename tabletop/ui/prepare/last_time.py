"""What the group left open last time, read from the dossier in a thread of its own, and shown before it begins."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tabletop.core.text import cut
from tabletop.dossier.answers import LastTime
from tabletop.dossier.naming import who
from tabletop.files.trouble import Trouble
from tabletop.locale import Words
from tabletop.locale.codes import GLYPHS
from tabletop.ui.rows import EMPTY, Row, hanging, inset, row

_MOST = 5
"""Lines beside the list; a page of its own has them all."""


@dataclass
class LookingBack:
    """Reads what is known of a group, and of which groups anything is known. What cannot be read is not shown."""

    logs: Path
    state: Path
    later: Callable[[Callable[[], None]], None]
    """Does something on the desk's own thread."""
    told: Callable[[], None]
    """What is done when there is something to show."""
    groups: tuple[str, ...] = ()
    found: LastTime | None = None
    _leaving: threading.Event = field(default_factory=threading.Event, repr=False)
    _asked: int = 0

    def ask(self, group: str, today: date) -> None:
        """Look for a group; what was asked before is not waited for."""
        self._asked += 1
        self.found = None
        number = self._asked
        threading.Thread(target=lambda: self._read(group, today, number), name="last time").start()

    def leave(self) -> None:
        self._leaving.set()

    def _read(self, group: str, today: date, number: int) -> None:
        from tabletop.dossier.index import Dossier
        from tabletop.dossier.refreshing import Stopped

        def is_late() -> bool:
            return self._leaving.is_set() or number != self._asked

        try:
            with Dossier.open([self.logs], self.state, stop=is_late) as dossier:
                groups, found = dossier.groups(), dossier.last_time(group, today)
        except (Stopped, Trouble, OSError):
            return
        self.later(lambda: self._take(groups, found, number))

    def _take(self, groups: tuple[str, ...], found: LastTime, number: int) -> None:
        if number == self._asked and not self._leaving.is_set():
            self.groups, self.found = groups, found
            self.told()


def spelled(typed: str, groups: tuple[str, ...]) -> str:
    """The name of a group as it was written before, where only capitals differ."""
    return next((group for group in groups if group.casefold() == typed.casefold()), typed)


def heading(found: LastTime, words: Words) -> str:
    """When that was, and how much stands open."""
    if found.run is None:
        return words.t("TO TAKE ALONG")
    return words.t("LAST TIME, {day}", day=words.plain_day(found.run.day))


def counted(found: LastTime | None, group: str, words: Words) -> str:
    """How much there is, in one line; empty where no group was named."""
    if not group or found is None:
        return ""
    if found.run is None:
        return words.t("not seen before") if not found.along else words.t("{n} to take along", n=len(found.along))
    if not found.open:
        return words.t("nothing stands open")
    return words.tn("{n} point stands open", "{n} points stand open", found.open)


def beside_the_list(found: LastTime, width: int, room: int, words: Words) -> list[Row]:
    """The first few lines, as many as there is room for, and the command that shows them all."""
    lines = _lines(found, words)
    most = min(_MOST, room - 3 if len(lines) > min(_MOST, room - 2) else room - 2)
    if most < 1:
        return []
    shown = [row((glyph, "accent"), (cut(text, width - 2), "text")) for _, glyph, text, _ in lines[:most]]
    if len(lines) > len(shown):
        shown.append(row((words.t("and {n} more", n=len(lines) - len(shown)) + "  ", "quiet"), ("/o", "accentstrong")))
    return [row((heading(found, words), "quiet")), EMPTY, *shown] if shown else []


def page(found: LastTime | None, width: int, words: Words) -> list[Row]:
    """All of it, whole."""
    lines = _lines(found, words) if found is not None else []
    if not lines:
        return [inset(row((words.t("Nothing."), "quiet")), 2)]
    rows: list[Row] = []
    part = ""
    for heads, glyph, text, about in lines:
        if heads != part:
            rows += [*([EMPTY] if part else []), inset(row((heads, "quiet")), 2), EMPTY]
            part = heads
        rows += [inset(line, 2) for line in hanging((glyph, "accent"), text, min(width - 4, 90))]
        rows += [inset(row(("  ", "quiet"), (cut(about, min(width - 6, 88)), "quiet")), 2)] if about else []
    return rows


def _lines(found: LastTime, words: Words) -> list[tuple[str, str, str, str]]:
    """Each with the part that it stands in, its glyph, its text, and what is said about it."""
    along = [
        (words.t("TAKEN ALONG"), "→ ", one.put,
         words.listing(list(dict.fromkeys(who(point.label, words) for point in one.points))))
        for one in found.along
    ]  # fmt: skip
    actions = [
        (words.t("OPEN ACTIONS"), "○ ", one.text,
         f"{one.owner} · {words.t('by {day}', day=words.plain_day(one.due))}")
        for one in found.actions
    ]  # fmt: skip
    points = [
        (words.t("LEARNED THEN, STILL OPEN"), f"{GLYPHS[one.turn]} ", one.text, who(one.label, words))
        for one in found.points
    ]
    return [*along, *actions, *points]
