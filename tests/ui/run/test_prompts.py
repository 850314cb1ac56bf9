"""What opens above the Space bar: where the details stand, and what the keys are said to do meanwhile."""

from pathlib import Path

import pytest

from tabletop.ui.rows import plain, width_of
from tabletop.ui.run.prompts import Ask, Option, Pick
from tests.ui.run.leading import Lead, leading

OPTIONS = (Option("a", "short", "the first detail"), Option("b", "a longer name", "the second detail, " * 6))


def pick(**more: object) -> Pick:
    return Pick("TITLE", OPTIONS, lambda *_: None, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [80, 120, 200])
def test_details_stand_in_one_column_also_where_they_wrap(width: int) -> None:
    rows = pick().rows(width, 20)
    assert {width_of(line) for line in rows} == {width}
    starts = {plain(line).find(word) for line in rows for word in ("the first", "the second") if word in plain(line)}
    assert len(starts) == 1
    assert not plain(rows[2]).strip()


def test_only_the_list_is_lit_and_not_the_whole_width() -> None:
    options = (Option("a", "yes"), Option("b", "no"))
    (lit,) = [line for line in Pick("TITLE", options, lambda *_: None).rows(120, 20) if "yes" in plain(line)]
    assert sum(len(text) for text, ink in lit if ink.startswith("now.")) < 60
    assert lit[-1][1].startswith("list.")


def test_a_detail_beside_a_very_long_label_stands_under_it() -> None:
    options = (Option("a", "a label that is much longer than half of it", "the detail"),)
    rows = [plain(line) for line in Pick("TITLE", options, lambda *_: None).rows(80, 20)]
    assert any(line.strip() == "the detail" for line in rows)


def test_a_text_that_is_changed_is_seen_whole_above_the_line() -> None:
    rows = Ask("CHANGE", lambda _: None, before="one paragraph\n\nand another").rows(80, 20)
    assert [plain(line).strip() for line in rows if plain(line).strip()] == ["CHANGE", "one paragraph", "and another"]


async def test_the_text_of_the_next_inject_stands_wrapped_above_the_line(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        inject = lead.session.next_inject
        await lead.command("x")
        assert all(word in " ".join(lead.page.split()) for word in inject.text.split())


async def hinted(lead: Lead) -> str:
    return plain(lead.scene.hints(120)).rstrip()


async def test_hints_name_only_what_is_so(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(120, 36)) as lead:
        await lead.press("space")
        assert "Tab completes" in await hinted(lead)
        await lead.command("u")
        assert "PageDown" not in await hinted(lead)
        await lead.press("escape")
        await lead.command("n")
        assert "PageDown" not in await hinted(lead)
        assert "Nothing else is done" in await hinted(lead)
        await lead.enter("resume")
        lead.disk.broken = True
        await lead.enter("a note")
        assert "Your line stays." in await hinted(lead)
        lead.disk.broken = False
        await lead.press("enter")
        await lead.space_until(lambda s: s.phase == "debrief")
        assert "Space never closes" in await hinted(lead)
        await lead.command("e")
        assert "Space never closes" not in await hinted(lead)
        await lead.enter("end")
        assert await hinted(lead) == "  ↑ ↓ read     Ctrl+Q closes the program"


async def test_the_line_says_what_a_text_does_at_the_thank_yous(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.space_until(lambda s: s.phase == "debrief" and s.task == "thanks")
        assert "thank-you" in lead.scene.look().placeholder
