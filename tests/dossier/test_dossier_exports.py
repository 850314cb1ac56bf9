"""The dossier as files: what is in them, what is not, and that foreign text stays text."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.dossier import exporting, telling
from tabletop.dossier.answers import PointSeen
from tabletop.dossier.writing import said, write
from tabletop.files.trouble import Trouble
from tabletop.locale import words_for
from tests.ui.dossier.fake import FakeDossier, with_proposal

NL, EN = words_for("nl"), words_for("en")
HOSTILE = "=cmd|'/C calc'!A0 <script>x</script> [a](http://b.c) \x1b[31m \u202edeh | # @anna `x` &lt;"


def point_of(text: str, theme: str = "opvang", number: int = 1, inject: str = "") -> PointSeen:
    return PointSeen("run-1", f"more-{number}", date(2026, 3, 1), "Zonder gas", "Noord", "", "hpz",
                     "Hoofd publieke zorg", inject, text, "keep", "observation", "individual", "process",
                     (theme,))  # fmt: skip


def rows_of(data: bytes, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))


def test_markdown_has_a_section_for_each_theme_with_what_stands_under_it() -> None:
    text = exporting.markdown(with_proposal(FakeDossier()), NL)
    assert text.startswith("# Levend dossier\n")
    assert "11 oefeningen en 1 incident, sep 2025 – nov 2026." in text
    assert text.count("\n## ") == 9, "eight themes, and actions without one"
    time = text[text.index("## Tijd kopen") : text.index("## Verminderd zelfredzaam")]
    assert "Gezien in 7 van de 11 gevallen." in time
    assert "### Goede voorstellen" in time
    assert "- Na elke opschaling vijf minuten stilte" in time
    assert "  - want: drie keer gezien dat het rust geeft" in time
    assert "  - eerder: Ik reed weg zonder te weten waarheen." in time
    assert "Weer gezien nadat een actie hierover op 1 apr 2026 was afgerond." in time
    assert "gaat mee naar de volgende sessie" in time
    assert "niemand wordt erop beoordeeld" in text
    assert "Noor" not in text.replace("Noord", ""), "who decided stays in the decisions"


def test_a_proposal_is_a_practice_after_a_use_in_the_export_too() -> None:
    dossier = with_proposal(FakeDossier())
    dossier.use("run-3/lp-7", date(2026, 10, 12), "brand in de molen", "Noor")
    text = exporting.markdown(dossier, NL)
    time = text[text.index("## Tijd kopen") : text.index("## Verminderd zelfredzaam")]
    assert "### Goede praktijken" in time
    assert "### Goede voorstellen" not in time
    assert "  - gebruikt: 12 okt 2026, brand in de molen" in time


def test_an_open_action_stands_under_the_theme_of_its_point_with_a_function_and_never_a_name() -> None:
    class Named(FakeDossier):
        def actions(self, *, open_only: bool = True):  # type: ignore[no-untyped-def]
            first, *rest = super().actions(open_only=open_only)
            return (first._replace(owner="Anna de Vries"), *rest)

    own = exporting.markdown(FakeDossier(), NL)
    assert "- De eerste vraag boven aan elke checklist zetten (AC-BZ, uiterlijk 2 nov 2026)" in own
    assert "- Proefbericht voor bewoners klaarleggen (Communicatie, uiterlijk 15 dec 2026)" in own, "without a point"
    for data in (exporting.markdown(Named(), NL), exporting.json_bytes(Named(), NL).decode(),
                 telling.overview(Named(), NL)):  # fmt: skip
        assert "Anna" not in data
        assert "iemand met naam" in data


def test_a_file_for_each_theme_has_a_name_that_any_system_takes() -> None:
    dossier = FakeDossier(more=(point_of("x", "../../etc/passwd"), point_of("y", "ÉTHIEK & co", 2),
                                point_of("z", "éthiek - co", 3), point_of("w", "字", 4)))  # fmt: skip
    files = exporting.markdown_files(dossier, NL)
    assert {"eerste-vraag.md", "etc-passwd.md", "ethiek-co.md", "ethiek-co-2.md", "theme.md"} <= set(files)
    assert files["opvang.md"].startswith("# Opvang\n")
    assert "Vijfhonderd bedden, drie gasten." in files["opvang.md"]
    assert "Zacht piket werkte." not in files["opvang.md"]


@pytest.mark.parametrize(("words", "delimiter", "state"), [(NL, ";", "stand"), (EN, ",", "state")])
def test_csv_has_a_row_for_each_point_with_its_state(words, delimiter: str, state: str) -> None:  # type: ignore[no-untyped-def]
    dossier = with_proposal(FakeDossier())
    data = exporting.csv_bytes(dossier, words)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = rows_of(data, delimiter)
    assert len(rows) == 55
    assert {row[state] for row in rows} == {words.t("pattern"), words.t("signal")}
    proposed = [row for row in rows if row[words.t("proposal")]]
    assert {row[words.t("because of")] for row in proposed} == {"drie keer gezien dat het rust geeft"}


def test_no_cell_becomes_a_formula_and_no_mark_of_markdown_works() -> None:
    dossier = FakeDossier(more=(point_of(HOSTILE, HOSTILE, 1, "=1+1"),))
    rows = rows_of(exporting.csv_bytes(dossier, NL), ";")
    assert all(not cell.lstrip(" ").startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    for text in (exporting.markdown(dossier, NL), *exporting.markdown_files(dossier, NL).values()):
        assert "<script" not in text
        assert not re.search(r"(?<!\\)\]\(", text), "a link"
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "\x1b" not in telling.overview(dossier, NL)


def test_json_is_in_codes() -> None:
    told = json.loads(exporting.json_bytes(with_proposal(FakeDossier()), NL))
    assert told == json.loads(exporting.json_bytes(with_proposal(FakeDossier()), EN))
    assert told["format"] == "tabletop-dossier/1"
    assert len(told["points"]) == 55
    found = next(point for point in told["points"] if point["proposal"])
    assert (found["state"], found["kind"], found["take_along"]) == ("pattern", "proposal", True)
    assert found["proposal"]["reason"] == "drie keer gezien dat het rust geeft"
    assert {action["closed"] for action in told["actions"]} == {None, "2026-04-01"}


def test_the_overview_as_text_has_the_table_the_patterns_and_what_was_passed_over() -> None:
    text = telling.overview(FakeDossier(), NL, width=120)
    assert text.startswith("11 oefeningen · 1 incident · sep 2025 – nov 2026 · 55 leerpunten · 15 punten keerden terug")
    assert "● 4/11" in text
    assert "Een functie is soms één persoon" in text
    assert "OPEN ACTIES" in text
    assert "overgeslagen" in text.splitlines()[0] + text.splitlines()[1]
    assert "boodschappen.toml" in text
    assert all(len(line) <= 120 for line in text.splitlines())
    narrow = telling.overview(FakeDossier(), NL, width=80)
    assert all(len(line) <= 80 for line in narrow.splitlines())
    assert "Informatiemanager"[:6] in narrow
    only = telling.overview(FakeDossier(), NL, year=2025, width=120)
    assert "3x erbij" in only


def test_an_empty_dossier_is_told_and_written_too(tmp_path: Path) -> None:
    empty = FakeDossier(runs_=())
    assert "Er zijn nog geen logs." in telling.overview(empty, NL)
    assert exporting.markdown(empty, NL).startswith("# Levend dossier")
    assert rows_of(exporting.csv_bytes(empty, NL), ";") == []
    assert write(empty, tmp_path, NL) == ()


@given(st.lists(st.text(max_size=80), max_size=3), st.text(max_size=30))
def test_any_text_can_be_written(texts: list[str], theme: str) -> None:
    dossier = FakeDossier(more=tuple(point_of(text, theme, n) for n, text in enumerate(texts)))
    exporting.markdown(dossier, NL).encode("utf-8", errors="replace")
    assert json.loads(exporting.json_bytes(dossier, NL))["format"] == exporting.FORMAT
    assert len(rows_of(exporting.csv_bytes(dossier, NL), ";")) == 55 + len(texts)


# --- writing ---


@pytest.mark.parametrize("ending", exporting.SUFFIXES)
def test_the_ending_chooses_and_nothing_is_written_over(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"dossier{ending.upper()}"
    assert write(FakeDossier(), target, NL) == (target,)
    assert said((target,), target, NL) == f"{target} is geschreven."
    before = target.read_bytes()
    with pytest.raises(Trouble) as there:
        write(FakeDossier(runs_=()), target, NL)
    assert there.value.code == "script-exists"
    assert target.read_bytes() == before
    write(FakeDossier(runs_=()), target, NL, over=True)
    assert target.read_bytes() != before


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    path = tmp_path / "out"
    path.mkdir()
    return path


def test_a_folder_gets_a_file_for_each_theme_or_none(folder: Path) -> None:
    written = write(FakeDossier(), folder, NL)
    assert len(written) == 8
    assert {path.parent for path in written} == {folder}
    assert said(written, folder, NL).startswith("8 bestanden zijn geschreven in ")
    for path in written[1:]:
        path.unlink()
    with pytest.raises(Trouble):
        write(FakeDossier(), folder, NL)
    assert list(folder.iterdir()) == [written[0]]


@pytest.mark.parametrize("name", ["dossier.xlsx", "dossier", "nowhere/dossier.md"])
def test_what_cannot_be_written_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(Trouble):
        write(FakeDossier(), folder / name, NL)
    assert list(folder.iterdir()) == []
