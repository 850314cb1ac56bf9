"""The summary that is written at the end: one Markdown file beside the log, for the people who were at the table.

It is only to learn from. There is no name of a person in it, nothing that somebody keeps to themselves, no count that
compares people; functions stand in the order of the exercise. Notes that are neither a learning point, a decision nor
an informal contact stay in the log.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from tabletop.core import events as e
from tabletop.core import learning
from tabletop.core.seats import seated
from tabletop.core.session import Answer, Decision, Point, Session
from tabletop.locale import Words, mark
from tabletop.locale.codes import ASPECTS, GLYPHS, KINDS, LEVELS, TURNS, WHERE
from tabletop.report import calls
from tabletop.report.document import Block, Bullets, Document, Heading, Paragraph, Said, Strong, Table, sections
from tabletop.report.markdown import page
from tabletop.report.telling import Telling, bullets, names_at_table

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
    return page(document(session, words))


def document(session: Session, words: Words) -> Document:
    """Return the summary of a run, for any writer."""
    return _Paper(session, words).document()


class _Asked(NamedTuple):
    """A question of a feedback point."""

    feedback: str
    question: int
    text: str
    is_about_self_reliance: bool


class _Paper(Telling):
    """The sections, each a list of blocks; a section without anything to say is left out."""

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__(session, words, names_at_table(session))
        self._summary = learning.summary(session)

    def document(self) -> Document:
        parts: tuple[tuple[str, Callable[[], list[Block]]], ...] = (
            (mark("Calls"), self._calls),
            (mark("Learning points"), self._points),
            (mark("Still to be written out"), self._marks),
            (mark("Agreements"), self.agreements),
            (mark("Actions"), self._actions),
            (mark("First question"), self.first_question),
            (mark("Decisions"), self._decisions),
            (mark("Informal contacts"), self._contacts),
            (mark("Less self-reliant here"), self._less_self_reliant),
            (mark("Answers"), self._all_answers),
            (mark("Debrief"), self._debrief),
            (mark("Really used"), self.used),
            (mark("Thank you"), self._thanks),
            (mark("Rebuttals"), self._rebuttals),
            (mark("Fingers (0-5)"), self._fingers),
            (mark("Feedback points"), self._feedback_points),
            (mark("Planned and actual"), self._planned_and_actual),
            (mark("Time bought"), self._time_bought),
            (mark("Pauses"), self._pauses),
            (mark("What it was based on"), self.basis),
        )
        found = sections([(self.words.t(title), part()) for title, part in parts])
        return Document(self.session.exercise.title, self.words.language, (*self._opening(), *found))

    def _calls(self) -> list[Block]:
        return calls.section(self.session, self.words, self.said, self.official)

    def _opening(self) -> list[Block]:
        lines = [self.words.t("When: {when}", when=self.when())]
        if people := self.people():
            together = self.words.listing(people)
            is_table = self.session.exercise.call_out is None
            lines.append(
                self.words.t("At the table: {people}", people=together)
                if is_table
                else self.words.t("By telephone, took part: {people}", people=together)
            )
        purpose = self.words.t(
            "Only to learn from: nobody is marked or compared, and nothing here says how well somebody did."
        )
        told = self.words.t(
            "Names are left out, and so is what somebody keeps to themselves. The log beside this has the rest."
        )
        return [Bullets(tuple(lines)), Paragraph(f"{purpose} {told}")]

    # --- what was learned ---

    def _points(self) -> list[Block]:
        blocks: list[Block] = []
        seats = seated(self.session)
        told = {one.official: one for one in self._summary.told}
        everyone = [one.id for one in self.session.exercise.officials if one.id in seats or one.id in told]
        for official in (*everyone, *(one for one in told if one not in everyone)):
            seat = seats.get(official)
            points = told[official].points if official in told else ()
            if points or (seat is not None and seat.until is None):
                blocks += self._points_of(self.official(official), points)
        if self._summary.table:
            blocks += self._points_of(self.words.t("The whole table"), self._summary.table)
        if kept := learning.kept_to_oneself(self.session):
            said = self.words.tn(
                "{n} thing was kept to oneself at this table.", "{n} things were kept to oneself at this table.", kept
            )
            blocks.append(Paragraph(said))
        return blocks

    def _points_of(self, name: str, points: Iterable[Point]) -> list[Block]:
        lines = bullets(self._point(point) for point in points)
        return [Heading(3, name), *(lines or [Paragraph(self.words.t("No point noted."))])]

    def _point(self, point: Point) -> Said:
        about = [
            self.words.t(KINDS[point.kind]),
            self.words.t(LEVELS[point.level]),
            self.words.t(ASPECTS[point.aspect]),
        ]
        about += [self.inject(point.inject)] if point.inject else []
        objectives = (self.session.exercise.objective(objective) for objective in point.objectives)
        about += [objective.name for objective in objectives if objective is not None]
        about += [self.said(theme) for theme in point.themes]
        return (*self.turned(point), f" ({' · '.join(about)})")

    def _marks(self) -> list[Block]:
        found: list[Said] = []
        for point in self.session.open_points:
            if point.is_mark and not point.private:
                glyph, turn = GLYPHS[point.turn], TURNS[point.turn]
                where = [self.official(point.official) if point.official else self.words.t("The whole table")]
                where += [self.inject(point.inject)] if point.inject else []
                where.append(self.words.oclock(point.at))
                found.append((Strong(f"{glyph} {self.words.t(turn)}"), f": {' · '.join(where)}"))
        return bullets(found)

    def _actions(self) -> list[Block]:
        return bullets(self.action(action) for action in self._summary.actions)

    # --- what was decided ---

    def _decisions(self) -> list[Block]:
        made: list[Said] = [self._decision(decision) for decision in self._summary.decisions]
        return [*bullets([*made, *self.dilemmas()]), *self.where_decided()]

    def _decision(self, decision: Decision) -> str:
        about = [self.words.oclock(decision.at)]
        about += [self.inject(decision.inject)] if decision.inject else []
        about += [self.official(decision.official)] if decision.official else []
        about += [self.words.t(WHERE[decision.where])] if decision.where else []
        about += [self.words.t(WITHIN[decision.within])] if decision.within else []
        return f"{self.said(decision.text)} ({' · '.join(about)})"

    def _contacts(self) -> list[Block]:
        lines: list[Said] = []
        for event in self.all(e.Observed):
            if event.contact and not event.private:
                who = self.official(event.official) if event.official else self.words.t("somebody")
                with_whom = self.official(event.contact)
                lines.append(f"{self.words.oclock(event.at)} {who} ↔ {with_whom}: {self.said(event.text)}")
        return [Paragraph(self.words.t("How it really goes; never an error.")), *bullets(lines)] if lines else []

    def _less_self_reliant(self) -> list[Block]:
        asked = _asked(self.session, self.events)
        about = {(one.feedback, one.question) for one in asked if one.is_about_self_reliance}
        answers = [one for one in self.session.answers if (one.feedback, one.question) in about and not one.private]
        lines: list[Said] = [*self._answers(answers)]
        if shared := learning.overlap(answers):
            seen = (f"{one.word} ({len(one.officials)})" for one in shared)
            lines.append(f"{self.words.t('Named by more than one')}: {' · '.join(seen)}")
        blocks = bullets(lines)
        if self.session.groups:
            groups = self.words.listing([self.said(group).strip() for group in self.session.groups])
            blocks.append(Paragraph(f"{self.words.t('Agreed at the table')}: {groups}"))
        return blocks

    def _answers(self, answers: Iterable[Answer]) -> Iterator[Said]:
        for answer in answers:
            who = self.official(answer.official) if answer.official else self.words.t("The whole table")
            yield f"{who}: {self.said(answer.text)}"

    def _all_answers(self) -> list[Block]:
        """Return the answers to every other question of the feedback points, each under its question."""
        questions = {(one.feedback, one.question): one for one in _asked(self.session, self.events)}
        titles = {held.id: held.title for held in self.session.held}
        given: dict[str, dict[int, list[Answer]]] = {}
        for answer in self.session.answers:
            asked = questions.get((answer.feedback, answer.question))
            if not answer.private and not (asked is not None and asked.is_about_self_reliance):
                given.setdefault(answer.feedback, {}).setdefault(answer.question, []).append(answer)
        blocks: list[Block] = []
        for feedback, answered in given.items():
            point = self.session.exercise.feedback_point(feedback)
            title = point.title if point is not None else titles.get(feedback, "")
            blocks.append(Heading(3, title.strip() or self.words.t("Feedback point")))
            for number in sorted(answered):
                asked = questions.get((feedback, number))
                # A stop that carries no questions asks this one by itself.
                question = asked.text if asked else self.words.t("What do you see? What would you do differently?")
                blocks += [Paragraph((Strong(question),)), *bullets(self._answers(answered[number]))]
        return blocks

    def _debrief(self) -> list[Block]:
        answers = [answer for answer in self.session.debrief_answers if not answer.private]
        questions = self.session.debrief_questions
        blocks: list[Block] = []
        for number in sorted({answer.question for answer in answers}):
            if number <= len(questions):
                blocks.append(Heading(3, questions[number - 1]))
            blocks += bullets(self._answers(answer for answer in answers if answer.question == number))
        return blocks

    def _thanks(self) -> list[Block]:
        """The thank-yous that were approved, in the order of the exercise."""
        thanks = self.session.thanks
        given = [one.id for one in self.session.exercise.officials if one.id in thanks]
        return bullets(
            f"{self.official(one)}: “{self.said(thanks[one])}”"
            for one in given
            if thanks[one] not in self.unsaid | {""}
        )

    def _fingers(self) -> list[Block]:
        rows = []
        for fingers in self.session.counted:
            question = fingers.question
            if fingers.point is not None:
                question = next((point.text for point in self.told() if point.id == fingers.point), "")
            elif question in self.unsaid:
                question = ""
            else:  # what stood on the wall where nobody wrote a question
                question = question or self.words.t("How sure are we?")
            rows.append((self.said(question).strip() or "–", *(str(fingers.counted.count(n)) for n in range(6))))
        if not rows:
            return []
        head = (self.words.t("Question"), *map(str, range(6)))
        return [Paragraph(self.words.t("How many showed so many fingers.")), Table(head, tuple(rows))]

    def _rebuttals(self) -> list[Block]:
        """Who answered what within a minute, and how many fingers the table showed after it."""
        lines: list[Said] = []
        for rebuttal in self.session.rebuttals:
            who = self.official(rebuttal.official) if rebuttal.official else self.words.t("The whole table")
            counts = [(n, rebuttal.counted.count(n)) for n in range(6)]
            shown = " · ".join(f"{count}× {n}" for n, count in counts if count)
            fingers = self.words.t("fingers: {counts}", counts=shown) if shown else self.words.t("no fingers counted")
            at = self.words.oclock(rebuttal.at)
            lines.append(f"{who} ({at} · {self.inject(rebuttal.inject)} · {fingers})")
        return bullets(lines)

    # --- how it went ---

    def _feedback_points(self) -> list[Block]:
        session, words = self.session, self.words
        lines: list[Said] = []
        for held in session.held:
            point = session.exercise.feedback_point(held.id)
            took = words.t("{minutes} min", minutes=words.number(held.minutes))
            if point is not None:
                planned = words.number(point.planned_minutes(len(session.participants)))
                took = words.t("{took}, planned {planned} min", took=took, planned=planned)
            about = [words.oclock(held.opened), took, words.t(OUTCOMES[held.outcome])]
            about += [] if held.planned else [words.t("not planned")]
            about += [words.t("short form")] if held.form != "full" else []
            lines.append(f"{held.title.strip() or words.t('Feedback point')} ({' · '.join(about)})")
        for postponed in self.all(e.FeedbackPostponed):
            at = words.oclock(postponed.at)
            lines.append(f"{self.step(postponed.feedback)} ({words.t('put off at {time}', time=at)})")
        for skipped in self.all(e.FeedbackSkipped):
            at, reason = words.oclock(skipped.at), self.said(skipped.reason) or "–"
            remark = words.t("skipped at {time}: {reason}", time=at, reason=reason)
            lines.append(f"{self.step(skipped.feedback)} ({remark})")
        return bullets(lines)

    def _planned_and_actual(self) -> list[Block]:
        rows = self.planned_and_actual()
        return [Table(self.planned_head(), rows)] if rows else []

    def _time_bought(self) -> list[Block]:
        lines: list[Said] = []
        for event in self.all(e.TimeBought):
            who = self.official(event.official) if event.official else self.words.t("The whole table")
            long = self.words.t("{minutes} min", minutes=self.words.number(event.minutes))
            lines.append(f"{who} ({self.words.oclock(event.at)} · {long})")
        return bullets(lines)

    def _pauses(self) -> list[Block]:
        lines: list[Said] = []
        since: datetime | None = None
        kind = ""
        for event in self.events:
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
        return bullets(lines)

    def _pause(self, kind: str, since: datetime, until: datetime | None) -> str:
        words = self.words
        times = words.time(since) if until is None else f"{words.time(since)} – {words.time(until)}"
        return f"{words.t(kind)} ({times})"


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
