"""What a leader mistypes is neither lost nor taken for something else, and the bar says so before Enter."""

from pathlib import Path

import pytest

from tabletop.core import events as e
from tests.builders import STEPS, small_exercise
from tests.ui.run.leading import leading


async def test_a_refused_word_stays_until_a_word_takes_its_place(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("o")
        await lead.enter("zz")
        assert "another word over it" in lead.page
        await lead.press("space", "space")
        assert lead.text == "zz"
        await lead.type("a")
        assert lead.text == "a"


async def test_a_line_of_spaces_alone_is_an_empty_one(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        before = lead.session.n
        await lead.type("a b")
        await lead.press("home", "delete", "end", "backspace")
        assert lead.text == " "
        await lead.press("space")
        assert lead.text == ""
        assert lead.session.n > before


@pytest.mark.parametrize(("typed", "said"), [("449", "only digits from 0 to 5"), ("44433322211", "11, and 4 are")])
async def test_the_bar_says_what_is_no_count_of_fingers(tmp_path: Path, typed: str, said: str) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("v")
        await lead.type(typed)
        assert said in lead.bar


async def test_space_does_not_go_past_a_dilemma_without_a_word(tmp_path: Path) -> None:
    choices = [{"id": "open", "text": "Open it."}, {"id": "shut", "text": "Keep it shut."}]
    follows = {**STEPS[3], "only_after": ["a1.shut"]}
    exercise = small_exercise(({**STEPS[0], "choices": choices}, STEPS[1], STEPS[2], follows))
    async with leading(tmp_path, exercise=exercise) as lead:
        await lead.until_shown("a1")
        assert "nobody chose yet  /j" in lead.bar
        before = lead.session.n
        await lead.press("space")
        assert "Space once more goes on without" in lead.page
        assert lead.session.n == before
        await lead.command("j")
        await lead.press("down")
        await lead.enter("because it is cold")
        (chosen,) = [one for one in lead.new() if isinstance(one, e.Chosen)]
        assert "nobody chose yet" not in lead.bar
        assert "because because" not in lead.page
        assert chosen.because == "it is cold"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("the @nobody is late", "@nobody stays text"),
        ("late @field-o and so on", "counts only at the end"),
        ("late @nobody", "@nobody is unknown and stays text"),
        ("a word@home is no token", ""),
    ],
)
async def test_a_token_that_stays_text_is_named(tmp_path: Path, typed: str, said: str) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type(typed)
        assert said in lead.bar
        assert ("stays text" in lead.bar) == ("stays text" in said)


async def test_the_word_at_the_last_bar_opens_the_end(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.space_until(lambda _: "still open" in lead.bar or "nothing is left" in lead.bar)
        await lead.enter("end")
        assert lead.session.phase == "debrief"
        assert lead.text == "end"
        await lead.press("enter")
        assert lead.session.phase == "ended"
        assert lead.text == ""
        assert "draft" not in lead.page


@pytest.mark.parametrize(("follows", "presses"), [(["a1.shut"], 2), ([], 1)], ids=["something follows", "nothing does"])
async def test_space_twice_goes_past_a_dilemma_that_something_follows(
    tmp_path: Path, follows: list[str], presses: int
) -> None:
    choices = [{"id": "open", "text": "Open it."}, {"id": "shut", "text": "Keep it shut."}]
    steps = ({**STEPS[0], "choices": choices}, STEPS[2], {**STEPS[3], "only_after": follows})
    async with leading(tmp_path, exercise=small_exercise(steps)) as lead:
        await lead.until_shown("a1")
        await lead.press(*["space"] * presses)
        assert lead.session.current == "a2"


async def test_space_passes_the_thank_yous_where_nothing_comes_after_them(tmp_path: Path) -> None:
    exercise = small_exercise(basis={})
    async with leading(tmp_path, exercise=exercise) as lead:
        await lead.space_until(lambda session: session.task == "thanks")
        seen = []
        for _ in lead.session.participants:
            seen.append(lead.bar)
            await lead.press("space")
        assert len(set(seen)) == len(seen)
        assert "next thank-you" not in lead.bar
        assert "still open" in lead.bar
