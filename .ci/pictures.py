"""Pictures of the screens, from the live app: the same run each time, with a clock that is held still."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from textual.app import App
from textual.pilot import Pilot

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.events import Participant
from tabletop.core.exercise import Exercise, Language
from tabletop.core.participants import view
from tabletop.core.session import Session
from tabletop.files import library
from tabletop.locale import Words, words_for
from tabletop.ui.app import TabletopApp
from tabletop.ui.desk.scene import Scene
from tabletop.ui.home.scene import HomeScene
from tabletop.ui.opening import Outset
from tabletop.ui.participants.app import ParticipantsApp
from tabletop.ui.participants.watch import Seen
from tabletop.ui.prepare.scene import PrepareScene
from tabletop.ui.run.questions import debrief_questions
from tabletop.ui.run.scene import RunScene

ROOM: Final = (120, 36)
SMALL: Final = (80, 24)
START: Final = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=1)))
EXERCISES: Final[dict[Language, str]] = {"nl": "zonder-gas", "en": "without-gas"}
NOBODYS_LOGS: Final = "/home/oefenleider/Documenten/tabletop"
"""A folder that is nowhere: the home screen names it, and finds nothing in it."""
OFFICIALS: Final = ("ovd-bz", "hpz", "backoffice", "ac-bz", "strategisch-adviseur", "communicatie")

# What is typed, in both languages: (what is done, for whom, the text).
TYPED: Final[dict[str, dict[Language, str]]] = {
    "coffee": {"nl": "eerst koffie, dan pas rennen", "en": "coffee first, then run"},
    "wait": {"nl": "vijf minuten wachten, dan bellen", "en": "wait five minutes, then call"},
    "drove": {"nl": "meteen weggereden", "en": "drove off at once"},
    "owner": {"nl": "vroeg wie de eigenaar is", "en": "asked who owns this"},
    "beds": {"nl": "buren bieden al bedden aan: versterk dat", "en": "neighbours offer beds: strengthen that"},
    "elderly": {"nl": "ouderen met een gaskachel, via de wijkverpleging", "en": "older people with a gas heater"},
    "alone": {"nl": "ouderen die alleen wonen", "en": "older people who live alone"},
    "language": {"nl": "wie geen Nederlands leest", "en": "whoever reads no Dutch"},
    "agreed": {"nl": "eerst vragen wat mensen al doen", "en": "first ask what people do already"},
    "first": {"nl": "de netbeheerder is eerst aan zet", "en": "the network operator moves first"},
    "shut": {"nl": "sporthal blijft dicht", "en": "the sports hall stays shut"},
    "typing": {"nl": "+ vraag eerst wat De Boeg zelf regelt @h", "en": "+ ask first what De Boeg arranges @h"},
    "answer": {"nl": "zelf wil ik weten hoe lang het duurt", "en": "I would want to know how long it takes"},
    "impression": {"nl": "druk, en toch op tijd gestopt", "en": "busy, and yet we stopped in time"},
}


@dataclass
class HeldClock:
    """A clock that moves only when it is told to."""

    wall: datetime = START
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class Story:
    """One run of the shipped exercise, played as far as a picture needs it."""

    control: Control
    clock: HeldClock
    language: Language

    @property
    def session(self) -> Session:
        return self.control.session

    def wait(self, minutes: float) -> None:
        """Let time pass in steps that are too short for a laptop that slept."""
        for _ in range(round(minutes * 15)):
            self.clock.wall += timedelta(seconds=4)
            self.clock.seconds += 4
            self.control.moment()

    def space(self) -> None:
        questions = debrief_questions(words_for(self.language))
        self.control.do(moves.go_on, questions, "yes")

    def until(self, reached: Callable[[Session], object], each: float = 0.0) -> None:
        for _ in range(60):
            if reached(self.session):
                return
            self.space()
            self.wait(each)
        raise AssertionError("the story never got there")

    def shown(self, inject: str) -> None:
        """Go on to this inject, and be there at about its planned minute."""
        self.until(lambda session: session.current == inject and session.phase == "running")

    def text(self, key: str) -> str:
        return TYPED[key][self.language]

    def point(self, key: str, official: str, *, keep: bool = True) -> None:
        self.control.do(moves.note_point, "keep" if keep else "change", self.text(key), official)

    # --- chapters ---

    def to_a2(self) -> None:
        self.wait(5)
        self.shown("a1")
        self.wait(2)
        self.point("drove", "ovd-bz", keep=False)
        self.wait(2)
        self.until(lambda session: session.stop and session.stop.stage == "agreement", each=0.5)
        self.control.do(moves.agree, self.text("wait"))
        self.control.do(moves.answer_first_question, "not-yet", self.text("first"))
        self.wait(1)
        self.shown("a2")

    def to_second_round(self) -> None:
        self.to_a2()
        self.wait(6)
        self.shown("a3")
        self.wait(2)
        self.point("coffee", "ovd-bz")
        self.point("owner", "ac-bz")
        self.wait(3)
        self.shown("a4")
        self.wait(6)
        self.until(lambda session: session.stop and session.stop.stage == "round", each=0.6)
        self.wait(1.5)

    def through_round(self) -> None:
        self.to_second_round()
        for official, keys in (("ovd-bz", ["alone"]), ("hpz", ["elderly"]), ("communicatie", ["language"])):
            self.control.do(moves.take_turn, official)
            for key in keys:
                self.control.do(moves.answer, self.text(key), official, 1)
            self.wait(0.5)
        self.control.do(moves.take_turn, "backoffice")
        self.point("beds", "backoffice")

    def to_a5(self) -> None:
        self.through_round()
        self.until(lambda session: session.stop and session.stop.stage == "agreement", each=0.5)
        self.control.do(moves.agree, self.text("agreed"))
        self.wait(1)
        self.shown("a5")
        self.wait(1)
        self.point("beds", "hpz")
        self.wait(1)
        self.control.do(moves.decide, self.text("shut"))
        self.control.do(moves.detail_decision, self.session.decisions[-1].id, official="hpz", where="field")
        self.wait(1.2)

    def to_debrief(self) -> None:
        self.to_a5()
        self.until(lambda session: session.phase == "debrief", each=1.5)
        self.control.do(moves.answer_debrief, self.text("impression"), "ovd-bz")
        self.space()
        self.wait(1)


@dataclass(frozen=True)
class Picture:
    """A picture: its name and alternative text, and how to get to it."""

    name: str
    says: str
    size: tuple[int, int]
    language: Language
    scene: str
    story: str = ""
    keys: tuple[str, ...] = ()
    typed: str = ""


PICTURES: Final = (
    Picture("lead-nl", "De oefening loopt: draaiboek, deelnemersscherm, leerpunten en prognose", ROOM, "nl", "run",
            "to_a5"),
    Picture("lead-en", "The exercise runs: storyline, participants' screen, learning points and forecast", ROOM, "en",
            "run", "to_a5"),
    Picture("lead-small-nl", "Hetzelfde in een venster van 80 bij 24", SMALL, "nl", "run", "to_a5"),
    Picture("home-nl", "Het beginscherm", ROOM, "nl", "home"),
    Picture("prepare-nl", "Voorbereiden: wie zit er aan tafel", ROOM, "nl", "prepare", "",
            ("up", "space", "down")),
    Picture("commands-nl", "De opdrachten achter de schuine streep", ROOM, "nl", "run", "to_a5", ("slash",)),
    Picture("note-nl", "Een leerpunt, aangevuld terwijl het getypt wordt", ROOM, "nl", "run", "to_a5", (), "typing"),
    Picture("round-en", "The round of a feedback point", ROOM, "en", "run", "through_round", (), "answer"),
    Picture("debrief-nl", "De nabespreking", ROOM, "nl", "run", "to_debrief"),
    Picture("wall-nl", "Het deelnemersscherm: een telefoontje", SMALL, "nl", "wall", "to_a5"),
    Picture("wall-en", "The participants' screen: a telephone call", SMALL, "en", "wall", "to_a5"),
    Picture("wall-waiting-nl", "Het deelnemersscherm voor het eerste inject", SMALL, "nl", "wall"),
    Picture("wall-round-en", "The participants' screen in a round", SMALL, "en", "wall", "to_second_round"),
)  # fmt: skip


def draw_all(folder: Path) -> dict[str, str]:
    """Draw every picture; by file name."""
    return {f"{picture.name}.svg": asyncio.run(_draw(picture, folder / picture.name)) for picture in PICTURES}


async def _draw(picture: Picture, folder: Path) -> str:
    words = words_for(picture.language)
    clock = HeldClock()
    with _app(picture, folder, words, clock) as app:
        async with app.run_test(size=picture.size) as pilot:
            await _settled(pilot)
            if picture.typed:
                for character in TYPED[picture.typed][picture.language]:
                    await pilot.press(_key(character))
            await pilot.press(*picture.keys)
            await _settled(pilot)
            return _tidy(app.export_screenshot(title="tabletop"))


@contextmanager
def _app(picture: Picture, folder: Path, words: Words, clock: HeldClock) -> Iterator[App[None]]:
    exercise = library.load(library.find(EXERCISES[picture.language]))
    environ = {"TABLETOP_LOGS": NOBODYS_LOGS, "TABLETOP_STATE": str(folder / "state")}
    outset = Outset(clock, environ)
    if picture.scene == "home":
        yield TabletopApp(HomeScene(words, outset), words, clock)
        return
    if picture.scene == "prepare":
        yield TabletopApp(PrepareScene(words, exercise, outset, HomeScene(words, outset)), words, clock)
        return
    story = _begun(exercise, folder, clock, picture.language)
    if picture.story:
        getattr(story, picture.story)()
    if picture.scene == "wall":
        yield ParticipantsApp(_Watched(story.session), words, clock.now)
        story.control.close()
        return
    scene: Scene = RunScene(story.control, words, watching=lambda: True)
    yield TabletopApp(scene, words, clock)


def _begun(exercise: Exercise, folder: Path, clock: HeldClock, language: Language) -> Story:
    people = [Participant(official=official) for official in OFFICIALS]
    hard_end = START + timedelta(minutes=exercise.minutes)
    log = folder / f"{exercise.id}.toml"
    control = Control.start(log, exercise, people, clock, run_id=exercise.id, hard_end=hard_end)
    return Story(control, clock, language)


@dataclass
class _Watched:
    """A log that is read to its end."""

    session: Session

    def look(self) -> Seen:
        return Seen(view(self.session))

    def choose(self, glance: object) -> None:
        """There is one run only."""


def _key(character: str) -> str:
    names = {" ": "space", "+": "plus", "@": "at", ",": "comma"}
    return names.get(character, character)


async def _settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is left to paint."""
    for _ in range(4):
        await pilot.pause()


_FONT: Final = re.compile(r"\s*@font-face \{.*?\}\n", re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_CLASSES: Final = re.compile(r"terminal-\d+(?=-)")


def _tidy(svg: str) -> str:
    """Leave out the fonts, which would be fetched from elsewhere: whoever looks at a picture tells nobody."""
    svg = _COMMENT.sub("", _FONT.sub("\n", svg))
    svg = _CLASSES.sub("terminal", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"
