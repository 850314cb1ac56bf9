"""Where there is little room: what is needed now has it, and what is cut off says so."""

from pathlib import Path

from tabletop.core import moves
from tabletop.core.participants import Reveal, view
from tabletop.locale import words_for
from tabletop.ui import paper
from tabletop.ui.rows import plain, width_of
from tabletop.ui.run.storyline import ribbon
from tests.builders import SMALL, STEPS, Run, inject, small_exercise
from tests.ui.run.leading import leading

MANY = small_exercise(tuple(inject(f"a{number}", minute=number * 4) for number in range(1, 13)), minutes=90)


def shown(run: Run, width: int = 76) -> str:
    line = ribbon(run.session, run.moment, words_for("en"), width)
    assert width_of(line) == width
    return plain(line).rstrip()


def test_the_ribbon_says_where_steps_fall_off() -> None:
    run = Run(MANY).space()
    assert shown(run, 200).startswith(" ►A1")
    assert shown(run, 200).endswith("■")
    assert shown(run, 50).endswith("›")
    assert not shown(run, 50).startswith("‹")
    run.until_shown("a7")
    assert shown(run, 50).startswith("‹ ✓A")
    assert shown(run, 50).endswith("›")
    run.until_shown("a12")
    assert shown(run, 50).startswith("‹ ✓A")
    assert shown(run, 50).endswith("■")


def test_the_ribbon_has_the_unplanned_feedback_point() -> None:
    run = Run(MANY).until_shown("a2").do(moves.open_unplanned, "", [])
    run.until_shown("a3")
    assert "✓A2 ✓◆  ►A3" in shown(run, 200)


async def test_the_points_have_the_room_until_the_arrows_leave_them(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(80, 24)) as lead:
        await lead.press("space")
        for number in range(12):
            await lead.enter(f"+ point {number}")
        await lead.wait(60 * 50)
        await lead.space_until(lambda session: session.task == "kinds")
        assert all(f"point {number}" in lead.page for number in range(6))
        assert "AFTER THAT" in lead.page
        await lead.press("up")
        assert "► what really happened" in lead.page
        await lead.press("down")
        assert "► +" in lead.page
        assert "point 0" in lead.page


async def test_the_leaders_text_of_what_happened_follows_the_wall(tmp_path: Path) -> None:
    first, second = "First it rained. " * 22, "Then it stopped. " * 22
    basis = {"text": "x", "reveal": f"{first}\n\n{second}", "question": "What did we do?", "sources": ["a paper"]}
    async with leading(tmp_path, small_exercise(basis=basis), size=(80, 24)) as lead:
        await lead.press("space")
        await lead.wait(60 * 50)
        await lead.space_until(lambda session: session.task == "reveal")
        await lead.press("enter")
        pages = 0
        while True:
            card = view(lead.session).card
            assert isinstance(card, Reveal)
            said = " ".join(line.text for line in card.lines if line.kind not in ("gap", "from"))
            assert said in " ".join(lead.page.split())
            pages += 1
            if card.page == card.pages:
                break
            await lead.press("space")
        assert pages > 1


def test_what_really_happened_has_no_last_page_of_a_line_or_two() -> None:
    for length in range(2, 60):
        basis = {"text": "x", "reveal": "word " * 9 * length, "sources": ["one source"] * 3}
        run = Run(small_exercise(basis=basis)).until_debrief().do(moves.show_reveal)
        card = view(run.session).card
        assert isinstance(card, Reveal)
        while card.page < card.pages:
            run.space()
            card = view(run.session).card
            assert isinstance(card, Reveal)
        assert card.pages == 1 or len(card.lines) > 2


def test_an_inject_of_the_leaders_own_keeps_the_story_time() -> None:
    run = Run(SMALL).until_shown("a1").do(moves.improvise, "The mayor calls.", channel="phone")
    page = "\n".join(map(plain, paper.page(view(run.session), words_for("en"), 70, 20)))
    assert "time-a1" in page
    run.do(moves.improvise, "And once more.")
    assert "time-a1" in "\n".join(map(plain, paper.page(view(run.session), words_for("en"), 70, 20)))


async def test_a_long_name_of_an_inject_stands_whole_in_the_storyline(tmp_path: Path) -> None:
    steps = ({**STEPS[0], "id": "dilemma"}, *STEPS[1:3])
    async with leading(tmp_path, size=(120, 36), exercise=small_exercise(steps)) as lead:
        assert "DILEMMA " in lead.page.split("STORYLINE")[1].split("\n")[2]
