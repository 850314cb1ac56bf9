"""The list of commands: what a letter chooses, where arrows go, and that it fits."""

import pytest

from tabletop.locale import words_for
from tabletop.ui.desk.command_list import CommandMenu, Entry, Group, draw_commands, matching, moved, of_letter, over
from tabletop.ui.rows import plain, row, width_of

NL = words_for("nl")
GROUPS = (
    Group("LEIDEN", (Entry("f", "feedbackmoment nu"), Entry("k", "tijd kopen", "voor wie"), Entry("p", "pauze"))),
    Group("VASTLEGGEN", (Entry("1", "eerste vraag"), Entry("l", "later", "nu geen", possible=False))),
    Group("WEG", (Entry("q", "weg"), Entry("n", "NO PLAY, echt incident", alarming=True))),
)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (200, 50)])
def test_every_row_is_as_wide_as_the_screen_and_every_command_is_there(size: tuple[int, int]) -> None:
    rows = draw_commands(GROUPS, 0, size[0], size[1] - 1, NL)
    assert {width_of(line) for line in rows} == {size[0]}
    text = "\n".join(plain(line) for line in rows)
    assert all(entry.label in text for group in GROUPS for entry in group.entries)
    assert "Kies een letter" in text


def test_explanations_need_a_wide_screen() -> None:
    assert "voor wie" in "".join(plain(line) for line in draw_commands(GROUPS, 0, 120, 35, NL))
    assert "voor wie" not in "".join(plain(line) for line in draw_commands(GROUPS, 0, 80, 23, NL))


def test_the_real_incident_stands_at_the_foot_in_red() -> None:
    groups = (*GROUPS[:1], GROUPS[2])
    rows = draw_commands(groups, 0, 80, 23, NL)
    last = rows[-2]
    assert "NO PLAY" in plain(last)
    assert any(ink.endswith("error") for text, ink in last if "NO PLAY" in text)


def test_what_is_not_possible_is_pale() -> None:
    rows = draw_commands(GROUPS, 0, 120, 35, NL)
    inks = [ink for line in rows for text, ink in line if text == "later"]
    assert inks == ["list.dimmed"]


def test_a_list_that_is_too_long_keeps_the_selected_row_in_sight() -> None:
    long = (Group("X", tuple(Entry(chr(97 + n), f"command {n}") for n in range(20))),)
    for selected in (0, 10, 19):
        rows = draw_commands(long, selected, 80, 12, NL)
        assert len(rows) <= 12
        assert f"command {selected}" in "\n".join(plain(line) for line in rows)


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [(0, "down", 1), (0, "up", 6), (6, "down", 0), (1, "right", 4), (2, "right", 4), (4, "left", 1), (0, "left", 5)],
)
def test_arrows_go_through_the_columns(start: int, key: str, end: int) -> None:
    assert moved(GROUPS, start, key) == end


def test_arrows_in_an_empty_list_go_nowhere() -> None:
    assert moved((), 3, "down") == 0


def test_a_letter_and_its_capital_choose_the_same() -> None:
    assert of_letter(GROUPS, "k") == of_letter(GROUPS, "K") == GROUPS[0].entries[1]
    assert of_letter(GROUPS, "z") is None


def test_searching_takes_letters_and_enter_runs_what_is_left() -> None:
    menu = CommandMenu(GROUPS, searching=True)
    for letter in "eerste":
        assert menu.take(letter) is None
    assert matching(GROUPS, "eerste") == menu.groups
    entry = menu.take("enter")
    assert entry is not None
    assert entry.letter == "1"
    assert CommandMenu((), searching=True).take("enter") is None


def test_a_list_lies_over_the_foot() -> None:
    rows = over([row(str(n)) for n in range(5)], [row("a"), row("b")], 5)
    assert [plain(line) for line in rows] == ["0", "1", "2", "a", "b"]
    assert len(over([], [row("a")], 5)) == 5


def test_a_detail_that_does_not_fit_is_left_out_and_not_cut() -> None:
    groups = (Group("LEIDEN", (Entry("f", "feedbackmoment nu"), Entry("s", "sla over", "een lange uitleg " * 3))),)
    text = "\n".join(plain(line) for line in draw_commands(groups, 0, 120, 35, NL))
    assert "sla over" in text
    assert "lange" not in text
    assert "…" not in text
