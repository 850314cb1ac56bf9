"""What everything that acts for the leader has at hand: the scene, its session and words, and a way to ask."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from tabletop.core import moves, notes
from tabletop.core.clock import Moment
from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.ui.run.answers import Beside
from tabletop.ui.run.commands import letter
from tabletop.ui.run.naming import event_name
from tabletop.ui.run.prompts import Option, Pick
from tabletop.ui.run.questions import themes_of

if TYPE_CHECKING:
    from tabletop.ui.run.scene import RunScene


P = ParamSpec("P")


class Acting:
    """Acts on one run scene."""

    def __init__(self, scene: "RunScene") -> None:
        self.scene = scene

    @property
    def session(self) -> Session:
        return self.scene.session

    @property
    def words(self) -> Words:
        return self.scene.words

    def parse(self, text: str) -> notes.Note:
        """Take a typed line apart, with the officials and the themes of this exercise."""
        exercise = self.session.exercise
        return notes.parse(text, self.codes, themes_of(exercise), notes.objective_codes(exercise.objectives))

    @property
    def codes(self) -> dict[str, str]:
        """What may be typed after ``@``: a function, or the name of who takes part."""
        people = ((person.name, person.official) for person in self.session.participants if person.name)
        return notes.codes(self.session.exercise.officials, people)

    def parse_words(self, text: str) -> notes.Note:
        """Take a typed line apart that is words in any case, whatever it begins with."""
        return self.parse("\\" + text if text[:1] in "+-!*/" else text)

    def in_words(self, note: notes.Note, *, officials: int = 0, themes: bool = False, objectives: bool = False) -> str:
        """The words of a note, and with them every token that the event has no field for: nothing typed is lost.

        ``officials`` is how many of those named have a field, ``themes`` and ``objectives`` whether these do.
        """
        named = map(self.session.label, note.officials[officials:])
        tagged = () if themes else (f"#{notes.theme_slug(theme)}" for theme in note.themes)
        aims = () if objectives else (f"#{objective}" for objective in note.objectives)
        return " ".join((note.text, *named, *tagged, *aims)) if note.text else ""

    def tell(
        self, move: Callable[Concatenate[Session, Moment, P], moves.Facts], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Make a move of which nothing else on the screen tells, and say what happened and how to take it back."""
        if not self.scene.do(move, *args, **kwargs):
            return
        event, words = self.session.events[-1], self.words
        key = f"/{letter('undo', words)}"
        happened = event_name(event, self.session, words)
        self.scene.say(words.t("{event} · {key} takes it back", event=happened, key=key), good=True)

    def pick(
        self,
        title: str,
        options: Sequence[Option],
        take: Callable[[str, str], None],
        *,
        asks: str = "",
        beside: Beside = "words",
        at: int = 0,
        saves: str = "",
        instead: str = "",
        enter: str = "",
        keeps: str = "",
        escape: str = "",
    ) -> None:
        """Open a choice above the Space bar."""
        self.scene.ask(
            Pick(
                title,
                options,
                take,
                at=at,
                asks=asks,
                beside=beside,
                saves=saves,
                instead=instead,
                enter=enter,
                keeps=keeps,
                escape=escape,
            )
        )

    def person(self, official: str, detail: str = "") -> Option:
        """Somebody to choose: the function, and who has it, by whose name it may be typed too."""
        person = self.session.person(official)
        name = person.name if person else ""
        return Option(official, self.session.label(official), detail or name, also=(name,) if name else ())
