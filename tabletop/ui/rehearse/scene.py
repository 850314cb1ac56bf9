"""The scene of a rehearsal: the scene of a run, under a clock that jumps, with the participants' screen beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tabletop.core import upcoming as u
from tabletop.core.reacting import undecided
from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.rehearsal import Choices, Rehearsal
from tabletop.ui.both import Place, both, place_of_wall, wall_of
from tabletop.ui.desk.command_list import over
from tabletop.ui.desk.scene import LineLook, Scene, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.rehearse.coverage import CoverageScene
from tabletop.ui.rows import EMPTY, Row, fill, row, spread, width_of
from tabletop.ui.run.commands import letter
from tabletop.ui.run.scene import RunScene

_MOST_AT_ONCE: Final = 50
"""Steps that one second of playing takes at the most, however quick it goes."""


@dataclass
class RehearsalScene(Scene):
    """Goes through an exercise step by step, or plays it by itself at a speed."""

    rehearsal: Rehearsal
    words: Words
    speed: float = 0.0
    """How many seconds pass in one of playing; 0 when it goes step by step alone."""
    choices: Choices = lambda _: None
    """What to choose in a dilemma while it plays; without an answer it waits for whoever rehearses."""
    kept: str = ""
    """The file of the log, where somebody asked for it."""
    shows_wall: bool = False
    """Whether the participants' screen stands in front, where there is no room for both."""
    playing: bool = field(init=False)

    def __post_init__(self) -> None:
        self.run = RunScene(self.rehearsal.control, self.words, watching=lambda: True, keeps_log=bool(self.kept))
        self.playing = self.speed > 0

    @property
    def session(self) -> Session:
        return self.rehearsal.session

    # --- the life of the scene ---

    def entered(self) -> None:
        self.run.desk = self.desk
        self.run.entered()

    def left(self) -> None:
        self.run.left()

    def ticked(self) -> None:
        if self.playing:
            self._play(self.speed)
        self.run.ticked()

    # --- keys ---

    def pressed(self, key: str) -> None:
        if key == "f5":
            self._turn_playing()
        elif key == "f6":
            self.shows_wall = not self.shows_wall
        elif key == "space" and self._is_free:
            self._step()
        else:
            self.run.pressed(key)

    def submitted(self, text: str) -> None:
        self.run.submitted(text)
        if self.session.phase == "ended":
            self._close()

    def edited(self, text: str) -> None:
        self.run.edited(text)

    def held_up(self) -> None:
        self.run.held_up()

    def _turn_playing(self) -> None:
        self.speed = self.speed or 60.0
        self.playing = not self.playing and not self._is_over

    @property
    def _is_free(self) -> bool:
        """Whether Space means the next step, and not something about a prompt or a disk."""
        return self.run.prompt is None and self.run.trouble is None

    @property
    def _is_over(self) -> bool:
        """Whether nothing is left but the word that ends it."""
        if self.session.phase == "ended":
            return True
        last = self.session.phase == "debrief" and self.run.next_thanks is None
        return last and isinstance(self.run.upcoming, u.OnlyByWord)

    def _step(self) -> None:
        """Let the time pass until the next step, and take it; after the last one show what the exercise covers."""
        if self._is_over:
            self._close()
            return
        if self.run.next_thanks is None:
            self.rehearsal.pass_to_next()
        self.run.pressed("space")

    def _close(self) -> None:
        self.desk.go(CoverageScene(self.session, self.words))

    def _play(self, seconds: float) -> None:
        """Play on for so many seconds of the exercise; where the table has to choose, hold."""
        for _ in range(_MOST_AT_ONCE):
            if not self._is_free or self.session.still is not None or self.desk.text:
                return
            if self._is_over:
                self.playing = False
                return
            wait = self.rehearsal.wait
            self.rehearsal.pass_time(min(wait, seconds))
            seconds -= wait
            if seconds < 0 or not self._is_decided():
                return
            if not self.rehearsal.call():
                self.run.pressed("space")

    def _is_decided(self) -> bool:
        """Whether nothing has to be chosen, or what to choose was said beforehand, and is chosen now."""
        dilemma = undecided(self.session)
        named = self.choices(dilemma.id) if dilemma is not None else None
        return dilemma is None or (named is not None and self.rehearsal.choose(named))

    # --- rows ---

    def draw(self, width: int, height: int) -> Sequence[Row]:
        room = height - 1
        wall = wall_of(self.session, self.rehearsal.clock.now())
        top = self._status(width, place_of_wall(width, room))
        return [top, *both(self._leader, wall, width, room, wall_in_front=self.shows_wall)]

    def _leader(self, width: int, height: int) -> list[Row]:
        lines = fill(list(self.run.draw(width, height)), height)
        if not self._is_over or not self._is_free:
            return lines
        bar = draw_bar(self.words.t("SPACE"), self.words.t("show"), self.words.t("the coverage"), width,
                       low=is_low(height))  # fmt: skip
        return over(lines, bar, height)

    def _status(self, width: int, place: Place) -> Row:
        """What this is, how far it is, and the keys that a run does not have."""
        words = self.words
        left = row(
            "  ", (words.t("REHEARSAL"), "accentstrong"), "   ",
            (words.t("{minute}/{minutes} min", minute=int(self.rehearsal.minutes),
                     minutes=f"{self.session.exercise.minutes:g}"), "text"),
            "   ", (self._pace, "quiet"),
        )  # fmt: skip
        keys = [("F5", words.t("holds") if self.playing else words.t("plays"))]
        if place == "behind":
            keys.append(("F6", words.t("other screen")))
        right: Row = EMPTY
        for key, what in keys:
            right = row(right, "  " if right else "", (key, "accentstrong"), " ", (what, "quiet"))
        kept = self.kept and words.t("log: {file}", file=self.kept)
        more = row((kept or words.t("nothing is kept"), "quiet"), "   ", right)
        room = width - width_of(left) - 4
        return spread(left, row(more if width_of(more) <= room else right, "  "), width)

    @property
    def _pace(self) -> str:
        words = self.words
        if self.playing and undecided(self.session) is not None:
            return words.t("waits for {keys}", keys=f"/{letter('choose', words)}")
        return words.t("{speed} x", speed=f"{self.speed:g}") if self.playing else words.t("step by step")

    def look(self) -> LineLook:
        return self.run.look()

    def hints(self, width: int) -> Row:
        return self.run.hints(width)

    @property
    def catches_double(self) -> bool:
        return self.run.catches_double
