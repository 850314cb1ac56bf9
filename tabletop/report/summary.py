"""The summary that is written at the end: one Markdown file beside the log, for the people who were at the table.

It is only to learn from. There is no name of a person in it, nothing that somebody keeps to themselves, no count that
compares people; functions stand in the order of the exercise. Notes that are neither a learning point, a decision nor
an informal contact stay in the log.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

from tabletop.core import events as e
from tabletop.core import learning, timeline
from tabletop.core.clock import Moment
from tabletop.core.exercise import FeedbackPoint, Inject
from tabletop.core.names import Names
from tabletop.core.seats import Seat, seated
from tabletop.core.session import Answer, Decision, Point, Session
from tabletop.locale import Words, mark
from tabletop.report import calls
from tabletop.report.markdown import inline, paragraphs, table

F = TypeVar("F", bound=e.Fact)

TURNS: Final[Mapping[e.Turn, tuple[str, str]]] = {"keep": ("+", mark("keep")), "change": ("Δ", mark("do differently"))}
KINDS: Final[Mapping[e.PointKind, str]] = {
    "observation": mark("observation"),
    "question": mark("question"),
    "practice": mark("practice"),
    "proposal": mark("proposal"),
}
LEVELS: Final[Mapping[e.Level, str]] = {
    "individual": mark("for the person"),
    "organisation": mark("for the organisation"),
    "both": mark("for both"),
}
ASPECTS: Final[Mapping[e.Aspect, str]] = {"process": mark("process"), "effect": mark("effect")}
FIRST: Final[Mapping[e.FirstAnswer, str]] = {"yes": mark("yes"), "no": mark("no"), "not-yet": mark("not yet")}
KEPT: Final[Mapping[e.Kept, str]] = {
    "yes": mark("yes"),
    "partly": mark("partly"),
    "no": mark("no"),
    "not-discussed": mark("not discussed"),
}
WHERE: Final[Mapping[e.Where, str]] = {
    "field": mark("in the field (CoPI)"),
    "back-office": mark("in the back office"),
    "operational-team": mark("in the operational team (ROT)"),
    "policy-team": mark("in the policy team (BT)"),
}
WITHIN: Final[Mapping[e.Within, str]] = {"yes": mark("within mandate"), "no": mark("outside mandate")}
PAUSES: Final[Mapping[e.PauseKind, str]] = {
    "time-out": mark("time-out"),
    "break": mark("break"),
    "real-incident": mark("real incident"),
}
OUTCOMES: Final[Mapping[e.Outcome, str]] = {
    "agreed": mark("with an agreed line"),
    "discussed": mark("discussed, nothing written"),
}


def markdown(session: Session, words: Words) -> str:
    """Return the summary of a run as Markdown. It may be asked for at any moment, of a run that never began too."""
    return _Paper(session, words).text()


@dataclass(frozen=True, slots=True)
class _Line:
    """A step of the storyline as it went."""

    name: str
    planned: datetime | None
    actual: datetime | None
    remark: str


class _Asked(NamedTuple):
    """A question of a feedback point."""

    feedback: str
    question: int
    text: str
    is_about_self_reliance: bool


class _Paper:
    """The sections, each a list of lines; a section without anything to say is left out."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._words = words
        self._events = tuple(event for event in session.events if event.n not in session.undone)
        self._names = _names(session)
        self._summary = learning.summary(session)
        self._unsaid = _texts_not_told(session)

    def text(self) -> str:
        sections: tuple[tuple[str, Callable[[], list[str]]], ...] = (
            (mark("Calls"), self._calls),
            (mark("Learning points"), self._points),
            (mark("Still to be written out"), self._marks),
            (mark("Agreements"), self._agreements),
            (mark("Actions"), self._actions),
            (mark("First question"), self._first_question),
            (mark("Decisions"), self._decisions),
            (mark("Informal contacts"), self._contacts),
            (mark("Less self-reliant here"), self._less_self_reliant),
            (mark("Answers"), self._all_answers),
            (mark("Debrief"), self._debrief),
            (mark("Really used"), self._used),
            (mark("Thank you"), self._thanks),
            (mark("Rebuttals"), self._rebuttals),
            (mark("Fingers (0-5)"), self._fingers),
            (mark("Feedback points"), self._feedback_points),
            (mark("Planned and actual"), self._planned_and_actual),
            (mark("Time bought"), self._time_bought),
            (mark("Pauses"), self._pauses),
            (mark("What it was based on"), self._basis),
        )
        lines = [f"# {inline(self._session.exercise.title)}", "", *self._opening()]
        for title, section in sections:
            if found := section():
                lines += [f"## {self._words.t(title)}", "", *found]
                if found[-1]:
                    lines.append("")
        return "\n".join(lines)

    def _calls(self) -> list[str]:
        return calls.section(self._session, self._words, self._said, self._official)

    # --- what it was ---

    def _opening(self) -> list[str]:
        lines = [f"- {self._words.t('When: {when}', when=self._when())}"]
        if people := self._people():
            together = self._words.listing(people)
            is_table = self._session.exercise.call_out is None
            lines.append(
                f"- {self._words.t('At the table: {people}', people=together)}"
                if is_table
                else f"- {self._words.t('By telephone, took part: {people}', people=together)}"
            )
        purpose = self._words.t(
            "Only to learn from: nobody is marked or compared, and nothing here says how well somebody did."
        )
        told = self._words.t(
            "Names are left out, and so is what somebody keeps to themselves. The log beside this has the rest."
        )
        return [*lines, "", purpose, told, ""]

    def _when(self) -> str:
        words, session = self._words, self._session
        if session.started is None:
            return words.t("not begun")
        day = words.day(session.started)
        if session.ended is None:
            return words.t("{day}, from {begun}; not ended", day=day, begun=words.oclock(session.started))
        begun, ended = words.time(session.started), words.oclock(session.ended)
        return words.t("{day}, {begun} to {ended}", day=day, begun=begun, ended=ended)

    def _people(self) -> list[str]:
        seats = seated(self._session)
        known = [(one.name, seats[one.id]) for one in self._session.exercise.officials if one.id in seats]
        return [" ".join((inline(name), *self._while(seat))) for name, seat in known]

    def _while(self, seat: Seat) -> list[str]:
        """When somebody was there, where that was not from the beginning to the end."""
        words = self._words
        since = [words.t("from {time}", time=words.oclock(seat.since))] if seat.since is not None else []
        until = [words.t("until {time}", time=words.oclock(seat.until))] if seat.until is not None else []
        return [f"({' '.join((*since, *until))})"] if since or until else []

    # --- what was learned ---

    def _points(self) -> list[str]:
        lines: list[str] = []
        seats = seated(self._session)
        told = {one.official: one for one in self._summary.told}
        everyone = [one.id for one in self._session.exercise.officials if one.id in seats or one.id in told]
        for official in (*everyone, *(one for one in told if one not in everyone)):
            seat = seats.get(official)
            points = told[official].points if official in told else ()
            if points or (seat is not None and seat.until is None):
                lines += self._points_of(self._official(official), points)
        if self._summary.table:
            lines += self._points_of(self._words.t("The whole table"), self._summary.table)
        if kept := learning.kept_to_oneself(self._session):
            said = self._words.tn(
                "{n} thing was kept to oneself at this table.", "{n} things were kept to oneself at this table.", kept
            )
            lines += [said, ""]
        return lines

    def _points_of(self, name: str, points: Iterable[Point]) -> list[str]:
        lines = [f"- {self._point(point)}" for point in points]
        return [f"### {name}", "", *(lines or [self._words.t("No point noted.")]), ""]

    def _point(self, point: Point) -> str:
        glyph, turn = TURNS[point.turn]
        about = [
            self._words.t(KINDS[point.kind]),
            self._words.t(LEVELS[point.level]),
            self._words.t(ASPECTS[point.aspect]),
        ]
        about += [self._inject(point.inject)] if point.inject else []
        objectives = (self._session.exercise.objective(objective) for objective in point.objectives)
        about += [inline(objective.name) for objective in objectives if objective is not None]
        about += [self._said(theme) for theme in point.themes]
        return f"**{glyph} {self._words.t(turn)}**: {self._said(point.text)} ({' · '.join(about)})"

    def _marks(self) -> list[str]:
        found: list[str] = []
        for point in self._session.open_points:
            if point.is_mark and not point.private:
                glyph, turn = TURNS[point.turn]
                where = [self._official(point.official) if point.official else self._words.t("The whole table")]
                where += [self._inject(point.inject)] if point.inject else []
                where.append(self._words.oclock(point.at))
                found.append(f"- **{glyph} {self._words.t(turn)}**: {' · '.join(where)}")
        return found

    def _agreements(self) -> list[str]:
        lines = []
        for line in self._summary.agreements:
            kept = self._words.t(KEPT[line.kept]) if line.kept else self._words.t("not asked")
            stop = f" ({inline(line.title)})" if line.title else ""
            note = f"; {self._said(line.note)}" if line.note else ""
            lines.append(
                f"- {self._said(line.text).rstrip('.')}{stop}. "
                f"{self._words.t('Did it happen? {answer}', answer=kept)}{note}"
            )
        return lines

    def _actions(self) -> list[str]:
        lines = []
        for action in self._summary.actions:
            more = [self._said(part) for part in (action.owner, action.due) if part]
            about = f" ({' · '.join(more)})" if more else ""
            lines.append(f"- {self._said(action.text)}{about}")
        return lines

    # --- what was decided ---

    def _first_question(self) -> list[str]:
        lines = []
        for event in self._session.first.answers:
            because = f", {self._words.t('because')} {self._said(event.because)}" if event.because else ""
            lines.append(f"- {self._words.oclock(event.at)}: {self._words.t(FIRST[event.answer])}{because}")
        first = self._session.first
        if first.status == "reopened":
            lines.append(
                f"- {self._words.t('Asked again, because something happened; after that no answer was recorded.')}"
            )
        elif first.status == "open" and first.acted_before:
            lines.append(f"- {self._words.t('Not recorded before acting began.')}")
        if lines:
            question = self._words.t("Should government do anything here at all?")
            lines = [question, "", *lines]
        return lines

    def _decisions(self) -> list[str]:
        lines = [self._decision(decision) for decision in self._summary.decisions]
        for inject_id, chosen in self._session.choices.items():
            inject = self._session.find_inject(inject_id)
            choice = next((one.text for one in inject.choices if one.id == chosen.choice), "") if inject else ""
            text = inline(choice or chosen.choice)
            if chosen.because:
                text = f"{text.rstrip('.')}, {self._words.t('because')} {self._said(chosen.because)}"
            lines.append(f"- {self._words.t('Dilemma')} {self._inject(inject_id)}: {text}")
        if self._summary.decisions:
            counts = [
                f"{self._words.t(text)} {sum(decision.where == where for decision in self._summary.decisions)}"
                for where, text in WHERE.items()
            ]
            unknown = sum(decision.where is None for decision in self._summary.decisions)
            counts += [f"{self._words.t('not noted')} {unknown}"] if unknown else []
            lines += ["", self._words.t("Where it was decided: {counts}.", counts=" · ".join(counts))]
        return lines

    def _decision(self, decision: Decision) -> str:
        about = [self._words.oclock(decision.at)]
        about += [self._inject(decision.inject)] if decision.inject else []
        about += [self._official(decision.official)] if decision.official else []
        about += [self._words.t(WHERE[decision.where])] if decision.where else []
        about += [self._words.t(WITHIN[decision.within])] if decision.within else []
        return f"- {self._said(decision.text)} ({' · '.join(about)})"

    def _contacts(self) -> list[str]:
        found = [event for event in self._all(e.Observed) if event.contact and not event.private]
        lines = []
        for event in found:
            who = self._official(event.official) if event.official else self._words.t("somebody")
            with_whom = self._official(event.contact or "")
            lines.append(f"- {self._words.oclock(event.at)} {who} ↔ {with_whom}: {self._said(event.text)}")
        if lines:
            lines = [self._words.t("How it really goes; never an error."), "", *lines]
        return lines

    def _less_self_reliant(self) -> list[str]:
        asked = _asked(self._session, self._events)
        about = {(one.feedback, one.question) for one in asked if one.is_about_self_reliance}
        answers = [one for one in self._session.answers if (one.feedback, one.question) in about and not one.private]
        lines = self._answers(answers)
        if shared := learning.overlap(answers):
            seen = (f"{inline(one.word)} ({len(one.officials)})" for one in shared)
            lines.append(f"- {self._words.t('Named by more than one')}: {' · '.join(seen)}")
        if self._session.groups:
            groups = self._words.listing([self._said(group) for group in self._session.groups])
            lines += ["", f"{self._words.t('Agreed at the table')}: {groups}"]
        return lines

    def _answers(self, answers: Iterable[Answer]) -> list[str]:
        lines = []
        for answer in answers:
            who = self._official(answer.official) if answer.official else self._words.t("The whole table")
            lines.append(f"- {who}: {self._said(answer.text)}")
        return lines

    def _all_answers(self) -> list[str]:
        """Return the answers to every other question of the feedback points, each under its question."""
        questions = {(one.feedback, one.question): one for one in _asked(self._session, self._events)}
        titles = {held.id: held.title for held in self._session.held}
        given: dict[str, dict[int, list[Answer]]] = {}
        for answer in self._session.answers:
            asked = questions.get((answer.feedback, answer.question))
            if not answer.private and not (asked is not None and asked.is_about_self_reliance):
                given.setdefault(answer.feedback, {}).setdefault(answer.question, []).append(answer)
        lines: list[str] = []
        for feedback, answered in given.items():
            point = self._session.exercise.feedback_point(feedback)
            title = point.title if point is not None else titles.get(feedback, "")
            lines += [f"### {inline(title) or self._words.t('Feedback point')}", ""]
            for number in sorted(answered):
                asked = questions.get((feedback, number))
                # A stop that carries no questions asks this one by itself.
                question = asked.text if asked else self._words.t("What do you see? What would you do differently?")
                lines += [f"**{inline(question)}**", "", *self._answers(answered[number]), ""]
        return lines

    def _debrief(self) -> list[str]:
        answers = [answer for answer in self._session.debrief_answers if not answer.private]
        questions = self._session.debrief_questions
        lines: list[str] = []
        for number in sorted({answer.question for answer in answers}):
            if number <= len(questions):
                lines += [f"### {inline(questions[number - 1])}", ""]
            lines += [*self._answers(answer for answer in answers if answer.question == number), ""]
        return lines

    def _used(self) -> list[str]:
        return [f"- {self._said(instrument)}" for instrument in self._summary.used]

    def _thanks(self) -> list[str]:
        """The thank-yous that were approved, in the order of the exercise."""
        thanks = self._session.thanks
        given = [one.id for one in self._session.exercise.officials if one.id in thanks]
        return [f"- {self._official(one)}: “{self._said(thanks[one])}”" for one in given if thanks[one]]

    def _fingers(self) -> list[str]:
        rows = []
        for fingers in self._session.counted:
            question = fingers.question
            if fingers.point is not None:
                question = next((point.text for point in self._told() if point.id == fingers.point), "")
            elif question in self._unsaid:
                question = ""
            else:  # what stood on the wall where nobody wrote a question
                question = question or self._words.t("How sure are we?")
            rows.append([self._said(question) or "–", *(str(fingers.counted.count(n)) for n in range(6))])
        if not rows:
            return []
        head = [self._words.t("Question"), *map(str, range(6))]
        return [self._words.t("How many showed so many fingers."), "", *table(head, rows)]

    def _rebuttals(self) -> list[str]:
        """Who answered what within a minute, and how many fingers the table showed after it."""
        lines = []
        for rebuttal in self._session.rebuttals:
            who = self._official(rebuttal.official) if rebuttal.official else self._words.t("The whole table")
            counts = [(n, rebuttal.counted.count(n)) for n in range(6)]
            shown = " · ".join(f"{count}× {n}" for n, count in counts if count)
            fingers = self._words.t("fingers: {counts}", counts=shown) if shown else self._words.t("no fingers counted")
            at = self._words.oclock(rebuttal.at)
            lines.append(f"- {who} ({at} · {self._inject(rebuttal.inject)} · {fingers})")
        return lines

    # --- how it went ---

    def _feedback_points(self) -> list[str]:
        session, words = self._session, self._words
        lines = []
        for held in session.held:
            point = session.exercise.feedback_point(held.id)
            took = words.t("{minutes} min", minutes=words.number(held.minutes))
            if point is not None:
                planned = words.number(point.planned_minutes(len(session.participants)))
                took = words.t("{took}, planned {planned} min", took=took, planned=planned)
            about = [words.oclock(held.opened), took, words.t(OUTCOMES[held.outcome])]
            about += [] if held.planned else [words.t("not planned")]
            about += [words.t("short form")] if held.form != "full" else []
            lines.append(f"- {inline(held.title) or words.t('Feedback point')} ({' · '.join(about)})")
        for postponed in self._all(e.FeedbackPostponed):
            at = words.oclock(postponed.at)
            lines.append(f"- {self._step(postponed.feedback)} ({words.t('put off at {time}', time=at)})")
        for skipped in self._all(e.FeedbackSkipped):
            at, reason = words.oclock(skipped.at), self._said(skipped.reason) or "–"
            remark = words.t("skipped at {time}: {reason}", time=at, reason=reason)
            lines.append(f"- {self._step(skipped.feedback)} ({remark})")
        return lines

    def _planned_and_actual(self) -> list[str]:
        words, rows = self._words, []
        for line in self._storyline():
            drift = ""
            if line.planned is not None and line.actual is not None:
                minutes = round((line.actual - line.planned).total_seconds() / 60)
                drift = f"{minutes:+d}" if minutes else "0"
            planned, actual = (words.time(at) if at else "" for at in (line.planned, line.actual))
            rows.append([line.name, planned, actual, drift, line.remark])
        if not rows:
            return []
        head = [words.t("Step"), words.t("Planned"), words.t("Actual"), words.t("± minutes"), words.t("Remark")]
        return table(head, rows)

    def _storyline(self) -> list[_Line]:
        """What was done, in the order in which it was; then what was not."""
        session, words = self._session, self._words
        if session.at is None:
            return []
        reasons = {event.inject: event.reason for event in self._all(e.InjectSkipped)}
        reasons |= {event.feedback: event.reason for event in self._all(e.FeedbackSkipped)}
        lines = []
        known = {step.id for step in session.exercise.storyline}
        for row in timeline.rows(session, Moment(session.at, session.clock)):
            if row.state == "waiting":  # the choice was another one, or was not made: nothing was missed
                continue
            remark = ""
            if row.state == "skipped":
                reason = self._said(reasons.get(row.step.id, ""))
                remark = words.t("skipped: {reason}", reason=reason) if reason else words.t("skipped")
            elif row.actual is None:
                remark = words.t("not reached")
            elif row.step.id not in known:
                remark = words.t("put in")
            name = self._step(row.step.id) if row.step.id in known else self._inject(row.step.id)
            lines.append(_Line(name, row.planned if row.step.id in known else None, row.actual, remark))
        for held in session.held:
            if held.id not in known:
                name = f"◆ {inline(held.title) or words.t('Feedback point')}"
                lines.append(_Line(name, None, held.opened, words.t("not planned")))
        lines.sort(key=lambda line: line.actual.timestamp() if line.actual else math.inf)
        lines.append(_Line(words.t("Debrief"), timeline.debrief_at(session), session.debrief_opened, ""))
        lines.append(_Line(words.t("End"), session.hard_end, session.ended, ""))
        return [line for line in lines if line.planned or line.actual or line.remark]

    def _time_bought(self) -> list[str]:
        lines = []
        for event in self._all(e.TimeBought):
            who = self._official(event.official) if event.official else self._words.t("The whole table")
            long = self._words.t("{minutes} min", minutes=self._words.number(event.minutes))
            lines.append(f"- {who} ({self._words.oclock(event.at)} · {long})")
        return lines

    def _pauses(self) -> list[str]:
        lines: list[str] = []
        since: datetime | None = None
        kind = ""
        for event in self._events:
            if isinstance(event, (e.Paused, e.SessionLeft, e.SessionContinued)) and since is None:
                since = event.at
                kind = PAUSES[event.kind] if isinstance(event, e.Paused) else mark("stopped, and gone on with later")
            elif isinstance(event, e.Paused):
                kind = PAUSES[event.kind]
            elif isinstance(event, (e.Resumed, e.SessionEnded)) and since is not None:
                lines.append(self._pause(kind, since, event.at))
                since = None
        if since is not None:
            lines.append(self._pause(kind, since, None))
        return lines

    def _pause(self, kind: str, since: datetime, until: datetime | None) -> str:
        words = self._words
        times = words.time(since) if until is None else f"{words.time(since)} – {words.time(until)}"
        return f"- {words.t(kind)} ({times})"

    def _basis(self) -> list[str]:
        basis = self._session.exercise.basis
        lines = paragraphs(basis.text)
        if basis.not_known:
            lines += [f"**{self._words.t('What is not known')}**", "", *paragraphs(basis.not_known)]
        if basis.sources:
            lines += [f"**{self._words.t('Sources')}**", "", *(f"- {inline(source)}" for source in basis.sources)]
        return lines

    # --- names and words ---

    def _all(self, kind: type[F]) -> Iterator[F]:
        """The events of a kind that were not undone."""
        return (event for event in self._events if isinstance(event, kind))

    def _told(self) -> tuple[Point, ...]:
        return learning.told_points(self._session)

    def _said(self, text: str) -> str:
        """What somebody typed during the run: without the names of the people who are at the table."""
        return inline(self._names.left_out_of(text))

    def _official(self, official_id: str | None) -> str:
        official = self._session.exercise.official(official_id) if official_id else None
        return inline(official.name if official else official_id or "")

    def _inject(self, inject_id: str) -> str:
        inject = self._session.find_inject(inject_id)
        if inject is None:
            return inline(inject_id.upper())
        own = self._session.exercise.inject(inject_id) is None
        return f"{inline(inject.id.upper())} {self._said(inject.name) if own else inline(inject.name)}"

    def _step(self, step_id: str) -> str:
        step = next((one for one in self._session.exercise.steps if one.id == step_id), None)
        if isinstance(step, Inject):
            return self._inject(step_id)
        title = step.title if isinstance(step, FeedbackPoint) else ""
        return f"◆ {inline(title) or self._words.t('Feedback point')}"


def _names(session: Session) -> Names:
    """The names that were given for the people at the table, and the functions that stand in their place."""
    people = [*session.participants_at_start, *session.participants]
    named = [(person.name, session.label(person.official)) for person in people]
    entered = (event for event in session.events if isinstance(event, (e.ParticipantJoined, e.CallLogged)))
    return Names([*named, *((event.name, session.label(event.official)) for event in entered)])


def _asked(session: Session, events: Iterable[e.Event]) -> Iterator[_Asked]:
    """Every question that a feedback point asked; those of an unplanned one are in the log."""
    for point in session.exercise.feedback_points:
        for number, question in enumerate(point.questions, start=1):
            yield _Asked(point.id, number, question.text, question.about == "less-self-reliant")
    for event in events:
        if isinstance(event, e.FeedbackOpened) and not event.planned:
            about = (*event.about, *[None] * len(event.questions))
            for number, (text, kind) in enumerate(zip(event.questions, about, strict=False), start=1):
                yield _Asked(event.feedback, number, text, kind == "less-self-reliant")


def _texts_not_told(session: Session) -> frozenset[str]:
    """What was said in private or taken back, because a question to the fingers may quote it."""
    told = {point.text for point in learning.told_points(session)}
    noted = {
        event.text
        for event in session.events
        if isinstance(event, (e.LearningPointNoted, e.LearningPointRevised)) and event.text
    }
    return frozenset(noted - told)
