"""What an author wrote that the participants read, page by page: the starting situation, and questions to write on.

Nothing is cut: what a page of the smallest shared screen does not hold goes on to the next.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tabletop.core.exercise import Exercise
from tabletop.core.session import Stop
from tabletop.core.text import PAGE_LINES, pages, wrap

_SHORT_PURPOSE = 3
"""The most lines of a purpose that stands over a page of the starting situation."""
_QUESTION_WIDTH, _QUESTION_LINES = 49, 12
"""Room for questions on a card, beside their numbers: what the smallest shared screen has under the countdown."""
_ROUND_LINES = 1
"""What the word that the round is about a question takes there, in either language."""


class Asked(NamedTuple):
    """A question, with the hint under it."""

    text: str
    hint: str
    in_round: bool
    number: int = 0
    """Counted from 1; 0 for one that stands alone, or that goes on from the page before."""


# --- the starting situation ---


def situation_page_count(exercise: Exercise) -> int:
    """How many cards the purpose and the starting situation take before the first inject."""
    return len(situation_pages(exercise))


def situation_pages(exercise: Exercise) -> Sequence[tuple[str, str]]:
    """The purpose and the situation of each page: together on the first, unless the purpose is long itself."""
    purpose, situation = pages(exercise.purpose), pages(exercise.situation)
    if len(purpose) == len(situation) == 1 and len(purpose[0]) + len(situation[0]) <= PAGE_LINES:
        return [(exercise.purpose, exercise.situation)]
    whole = [("\n".join(lines), "") for lines in purpose]
    further = [("", "\n".join(lines)) for lines in situation]
    if len(purpose) == 1 and len(purpose[0]) <= _SHORT_PURPOSE:
        return [(whole[0][0], further[0][1]), *further[1:]]
    return [*whole, *further]


# --- questions ---


def asked_at(stop: Stop) -> tuple[Asked, ...]:
    several = len(stop.questions) > 1
    return tuple(
        Asked(question.text, question.hint, place == stop.round, place if several else 0)
        for place, question in enumerate(stop.questions, start=1)
    )


def question_page_count(stop: Stop) -> int:
    """How many cards the questions of a feedback point take while everybody writes."""
    return len(question_pages(asked_at(stop)))


def question_pages(asked: Sequence[Asked]) -> Sequence[tuple[Asked, ...]]:
    """Return the questions of each page; one that fills more than a page goes on, on pages of its own."""
    found: list[tuple[Asked, ...]] = []
    page: list[Asked] = []
    used = 0
    for question in asked if len(asked) > 1 else [question._replace(in_round=False) for question in asked]:
        needed = _lines_of(question)
        if page and used + 1 + needed > _QUESTION_LINES:
            found.append(tuple(page))
            page, used = [], 0
        if needed > _QUESTION_LINES:
            found += [(piece,) for piece in _pieces(question)]
        else:
            page.append(question)
            used += needed + (used > 0)
    return [*found, tuple(page)] if page or not found else found


def _pieces(question: Asked) -> Iterator[Asked]:
    """Part a question that no page holds: its text, then its hint. That the round is about it stands with the last."""
    room = _QUESTION_LINES - _ROUND_LINES
    parts = [("\n".join(lines), "") for lines in pages(question.text, _QUESTION_WIDTH, room)]
    if question.hint:
        parts += [("", "\n".join(lines)) for lines in pages(question.hint, _QUESTION_WIDTH, room)]
    for place, (text, hint) in enumerate(parts, start=1):
        yield Asked(text, hint, question.in_round and place == len(parts), question.number if place == 1 else 0)


def _lines_of(question: Asked) -> int:
    """How many lines a question takes at the most, with its hint and the word that the round is about it."""
    texts = (question.text, question.hint)
    return sum(len(wrap(text, _QUESTION_WIDTH)) for text in texts if text) + _ROUND_LINES * question.in_round
