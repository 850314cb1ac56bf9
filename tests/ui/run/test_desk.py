"""What stands on the leader's screen while the storyline runs, at both sizes: everything true, nothing out of reach."""

from pathlib import Path

import pytest

from tests.ui.run.leading import leading

SIZES = [(80, 24), (120, 36)]


@pytest.mark.parametrize("size", SIZES)
async def test_in_a_pause_past_the_budget_nobody_said_that_it_goes_well(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, size=size) as lead:
        await lead.press("space")
        await lead.wait(4 * 60 + 18)
        await lead.command("p")
        await lead.press("enter")
        assert "going well" not in lead.page
        assert "over its time" in lead.page
        await lead.press("space")
        await lead.command("g")
        assert "going well, 0:" in lead.page


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_tab_of_the_card_is_whole(tmp_path: Path, language: str) -> None:
    async with leading(tmp_path, size=(80, 24), language=language) as lead:
        await lead.press("space")
        assert lead.words.t("PARTICIPANTS' SCREEN") in lead.page
        await lead.wait(60 * 10)
        assert lead.words.t("PARTICIPANTS' SCREEN") in lead.page
