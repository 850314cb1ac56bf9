"""``tabletop dossier`` in a process of its own, over logs that were really written."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.events import Participant
from tabletop.files import library
from tests.builders import HeldClock

PRIVATE, KEPT, LEADERS = "secret-of-one", "kept-to-oneself", "Leader-Name"


def run(*arguments: str, lang: str = "nl", **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tabletop", "dossier", *arguments], capture_output=True, text=True, encoding="utf-8",
        timeout=60, stdin=subprocess.DEVNULL, check=False, env={**os.environ, "TABLETOP_LANG": lang, **environ},
    )  # fmt: skip


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """Three runs of two exercises, a month apart: one point on each, one that one person keeps, one that is private."""
    folder = tmp_path / "logs"
    folder.mkdir()
    for number, name in enumerate(("zonder-gas", "kraan-op-de-kade", "zonder-gas")):
        exercise = library.load(library.find(name))
        official = exercise.key_officials[0].id
        clock = HeldClock(datetime(2026, 3, 3, 13, tzinfo=UTC) + timedelta(days=30 * number))
        people = [Participant(official=official, name="Sanne Jansen")]
        path = folder / f"run-{number}.toml"
        control = Control.start(path, exercise, people, clock, run_id=f"run-{number}", leader=LEADERS)
        control.do(moves.go_on)
        control.do(moves.note_point, "change", "Sanne reed meteen weg", official, themes=("tijd kopen",))
        control.do(moves.note_point, "keep", f"alleen hier {number}", official, themes=("opvang",))
        control.do(moves.note_point, "change", PRIVATE, official, private=True)
        control.do(moves.observe, KEPT, private=True)
        control.do(moves.end)
        control.close()
    (folder / "boodschappen.toml").write_text("melk = 2\n", encoding="utf-8")
    return folder


def test_without_a_terminal_it_is_told_as_text(logs: Path) -> None:
    done = run(str(logs))
    assert done.returncode == 0, done.stderr
    assert "3 oefeningen" in done.stdout
    assert "tijd kopen" in done.stdout
    assert "reed meteen weg" in done.stdout
    assert "boodschappen.toml" in done.stdout
    assert "3 exercises" in run(str(logs), "--text", lang="en").stdout


def test_the_folder_of_the_logs_is_looked_in_unless_another_is_named(logs: Path) -> None:
    assert "3 oefeningen" in run(TABLETOP_LOGS=str(logs)).stdout


@pytest.mark.parametrize("name", ["dossier.md", "dossier.csv", "dossier.json", "themes"])
def test_it_is_written_and_nothing_private_leaves(logs: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    if not target.suffix:
        target.mkdir()
    done = run(str(logs), "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert str(target) in done.stdout
    files = list(target.iterdir()) if target.is_dir() else [target]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files) + run(str(logs)).stdout
    assert "reed meteen weg" in text
    for marker in (PRIVATE, KEPT, LEADERS, "Sanne", "Jansen"):
        assert marker not in text, marker
    before = {path: path.read_bytes() for path in files}
    refused(run(str(logs), "-o", str(target)))
    assert {path: path.read_bytes() for path in files} == before
    assert run(str(logs), "-o", str(target), "--overwrite").returncode == 0


def test_the_same_point_in_two_exercises_is_a_pattern(logs: Path, tmp_path: Path) -> None:
    run(str(logs), "-o", str(tmp_path / "dossier.json"))
    told = json.loads((tmp_path / "dossier.json").read_text(encoding="utf-8"))
    states = {point["text"]: point["state"] for point in told["points"]}
    assert states["alleen hier 1"] == "signal"
    assert {state for text, state in states.items() if "reed meteen weg" in text} == {"pattern"}


def test_logs_stay_as_they_are(logs: Path) -> None:
    before = {path.name: path.read_bytes() for path in logs.iterdir()}
    run(str(logs))
    assert {path.name: path.read_bytes() for path in logs.iterdir()} == before


@pytest.mark.parametrize("arguments", [("-o", "dossier.xlsx"), ("-o", "nowhere/dossier.md"), ("--year", "soon")])
def test_what_cannot_be_is_one_sentence(logs: Path, arguments: tuple[str, ...]) -> None:
    refused(run(str(logs), *arguments))


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert "nowhere" in refused(run(str(tmp_path / "nowhere")))


def test_a_real_incident_becomes_a_log_beside_the_exercises(logs: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    for lang in ("nl", "en"):
        form.write_text(run("--incident-form", lang=lang).stdout, encoding="utf-8")
        assert "--reviewer" in refused(run(str(logs), "--incident", str(form)))
        assert "form.toml" in refused(run(str(logs), "--incident", str(form), "--reviewer", "Anna"))  # as it came
        text = form.read_text(encoding="utf-8").replace("[[points]]", "survey = [[1, 2, 3, 4, 5]]\n\n[[points]]", 1)
        text = re.sub('^title = ".*"', f'title = "Fire at the mill, {lang}"', text, flags=re.MULTILINE)
        form.write_text(text, encoding="utf-8")
        done = run(str(logs), "--incident", str(form), "--reviewer", "Anna Bakker")
        assert done.returncode == 0, done.stderr
        assert Path(done.stdout.strip()).is_file()
    told = run(str(logs)).stdout
    assert "3 oefeningen" in told
    assert "2 incidenten" in told
    assert "Bakker" not in told


def test_a_function_written_out_in_a_form_is_the_one_of_the_exercises(logs: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    text = run("--incident-form").stdout.replace("Hoe het incident heet", "Brand")
    for written in ("Hoofd publieke zorg", "Head of public care (HPZ)"):
        form.write_text(text.replace('"OvD-BZ"', f'"{written}"'), encoding="utf-8")
        log = Path(run(str(logs), "--incident", str(form), "--reviewer", "Anna").stdout.strip())
        assert 'official = "hpz"' in log.read_text(encoding="utf-8")
        log.unlink()


def test_a_year_in_which_nothing_was_learned_is_said(logs: Path) -> None:
    assert "Uit dat jaar is er geen leerpunt met een thema." in run(str(logs), "--year", "1999").stdout


def test_every_mistake_in_a_form_is_said_with_its_line(logs: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    text = run("--incident-form").stdout.replace("2026-01-31", '"soon"').replace('"change" ', '"chnge" ')
    form.write_text(text, encoding="utf-8")
    done = run(str(logs), "--incident", str(form), "--reviewer", "Anna")
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["form.toml"] * 2
    form.write_text("title = [", encoding="utf-8")
    done = run(str(logs), "--incident", str(form), "--reviewer", "Anna")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_logs_of_another_region_keep_where_they_came_from(logs: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    files = [str(logs / "run-0.toml"), str(logs / "run-1.toml")]
    assert "--origin" in refused(run(str(own), "--take-in", *files, "--reviewer", "Anna"))
    done = run(str(own), "--take-in", *files, "--origin", "Veiligheidsregio X", "--reviewer", "Anna")
    assert done.returncode == 0, done.stderr
    again = run(str(own), "--take-in", files[0], "--origin", "Elsewhere", "--reviewer", "Anna")
    assert "run-0.toml" in refused(again)  # with another origin it would no longer be theirs
    assert run(str(own), "-o", str(tmp_path / "own.json")).returncode == 0
    told = json.loads((tmp_path / "own.json").read_text(encoding="utf-8"))
    assert "Veiligheidsregio X" in json.dumps(told)
    refused(run(str(own), "--take-in", *files, "--origin", "Veiligheidsregio X", "--reviewer", "Anna"))
    refused(run(str(own), "--take-in", str(logs / "boodschappen.toml"), "--origin", "X", "--reviewer", "Anna"))
