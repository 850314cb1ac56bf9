"""From a command to a run: where it starts from, and the light scene that stands there while the heavy part loads."""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tabletop.files.places import is_folder, logs_folder, state_folder, typed_path
from tabletop.locale import Words
from tabletop.ui.desk.scene import Scene, is_low
from tabletop.ui.desk.space_bar import draw_bar
from tabletop.ui.rows import EMPTY, Row, fill, inset, row

if TYPE_CHECKING:  # what a run needs is loaded when the first scene stands on the screen
    from tabletop.control import Control
    from tabletop.core.events import Participant
    from tabletop.core.exercise import Exercise
    from tabletop.files.places import Pointer
    from tabletop.ui.prepare.scene import PrepareScene


class Clock(Protocol):
    """The clocks of the machine."""

    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...


@dataclass
class Outset:
    """What a run starts from: the clocks, the surroundings, and what was asked for on the command line."""

    clock: Clock
    environ: Mapping[str, str]
    leader: str = ""
    group: str = ""
    log: Path | None = None
    left_at: Path | None = None
    """The log of the last run that was led, for the last sentence."""
    reviewer: str = ""
    """Who decides and reviews, asked once for as long as the program is open."""
    _pointer: "Pointer | None" = field(default=None, repr=False)

    @property
    def logs(self) -> Path:
        return logs_folder(self.environ)

    @property
    def state(self) -> Path:
        return state_folder(self.environ)

    def log_path(self, exercise_id: str, typed: str = "") -> Path:
        """Return where the log goes: where somebody typed, where the command line says, or the folder of the logs.

        A folder gets a new name in it; a name without an ending gets ``.toml``. Raises ``Trouble`` for a home folder
        that is not known.
        """
        asked = typed_path(typed) if typed else self.log
        if asked is None:
            return self.logs / self._new_name(exercise_id)
        if typed.endswith(("/", "\\")) or is_folder(asked):
            return asked / self._new_name(exercise_id)
        return asked if asked.suffix else asked.with_suffix(".toml")

    def _new_name(self, exercise_id: str) -> str:
        from tabletop.files.places import log_name

        return log_name(self.clock.now(), exercise_id, os.urandom(2).hex())

    def prepare(
        self,
        words: Words,
        exercise: "Exercise",
        home: "Scene | None" = None,
        participants: "Iterable[Participant]" = (),
    ) -> "PrepareScene":
        """Return the scene that prepares a run of this exercise. For a call-out, ``participants`` are to be called."""
        if exercise.call_out is not None:
            from tabletop.ui.callout.prepare import CallOutScene

            return CallOutScene(words, exercise, self, home, to_call=tuple(participants))
        from tabletop.ui.prepare.scene import PrepareScene

        return PrepareScene(words, exercise, self, home)

    def begin(
        self,
        exercise: "Exercise",
        participants: "Iterable[Participant]",
        *,
        hard_end: datetime | None = None,
        path: Path | None = None,
        card: str | None = None,
        group: str = "",
    ) -> "Control":
        """Put a new log in place and lead it. Raises ``Trouble`` when that cannot be done."""
        from tabletop.control import Control
        from tabletop.files.places import run_id

        path = path or self.log_path(exercise.id)
        control = Control.start(
            *(path, exercise, participants, self.clock),
            run_id=run_id(path),
            leader=self.leader,
            group=group or self.group,
            hard_end=hard_end,
            card=card,
        )
        self._point(control.writer.path)
        return control

    def resume(self, path: Path) -> "Control":
        """Go on with an unfinished run. Raises ``Trouble`` or ``Refused``."""
        from tabletop.control import Control

        control = Control.resume(path, self.clock)
        self._point(control.writer.path)
        return control

    def run(self, control: "Control", words: Words) -> Scene:
        """Return the scene that leads this run."""
        from tabletop.files.drafts import Drafts
        from tabletop.files.heartbeat import is_alive
        from tabletop.ui.run.scene import RunScene

        def watching() -> bool:
            return is_alive(control.writer.head.id, self.environ)

        refuges = (self.logs, self.state / "rescued")
        return RunScene(
            control, words, watching=watching, drafts=Drafts(self.state), moved=self._point, refuges=refuges
        )

    def _point(self, log: Path) -> None:
        from tabletop.files.places import Pointer

        self.left_at = log
        if self._pointer is None:
            self._pointer = Pointer(self.state, log)
        else:
            self._pointer.point_to(log)

    def close(self) -> None:
        """Say that no run goes on here any more."""
        if self._pointer is not None:
            self._pointer.close()
            self._pointer = None


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What can be said of an exercise before anything has judged it."""

    title: str
    step: str = ""
    name: str = ""


def glimpse(text: str, otherwise: str) -> Glimpse:
    """Read the title and the first inject out of a file's text, as cheaply as can be; nothing here is ever an error."""
    import re

    from tabletop.core.text import clean_line

    def value(key: str, part: str) -> str:
        found = re.search(rf'^{key}[ \t]*=[ \t]*(?:"([^"\\\n]*)"|\'([^\'\n]*)\')', part, re.MULTILINE)
        return clean_line(found[1] or found[2] or "") if found else ""

    head, _, rest = text.partition("\n[")
    title = value("title", head) or clean_line(otherwise)
    _, marked, steps = rest.partition("[steps]]")
    first = steps.partition("\n[")[0]
    if not marked or value("type", first) != "inject":
        return Glimpse(title)
    return Glimpse(title, value("id", first).upper() or "A1", value("title", first))


@dataclass
class OpeningScene(Scene):
    """Stands on the desk from the first frame, and gives way as soon as the next scene is loaded.

    Nothing pressed or typed meanwhile is lost: keys go to the next scene, text stays in the line.
    """

    words: Words
    title: str
    verb: str
    about: str
    load: Callable[[], Scene]
    _keys: list[str] = field(default_factory=list)
    _drawn: bool = False

    def entered(self) -> None:
        self.desk.later(self._open)

    def _open(self) -> None:
        desk = self.desk
        if not self._drawn:  # before there is a size, a refresh paints nothing
            desk.later(self._open)
            return
        scene = self.load_or_say()
        if scene is None:
            return
        desk.go(scene)
        for key in self._keys:
            scene.pressed(key)
        if self._keys:
            desk.redraw()

    def load_or_say(self) -> Scene | None:
        """Return the next scene; close the program with one sentence when there is none."""
        from tabletop.core.refused import Refused
        from tabletop.files.trouble import Trouble
        from tabletop.locale.sentences import say

        try:
            return self.load()
        except (Trouble, Refused) as cannot:
            self.desk.leave(2, say(self.words, cannot.code, cannot.values))
            return None

    def pressed(self, key: str) -> None:
        self._keys.append(key)

    def submitted(self, text: str) -> None:
        """Leave the text in the line: the scene that comes knows what it is."""

    def draw(self, width: int, height: int) -> list[Row]:
        self._drawn = True
        low = is_low(height)
        header = inset(row((self.title, "strong")), 2)
        bar = draw_bar(self.words.t("SPACE"), self.verb, self.about, width, low=low)
        top = [header] if low else [EMPTY, header]
        return [*fill(top, height - len(bar)), *bar]


def close_quietly(outset: Outset) -> None:
    """Close what an outset holds, whatever the disk says."""
    with suppress(OSError):
        outset.close()
