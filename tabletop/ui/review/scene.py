"""The scene of a review: four pages, one key on; what is typed searches the learning points. Nothing is written."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tabletop.core.session import Session
from tabletop.locale import Words, mark
from tabletop.ui.both import place_of_wall
from tabletop.ui.desk.scene import LineLook, Scene, is_low, is_narrow
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.review.pages import LEADS, Lead, learning_points, overview, time_line
from tabletop.ui.review.replay import Replay
from tabletop.ui.rows import EMPTY, Row, fill, inset, row, spread, width_of
from tabletop.ui.run.reading import Reading

_PAGES: Final = (mark("overview"), mark("in time"), mark("learning points"), mark("step by step"))
_POINTS, _STEPS = 2, 3
_STEP_KEYS: Final = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
"""How many events a key goes on in the run."""
_MOST: Final = 100
"""The widest that a page of text stands."""


@dataclass
class ReviewScene(Scene):
    """Looks back on one run. The log stays as it is."""

    session: Session
    words: Words
    log: Path
    leader: str = ""
    back: Scene | None = None
    """Where Esc leads; without one the program closes."""
    page: int = 0
    lead: Lead = "theme"
    sought: str = ""
    read: Reading = field(default_factory=Reading)
    shows_wall: bool = False
    """Whether the participants' screen stands in front, where there is no room for both."""

    def __post_init__(self) -> None:
        self.replay = Replay(self.session, self.words, self.log, self.leader)

    # --- keys ---

    def pressed(self, key: str) -> None:
        if key == "f6":
            self.shows_wall = not self.shows_wall
        elif self.page == _STEPS and key in _STEP_KEYS:
            self.replay.move(_STEP_KEYS[key])
        elif key in ("up", "down"):
            self.read.move(-2 if key == "up" else 2)
        elif key in ("pageup", "pagedown"):
            self.read.turn(-1 if key == "pageup" else 1)
        elif key == "tab" and self.page == _POINTS:
            order = list(LEADS)
            self.lead = order[(order.index(self.lead) + 1) % len(order)]
            self.read = Reading()
        elif key in ("left", "right") and not self.desk.text:
            self._turn(-1 if key == "left" else 1)
        elif key in ("space", "enter"):
            self._turn(1)
        elif key == "escape":
            self._escape()

    def _turn(self, step: int) -> None:
        self.page = (self.page + step) % len(_PAGES)
        self.read = Reading()

    def _escape(self) -> None:
        if self.sought:
            self.desk.put("")
            self.edited("")
        elif self.back is not None:
            self.desk.put("")
            self.desk.go(self.back)
        else:
            self.desk.leave()

    def submitted(self, text: str) -> None:
        self.edited(text)

    def edited(self, text: str) -> None:
        """What is typed searches; a search is about the learning points, wherever one is."""
        self.sought = text.strip()
        self.read = Reading()
        if self.sought:
            self.page = _POINTS

    # --- rows ---

    def draw(self, width: int, height: int) -> list[Row]:
        low, words = is_low(height), self.words
        bar = self._bar(width, low=low)
        top = [*([] if low else [EMPTY]), self._header(width), EMPTY]
        room = height - len(top) - len(bar)
        if self.page == _STEPS:
            return self._stepping(width, height, bar)
        shown = self.read.shown(self._lines(width - 4), room, words, on="↓", back="↑")
        return [*top, *fill([inset(line, 2) if line else line for line in shown], room), *bar]

    def _stepping(self, width: int, height: int, bar: list[Row]) -> list[Row]:
        """The two screens as they were, under one row that says what has just happened."""
        words, replay = self.words, self.replay
        place = words.t("{n} of {of}", n=replay.at + 1, of=replay.count)
        left = row(
            (place, "accentstrong"), "   ", (words.oclock(replay.event.at), "quiet"), "   ", (replay.said, "strong")
        )
        right = row(("↑ ↓", "accentstrong"), (" " + words.t("event by event") if not is_narrow(width) else "", "quiet"))
        room = height - 1 - len(bar)
        if place_of_wall(width, room) == "behind":
            right = row(right, "   ", ("F6", "accentstrong"), (" " + words.t("other screen"), "quiet"))
        top = inset(spread(left, right, width - 4), 2)
        return [top, *replay.rows(width, room, wall_in_front=self.shows_wall), *bar]

    def _lines(self, width: int) -> list[Row]:
        match self.page:
            case 0:
                return overview(self.session, self.words, min(width, _MOST))
            case 1:
                return time_line(self.session, self.words, width)
            case _:
                lines = learning_points(self.session, self.lead, self.sought, self.words, min(width, _MOST))
                return [row((self.words.t(LEADS[self.lead]).upper(), "quiet")), EMPTY, *lines]

    def _header(self, width: int) -> Row:
        words, session = self.words, self.session
        held = words.day(session.started) if session.started is not None else ""
        pages = [row((words.t(name), "accentstrong" if place == self.page else "quiet"))
                 for place, name in enumerate(_PAGES)]  # fmt: skip
        right = row(*(row(page, "  " if place + 1 < len(pages) else "") for place, page in enumerate(pages)))
        title = row((session.exercise.title, "strong"))
        left = row(title, (f"  ·  {held}", "quiet")) if held else title
        fits = width_of(left) + width_of(right) + 6 <= width
        return inset(spread(left if fits else title, right, width - 4), 2)

    @property
    def _escapes(self) -> str:
        if self.sought:
            return self.words.t("clears the search")
        return self.words.t("back") if self.back is not None else self.words.t("close")

    def _bar(self, width: int, *, low: bool) -> list[Row]:
        words = self.words
        right = row(("Esc", "accent"), (f" {self._escapes}", "quiet"))
        if self.page == _POINTS:
            right = row(("Tab", "accent"), (f" {words.t('group otherwise')}", "quiet"), "   ", right)
        following = words.t(_PAGES[(self.page + 1) % len(_PAGES)])
        if self.desk.text:
            return draw_bar("", words.t("searches the learning points"), "", width, low=low, right=right)
        return draw_bar(words.t("SPACE"), words.t("on to"), following, width, low=low, right=right)

    def look(self) -> LineLook:
        return LineLook(self.words.t("type to search the learning points"))

    def hints(self, width: int) -> Row:  # noqa: ARG002
        t = self.words.t
        return inset(row(("     ".join((t("↑ ↓ read"), t("← → the page before or after"))), "quiet")), 2)
