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
