"""Takes the harvest from a log without parsing it: only what our own writer wrote, in exactly its form.

It holds the whole log against the patterns of ``grammar``, reads the few values that are wanted, and follows what
happened as ``core.fold`` does. What is of another form, or is rare and complicated, is left to the full parse; the
answer is the same, and ``tests/dossier/test_harvest.py`` holds both beside each other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from re import Match, Pattern
from typing import Final, NamedTuple, TypeAlias

import tomli
from pydantic import ValidationError

from tabletop.core.exercise import Exercise
from tabletop.core.names import Names, names_of
from tabletop.core.text import LONGEST, clean, clean_line
from tabletop.dossier import harvest
from tabletop.dossier.grammar import KINDS, PERSON, SEPARATOR, TOP, fields_of, form_of, text_of, texts_of
from tabletop.dossier.harvest import ActionHeld, Harvest, PointHeld, Script
from tabletop.files import blocks

_EXERCISE: Final = b"\n[exercise]\n"
_MOST_KEPT: Final = 256
"""How many exercises are remembered: many logs share one."""
_LONGEST_ID: Final = 200
Fields: TypeAlias = Match[str]
"""The values of an event that are wanted, as they are written, by the names of its fields."""


class _Known(NamedTuple):
    """An exercise that was read before, by its bytes."""

    exercise: Exercise
    script: Script
    labels: dict[str, str]
    """Of its functions."""
    names: dict[str, str]
    """Of its injects."""
    planned: dict[int, Mapping[str, float]]
    """How long injects are planned to take, by how many people there are."""


class Reader:
    """Takes harvests from logs, and remembers the exercises that it met."""

    def __init__(self) -> None:
        self._known: dict[bytes, _Known | None] = {}

    def harvested(self, path: Path) -> Harvest:
        """Take from a log what the dossier wants; raises Trouble for whatever is no log."""
        found = self.swiftly(blocks.log_bytes(path))
        return harvest.harvested(path) if found is None else found

    def swiftly(self, data: bytes) -> Harvest | None:
        """Take the harvest from the bytes of a log of our own form; None when it is of any other."""
        begin, end = data.find(_EXERCISE), data.find(blocks.MARK)
        if not 0 < begin < end:
            return None
        try:
            top = TOP.fullmatch(data[:begin].decode())
            tail = data[end:].decode()
        except UnicodeDecodeError:
            return None
        known = self._exercise(data[begin:end]) if top is not None else None
        events = _events(tail) if known is not None else None
        if top is None or known is None or events is None:
            return None
        return _harvest(top, known, events)

    def _exercise(self, data: bytes) -> _Known | None:
        if data not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[data] = _read_exercise(data)
        return self._known[data]


def _read_exercise(data: bytes) -> _Known | None:
    """Read the part of a log that holds its exercise; None when anything else stands in it, or it is not well."""
    try:
        table = tomli.loads(data.decode())
        if b"\r" in data or table.keys() != {"exercise"}:
            return None
        exercise = Exercise.model_validate(table["exercise"])
    except (ValueError, RecursionError, OverflowError, ValidationError):
        return None
    script = harvest.script_of(exercise)
    return _Known(exercise, script, {one.id: one.label for one in script.functions}, dict(script.injects), {})


Event: TypeAlias = tuple[int, str, Fields]
"""A number, a kind, and the values that are wanted."""


class _Events(NamedTuple):
    total: int
    events: list[Event]
    """Those from which something is taken."""
    reviewers: set[str]
    """The names of whoever added any, as they are written."""


def _events(tail: str) -> _Events | None:
    """Take the events apart; None unless all of it is whole blocks of our own form, numbered from 1."""
    before, *pieces = tail.split(SEPARATOR)
    if before or not pieces:
        return None
    forms, events, reviewers = _forms(), list[Event](), set[str]()
    for n, piece in enumerate(pieces, 1):
        kind = piece[: piece.find('"')]
        form = forms.get(kind)
        found = form.fullmatch(piece) if form is not None else None
        if found is None or not piece.endswith(f"\nn = {n}\n"):
            return None
        if kind in _TAKEN:
            events.append((n, kind, found))
        if kind in _SIGNED and found["reviewer"]:
            reviewers.add(found["reviewer"])
    return _Events(len(pieces), events, reviewers)


@dataclass(slots=True)
class _Point:
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


class _Done(NamedTuple):
    how: str
    at: datetime
    until: datetime | None = None


@dataclass(slots=True)
class _Fold:
    """What is known so far. Each method below is what ``core.fold`` does with an event, as far as it matters here."""

    there: set[str]
    """Who is at the table by now."""
    took_part: set[str]
    times: Mapping[int, str]
    """To which the reviewers corrected those of some events."""
    day: str
    call_out: str
    """The first inject of a call-out, which the first yes brings; empty round a table."""
    points: list[_Point] = field(default_factory=list)
    last: dict[str, _Point] = field(default_factory=dict)
    first: dict[str, _Point] = field(default_factory=dict)
    done: dict[str, _Done] = field(default_factory=dict)
    stop: tuple[str, datetime] | None = None
    decisions: list[str] = field(default_factory=list)
    actions: dict[str, ActionHeld] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    improvised: dict[str, tuple[str, str]] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    debrief: datetime | None = None
    ended: datetime | None = None
    phase: str = "new"
    has_begun: bool = False

    def at(self, n: int, found: Fields) -> datetime:
        return datetime.fromisoformat(self.times.get(n) or found["at"])

    # --- the storyline ---

    def started(self, n: int, found: Fields) -> None:
        self.day = (self.times.get(n) or found["at"])[:10]
        self.phase, self.has_begun = "running", False

    def shown(self, n: int, found: Fields) -> None:
        self.show(found["inject"], n, found)

    def show(self, inject: str, n: int, found: Fields) -> None:
        before = self.done.get(inject)
        if before is None or before.how != "shown":
            self.done[inject] = _Done("shown", self.at(n, found))

    def improvise(self, n: int, found: Fields) -> None:
        title = clean_line(text_of(found["title"] or ""))
        self.improvised[found["inject"]] = title, clean(text_of(found["text"])).strip() or "…"
        self.shown(n, found)

    def change(self, _: int, found: Fields) -> None:
        self.changed[found["inject"]] = clean(text_of(found["text"]))

    def skipped(self, n: int, found: Fields) -> None:
        self.done[found["inject"]] = _Done("skipped", self.at(n, found))

    def passed_by(self, n: int, found: Fields) -> None:
        self.done[found["feedback"]] = _Done("skipped", self.at(n, found))

    def opened(self, n: int, found: Fields) -> None:
        self.stop, self.phase = (found["feedback"], self.at(n, found)), "feedback"

    def closed(self, n: int, found: Fields) -> None:
        if self.stop is not None:
            self.done[self.stop[0]] = _Done("held", self.stop[1], self.at(n, found))
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
        point = _Point(
            name, official or "", inject or "", texts_of(objectives or ""), _line(text or ""), turn or "keep",
            kind or "observation", level or "individual", aspect or "process", _lines(themes or ""), private == "true",
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
            point.text = _line(found["text"])
        if found["themes"] is not None:
            point.themes = _lines(found["themes"])
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
            found["id"], _line(found["text"]), _line(found["owner"] or ""), _line(found["due"] or ""),
            found["point"] or "",
        )  # fmt: skip


_TAKEN: Final[Mapping[str, "Callable[[_Fold, int, Fields], None] | None"]] = {
    "session-started": _Fold.started,
    "session-ended": _Fold.ends,
    "inject-shown": _Fold.shown,
    "inject-skipped": _Fold.skipped,
    "inject-improvised": _Fold.improvise,
    "inject-changed": _Fold.change,
    "objective-reached": _Fold.reach,
    "feedback-opened": _Fold.opened,
    "feedback-closed": _Fold.closed,
    "feedback-skipped": _Fold.passed_by,
    "decision": _Fold.decided,
    "learning-point": _Fold.noted,
    "learning-point-revised": _Fold.revised,
    "learning-point-withdrawn": _Fold.withdrawn,
    "learning-point-merged": _Fold.merged,
    "action": _Fold.agreed,
    "call": _Fold.called,
    "participant-joined": _Fold.joined,
    "participant-left": _Fold.left,
    "participants-swapped": _Fold.swapped,
    "debrief-opened": _Fold.debriefed,
    "instrument-used": _Fold.use,
    "undone": None,
    "time-corrected": None,
}
"""The kinds from which something is taken, and how; of the last two it is known before."""
_SIGNED: Final = frozenset(kind for kind in KINDS if "reviewer" in fields_of(kind))


@cache
def _forms() -> Mapping[str, Pattern[str]]:
    return {kind: form_of(kind, fields_of(kind) if kind in _TAKEN else ("reviewer",)) for kind in KINDS}


def _line(raw: str) -> str:
    if raw.isprintable() and "\\" not in raw and len(raw) <= LONGEST:
        return raw  # as it mostly is
    return clean_line(text_of(raw))


def _lines(raw: str) -> tuple[str, ...]:
    return tuple(map(clean_line, texts_of(raw))) if raw else ()


def _harvest(top: Fields, known: _Known, events: _Events) -> Harvest | None:
    name = text_of(top["id"])
    if not 0 < len(name) <= _LONGEST_ID:
        return None
    people = _people(top["participants"] or "")
    fold = _folded(events, [official for official, *_ in people], top["started"][:10], known)
    told = {point.id: point for point in fold.points if point.is_told}
    script, names = known.script, _names(top, people, events, known)
    if len(people) not in known.planned:
        known.planned[len(people)] = harvest.planned_minutes(known.exercise, len(people))
    held = tuple(
        PointHeld(point.id, point.official, names.left_out_of(_inject_name(fold, known, point.inject)),
                  names.left_out_of(point.text), point.turn, point.kind, point.level, point.aspect,
                  harvest.themes_of(map(names.left_out_of, point.themes)))
        for point in told.values()
    )  # fmt: skip
    learned = (one for point in fold.points if not point.withdrawn for one in point.objectives)
    return Harvest(
        id=harvest.run_id(name),
        day=fold.day,
        incident=names.left_out_of(_line(top["incident"] or "")),
        group=_line(top["group"] or "").strip(),
        organisations=_organisations(top, people, events),
        events=events.total,
        script=script,
        officials=harvest.of_exercise(script, fold.took_part),
        points=held,
        actions=tuple(_actions(fold, told, names)),
        used=tuple(sorted(fold.used)),
        reached=tuple(sorted(fold.reached.union(learned))),
        injects=harvest.injects_held(
            script, _lasted(fold), known.planned[len(people)], [point.inject for point in told.values()], fold.decisions
        ),
    )


Person: TypeAlias = tuple[str, str, str]
"""A function, a name and an organisation."""


@lru_cache(maxsize=256)
def _people(text: str) -> tuple[Person, ...]:
    """Who sits at the table when it begins: mostly the same people as another time."""
    return tuple((official, _line(name), _line(organisation)) for official, name, organisation in PERSON.findall(text))


def _folded(events: _Events, at_start: list[str], day: str, known: _Known) -> _Fold:
    undone, taken_back = set[int](), set[int]()
    corrections: list[tuple[int, int, str]] = []
    took_part = set(at_start)
    call_out = known.exercise.injects[0].id if known.exercise.call_out is not None else ""
    if call_out:
        took_part.clear()
    for n, kind, found in events.events:
        if kind == "undone":
            taken_back.add(int(found["event"]))
            if int(found["event"]) < n:
                undone.add(int(found["event"]))
        elif kind == "time-corrected":
            corrections.append((n, int(found["event"]), found["to"]))
    times = {event: to for n, event, to in corrections if n not in taken_back}
    if call_out:
        took_part.update(_said_yes(events, undone))
    fold = _Fold(set(took_part), took_part, times, day, call_out)
    for n, kind, found in events.events:
        take = _TAKEN[kind]
        if take is not None and n not in undone:
            take(fold, n, found)
    return fold


def _said_yes(events: _Events, undone: set[int]) -> Iterable[str]:
    """Who said yes in a call-out, to the leader."""
    for n, kind, found in events.events:
        is_invitation = kind == "call" and n not in undone and not found["about"] and not found["caller"]
        if is_invitation and found["outcome"] == "can" and found["official"]:
            yield found["official"]


def _names(top: Fields, people: tuple[Person, ...], events: _Events, known: _Known) -> Names:
    """The same as ``core.names.names_in``."""
    named = [(name, known.labels.get(official, "")) for official, name, _ in people]
    for _, kind, found in events.events:
        if kind in {"participant-joined", "call"}:
            named.append((_line(found["name"] or ""), known.labels.get(found["official"] or "", "")))
    named += [(_line(reviewer), "") for reviewer in events.reviewers]
    named.append((_line(top["leader"] or ""), ""))
    return names_of(tuple(dict.fromkeys(named)))


def _organisations(top: Fields, people: tuple[Person, ...], events: _Events) -> tuple[str, ...]:
    """The same as ``core.names.organisations_in``, in the order of the alphabet."""
    found = {organisation for _, _, organisation in people}
    found.add(_line(top["group"] or ""))
    found.update(_line(one["organisation"] or "") for _, kind, one in events.events if kind == "participant-joined")
    return tuple(sorted(found))


def _lasted(fold: _Fold) -> dict[str, float]:
    """How long each thing that came was on screen, in minutes."""
    moments = {done.at for done in fold.done.values() if done.how != "skipped"}
    moments |= {moment for moment in (fold.debrief, fold.ended) if moment is not None}
    ends = dict(pairwise(sorted(moments)))
    return {
        name: ((done.until or ends.get(done.at, done.at)) - done.at).total_seconds() / 60
        for name, done in fold.done.items()
        if done.how != "skipped"
    }


def _inject_name(fold: _Fold, known: _Known, inject: str) -> str:
    """How an inject is called: by its title, or by the first words of its text as it was then; empty for no inject."""
    if inject in fold.improvised:
        title, text = fold.improvised[inject]
    elif inject not in fold.changed or inject not in known.names:
        return known.names.get(inject, "")
    else:
        written = known.exercise.inject(inject)
        title, text = (written.title, "") if written is not None else (inject, "")
    words = fold.changed.get(inject, text).split()
    return title or " ".join(words[:5]) + ("…" if len(words) > 5 else "")


def _actions(fold: _Fold, told: Mapping[str, _Point], names: Names) -> Iterable[ActionHeld]:
    private = {point.id for point in fold.points if point.private}
    for action in fold.actions.values():
        day, way = harvest.day_of(action.due), harvest.way_of(fold.last, action.point)
        if action.owner and day and action.point not in private and not any(point.private for point in way):
            known = way[-1].id if way and way[-1].id in told else ""
            yield action._replace(text=names.left_out_of(action.text), owner=names.left_out_of(action.owner), due=day,
                                  point=known)  # fmt: skip
