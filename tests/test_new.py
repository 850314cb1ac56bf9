"""``tabletop new`` and ``tabletop schema`` as an author meets them: what is asked, written, said and refused."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.files import library, schema

WAITING = "S"
"""The state of a process that waits, as the system calls it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the author's own exercises, which is not there yet."""
    return tmp_path / "eigen"


def run(
    folder: Path, *arguments: str, typed: str | None = None, lang: str = "nl"
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tabletop", *arguments], capture_output=True, text=True, encoding="utf-8", timeout=60,
        input=typed if typed is not None else "", check=False,
        env={**os.environ, "TABLETOP_LANG": lang, "TABLETOP_EXERCISES": str(folder)},
    )  # fmt: skip


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 2, (done.stdout, done.stderr)
    (line,) = done.stderr.splitlines()
    assert line.endswith((".", "?", "!"))
    return line


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_enter_on_every_question_makes_an_exercise_that_is_found_by_its_name(folder: Path, lang: str) -> None:
    done = run(folder, "new", typed="\n" * 7, lang=lang)
    assert (done.returncode, done.stderr) == (0, "")
    name = "stroom-weg" if lang == "nl" else "power-cut"
    assert written(folder) == [f"{name}.toml", schema.NAME]
    checked = run(folder, "check", name, lang=lang)
    assert checked.returncode == 0, checked.stdout
    exercise = library.load(folder / f"{name}.toml")
    assert (exercise.language, exercise.minutes, len(exercise.key_officials)) == (lang, 75, 6)
    assert f"check {name}" in done.stdout
    assert f"run {name}" in done.stdout
    assert name in run(folder, "list").stdout
    described = json.loads((folder / schema.NAME).read_text("utf-8"))["properties"]["title"]["description"]
    assert described == {"nl": "Hoe de oefening heet.", "en": "What the exercise is called."}[lang]


def test_every_answer_is_used_and_a_wrong_one_is_asked_again(folder: Path) -> None:
    target = folder / "hier" / "mijn"
    answers = ["de", "en", "7", "smoke", 'Rook & "roet"', "x" * 600, "Er is rook.", "20", "negentig", "90",
               "1-9", "0", "1-7,…", "1 2 4", str(target)]  # fmt: skip
    done = run(folder, "new", typed="".join(f"{answer}\n" for answer in answers))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    exercise = library.load(target.with_suffix(".toml"))
    assert (exercise.title, exercise.language, exercise.minutes) == ('Rook & "roet"', "en", 90)
    assert exercise.injects[0].text == "Er is rook."
    assert [one.id for one in exercise.key_officials] == ["ovd-bz", "hpz", "ac-bz"]
    for sentence in ("Typ nl of en.", "Typ een nummer van 1 tot 6", "langer dan het deelnemersscherm",
                     "Typ hele minuten, van 30 tot 180.", "1-9 staat niet in de lijst"):  # fmt: skip
        assert sentence in done.stdout
    assert run(folder, "check", str(target.with_suffix(".toml"))).returncode == 0


def test_options_answer_questions_and_yes_answers_the_rest(folder: Path) -> None:
    target = folder / "eigen.toml"
    done = run(folder, "new", "--yes", "--lang", "en", "--title", "Mine", "--minutes", "45", "-o", str(target),
               "--officials", "1, Team leader, ac-bz", "--message", "A message.", "--kind", "other")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" not in done.stdout, "nothing was asked"
    exercise = library.load(target)
    assert (exercise.title, exercise.language, exercise.minutes) == ("Mine", "en", 45)
    assert [one.name for one in exercise.key_officials][-1] == "Team leader"
    assert exercise.injects[0].text == "A message."
    half = run(folder, "new", "--title", "Half", "--officials", "1-3", typed="\n" * 5)
    assert half.returncode == 0
    assert library.load(folder / "half.toml").title == "Half"
    assert "Titel" not in half.stdout


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--minutes", "20"), "30"),
        (("--minutes", "٣٠"), "30"),
        (("--kind", "oorlog"), "een woord"),
        (("--title", " "), "tekst"),
        (("--kind", "other"), "eerste melding"),
        (("--officials", "99"), "99"),
        (("--officials", ","), "minstens één"),
        (("--officials", "a,b,c,d,e,f,g,h,i"), "8"),
        (("--message", "lang " * 200), "10"),
        (("a.toml", "-o", "b.toml"), "-o"),
        (("",), "pad"),
        (("~nobody-of-this-name/x",), "nobody-of-this-name"),
    ],
)
def test_an_option_that_cannot_be_used_is_one_sentence_and_nothing_is_written(
    folder: Path, options: tuple[str, ...], word: str
) -> None:
    assert word in refused(run(folder, "new", "--yes", *options))
    assert written(folder) == []


def test_it_never_writes_over_something(folder: Path) -> None:
    folder.mkdir()
    target = folder / "mijn.toml"
    target.write_text("van mij")
    assert "mijn.toml" in refused(run(folder, "new", "--yes", str(target)))
    assert "mijn.toml" in refused(run(folder, "new", str(folder / "mijn")))
    assert str(folder) in refused(run(folder, "new", "--yes", str(folder)))
    assert target.read_text() == "van mij"
    (folder / schema.NAME).write_text("{}")
    for _ in range(2):
        assert run(folder, "new", "--yes", "--title", "Mijn").returncode == 0
    assert written(folder) == ["mijn-2.toml", "mijn-3.toml", "mijn.toml", schema.NAME]
    assert (folder / schema.NAME).read_text() == "{}", "a schema that is there is left alone"


@pytest.mark.parametrize("answers", [0, 3, 6])
def test_answers_that_stop_leave_nothing_behind(folder: Path, answers: int) -> None:
    done = run(folder, "new", typed="\n" * answers)
    assert "niets geschreven" in refused(done)
    assert done.stdout.endswith(": \n")
    assert written(folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc whether the program waits")
def test_ctrl_c_at_a_question_leaves_nothing_behind(folder: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TABLETOP_LANG": "nl", "TABLETOP_EXERCISES": str(folder)}
    program = subprocess.Popen([sys.executable, "-m", "tabletop", "new"], stdin=theirs, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environ,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # fmt: skip  # noqa: PLW1509
    os.close(theirs)
    assert program.stdout is not None
    asked = ""
    while "[nl]" not in asked:
        asked += program.stdout.read(1)
    while f") {WAITING} " not in Path(f"/proc/{program.pid}/stat").read_text():  # a signal a moment earlier is missed
        pass
    program.send_signal(signal.SIGINT)
    _, said = program.communicate(timeout=30)
    os.close(ours)
    assert program.returncode == 2
    assert said == "Gestopt vanaf het toetsenbord; er is niets geschreven.\n"
    assert written(folder) == []


def test_a_place_that_cannot_be_written_is_one_sentence(folder: Path) -> None:
    folder.mkdir()
    (folder / "bestand").write_text("")
    assert "bestand" in refused(run(folder, "new", "--yes", str(folder / "bestand" / "x.toml")))
    assert "bestand" in refused(run(folder, "schema", "-o", str(folder / "bestand" / "x.json")))


def test_what_is_typed_is_cleaned(folder: Path) -> None:
    done = run(folder, "new", "--yes", "--title", "A\x1b[31m\u202eB", "--message", "\x07Rook\nen roet")
    assert done.returncode == 0
    assert written(folder) == ["a-31mb.toml", schema.NAME]
    exercise = library.load(folder / "a-31mb.toml")
    assert (exercise.title, exercise.injects[0].text) == ("A[31mB", "Rook en roet")


# --- schema


def test_the_schema_is_printed_or_written_where_it_is_wanted(folder: Path) -> None:
    printed = run(folder, "schema", lang="en")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout == (library.shipped_folder() / schema.NAME).read_text("utf-8")
    target = folder / "map" / "mijn.json"
    for _ in range(2):  # the second goes over the first
        done = run(folder, "schema", "-o", str(target))
        assert (done.returncode, done.stderr) == (0, "")
        assert "#:schema ./mijn.json" in done.stdout
    assert json.loads(target.read_text("utf-8"))["properties"]["title"]["description"] == "Hoe de oefening heet."
    target.write_text("van mij")
    assert "mijn.json" in refused(run(folder, "schema", "-o", str(target)))
    assert target.read_text() == "van mij"
