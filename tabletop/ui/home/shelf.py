"""What lies on the shelf: exercises to begin, runs to go on with, runs to look back on. Cheap, and never an error."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

from tabletop.files.blocks import MARK
from tabletop.files.glance import Glance, glance
from tabletop.files.library import Listing, list_exercises
from tabletop.files.trouble import Trouble
from tabletop.locale import LANGUAGES, Language, words_for

MOST_RUNS: Final = 200
"""How many of the newest logs the home screen looks at; older ones are found by their path."""
_INJECT: Final = re.compile(rb'^inject = "([^"\\]{1,40})"$', re.MULTILINE)
_UNDONE: Final = re.compile(rb'^type = "undone"\n(?:[^\n]+\n)*?event = (\d{1,18})$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """A log, as the list shows it."""

    seen: Glance
    stopped_at: str = ""
    """The id of the inject that was on screen."""
    feedback: int = 0
    """The number of the feedback point that was open; 0 where none was."""
    in_debrief: bool = False
    summary: Path | None = None
    """The summary beside the log, when it was written."""

    @property
    def title(self) -> str:
        return self.seen.title


Kind: TypeAlias = Literal["go-on", "begin", "look-back"]


@dataclass(frozen=True, slots=True)
class Item:
    """A row that can be chosen."""

    kind: Kind
    title: str
    run: Run | None = None
    listing: Listing | None = None

    @property
    def path(self) -> Path:
        if self.run is not None:
            return self.run.seen.path
        assert self.listing is not None
        return self.listing.path


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that can be chosen, in the order of the screen."""

    runs: tuple[Run, ...] = ()
    exercises: tuple[Listing, ...] = ()

    def items(self, language: Language, sought: str = "") -> tuple[Item, ...]:
        """Return what is shown: of twins the one in this language, but all that match when somebody searches."""
        words = sought.casefold().split()
        begun = [Item("go-on", run.title, run) for run in self.runs if not run.seen.ended]
        ended = [Item("look-back", run.title, run) for run in self.runs if run.seen.ended]
        listed = self.exercises if words else mine(self.exercises, language)
        items = (*begun, *(Item("begin", one.title, listing=one) for one in listed), *ended)
        return tuple(item for item in items if all(word in _sought(item) for word in words))

    def twin(self, listing: Listing) -> Listing | None:
        """Return the same exercise in the other language."""
        return next((one for one in self.exercises if are_twins(one, listing)), None)

    def last_held(self, title: str) -> datetime | None:
        """Return when an exercise of this title was last held to its end."""
        held = [run.seen.started for run in self.runs if run.seen.ended and run.title == title]
        return max(held, default=None)


def _sought(item: Item) -> str:
    more = item.listing.id if item.listing is not None else item.path.stem
    return f"{item.title} {more}".casefold()


def are_twins(one: Listing, other: Listing) -> bool:
    """Whether one is the translation of the other."""
    return one is not other and one.language != other.language and (
        one.translation_of == other.id or other.translation_of == one.id
    )  # fmt: skip


def mine(exercises: Sequence[Listing], language: Language) -> tuple[Listing, ...]:
    """Return the exercises without those that have a twin in this language, this language first."""
    kept = [
        one
        for one in exercises
        if one.language == language
        or not any(are_twins(one, other) and other.language == language for other in exercises)
    ]
    return tuple(sorted(kept, key=lambda one: one.language != language))


def look(logs: Path) -> Shelf:
    """Look at the folder of the logs and at the exercises. What is no log is passed over."""
    try:
        paths = [path for path in logs.iterdir() if path.suffix == ".toml" and not path.name.startswith(".")]
    except OSError:
        paths = []
    newest = sorted(paths, key=_changed, reverse=True)[:MOST_RUNS]
    runs = _without_shared([run for path in newest if (run := run_of(path)) is not None])
    return Shelf(tuple(sorted(runs, key=_last, reverse=True)), list_exercises())


def _without_shared(runs: Sequence[Run]) -> list[Run]:
    """Leave out the copies to give away, as ``tabletop share`` names them, of runs that are here themselves."""
    endings = [f"-{words_for(language).t('shared')}" for language in LANGUAGES]
    here = {(run.seen.id, run.seen.path.stem) for run in runs}
    return [
        run for run in runs
        if not any((run.seen.id, run.seen.path.stem.removesuffix(ending)) in here
                   for ending in endings if run.seen.path.stem.endswith(ending))
    ]  # fmt: skip


def run_of(path: Path) -> Run | None:
    """Return a log as the list shows it, or nothing when it is none."""
    try:
        seen = glance(path)
        summary = path.with_suffix(".md")
        found = summary if summary.is_file() else None
        return Run(seen, summary=found) if seen.ended else Run(seen, *_stopped_at(path), summary=found)
    except (Trouble, OSError):
        return None


def _stopped_at(path: Path) -> tuple[str, int, bool]:
    """The inject that was on screen, the number of the feedback point that was open, whether it was in the debrief."""
    with path.open("rb") as file:
        _, *events = file.read().split(MARK)
    undone = {int(found[1]) for event in events if (found := _UNDONE.match(event))}
    inject, number, is_open, in_debrief = "", 1, False, False
    for place, event in enumerate(events, start=1):
        if place in undone:
            continue
        kind = event[: event.find(b"\n")]
        if kind in (b'type = "inject-shown"', b'type = "inject-improvised"'):
            found = _INJECT.search(event)
            inject = found[1].decode(errors="replace").upper() if found else inject
        elif kind == b'type = "feedback-opened"':
            is_open = True
        elif kind == b'type = "feedback-closed"':
            is_open, number = False, number + 1
        elif kind == b'type = "debrief-opened"':
            in_debrief = True
    return inject, number if is_open else 0, in_debrief


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _last(run: Run) -> float:
    return run.seen.last.timestamp()
