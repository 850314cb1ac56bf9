"""Writes a copy of a log that can be given away: without names, and without what somebody kept to themselves.

What goes: every event that is private, everything about a learning point that was private at any time, and everything
that was undone or withdrawn, because a slip that was typed once more as private is exactly that. How much was private
stands at the end, of nobody in particular: where it was said, the events around it would tell whose it was.

What is emptied: the names and organisations of participants, of the leader, of reviewers and of who was called, and the
owner of an action who is no function. Those
names are also replaced in texts, by the label of the official, or by an ellipsis.

No program can find a name that nobody entered: whoever shares a log reads it first.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

from tabletop.core import events as e
from tabletop.core.events import Event, Fact
from tabletop.core.exercise import Exercise
from tabletop.core.fold import begin, replay
from tabletop.core.learning import kept_to_oneself
from tabletop.core.names import LEFT_OUT, Names, is_function, names_in
from tabletop.core.text import Cleaned
from tabletop.files.log.reading import read
from tabletop.files.log.writing import block_of, head_of, put_new
from tabletop.files.trouble import Trouble


def share(source: Path, target: Path) -> None:
    """Write the copy; never over something that is there already. The source is only read."""
    contents = read(source)
    names = names_in(contents.head, contents.events)
    shared = _shareable(contents.events)
    if not shared:
        raise Trouble("log-nothing-to-share", file=str(source))
    head = contents.head
    session = replay(begin(head.exercise, head.participants), contents.events)
    events = _renumbered([*shared, *_kept_by_somebody(kept_to_oneself(session), shared[-1], len(contents.events))])
    participants = tuple(one.model_copy(update={"name": "", "organisation": ""}) for one in head.participants)
    head = head.model_copy(update={"leader": "", "participants": participants})
    data = head_of(head)
    nameless = (_ownerless(_nameless(event, names), head.exercise) for event in events)
    data += b"".join(block_of(event, event.n) for event in nameless)
    put_new(target, data)


def _shareable(events: Sequence[Event]) -> list[Event]:
    """The events that may be given away, in order, with the numbers they had."""
    dropped = _undone(events)
    points = _points_not_shared(events, dropped)
    texts = _private_texts(events, points)
    kept: list[Event] = []
    for event in events:
        is_dropped = (
            event.n in dropped
            or getattr(event, "private", None) is True
            or isinstance(event, e.KeptPrivate)
            or _point(event) in points
            or (isinstance(event, (e.Reviewed, e.CallLogged)) and event.about in dropped)
            or (isinstance(event, e.TimeCorrected) and event.event in dropped)
            or (isinstance(event, e.LearningPointMerged) and event.into in points)
            or (isinstance(event, e.ThanksApproved) and event.text in texts)
            or (isinstance(event, (e.FingersAsked, e.FingersCounted)) and event.question in texts)
        )
        if is_dropped:
            dropped.add(event.n)
        else:
            kept.append(event)
    gone = texts | {getattr(event, "text", "") for event in events if event.n in dropped}
    return [_without_lines(event, gone) if isinstance(event, e.ScreenShown) else event for event in kept]


def _kept_by_somebody(count: int, last: Event, n: int) -> list[Event]:
    """How much was kept private, at the end and of nobody, with numbers that follow the last one."""
    return [e.KeptPrivate(at=last.at, clock=last.clock, n=n + place) for place in range(1, count + 1)]


def _without_lines(shown: e.ScreenShown, gone: set[str]) -> e.ScreenShown:
    """A draft message to residents, without the answers in it that are given to nobody."""
    lines = (line for line in shown.text.split("\n") if line not in gone)
    return shown.model_copy(update={"text": "\n".join(lines)})


def _undone(events: Sequence[Event]) -> set[int]:
    """The numbers of what was undone, and of the undoing of it."""
    dropped: set[int] = set()
    for event in events:
        if isinstance(event, e.Undone) and event.event <= len(events):
            target = events[event.event - 1]
            if not target.lasting:
                dropped |= {event.n, target.n}
    return dropped


def _points_not_shared(events: Iterable[Event], dropped: set[int]) -> set[str]:
    """The ids of learning points that were private at any time, even if that was undone, or are withdrawn."""
    points: set[str] = set()
    for event in events:
        if isinstance(event, e.LearningPointNoted) and event.private:
            points.add(event.id)
        elif (isinstance(event, e.LearningPointRevised) and event.private) or (
            isinstance(event, (e.LearningPointWithdrawn, e.LearningPointMerged)) and event.n not in dropped
        ):
            points.add(event.point)
    return points


def _point(event: Event) -> str | None:
    """The id of the learning point that an event is about."""
    if isinstance(event, e.LearningPointNoted):
        return event.id
    if isinstance(
        event,
        (e.LearningPointRevised, e.LearningPointWithdrawn, e.LearningPointMerged, e.ActionAgreed, e.FingersAsked,
         e.FingersCounted),
    ):  # fmt: skip
        return event.point
    return None


def _private_texts(events: Iterable[Event], points: set[str]) -> set[str]:
    """What was said in private, because a question to the fingers or a thank-you may quote it."""
    texts = {
        text
        for event in events
        if _point(event) in points or getattr(event, "private", None) is True
        if isinstance(text := getattr(event, "text", None), str)
    }
    return texts - {""}


def _renumbered(events: Sequence[Event]) -> list[Event]:
    numbers = {event.n: number for number, event in enumerate(events, 1)}
    renumbered: list[Event] = []
    for event in events:
        changes: dict[str, object] = {"n": numbers[event.n]}
        if isinstance(event, e.Undone):
            changes["event"] = numbers.get(event.event, numbers[event.n])
        elif isinstance(event, e.TimeCorrected):
            changes["event"] = numbers[event.event]
        elif isinstance(event, (e.Reviewed, e.CallLogged)) and event.about is not None:
            changes["about"] = numbers.get(event.about)
        renumbered.append(event.model_copy(update=changes))
    return renumbered


def _nameless(event: Event, names: Names) -> Event:
    changes: dict[str, object] = {}
    if isinstance(event, (e.ParticipantJoined, e.CallLogged)):
        changes["name"] = ""
    if isinstance(event, e.ParticipantJoined):
        changes["organisation"] = ""
    if isinstance(event, e.Reviewable):
        changes["reviewer"] = LEFT_OUT if event.reviewer else ""
    for key in text_fields(type(event)) - changes.keys():
        value = getattr(event, key)
        if isinstance(value, str):
            changes[key] = names.left_out_of(value)
        elif isinstance(value, tuple):
            changes[key] = tuple(map(names.left_out_of, value))
    return event.model_copy(update=changes)


def _ownerless(event: Event, exercise: Exercise) -> Event:
    """An action whose owner is no function is of somebody by name, whom nobody entered at the table."""
    if isinstance(event, e.ActionAgreed) and event.owner and not is_function(event.owner, exercise):
        return event.model_copy(update={"owner": LEFT_OUT})
    return event


def text_fields(kind: type[Fact]) -> set[str]:
    """The fields that hold somebody's words, and not the id of something."""
    return {
        key
        for key, field in kind.model_fields.items()
        if any(isinstance(one, Cleaned) for one in field.metadata) or _holds_text(field.annotation)
    }


def _holds_text(annotation: Any) -> bool:
    if any(isinstance(one, Cleaned) for one in getattr(annotation, "__metadata__", ())):
        return True
    return any(_holds_text(part) for part in get_args(annotation))
