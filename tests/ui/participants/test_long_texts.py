"""A long text is paged and never cut: what an author wrote is on the wall, page after page, on the smallest one too."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.core import moves
from tabletop.core.exercise import Exercise
from tabletop.core.participants import view
from tabletop.core.session import Session
from tabletop.core.upcoming import NextPage
from tabletop.locale import words_for
from tabletop.ui import paper
from tabletop.ui.rows import plain
from tests.builders import SMALL, START, STEPS, Run, small_exercise

WALLS = [(60, 18), (70, 20), (80, 24), (120, 36)]


def long(mark: str, words: int) -> str:
    """A text of so many words, of which each is there once."""
    return " ".join(f"{mark}{n}." for n in range(words))


def on_the_wall(session: Session, size: tuple[int, int]) -> str:
    seen = view(session)
    rows = paper.page(seen, words_for(seen.language), *size, now=START)
    return "\n".join(plain(line) for line in rows)


def all_pages(run: Run) -> Iterator[Session]:
    """What stands on the wall, and every further page that Space leads to."""
    yield run.session
    while isinstance(following := run.next, NextPage) and following.inject is None:
        run.space()
        yield run.session


def assert_all_is_read(run: Run, *texts: str) -> int:
    """Every word of the texts is on one of the pages, on each wall. Returns how many pages there were."""
    sessions = list(all_pages(run))
    for size in WALLS:
        shown = "\n".join(on_the_wall(session, size) for session in sessions)
        missing = [word for text in texts for word in text.split() if word not in shown.split()]
        assert not missing, (size, missing[:5])
        assert "…" not in shown
    assert run.session == run.replayed
    return len(sessions)


def with_questions(*questions: dict[str, str], **more: object) -> Exercise:
    return small_exercise((STEPS[0], {"id": "f1", "type": "feedback", "questions": list(questions), **more}, STEPS[2]))


@pytest.mark.parametrize(("purpose", "situation", "pages"), [(12, 40, 1), (12, 200, 3), (120, 10, 3), (200, 200, 6)])
def test_the_starting_situation(purpose: int, situation: int, pages: int) -> None:
    exercise = small_exercise(purpose=long("p", purpose), situation=long("s", situation))
    run = Run(exercise)
    assert assert_all_is_read(run, exercise.purpose, exercise.situation) == pages
    assert run.space().session.current == "a1"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 90), st.sampled_from([0, 0, 6, 30, 120])), min_size=1, max_size=6), st.data())
def test_the_questions_to_write_on(sizes: list[tuple[int, int]], data: st.DataObject) -> None:
    questions = [{"text": long(f"q{n}x", text), "hint": long(f"h{n}x", hint)} for n, (text, hint) in enumerate(sizes)]
    turn = data.draw(st.integers(1, len(questions)))
    run = Run(with_questions(*questions, round=turn)).until_stop("writing")
    assert_all_is_read(run, *(text for question in questions for text in question.values()))
    assert run.space().session.stop.stage == "round"  # type: ignore[union-attr]


@pytest.mark.parametrize("lines", [[3] * 7, [3] * 30, [40, 1, 90, 2]])
def test_the_checklist(lines: list[int]) -> None:
    items = [long(f"c{n}x", words) for n, words in enumerate(lines)]
    run = Run(small_exercise(checklist={"title": "Power cut", "lines": items})).until_shown("a1")
    run.do(moves.show_on_screen, "checklist")
    assert_all_is_read(run, *items)
    assert run.space().session.on_screen is None


@pytest.mark.parametrize("quote", ["", "Short and good.", long("quote", 40)])
def test_everybody_who_was_thanked_stands_on_the_closing_card(quote: str) -> None:
    run = Run(SMALL).until_debrief()
    names = [person.name for person in run.session.participants]
    for person in run.session.participants:
        run.do(moves.approve_thanks, person.official, quote)
    run.do(moves.end)
    for size in WALLS:
        shown = on_the_wall(run.session, size)
        assert all(name in " ".join(shown.split()) for name in names), shown
        assert "“”" not in shown


def test_a_stage_begins_at_its_first_page_again() -> None:
    asked = [{"text": long(f"q{n}x", 60)} for n in range(3)]
    run = Run(with_questions(*asked)).until_stop("writing").space()
    assert view(run.session).card.page == 2  # type: ignore[union-attr]
    run.do(moves.undo)
    assert view(run.session).card.page == 1  # type: ignore[union-attr]
    run.until_stop("round").do(moves.step_back)
    assert view(run.session).card.page == 1  # type: ignore[union-attr]
