"""Scripts that were made to hurt, or were just damaged: each ends in an exercise or in one sentence."""

import csv
import io
import json
import tomllib
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from tabletop.core.exercise import Exercise
from tabletop.core.guarding import guarded, unguarded
from tabletop.files.mistakes import exercise_of
from tabletop.files.trouble import Trouble
from tabletop.interchange import excel, grid
from tabletop.interchange.delimited import decoded, delimited_bytes, read_delimited
from tabletop.interchange.exporting import script_bytes
from tabletop.interchange.importing import Asked, import_script
from tabletop.interchange.tables import lines
from tabletop.locale import words_for
from tabletop.locale.sentences import say
from tests.builders import inject, small_exercise
from tests.interchange.sheets import imported, workbook_bytes

PLAIN = [["Minuut", "Aan", "Tekst"], [0, "Politie", "Er is iets."], [5, "Brandweer", "Er is meer."]]


def read(data: bytes, folder: Path, name: str = "script.xlsx") -> str:
    """The code of what was refused, or nothing; and in both languages one printable sentence."""
    path = folder / name
    path.write_bytes(data)
    try:
        made = import_script(path, Asked(), words_for("nl"), folder / "state")
    except Trouble as trouble:
        for language in ("nl", "en"):
            sentence = say(words_for(language), trouble.code, trouble.values)
            assert sentence.isprintable()
            assert 10 < len(sentence) < 1000
        return trouble.code
    assert_sound(made.exercise, made.text)
    return ""


def assert_sound(exercise: Exercise, text: str) -> None:
    assert exercise_of("made.toml", tomllib.loads(text), text) == exercise


def repacked(data: bytes, **changed: bytes) -> bytes:
    """A workbook with some of its members changed, by a part of their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            name = next((name for name in changed if name in member.filename), None)
            new.writestr(member.filename, changed[name] if name else old.read(member))
    return stream.getvalue()


SOUND = workbook_bytes({"Blad1": PLAIN})


def test_what_is_no_workbook_is_said_in_a_sentence(tmp_path: Path) -> None:
    old = excel._OLD
    assert read(old + b"\0" * 600, tmp_path) == "script-old-excel"
    assert read(old + b"\0" * 600 + excel._LOCKED, tmp_path) == "script-locked"
    assert read(b"", tmp_path) == "file-empty"
    assert read(b"\0\1\2" * 500, tmp_path) == "script-not-text"
    assert read(SOUND[:400], tmp_path) == "script-damaged"
    assert read(b"   \n\n", tmp_path, "a.csv") == "file-empty"
    other, plain = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert read(other.getvalue(), tmp_path) == "script-other-program"
    assert read(plain.getvalue(), tmp_path) == "script-no-excel"
    with pytest.raises(Trouble, match="script-is-folder"):
        import_script(tmp_path, Asked(), words_for("nl"), tmp_path)
    with pytest.raises(Trouble, match="file-missing"):
        import_script(tmp_path / "none.xlsx", Asked(), words_for("nl"), tmp_path)


def test_a_workbook_that_unpacks_to_far_more_is_not_unpacked(tmp_path: Path) -> None:
    bomb = repacked(SOUND, sheet1=b"<worksheet>" + b" " * (excel.MOST_UNPACKED + 1))
    assert len(bomb) < 100_000
    assert read(bomb, tmp_path) == "script-unpacks-too-large"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha">]><worksheet><sheetData>&b;</sheetData></worksheet>'
    assert read(repacked(SOUND, sheet1=laughs), tmp_path) == "script-damaged"


def test_far_too_many_rows_and_columns(tmp_path: Path) -> None:
    many = "Minuut;Tekst\n" + "1;x\n" * 1_000_000
    assert read(many.encode(), tmp_path, "a.csv") == "script-too-many-rows"
    rows = [["Minuut", "Tekst"], *([place, "x"] for place in range(grid.MOST_ROWS + 5))]
    assert read(workbook_bytes({"a": rows}), tmp_path) == "script-too-many-rows"
    wide = b"Tekst" + b";x" * 500_000 + b"\nhallo" + b";" * 500_000
    assert read(wide, tmp_path, "b.csv") == ""
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="99999999999"><c r="A99999999999" t="str"><v>x</v></c></row></sheetData></worksheet>'
    )
    assert read(repacked(SOUND, sheet1=far), tmp_path) == "script-damaged"


def test_a_sheet_that_lies_about_its_size_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in text
    assert read(repacked(SOUND, sheet1=text), tmp_path) == ""


@pytest.mark.parametrize(
    "member", ["workbook.xml", "styles", "sheet1", "Content_Types", "_rels/.rels", "workbook.xml.rels"]
)
@pytest.mark.parametrize(
    "content", [b"", b"<a/>", b"<a", b"\xff\xfe", b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>"]
)
def test_a_workbook_with_a_damaged_part_ends_in_a_sentence(member: str, content: bytes, tmp_path: Path) -> None:
    read(repacked(SOUND, **{member: content}), tmp_path)


def test_formulas_are_never_taken_as_text_and_their_values_are(tmp_path: Path) -> None:
    made = imported(tmp_path, [["Minuut", "Tekst"], [0, '=HYPERLINK("http://x")'], [5, "gewoon"]])
    assert [step.text for step in made.exercise.injects] == ["gewoon"], "nobody calculated it"


def test_control_characters_and_overrides_do_not_get_through(tmp_path: Path) -> None:
    made = imported(tmp_path, "Minuut;Aan;Tekst\n0;Po\x1b[31mlitie;Een\u202e tekst\x07 hier\x00\n".replace("\x00", ""))
    assert made.exercise.injects[0].text == "Een tekst hier"
    assert made.exercise.officials[0].name == "Po[31mlitie"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "script-json"),
        ("{}", "script-json-unknown"),
        ("[]", "script-json-unknown"),
        ('{"injects": 3}', "script-json-unknown"),
        ('{"injects": []}', "import-nothing"),
        ('{"injects": [1, null, {}, []]}', "import-nothing"),
        ("[" * 100_000, "file-too-deep"),
        ('{"injects": [{"content": ' + "[" * 100_000, "file-too-deep"),
        ('{"a": ' + "9" * 5000 + "}", "file-too-deep"),
        ('{"injects": [' + ",".join(["{}"] * 3000) + "]}", "script-too-many-rows"),
        ("NaN", "script-json-unknown"),
        ("nonsense", "script-json-unknown"),
    ],
    ids=range(12),
)
def test_json_that_is_no_scenario(text: str, code: str, tmp_path: Path) -> None:
    assert read(text.encode(), tmp_path, "a.json") == code


# --- formula injection ----------------------------------------------------------------

MARKED = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", "＝1+1", "  =1+1", "'=1+1", "=", "'")


def marked_exercise() -> Exercise:
    marked = (inject(f"m{at}", title=said, text=said, headline="", **{"from": said}) for at, said in enumerate(MARKED))
    return small_exercise(steps=(*marked, inject("a9")))


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(script_bytes(list(lines(marked_exercise(), words_for("nl"))), path, words_for("nl")))
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    starting = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]
    assert len(starting) > 5
    assert all(cell.quotePrefix for cell in starting), "it stays a text when somebody edits it"
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_no_cell_of_a_csv_begins_as_a_formula(tmp_path: Path) -> None:
    for language, delimiter in (("nl", ";"), ("en", ",")):
        path = tmp_path / "out.csv"
        data = script_bytes(list(lines(marked_exercise(), words_for(language))), path, words_for(language))
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))
        assert not [
            cell for row in rows for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        ]


@given(st.text(alphabet=st.sampled_from("=+-@'\t\r\n ＝ab"), max_size=6))
def test_the_mark_before_a_formula_is_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(st.lists(st.text(alphabet="=-';,\"\nab ", max_size=5), min_size=2, max_size=4), min_size=1, max_size=5))
def test_cells_of_csv_come_back(rows: list[list[str]]) -> None:
    rows = [["een", "twee", "drie", "vier"], *[[*row, "", ""][:4] for row in rows]]
    sheet = read_delimited(decoded(delimited_bytes(rows, ";"), "a"), "a")
    there = {row.number: [unguarded(row.cell(place)) or "" for place in range(4)] for row in sheet.rows}
    assert list(there.values()) == [row for row in rows if any(row)]


def test_a_text_that_excel_would_cut_is_refused(tmp_path: Path) -> None:
    long = small_exercise(steps=(inject("a1", ask=["x" * 9_000] * 4),))
    with pytest.raises(Trouble, match="script-cell-too-long"):
        script_bytes(list(lines(long, words_for("nl"))), tmp_path / "a.xlsx", words_for("nl"))


# --- fuzz ----------------------------------------------------------------

HEADS = [
    "Minuut",
    "Tijd",
    "Datum",
    "Tekst",
    "Aan",
    "Van",
    "Kanaal",
    "Titel",
    "Soort",
    "Opties",
    "Duur",
    "Doel",
    "???",
    "",
    "Optioneel",
]
cells = (
    st.none()
    | st.text(max_size=12)
    | st.integers()
    | st.floats()
    | st.times()
    | st.timedeltas()
    | st.booleans()
    | st.datetimes(min_value=datetime(1900, 1, 1))
    | st.sampled_from(
        ["09:00", "J-60", "OvD-BZ, iedereen", "a | b", "feedback", "ja", "reserve", "x" * 300, "leadership", "field"]
    )
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    head=st.lists(st.sampled_from(HEADS), min_size=1, max_size=7),
    rows=st.lists(st.lists(cells, max_size=7), max_size=8),
)
def test_any_sheet_ends_in_an_exercise_or_a_sentence(
    head: list[str], rows: list[list[Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = [[None if cell is None else str(cell) for cell in row] for row in [head, *rows]]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(texts)
    read(stream.getvalue().encode("utf-8", errors="replace"), tmp_path_factory.getbasetemp(), "fuzzed.csv")
    try:
        data = workbook_bytes({"a": [head, *rows]})
    except (ValueError, OverflowError, TypeError, IllegalCharacterError):  # what openpyxl writes to no sheet
        return
    read(data, tmp_path_factory.getbasetemp(), "fuzzed.xlsx")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["a", "b", "c", "", "exec"])
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "label", "next_inject_id"]), inner, max_size=3)
    ),
    max_leaves=5,
)
KEYS = ["id", "title", "content", "target_teams", "options", "next_inject_id", "release_at_minutes"]


@settings(max_examples=200, deadline=None)
@given(
    injects=st.lists(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=7) | json_values, max_size=6),
    rest=st.dictionaries(
        st.sampled_from(["title", "participant_teams", "start_inject_id", "description"]), json_values
    ),
)
def test_any_scenario_ends_in_an_exercise_or_a_sentence(
    injects: list[Any], rest: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = json.dumps({**rest, "injects": injects}).encode()
    read(data, tmp_path_factory.getbasetemp(), "fuzzed.json")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_workbook_with_changed_bytes_ends_in_an_exercise_or_a_sentence(
    changes: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    read(bytes(data), tmp_path_factory.getbasetemp(), "fuzzed.xlsx")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=200))
def test_any_bytes_end_in_an_exercise_or_a_sentence(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in ("fuzzed.csv", "fuzzed.xlsx", "fuzzed.json"):
        read(data, tmp_path_factory.getbasetemp(), name)
        read(b"PK\x03\x04" + data, tmp_path_factory.getbasetemp(), name)
