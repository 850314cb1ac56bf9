"""Small sentences on the leader's screen that must be true: what comes back, how late it is, what is typed here."""

from pathlib import Path

import pytest

from tabletop.core import moves
from tabletop.core import participants as p
from tabletop.core.participants import view
from tabletop.locale import words_for
from tabletop.ui import paper
from tabletop.ui.rows import plain
from tabletop.ui.run.naming import finger_example
from tests.builders import SMALL, Run, inject, small_exercise
from tests.ui.run.leading import leading

DILEMMA = small_exercise((
    inject("a1", minute=0, choices=[{"id": "stay", "text": "Strengthen them."}, {"id": "go", "text": "Go there."}]),
    inject("a2", minute=20),
))  # fmt: skip


async def test_a_choice_with_a_reason_is_one_sentence(tmp_path: Path) -> None:
    async with leading(tmp_path, DILEMMA, size=(80, 24)) as lead:
        await lead.press("space")
        await lead.command("j")
        await lead.enter("they know the street")
        assert "Strengthen them, because they know the street" in lead.page


async def test_space_names_what_comes_back_on_the_screen(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_stage("round")
        await lead.enter("ask the neighbours")
        await lead.command("a")
        assert "back to  the question of the round" in lead.bar
        await lead.until_stage("agreement")
        await lead.command("a")
        assert "back to  the agreed line" in lead.bar


async def test_seconds_over_the_budget_are_no_minute(tmp_path: Path) -> None:
    exercise = small_exercise((inject("a1", minute=0, budget=2), inject("a2", minute=30)))
    async with leading(tmp_path, exercise) as lead:
        await lead.press("space")
        await lead.wait(122)
        assert "≈ over its time" in lead.page
        await lead.wait(40)
        assert "≈ 1 min over" in lead.page


@pytest.mark.parametrize(("people", "shown"), [(0, "4"), (1, "4"), (5, "44321"), (7, "4432104")])
def test_the_example_for_fingers_has_a_digit_for_each_person(people: int, shown: str) -> None:
    assert finger_example(people) == shown


async def test_where_marks_are_written_out_the_line_says_so(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        await lead.enter("+")
        await lead.wait(60 * 50)
        await lead.space_until(lambda session: session.task == "marks")
        assert lead.placeholder.startswith("schrijf dit merkteken uit")


def test_a_first_question_that_was_opened_again_shows_its_earlier_answer() -> None:
    run = Run(SMALL).until_shown("a1").do(moves.answer_first_question, "yes", "nobody else can")
    run.until_shown("a2").do(moves.show_on_screen, "checklist")
    seen = view(run.session)
    assert isinstance(seen.card, p.ChecklistCard)
    assert seen.card.asks_again
    text = " ".join(" ".join(map(plain, paper.page(seen, words_for("en"), 80, 24))).split())
    assert "Ask again. Earlier: Yes, because nobody else can" in text
    run.do(moves.answer_first_question, "no", "")
    assert "Ask again" not in " ".join(map(plain, paper.page(view(run.session), words_for("en"), 80, 24)))


async def test_closing_the_program_stops_the_countdown_where_it_was(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_stage("writing")
        await lead.wait(12)
        lead.scene.left()
        *_, before, left = lead.saved_all
        assert left.type == "session-left"
        assert (left.at - before.at).total_seconds() >= 12
