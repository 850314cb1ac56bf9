"""The impression report: one or two pages on a run, for the group, the organisation, the region or one official.

It is in the style of the report of the work session that the program is built on: good questions with the practices and
proposals that answer them, quotes without names, what is kept and what is done differently. A section without anything
in it is left out, and a long list is cut with a sentence that says how much more the log has.

A learning point stands in one place: a question, practice or proposal under the questions; an observation that was put
between quotation marks, or is about the organisation and to be kept, among the quotes; one about the organisation that
is to be done differently among its signals; any other under the function that learned it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tabletop.core import calling, learning, review
from tabletop.core import events as e
from tabletop.core.exercise import DebriefAbout
from tabletop.core.names import LEFT_OUT, Names, is_function, names_in, organisations_in
from tabletop.core.seats import changed_hands, person_minutes, seated
from tabletop.core.session import Decision, Point, Session
from tabletop.locale import Language, Words, mark
from tabletop.locale.codes import KINDS, TURNS, WHERE
from tabletop.locale.survey import QUESTIONS as SURVEY
from tabletop.report import calls
from tabletop.report import document as d
from tabletop.report.audience import Kind, Reader, is_of_organisation, own_private_points, points_for
from tabletop.report.played import played
from tabletop.report.telling import Telling, bullets

LONGEST: Final = 280
"""The most characters of a text in the report; the log has all of it."""
MOST_SIGNALS: Final = 3
"""Points about the organisation that count: where everything is important, nothing is."""
_MOST: Final = 5
_MOST_OF_ONE: Final = 3
"""Of the points of one function, and of the answers to one question."""
_QUOTED: Final = {'"': '"', "“": "”", "„": "”", "‘": "’", "'": "'", "«": "»"}
_FOR: Final[dict[Kind, str]] = {
    "group": mark("the group"),
    "organisation": mark("the organisation"),
    "region": mark("the region"),
}


def impression(
    head: e.Head, events: Sequence[e.Event], words: Words, reader: Reader, *, names: bool = False
) -> d.Document:
    """Return the report of a run, as it is known by now; ``names`` lets the names in that were entered."""
    left_out = names_for(head, events, reader, names=names)
    shown = names and reader.kind != "region"
    return _Report(head, review.looked_back(head, events), words, reader, left_out, names=shown).document()


def names_for(head: e.Head, events: Sequence[e.Event], reader: Reader, *, names: bool) -> Names:
    """What a reader does not get to read: names, unless they were asked for; for a region what the group is called."""
    if reader.kind == "region":
        return names_in(head, events, organisations_in(head, events))
    return Names(()) if names else names_in(head, events)


class _Report(Telling):
    """The sections, each a list of blocks, empty where it does not belong to the reader or has nothing to say."""

    def __init__(
        self, head: e.Head, session: Session, words: Words, reader: Reader, left_out: Names, *, names: bool
    ) -> None:
        super().__init__(session, words, left_out)
        self._head = head
        self._reader = reader
        self._has_names = names
        self._points = points_for(session, reader)
        self._quotes = tuple(point for point in self._points if _is_quote(point))
        self._signals = tuple(
            point for point in self._points
            if point.kind == "observation" and is_of_organisation(point) and point not in self._quotes
        )  # fmt: skip

    def document(self) -> d.Document:
        parts: tuple[tuple[str, Callable[[], list[d.Block]]], ...] = (
            (mark("Your learning points"), self._own),
            (mark("Only for you"), self._only_for_you),
            (mark("Thank you"), self._thanks),
            (mark("Purpose"), self._purpose),
            (mark("The incident"), self._happened),
            (mark("Calls"), self._calls),
            (mark("The storyline as played"), self._storyline),
            (mark("First impression"), self._first_impression),
            (mark("Good questions, practices and proposals"), self._questions),
            (mark("Heard at the table"), self._heard),
            (mark("Learning points: process beside effect"), self._learned),
            (mark("Agreements"), self._agreed),
            (mark("Effect for residents"), self._effect),
            (mark("Where decisions were taken"), self._decisions),
            (mark("Really used"), self._used),
            (mark("Signals for the organisation"), self._signalled),
            (mark("Actions"), self._actions),
            (mark("What it asked of people"), self._asked),
            (mark("Looking back"), self._comments),
            (mark("What really happened"), self._reveal),
        )
        found = d.sections([(self.words.t(title), part()) for title, part in parts])
        title = self.words.t("Impression report: {title}", title=self.session.exercise.title)
        return d.Document(title, self.words.language, (*self._opening(), *found, *self._closing()))

    def _is_for(self, *kinds: Kind) -> bool:
        return self._reader.kind in kinds

    # --- what it was ---

    def _opening(self) -> list[d.Block]:
        words = self.words
        began = self.session.started
        when = words.day(began) if self._head.incident and began is not None else self.when()
        rows: list[tuple[str, d.Said]] = [(words.t("When"), when)]
        if self._head.group and not self._is_for("region"):
            rows.append((words.t("Group"), self.said(self._head.group)))
        if people := self.people():
            is_table = self.session.exercise.call_out is None
            rows.append((words.t("At the table") if is_table else words.t("Took part"), words.listing(people)))
        if self._head.incident and not self._is_for("region"):
            rows.append((words.t("Known from"), self.said(self._head.incident)))
        if self._is_for("region") and (themes := self._all_themes()):
            rows.append((words.t("Themes"), themes))
        kind = self._reader.kind
        rows.append(
            (words.t("For"), self.official(self._reader.official) if kind == "official" else words.t(_FOR[kind]))
        )
        learn = words.t(
            "Only to learn from: nobody is marked or compared, and nothing here says how well somebody did."
        )
        return [d.Facts(tuple(rows)), d.Paragraph(learn), *self._elsewhere()]

    def _elsewhere(self) -> list[d.Block]:
        """How many learning points stand in another report: without that, few points look like little learned."""
        count = len(self.told()) - len(self._points)
        if not count or not self._is_for("organisation", "region"):
            return []
        said = self.words.tn(
            "{n} learning point is for the people at the table alone, and does not stand here.",
            "{n} learning points are for the people at the table alone, and do not stand here.",
            count,
        )
        return [d.Paragraph(said, small=True)]

    def _all_themes(self) -> str:
        """What was learned about, in the order of the exercise, and how many points there are on each."""
        groups = learning.by_theme(self.session, self.told())
        return ", ".join(f"{self.said(group.name)} ({len(group.points)})" for group in groups if group.name)

    def function(self, official_id: str) -> str:
        name = self.official(official_id)
        if not self._has_names:
            return name
        known = [person.name for person in (*self.session.participants_at_start, *self.session.participants)
                 if person.official == official_id]  # fmt: skip
        joined = [event.name for event in self.all(e.ParticipantJoined) if event.official == official_id]
        called = [event.name for event in self.all(e.CallLogged) if event.official == official_id]
        people = [one for one in dict.fromkeys((*known, *joined, *called)) if one]
        return f"{name}: {self.words.listing(people)}" if people else name

    def _purpose(self) -> list[d.Block]:
        exercise = self.session.exercise
        if self._head.incident:
            return []
        always = self.words.t(
            "We exercise to learn. Nobody gets a mark.\nMistakes are fine. Anyone may ask for a time-out."
        )
        purpose = " ".join((exercise.purpose.strip() or always).split())
        blocks: list[d.Block] = [d.Paragraph(purpose)]
        if exercise.objectives:
            objectives = " ".join(f"{one.text.strip().rstrip('.')}." for one in exercise.objectives)
            blocks.append(d.Paragraph((d.Strong(self.words.t("Objectives")), f": {objectives}")))
        return blocks

    def _happened(self) -> list[d.Block]:
        """What a form says of a real incident; for the region it would say too much of where that was."""
        exercise = self.session.exercise
        summary = next((inject.text for inject in exercise.injects), "")
        if not self._head.incident or self._is_for("region") or summary == exercise.title:
            return []
        return [d.Prose(self.said(summary), exercise.language)]

    def _calls(self) -> list[d.Block]:
        if self.session.exercise.call_out is None:
            return []
        if self._is_for("group", "official"):
            return calls.section(self.session, self.words, self.said, self.official)
        card = calling.task_card(self.session)
        return [d.Paragraph(f"{self.words.t('Task')}: {card.title}.")] if card is not None else []

    def _storyline(self) -> list[d.Block]:
        return [] if self._head.incident else played(self)

    # --- what was learned ---

    def _first_impression(self) -> list[d.Block]:
        if not self._is_for("group"):
            return []
        return self._cut_quotes(self._debrief_answers("impression"))

    def _debrief_answers(self, about: DebriefAbout) -> list[str]:
        """What was answered to the questions of the debrief about this, without who answered."""
        session = self.session
        return [
            self._short(answer.text)
            for answer in session.debrief_answers
            if not answer.private and answer.question <= len(session.debrief_about)
            and session.debrief_about[answer.question - 1] == about
        ]  # fmt: skip

    def _own(self) -> list[d.Block]:
        if not self._is_for("official"):
            return []
        return self._cut([self._point(point) for point in self._points], 12)

    def _only_for_you(self) -> list[d.Block]:
        if not self._is_for("official"):
            return []
        if self._reader.official in changed_hands(self.session):
            shared = self.words.t(
                "More than one person sat in this function: what was kept private in it goes to nobody."
            )
            return [d.Paragraph(shared)]
        own = own_private_points(self.session, self._reader)
        if not own:
            return []
        for_you = self.words.t("You kept this to yourself. It stands in no other report.")
        return [d.Paragraph(for_you), *self._cut([self._point(point) for point in own], 12)]

    @property
    def _spoken(self) -> Language:
        """What was spoken at the table: the language of the exercise."""
        return self.session.exercise.language

    def _thanks(self) -> list[d.Block]:
        text = self.session.thanks.get(self._reader.official, "") if self._is_for("official") else ""
        return [d.Quotes((self._short(text),), self._spoken)] if text and text not in self._kept_private() else []

    def _kept_private(self) -> frozenset[str]:
        """What was said in private at any time, which a thank-you may quote."""
        return self.unsaid - {point.text for point in own_private_points(self.session, self._reader)}

    def _questions(self) -> list[d.Block]:
        """Each question with what answers it: a practice or proposal with a theme in common."""
        if self._is_for("official"):
            return []
        questions = [point for point in self._points if point.kind == "question"]
        others = [point for point in self._points if point.kind in ("practice", "proposal")]
        blocks: list[d.Block] = []
        answering: set[str] = set()
        for question in questions[:_MOST]:
            answers = [one for one in others if set(one.themes) & set(question.themes) and one.id not in answering]
            answering |= {one.id for one in answers}
            blocks.append(d.Paragraph((d.Strong(self._short(question.text)), self._themes(question))))
            blocks += self._cut([self._labelled(one) for one in answers], _MOST_OF_ONE)
        blocks += self._more(len(questions) - _MOST)
        left = [self._labelled(one) for one in others if one.id not in answering]
        along = [(d.Strong(self.words.t("To take along")), f": {text}") for text in self._debrief_answers("take-along")]
        return [*blocks, *self._cut([*left, *along])]

    def _labelled(self, point: Point) -> d.Said:
        kind = self.words.t(KINDS[point.kind])
        return (d.Strong(kind[:1].upper() + kind[1:]), f": {self._short(point.text)}", self._themes(point))

    def _themes(self, point: Point) -> str:
        """The themes of a point, which is how a region finds it again."""
        return f" ({', '.join(map(self.said, point.themes))})" if point.themes else ""

    def _heard(self) -> list[d.Block]:
        if not self._is_for("group"):
            return []
        return self._cut_quotes([self._short(_unquoted(point.text)) for point in self._quotes])

    def _learned(self) -> list[d.Block]:
        """What each function learned: about the process, and beside it about the effect."""
        if not self._is_for("group"):
            return []
        elsewhere = {point.id for point in (*self._quotes, *self._signals)}
        here = [point for point in self._points if point.kind == "observation" and point.id not in elsewhere]
        if not here:
            return []
        words = self.words
        aspects: list[e.Aspect] = ["process", "effect"] if any(one.aspect == "effect" for one in here) else ["process"]
        rows, more = [], 0
        for group in learning.by_official(self.session, here):
            columns = [[self._point(one) for one in group.points if one.aspect == aspect] for aspect in aspects]
            more += sum(max(0, len(column) - _MOST_OF_ONE) for column in columns)
            rows.append((group.name or words.t("The whole table"),
                         tuple(tuple(column[:_MOST_OF_ONE]) for column in columns)))  # fmt: skip
        heads = {"process": words.t("Process"), "effect": words.t("Effect")}
        head = (words.t("Function"), *(heads[aspect] for aspect in aspects))
        blocks: list[d.Block] = [d.Beside(head, tuple(rows)), *self._more(more)]
        if "effect" not in aspects:
            blocks.append(d.Paragraph(words.t("Nothing was noted here about the effect for residents."), small=True))
        return blocks

    def _point(self, point: Point) -> d.Said:
        turn = self.words.t(TURNS[point.turn])
        return (d.Strong(turn[:1].upper() + turn[1:]), f": {self._short(_unquoted(point.text))}")

    # --- what was agreed, and its effect ---

    def _agreed(self) -> list[d.Block]:
        if not self._is_for("group", "official"):
            return []
        return [block for found in self.agreements() for block in self._cut_block(found)]

    def _effect(self) -> list[d.Block]:
        if self._is_for("official"):
            return []
        said = self._debrief_answers("effect") if self._is_for("group") else []
        return [*self._cut_quotes(said, _MOST_OF_ONE), *self._survey()]

    def _survey(self) -> list[d.Block]:
        """What residents answered, where their answers were counted."""
        words, counted = self.words, self.session.survey
        rows = [
            (
                words.t(SURVEY[number - 1]),
                *map(words.number, counts),
                words.t("{count} of {all}", count=words.number(sum(counts[3:])), all=words.number(sum(counts))),
            )
            for number, counts in sorted(counted.items())
            if number <= len(SURVEY)
        ]
        if not rows:
            return []
        told = words.t("What residents answered, from 1 (not at all) to 5 (completely):")
        return [
            d.Paragraph(told),
            d.Table((words.t("Question"), "1", "2", "3", "4", "5", words.t("4 or 5")), tuple(rows)),
        ]

    def _decisions(self) -> list[d.Block]:
        if self._is_for("official"):
            return []
        made = [self._decision(one) for one in self.session.decisions]
        listed: list[d.Said] = [*made, *self.dilemmas()] if not self._is_for("region") else []
        return [*self.first_question(), *self.where_decided(), *self._cut(listed)]

    def _decision(self, decision: Decision) -> str:
        text = self._short(decision.text)
        return f"{text.rstrip('.')} · {self.words.t(WHERE[decision.where])}" if decision.where else text

    def _used(self) -> list[d.Block]:
        if self._is_for("official") or not self.session.used:
            return []
        used = [self._short(one).rstrip(".") for one in self.session.used]
        return [d.Paragraph(" · ".join(used[: 2 * _MOST])), *self._more(len(used) - 2 * _MOST)]

    def _signalled(self) -> list[d.Block]:
        """At most three, and what they are: a single run has signals, never patterns."""
        if self._is_for("official"):
            return []
        signals = [self._point(point) for point in self._signals]
        if not self._is_for("group"):
            signals += [self._point(point) for point in self._quotes if is_of_organisation(point)]
        answered: list[d.Said] = [*self._debrief_answers("organisation")] if not self._is_for("region") else []
        if not signals and not answered:
            return []
        t = self.words.t
        if self._head.incident:
            only = t(
                "Seen once. A single incident gives signals and never a pattern: that takes at least two occasions."
            )
        else:
            only = t("Seen once. A single exercise gives signals and never a pattern: "
                     "that takes at least two different ones.")  # fmt: skip
        return [*self._cut([*signals, *answered], MOST_SIGNALS), d.Paragraph(only, small=True)]

    def _actions(self) -> list[d.Block]:
        private = {point.id for point in self.session.points if point.private}
        known = [action for action in self.session.actions if action.point not in private]
        agreed = [action for action in known if action.owner and action.due]
        if self._is_for("official"):
            return bullets(self._action(action) for action in agreed if self._is_own(action.owner))
        meant = [
            (d.Strong(self.words.t("Intention")), f": {self._action(action)}")
            for action in known
            if action not in agreed
        ]
        return self._cut([*(self._action(action) for action in agreed), *meant], 2 * _MOST)

    def _action(self, action: e.ActionAgreed) -> str:
        """An action with its owner and its day; a region reads no owner, who is one of the group's own people.

        Who is no function stands there by name only where names were asked for.
        """
        owner = self.said(action.owner)
        if self._is_for("region"):
            owner = ""
        elif owner and not self._has_names and not is_function(owner, self.session.exercise):
            owner = LEFT_OUT
        return self.action(action.model_copy(update={"text": self._cut_text(action.text), "owner": owner}))

    def _is_own(self, owner: str) -> bool:
        official = self.session.exercise.official(self._reader.official)
        names = {self._reader.official, *((official.name.casefold(), official.short.casefold()) if official else ())}
        return owner.strip().casefold() in names

    # --- around it ---

    def _asked(self) -> list[d.Block]:
        people, minutes = len(seated(self.session)), round(person_minutes(self.session))
        told_with_the_calls = self.session.exercise.call_out is not None and self._is_for("group")
        if self._is_for("official") or self._head.incident or told_with_the_calls or not people or not minutes:
            return []
        words = self.words
        asked = words.tn("{n} person took part", "{n} people took part", people)
        together = words.t("{minutes} minutes of their time in all", minutes=words.number(minutes))
        return [d.Paragraph(f"{asked}: {together}.")]

    def _comments(self) -> list[d.Block]:
        """What a reviewer wrote about the whole run; what is about one moment of it stays in the log."""
        if not self._is_for("group", "organisation"):
            return []
        return self._cut([
            f"{comment.reviewer}: {self._short(comment.text)}" if self._has_names else self._short(comment.text)
            for comment in self.session.comments
            if comment.about is None and comment.text
        ])  # fmt: skip

    def _reveal(self) -> list[d.Block]:
        """What it was based on, as the group read it; before the end that would spoil the storyline."""
        basis = self.session.exercise.basis
        text = basis.reveal.strip() or basis.text.strip()
        if not text or not (self.session.ended or self.session.was_revealed):
            return []
        blocks: list[d.Block] = [d.Paragraph(" ".join(text.split()))]
        if basis.sources:
            sources = self.words.t("Sources: {sources}", sources="; ".join(source.strip() for source in basis.sources))
            blocks.append(d.Paragraph(sources, small=True))
        return blocks

    def _closing(self) -> list[d.Block]:
        words = self.words
        answers = (words.t("yes"), words.t("partly"), words.t("no"))
        return [d.Paragraph(self._left_out(), small=True), d.Choices(words.t("Was this report useful?"), answers)]

    def _left_out(self) -> str:
        if self._is_for("official"):
            return self.words.t("What others learned is not in it. The log has the rest.")
        if self._has_names:
            return self.words.t("What somebody keeps to themselves is left out. The log has the rest.")
        return self.words.t("Names are left out, and so is what somebody keeps to themselves. The log has the rest.")

    # --- not too long ---

    def _short(self, text: str) -> str:
        return self._cut_text(self.said(text))

    def _cut_text(self, text: str) -> str:
        text = " ".join(text.split())
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"

    def _cut(self, items: Iterable[d.Said], most: int = _MOST) -> list[d.Block]:
        """A list of at most so many, with how much more the log has."""
        found = tuple(items)
        return [*bullets(found[:most]), *self._more(len(found) - most)]

    def _cut_block(self, block: d.Block) -> list[d.Block]:
        return self._cut(block.items) if isinstance(block, d.Bullets) else [block]

    def _cut_quotes(self, texts: Sequence[str], most: int = _MOST) -> list[d.Block]:
        if not texts:
            return []
        return [d.Quotes(tuple(map(_unquoted, texts[:most])), self._spoken), *self._more(len(texts) - most)]

    def _more(self, count: int) -> list[d.Block]:
        if count <= 0:
            return []
        return [
            d.Paragraph(self.words.tn("{n} more stands in the log.", "{n} more stand in the log.", count), small=True)
        ]


def _is_quote(point: Point) -> bool:
    """Whether a point is what somebody said, to be read without who: it stands between quotation marks, or is about
    the organisation and worth keeping.
    """
    if point.kind != "observation":
        return False
    return _unquoted(point.text) != point.text.strip() or (is_of_organisation(point) and point.turn == "keep")


def _unquoted(text: str) -> str:
    """The text without the quotation marks around all of it."""
    text = text.strip()
    return text[1:-1].strip() if len(text) > 2 and _QUOTED.get(text[0]) == text[-1] else text
