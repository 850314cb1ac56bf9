"""A document as a value: what a summary or a report says, before anybody writes it as Markdown, HTML or Word.

Every text in it is plain: what a file or a keyboard held stays data, and each writer escapes for its own form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from tabletop.core.text import clean, clean_line
from tabletop.locale import Language


class Strong(str):
    """Words that stand out within a line."""

    __slots__ = ()


Said: TypeAlias = str | tuple[str, ...]
"""A line: plain words, or a row of them of which some may be ``Strong``."""


class Run(NamedTuple):
    """A part of a line, cleaned."""

    text: str
    is_strong: bool = False


def runs(said: Said) -> tuple[Run, ...]:
    """The parts of a line, cleaned and without space around it, for a writer to escape."""
    parts = (said,) if isinstance(said, str) else said
    found = [Run(clean_line(part), isinstance(part, Strong)) for part in parts]
    if found:
        found[0] = found[0]._replace(text=found[0].text.lstrip())
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip())
    return tuple(run for run in found if run.text)


def plain(said: Said) -> str:
    """The words of a line alone."""
    return "".join(run.text for run in runs(said))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the document, whose title is of level 1."""

    level: Literal[2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line that runs on, or with ``small`` what is good to know and not what it is about."""

    said: Said
    small: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of somebody else of any length, with its paragraphs and its own line breaks."""

    text: str
    language: Language | None = None
    """In which it was written; None where that is the language of the document."""

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """Its paragraphs, each as its lines, with nothing empty among them."""
        found: list[list[str]] = [[]]
        for line in clean(self.text).split("\n"):
            if line.strip():
                found[-1].append(line.strip())
            elif found[-1]:
                found.append([])
        return tuple(tuple(lines) for lines in found if lines)


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What was said at the table, without who said it."""

    texts: tuple[str, ...]
    language: Language | None = None
    """In which it was said; None where that is the language of the document."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document is about at a glance: a few words, and what they stand for."""

    rows: tuple[tuple[str, Said], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with headings above its columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Lists that stand beside each other: a row for each name, a column for each heading after the first."""

    head: tuple[str, ...]
    rows: "tuple[tuple[str, tuple[tuple[Said, ...], ...]], ...]"


@dataclass(frozen=True, slots=True)
class Choices:
    """A question to whoever reads it on paper, with boxes to tick, and room to write where ``lines`` says so."""

    question: str
    answers: tuple[str, ...]
    lines: int = 0


class Bar(NamedTuple):
    """A step of the storyline, in minutes from the beginning; None where it was not planned, or did not come."""

    name: str
    kind: Literal["inject", "feedback", "debrief"]
    planned: float | None
    planned_minutes: float
    began: float | None
    minutes: float
    times: str = ""
    """When it was planned and when it came, in words."""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Planned against actual as a picture; ``head`` and ``rows`` say the same in words."""

    title: str
    described: str
    bars: tuple[Bar, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: "Legend"

    @property
    def minutes(self) -> float:
        """How far it reaches: whatever came last, planned or actual."""
        ends = [
            end
            for bar in self.bars
            for start, length in ((bar.planned, bar.planned_minutes), (bar.began, bar.minutes))
            if start is not None
            for end in (start + max(length, 0.0),)
        ]
        return max((*ends, 1.0))


class Legend(NamedTuple):
    """The words beside the colours of the picture."""

    step: str
    times: str
    planned: str
    inject: str
    feedback: str
    debrief: str
    as_table: str


Block: TypeAlias = Heading | Paragraph | Prose | Bullets | Quotes | Facts | Table | Beside | Choices | Timeline


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    language: Language
    """Of the words around what was typed, and of the document as a whole."""
    blocks: tuple[Block, ...]
    is_large: bool = False
    """Whether there is room for larger letters: a single page, to be read by anybody."""


def sections(parts: Sequence[tuple[str, Sequence[Block]]]) -> tuple[Block, ...]:
    """The blocks of each part under its heading; a part without any is left out."""
    return tuple(block for title, blocks in parts if blocks for block in (Heading(2, title), *blocks))
