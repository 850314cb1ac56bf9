"""Follows what happened in a run as far as the dossier is about it, from the values of events as they are written.

It is what ``core.fold`` does, for a few fields of a few kinds: for the sake of ten thousand logs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from re import Match
from typing import Final, TypeAlias

from tabletop.core.text import LONGEST, clean, clean_line
from tabletop.dossier.grammar import text_of, texts_of
from tabletop.dossier.harvest import ActionHeld

Fields: TypeAlias = Match[str]
"""The values of an event that are wanted, as they are written, by the names of its fields."""


@dataclass(slots=True)
class PointFollowed:
    """A learning point as it stands after its revisions."""

    id: str
    official: str
    inject: str
    objectives: tuple[str, ...]
    text: str
    turn: str
    kind: str
    level: str
    aspect: str
    themes: tuple[str, ...]
    private: bool
    withdrawn: bool = False
    into: str | None = None

    @property
    def is_told(self) -> bool:
        return bool(self.text) and not self.withdrawn and not self.private


_OF_A_POINT: Final = ("id", "official", "inject", "objectives", "text", "turn", "kind", "level", "aspect", "themes",
                      "private")  # fmt: skip


Moment: TypeAlias = str
"""As it is written: most of them are never reckoned with."""


_Done: TypeAlias = tuple[str, Moment, Moment | None]
"""How a thing came, when, and of a feedback point until when."""


@dataclass(slots=True)
class Followed:
    """What is known so far. Each method below is what ``core.fold`` does with an event, as far as it matters here."""

    there: set[str]
    """Who is at the table by now."""
    took_part: set[str]
    times: Mapping[int, str]
    """To which the reviewers corrected those of some events."""
    day: str
    call_out: str
    """The first inject of a call-out, which the first yes brings; empty round a table."""
    points: list[PointFollowed] = field(default_factory=list)
    last: dict[str, PointFollowed] = field(default_factory=dict)
    first: dict[str, PointFollowed] = field(default_factory=dict)
    done: dict[str, _Done] = field(default_factory=dict)
    stop: tuple[str, Moment] | None = None
    decisions: list[str] = field(default_factory=list)
    actions: dict[str, ActionHeld] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    improvised: dict[str, tuple[str, str]] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    debrief: Moment | None = None
    ended: Moment | None = None
    phase: str = "new"
    has_begun: bool = False

    def at(self, n: int, found: Fields) -> Moment:
        return self.times.get(n) or found["at"]

    # --- the storyline ---

    def started(self, n: int, found: Fields) -> None:
        self.day = self.at(n, found)[:10]
        self.phase, self.has_begun = "running", False

    def shown(self, n: int, found: Fields) -> None:
        self.show(found["inject"], n, found)

    def show(self, inject: str, n: int, found: Fields) -> None:
        before = self.done.get(inject)
        if before is None or before[0] != "shown":
            self.done[inject] = "shown", self.at(n, found), None

    def improvise(self, n: int, found: Fields) -> None:
        title = clean_line(text_of(found["title"] or ""))
        self.improvised[found["inject"]] = title, clean(text_of(found["text"])).strip() or "…"
        self.shown(n, found)

    def change(self, _: int, found: Fields) -> None:
        self.changed[found["inject"]] = clean(text_of(found["text"]))

    def skipped(self, n: int, found: Fields) -> None:
        self.done[found["inject"]] = "skipped", self.at(n, found), None

    def passed_by(self, n: int, found: Fields) -> None:
        self.done[found["feedback"]] = "skipped", self.at(n, found), None

    def opened(self, n: int, found: Fields) -> None:
        self.stop, self.phase = (found["feedback"], self.at(n, found)), "feedback"

    def closed(self, n: int, found: Fields) -> None:
        if self.stop is not None:
            self.done[self.stop[0]] = "held", self.stop[1], self.at(n, found)
            self.stop = None
            self.phase = "running" if self.phase == "feedback" else self.phase

    def debriefed(self, n: int, found: Fields) -> None:
        self.debrief, self.phase = self.at(n, found), "debrief"

    def ends(self, n: int, found: Fields) -> None:
        self.ended, self.stop, self.phase = self.at(n, found), None, "ended"

    def reach(self, _: int, found: Fields) -> None:
        self.reached.add(found["objective"])

    def decided(self, _: int, found: Fields) -> None:
        self.decisions.append(found["inject"] or "")

    def use(self, _: int, found: Fields) -> None:
        instrument = clean_line(text_of(found["instrument"]))
        if found["used"] == "false":
            self.used.discard(instrument)
        else:
            self.used.add(instrument)

    def lasted(self) -> dict[str, float]:
        """How long each thing that came was on screen, in minutes."""
        came = [(name, _milliseconds(at), until) for name, (how, at, until) in self.done.items() if how != "skipped"]
        moments = {at for _, at, _ in came}
        moments.update([_milliseconds(moment) for moment in (self.debrief, self.ended) if moment])
        ends = dict(pairwise(sorted(moments)))
        return {
            name: ((_milliseconds(until) if until else ends.get(at, at)) - at) / 1000 / 60
            for name, at, until in came
        }  # fmt: skip

    # --- people ---

    def joined(self, _: int, found: Fields) -> None:
        self.there.add(found["official"])
        self.took_part.add(found["official"])

    def left(self, _: int, found: Fields) -> None:
        self.there.discard(found["official"])

    def swapped(self, _: int, found: Fields) -> None:
        """Where both were there nobody came, and of two of whom one was there the other came in the place of it."""
        both = {found["official"], found["other"]}
        if len(both) == 2 and len(both & self.there) == 1:
            self.there ^= both
            self.took_part |= both

    def called(self, n: int, found: Fields) -> None:
        """In a call-out whoever says yes takes part, and the first yes brings the task."""
        says_yes = self.call_out and not found["about"] and not found["caller"] and found["outcome"] == "can"
        if says_yes and found["official"] and self.phase == "running" and not self.has_begun:
            self.has_begun = True
            self.show(self.call_out, n, found)

    # --- what was learned ---

    def noted(self, _: int, found: Fields) -> None:
        name, official, inject, objectives, text, turn, kind, level, aspect, themes, private = found.group(*_OF_A_POINT)
        point = PointFollowed(
            name, official or "", inject or "", texts_of(objectives or ""), line(text or ""), turn or "keep",
            kind or "observation", level or "individual", aspect or "process", lines(themes or ""), private == "true",
        )  # fmt: skip
        self.points.append(point)
        self.last[point.id] = point
        self.first.setdefault(point.id, point)

    def revised(self, _: int, found: Fields) -> None:
        point = self.last.get(found["point"])
        if point is None:
            return
        for key in ("official", "turn", "kind", "level", "aspect"):
            if found[key]:
                setattr(point, key, found[key])
        if found["text"] is not None:
            point.text = line(found["text"])
        if found["themes"] is not None:
            point.themes = lines(found["themes"])
        if found["objectives"] is not None:
            point.objectives = texts_of(found["objectives"])
        if found["private"] is not None:
            point.private = found["private"] == "true"

    def withdrawn(self, _: int, found: Fields) -> None:
        if (point := self.last.get(found["point"])) is not None:
            point.withdrawn = True

    def merged(self, _: int, found: Fields) -> None:
        point, other = self.last.get(found["point"]), self.first.get(found["into"])
        if point is not None and other is not None and not other.withdrawn and found["into"] != found["point"]:
            point.withdrawn, point.into = True, found["into"]

    def agreed(self, _: int, found: Fields) -> None:
        self.actions.pop(found["id"], None)
        self.actions[found["id"]] = ActionHeld(
            found["id"], line(found["text"]), line(found["owner"] or ""), line(found["due"] or ""),
            found["point"] or "",
        )  # fmt: skip


def _milliseconds(moment: Moment) -> int:
    """Since 1970, which is quicker to compare than what knows its place on earth."""
    return round(1000 * datetime.fromisoformat(moment).timestamp())


def known_before(_fold: Followed, _n: int, _found: Fields) -> None:
    """Do nothing: ``swift`` looks at all of these before it follows the others."""


CHANGING: Final = frozenset(("undone", "time-corrected"))
"""The kinds that change what other events come to."""

Take: TypeAlias = Callable[[Followed, int, Fields], None]
TAKEN: Final[Mapping[str, Take]] = {
    "session-started": Followed.started,
    "session-ended": Followed.ends,
    "inject-shown": Followed.shown,
    "inject-skipped": Followed.skipped,
    "inject-improvised": Followed.improvise,
    "inject-changed": Followed.change,
    "objective-reached": Followed.reach,
    "feedback-opened": Followed.opened,
    "feedback-closed": Followed.closed,
    "feedback-skipped": Followed.passed_by,
    "decision": Followed.decided,
    "learning-point": Followed.noted,
    "learning-point-revised": Followed.revised,
    "learning-point-withdrawn": Followed.withdrawn,
    "learning-point-merged": Followed.merged,
    "action": Followed.agreed,
    "call": Followed.called,
    "participant-joined": Followed.joined,
    "participant-left": Followed.left,
    "participants-swapped": Followed.swapped,
    "debrief-opened": Followed.debriefed,
    "instrument-used": Followed.use,
    **dict.fromkeys(CHANGING, known_before),
}
"""The kinds from which something is taken, and how."""


def line(raw: str) -> str:
    if raw.isprintable() and "\\" not in raw and len(raw) <= LONGEST:
        return raw  # as it mostly is
    return clean_line(text_of(raw))


@lru_cache(maxsize=1024)
def lines(raw: str) -> tuple[str, ...]:
    """The texts of a list: mostly themes, of which there are few."""
    return tuple(map(clean_line, texts_of(raw)))
