"""What is said stands above the bar: the bar itself always says what Space or Enter will do."""

from pathlib import Path

import pytest

from tests.ui.run.leading import leading

SIZES = [(80, 24), (120, 36)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_laptop_that_slept_leaves_the_bar_as_it_was(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.press("space")
        before = lead.bar
        lead.clock.advance(600)
        await lead.wait(1)
        assert lead.said == "The laptop slept for 10 minutes; that is not exercise time."
        assert lead.bar == before
        await lead.press("escape")
        assert "slept" not in lead.page


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_refused_is_said_at_once_and_the_bar_still_names_space(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, size=size) as lead:
        before = lead.bar
        await lead.command("l")
        assert "no \u25c6 now" in lead.said
        assert lead.bar == before
        await lead.enter("@field-one")
        assert lead.said
        assert lead.bar.startswith("ENTER")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_said_beside_a_prompt_stands_under_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.press("space")
        await lead.command("e")
        await lead.enter("no")
        assert lead.said == "Only the word \u201cend\u201d ends the run."
        assert "TYPE END" in lead.page
        assert lead.bar.startswith("ENTER")
