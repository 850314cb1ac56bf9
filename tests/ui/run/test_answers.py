"""Which answer a typed text is: never another one than was typed, and no word of a reason is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.ui.run.answers import Beside, Named, find, read, without_because

FIRST = (("ja", "yes"), ("nee", "no"), ("nog niet", "not yet"))
PEOPLE = (("■ OvD-BZ", "Marieke"), ("□ Hoofd publieke zorg",), ("→  iemand anders",))


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("nee", Named(1)),
        (" NEE. ", Named(1)),
        ("no", Named(1)),
        ("no,", Named(1)),
        ("j", Named(0)),
        ("nog ni", Named(2)),
        ("n", Named(None, "n", (1, 2))),
        ("nee - ze redden het", Named(1, "ze redden het")),
        ("ja: zij vragen erom", Named(0, "zij vragen erom")),
        ("yes because they ask", Named(0, "they ask")),
        ("nog, ze slapen", Named(2, "ze slapen")),
        ("n, ze slapen", Named(None, "n, ze slapen")),
        ("wantrouwen", Named(None, "wantrouwen")),
        ("nee, wantrouwen", Named(1, "wantrouwen")),
        ("nee zeggen kan niet", Named(1, "nee zeggen kan niet")),
        ("no show", Named(None, "no show")),
        ("", Named(None)),
    ],
)
def test_an_answer_and_its_reason(typed: str, named: Named) -> None:
    assert read(typed, FIRST, "reason") == named


def test_where_the_arrows_chose_only_an_answer_by_itself_is_another_one() -> None:
    assert read("nee zeggen kan niet", FIRST, "reason", leads=False) == Named(None, "nee zeggen kan niet")
    assert read("nee, dat kan niet", FIRST, "reason", leads=False) == Named(1, "dat kan niet")


@pytest.mark.parametrize(
    ("beside", "typed", "named"),
    [
        ("name", "ovd-bz", Named(0)),
        ("name", "OvD-BZ, Sanne", Named(0, "Sanne")),
        ("name", "Sanne, Duinmeer", Named(None, "Sanne, Duinmeer")),
        ("name", "Ho", Named(None, "Ho")),
        ("words", "OvD-BZ, en dan koffie", Named(None, "OvD-BZ, en dan koffie")),
        ("words", "ovd-bz", Named(0)),
    ],
)
def test_a_name_or_other_words_are_no_answer(beside: Beside, typed: str, named: Named) -> None:
    assert read(typed, PEOPLE, beside) == named


@pytest.mark.parametrize(
    ("typed", "place"), [("mar", 0), ("publieke", 1), ("iemand", 2), ("o", 0), ("klaas", None), (" ", None)]
)
def test_a_list_is_found_in_by_label_by_name_and_by_a_word_of_it(typed: str, place: int | None) -> None:
    assert find(typed, PEOPLE) == place


@given(reason=st.text(st.characters(categories=("L", "N", "P", "Z")), max_size=30))
def test_what_follows_an_answer_never_makes_another_one_of_it(reason: str) -> None:
    assert read(f"nee, {reason}", FIRST, "reason").place == 1


OPTIONS = [("Communication",), ("Commander",), ("Duty officer", "OvD-BZ")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("communic", Named(0)),
        ("comm", Named(None, "comm", (0, 1))),
        ("offi", Named(2)),
        ("Petra Jansen", Named(None, "Petra Jansen")),
        ("co", Named(None, "co")),  # too short for a beginning: a name as well as anything
    ],
)
def test_one_word_beside_a_list_of_people_may_be_the_beginning_of_one(typed: str, expected: Named) -> None:
    assert read(typed, OPTIONS, "name") == expected


def test_one_word_beside_words_to_be_kept_chooses_only_where_it_is_one_option_alone() -> None:
    options = [("keep these words",), ("take it back", "intrekken")]
    assert read("intrek", options, "words") == Named(1)
    assert read("back", options, "words") == Named(1)
    assert read("coffee", options, "words") == Named(None, "coffee")
    assert read("take the stairs", options, "words") == Named(None, "take the stairs")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("because it is cold", "it is cold"), ("want koud", "koud"), ("because of rain", "because of rain")],
)
def test_a_reason_does_not_say_because_twice(typed: str, reason: str) -> None:
    assert without_because(typed) == reason


def test_one_word_may_be_the_beginning_of_a_word_in_an_answer() -> None:
    options = [("The theatre opens.",), ("We arrange taxis home.",)]
    assert read("taxi", options, "reason") == Named(1)
    assert read("we are late", options, "reason").place is None
