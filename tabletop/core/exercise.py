"""What the author wrote: the exercise file as frozen values.

Nothing here reads a file. ``files.library`` does, and turns every mistake into a sentence with its line;
``core.check`` finds what a field alone cannot know (references, minutes that do not add up).
"""

from collections.abc import Iterable
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints, model_validator

from tabletop.core.naming import LONGEST_MINUTES, named_steps
from tabletop.core.text import Line, RequiredLine, RequiredText, Text

Language: TypeAlias = Literal["nl", "en"]
Pool: TypeAlias = Literal["field", "back-office", "leadership", "specialist"]
Channel: TypeAlias = Literal["phone", "lcms", "news", "social-media", "in-person"]
Form: TypeAlias = Literal["full", "short"]
Mode: TypeAlias = Literal["table", "call-out"]
HeldForm: TypeAlias = Literal["full", "short", "agreed-line"]
"""How a feedback point is held: as its author wrote it, or in the one-minute form, which only a leader chooses."""
About: TypeAlias = Literal[
    "first-question", "less-self-reliant", "own-action", "wanted-help", "effect", "fingers", "other"
]
DebriefAbout: TypeAlias = Literal["impression", "effect", "own-point", "organisation", "take-along", "length", "other"]

POOLS: tuple[Pool, ...] = ("field", "back-office", "leadership", "specialist")
Number: TypeAlias = Annotated[float, Strict()]
Flag: TypeAlias = Annotated[bool, Strict()]
"""As TOML has them: a number between quotation marks is a text, here as in an editor that knows the schema."""
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug: TypeAlias = Annotated[str, StringConstraints(pattern=SLUG, max_length=40)]
EXPECTED: tuple[str, ...] = ("first-question", "decision", "choice")
"""What a reserve inject may wait for besides an objective: that the first question was answered, something decided or
a way out chosen."""
HEADLINE_CELLS = 14
"""The longest headline that fits the shared screen in block letters, in characters."""
DEFAULT_BUDGET = 5.0
"""Minutes that an inject may take when the author gives neither a budget nor a minute for what follows."""
FULL_BASE, FULL_EACH, SHORT, AGREED_LINE_ONLY = 3.5, 2 / 3, 2.0, 1.0
"""Minutes of a feedback point: 3:30 plus 0:40 for each person; short with fingers 2:00; agreed line only 1:00."""


class Written(BaseModel):
    """A part of a file that an author writes: frozen, and a key that nobody knows is a mistake, not a wish."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)


class Basis(Written):
    """The real events behind the fiction, shown to the group only after the debrief."""

    text: Text = Field("", description="What really happened, as far as it is known.")
    sources: tuple[Line, ...] = Field((), description="Where that is known from, one source each.")
    not_known: Text = Field("", description="What is not known about it.")
    reveal: Text = Field("", description="What the participants read afterwards.")
    question: Line = Field("", description="What to ask the group after the reveal.")


class Objective(Written):
    """What the exercise is for: one thing that the group practises."""

    id: Slug = Field(description="A short name by which injects refer to it, such as o1.")
    text: RequiredLine = Field(description="The objective as a sentence.")
    short: Line = Field("", description="Two or three words for the narrow column of the leader's screen.")
    practises: Line = Field("", description="The principle or performance requirement that it practises.")
    source: Line = Field("", description="Where that principle or requirement is written.")

    @property
    def name(self) -> str:
        return self.short or self.text


class Official(Written):
    """A function at the table. Only key officials get injects; the leader plays the others."""

    id: Slug = Field(description="A short name by which injects refer to it, such as ovd-bz.")
    name: RequiredLine = Field(description="The function's full name.")
    label: Line = Field("", description="A short label where space is short; the name when empty.")
    pool: Pool = Field(
        "field", description="Who may take over from whom: field, back-office, leadership or specialist."
    )
    column: Line = Field("", description="The organisation that this function belongs to.")
    key: Flag = Field(True, description="A key official, trained and exercised; false: played by the leader.")
    rank: Annotated[int, Strict()] = Field(0, ge=0, le=9, description="The highest rank speaks last in a round.")

    @property
    def short(self) -> str:
        return self.label or self.name


class Checklist(Written):
    """Reminders for the table. The first question always stands above them and is not written here."""

    title: Line = Field("", description="What the checklist is for.")
    lines: tuple[RequiredLine, ...] = Field((), description="The reminders, one line each.")


class Question(Written):
    """A question at a feedback point."""

    text: RequiredLine = Field(description="The question, as the participants read it.")
    hint: Line = Field("", description="A second line under the question: how to answer it.")
    about: About = Field("other", description="What the answers are used for; fingers: to be counted, from 0 to 5.")


class DebriefQuestion(Written):
    """A question of the hot debrief."""

    text: RequiredLine = Field(description="The question, as the participants read it.")
    hint: Line = Field("", description="A second line under the question: how to answer it.")
    about: DebriefAbout = Field("other", description="What the answers are used for.")


class Debrief(Written):
    """The hot debrief that ends the exercise; its time is reserved before the hard end."""

    minutes: Number = Field(14.0, gt=0, le=120, description="How long the debrief takes.")
    questions: tuple[DebriefQuestion, ...] = Field(
        (), description="What is asked, in this order; a standard set when left out."
    )


class Choice(Written):
    """A way out of a dilemma, without a default, with an argument for it."""

    id: Slug = Field(description="A short name; another inject refers to it as inject.choice, such as a4.open.")
    text: RequiredLine = Field(description="The choice in a sentence, as the leader reads it out.")
    argument: Line = Field("", description="One argument for this choice.")


class Inject(Written):
    """A message or event that the leader brings in."""

    type: Literal["inject"] = Field("inject", description="inject; what the other keys say when left out.")
    id: Slug = Field("", description="A short name by which other steps refer to it; a1, a2 … when left out.")
    minute: Number | None = Field(
        None, ge=0, le=1440, description="Planned minute from the real start, feedback points included."
    )
    time: Line = Field("", description="Story time, as the participants read it.")
    jump: Line = Field("", description="A card that the participants see first, when story time jumps.")
    channel: Channel = Field("phone", description="How it comes in, which decides how it looks.")
    sender: Line = Field("", alias="from", description="Who sends it, as the participants read it.")
    to: tuple[Slug, ...] = Field((), description="Officials or pools; everyone when empty.")
    title: Line = Field("", description="The name in the storyline; the first words of the text when empty.")
    headline: Line = Field("", description="At most 14 characters, in block letters on a large screen.")
    text: RequiredText = Field(
        description="What the participants read or hear. Plain text, paragraphs and line breaks."
    )
    expect: Text = Field("", description="For the leader alone: what to expect, what to watch for.")
    ask: tuple[RequiredLine, ...] = Field((), description="For the leader alone: what to ask.")
    budget: Number | None = Field(
        None,
        gt=0,
        le=240,
        description="Minutes it may take before the leader is asked softly; until the next planned minute when "
        "left out.",
    )
    objectives: tuple[Slug, ...] = Field((), description="The objectives that it practises, by their ids.")
    optional: Flag = Field(False, description="May be dropped when time is short.")
    receiver_only: Flag = Field(False, description="The shared screen names channel and function only.")
    scale_up: Flag = Field(False, description="Reminds the leader that scaling up is no order to act.")
    reopens_first_question: Flag = Field(
        False, description="It changes so much that the first question has to be asked again."
    )
    rebuttal: Flag = Field(False, description="Asks for sixty seconds of rebuttal on the shared screen, then fingers.")
    condition: Line = Field("", description="For the leader alone: show it only if …")
    only_after: tuple[RequiredLine, ...] = Field(
        (), description="In the storyline only after one of these choices, written as inject.choice."
    )
    reserve: Flag = Field(False, description="Not in the storyline; offered when something is to be brought in.")
    offered_with: Slug | None = Field(
        None,
        description="A reserve: offered when the budget of this inject runs out and the expected action stays out.",
    )
    unless: tuple[Slug, ...] = Field(
        (),
        description="The expected action: first-question, decision, choice or an objective. What is recorded after "
        "that inject keeps the reserve from being offered.",
    )
    choices: tuple[Choice, ...] = Field((), description="A dilemma: the ways out, without a default.")

    @property
    def name(self) -> str:
        if self.title:
            return self.title
        words = self.text.split()
        return " ".join(words[:5]) + ("…" if len(words) > 5 else "")

    @property
    def dilemmas(self) -> tuple[str, ...]:
        """The injects in which a choice is waited for before this one follows."""
        return tuple(dict.fromkeys(name.partition(".")[0] for name in self.only_after))


class FeedbackPoint(Written):
    """A planned stop, so that the group does not muddle on while the learning point is already visible."""

    type: Literal["feedback"] = Field("feedback", description="feedback; what the other keys say when left out.")
    id: Slug = Field("", description="A short name by which other steps refer to it; f1, f2 … when left out.")
    minute: Number | None = Field(
        None, ge=0, le=1440, description="Planned minute from the real start, feedback points included."
    )
    due: Literal["after", "minute"] = Field(
        "after", description="after: after the step above it; minute: at its minute, wherever the storyline is."
    )
    title: Line = Field("", description="The name in the storyline.")
    questions: tuple[Question, ...] = Field(
        (), description="What everyone writes about in silence; two or three are enough."
    )
    round: Annotated[int, Strict()] = Field(1, ge=1, description="Which question the round is about, counted from 1.")
    form: Form = Field(
        "full", description="full: writing, a round and an agreement; short: fingers and an agreement only."
    )
    minutes: Number | None = Field(
        None,
        gt=0,
        le=60,
        description="How long it takes; when left out 3:30 plus 0:40 a person, and 2:00 for the short form.",
    )

    def planned_minutes(self, people: int) -> float:
        """How long it will take with this many people at the table, in minutes."""
        if self.minutes is not None:
            return self.minutes
        return form_minutes(self.form, people)


def form_minutes(form: HeldForm, people: int) -> float:
    """How long a feedback point of this form takes with this many people, in minutes."""
    match form:
        case "full":
            return FULL_BASE + FULL_EACH * people
        case "short":
            return SHORT
        case "agreed-line":
            return AGREED_LINE_ONLY


Step: TypeAlias = Inject | FeedbackPoint


class TaskCard(Written):
    """A task for whoever is called: one of them is chosen before dialling."""

    id: Slug = Field(description="The name of the card in the log.")
    title: RequiredLine = Field(description="What the card is called.")
    text: RequiredText = Field(description="The task, as it is read aloud after “Your task:”.")


class CallOut(Written):
    """What a call-out needs beside its steps: somebody is called without notice and arranges something by telephone."""

    minutes: Number = Field(
        60.0, gt=0, le=LONGEST_MINUTES, description="From the first yes to the call that stops it; then the debrief."
    )
    note: Text = Field("", description="What the leader should know of this form, such as that it is a proposal.")
    rules: tuple[RequiredLine, ...] = Field((), description="Safety rules, confirmed before anybody is called.")
    question: Line = Field("", description="What is asked first: whether it is possible now, safely.")
    script: RequiredText = Field(
        description="What the leader reads aloud; {leader} and {card} are filled in, and so is {card} in an inject."
    )
    cards: tuple[TaskCard, ...] = Field(min_length=1, description="Task cards, of which the leader chooses one.")


class Exercise(Written):
    """An exercise as its author wrote it, in one language."""

    format: Literal["tabletop-exercise/1"] = Field(
        "tabletop-exercise/1", description="The version of this form of file."
    )
    id: Slug = Field("", description="The name on the command line; the name of the file when left out.")
    title: RequiredLine = Field(description="What the exercise is called.")
    language: Language = Field("nl", description="The language of all the texts: nl or en.")
    translation_of: Line = Field("", description="The id of the exercise that this file translates.")
    mode: Mode = Field("table", description="table: round a table; call-out: by telephone, with a part [call_out].")
    minutes: Number = Field(75.0, gt=0, le=LONGEST_MINUTES, description="How long it takes, the debrief included.")
    summary: Text = Field("", description="What the leader reads when choosing an exercise.")
    situation: Text = Field("", description="The starting situation, as the participants read it.")
    purpose: Text = Field("", description="Why we exercise; a sentence that always holds when left out.")
    introduction: Text = Field("", description="Words for the leader to say before the first inject.")
    content_note: Text = Field("", description="What somebody at the table may find hard.")
    codeword: Line = Field("NO PLAY", description="The word that says: this is real, stop.")
    themes: tuple[Line, ...] = Field((), description="Words to file learning points under, typed behind #.")
    basis: Basis = Field(default_factory=Basis)
    objectives: tuple[Objective, ...] = Field((), description="What the exercise is for.")
    officials: tuple[Official, ...] = Field(min_length=1, description="The functions at the table.")
    checklist: Checklist = Field(default_factory=Checklist)
    debrief: Debrief = Field(default_factory=Debrief)
    call_out: CallOut | None = Field(None, description="Only where mode is call-out.")
    steps: tuple[Annotated[Step, Field(discriminator="type")], ...] = Field(
        min_length=1, description="The storyline, from top to bottom: injects and feedback points."
    )

    @model_validator(mode="before")
    @classmethod
    def _name_the_steps(cls, data: object) -> object:
        """Say of each step what it is, and give those without an id ``a1…`` or ``f1…``, in the order of the file."""
        if not isinstance(data, dict) or not isinstance(steps := data.get("steps"), (list, tuple)):
            return data
        return {**data, "steps": named_steps(steps)}

    @model_validator(mode="after")
    def _has_something_to_show(self) -> Self:
        if not any(isinstance(step, Inject) and not step.reserve for step in self.steps):
            raise ValueError("no-inject")
        return self

    @property
    def injects(self) -> tuple[Inject, ...]:
        """The injects of the storyline, in order, reserve injects left out."""
        return tuple(step for step in self.steps if isinstance(step, Inject) and not step.reserve)

    @property
    def reserves(self) -> tuple[Inject, ...]:
        return tuple(step for step in self.steps if isinstance(step, Inject) and step.reserve)

    @property
    def feedback_points(self) -> tuple[FeedbackPoint, ...]:
        return tuple(step for step in self.steps if isinstance(step, FeedbackPoint))

    @property
    def storyline(self) -> tuple[Step, ...]:
        """The steps that the leader goes through, in order."""
        return tuple(step for step in self.steps if isinstance(step, FeedbackPoint) or not step.reserve)

    @property
    def key_officials(self) -> tuple[Official, ...]:
        return tuple(official for official in self.officials if official.key)

    def official(self, official_id: str) -> Official | None:
        return next((official for official in self.officials if official.id == official_id), None)

    def inject(self, inject_id: str) -> Inject | None:
        return next((step for step in self.steps if isinstance(step, Inject) and step.id == inject_id), None)

    def feedback_point(self, feedback_id: str) -> FeedbackPoint | None:
        return next((step for step in self.feedback_points if step.id == feedback_id), None)

    def objective(self, objective_id: str) -> Objective | None:
        return next((objective for objective in self.objectives if objective.id == objective_id), None)

    def receivers(self, to: Iterable[str]) -> tuple[Official, ...]:
        """The officials that an inject is for: named, or key officials of a named pool; nobody named: all of those."""
        wanted = frozenset(to)
        if not wanted:
            return self.key_officials
        return tuple(one for one in self.officials if one.id in wanted or (one.key and one.pool in wanted))
