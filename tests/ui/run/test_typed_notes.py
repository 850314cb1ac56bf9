"""What is typed: learning points, decisions, observations, their tokens, and what the bar says before Enter."""

from pathlib import Path

import pytest

from tabletop.core import events as e
from tabletop.core.exercise import Language
from tabletop.ui.run.drawing import marks
from tests.builders import PEOPLE, inject, small_exercise
from tests.ui.run.leading import leading


@pytest.mark.parametrize(
    ("typed", "bar", "saved"),
    [
        ("neighbours help", "save observation", {"type": "observation", "text": "neighbours help", "official": None}),
        ("neighbours help @field-one", "save observation  Field One", {"official": "field-one"}),
        ("+ coffee first", "save learning point  + the table", {"type": "learning-point", "turn": "keep",
         "text": "coffee first", "official": None, "inject": "a1", "objectives": ("o1",)}),
        ("- drove off @office-one #staff", "save learning point  Δ Office One", {"turn": "change",
         "official": "office-one", "themes": ("staff",)}),
        ("+ @field-one coffee first", "save learning point  + Field One", {"official": "field-one",
         "text": "coffee first"}),
        ("+ coffee first @field-one #o9", "save learning point  + Field One", {"official": "field-one",
         "text": "coffee first #o9"}),
        ("+ coffee first #o2", "keep · observation · A1 · O2", {"text": "coffee first", "objectives": ("o2",)}),
        ("+ coffee first #short-o2", "keep · observation · A1 · O2", {"objectives": ("o2",)}),
        ("neighbours help #o2", "save observation", {"text": "neighbours help #o2"}),
        ("@field-one helps", "@field-one counts only at the end of the line", {"text": "@field-one helps",
         "official": None}),
        ("+ for myself *", "save learning point  + ", {"private": True, "text": "for myself"}),
        ("+", "save a mark  + ", {"type": "learning-point", "turn": "keep", "text": ""}),
        ("-", "save a mark  Δ ", {"type": "learning-point", "turn": "change", "text": ""}),
        ("*", "write down: kept for myself", {"type": "kept-private"}),
        ("asked around @field-one @office-one", "save informal contact  Field One ↔ Office One",
         {"official": "field-one", "contact": "office-one", "text": "asked around"}),
        ("for me alone *", "save observation", {"private": True}),
        ("-5 degrees", "save observation", {"text": "-5 degrees"}),
        ("\\+ is a plus", "save observation", {"text": "+ is a plus"}),
        ("mail \\@field-one", "save observation", {"text": "mail @field-one", "official": None}),
        ("see [b]this[/x] @click", "save observation", {"text": "see [b]this[/x] @click"}),
    ],
)  # fmt: skip
async def test_the_bar_says_what_enter_will_save_and_it_is_saved(
    tmp_path: Path, typed: str, bar: str, saved: dict[str, object]
) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        lead.new()
        await lead.type(typed)
        await lead.press("escape") if lead.scene.completion else None
        assert bar in lead.bar, lead.bar
        assert lead.bar.startswith("ENTER")
        await lead.press("enter")
        (event,) = lead.new()
        for key, value in saved.items():
            assert getattr(event, key) == value
        assert lead.text == ""


async def test_a_learning_point_costs_its_text_and_two_keys(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        keys = ["+", *"coffee", "enter"]
        for key in keys:
            await lead.press(key)
        assert lead.session.points[0].text == "coffee"
        assert len(keys) == len("coffee") + 2


async def test_the_bar_at_the_right_says_where_a_point_belongs(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        await lead.type("+ eerst koffie")
        assert "vasthouden · waarneming · A1 · O1" in lead.bar


async def test_completion_puts_the_receiver_first_then_who_spoke_last_then_who_has_nothing(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_shown("a3")
        await lead.enter("+ one @office-one")
        await lead.type("+ two @")
        codes = [candidate.code for candidate in lead.scene.completion.candidates]
        assert codes[:4] == ["field-one", "office-one", "leader-one", "special-one"]
        details = [candidate.detail for candidate in lead.scene.completion.candidates][:3]
        assert details == ["got A3", "spoke last", "nothing yet"]
        assert "► Field One" in lead.page


async def test_completion_knows_who_is_in_the_pool_that_got_the_inject(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_shown("a5")
        await lead.type("+ two @")
        got = [one.code for one in lead.scene.completion.candidates if one.detail == "got A5"]
        assert got == ["leader-one", "special-one"]
        assert [one.code for one in lead.scene.completion.candidates][:2] == got


async def test_tab_takes_a_completion_enter_never_does(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("+ point @off")
        await lead.press("tab")
        assert lead.text == "+ point @office-one "
        await lead.press("enter")
        assert lead.session.points[0].official == "office-one"
        await lead.type("+ point @o")
        await lead.press("enter")
        assert lead.session.points[1].text == "point @o"
        await lead.type("@")
        first = lead.scene.completion.candidates[0].code
        await lead.press("down", "up", "down", "tab")
        assert lead.text != f"@{first} "
        await lead.press("ctrl+u")
        await lead.type("note #sel")
        await lead.press("tab", "enter")
        assert lead.new()[-1].themes == ("self reliance",)


async def test_what_only_one_begins_with_is_meant_and_the_bar_says_so_before_enter(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("+ point @off")
        assert "Office One" in lead.bar
        await lead.press("enter")
        assert lead.session.points[0].official == "office-one"
        assert lead.session.points[0].text == "point"


async def test_space_and_esc_close_a_completion(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.type("note @fi")
        assert lead.scene.completion is not None
        await lead.press("escape")
        assert lead.scene.completion is None
        assert lead.text == "note @fi"
        await lead.type("e")
        assert lead.scene.completion is not None
        await lead.type(" ")
        assert lead.scene.completion is None


async def test_an_unknown_token_is_named_before_enter(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.type("+ punt @niemand")
        assert "@niemand" in lead.bar
        await lead.press("enter")
        assert lead.session.points[0].text == "punt @niemand"


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("en", "+ coffee @field-one #o9", "#o9 is unknown and stays text"),
        ("nl", "+ koffie @field-one #o9", "#o9 is onbekend en blijft tekst"),
        ("en", "+ so #staff came first", "#staff counts only at the end of the line"),
        ("nl", "- en @field-one ging weg", "@field-one telt alleen aan het eind van de regel"),
        ("nl", "* liever niet hardop", "* telt alleen aan het eind van de regel"),
    ],
)
async def test_the_token_that_stays_text_is_named_before_enter_and_no_other(
    tmp_path: Path, language: Language, typed: str, said: str
) -> None:
    async with leading(tmp_path, language=language) as lead:
        await lead.press("space")
        await lead.type(typed)
        assert said in lead.bar


async def test_a_token_that_stays_text_is_named_on_a_small_screen_too(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(80, 24)) as lead:
        await lead.press("space")
        await lead.type("- and @field-one drove off to the sports hall @office-one")
        assert "@field-one counts only at the end of the line" in lead.page
        assert "Office One" in lead.page


async def test_who_is_at_the_table_is_meant_by_name(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("w")
        await lead.enter("Marieke de Vries")
        lead.new()
        await lead.type("+ coffee first @mar")
        assert "+ Leader One" in lead.bar
        assert lead.scene.completion is not None
        assert lead.scene.completion.token == "@leader-one"
        await lead.press("enter")
        (point,) = lead.new()
        assert (point.official, point.text) == ("leader-one", "coffee first")


async def test_a_name_at_the_start_of_an_inject_of_ones_own_does_not_reach_the_wall(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("i")
        lead.new()
        await lead.enter("@field-one the phone rings")
        assert "@field-one counts only at the end" in lead.page
        assert lead.text == "@field-one the phone rings"
        assert not lead.new()


async def test_words_marked_private_never_reach_the_table(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("! between us *")
        assert len(lead.session.decisions) == 0
        assert lead.scene.prompt is None
        await lead.until_stage("fingers")
        await lead.press("space")
        await lead.type("between us *")
        assert "agreed" not in lead.bar
        assert "private" in lead.bar
        await lead.press("enter")
        assert lead.session.agreements == ()
        found = [one for one in lead.new() if isinstance(one, e.Observed)]
        assert [one.private for one in found] == [True, True]


async def test_an_agreed_line_keeps_all_its_words(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_stage("agreement")
        await lead.enter("we first ask @field-one @office-one")
        assert lead.session.agreement.text == "we first ask Field One Office One"


async def test_tokens_without_a_field_of_their_own_stay_in_the_words(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("! shut @field-one @office-one #staff")
        await lead.press("escape")
        assert lead.session.decisions[-1].text == "shut Office One #staff"
        await lead.enter("+ asked @field-one @office-one #staff")
        point = lead.session.points[-1]
        assert (point.official, point.text, point.themes) == ("field-one", "asked Office One", ("staff",))
        await lead.enter("spoke @field-one @office-one @mayor")
        assert lead.new()[-1].text == "spoke Mayor"
        await lead.type("- @field-one @office-one")
        assert "\u0394 Field One and Office One" in lead.bar
        await lead.press("enter")
        assert [one.official for one in lead.session.points if one.is_mark] == ["field-one", "office-one"]
        await lead.until_stage("round")
        await lead.enter("older #self-reliance @office-one")
        answer = lead.session.answers[-1]
        assert (answer.text, answer.official) == ("older #self-reliance", "office-one")


async def test_a_group_comes_on_the_list_and_is_taken_off(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_stage("list")
        await lead.enter("people alone")
        await lead.enter("families with a baby")
        assert lead.session.groups == ("people alone", "families with a baby")
        await lead.type("- people")
        assert "take off the list" in lead.bar
        await lead.press("enter")
        assert lead.session.groups == ("families with a baby",)
        await lead.enter("- people")
        assert "say whose" in lead.said
        assert lead.text == "- people"
        assert not lead.session.points
        await lead.press("escape")
        await lead.enter("- we were late @field-one")
        assert lead.session.points[0].text == "we were late"


async def test_enter_on_the_empty_line_after_a_note_does_nothing(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("a note")
        lead.new()
        await lead.press("enter", "enter")
        assert lead.new() == []


async def test_a_saved_note_is_at_once_under_just_saved(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        await lead.enter("+ eerst koffie @field-one")
        assert "NET BEWAARD" in lead.page
        assert "eerst koffie" in lead.page
        await lead.enter("+ geheim woord *")
        assert "geheim woord" not in lead.page


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("+ point @hpz", ["+", "@hpz"]),
        ("-later #gas", ["-", "#gas"]),
        ("-5 degrees", []),
        ("* mine", ["*"]),
        ("mail a@b", []),
        ("! shut", ["!"]),
    ],
)
def test_what_is_more_than_words_stands_out_in_the_line(text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text)] == marked


async def test_what_tab_would_add_is_told_from_what_was_typed(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("+ point @o")
        shown = lead.line._value
        assert shown.plain == "+ point @o ffice-one"
        styles = [{span.style for span in shown.spans if span.start <= place < span.end} for place in (9, 12)]
        assert styles[0] != styles[1]


async def test_the_bar_warns_of_a_completion_whoever_the_point_is_about(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_shown("a3")  # the field's alone
        await lead.type("+ point @f")
        assert "Field One" in lead.bar
        assert "Tab takes @field-one, Enter does not" in lead.bar
        await lead.press("ctrl+u")
        await lead.type("+ point @o")
        assert "Tab takes @office-one, Enter does not" in lead.bar


async def test_a_completion_covers_neither_the_storyline_nor_the_tally(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(120, 36)) as lead:
        await lead.press("space")
        before = lead.rows
        await lead.type("+ point @")
        changed = [place for place, line in enumerate(lead.rows) if line != before[place]]
        for place in changed[:-4]:  # the bar changes as well
            assert lead.rows[place].ljust(120)[:40] == before[place].ljust(120)[:40]
            assert lead.rows[place].ljust(120)[90:] == before[place].ljust(120)[90:]


@pytest.mark.parametrize(
    ("to", "official"),
    [
        ([], None),
        (["field-one"], "field-one"),
        (["mayor"], None),
        (["leader-one", "field-one"], None),
        (["mayor", "field-one"], None),
        (["leadership"], "leader-one"),
        (["field"], None),
    ],
)
async def test_a_point_that_names_nobody_is_of_the_only_receiver_or_else_of_the_table(
    tmp_path: Path, to: list[str], official: str | None
) -> None:
    exercise = small_exercise((inject("a1", to=to),))
    async with leading(tmp_path, exercise, officials=(*PEOPLE, "field-two")) as lead:
        await lead.press("space")
        await lead.type("+ coffee first")
        assert f"+ {lead.session.label(official) or 'the table'}" in lead.bar
        await lead.press("enter")
        assert lead.session.points[0].official == official
