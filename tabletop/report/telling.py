"""What the summary and the reports both tell of a run, as blocks of a document: in words, and without names.

There is no name of a person in it unless names were asked for, nothing that somebody keeps to themselves, no count that
compares people; functions stand in the order of the exercise.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from tabletop.core import events as e
from tabletop.core import learning, timeline
from tabletop.core.clock import Moment
from tabletop.core.exercise import FeedbackPoint, Inject
from tabletop.core.names import Names
from tabletop.core.seats import Seat, seated
from tabletop.core.session import Point, Session
from tabletop.locale import Words
from tabletop.locale.codes import FIRST, GLYPHS, KEPT, TURNS, WHERE
from tabletop.report.document import Block, Bullets, Paragraph, Prose, Said, Strong

F = TypeVar("F", bound=e.Fact)


@dataclass(frozen=True, slots=True)
class Went:
    """A step of the storyline as it went."""

    name: str
    planned: datetime | None
    actual: datetime | None
    remark: str


class Telling:
    """A run and the words to tell it in; ``names`` are what is left out of whatever somebody typed."""

    def __init__(self, session: Session, words: Words, names: Names) -> None:
        self.session = session
        self.words = words
        self.events = tuple(event for event in session.events if event.n not in session.undone)
        self._names = names
        self.unsaid = texts_not_told(session)

    # --- names and words ---

    def all(self, kind: type[F]) -> Iterator[F]:
        """The events of a kind that were not undone."""
        return (event for event in self.events if isinstance(event, kind))

    def told(self) -> tuple[Point, ...]:
        return learning.told_points(self.session)

    def said(self, text: str) -> str:
        """What somebody typed during the run: without the names of the people who are at the table."""
        return self._names.left_out_of(text)

    def official(self, official_id: str | None) -> str:
        official = self.session.exercise.official(official_id) if official_id else None
        return official.name if official else official_id or ""

    def inject(self, inject_id: str) -> str:
        inject = self.session.find_inject(inject_id)
        if inject is None:
            return inject_id.upper()
        own = self.session.exercise.inject(inject_id) is None
        return f"{inject.id.upper()} {self.said(inject.name) if own else inject.name}"

    def step(self, step_id: str) -> str:
        step = next((one for one in self.session.exercise.steps if one.id == step_id), None)
        if isinstance(step, Inject):
            return self.inject(step_id)
        return self.stop(step.title if isinstance(step, FeedbackPoint) else "")

    def stop(self, title: str) -> str:
        """A feedback point, by its title."""
        return f"◆ {title.strip() or self.words.t('Feedback point')}"

    # --- what it was ---

    def when(self) -> str:
        words, session = self.words, self.session
        if session.started is None:
            return words.t("not begun")
        day = words.day(session.started)
        if session.ended is None:
            return words.t("{day}, from {begun}; not ended", day=day, begun=words.oclock(session.started))
        begun, ended = words.time(session.started), words.oclock(session.ended)
        return words.t("{day}, {begun} to {ended}", day=day, begun=begun, ended=ended)

    def people(self) -> list[str]:
        """The functions that were at the table, and when that was not from the beginning to the end."""
        seats = seated(self.session)
        known = [(one, seats[one.id]) for one in self.session.exercise.officials if one.id in seats]
        return [" ".join((self.function(one.id), *self._while(seat))) for one, seat in known]

    def function(self, official_id: str) -> str:
        """How whoever was at the table is called where they are listed."""
        return self.official(official_id)

    def _while(self, seat: Seat) -> list[str]:
        words = self.words
        since = [words.t("from {time}", time=words.oclock(seat.since))] if seat.since is not None else []
        until = [words.t("until {time}", time=words.oclock(seat.until))] if seat.until is not None else []
        return [f"({' '.join((*since, *until))})"] if since or until else []

    # --- what was said and decided ---

    def turned(self, point: Point) -> tuple[str, ...]:
        """A learning point with what to do with it: keep, or do differently."""
        glyph, turn = GLYPHS[point.turn], TURNS[point.turn]
        return (Strong(f"{glyph} {self.words.t(turn)}"), f": {self.said(point.text)}")

    def agreements(self) -> list[Block]:
        items: list[Said] = []
        for line in learning.agreed_lines(self.session):
            kept = self.words.t(KEPT[line.kept]) if line.kept else self.words.t("not asked")
            stop = f" ({line.title.strip()})" if line.title.strip() else ""
            note = f"; {self.said(line.note)}" if line.note else ""
            happened = self.words.t("Did it happen? {answer}", answer=kept)
            items.append(f"{self.said(line.text).strip().rstrip('.')}{stop}. {happened}{note}")
        return bullets(items)

    def action(self, action: e.ActionAgreed) -> str:
        """An action, with who does it by which day as far as that is known."""
        more = [part for part in (self.said(action.owner), self.day(action.due)) if part]
        return f"{self.said(action.text)} ({' · '.join(more)})" if more else self.said(action.text)

    def day(self, due: str) -> str:
        """A day as it stands in the log, in words; whatever else was written there as it is."""
        try:
            return self.words.day(date.fromisoformat(due))
        except ValueError:
            return self.said(due)

    def first_question(self) -> list[Block]:
        items: list[Said] = []
        for event in self.session.first.answers:
            because = f", {self.words.t('because')} {self.said(event.because)}" if event.because else ""
            items.append(f"{self.words.oclock(event.at)}: {self.words.t(FIRST[event.answer])}{because}")
        first = self.session.first
        if first.status == "reopened":
            items.append(self.words.t("Asked again, because something happened; after that no answer was recorded."))
        elif first.status == "open" and first.acted_before:
            items.append(self.words.t("Not recorded before acting began."))
        if not items:
            return []
        return [Paragraph(self.words.t("Should government do anything here at all?")), *bullets(items)]

    def dilemmas(self) -> list[Said]:
        """The ways out that the table took."""
        items: list[Said] = []
        for inject_id, chosen in self.session.choices.items():
            inject = self.session.find_inject(inject_id)
            choice = next((one.text for one in inject.choices if one.id == chosen.choice), "") if inject else ""
            text = (choice or chosen.choice).strip()
            if chosen.because:
                text = f"{text.rstrip('.')}, {self.words.t('because')} {self.said(chosen.because)}"
            items.append(f"{self.words.t('Dilemma')} {self.inject(inject_id)}: {text}")
        return items

    def where_decided(self) -> list[Block]:
        """How many decisions were taken where: in the field, the back office, the teams."""
        decisions = self.session.decisions
        if not len(decisions):
            return []
        counts = [
            f"{self.words.t(text)} {sum(decision.where == where for decision in decisions)}"
            for where, text in WHERE.items()
        ]
        unknown = sum(decision.where is None for decision in decisions)
        counts += [f"{self.words.t('not noted')} {unknown}"] if unknown else []
        return [Paragraph(self.words.t("Where it was decided: {counts}.", counts=" · ".join(counts)))]

    def used(self) -> list[Block]:
        return bullets([self.said(instrument) for instrument in self.session.used])

    # --- how it went ---

    def planned_head(self) -> tuple[str, ...]:
        words = self.words
        return (words.t("Step"), words.t("Planned"), words.t("Actual"), words.t("± minutes"), words.t("Remark"))

    def planned_and_actual(self) -> tuple[tuple[str, ...], ...]:
        """The rows of the table that says when each step was planned and when it came."""
        words, rows = self.words, []
        for line in self.storyline():
            drift = ""
            if line.planned is not None and line.actual is not None:
                minutes = round((line.actual - line.planned).total_seconds() / 60)
                drift = f"{minutes:+d}" if minutes else "0"
            planned, actual = (words.time(at) if at else "" for at in (line.planned, line.actual))
            rows.append((line.name, planned, actual, drift, line.remark))
        return tuple(rows)

    def storyline(self) -> list[Went]:
        """What was done, in the order in which it was; then what was not."""
        session, words = self.session, self.words
        if session.at is None:
            return []
        reasons = {event.inject: event.reason for event in self.all(e.InjectSkipped)}
        reasons |= {event.feedback: event.reason for event in self.all(e.FeedbackSkipped)}
        lines = []
        known = {step.id for step in session.exercise.storyline}
        for row in timeline.rows(session, Moment(session.at, session.clock)):
            if row.state == "waiting":  # the choice was another one, or was not made: nothing was missed
                continue
            remark = ""
            if row.state == "skipped":
                reason = self.said(reasons.get(row.step.id, "")).strip()
                remark = words.t("skipped: {reason}", reason=reason) if reason else words.t("skipped")
            elif row.actual is None:
                remark = words.t("not reached")
            elif row.step.id not in known:
                remark = words.t("put in")
            name = self.step(row.step.id) if row.step.id in known else self.inject(row.step.id)
            lines.append(Went(name, row.planned if row.step.id in known else None, row.actual, remark))
        lines += [
            Went(self.stop(held.title), None, held.opened, words.t("not planned"))
            for held in session.held
            if held.id not in known
        ]
        lines.sort(key=lambda line: line.actual.timestamp() if line.actual else math.inf)
        lines.append(Went(words.t("Debrief"), timeline.debrief_at(session), session.debrief_opened, ""))
        lines.append(Went(words.t("End"), session.hard_end, session.ended, ""))
        return [line for line in lines if line.planned or line.actual or line.remark]

    def basis(self) -> list[Block]:
        basis, language = self.session.exercise.basis, self.session.exercise.language
        blocks: list[Block] = [Prose(basis.text, language)] if basis.text.strip() else []
        if basis.not_known.strip():
            blocks += [Paragraph((Strong(self.words.t("What is not known")),)), Prose(basis.not_known, language)]
        if basis.sources:
            blocks += [Paragraph((Strong(self.words.t("Sources")),)), *bullets(basis.sources)]
        return blocks


def bullets(items: Iterable[Said]) -> list[Block]:
    """A list, or nothing where there is nothing to list."""
    found = tuple(items)
    return [Bullets(found)] if found else []


def names_at_table(session: Session) -> Names:
    """The names that were given for the people at the table, and the functions that stand in their place."""
    people = [*session.participants_at_start, *session.participants]
    named = [(person.name, session.label(person.official)) for person in people]
    entered = (event for event in session.events if isinstance(event, (e.ParticipantJoined, e.CallLogged)))
    return Names([*named, *((event.name, session.label(event.official)) for event in entered)])


def texts_not_told(session: Session) -> frozenset[str]:
    """What was said in private or taken back, because a question to the fingers or a thank-you may quote it."""
    told = {point.text for point in learning.told_points(session)}
    noted = {
        event.text
        for event in session.events
        if (
            isinstance(event, (e.LearningPointNoted, e.LearningPointRevised))
            or (isinstance(event, (e.Answered, e.DebriefAnswered, e.Observed)) and event.private)
        )
        and event.text
    }
    return frozenset(noted - told)
