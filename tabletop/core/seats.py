"""Who was at the table when: everybody who sat there at any moment, in the order in which they came."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from tabletop.core import calling
from tabletop.core import events as e
from tabletop.core.session import Session


class Seat(NamedTuple):
    """From when and until when somebody was at the table; None is from the beginning, and to the end."""

    since: datetime | None = None
    until: datetime | None = None


def _coming_and_going(event: e.Event, seats: Mapping[str, Seat]) -> tuple[str, str]:
    """Who sits down and who goes away by an event, each empty where nobody does."""
    match event:
        case e.ParticipantJoined():
            return event.official, ""
        case e.ParticipantLeft():
            return "", event.official
        case e.ParticipantsSwapped():
            there = [one for one in (event.official, event.other) if one in seats and seats[one].until is None]
            if len(there) == 1:
                (went,) = there
                return (event.other if went == event.official else event.official), went
            return "", ""
        case _:
            return "", ""


def seated(session: Session) -> dict[str, Seat]:
    """Return everybody who was at the table at any moment; of a call-out, who said yes of those whom it was planned to
    call.
    """
    if session.exercise.call_out is not None:
        there = [call.official for call in calling.invited(session) if call.official is not None]
    else:
        there = [person.official for person in session.participants_at_start]
    seats = {official: Seat() for official in there}
    for event in session.events:
        if event.n in session.undone:
            continue
        came, went = _coming_and_going(event, seats)
        if went in seats:
            seats[went] = seats[went]._replace(until=event.at)
        if came:
            seats[came] = seats.get(came, Seat(since=event.at))._replace(until=None)
    return seats


def person_minutes(session: Session) -> float:
    """How many minutes it asked of everybody together: each for as long as they were at the table."""
    if session.exercise.call_out is not None:
        return calling.minutes_asked(session)
    end = session.ended or session.at
    if session.started is None or end is None:
        return 0.0
    sat = (((seat.until or end) - (seat.since or session.started)) for seat in seated(session).values())
    return sum(max(0.0, time.total_seconds() / 60) for time in sat)


def changed_hands(session: Session) -> frozenset[str]:
    """The functions in which more than one person may have sat: what was said in them is not of one alone.

    They were swapped, or somebody sat down under another name, or somebody came back without a name to know them by.
    """
    names = {person.official: person.name for person in session.participants_at_start}
    gone = set[str]()
    found = set(session.swapped)
    for event in session.events:
        if event.n in session.undone:
            continue
        if isinstance(event, e.ParticipantLeft):
            gone.add(event.official)
        elif isinstance(event, e.ParticipantJoined):
            before, now = (name.casefold().split() for name in (names.get(event.official, ""), event.name))
            if (before and before != now) or (event.official in gone and not now):
                found.add(event.official)
            names[event.official] = event.name
    return frozenset(found)
