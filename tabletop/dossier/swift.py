"""Takes the harvest from a log without parsing it: only what our own writer wrote, in exactly its form.

It holds the whole log against the patterns of ``grammar``, reads the few values that are wanted, and follows what
happened as ``core.fold`` does. What is of another form, or is rare and complicated, is left to the full parse; the
answer is the same, and ``tests/dossier/test_harvest.py`` holds both beside each other.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias, TypeVar

import tomli
from pydantic import ValidationError

from tabletop.core.exercise import Exercise
from tabletop.core.names import Names, names_of
from tabletop.dossier import harvest
from tabletop.dossier.following import CHANGING, TAKEN, Fields, Followed, PointFollowed, Take, line
from tabletop.dossier.grammar import KINDS, PERSON, SEPARATOR, SIGNATURE, TOP, fields_of, form_of, text_of
from tabletop.dossier.harvest import ActionHeld, Harvest, PointHeld, Script
from tabletop.files import blocks
from tabletop.files.trouble import Trouble

_EXERCISE: Final = b"\n[exercise]\n"
_TELLING: Final = 256
"""How many bytes of an exercise mostly tell which it is: its id and its title stand there."""
_MOST_KEPT: Final = 256
"""How many exercises are remembered: many logs share one."""
_LONGEST_ID: Final = 200
_TOGETHER: Final = 5
"""How many logs are read together: measured, a twentieth quicker than one by one, and ten are not more so."""
_MUCH: Final = 1 << 20
"""Or as many as have so many bytes: of large ones one by one."""


class _Known(NamedTuple):
    """An exercise that was read before."""

    exercise: Exercise
    script: Script
    labels: dict[str, str]
    """Of its functions."""
    names: dict[str, str]
    """Of its injects."""
    planned: dict[int, Mapping[str, float]]
    """How long injects are planned to take, by how many people there are."""


_Apart: TypeAlias = "tuple[Fields, _Known, _Events]"
"""A log taken apart: what stands at its top, its exercise, and its events."""


class Reader:
    """Takes harvests from logs, and remembers the exercises that it met."""

    def __init__(self) -> None:
        self._known: dict[bytes, list[tuple[bytes, _Known | None]]] = {}
        """By how they begin: all bytes of an exercise, and what it is; None for one that is not well."""

    def harvested(self, paths: Iterable[str]) -> Iterator[Harvest | Trouble]:
        """Take from each log what the dossier wants, or the reason why it is none."""
        logs, size = list[tuple[str, bytes | Trouble]](), 0
        for path in paths:
            data = _or_trouble(blocks.log_bytes, path)
            logs.append((path, data))
            size += len(data) if isinstance(data, bytes) else 0
            if len(logs) >= _TOGETHER or size >= _MUCH:
                yield from self._together(logs)
                logs, size = [], 0
        yield from self._together(logs)

    def _together(self, logs: Sequence[tuple[str, bytes | Trouble]]) -> list[Harvest | Trouble]:
        """Do each step for all of some logs before the next: with the code of one step at hand it is quicker."""
        apart = [self._apart(data) if isinstance(data, bytes) else None for _, data in logs]
        swift = [_harvest(*one) if one is not None else None for one in apart]
        return [
            found if found is not None
            else data if isinstance(data, Trouble)
            else _or_trouble(harvest.harvested, Path(path))
            for found, (path, data) in zip(swift, logs, strict=True)
        ]  # fmt: skip

    def swiftly(self, data: bytes) -> Harvest | None:
        """Take the harvest from the bytes of a log of our own form; None when it is of any other."""
        apart = self._apart(data)
        return _harvest(*apart) if apart is not None else None

    def _apart(self, data: bytes) -> "_Apart | None":
        begin = data.find(_EXERCISE)
        try:
            top = TOP.fullmatch(data[:begin].decode()) if begin > 0 else None
            if top is None:
                return None
            end, known = self._exercise(data, begin)
            events = _events(data[end - 1 : -1].decode()) if known is not None and data.endswith(b"\n") else None
        except UnicodeDecodeError:
            return None
        return (top, known, events) if known is not None and events is not None else None

    def _exercise(self, data: bytes, begin: int) -> tuple[int, _Known | None]:
        """The exercise of a log that begins here, and where it ends: most of a log, and mostly one that was met."""
        for written, known in self._known.get(data[begin : begin + _TELLING], ()):
            end = begin + len(written)
            if data.startswith(written, begin) and data.startswith(blocks.MARK, end):
                return end, known
        end = data.find(blocks.MARK, begin)
        written = data[begin:end]
        known = _read_exercise(written) if end > 0 else None
        if sum(map(len, self._known.values())) >= _MOST_KEPT:
            self._known.clear()
        if end > 0:
            self._known.setdefault(written[:_TELLING], []).append((written, known))
        return end, known


_Found = TypeVar("_Found")
_Given = TypeVar("_Given")


def _or_trouble(read: Callable[[_Given], _Found], path: _Given) -> _Found | Trouble:
    try:
        return read(path)
    except Trouble as trouble:
        return trouble


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


Event: TypeAlias = tuple[int, str, Take, Fields]
"""A number, a kind, what is done with it, and the values that are wanted."""


class _Events(NamedTuple):
    total: int
    events: list[Event]
    """Those from which something is taken."""
    rare: list[Event]
    """Of those the ones that most logs have none of."""
    reviewers: set[str]
    """The names of whoever added any, as they are written."""


_NAMING: Final = frozenset(("participant-joined", "call"))
_RARE: Final = CHANGING | _NAMING


def _events(tail: str) -> _Events | None:
    """Take the events apart; None unless all of it is whole blocks of our own form, numbered from 1."""
    before, *pieces = tail.split(SEPARATOR)
    if before or not pieces or not all(map(str.endswith, pieces, _last_lines(len(pieces) // 512 + 1))):
        return None
    wanted, reviewers = list[Event](), set[str]()
    forms = map(_forms.__getitem__, map(_beginning, pieces))
    for n, (kind, match, take), piece in zip(count(1), forms, pieces, strict=False):
        if (found := match(piece)) is None:
            if (found := _signed(kind, piece)) is None:
                return None
            reviewers.add(found[SIGNATURE])
        if take is not None:
            wanted.append((n, kind, take, found))
    return _Events(len(pieces), wanted, [event for event in wanted if event[1] in _RARE], reviewers)


@lru_cache(maxsize=2)
def _last_lines(times: int) -> tuple[str, ...]:
    """How the first events end, in so many times 512."""
    return tuple([f"\nn = {n}" for n in range(1, times * 512 + 1)])


class _Form(NamedTuple):
    """How a kind of event is read."""

    kind: str
    match: "Callable[[str], Fields | None]"
    take: Take | None
    """None when nothing is taken from it."""


_NAMED: Final = 24
"""By so many letters, from its type on, an event is told from those of other kinds."""
_beginning: Final = itemgetter(slice(_NAMED))
_MOST_BEGINNINGS: Final = 1024
_UNKNOWN: Final = _Form("", re.compile("(?!)").fullmatch, None)


class _Forms(dict[str, _Form]):
    """The form of an event by how it begins: each is made when the first such event is met."""

    def __missing__(self, beginning: str) -> _Form:
        for kind in KINDS:
            if (named := f'type = "{kind}"')[:_NAMED] == beginning[: len(named)]:
                if len(self) >= _MOST_BEGINNINGS:
                    self.clear()
                self[beginning] = _Form(kind, _pattern(kind, is_signed=False).fullmatch, TAKEN.get(kind))
                return self[beginning]
        return _UNKNOWN


_forms: Final = _Forms()


def _signed(kind: str, piece: str) -> Fields | None:
    """Hold an event against the form of what a reviewer added."""
    return _pattern(kind, is_signed=True).fullmatch(piece) if kind else None


@cache
def _pattern(kind: str, *, is_signed: bool) -> "re.Pattern[str]":
    return form_of(kind, fields_of(kind) if kind in TAKEN else (), is_signed=is_signed)


def _harvest(top: Fields, known: _Known, events: _Events) -> Harvest | None:
    name = text_of(top["id"])
    if not 0 < len(name) <= _LONGEST_ID:
        return None
    people = _people(top["participants"] or "")
    fold = _folded(events, [official for official, *_ in people], top["started"][:10], known)
    told = {point.id: point for point in fold.points if point.is_told}
    script, incident = known.script, line(top["incident"] or "")
    names = _names(top, people, events, known)
    injects = {inject: _inject_name(fold, known, inject) for inject in {point.inject for point in told.values()}}
    said = [incident, *injects.values()]
    for point in told.values():
        said += point.text, *point.themes
    for action in fold.actions.values():
        said += action.text, action.owner
    if not names.may_be_in("\n".join(said)):
        names = _NOBODY
    if len(people) not in known.planned:
        known.planned[len(people)] = harvest.planned_minutes(known.exercise, len(people))
    held = tuple([
        PointHeld(point.id, point.official, names.left_out_of(injects[point.inject]),
                  names.left_out_of(point.text), point.turn, point.kind, point.level, point.aspect,
                  _themes(point.themes, names))
        for point in told.values()
    ])  # fmt: skip
    learned = (one for point in fold.points if not point.withdrawn for one in point.objectives)
    return Harvest(
        id=harvest.run_id(name),
        day=fold.day,
        incident=names.left_out_of(incident),
        group=line(top["group"] or "").strip(),
        organisations=_organisations(top, people, events),
        events=events.total,
        script=script,
        officials=harvest.of_exercise(script, fold.took_part),
        points=held,
        actions=tuple(_actions(fold, told, names)),
        used=tuple(sorted(fold.used)),
        reached=tuple(sorted(fold.reached.union(learned))),
        injects=harvest.injects_held(
            script, fold.lasted(), known.planned[len(people)], [point.inject for point in told.values()], fold.decisions
        ),
    )


_NOBODY: Final = Names(())


@lru_cache(maxsize=1024)
def _themes(themes: tuple[str, ...], names: Names) -> tuple[str, ...]:
    return harvest.themes_of(map(names.left_out_of, themes))


Person: TypeAlias = tuple[str, str, str]
"""A function, a name and an organisation."""


@lru_cache(maxsize=256)
def _people(text: str) -> tuple[Person, ...]:
    """Who sits at the table when it begins: mostly the same people as another time."""
    return tuple((official, line(name), line(organisation)) for official, name, organisation in PERSON.findall(text))


def _folded(events: _Events, at_start: list[str], day: str, known: _Known) -> Followed:
    undone, taken_back = set[int](), set[int]()
    corrections: list[tuple[int, int, str]] = []
    took_part = set(at_start)
    call_out = known.exercise.injects[0].id if known.exercise.call_out is not None else ""
    if call_out:
        took_part.clear()
    for n, kind, _, found in events.rare:
        if kind == "undone":
            taken_back.add(int(found["event"]))
            if int(found["event"]) < n:
                undone.add(int(found["event"]))
        elif kind == "time-corrected":
            corrections.append((n, int(found["event"]), found["to"]))
    times = {event: to for n, event, to in corrections if n not in taken_back}
    if call_out:
        took_part.update(_said_yes(events, undone))
    fold = Followed(set(took_part), took_part, times, day, call_out)
    for n, _, take, found in events.events:
        if n not in undone:
            take(fold, n, found)
    return fold


def _said_yes(events: _Events, undone: set[int]) -> Iterable[str]:
    """Who said yes in a call-out, to the leader."""
    for n, kind, _, found in events.rare:
        is_invitation = kind == "call" and n not in undone and not found["about"] and not found["caller"]
        if is_invitation and found["outcome"] == "can" and found["official"]:
            yield found["official"]


def _names(top: Fields, people: tuple[Person, ...], events: _Events, known: _Known) -> Names:
    """The same as ``core.names.names_in``."""
    named = [(name, known.labels.get(official, "")) for official, name, _ in people]
    for _, kind, _, found in events.rare:
        if kind in _NAMING:
            named.append((line(found["name"] or ""), known.labels.get(found["official"] or "", "")))
    named += [(line(reviewer), "") for reviewer in events.reviewers]
    named.append((line(top["leader"] or ""), ""))
    return names_of(tuple(dict.fromkeys(named)))


def _organisations(top: Fields, people: tuple[Person, ...], events: _Events) -> tuple[str, ...]:
    """The same as ``core.names.organisations_in``, in the order of the alphabet."""
    found = {organisation for _, _, organisation in people}
    found.add(line(top["group"] or ""))
    found.update(line(one["organisation"] or "") for _, kind, _, one in events.rare if kind == "participant-joined")
    return tuple(sorted(found))


def _inject_name(fold: Followed, known: _Known, inject: str) -> str:
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


def _actions(fold: Followed, told: Mapping[str, PointFollowed], names: Names) -> Iterable[ActionHeld]:
    private = {point.id for point in fold.points if point.private}
    for action in fold.actions.values():
        day, way = harvest.day_of(action.due), harvest.way_of(fold.last, action.point)
        if action.owner and day and action.point not in private and not any(point.private for point in way):
            known = way[-1].id if way and way[-1].id in told else ""
            yield action._replace(text=names.left_out_of(action.text), owner=names.left_out_of(action.owner), due=day,
                                  point=known)  # fmt: skip
