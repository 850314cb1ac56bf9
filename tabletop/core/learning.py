"""What was learned: learning points by official, pool, objective and theme, agreements, and what the end sums up.

Nothing here counts to compare people: every list keeps the order of the table or of the exercise, whatever the numbers.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from tabletop.core import events as e
from tabletop.core.exercise import POOLS, About
from tabletop.core.session import Agreement, Answer, Count, Decision, Point, Session

FirstNote: TypeAlias = Literal["answered", "not-recorded", "nothing-to-note"]

_EVERYDAY: Final = """
    aan alle alleen allemaal alles ander andere anders behalve beide bent bijna bijvoorbeeld daar daarna daarom degene
    deze dezelfde dingen door echt eerst eigenlijk elke even geen gewoon graag haar hadden hebben hebt heeft heel hele
    hier hoeven iedereen iemand iets jullie kunnen kunt maar maken meer meest mensen mijn misschien
    moet moeten naar namelijk natuurlijk niet niets nodig omdat onder onze ook over person personen soms straks tegen
    tijdens toch tussen vaak vanuit veel verder volgens voor vooral waar waarom wanneer want waren weer welke werd
    wezen wilde willen word worden wordt zeer zelf zich zijn zoals zonder zoveel zullen
    about after again also anyone around because been before being both cannot could does done down during each else
    even every everyone first from have having here however into just like make many maybe might more most much must
    need needs only other others over people perhaps person same should some someone such than that their them then
    there these they thing things this those through under until very well were what when where which while will with
    without would your yours
"""
_STOP_WORDS: Final = frozenset(_EVERYDAY.split())
_SHORTEST: Final = 4
_ACCENTS: Final = re.compile("[\u0300-\u034e\u0350-\u036f]")
"""Those of European languages, which leave nothing but ASCII mostly."""
_WORD: Final = re.compile(r"[^\W\d_]+")


# --- learning points -------------------------------------------------------------------------------------------------


class Group(NamedTuple):
    """Learning points that belong together. The id and name are empty for those that belong to nobody or nothing."""

    id: str
    name: str
    points: tuple[Point, ...]


class Tally(NamedTuple):
    """How many learning points an official has so far, marks among them, and how often something was kept private."""

    official: str
    label: str
    points: int
    marks: int
    kept_private: int


class Told(NamedTuple):
    """What an official tells the others: the points that were written out."""

    official: str
    label: str
    points: tuple[Point, ...]


def told_points(session: Session) -> tuple[Point, ...]:
    """The points that may leave the room: written out, not withdrawn, not private."""
    return tuple(point for point in session.open_points if point.text and not point.private)


def by_official(session: Session, points: Iterable[Point] | None = None) -> tuple[Group, ...]:
    """Points per official who has any, in the order of the exercise; the table's own (no official) come last.

    Here and below, ``points`` are all points that were not withdrawn, marks and private ones among them, unless given.
    """
    known = [(one.id, one.name) for one in session.exercise.officials]
    return _groups(_all(session, points), known, lambda point: (point.official or "",))


def by_pool(session: Session, points: Iterable[Point] | None = None) -> tuple[Group, ...]:
    """Points per pool that has any. The name of a pool is a code; the screen has the word."""

    def pool(point: Point) -> tuple[str, ...]:
        official = session.exercise.official(point.official) if point.official else None
        return (official.pool if official else "",)

    return _groups(_all(session, points), [(name, name) for name in POOLS], pool)


def by_objective(session: Session, points: Iterable[Point] | None = None) -> tuple[Group, ...]:
    """Points per objective, each objective even when it has none; a point on two objectives stands under both."""
    known = [(one.id, one.name) for one in session.exercise.objectives]
    groups = _groups(_all(session, points), known, lambda point: point.objectives or ("",), every=True)
    return tuple(group for group in groups if group.points or group.id)


def by_theme(session: Session, points: Iterable[Point] | None = None) -> tuple[Group, ...]:
    """Points per theme that has any, in the order of the exercise; themes that it does not name come after those."""
    known = [(theme, theme) for theme in session.exercise.themes]
    return _groups(_all(session, points), known, lambda point: point.themes or ("",))


def by_inject(session: Session, points: Iterable[Point] | None = None) -> tuple[Group, ...]:
    """Points per inject on which any was noted, in the order of the storyline; those noted on none come last."""
    injects = (*session.exercise.injects, *session.exercise.reserves, *session.improvised)
    known = [(one.id, f"{one.id.upper()}  {one.name}") for one in injects]
    return _groups(_all(session, points), known, lambda point: (point.inject or "",))


def by_kind(session: Session, points: Iterable[Point] | None = None) -> tuple[Group, ...]:
    """Points per kind, by its code: observation, question, practice, proposal."""
    return _groups(_all(session, points), [(kind, kind) for kind in get_args(e.PointKind)], lambda point: (point.kind,))


def by_level(session: Session, points: Iterable[Point] | None = None) -> tuple[Group, ...]:
    """Points per level, by its code: for the person, for the organisation, for both."""
    return _groups(_all(session, points), [(one, one) for one in get_args(e.Level)], lambda point: (point.level,))


def by_aspect(session: Session, points: Iterable[Point] | None = None) -> tuple[Group, ...]:
    """Points about process and about effect, by code."""
    return _groups(_all(session, points), [(one, one) for one in get_args(e.Aspect)], lambda point: (point.aspect,))


def tally(session: Session) -> tuple[Tally, ...]:
    """A row for each key official at the table, and for anyone else with points, in table order: never sorted."""
    return tuple(
        Tally(one.id, one.short, count.points, count.marks, kept)
        for one in session.exercise.officials
        for count, kept in [(session.counts.get(one.id, Count()), session.kept_private.get(one.id, 0))]
        if (one.key and session.at_table(one.id)) or count.points or kept
    )


def _all(session: Session, points: Iterable[Point] | None) -> tuple[Point, ...]:
    return session.open_points if points is None else tuple(points)


def _groups(
    points: tuple[Point, ...],
    known: Iterable[tuple[str, str]],
    keys: Callable[[Point], tuple[str, ...]],
    *,
    every: bool = False,
) -> tuple[Group, ...]:
    names = dict(known)
    found: dict[str, list[Point]] = {key: [] for key in names}
    for point in points:
        for key in dict.fromkeys(keys(point)):
            found.setdefault(key, []).append(point)
    if "" in found:
        found[""] = found.pop("")  # nobody's and nothing's come last
    return tuple(
        Group(key, names.get(key, key), tuple(heap)) for key, heap in found.items() if heap or (every and key in names)
    )


# --- feedback points -------------------------------------------------------------------------------------------------


class AgreedLine(NamedTuple):
    """What was agreed at which stop (counted from 1), and whether it happened; ``kept`` is None when nobody asked."""

    number: int
    title: str
    text: str
    kept: e.Kept | None
    note: str


class Overlap(NamedTuple):
    """A word that more than one official used, as it was first written, and who used it, in the order of speaking."""

    word: str
    officials: tuple[str, ...]


def agreed_lines(session: Session) -> tuple[AgreedLine, ...]:
    """Every agreed line so far, in the order of the stops."""
    stops = {held.id: (number, held.title) for number, held in enumerate(session.held, start=1)}
    if session.stop is not None:
        stops[session.stop.id] = (session.stop.number, session.stop.title)
    return tuple(_agreed_line(agreement, *stops.get(agreement.feedback, (0, ""))) for agreement in session.agreements)


def _agreed_line(agreement: Agreement, number: int, title: str) -> AgreedLine:
    return AgreedLine(number, title, agreement.text, agreement.kept, agreement.note)


def round_answers(session: Session) -> tuple[Answer, ...]:
    """The answers to the round question of the open stop, in the order in which they were given."""
    stop = session.stop
    if stop is None:
        return ()
    return tuple(one for one in session.answers if one.feedback == stop.id and one.question == stop.round)


def heard(session: Session) -> tuple[str, ...]:
    """Who belongs in the round of the open stop: who speaks, in order, and whoever answered and left the table."""
    stop = session.stop.id if session.stop is not None else ""
    answered = (one.official for one in session.answers if one.feedback == stop and one.official)
    return tuple(dict.fromkeys((*session.speakers, *answered)))


def overlap(answers: Iterable[Answer]) -> tuple[Overlap, ...]:
    """The words that different officials used: who are the less self-reliant *here*, and who sees them.

    Only equal words count, whatever their capitals and accents, of four letters and more, without the words that every
    sentence has; the table decides what belongs together. What somebody keeps private is left out.
    """
    who: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for answer in answers:
        if answer.private or not answer.official:
            continue
        for word in _WORD.findall(unicodedata.normalize("NFC", answer.text)):
            plain = plain_word(word)
            if len(plain) < _SHORTEST or plain in _STOP_WORDS:
                continue
            written.setdefault(plain, word.lower())
            officials = who.setdefault(plain, [])
            if answer.official not in officials:
                officials.append(answer.official)
    return tuple(Overlap(written[plain], tuple(officials)) for plain, officials in who.items() if len(officials) > 1)


def plain_word(word: str) -> str:
    """Return what makes two words the same here: neither capitals nor accents count."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    parts = _ACCENTS.sub("", parts)
    return parts if parts.isascii() else "".join(part for part in parts if not unicodedata.combining(part))


def draft_message(session: Session) -> tuple[str, ...]:
    """The lines of a draft message to residents: what the table would do, then what help it would want itself.

    From the answers at all stops so far, each once, without names; what is private is left out.
    """
    about = {
        (stop, place): kind for stop, kinds in _about(session).items() for place, kind in enumerate(kinds, start=1)
    }
    lines: dict[str, str] = {}
    for wanted in ("own-action", "wanted-help"):
        for answer in session.answers:
            if not answer.private and about.get((answer.feedback, answer.question)) == wanted:
                lines.setdefault(answer.text.strip().casefold(), answer.text.strip())
    return tuple(line for line in lines.values() if line)


def _about(session: Session) -> Mapping[str, tuple[About, ...]]:
    """What the questions of each stop were about; those of an unplanned stop stand in the log only."""
    found: dict[str, tuple[About, ...]] = {
        point.id: tuple(question.about for question in point.questions) for point in session.exercise.feedback_points
    }
    for event in session.events:
        if isinstance(event, e.FeedbackOpened) and not event.planned and event.n not in session.undone:
            found.setdefault(event.feedback, event.about)
    return found


# --- the end ---------------------------------------------------------------------------------------------------------


class Summary(NamedTuple):
    """What the end sums up. There is nothing private in it; what was kept to oneself is a number."""

    title: str
    started: datetime | None
    ended: datetime | None
    told: tuple[Told, ...]
    table: tuple[Point, ...]
    agreements: tuple[AgreedLine, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[e.ActionAgreed, ...]
    first: FirstNote
    first_answer: e.FirstAnswer | None
    because: str
    used: tuple[str, ...]
    marks: int


def told_actions(session: Session) -> tuple[e.ActionAgreed, ...]:
    """Actions and intentions, without those that followed from a point that somebody keeps private by now."""
    private = {point.id for point in session.points if point.private}
    return tuple(action for action in session.actions if action.point not in private)


def agreed_actions(session: Session) -> tuple[e.ActionAgreed, ...]:
    """What somebody does by a day. Without an owner and a day it is no action yet."""
    return tuple(action for action in told_actions(session) if action.owner and action.due)


def kept_to_oneself(session: Session) -> int:
    """How much was said in private, of whatever kind: one number, because a number for each would point at somebody."""
    noted = (event for event in session.events if isinstance(event, e.Observed) and event.n not in session.undone)
    said = (
        sum(point.private for point in session.open_points),
        sum(answer.private for answer in session.answers),
        sum(answer.private for answer in session.debrief_answers),
        sum(note.private for note in noted),
    )
    return sum(session.kept_private.values()) + sum(said)


def first_question(session: Session) -> FirstNote:
    """Whether the first question was answered; not recorded counts only where acting began, or it was asked again."""
    first = session.first
    if first.status == "answered":
        return "answered"
    return "not-recorded" if first.acted_before or first.status == "reopened" else "nothing-to-note"


def summary(session: Session) -> Summary:
    """Return what is written down at the end; ``table`` has the points that belong to no official."""
    groups = {group.id: group.points for group in by_official(session, told_points(session))}
    people = [(one.id, one.short) for one in session.exercise.officials]
    people += [(official, official) for official in groups if official and session.exercise.official(official) is None]
    told = (Told(official, label, groups.get(official, ())) for official, label in people)
    return Summary(
        title=session.exercise.title,
        started=session.started,
        ended=session.ended,
        told=tuple(one for one in told if one.points or session.at_table(one.official)),
        table=groups.get("", ()),
        agreements=agreed_lines(session),
        decisions=tuple(session.decisions),
        actions=told_actions(session),
        first=first_question(session),
        first_answer=session.first.answer,
        because=session.first.because,
        used=session.used,
        marks=sum(point.is_mark and not point.private for point in session.open_points),
    )
