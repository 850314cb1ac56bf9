"""Names are found as they were entered, and as somebody types them while talking."""

import re
import sys
from string import ascii_lowercase
from typing import Literal, TypeAlias
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core.names import LEFT_OUT, Names

Form: TypeAlias = Literal["NFC", "NFD"]
NAMES = Names([("Jan de Vries", "OvD-BZ"), ("Sam  Bakker", ""), ("Jan van den Berg", "HPZ"), ("", "AC-BZ")])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Jan de Vries belt", "OvD-BZ belt"),
        ("jan  DE vries belt", "OvD-BZ belt"),
        ("volgens de Vries niet", "volgens OvD-BZ niet"),
        ("vries, of bakker?", f"OvD-BZ, of {LEFT_OUT}?"),
        ("van den Berg zegt", "HPZ zegt"),
        ("Jan zegt", f"{LEFT_OUT} zegt"),
        ("de burgemeester van Vriesland", "de burgemeester van Vriesland"),
        ("januari", "januari"),
        ("de kazerne", "de kazerne"),
    ],
)
def test_names_are_left_out(text: str, left: str) -> None:
    assert NAMES.left_out_of(text) == left


ODD = Names([("İbrahim Kaya", "HPZ"), ("Jan Weiß", ""), ("Zoë van der Meer", "OvD-BZ"), ("Pat O'Brien", "AC-BZ"),
             ("\u00a0", "nobody")])  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("İbrahim Kaya belt", "HPZ belt"),
        ("volgens Weiß niet", f"volgens {LEFT_OUT} niet"),
        ("WEISS niet", f"{LEFT_OUT} niet"),
        ("ZOË belt", "OvD-BZ belt"),
        ("zoë van der meer belt", "OvD-BZ belt"),
        ("o’brien en O'Brien", "AC-BZ en AC-BZ"),
        ("van der kaas", "van der kaas"),
        ("één café", "één café"),
    ],
)
def test_names_with_letters_that_are_written_in_more_than_one_way_are_left_out(
    text: str, left: str, form: Form
) -> None:
    assert normalize("NFC", ODD.left_out_of(normalize(form, text))) == left


@given(st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_any_text_and_any_name_is_taken(text: str, named: list[tuple[str, str]]) -> None:
    assert isinstance(Names(named).left_out_of(text), str)


def test_a_letter_that_a_pattern_takes_for_another_is_no_reason_to_pass_a_name_over() -> None:
    letters = "".join(map(chr, {*range(sys.maxunicode + 1)} - {*range(0xD800, 0xE000)}))
    for found in re.findall("[a-z]", letters, re.IGNORECASE):
        (letter,) = (one for one in ascii_lowercase if re.fullmatch(one, found, re.IGNORECASE))
        assert Names([(f"Jo{letter}", "")]).left_out_of(f"jo{found} belt") == f"{LEFT_OUT} belt"


@given(st.from_regex(r"[A-Za-z]{3,9}( [A-Za-z]{3,9}){0,2}", fullmatch=True))
def test_a_name_never_stays(name: str) -> None:
    left = Names([(name, "")]).left_out_of(f"wie is {name.upper()} toch, {name}?")
    assert name.casefold() not in left.casefold()


_LETTERS = st.text("jJſsSkKKiİıßẞσςΣé e\u0301-", max_size=12)


@given(st.lists(_LETTERS, min_size=1, max_size=3), _LETTERS, _LETTERS)
def test_no_name_is_passed_over_because_of_its_letters(named: list[str], before: str, after: str) -> None:
    """Texts without any name are told apart in a quicker way than by looking for one: it must never say so wrongly."""
    names = Names([(name, "") for name in named])
    for text in (f"{before} {named[0]} {after}", f"{before} {named[0].upper()} {after}", f"{before}{after}"):
        assert names.left_out_of(text) == (names._pattern.sub(LEFT_OUT, text) if names._instead else text)
