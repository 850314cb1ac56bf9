"""The help of a run: it says what keys and commands do, and does nothing itself."""

from pathlib import Path

import pytest

from tabletop.core.exercise import Language
from tabletop.ui.run.commands import COMMANDS
from tests.ui.run.leading import leading


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_help_reads_through_every_key_sign_and_command(
    tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, language=language, size=size) as lead:
        await lead.press("space", "f1")
        seen = set()
        for _ in range(90):
            seen.update(line.strip() for line in lead.rows)
            await lead.press("down")
        text = "\n".join(seen)
        for command in COMMANDS:
            assert f"/ {command.letter(language)}  " in text, command.id
            assert lead.words.t(command.help).split()[-1] in text, "nothing is cut"
        for key in (
            "PageDown",
            "Enter",
            "Tab",
            "Esc",
            "↑ ↓",
            "Ctrl+Q",
            "Ctrl+P",
            "+ …",
            "- …",
            "! …",
            "… *",
            "… @",
            "… #",
        ):
            assert f"\n{key}" in text or f" {key}" in text, key
        lead.new()
        await lead.press("up")
        assert lead.scene.prompt is not None


@pytest.mark.parametrize("closes", ["enter", "escape", "space", "pagedown", "f1"])
@pytest.mark.parametrize("opens", [("f1",), ("slash", "h")])
async def test_what_closes_the_help_does_nothing_else(tmp_path: Path, closes: str, opens: tuple[str, ...]) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space", *opens, "down", "down", "down")
        lead.new()
        await lead.press(closes)
        assert lead.scene.prompt is None
        assert lead.new() == []
        assert lead.session.phase == "running"


async def test_help_keeps_a_half_typed_line_and_a_prompt_under_it(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("half a line")
        await lead.press("f1", "enter")
        assert (lead.text, lead.new()[1:]) == ("half a line", [])
        await lead.press("ctrl+u")
        await lead.command("v")
        await lead.type("44")
        await lead.press("f1", "space")
        assert lead.text == "44"
        assert lead.session.fingers is not None, "what was asked on the wall stays"
        await lead.enter("31")
        assert lead.session.counted[-1].counted == (4, 4, 3, 1)


async def test_a_letter_closes_the_help_and_is_typed(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space", "f1")
        await lead.type("+ coffee first")
        assert lead.text == "+ coffee first"
        assert "save learning point" in lead.bar


async def test_a_double_press_that_closes_the_help_goes_no_further(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space", "f1")
        lead.new()
        await lead.press("space")
        lead.clock.advance(0.1)
        await lead.pilot.press("space")
        assert lead.new() == []
