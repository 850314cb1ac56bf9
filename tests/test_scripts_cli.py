"""``tabletop import`` and ``tabletop export`` as a user meets them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core.events import Participant
from tabletop.files import library
from tabletop.files.clock import SystemClock
from tests.interchange.sheets import workbook_bytes
from tests.test_cli import refused, run

ROWS = [
    ["Minuut", "Aan", "Kanaal", "Tekst"],
    [0, "OvD-BZ", "duif", "Er is brand in de straat."],
    [5, "HPZ", "telefoon", None],
]


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TABLETOP_STATE", str(tmp_path / "state"))
    path = tmp_path / "mijn brand.xlsx"
    path.write_bytes(workbook_bytes({"Blad1": ROWS}))
    return path


def test_the_first_time_nothing_is_written_and_everything_is_said(sheet: Path) -> None:
    done = run("import", str(sheet))
    assert done.returncode == 0, done.stderr
    said = done.stdout
    for part in (
        "Aan → aan",
        "2  overgenomen, met een aanname",
        "“duif”",
        "3  weggelaten",
        "er staat geen tekst in",
        "--write",
    ):
        assert part in said, part
    assert "Er is niets geschreven" in said
    assert [path.name for path in sheet.parent.iterdir() if path.is_file()] == [sheet.name]
    english = run("import", str(sheet), lang="en").stdout
    assert "taken, with a guess" in english
    assert "Nothing was written" in english


def test_what_is_written_passes_check_and_is_never_written_over(sheet: Path) -> None:
    written = sheet.parent / "mijn-brand.toml"
    assert run("import", str(sheet), "--write").returncode == 0
    checked = run("check", str(written))
    assert "geen fouten en 1 tip" in checked.stdout  # a script has no feedback points
    assert "feedback" in checked.stdout
    before = written.read_bytes()
    assert "--overwrite" in run("import", str(sheet), "--write", "--title", "Mijn brand").stderr
    assert written.read_bytes() == before
    assert run("import", str(sheet), "--write", "--overwrite", "--minutes", "30").returncode == 0
    assert b"minutes = 30" in written.read_bytes()


def test_it_can_be_led_at_once(sheet: Path) -> None:
    target = sheet.parent / "x.toml"
    assert run("import", str(sheet), "-o", str(target)).returncode == 0
    exercise = library.load(target)
    log = sheet.parent / "log.toml"
    Control.start(log, exercise, [Participant(official="ovd-bz")], SystemClock(), run_id="r").close()
    assert log.is_file()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("import", "none.xlsx"), "none.xlsx"),
        (("import", "{sheet}", "--map", "Q=tekst"), "Minuut"),
        (("import", "{sheet}", "--map", "Tekst=zzz"), "zzz"),
        (("import", "{sheet}", "--sheet", "zzz"), "Blad1"),
        (("import", "{sheet}", "--minutes", "0"), "1440"),
        (("import", "{sheet}", "--minutes", "nan"), "1440"),
        (("import", ""), "."),
        (("export", "nothing-like-it"), "nothing-like-it"),
        (("export", "zonder-gas", "-o", "a.pdf"), ".xlsx"),
        (("export", "zonder-gas", "-o", "none/a.csv"), "a.csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...], word: str, sheet: Path) -> None:
    for lang in ("nl", "en"):
        assert word in refused(run(*(one.format(sheet=sheet) for one in arguments), lang=lang))


def test_a_file_that_is_there_is_said_before_anything_is_written(sheet: Path) -> None:
    target = sheet.parent / "a.csv"
    target.write_text("mine", encoding="utf-8")
    assert str(target) in refused(run("export", "zonder-gas", "-o", str(target)))
    assert target.read_text(encoding="utf-8") == "mine"
    assert run("export", "zonder-gas", "-o", str(target), "--overwrite").returncode == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfOnderdeel;")


def test_an_exercise_goes_out_and_comes_back_the_same(sheet: Path) -> None:
    assert run("export", "zonder-gas").returncode == 0
    assert run("import", "zonder-gas.xlsx", "--write", lang="en").returncode == 0
    assert library.load(Path("zonder-gas.toml")) == library.load(library.find("zonder-gas"))


def test_the_script_of_a_run_has_no_names(sheet: Path) -> None:
    log = sheet.parent / "run.toml"
    exercise = library.load(library.find("zonder-gas"))
    people = [Participant(official="ovd-bz", name="Sanne")]
    Control.start(log, exercise, people, SystemClock(), run_id="r", leader="Willem").close()
    done = run("export", str(log), "-o", "run.csv")
    assert done.returncode == 0, done.stderr
    text = Path("run.csv").read_text(encoding="utf-8-sig")
    assert "Sanne" not in text
    assert "Willem" not in text
    assert "Wat ervan kwam" in text


@pytest.mark.parametrize(("answer", "is_written"), [("j", True), ("y", True), ("", False), ("nee", False)])
def test_where_there_is_a_terminal_it_asks(answer: str, is_written: bool, sheet: Path) -> None:
    pty = pytest.importorskip("pty", reason="needs a pseudo terminal")
    leader, follower = pty.openpty()
    environ = {**os.environ, "TABLETOP_LANG": "nl"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", "import", str(sheet)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environ,
    )
    os.close(follower)
    os.write(leader, f"{answer}\n".encode())
    said = b""
    while True:
        try:
            chunk = os.read(leader, 4096)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
    assert process.wait(60) == 0
    os.close(leader)
    assert "[j/N]" in said.decode()
    assert (sheet.parent / "mijn-brand.toml").is_file() == is_written
