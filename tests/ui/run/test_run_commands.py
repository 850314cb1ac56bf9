"""Every command of the table: by its letter in both languages, by name, and what it asks and writes down."""

from pathlib import Path

import pytest

from tabletop.core import events as e
from tabletop.core.exercise import Language
from tabletop.ui.run.commands import COMMANDS, fitting
from tests.builders import CALL_OUT, SMALL, Run
from tests.ui.run.leading import Lead, leading

TABLE = """
feedback f f, buy-time k t, pause p p, insert i i, change x x, skip s k, later l l, short m m, answers a a,
rewind r r, back t b, first 1 1, seen z s, well g g, objective d o, fingers v v, checklist c c, roster w w,
undo o u, elsewhere b d, quit q q, end e e, help h h, no-play n n, choose j j,
bring-in u y, rebuttal 6 6, dial w w, call c c
"""


def types(lead: Lead) -> list[str]:
    return [event.type for event in lead.new()]


def test_the_letters_are_those_of_the_table_and_none_has_two_meanings() -> None:
    wanted = {tuple(line.split()) for line in TABLE.replace("\n", " ").split(",")}
    assert {(c.id, c.nl, c.en) for c in COMMANDS} == wanted
    for exercise in (SMALL, CALL_OUT):
        commands = fitting(Run(exercise).session)
        for letters in ([c.nl for c in commands], [c.en for c in commands]):
            assert len(set(letters)) == len(letters)


PROMPTED = {"buy-time", "pause", "insert", "change", "first", "fingers", "checklist", "roster", "undo", "end", "help",
            "objective", "rebuttal"}  # fmt: skip
AT_ONCE = {"feedback": "feedback-opened", "seen": "learning-seen", "well": "going-well", "no-play": "paused"}


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_each_letter_runs_its_command(tmp_path: Path, language: Language) -> None:
    async with leading(tmp_path, language=language) as lead:
        await lead.press("space")
        for command in fitting(lead.session):
            letter = command.letter(language)
            lead.new()
            if command.id in PROMPTED:
                await lead.command(letter)
                assert lead.scene.prompt is not None, command.id
                await lead.press("escape")
                assert lead.scene.prompt is None
            elif command.id in AT_ONCE and command.id not in ("feedback", "no-play"):
                await lead.command(letter)
                assert types(lead) == [AT_ONCE[command.id]]
        await lead.command("f")
        assert types(lead) == ["feedback-opened"]
        await lead.command("n")
        assert types(lead) == ["paused"]


async def test_a_pale_command_says_why_and_does_nothing(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        for letter, why in (("t", "alleen in ◆"), ("l", "nu geen ◆"), ("z", "geen inject"), ("g", "geen inject"),
                            ("o", "nog niets")):  # fmt: skip
            await lead.command(letter)
            assert why in lead.said, (letter, lead.said)
            assert lead.scene.prompt is None
        assert lead.new() == []
        await lead.type("een notitie")
        assert "bewaar waarneming" in lead.bar


async def test_what_has_no_place_now_is_not_in_the_list(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("slash")
        for name in ("kort", "antwoorden", "rol terug", "elders", "dilemma"):
            assert name not in lead.page
        await lead.press("escape")
        for letter, why in (("m", "nu geen ◆"), ("a", "alleen in ◆"), ("r", "alleen in ◆"), ("b", "alles is bewaard"),
                            ("j", "geen dilemma"), ("u", "nu niets aangeboden")):  # fmt: skip
            await lead.command(letter)
            assert why in lead.said, (letter, lead.said)
            assert lead.scene.prompt is None
        assert lead.new() == []


async def test_a_letter_that_no_command_has_is_said_in_the_list(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("slash", "y")
        assert "Geen opdracht heeft de letter y." in lead.page
        await lead.press("down")
        assert "Geen opdracht" not in lead.page


async def test_in_a_feedback_point_a_letter_of_the_storyline_says_why_not(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        await lead.command("f")
        lead.new()
        for letter in "fkxsz":
            await lead.command(letter)
            assert "nu niet in ◆" in lead.said, (letter, lead.said)
        await lead.command("n")
        for letter in "fkxsz":
            await lead.command(letter)
            assert "een echt incident gaat voor" in lead.said, (letter, lead.said)


async def test_where_rows_are_narrow_the_bar_says_why_the_selected_command_is_pale(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl", size=(80, 24)) as lead:
        await lead.press("slash")
        await lead.press(*["down"] * 7)
        assert "later: na dit inject: nu geen ◆" in lead.page
        assert lead.new() == []


@pytest.mark.parametrize(
    ("language", "name", "title"),
    [("nl", "eerste", "EERSTE VRAAG"), ("en", "at the table", "WHO IS AT THE TABLE?")],
)
async def test_ctrl_p_finds_a_command_by_name(tmp_path: Path, language: Language, name: str, title: str) -> None:
    async with leading(tmp_path, language=language) as lead:
        await lead.press("space")
        await lead.type("half")
        await lead.press("ctrl+p")
        await lead.type(name + "xx")
        assert name + "xx" in lead.page
        await lead.press("backspace", "backspace")
        await lead.press("enter")
        assert title in lead.page
        await lead.press("escape")
        assert lead.text == "half"


async def test_a_decision_asks_who_where_and_within_mandate(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("! the hall stays closed")
        assert "WHO DECIDED?" in lead.page
        await lead.press("down", "enter", "down", "down", "enter", "down", "enter")
        decision = lead.session.decisions[-1]
        assert (decision.text, decision.official, decision.where, decision.within) == (
            "the hall stays closed", "field-one", "back-office", "yes")  # fmt: skip
        await lead.enter("! second @office-one")
        assert "WHERE" in lead.page
        await lead.press("enter", "enter")
        decision = lead.session.decisions[-1]
        assert (decision.text, decision.official, decision.where, decision.within) == (
            "second", "office-one", None, None)  # fmt: skip
        await lead.enter("! third")
        await lead.press("escape")
        assert lead.scene.prompt is None
        assert lead.session.decisions[-1].text == "third"


async def test_the_first_question_has_an_answer_and_a_because(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.command("1")
        await lead.press("down", "down")
        await lead.enter("they help each other")
        first = lead.session.first
        assert (first.answer, first.because) == ("not-yet", "they help each other")
        await lead.command("1")
        await lead.press("enter")
        assert lead.session.first == first
        await lead.command("1")
        await lead.press("down", "enter")
        assert (lead.session.first.answer, lead.session.first.because) == ("yes", "")


@pytest.mark.parametrize(
    ("language", "typed", "answer", "because"),
    [
        ("nl", "nee", "no", ""),
        ("nl", "Nog niet.", "not-yet", ""),
        ("nl", "nee, ze redden het zelf", "no", "ze redden het zelf"),
        ("en", "no", "no", ""),
        ("en", "not yet", "not-yet", ""),
        ("en", "nobody asked", "yes", "nobody asked"),
        ("nl", "no", "no", ""),
        ("nl", "nog", "not-yet", ""),
        ("nl", "not yet", "not-yet", ""),
        ("en", "nee", "no", ""),
        ("en", "y", "yes", ""),
        ("nl", "Nee. Ze redden het", "no", "Ze redden het"),
        ("nl", "nee want ze redden het", "no", "ze redden het"),
        ("nl", "nee, want ze redden het", "no", "ze redden het"),
        ("nl", "nee ze redden het", "no", "nee ze redden het"),
        ("nl", "ze redden het, nog wel", "yes", "ze redden het, nog wel"),
    ],
)
async def test_an_answer_that_is_typed_is_that_answer_and_not_the_reason_for_another(
    tmp_path: Path, language: Language, typed: str, answer: str, because: str
) -> None:
    async with leading(tmp_path, language=language) as lead:
        await lead.command("1")
        await lead.enter(typed)
        first = lead.session.first
        assert (first.answer, first.because) == (answer, because)


async def test_the_bar_says_before_enter_which_answer_is_saved(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.command("1")
        assert "ENTER   eerste vraag:  ja  " in lead.bar
        await lead.type("ze vragen erom")
        assert "ENTER   eerste vraag:  ja, want ze vragen erom" in lead.bar
        await lead.press(*["backspace"] * len("ze vragen erom"))
        await lead.type("nee, ze redden het")
        assert "ENTER   eerste vraag:  nee, want ze redden het" in lead.bar
        await lead.press("enter")
        await lead.command("1")
        await lead.type("nog niet")
        assert "eerste vraag:  nog niet   in plaats van nee" in lead.bar
        await lead.press("enter")
        assert [one.answer for one in lead.session.first.answers] == ["not-yet"]


async def test_what_two_answers_begin_with_is_neither_of_them(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.command("1")
        await lead.type("n")
        assert "ENTER" not in lead.bar
        assert "nee · nog niet" in lead.bar
        lead.new()
        await lead.press("enter")
        assert not lead.new()
        await lead.press("down", "down", "enter")
        assert (lead.session.first.answer, lead.session.first.because) == ("not-yet", "")


async def test_an_arrow_after_typing_has_the_last_word(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.command("1")
        await lead.type("nee, nog even wachten")
        await lead.press("down", "enter")
        assert (lead.session.first.answer, lead.session.first.because) == ("not-yet", "nog even wachten")


async def test_who_decided_is_found_by_name_and_what_is_not_found_is_no_dead_end(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("w")
        await lead.enter("Marieke de Vries")
        await lead.enter("! the hall stays closed")
        await lead.type("Klaas")
        assert "nothing here is called that" in lead.bar
        assert "Esc" in lead.bar
        await lead.press("enter")
        assert "Nothing here is called that" in lead.page
        await lead.type("marie")
        assert lead.text == "marie"
        assert "Leader One" in lead.bar
        await lead.press("enter")
        assert lead.session.decisions[-1].official == "leader-one"
        assert "WHERE WAS IT DECIDED?" in lead.page


async def test_a_note_that_was_typed_beside_a_list_is_not_lost(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("! the hall stays closed")
        await lead.enter("they ask for coffee")
        await lead.type("leader")
        await lead.press("enter", "escape", "escape")
        assert lead.text == "they ask for coffee"


async def test_a_dilemma_is_judged_with_a_because(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_shown("a4")
        assert "choice-a4-stay" in lead.page
        await lead.command("j")
        assert "argument-a4-go" in lead.page
        await lead.press("down")
        await lead.enter("it is cold")
        chosen = lead.session.choices["a4"]
        assert (chosen.choice, chosen.because) == ("go", "it is cold")


async def test_objectives_tick_until_it_is_enough(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        for _ in range(2):
            await lead.command("d")
            await lead.press("enter")
        assert lead.session.is_enough
        assert "genoeg" in lead.page
        await lead.command("d")
        assert "alle afgevinkt" in lead.said
        assert lead.scene.prompt is None


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_point_on_an_objective_is_no_tick_and_may_still_be_ticked(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, language="nl", size=size) as lead:
        await lead.press("space")
        await lead.enter("+ eerst koffie")
        assert ("● O1" if size[1] > 30 else "●O1") in lead.page
        await lead.command("d")
        assert "O1 objective-o1" in lead.page
        assert "1 punt" in lead.page
        await lead.press("enter")
        assert "O1 bereikt · /o herstelt" in lead.said
        await lead.press("tab")
        assert ("✓ O1" if size[1] > 30 else "✓O1") in lead.page
        await lead.command("d")
        assert "O1 objective-o1" not in lead.page
        await lead.press("enter")
        await lead.press("tab")
        assert "over elk doel" in lead.page


async def test_a_skipped_inject_says_so_and_may_have_a_reason(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.command("s")
        assert "A1 title-a1 OVERSLAAN: WAAROM?" in lead.page
        await lead.press("escape")
        assert lead.new() == []
        await lead.command("s")
        await lead.press("enter")
        assert "A1 overgeslagen · /o herstelt" in lead.said
        await lead.type("x")
        await lead.press("ctrl+u")
        assert "A1 overgeslagen" in lead.page, "among what was saved"
        await lead.command("o")
        await lead.press("enter")
        await lead.command("s")
        await lead.enter("geen tijd")
        assert [one.reason for one in lead.new() if isinstance(one, e.InjectSkipped)] == ["", "geen tijd"]
        assert lead.text == ""


async def test_what_shows_nowhere_else_is_said_with_how_to_take_it_back(tmp_path: Path) -> None:
    async with leading(tmp_path, size=(80, 24)) as lead:
        await lead.press("space")
        await lead.command("l")
        assert "feedback point put off · /u takes it back" in lead.said
        await lead.command("g")
        assert "going well · /u takes it back" in lead.said
        await lead.command("w")
        await lead.press("down", "enter", "down", "enter")
        assert "Field One left · /u takes it back" in lead.said
        await lead.command("w")
        await lead.press("down", "enter")
        assert "Field One at the table · /u takes it back" in lead.said


async def test_the_checklist_here_again_on_the_shared_screen_and_a_tick(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("c")
        assert "checklist-one" in lead.page
        assert "Should government do anything here at all?" in lead.page
        assert lead.session.on_screen is None
        await lead.command("c")
        assert lead.session.on_screen is not None
        assert lead.session.on_screen.what == "checklist"
        assert "the message" in lead.bar
        await lead.press("space")
        assert lead.session.on_screen is None
        await lead.command("c")
        await lead.press("up", "enter")
        assert lead.session.used == ("checklist-two",)


async def test_the_roster_takes_arrivals_departures_swaps_and_names(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.command("w")
        await lead.press("down", "down", "enter")
        assert lead.session.at_table("field-two")
        await lead.command("w")
        await lead.press("down", "down")
        await lead.enter("Jan, Council")
        person = lead.session.person("field-two")
        assert (person.name, person.organisation) == ("Jan", "Council")
        await lead.command("w")
        await lead.press("down", "down", "enter", "down", "enter")
        assert not lead.session.at_table("field-two")
        await lead.command("w")
        await lead.press("down", "enter", "down", "down", "enter")
        assert isinstance(lead.new()[-1], e.ParticipantsSwapped)
        assert lead.session.at_table("field-two")
        assert not lead.session.at_table("field-one")
        await lead.command("w")
        await lead.press("enter")
        assert "swap with" not in lead.page
        await lead.press("enter")


async def test_undo_names_the_event_and_warns_for_what_was_shown(tmp_path: Path) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        await lead.enter("een waarneming")
        await lead.command("o")
        assert "een waarneming" in lead.page
        assert "hebben het gezien" not in lead.page
        await lead.press("enter")
        await lead.command("o")
        assert "A1 getoond" in lead.page
        assert "gezien" in lead.page
        await lead.press("down", "enter")
        assert lead.session.current == "a1"
        await lead.command("o")
        await lead.press("enter")
        assert lead.session.current is None


async def test_the_next_inject_is_changed_before_it_is_shown(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.command("x")
        assert lead.text == "text-a1"
        await lead.enter(" and ⏎ more")
        await lead.press("space")
        assert lead.session.inject.text == "text-a1 and\nmore"


async def test_an_own_inject_and_a_reserve_are_inserted(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.command("i")
        await lead.enter("- the lights go out #staff @field-one")
        (own,) = [one for one in lead.new() if isinstance(one, e.InjectImprovised)]
        assert own.text == "- the lights go out #staff"
        assert own.to == ("field-one",)
        await lead.command("i")
        await lead.press("enter")
        await lead.enter("twice")
        assert lead.session.inject.text == "twice"
        await lead.command("i")
        await lead.press("down", "enter")
        assert lead.session.current == "r1"


async def test_an_own_inject_takes_the_channel_that_the_arrows_chose(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.command("i")
        await lead.press("up")
        await lead.enter("the lights go out")
        assert lead.session.inject.channel == "social-media"
        assert lead.session.current == "x1"


async def test_an_own_inject_for_somebody_unknown_is_asked_again_instead_of_shown(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.command("i")
        await lead.enter("the lights go out @nobody")
        assert lead.session.current is None
        assert lead.text == "the lights go out @nobody"
        assert "@nobody" in lead.said


async def test_a_key_that_is_held_down_counts_once(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        shown = lead.session.current
        for _ in range(40):
            lead.clock.advance(0.03)
            await lead.pilot.press("space")
        assert lead.session.current == shown


async def test_a_played_function_may_have_decided(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.enter("! the hall stays shut")
        names = [option.value for option in lead.scene.prompt.options]
        assert {one.id for one in lead.session.exercise.officials} == set(names) - {""}


async def test_fingers_are_one_digit_for_each_person(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.command("v")
        await lead.enter("99")
        assert lead.scene.prompt is not None
        assert lead.text == "99"
        assert "digit" in lead.said
        await lead.press("ctrl+u")
        await lead.enter("4431")
        assert lead.session.counted[-1].counted == (4, 4, 3, 1)
        await lead.press("space")
        await lead.command("v")
        await lead.press("escape")
        assert lead.session.fingers is None


async def test_answers_are_shown_to_the_table_and_hidden_again(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_stage("round")
        await lead.enter("what I would do")
        await lead.command("a")
        assert lead.session.on_screen.what == "answers"
        await lead.command("a")
        assert lead.session.on_screen is None


async def test_answers_come_in_place_of_the_checklist(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.until_stage("round")
        await lead.enter("what I would do")
        await lead.press("slash", "c", "slash", "c")
        assert lead.session.on_screen.what == "checklist"
        await lead.command("a")
        assert lead.session.on_screen.what == "answers"


@pytest.mark.parametrize(("presses", "kind"), [((), "time-out"), (("down",), "break")])
async def test_a_pause_freezes_the_clock_and_space_resumes(tmp_path: Path, presses: tuple[str, ...], kind: str) -> None:
    async with leading(tmp_path, language="nl") as lead:
        await lead.press("space")
        await lead.command("p")
        await lead.press(*presses, "enter")
        assert lead.session.still == kind
        before = lead.scene.moment.clock
        await lead.wait(100)
        assert lead.scene.moment.clock == before
        await lead.enter("een notitie in de pauze")
        assert lead.session.still == kind
        await lead.command("f")
        assert lead.session.phase == "running"
        await lead.press("space")
        assert lead.session.still is None


async def test_quit_leaves_at_once(tmp_path: Path) -> None:
    async with leading(tmp_path) as lead:
        await lead.press("space")
        await lead.type("half a line")
        await lead.beside("q")
        assert lead.saved_all[-1].type == "session-left"
    assert lead.scene.drafts.load("run-1") == "half a line"
