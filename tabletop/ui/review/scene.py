"""The scene of a review: four pages, one key on; what is typed searches, and the commands add under one's name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tabletop.core.events import Event
from tabletop.core.session import Session
from tabletop.core.text import cut
from tabletop.locale import Words, mark
from tabletop.lookback import Lookback
from tabletop.ui.both import place_of_wall
from tabletop.ui.desk.command_list import CommandMenu, draw_help, over
from tabletop.ui.desk.scene import LineLook, Scene, is_low, is_narrow
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.review.adding import COMMANDS, Adding, groups
from tabletop.ui.review.pages import LEADS, Lead, learning_points, overview, time_line
from tabletop.ui.review.replay import Replay
from tabletop.ui.rows import EMPTY, Row, fill, fit, inset, on, row, spread, width_of
from tabletop.ui.run.prompts import Ask, Pick
from tabletop.ui.run.reading import Reading

_PAGES: Final = (mark("overview"), mark("in time"), mark("learning points"), mark("step by step"))
_POINTS, _STEPS = 2, 3
_OF_AN_INCIDENT: Final = (0, _POINTS)
"""Nobody led it from a screen, so there is no picture of it in time and nothing to step through."""
_STEP_KEYS: Final = {"up": -1, "down": 1}
"""How many events a key goes on in the run."""
_MOST: Final = 100
"""The widest that a page of text stands."""


@dataclass
class ReviewScene(Scene):
    """Looks back on one run. What is added goes behind what stands in the log, which stays as it is."""

    lookback: Lookback
    words: Words
    back: Scene | None = None
    """Where Esc leads; without one the program closes."""
    page: int = 0
    lead: Lead = "theme"
    sought: str = ""
    read: Reading = field(default_factory=Reading)
    shows_wall: bool = False
    """Whether the participants' screen stands in front, where there is no room for both."""
    helping: Reading | None = None
    """How far the page that says what each key does is read; None when it is not there."""
    prompt: Ask | Pick | None = None
    menu: CommandMenu | None = None
    notice: tuple[str, bool] | None = None
    """What is said above the bar, and whether it went well."""
    signed: Callable[[str], None] = lambda _: None
    """Told who is looking back, so that they are asked once for as long as the program is open."""

    def __post_init__(self) -> None:
        self.replay = Replay(self.lookback.original, self.words, self.log, self.lookback.leader)
        self.adding = Adding(self)

    @property
    def session(self) -> Session:
        return self.lookback.session

    @property
    def log(self) -> Path:
        return self.lookback.path

    @property
    def event_here(self) -> Event | None:
        """The event that a comment is about: the one that stands there, step by step."""
        return self.replay.event if self.page == _STEPS else None

    # --- what is added ---

    def sign(self, name: str) -> None:
        self.lookback.reviewer = name
        self.signed(name)

    def added(self) -> None:
        """Show the run with what was added to it, at the same place."""
        at = self.replay.at
        self.replay = Replay(self.lookback.original, self.words, self.log, self.lookback.leader)
        self.replay.move(at)

    def say(self, sentence: str, *, good: bool) -> None:
        self.notice = (sentence, good)

    def ask(self, prompt: Ask | Pick) -> None:
        self.prompt, self.sought = prompt, ""
        self.desk.put(prompt.start if isinstance(prompt, Ask) else "")

    def _in_prompt(self, key: str) -> None:
        if key == "escape":
            self.prompt = None
            self.desk.put("")
        elif isinstance(self.prompt, Pick) and (self.prompt.move(key) or key not in ("enter", "space")):
            return
        elif key == "enter" or isinstance(self.prompt, Pick):
            self._answer("")

    def _answer(self, text: str) -> None:
        prompt = self.prompt
        if isinstance(prompt, Ask) and not text.strip():
            self.say(self.words.t("Type it first; Esc leaves it."), good=False)
            return
        if isinstance(prompt, Pick) and prompt.is_lost and prompt.unknown is None:
            self.say(self.words.t("Nothing here is called that."), good=False)
            self.desk.put(prompt.beside_it, replaced=True)
            return
        self.prompt = None
        self.desk.put("")
        if isinstance(prompt, Ask):
            prompt.take(text)
        elif prompt is not None and prompt.is_lost and prompt.unknown is not None:
            prompt.unknown(prompt.beside_it)
        elif prompt is not None and prompt.chosen is not None:
            prompt.take(prompt.chosen.value, "")

    def _in_menu(self, key: str) -> None:
        assert self.menu is not None
        entry = self.menu.take(key)
        if key == "escape" or (entry is not None and entry.possible):
            self.menu = None
            self.desk.catch(False)
        if entry is None or not entry.possible:
            return
        if entry.letter == "q":
            self.desk.leave()
            return
        letters = {(one.nl if self.words.language == "nl" else one.en): one.id for one in COMMANDS}
        self.adding.run(letters[entry.letter])

    # --- keys ---

    def pressed(self, key: str) -> None:
        self.notice = None
        if self.menu is not None:
            self._in_menu(key)
        elif self.prompt is not None:
            self._in_prompt(key)
        elif self.helping is not None:
            self._in_help(key)
        elif key == "f1":
            self.helping = Reading()
        elif key in ("slash", "f2", "ctrl+p"):
            self.menu = CommandMenu(groups(self.session, self.words), searching=key == "ctrl+p")
            self.desk.catch(True)
        elif key == "f6":
            self.shows_wall = not self.shows_wall
        elif self.page == _STEPS and key in _STEP_KEYS:
            self.replay.move(_STEP_KEYS[key])
        elif self.page == _STEPS and key in ("tab", "shift+tab"):
            self.replay.jump(1 if key == "tab" else -1)
        elif key in ("up", "down"):
            self.read.move(-2 if key == "up" else 2)
        elif key == "pageup":  # PageDown is Space, as everywhere
            self.read.turn(-1)
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

    def _in_help(self, key: str) -> None:
        assert self.helping is not None
        if key in ("up", "down"):
            self.helping.move(-2 if key == "up" else 2)
        else:
            self.helping = None

    def _turn(self, step: int) -> None:
        self.page = self._from_here(step)
        self.read = Reading()

    @property
    def _pages(self) -> Sequence[int]:
        return _OF_AN_INCIDENT if self.lookback.incident else range(len(_PAGES))

    def _from_here(self, step: int) -> int:
        return self._pages[(self._pages.index(self.page) + step) % len(self._pages)]

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
        self.notice = None
        if self.prompt is not None:
            self._answer(text)
        else:
            self.edited(text)

    def edited(self, text: str) -> None:
        """What is typed searches; a search is about the learning points, wherever one is."""
        if isinstance(self.prompt, Pick):
            self.prompt.hear(text)
        if self.prompt is not None or self.menu is not None:
            return
        self.sought = text.strip()
        self.read = Reading()
        if self.sought:
            self.page = _POINTS

    # --- rows ---

    def draw(self, width: int, height: int) -> list[Row]:
        rows = self._rows(width, height)
        if self.menu is None:
            return rows
        low = is_low(height)
        laid = self.menu.draw(width, height - (0 if low else 1), self.words)
        return over(rows, [*laid, *([] if low else [EMPTY])], height)

    def _rows(self, width: int, height: int) -> list[Row]:
        low, words = is_low(height), self.words
        bar = self._bar(width, low=low)
        top = [*([] if low else [EMPTY]), self._header(width), EMPTY]
        room = height - len(top) - len(bar)
        if self.helping is not None:
            lines = draw_help(_keys(words), groups(self.session, words), width, words)
            shown = self.helping.shown(lines, room, words, on="↓", back="↑", indent=2)
            return [*top, *fill(shown, room), *bar]
        if self.page == _STEPS:
            lines = self._stepping(width, height, bar)[: height - len(bar)]
        else:
            shown = self.read.shown(self._lines(width - 4), room, words, on="↓", back="↑")
            lines = [*top, *fill([inset(line, 2) if line else line for line in shown], room)]
        return [*self._with_question(lines, width), *bar]

    def _with_question(self, lines: list[Row], width: int) -> list[Row]:
        """The page with what is asked laid over its foot, and with what is said in its last row."""
        if self.prompt is not None:
            lines = over(lines, self.prompt.rows(width, max(len(lines) - 4, 6)), len(lines))
        if self.notice is not None:
            sentence, good = self.notice
            said = inset(row((sentence, "accent" if good else "warning")), 2)
            lines[-1] = said if self.prompt is None else on("list", fit(said, width))
        return lines

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
        top = [inset(spread(left, right, width - 4), 2)]
        for comment in self.session.comments:
            if comment.about == replay.event.n:
                said = cut(f"{comment.text} · {comment.reviewer}", width - 6)
                top.append(inset(row(("“ ", "accent"), (said, "text")), 2))
        top = top[:3]  # the overview has all of them
        return [*top, *replay.rows(width, room + 1 - len(top), wall_in_front=self.shows_wall), *bar]

    def _lines(self, width: int) -> list[Row]:
        match self.page:
            case 0:
                return overview(self.session, self.words, min(width, _MOST), self.lookback.incident)
            case 1:
                return time_line(self.session, self.words, width)
            case _:
                lines = learning_points(self.session, self.lead, self.sought, self.words, min(width, _MOST))
                return [row((self.words.t(LEADS[self.lead]).upper(), "quiet")), EMPTY, *lines]

    def _header(self, width: int) -> Row:
        words, session = self.words, self.session
        held = words.day(session.started) if session.started is not None else ""
        pages = [row((words.t(_PAGES[place]), "accentstrong" if place == self.page else "quiet"))
                 for place in self._pages]  # fmt: skip
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
        if self.prompt is not None:
            key = words.t("ENTER") if self.desk.text or isinstance(self.prompt, Pick) else ""
            right = row(("Esc", "accent"), (" " + words.t("back, nothing was added"), "quiet"))
            chooses = self.prompt.enter or words.t("choose")
            if isinstance(self.prompt, Pick):
                chosen, is_new = self.prompt.chosen, self.prompt.is_lost
                if is_new and self.prompt.unknown is None:
                    return draw_bar("", words.t("nothing here is called that"), "", width, low=low, right=right)
                about = self.prompt.beside_it if is_new else chosen.label if chosen and self.desk.text else ""
                chooses = self.prompt.keeps if is_new and self.prompt.keeps else chooses
            else:
                about = self.prompt.about(self.desk.text) if key else ""
            return draw_bar(key, chooses if key else words.t("type it in the line"), about, width, low=low, right=right)
        if self.helping is not None:
            return draw_bar("ESC", words.t("back"), "", width, low=low)
        right = row(("Esc", "accent"), (f" {self._escapes}", "quiet"))
        if self.page == _POINTS:
            right = row(("Tab", "accent"), (f" {words.t('group otherwise')}", "quiet"), "   ", right)
        elif self.page == _STEPS:
            right = row(("Tab", "accent"), (f" {words.t('the next inject')}", "quiet"), "   ", right)
        following = words.t(_PAGES[self._from_here(1)])
        if self.desk.text:
            return draw_bar("", words.t("searches the learning points"), "", width, low=low, right=right)
        return draw_bar(words.t("SPACE"), words.t("on to"), following, width, low=low, right=right)

    def look(self) -> LineLook:
        if self.menu is not None:
            return LineLook("/")
        if self.prompt is not None:
            return LineLook(self.prompt.placeholder if isinstance(self.prompt, Ask) else "")
        return LineLook(self.words.t("type to search the learning points · / add something"))

    def hints(self, width: int) -> Row:  # noqa: ARG002
        t = self.words.t
        said = [t("↑ ↓ read"), t("← → the page before or after"), t("F1 help")]
        if isinstance(self.prompt, Pick):
            said = [t("↑ ↓ choose"), t("Esc back")]
        return inset(row(("     ".join(said), "quiet")), 2)


def _keys(words: Words) -> Sequence[tuple[str, str]]:
    t = words.t
    return (
        (t("Space, Enter"), t("the next page")),
        ("← →", t("the page before or after")),
        ("↑ ↓", t("read; step by step: event by event")),
        ("Tab", t("learning points grouped otherwise; step by step: the next inject, with Shift the one before")),
        ("F6", t("step by step: the other screen, where both have no room")),
        (t("letters"), t("search the learning points")),
        ("/  F2  Ctrl+P", t("add or change something under your name")),
        ("Esc", t("clears the search; else back, or closes")),
        ("Ctrl+Q", t("closes the program")),
    )
