"""Exercises are found, read or refused in one sentence; every mistake at once, in words of our own."""

import os
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.files.library import (
    LARGEST,
    find,
    list_exercises,
    load,
    own_folder,
    read,
    shipped_folder,
)
from tabletop.files.mistakes import Broken
from tabletop.files.trouble import Trouble
from tabletop.locale import words_for
from tabletop.locale.sentences import SENTENCES, pointed, say

SOUND = """\
title = "Proef"
[[officials]]
id = "ovd-bz"
name = "Officier"
[[objectives]]
id = "o1"
text = "Vragen."
[[steps]]
text = "Komt u?"
minute = 5
[[steps]]
questions = [{ text = "Nodig?" }]
"""


CHANNELS = "Choose from phone, lcms, news, social-media, in-person"
POOLS = "Choose from field, back-office, leadership, specialist"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "own"
    monkeypatch.setenv("TABLETOP_EXERCISES", str(folder))
    return folder


def written(folder: Path, text: str | bytes, name: str = "proef.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def said(path: Path) -> list[str]:
    """What is said of the mistakes in a file, in English; it is said in Dutch too, to see that it can be."""
    with pytest.raises(Broken) as caught:
        load(path)
    for mistake in caught.value.mistakes:
        assert pointed(words_for("nl"), mistake) != pointed(words_for("en"), mistake)
    return [pointed(words_for("en"), mistake) for mistake in caught.value.mistakes]


def refused(path: Path) -> str:
    with pytest.raises(Trouble) as caught:
        load(path)
    assert not isinstance(caught.value, Broken)
    return say(words_for("en"), caught.value.code, caught.value.values)


def test_what_is_wrong_in_a_step_of_an_unknown_type_is_said_at_once_too(own: Path) -> None:
    text = SOUND.replace('text = "Komt u?"', 'type = "injct"\nchannel = "fax"\ntext = "Komt u?"')
    assert len(said(written(own, text))) == 2
    assert any("fax" in one for one in said(written(own, text)))


# --- finding


def test_the_shipped_exercises_are_listed_and_the_own_ones_after_them(own: Path) -> None:
    written(own, SOUND)
    written(own, "title = ", "kapot.toml")
    written(own, SOUND, ".verborgen.toml")
    written(own, SOUND, "notitie.txt")
    (own / "map.toml").mkdir()
    listings = list_exercises()
    shipped = {listing.id: listing for listing in listings if not listing.own}
    assert (shipped["zonder-gas"].title, shipped["zonder-gas"].minutes) == ("Zonder gas", 75)
    assert (shipped["zonder-gas"].injects, shipped["zonder-gas"].feedback_points) == (9, 3)
    assert (shipped["without-gas"].language, shipped["without-gas"].translation_of) == ("en", "zonder-gas")
    assert not any(listing.mistake for listing in shipped.values())
    mine = [listing for listing in listings if listing.own]
    assert [(one.id, one.title, one.mistake) for one in mine] == [("kapot", "kapot", True), ("proef", "Proef", False)]
    assert listings.index(mine[0]) == len(shipped)


@pytest.mark.parametrize(
    "text",
    [
        "title = 3",
        "title = 'x'",
        "title = 'x'\nofficials = [1]\nsteps = 3",
        SOUND + "minutes = 'x'\n",
        SOUND.replace('text = "Komt u?"', "round = 1"),
    ],
)
def test_a_listing_says_that_something_is_wrong_and_never_fails(own: Path, text: str) -> None:
    written(own, text if "minutes" not in text else "minutes = 'x'\n" + SOUND)
    assert list_exercises()[-1].mistake


@pytest.mark.parametrize("minutes", ["9" * 400, "inf", "nan", "-inf", "0", "-5", "1441"])
def test_a_length_that_no_exercise_has_is_a_mistake_in_the_list_and_in_the_file(own: Path, minutes: str) -> None:
    path = written(own, f"minutes = {minutes}\n{SOUND}")
    listing = list_exercises()[-1]
    assert (listing.path, listing.mistake, listing.minutes) == (path, True, 0.0)
    assert any(":1: minutes — must be" in one for one in said(path))


def test_a_folder_that_may_be_listed_and_not_entered_hides_nothing_else(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(own, SOUND)
    look = Path.stat

    def forbidden(path: Path, **options: bool) -> os.stat_result:
        if path.parent == own:  # root, as in CI, may enter everything
            raise PermissionError
        return look(path, **options)

    monkeypatch.setattr(Path, "stat", forbidden)
    listings = list_exercises()
    assert "zonder-gas" in {one.id for one in listings}
    assert [(one.id, one.mistake) for one in listings if one.own] == [("proef", True)]
    assert find("zonder-gas").parent == shipped_folder()
    assert find("proef") == own / "proef.toml"
    assert refused(find(own / "proef.toml")) == "proef.toml may not be read: ask whoever owns it for permission."


def test_a_file_by_its_path_needs_no_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("proef", "proef.txt"):
        assert load(find(written(tmp_path, SOUND, name).name)).title == "Proef"
    written(tmp_path, SOUND, "zonder-gas")
    assert find("zonder-gas").parent == shipped_folder(), "a name from the list goes first"


DOTS = "a. " * 330_000


@pytest.mark.parametrize(
    "text",
    [f'summary = """{DOTS}"""\n{SOUND}', f"summary = '''{DOTS}'''\n{SOUND}", f"#{DOTS}\n{SOUND}",
     f'{SOUND}expect = """{DOTS}= """\n'],
    ids=["text", "literal", "comment", "like a key"],
)  # fmt: skip
def test_a_text_full_of_dots_is_read_in_no_time(own: Path, text: str) -> None:
    path = written(own, text)
    program = "import sys; from tabletop.files.library import list_exercises; sys.exit(list_exercises()[-1].mistake)"
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=20).returncode == 0
    assert len(read(path)) > len(DOTS)


@pytest.mark.parametrize(
    "text", ["a." * 20 + "b = 1", "[" + "a." * 20 + "b]", "x = { " + "a . " * 20 + "b = 1 }", '"a".' * 20 + "'b' = 1"]
)
def test_a_key_of_too_many_parts_is_refused_wherever_it_stands(own: Path, text: str) -> None:
    assert refused(written(own, text)) == "proef.toml has tables or lists nested too deeply to be an exercise."


def test_a_listing_shows_no_control_characters(own: Path) -> None:
    written(own, SOUND.replace("Proef", "\\u001b[31mProef\\u202e"))
    assert list_exercises()[-1].title == "[31mProef"


def test_a_folder_that_is_not_there_is_empty() -> None:
    assert not own_folder().exists()
    assert all(not listing.own for listing in list_exercises())


def test_the_own_folder_is_in_the_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TABLETOP_EXERCISES")
    assert own_folder().parts[-2:] == ("tabletop", "exercises")


def test_an_exercise_is_found_by_id_title_or_path(own: Path) -> None:
    shipped = shipped_folder() / "zonder-gas.toml"
    assert (
        find("zonder-gas") == find("Zonder gas") == find("ZONDER-GAS") == find(str(shipped)) == find(shipped) == shipped
    )
    mine = written(own, SOUND, "Mijn proef.toml")
    assert find("Mijn proef") == find("proef") == mine


def test_the_own_exercise_goes_before_a_shipped_one_with_its_id(own: Path) -> None:
    by_title = written(own, SOUND.replace("Proef", "Zonder gas"), "anders.toml")
    assert find("Zonder gas") == by_title
    assert find("zonder-gas") != written(own, SOUND, "zonder-gas.toml") == find("zonder-gas")


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(Trouble) as caught:
        find("zondergas")
    assert (caught.value.code, caught.value.values["meant"]) == ("unknown-exercise-meant", "zonder-gas")
    with pytest.raises(Trouble) as caught:
        find("qqq\x1b")
    assert (caught.value.code, caught.value.values["name"]) == ("unknown-exercise", "qqq")


@pytest.mark.parametrize("name", ["", "../x", "weg.toml", "a/\0b", "x" * 5000, "~nobody/x.toml", "."])
def test_a_name_that_leads_nowhere_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(Trouble):
        load(find(name))


def test_listing_and_finding_do_not_wait_for_pydantic() -> None:
    program = (
        "import sys; from tabletop.files.library import find, list_exercises; list_exercises(); find('zonder-gas');"
        "find('Zonder gas'); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# --- reading


def test_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    plain = load(written(tmp_path, SOUND))
    assert load(written(tmp_path, SOUND.replace("\n", "\r\n"))) == plain
    assert load(written(tmp_path, b"\xef\xbb\xbf" + SOUND.encode())) == plain
    assert plain.id == "proef"
    assert read(written(tmp_path, "a\r\nb")) == "a\nb"


def test_an_exercise_without_an_id_goes_by_its_file(tmp_path: Path) -> None:
    assert load(written(tmp_path, SOUND, "Één Proef (2).toml")).id == "een-proef-2"
    assert load(written(tmp_path, SOUND, "漢.toml")).id == "exercise"
    assert load(written(tmp_path, 'id = "zelf"\n' + SOUND)).id == "zelf"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "proef.toml is empty."),
        (b"\xef\xbb\xbf \r\n", "proef.toml is empty."),
        (b"title = 'x'\0", "proef.toml is not a text file."),
        ("title = 'één'".encode("latin-1"), "proef.toml is not a UTF-8 text file: save it as UTF-8 in your editor."),
        (SOUND.encode("utf-16"), "proef.toml is not a UTF-8 text file: save it as UTF-8 in your editor."),
        (b"#" * (LARGEST + 1), "proef.toml is too large for an exercise: at most 1024 KiB."),
        (b"a = " + b"[" * 20_000, "proef.toml has tables or lists nested too deeply to be an exercise."),
        (b"a." * 20_000 + b"b = 1", "proef.toml has tables or lists nested too deeply to be an exercise."),
        (b"a = 1\nb = " + b"9" * 5_000, "proef.toml:2: this number is far too long."),
    ],
    ids=["empty", "blank", "nul", "latin-1", "utf-16", "large", "nested", "dotted", "number"],
)
def test_what_cannot_be_an_exercise_is_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refused(written(tmp_path, content)) == sentence


def test_a_file_that_is_no_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path / "weg.toml") == "weg.toml is not there."
    assert refused(written(tmp_path, SOUND) / "dieper.toml") == "dieper.toml is not there."
    (tmp_path / "map.toml").mkdir()
    assert refused(tmp_path / "map.toml") == "map.toml is a folder, not an exercise."
    assert refused(tmp_path / "a\0b") == "ab cannot be read."
    assert refused(tmp_path / ("x" * 3000)).endswith("x cannot be read.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.toml")
    assert refused(tmp_path / "pijp.toml") == "pijp.toml cannot be read."


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, SOUND)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError  # root, as in CI, may read everything

    monkeypatch.setattr(Path, "open", forbidden)
    assert refused(path) == "proef.toml may not be read: ask whoever owns it for permission."


def test_a_nearly_too_long_file_is_read(tmp_path: Path) -> None:
    assert len(read(written(tmp_path, SOUND + "#" * (LARGEST - len(SOUND))))) == LARGEST


def test_every_depth_ends_in_a_sentence(tmp_path: Path) -> None:
    for depth in range(200, 500):  # somewhere here parsing works once, and not once more a few calls deeper
        with pytest.raises(Trouble):
            load(written(tmp_path, "a = " + "[" * depth + "]" * depth))


# --- mistakes


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("minute = 5", "minuut = 5", "10: steps[1] (a1).minuut — unknown key; did you mean minute?"),
        ("minute = 5", "kanaal = 'phone'", "10: steps[1] (a1).kanaal — unknown key; did you mean channel?"),
        ('text = "Komt u?"', 'txt = "Komt u?"', "9: steps[1] (a1).txt — unknown key; did you mean text?"),
        ('text = "Komt u?"', 'txt = "Komt u?"', "8: steps[1] (a1).text — is missing"),
        (
            "questions = [",
            'expcet = "x"\nquestions = [',
            "12: steps[2] (f1).expcet — unknown key; did you mean expect?",
        ),
        ("minute = 5", "zzz = 5", "10: steps[1] (a1).zzz — unknown key"),
        ("minute = 5", "minute = -1", "10: steps[1] (a1).minute — must be 0 or more"),
        ("minute = 5", "minute = 9999", "10: steps[1] (a1).minute — must be 1440 or less"),
        ("minute = 5", "minute = nan", "10: steps[1] (a1).minute — must be a number"),
        ("minute = 5", "minute = 'vijf'", "10: steps[1] (a1).minute — must be a number"),
        ("minute = 5", "minute = [5]", "10: steps[1] (a1).minute — must be a number"),
        ("minute = 5", "budget = 0", "10: steps[1] (a1).budget — must be more than 0"),
        ("minute = 5", "optional = 'misschien'", "10: steps[1] (a1).optional — must be true or false"),
        ("minute = 5", "to = 'ovd-bz'", "10: steps[1] (a1).to — must be a list between square brackets"),
        ("minute = 5", "to = [3]", "10: steps[1] (a1).to[1] — must be text between quotation marks"),
        ("minute = 5", "expect = 3", "10: steps[1] (a1).expect — must be text between quotation marks"),
        ("minute = 5", "ask = ['  ']", "10: steps[1] (a1).ask[1] — must not be empty"),
        (
            "minute = 5",
            "channel = 'telefoon'",
            "10: steps[1] (a1).channel — telefoon is not possible here; did you mean phone? " + CHANNELS,
        ),
        (
            "minute = 5",
            "type = 'inject?'",
            "10: steps[1].type — inject? is not possible here; did you mean inject? Choose from inject, feedback",
        ),
        (
            "minute = 5",
            'type = "q\\u001b\\nq"',
            "10: steps[1].type — q q is not possible here; choose from inject, feedback",
        ),
        ('text = "Komt u?"', 'tekst = "Komt u?"\nfrom = "x"', "8: steps[1] (a1).text — is missing"),
        (
            'id = "ovd-bz"',
            'id = "OvD BZ"',
            "3: officials[1] (OvD BZ).id — must be lower-case letters, digits and hyphens, such as ovd-bz",
        ),
        (
            'id = "ovd-bz"',
            f'id = "{"x" * 41}"',
            f"3: officials[1] ({'x' * 39}…).id — is too long: at most 40 characters",
        ),
        ('name = "Officier"', "", "2: officials[1] (ovd-bz).name — is missing"),
        (
            'name = "Officier"',
            'name = "x"\npool = "leiding"',
            "5: officials[1] (ovd-bz).pool — leiding is not possible here; did you mean leadership? " + POOLS,
        ),
        ('name = "Officier"', 'name = "x"\nrank = 1.5', "5: officials[1] (ovd-bz).rank — must be a whole number"),
        ('title = "Proef"', 'titel = "Proef"', "1: title — is missing"),
        ('title = "Proef"', 'title = "Proef"\nbasis = 3', "2: basis — must be a part of its own, with keys and values"),
        (
            'text = "Komt u?"',
            'text = "Komt u?"\nreserve = true',
            "8: steps — there is no inject to show: at least one that is not a reserve",
        ),
        ("Nodig?", "", "12: steps[2] (f1).questions[1].text — must not be empty"),
        ("minute = 5", "minute = 80", "10: steps[1] (a1).minute — the exercise ends at minute 75"),
        (
            "minute = 5",
            "to = ['ovd-b']",
            "10: steps[1] (a1).to[1] — ovd-b is neither an official nor a pool; did you mean ovd-bz?",
        ),
        ("minute = 5", "to = ['zzz']", "10: steps[1] (a1).to[1] — zzz is neither an official nor a pool"),
        ("minute = 5", "objectives = ['zzz']", "10: steps[1] (a1).objectives[1] — zzz is not an objective"),
        # the form of the file
        ('title = "Proef"', "title = Proef", "1: this value cannot be read: put text between quotation marks"),
        ('title = "Proef"', 'title = "Proef', "1: a text is not closed: every quotation mark needs its partner"),
        ('"Komt u?"', '"""Komt u?', "12: a text is not closed: every quotation mark needs its partner"),
        ('"Komt u?"', "'''Komt u?", "12: a text is not closed: every quotation mark needs its partner"),
        ('title = "Proef"', 'title "Proef"', "1: after a key comes = and then its value"),
        ('title = "Proef"', 'title = "Proef" !', "1: something stands after the value that does not belong there"),
        ('title = "Proef"', 'title = "C:\\pad"', "1: a backslash in a text is written twice: \\\\"),
        ('title = "Proef"', 'title = "Proef"\ntitle = "x"', "2: this key stands there twice"),
        ("[[objectives]]", "[title.x]", "5: this key stands there twice"),
        (
            "[[steps]]",
            "[steps]",
            "11: this part stands there twice; a list of parts has double brackets, as in [[steps]]",
        ),
        ("[[steps]]", "[[steps", "8: the brackets around this name do not match"),
        ('Nodig?" }]', 'Nodig?" }', "12: a list or table is not closed: every bracket needs its partner"),
        ("Komt u?", "Komt\x07u?", "9: a character stands here that a file may not have; type it again"),
        ("[[objectives]]", "=", "5: this line cannot be read"),
    ],
)
def test_a_mistake_points_into_the_file(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = written(tmp_path, SOUND.replace(old, new))
    assert f"proef.toml:{sentence}" in said(path)


def test_all_mistakes_come_at_once_also_those_between_the_parts(tmp_path: Path) -> None:
    text = (
        SOUND.replace("minute = 5", 'minute = -5\nobjectives = ["o9"]\nheadline = "VEEL TE LANGE KOP"\nto = ["ovdbz"]')
        .replace('text = "Vragen."', 'tekst = "Vragen."')
        .replace('name = "Officier"', 'name = "Officier"\npool = "x"')
        .replace("Nodig?", "")
    )
    assert [
        re.sub(r"^proef.toml:(\d+): (\S+( \(\S+\)\S*)?) .*", r"\1 \2", one) for one in said(written(tmp_path, text))
    ] == [
        "5 officials[1] (ovd-bz).pool",
        "6 objectives[1] (o1).text",
        "8 objectives[1] (o1).tekst",
        "11 steps[1] (a1).minute",
        "12 steps[1] (a1).objectives[1]",
        "13 steps[1] (a1).headline",
        "14 steps[1] (a1).to[1]",
        "16 steps[2] (f1).questions[1].text",
    ]


def test_an_unknown_choice_is_said_beside_a_mistake_that_has_nothing_to_do_with_it(tmp_path: Path) -> None:
    choices = '[[steps.choices]]\nid = "open"\ntext = "Open."\n[[steps.choices]]\nid = "dicht"\ntext = "Dicht."\n'
    text = (
        'title = "Proef"\n[[officials]]\nid = "ovd-bz"\nname = "Officier"\n[[steps]]\ntext = "Een."\nminut = 3\n'
        f'{choices}[[steps]]\ntext = "Twee."\nonly_after = ["a1.opem"]\n'
    )
    first, second = said(written(tmp_path, text))
    assert "steps[1] (a1).minut" in first
    assert "a1.open" in second
    (alone,) = said(written(tmp_path, text.replace('id = "open"', 'id = "O pen"').replace("minut = 3\n", "")))
    assert "choices[1]" in alone  # what follows from that one is not said


def test_what_follows_from_another_mistake_is_not_reported(tmp_path: Path) -> None:
    text = SOUND.replace('id = "ovd-bz"', 'id = "OvD BZ"').replace("minute = 5", 'to = ["ovd-bz"]')
    assert len(said(written(tmp_path, text))) == 1
    text = SOUND.replace("questions =", "round = 2\nvragen =")
    assert len(said(written(tmp_path, text))) == 1
    text = "minuten = 90\n" + SOUND.replace("minute = 5", "minute = 80")
    assert len(said(written(tmp_path, text))) == 1


def test_every_sentence_has_the_same_placeholders_in_dutch() -> None:
    for sentence in SENTENCES.values():
        assert _placeholders(words_for("nl").t(sentence)) == _placeholders(sentence)


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
