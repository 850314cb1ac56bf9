"""What is known before a run begins: who sits at the table, how long it takes, and what deserves a thought."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from tabletop.core import timeline
from tabletop.core.events import Participant
from tabletop.core.exercise import POOLS, Exercise, FeedbackPoint, Official
from tabletop.core.fold import begin
from tabletop.core.refused import Refused
from tabletop.core.text import clean_line
from tabletop.locale import Words, mark

MOST_FUNCTIONS: Final = 8
"""From more functions than this a round takes longer than people keep listening."""
LONGEST_HOURS: Final = 12
MIDNIGHT_HOURS: Final = 6
"""A time that has passed today is meant for tomorrow when it is no further away than this."""
SENTENCES: Final[Mapping[str, str]] = {
    "end-unclear": mark("{text} is no time: type 11.15, 1115 or 75 min."),
    "end-past": mark("{time} has passed already."),
    "end-far": mark("{time} is more than {hours} hours away: type an earlier time, or a length such as 75 min."),
    "length-far": mark("{length} minutes, a length, is more than {hours} hours: a time is typed as 11.15 or 1115."),
    "end-too-soon": mark("At {time} nothing is left: the debrief alone takes {minutes} minutes."),
    "length-too-soon": mark("In {length} minutes nothing is left: the debrief alone takes {minutes} minutes."),
    "nobody": mark("Nobody is at the table yet: choose a function with ↑ ↓ and press Space."),
    "whose-name": mark("Choose a function with ↑ ↓ first, then Enter saves the name there."),
    "codeword-needed": mark("A codeword is needed: the word that says that this is real."),
    "no-group": mark("Name the group first, with /g: then what it left open last time is shown."),
    "no-swap": mark("There is nobody in the same pool to swap with."),
}
_CLOCK: Final = re.compile(r"(?:(\d{1,2})[.:uh]|(\d{2}))(\d{2})(?:\s*(?:uur|u|h))?", re.IGNORECASE)
"""A time of day; four digits are one too, since nobody means 2100 minutes."""
_MINUTES: Final = re.compile(
    r"(\d{1,3}|\d{4}(?=\s*m))\s*(?:m|min|mins|minuten|minutes|minuut|minute)?\.?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A key official, at the table or not; a name is never needed."""

    official: Official
    present: bool = True
    name: str = ""
    organisation: str = ""

    @property
    def named(self) -> str:
        return f"{self.name}, {self.organisation}" if self.organisation else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at the table, by pool, and until when."""

    exercise: Exercise
    seats: tuple[Seat, ...]
    minutes: float | None = None
    """Typed as a length: from the beginning."""
    end: datetime | None = None
    """Typed as a time on the clock."""
    codeword: str = ""
    group: str = ""
    """Which group it is; the same group learns on."""

    @classmethod
    def of(cls, exercise: Exercise) -> "Table":
        ordered = sorted(exercise.key_officials, key=lambda official: POOLS.index(official.pool))
        return cls(exercise, tuple(Seat(official) for official in ordered), codeword=exercise.codeword)

    # --- who ---

    @property
    def present(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.present)

    @property
    def participants(self) -> tuple[Participant, ...]:
        """Who begins, in the order of the exercise."""
        seats = {seat.official.id: seat for seat in self.present}
        return tuple(
            Participant(
                official=official.id, name=seats[official.id].name, organisation=seats[official.id].organisation
            )
            for official in self.exercise.key_officials
            if official.id in seats
        )

    @property
    def played(self) -> tuple[Official, ...]:
        """Those whom the leader plays, because they are no key officials."""
        return tuple(official for official in self.exercise.officials if not official.key)

    def seated(self, place: int, **changes: object) -> "Table":
        """Return the table with one seat changed."""
        seats = list(self.seats)
        seats[place] = replace(seats[place], **changes)  # type: ignore[arg-type]  # the caller names Seat's own fields
        return replace(self, seats=tuple(seats))

    def named(self, place: int, typed: str) -> "Table":
        """Put somebody there: ``name, organisation``; a single hyphen takes the name away."""
        text = clean_line(typed).strip()
        name, _, organisation = ("", "", "") if text == "-" else text.partition(",")
        return self.seated(place, present=True, name=name.strip()[:60], organisation=organisation.strip()[:60])

    def partner(self, place: int) -> int | None:
        """Who may swap with this seat: the first of its pool that is there where this one is not, or the reverse."""
        seat = self.seats[place]
        return next(
            (
                other
                for other, one in enumerate(self.seats)
                if one.official.pool == seat.official.pool and one.present != seat.present
            ),
            None,
        )

    def swapped(self, place: int, other: int) -> "Table":
        one, two = self.seats[place], self.seats[other]
        table = self.seated(place, present=two.present, name=two.name, organisation=two.organisation)
        return table.seated(other, present=one.present, name=one.name, organisation=one.organisation)

    # --- how long ---

    def hard_end(self, now: datetime) -> datetime:
        if self.end is not None:
            return self.end
        return now + timedelta(minutes=self.exercise.minutes if self.minutes is None else self.minutes)

    def debrief_at(self, now: datetime) -> datetime:
        return self.hard_end(now) - timedelta(minutes=self.exercise.debrief.minutes)

    def needed(self, people: int) -> float:
        """Minutes that the whole exercise takes with so many people."""
        absent = [seat.official.id for seat in self.seats if not seat.present]
        known = [one.official for one in self.participants] + absent + [f"one-more-{n}" for n in range(people)]
        participants = tuple(Participant(official=official) for official in known[:people])
        return timeline.minutes_needed(begin(self.exercise, participants))

    def spare(self, now: datetime, people: int) -> float:
        """Minutes left over, or, negative, too few."""
        available = (self.hard_end(now) - now).total_seconds() / 60
        return round(available - self.needed(people), 3)

    def changed_end(self, typed: str, now: datetime) -> "Table":
        """Return the table with the hard end that was typed; raises Refused for a past time or nonsense."""
        text = clean_line(typed).strip()
        if clock := _CLOCK.fullmatch(text):
            end = _on_the_clock(text, int(clock[1] or clock[2]), int(clock[3]), now)
            changed, read = replace(self, end=end, minutes=None), "end"
        elif (length := _MINUTES.fullmatch(text)) and int(length[1]):
            changed, read = replace(self, end=None, minutes=float(length[1])), "length"
        else:
            raise Refused("end-unclear", text=text[:30])
        if changed.hard_end(now) - now > timedelta(hours=LONGEST_HOURS):
            raise Refused(f"{read}-far", hours=LONGEST_HOURS, **changed.understood(now))
        if changed.debrief_at(now) <= now:
            raise changed.too_soon(now, read)
        return changed

    def understood(self, now: datetime) -> dict[str, object]:
        """The hard end as it was understood, for a sentence about it."""
        return {"time": self.hard_end(now), "length": f"{self.minutes or 0:g}"}

    def too_soon(self, now: datetime, read: str = "end") -> Refused:
        """Why it cannot end then; ``read``: whether it was typed as a time or as a length."""
        return Refused(f"{read}-too-soon", minutes=f"{self.exercise.debrief.minutes:g}", **self.understood(now))

    def ready(self, now: datetime) -> Exercise:
        """Return the exercise as it will be run; raises Refused when it cannot begin."""
        if not self.present:
            raise Refused("nobody")
        if self.hard_end(now) <= now:
            raise Refused("end-past", time=self.hard_end(now))
        if self.debrief_at(now) <= now:
            raise self.too_soon(now)
        return self.exercise.model_copy(update={"codeword": self.codeword})


def _on_the_clock(text: str, hour: int, minute: int, now: datetime) -> datetime:
    if hour > 23 or minute > 59:
        raise Refused("end-unclear", text=text[:30])
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if end <= now:
        tomorrow = end + timedelta(days=1)
        if tomorrow - now > timedelta(hours=MIDNIGHT_HOURS):
            raise Refused("end-past", time=end)
        return tomorrow
    return end


def refusal(words: Words, refused: Refused) -> str:
    """Return why not, in the words of the leader."""
    values = {
        name: words.oclock(value) if isinstance(value, datetime) else value for name, value in refused.values.items()
    }
    return words.t(SENTENCES[refused.code], **values)


def length_of(point: FeedbackPoint, people: int, words: Words) -> tuple[str, str]:
    """How long a feedback point takes with so many people: how that is made up, and the length."""
    whole = words.duration(round(point.planned_minutes(people) * 60))
    if point.minutes is not None:
        return words.t("set by the author"), whole
    if point.form == "short":
        return words.t("short"), whole
    return f"3:30 + {people} x 0:40", whole


def warnings(table: Table, words: Words) -> tuple[str, ...]:
    """What deserves a thought before beginning, the most pressing first; nothing here stops anybody."""
    found: list[str] = []
    for place, seat in enumerate(table.seats):
        if seat.present:
            continue
        names = {seat.official.id}
        if all(other.official.pool != seat.official.pool for other in table.present):
            names.add(seat.official.pool)  # then nobody of the pool gets what is for it
        injects = [inject.id.upper() for inject in table.exercise.injects if not names.isdisjoint(inject.to)]
        official = seat.official.short
        if injects:
            found.append(
                _played(words, words.listing(injects), len(injects), official, table.partner(place) is not None)
            )
        elif seat.official.pool == "specialist":
            found.append(words.t("{official} is not there: you play that part yourself.", official=official))
    if (count := len(table.present)) > MOST_FUNCTIONS:
        found.append(words.t("{n} functions: more than {most} makes every round long.", n=count, most=MOST_FUNCTIONS))
    if note := table.exercise.content_note.strip():
        found.append(words.t("To say beforehand: {note}", note=clean_line(note)))
    return tuple(found)


def _played(words: Words, injects: str, count: int, official: str, can_swap: bool) -> str:
    text = words.tn(
        "{injects} is for {official}, who is not there: you play that part yourself",
        "{injects} are for {official}, who is not there: you play that part yourself",
        count,
        injects=injects,
        official=official,
    )
    return words.t("{warning}, or /w swaps.", warning=text) if can_swap else f"{text}."
