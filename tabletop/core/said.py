"""What people said, and what really happened, in pages of lines that are the same on every screen."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from tabletop.core.exercise import Basis
from tabletop.core.session import Session, Stop
from tabletop.core.text import PAGE_LINES, PAGE_WIDTH, cells, cut, pages, wrap


class Said(NamedTuple):
    """One line that was said, with the function that said it, and the name of who had that function."""

    who: str
    text: str
    name: str = ""


LineKind: TypeAlias = Literal["question", "who", "answer", "quote", "item", "text", "asked", "from", "source", "gap"]


class PageLine(NamedTuple):
    """One line of a page, of at most 44 cells, and what it is."""

    kind: LineKind
    text: str = ""
    beside: str = ""
    """The function beside a name."""
    begins: bool = False
    """Whether an answer or a quote begins here."""
    ends: bool = False


_LINES = PAGE_LINES - 1
"""A page of these stands on the leader's small card too, which has a line less than the wall."""

_FROM = "\u2060from"
"""Keeps a line for the word that stands over the sources. Cleaned text cannot hold its first character."""


class _Entry(NamedTuple):
    """What one person said, under the lines that stand above it, again wherever a page begins with it."""

    question: tuple[PageLine, ...]
    who: tuple[PageLine, ...]
    lines: tuple[PageLine, ...]


def answer_pages(session: Session) -> Sequence[tuple[PageLine, ...]]:
    """The answers of this feedback point under their questions: the round question first, people in its order."""
    stop = session.stop
    if stop is None:
        return ((),)
    given = [answer for answer in session.answers if answer.feedback == stop.id and not answer.private]
    asked = sorted({answer.question for answer in given}, key=lambda place: (place != stop.round, place))
    order = {official: place for place, official in enumerate(session.speakers)}
    given.sort(key=lambda answer: order.get(answer.official or "", len(order)))
    entries = [
        _Entry(_question(stop, place), _marked("who", session.label(answer.official), most=2),
               _marked("answer", answer.text, PAGE_WIDTH - 2))
        for place in asked for answer in given if answer.question == place
    ]  # fmt: skip
    return _laid_out(entries) if entries else (_question(stop, stop.round),)


def _question(stop: Stop, place: int) -> tuple[PageLine, ...]:
    question = stop.questions[place - 1].text if 0 < place <= len(stop.questions) else ""
    return _marked("question", question, most=4)


def checklist_pages(items: Sequence[str]) -> Sequence[tuple[PageLine, ...]]:
    """The lines of a checklist; one that does not fit under the others begins a page."""
    return _laid_out([_Entry((), (), _marked("item", item, PAGE_WIDTH - 3)) for item in items])


def thanks_pages(rows: Sequence[Said]) -> Sequence[tuple[PageLine, ...]]:
    return _laid_out([_Entry((), who_lines(row), _marked("quote", row.text, PAGE_WIDTH - 2)) for row in rows])


def who_lines(row: Said, width: int = PAGE_WIDTH) -> tuple[PageLine, ...]:
    """Return name and function, on one line where they fit."""
    if not row.name:
        return _marked("who", row.who, width, most=2)
    if cells(row.name) + 2 + cells(row.who) <= width:
        return (PageLine("who", row.name, row.who),)
    return (*_marked("who", row.name, width, most=2), PageLine("who", "", cut(row.who, width)))


def _marked(kind: LineKind, text: str, width: int = PAGE_WIDTH, most: int = 0) -> tuple[PageLine, ...]:
    lines = [line for line in wrap(text, width) if line]
    if most and len(lines) > most:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]
    last = len(lines) - 1
    return tuple(PageLine(kind, line, begins=place == 0, ends=place == last) for place, line in enumerate(lines))


def _laid_out(entries: Sequence[_Entry]) -> Sequence[tuple[PageLine, ...]]:
    """Return pages of at most nine lines; air between the entries is the screen's to add, where it has room."""
    found: list[tuple[PageLine, ...]] = []
    page: list[PageLine] = []
    above: _Entry | None = None
    for entry in entries:
        left = entry.lines
        while left:
            head = _head(entry, above)
            room = _LINES - len(page) - len(head)
            fits_alone = len(left) <= _LINES - len(_head(entry, None))
            if not page or room >= len(left) or (room >= 2 and not fits_alone):
                page += (*head, *left[:room])
                left, above = left[room:], entry
            if left:
                found.append(tuple(page))
                page, above = [], None
    return [*found, tuple(page)] if page or not found else found


def _head(entry: _Entry, above: _Entry | None) -> tuple[PageLine, ...]:
    """Return what stands over an entry below that other one, or on top of a page."""
    if above is None or entry.question != above.question:
        return (*entry.question, *entry.who)
    return entry.who if entry.who != above.who else ()


def reveal_pages(basis: Basis) -> Sequence[tuple[PageLine, ...]]:
    """What really happened, the question, and the sources after one another; no last page of a line or two."""
    sources = " · ".join(basis.sources)
    parts: tuple[tuple[LineKind, str], ...] = (
        ("text", basis.reveal or basis.text), ("asked", basis.question), ("source", sources and f"{_FROM}\n{sources}"),
    )  # fmt: skip
    marked = iter([line for kind, text in parts for line in _marked(kind, text.strip())])
    whole = "\n\n".join(text.strip() for _, text in parts if text.strip())
    found = [[next(marked) if line else PageLine("gap") for line in page] for page in pages(whole, even=True)]
    return [tuple(PageLine("from") if line.text == _FROM else line for line in page) for page in found]


def thanks(session: Session) -> tuple[Said, ...]:
    order = [official.id for official in session.exercise.officials]
    approved = sorted(session.thanks.items(), key=lambda item: order.index(item[0]) if item[0] in order else 99)
    return tuple(Said(session.label(who), text, _name(session, who)) for who, text in approved)


def _name(session: Session, official: str) -> str:
    """Return who has a function, unless it changed hands and more than one person learned in it."""
    person = session.person(official)
    return person.name if person and official not in session.swapped else ""
