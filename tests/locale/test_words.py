"""Dates, times, numbers and counts, right in both languages; and who decides on the language."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop import locale
from tabletop.locale import Words, choose_language, mark, words_for
from tabletop.locale.source import read_source

nl, en = words_for("nl"), words_for("en")

PO = r"""
# a comment
msgid ""
msgstr ""
"Language: nl\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Show \"{title}\""
msgstr "Toon “{title}”"

msgctxt "verb"
msgid "Show"
msgstr "Tonen"

msgid "Show"
msgstr "Voorstelling"

msgid "Two\nlines \\ and a backslash"
msgstr ""
"Twee\n"
"regels \\ en een schuine streep"

msgid "{n} learning point"
msgid_plural "{n} learning points"
msgstr[0] "{n} leerpunt"
msgstr[1] "{n} leerpunten"

msgid "Later"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Weg"
"""
dutch = Words("nl", read_source(PO))


def test_words_are_made_once_for_each_language() -> None:
    assert words_for("nl") is words_for("nl")
    assert (nl.language, en.language) == ("nl", "en")


def test_texts_contexts_and_counts_are_translated() -> None:
    assert dutch.t('Show "{title}"', title="A6") == "Toon “A6”"
    assert dutch.t("Show") == "Voorstelling"
    assert dutch.tc("verb", "Show") == "Tonen"
    assert dutch.t("Two\nlines \\ and a backslash") == "Twee\nregels \\ en een schuine streep"
    assert [dutch.tn("{n} learning point", "{n} learning points", n) for n in (0, 1, 2)] == [
        "0 leerpunten",
        "1 leerpunt",
        "2 leerpunten",
    ]


def test_what_is_not_translated_stays_english() -> None:
    assert dutch.t("Later") == "Later"
    assert dutch.t("Gone") == "Gone"
    assert dutch.tc("noun", "Show") == "Show"
    assert dutch.tn("{n} thing", "{n} things", 1) == "1 thing"
    assert dutch.t("") == ""


def test_english_is_its_own_source() -> None:
    assert en.t("Show {title}", title="A6") == "Show A6"
    assert en.tc("verb", "Show") == "Show"
    assert [en.tn("{n} point", "{n} points", n) for n in (0, 1, 2)] == ["0 points", "1 point", "2 points"]
    assert en.tn("{who} saw {n} point", "{who} saw {n} points", 2, who="Ans") == "Ans saw 2 points"
    assert mark("Show") == "Show"


@given(st.text())
def test_a_value_is_inserted_inertly(value: str) -> None:
    assert en.t("<{value}>", value=value) == f"<{value}>"


def test_braces_without_values_are_text() -> None:
    assert en.t("{not a placeholder") == "{not a placeholder"


MONDAY = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def test_times_and_days() -> None:
    assert (nl.time(MONDAY), en.time(MONDAY)) == ("09.05", "09:05")
    assert (nl.oclock(MONDAY), en.oclock(MONDAY)) == ("09.05 uur", "09:05")
    assert (nl.day(MONDAY), en.day(MONDAY)) == ("ma 23 nov 2026", "Mon 23 Nov 2026")
    assert (nl.short_day(date(2027, 3, 6)), en.short_day(date(2027, 3, 6))) == ("za 6 mrt", "Sat 6 Mar")
    assert (nl.plain_day(date(2027, 3, 6)), en.plain_day(date(2027, 3, 6))) == ("6 mrt 2027", "6 Mar 2027")
    assert (nl.month(date(2027, 3, 6)), en.month(date(2027, 3, 6))) == ("mrt 2027", "Mar 2027")


def test_every_day_and_month_has_its_own_name() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    for words in (nl, en):
        assert len({words.short_day(day).split()[0] for day in days}) == 7
        assert len({words.short_day(day).split()[2] for day in days}) == 12


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (5.9, "0:05"),
        (-5.9, "-0:05"),
        (-0.5, "0:00"),
        (29 * 60 + 40, "29:40"),
        (3599.99, "59:59"),
        (3600, "1:00:00"),
        (3723, "1:02:03"),
        (-3723, "-1:02:03"),
        (100 * 3600, "100:00:00"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert nl.duration(seconds) == en.duration(seconds) == text


def test_numbers() -> None:
    assert (nl.number(1234.56, 1), en.number(1234.56, 1)) == ("1.234,6", "1,234.6")
    assert (nl.number(500), en.number(500)) == ("500", "500")
    assert (nl.number(-0.04, 1), en.number(-0.04, 1)) == ("0,0", "0.0")
    assert nl.number(-1.5, 1) == "-1,5"


def test_listings() -> None:
    assert nl.listing([]) == ""
    assert nl.listing(["a"]) == "a"
    assert nl.listing(["a", "b"]) == "a en b"
    assert (nl.listing(("a", "b", "c")), en.listing(("a", "b", "c"))) == ("a, b en c", "a, b and c")


@pytest.mark.parametrize(
    ("option", "environ", "language"),
    [
        ("en", {"TABLETOP_LANG": "nl"}, "en"),
        ("NL", {"TABLETOP_LANG": "en"}, "nl"),
        (None, {"TABLETOP_LANG": "en", "LANG": "nl_NL.UTF-8"}, "en"),
        (None, {"TABLETOP_LANG": "fr", "LANG": "en_GB.UTF-8"}, "en"),
        (None, {"TABLETOP_LANG": "", "LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LC_ALL": "en_US.UTF-8", "LANG": "nl_NL.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": "nl_NL"}, "en"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"}, "nl"),
        (None, {"LANG": "de_DE.UTF-8"}, "nl"),
        (None, {"LANG": "nl_BE@euro"}, "nl"),
        (None, {"LANG": "enm_GB"}, "nl"),
        (None, {}, "nl"),
    ],
)
def test_who_decides_on_the_language(option: str | None, environ: dict[str, str], language: str) -> None:
    assert choose_language(option, environ) == language


@pytest.mark.parametrize("option", ["fr", "", "english", "n"])
def test_an_unknown_option_is_refused(option: str) -> None:
    with pytest.raises(ValueError, match=f"^{option}$"):
        choose_language(option, {"TABLETOP_LANG": "nl"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue folder of its own, in which nothing is compiled yet."""
    monkeypatch.setattr(locale, "_HERE", tmp_path / "locale")
    made = tmp_path / "locale" / "nl" / "LC_MESSAGES"
    made.mkdir(parents=True)
    return made


def test_a_work_tree_without_a_compiled_catalogue_speaks_dutch(folder: Path) -> None:
    (folder / "tabletop.po").write_text(PO, encoding="utf-8")
    assert locale._catalogue("nl").gettext("Show") == "Voorstelling"


def test_the_newest_of_source_and_compiled_speaks(folder: Path, tmp_path: Path, catalogue_tool: ModuleType) -> None:
    source = folder / "tabletop.po"
    source.write_text(PO, encoding="utf-8")
    catalogue_tool.compile_all(tmp_path)
    assert type(locale._catalogue("nl")).__name__ == "GNUTranslations"
    assert locale._catalogue("nl").gettext("Show") == "Voorstelling"

    source.write_text(PO.replace("Voorstelling", "Show, op z’n Nederlands"), encoding="utf-8")
    later = (folder / "tabletop.mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(source, ns=(later, later))
    assert locale._catalogue("nl").gettext("Show") == "Show, op z’n Nederlands"


def test_what_is_installed_needs_no_source(folder: Path, tmp_path: Path, catalogue_tool: ModuleType) -> None:
    (folder / "tabletop.po").write_text(PO, encoding="utf-8")
    catalogue_tool.compile_all(tmp_path)
    (folder / "tabletop.po").unlink()
    assert locale._catalogue("nl").ngettext("{n} learning point", "{n} learning points", 3) == "{n} leerpunten"
