"""What a typed line means: tokens only at its end, nothing lost, and what nobody knows is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.core.notes import Note, codes, parse, partial_token
from tests.builders import small_exercise

OFFICIALS = {"ovd-bz": "ovd-bz", "officier-van-dienst": "ovd-bz", "hpz": "hpz", "hoofd-publieke-zorg": "hpz"}
THEMES = ("medewerkers", "Andere kolommen")
OBJECTIVES = {"o2": "o2", "gedeeld-beeld": "o2", "o4": "o4"}


def note(line: str) -> Note:
    return parse(line, OFFICIALS, THEMES, OBJECTIVES)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("buren bieden bedden aan", Note("note", "buren bieden bedden aan")),
        ("+ eerst koffie @ovd-bz #medewerkers", Note("point", "eerst koffie", "keep", ("ovd-bz",), ("medewerkers",))),
        ("- meteen weggereden", Note("point", "meteen weggereden", "change")),
        ("+eerst koffie", Note("point", "eerst koffie")),
        ("! sporthal blijft dicht", Note("decision", "sporthal blijft dicht")),
        ("  + x  @HPZ  ", Note("point", "x", "keep", ("hpz",))),
        ("+ x @hoofd", Note("point", "x", "keep", ("hpz",))),
        ("+ x @ov #mede", Note("point", "x", "keep", ("ovd-bz",), ("medewerkers",))),
        ("+ x @of", Note("point", "x", "keep", ("ovd-bz",))),
        ("+ x @h", Note("point", "x @h", unknown=("@h",))),
        ("overleg @hpz @ovd-bz", Note("note", "overleg", officials=("hpz", "ovd-bz"))),
        ("x #andere-kolommen", Note("note", "x", themes=("Andere kolommen",))),
        ("twee  spaties blijven", Note("note", "twee  spaties blijven")),
    ],
)
def test_a_line_is_saved_as_what_it_begins_with(line: str, expected: Note) -> None:
    assert note(line) == expected


@pytest.mark.parametrize("line", ["+", "-", "+ @hpz", "- #medewerkers"])
def test_a_sign_without_words_is_a_mark(line: str) -> None:
    assert note(line).is_mark


@pytest.mark.parametrize("line", ["-5 graden buiten", "+31 6 12345678 bellen", "-5", "+2"])
def test_a_sign_right_before_a_digit_is_a_number_and_no_learning_point(line: str) -> None:
    assert note(line) == Note("note", line)


@pytest.mark.parametrize("line", ["- 5 graden is koud", "+ 3 bussen waren genoeg"])
def test_a_sign_with_a_space_after_it_is_a_learning_point_whatever_follows(line: str) -> None:
    assert note(line).kind == "point"


@pytest.mark.parametrize(
    ("line", "misplaced"),
    [
        ("mail naar jan@hpz.nl gestuurd", ()),
        ("@hpz belt terug", ("@hpz",)),
        ("kamer #medewerkers, is vol", ("#medewerkers,",)),
        ("doel #o2 is gehaald", ("#o2",)),
        ("bel @nobody terug", ()),
        ("* liever niet hardop", ("*",)),
        ("5 * 3 is 15", ()),
    ],
)
def test_tokens_of_a_note_count_only_at_its_end_and_elsewhere_they_are_named(
    line: str, misplaced: tuple[str, ...]
) -> None:
    assert note(line) == Note("note", line, misplaced=misplaced)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("+ @hpz eerst koffie", Note("point", "eerst koffie", officials=("hpz",))),
        ("-@hoofd meteen weg", Note("point", "meteen weg", "change", ("hpz",))),
        ("! @hpz zaal dicht", Note("decision", "zaal dicht", officials=("hpz",))),
        ("+ #mede @hpz koffie", Note("point", "koffie", officials=("hpz",), themes=("medewerkers",))),
        ("+ #o2 koffie @hpz", Note("point", "koffie", officials=("hpz",), objectives=("o2",))),
        ("+ * liever niet hardop", Note("point", "liever niet hardop", private=True)),
        ("+ @hpz koffie @ovd-bz", Note("point", "@hpz koffie", officials=("ovd-bz",), misplaced=("@hpz",))),
        ("+ @hpz @ovd-bz koffie", Note("point", "@ovd-bz koffie", officials=("hpz",), misplaced=("@ovd-bz",))),
        ("+ eerst @hpz koffie", Note("point", "eerst @hpz koffie", misplaced=("@hpz",))),
        (r"+ \@hpz belt terug", Note("point", "@hpz belt terug")),
        ("+ @nobody belt terug", Note("point", "@nobody belt terug")),
    ],
)
def test_behind_a_sign_one_token_of_each_kind_counts_at_the_start_too(line: str, expected: Note) -> None:
    assert note(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("+ test @hpz #o9", Note("point", "test #o9", officials=("hpz",), unknown=("#o9",))),
        ("+ test #o9 @hpz", Note("point", "test #o9", officials=("hpz",), unknown=("#o9",))),
        ("+ liever niet * @nobody", Note("point", "liever niet @nobody", private=True, unknown=("@nobody",))),
        ("+ test @hpz #o2", Note("point", "test", officials=("hpz",), objectives=("o2",))),
        ("+ test #gedeeld", Note("point", "test", objectives=("o2",))),
    ],
)
def test_a_token_that_nobody_knows_takes_nothing_from_those_beside_it(line: str, expected: Note) -> None:
    assert note(line) == expected


def test_who_sits_at_the_table_is_found_by_name_or_by_what_it_is_shortened_to() -> None:
    officials = small_exercise().officials
    known = codes(officials, [("Marieke de Vries", "field-one"), ("Jan Bos", "office-one"), ("Jan Smit", "lead-one")])
    assert parse("x @mar", known).officials == ("field-one",)
    assert parse("x @vries", known).officials == ("field-one",)
    assert parse("x @jan", known).unknown == ("@jan",)
    assert parse("x @jan-b", known).officials == ("office-one",)
    assert parse("x @Field-One", known).officials == ("field-one",)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (r"bel \@hpz", "bel @hpz"),
        (r"bel \@hpz terug", "bel @hpz terug"),
        (r"zet erbij \#medewerkers", "zet erbij #medewerkers"),
        (r"met een ster \*", "met een ster *"),
        (r"\@hpz", "@hpz"),
        (r"\*", "*"),
        (r"\* een sterretje", "* een sterretje"),
        (r"\+ is een plus", "+ is een plus"),
        (r"\- is een min", "- is een min"),
        (r"\! let op", "! let op"),
        (r"\/ schuin", "/ schuin"),
        (r"C:\map blijft", r"C:\map blijft"),
    ],
)  # fmt: skip
def test_a_backslash_keeps_a_sign_as_text(line: str, text: str) -> None:
    assert note(line) == Note("note", text)


@pytest.mark.parametrize(
    ("line", "text", "unknown"),
    [
        ("+ koffie @nobody", "koffie @nobody", ("@nobody",)),
        ("koffie #thee", "koffie #thee", ("#thee",)),
        ("koffie @nobody #thee", "koffie @nobody #thee", ("@nobody", "#thee")),
        ("koffie @hpz.", "koffie @hpz.", ("@hpz.",)),
        ("alleen een @", "alleen een @", ()),
    ],
)
def test_what_nobody_knows_stays_text_and_is_named(line: str, text: str, unknown: tuple[str, ...]) -> None:
    assert (note(line).text, note(line).unknown) == (text, unknown)


def test_a_star_at_the_end_is_private_and_a_star_alone_keeps_it_to_oneself() -> None:
    assert note("+ liever niet hardop * @hpz") == Note("point", "liever niet hardop", "keep", ("hpz",), private=True)
    assert note("*") == Note("private-mark", "")
    assert note("* @hpz") == Note("private-mark", "", officials=("hpz",), private=True)


@settings(max_examples=150, deadline=None)
@given(line=st.text(st.sampled_from("ab +-!*@#\\/5hpz"), max_size=25))
def test_no_line_loses_a_word(line: str) -> None:
    found = note(line)
    letters = sorted(line.replace("@hpz", "").replace("#medewerkers", ""))
    kept = sorted(found.text.replace("@hpz", ""))
    for character in "abhpz5":
        assert kept.count(character) == letters.count(character)


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=8), min_size=1, max_size=6)
)
def test_a_line_without_signs_is_saved_as_it_was_typed(words: list[str]) -> None:
    line = " ".join(word for word in words if word[0] not in "+-!*@#\\") or "niets"
    assert note(line) == Note("note", line)


@pytest.mark.parametrize(
    ("line", "cursor", "token"),
    [
        ("+ koffie @h", 11, "@h"),
        ("+ koffie @", 10, "@"),
        ("#med", 4, "#med"),
        ("#med", 2, None),
        ("koffie @h ", 10, None),
        ("koffie @h nog iets", 9, "@h"),
        ("jan@h", 5, None),
        (r"koffie \@h", 10, None),
        ("", 0, None),
    ],
)
def test_the_token_at_the_cursor_is_completed_only_where_it_ends(line: str, cursor: int, token: str | None) -> None:
    assert partial_token(line, cursor) == token
