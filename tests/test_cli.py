"""The command line as a user meets it: in a process of its own, by its exit code and by what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop import cli
from tabletop.cli import desk
from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.events import Participant
from tabletop.files import library
from tabletop.files.clock import SystemClock
from tabletop.files.log import read
from tabletop.locale import words_for
from tabletop.ui.opening import Outset

SHIPPED = library.shipped_folder()
TITLE = "Zonder gas"


def run(*arguments: str, lang: str = "nl", **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tabletop", *arguments], capture_output=True, text=True, encoding="utf-8", timeout=60,
        stdin=subprocess.DEVNULL, check=False, env={**os.environ, "TABLETOP_LANG": lang, **environ},
    )  # fmt: skip


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """The one sentence of a verb that could not do what was asked."""
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert lines[0].isprintable()
    assert lines[0].endswith((".", "?", "!")), lines[0]
    return lines[0]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "run.toml"
    exercise = library.load(SHIPPED / "zonder-gas.toml")
    Control.start(path, exercise, [Participant(official="ovd-bz", name="Sanne")], SystemClock(), run_id="r").close()
    return path


# --- help, in both languages -----------------------------------------------------------------------------------------

ENGLISH = (
    "usage:",
    " log\n",
    "[log]",
    "options:",
    "positional",
    "show this help",
    "exercise.",
    "arguments",
    " the ",
    " with ",
    " a log ",
)


VERBS = ["", "list", "run", "show", "check", "new", "schema", "import", "export", "share"]


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_in_the_leaders_language(verb: str) -> None:
    arguments = [verb, "--help"] if verb else ["--help"]
    dutch, english = run(*arguments), run(*arguments, lang="en")
    assert dutch.returncode == english.returncode == 0
    assert dutch.stderr == english.stderr == ""
    assert dutch.stdout.startswith("gebruik: tabletop")
    assert english.stdout.startswith("usage: tabletop")
    assert not [word for word in ENGLISH if word in dutch.stdout.lower()]


def test_the_option_goes_before_the_surroundings() -> None:
    assert run("--lang", "en", "--help").stdout.startswith("usage:")
    assert run("run", "--lang=en", "--help").stdout.startswith("usage:")
    assert run("--help", lang="en", LANG="nl_NL.UTF-8").stdout.startswith("usage:")


@pytest.mark.parametrize(
    "arguments",
    [("bla",), ("list", "--lang", "xx"), ("check",), ("run", "--bla"), ("run", "--log"), ("share", "a", "b"),
     ("--versie",), ("import",), ("export",), ("import", "x", "--minutes", "veel"), ("run",),
     ("run", "a", "--resume", "b"), ("run", "--resume", "x", "--officials", "all")],
)  # fmt: skip
def test_what_is_not_understood_is_one_sentence(arguments: tuple[str, ...]) -> None:
    dutch, english = refused(run(*arguments)), refused(run(*arguments, lang="en"))
    assert dutch != english
    assert not re.search(r"\b(the|argument is|expected|required|invalid|choose)\b", dutch)


def test_the_help_of_the_version_is_in_dutch() -> None:
    assert "version number" not in run("--help").stdout
    assert "version" in run("--help", lang="en").stdout.replace("--version", "")


def test_version() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"tabletop \d+\.\d+\.\d+\S*\n", done.stdout)


# --- paths -----------------------------------------------------------------------------------------------------------

NOBODY = "~nobody-at-all/x.toml"


@pytest.mark.parametrize(
    "arguments",
    [("share", ""), ("share", "."), ("share", "/"), ("share", ".."), ("share", NOBODY), ("check", ""),
     ("check", NOBODY), ("run", NOBODY), ("run", "--resume", NOBODY)],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_one_sentence(arguments: tuple[str, ...]) -> None:
    for lang in ("nl", "en"):
        sentence = refused(run(*arguments, lang=lang))
        assert not re.search("foresaw|voorzag", sentence)


def test_the_copy_to_share_cannot_be_at_the_home_of_somebody_unknown(log: Path) -> None:
    assert NOBODY in refused(run("share", str(log), "-o", NOBODY, lang="en"))


def test_a_copy_that_cannot_be_written_is_said_of_the_copy(log: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "none" / "copy.toml", log / "copy.toml", tmp_path / ("x" * 300)):
        for lang in ("nl", "en"):
            sentence = refused(run("share", str(log), "-o", str(target), lang=lang))
            assert str(target) in sentence
            assert not re.search("longer|elsewhere|elders|No such|Not a dir|File name", sentence)


@pytest.mark.parametrize("verb", [["list"], ["run", "zonder-gas"]])
def test_a_folder_of_exercises_at_the_home_of_somebody_unknown_is_one_sentence(verb: list[str]) -> None:
    assert "~nobody-at-all" in refused(run(*verb, TABLETOP_EXERCISES="~nobody-at-all/x"))


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [
        (["show", NOBODY], {}),
        (["run", "zonder-gas", "--log", NOBODY], {}),
        (["run", "zonder-gas"], {"TABLETOP_LOGS": NOBODY}),
        ([], {"TABLETOP_LOGS": NOBODY}),
        ([], {"TABLETOP_EXERCISES": NOBODY}),
    ],
)
def test_a_screen_does_not_open_on_a_path_that_nobody_can_know(
    arguments: list[str], environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in (cli.home, cli.run, cli.show):
        monkeypatch.setattr(verb, "need_terminal", lambda words: None)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert cli.main([*arguments, "--lang", "en"]) == 2
    assert NOBODY in capsys.readouterr().err


@pytest.mark.parametrize("name", ["x" * 240, os.fsdecode(b"\xff")])
def test_a_log_may_have_a_name_that_no_text_can_hold(name: str, tmp_path: Path) -> None:
    outset = Outset(SystemClock(), os.environ, log=tmp_path / f"{name}.toml")
    control = outset.begin(library.load(SHIPPED / "zonder-gas.toml"), [])
    control.close()
    outset.close()
    assert len(read(control.writer.path).head.id) <= 200


# --- list ------------------------------------------------------------------------------------------------------------


def test_list_says_what_there_is_in_the_leaders_language_first() -> None:
    done = run("list")
    assert done.returncode == 0
    assert "3 feedbackmomenten" in done.stdout
    for said, first, other in (
        (done.stdout, "Nederlands", "Engels"),
        (run("list", lang="en").stdout, "English", "Dutch"),
    ):
        languages = [line.split()[-1] for line in said.splitlines()]
        half = len(languages) // 2
        assert languages == [first] * half + [other] * half


def test_list_names_a_file_with_mistakes_and_cleans_what_it_prints(tmp_path: Path) -> None:
    (tmp_path / "kapot.toml").write_text("title = 'Kapot'")
    (tmp_path / "kwaad.toml").write_text(
        (SHIPPED / "zonder-gas.toml").read_text(encoding="utf-8").replace('"Zonder gas"', '"A\\u001b[2JB\\u202e"', 1),
        encoding="utf-8",
    )
    done = run("list", TABLETOP_EXERCISES=str(tmp_path))
    assert done.returncode == 0
    assert f"tabletop check {tmp_path / 'kapot.toml'}" in done.stdout
    assert "A[2JB" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_a_reader_that_stops_reading_is_no_mistake() -> None:
    done = subprocess.run(
        f"{sys.executable} -m tabletop list | true", shell=True, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_finds_nothing_wrong_with_what_ships() -> None:
    done = run("check", *map(str, sorted(SHIPPED.glob("*.toml"))))
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    assert run("check", "zonder-gas").returncode == 0


def test_check_tells_two_files_of_one_name_apart(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "oefening.toml" for folder in ("een", "twee", "drie")]
    for path, text in zip(paths, ("title = 'X'", (SHIPPED / "zonder-gas.toml").read_text("utf-8"), ""), strict=True):
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    done = run("check", *map(str, paths))
    assert done.returncode == 2
    assert str(paths[0]) + ":1: officials" in done.stdout
    assert f"{paths[1]}: geen fouten." in done.stdout
    assert str(paths[2]) in done.stderr
    assert str(tmp_path) not in run("check", str(paths[1])).stdout, "one file needs no more than its name"


def test_check_says_every_mistake_with_its_line_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "kapot.toml"
    path.write_text('title = "X"\nminutes = -1\nfoo = 1\nofficials = [{ id = "x", name = "X" }]\n'
                    '[[steps]]\ntext = "hallo"\n')  # fmt: skip
    done = run("check", str(path), "zonder-gas")
    assert done.returncode == 1
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert any(line.startswith(f"{path}:2: minutes — ") for line in lines)
    assert any(line.startswith(f"{path}:3: foo — ") for line in lines)
    assert lines[-1].startswith(f"{SHIPPED / 'zonder-gas.toml'}: ")
    assert run("check", str(path), str(tmp_path / "weg.toml")).returncode == 2


def test_check_gives_hints_that_are_no_mistakes_and_the_file_can_be_led(tmp_path: Path) -> None:
    path = tmp_path / "klein.toml"
    path.write_text('title = "X"\nofficials = [{ id = "x", name = "X" }]\n[[steps]]\ntext = "hallo"\n')
    done = run("check", str(path))
    assert (done.returncode, done.stderr) == (1, "")
    first, last = done.stdout.splitlines()
    assert first.startswith("klein.toml:3: steps — tip: de groep staat nooit stil")
    assert last == "klein.toml: geen fouten en 1 tip; de oefening kan zo geleid worden."
    assert "steps — hint: the group is never stopped" in run("check", str(path), lang="en").stdout
    assert library.load(path).title == "X"


def test_check_looks_at_the_minutes_for_the_people_expected() -> None:
    full = run("check", "zonder-gas", "--people", "8")
    assert full.returncode == 1
    assert "minute — tip: met 8 aan tafel" in full.stdout
    assert run("check", "zonder-gas", "--people", "6").returncode == 0
    assert "--people" in refused(run("check", "zonder-gas", "--people", "0"))


def _wrong_toml(path: Path) -> None:
    path.write_text("title = [")


def _latin(path: Path) -> None:
    path.write_bytes('title = "café"'.encode("latin-1"))


def _huge(path: Path) -> None:
    path.write_bytes(b"# " + b"x" * 3_000_000)


def _nested(path: Path) -> None:
    path.write_text("title = " + "[" * 20_000 + "]" * 20_000)


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


HOSTILE = {
    "encoding": _latin,
    "huge": _huge,
    "empty": lambda path: path.write_text(""),
    "nested": _nested,
    "binary": _binary,
    "folder": lambda path: path.mkdir(),
    "missing": lambda path: None,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("verb", ["check", "run"])
def test_a_file_that_is_no_exercise_is_one_sentence(kind: str, verb: str, tmp_path: Path) -> None:
    path = tmp_path / "vreemd.toml"
    HOSTILE[kind](path)
    assert refused(run(verb, str(path))) != refused(run(verb, str(path), lang="en"))


def test_wrong_toml_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "fout.toml"
    _wrong_toml(path)
    done = run("check", str(path))
    assert done.returncode == 1
    assert done.stdout.startswith("fout.toml:1: ")


@pytest.mark.parametrize(
    "name", ["\x1b[31mrood", "a\u202eb", "[/x]", "[@click=app.quit]", "x" * 5000, "a\nb", " ", "$(x)"]
)
@pytest.mark.parametrize("verb", ["run", "check"])
def test_hostile_names_are_cleaned(name: str, verb: str) -> None:
    refused(run(verb, name))


@pytest.mark.parametrize("name", ["\x1b[31mrood.toml", "a\u202eb.toml", "[b][x].toml"])
def test_hostile_file_names_are_cleaned(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("title = 3")
    done = run("check", str(tmp_path / name))
    assert done.returncode == 1
    assert all(line.isprintable() for line in done.stdout.splitlines())


# --- logs ------------------------------------------------------------------------------------------------------------


def _newer(path: Path) -> None:
    path.write_text('format = "tabletop-log/9"\n')


def _no_log(path: Path) -> None:
    path.write_text('title = "hallo"\n')


LOGS = {**HOSTILE, "newer": _newer, "no-log": _no_log, "wrong-toml": _wrong_toml}


@pytest.mark.parametrize("kind", LOGS)
@pytest.mark.parametrize("verb", ["run --resume", "share"])
def test_a_file_that_is_no_log_is_one_sentence(kind: str, verb: str, tmp_path: Path) -> None:
    path = tmp_path / "vreemd.toml"
    LOGS[kind](path)
    sentence = refused(run(*verb.split(), str(path)))
    assert "vreemd.toml" in sentence
    if kind not in ("folder", "missing"):
        assert sorted(tmp_path.iterdir()) == [path] or (tmp_path / "home").exists()


def test_share_writes_a_copy_without_names_and_never_over_something(log: Path, tmp_path: Path) -> None:
    done = run("share", str(log))
    assert done.returncode == 0, done.stderr
    copy = tmp_path / "run-gedeeld.toml"
    assert str(copy) in done.stdout
    assert "Sanne" not in copy.read_text(encoding="utf-8")
    refused(run("share", str(log)))
    assert run("share", str(log), "-o", str(tmp_path / "elders.toml"), lang="en").returncode == 0


# --- screens ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [(), ("run", "zonder-gas"), ("run", "Zonder gas", "--officials", "all"), ("show",)]
)
def test_no_screen_opens_without_a_terminal(arguments: tuple[str, ...]) -> None:
    assert "terminal" in refused(run(*arguments))
    assert not Path(os.environ["TABLETOP_LOGS"]).exists()


def test_resume_without_a_terminal_leaves_the_log_as_it_was(log: Path) -> None:
    before = log.read_bytes()
    refused(run("run", "--resume", str(log)))
    assert log.read_bytes() == before


def in_terminal(
    *arguments: str, keys: bytes = b"\x11", until: bytes = b"", program: tuple[str, ...] = ("-m", "tabletop")
) -> tuple[int, str]:
    """Run in a pseudo-terminal; press keys once ``until`` was painted; return the exit code and everything seen."""
    pty = pytest.importorskip("pty")
    pid, fd = pty.fork()
    if pid == 0:
        os.environ |= {"TABLETOP_LANG": "nl", "COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"}
        os.execv(sys.executable, [sys.executable, *program, *arguments])
    seen, pressed = b"", not until
    try:
        while True:
            seen += os.read(fd, 65536)
            if until and not pressed and until in seen:
                pressed = True
                os.write(fd, keys)
    except OSError:  # the other side closed
        pass
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    return os.waitstatus_to_exitcode(status), seen.decode(errors="replace")


def after_the_screen(seen: str) -> str:
    """What stands in the terminal when the screen has closed."""
    return seen.rpartition("\x1b[?1049l")[2].partition("\x1b[?25h")[2] or seen


def test_home_opens_and_closes() -> None:
    code, seen = in_terminal(until=b"BEGINNEN")
    assert code == 0
    assert "Traceback" not in seen


def test_a_run_leaves_a_log_and_says_where() -> None:
    code, seen = in_terminal("run", "zonder-gas", "--officials", "ovd-bz,AC-BZ", "--leader", "Ria", until=b"OEFENING")
    assert code == 0
    (path,) = Path(os.environ["TABLETOP_LOGS"]).glob("*.toml")
    said = after_the_screen(seen).replace("\r\n", "")
    assert f"Het logboek staat in {path}" in said
    assert f"-m tabletop run --resume {path}" in said
    text = path.read_text(encoding="utf-8")
    assert text.count("[[participants]]") == 2 or "ac-bz" in text
    assert 'leader = "Ria"' in text


def test_after_the_end_the_summary_is_named_too(log: Path) -> None:
    control = Control.resume(log, SystemClock())
    control.do(moves.resume)
    words = words_for("nl")
    assert [str(log) in line for line in desk.where_it_is(log, words)] == [True, True]
    control.do(moves.end)
    control.close()
    assert desk.where_it_is(log, words) == [f"Het logboek staat in {log}"]
    log.with_suffix(".md").write_text("", encoding="utf-8")
    assert desk.where_it_is(log, words)[-1] == f"De samenvatting staat in {log.with_suffix('.md')}"


def test_the_command_to_go_on_is_the_one_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tabletop"
    program.write_text("", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(tmp_path.parent)
    typed = f"{tmp_path.name}/tabletop"
    monkeypatch.setattr(sys, "argv", [typed])
    assert desk.called() == typed
    monkeypatch.setenv("PATH", str(tmp_path))
    assert desk.called() == "tabletop"
    monkeypatch.setattr(sys, "argv", ["/else where/tabletop"])
    assert desk.called() == "'/else where/tabletop'"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(("run", "zonder-gas", "--officials", "burgemeester"), "burgemeester"),
     (("run", "zonder-gas", "--officials", ""), "ovd-bz"),
     (("run", "zonder-gas", "--officials", "all", "--log", "/proc/nowhere/run.toml"), "/proc/nowhere")],
)  # fmt: skip
def test_what_goes_wrong_behind_the_screen_is_one_sentence_and_exit_code_2(
    arguments: tuple[str, ...], word: str
) -> None:
    code, seen = in_terminal(*arguments)
    assert code == 2
    assert "Traceback" not in seen
    said = after_the_screen(seen)
    assert word in said.replace("\r\n", "")


def test_what_nobody_foresaw_is_a_sentence_and_a_file(tmp_path: Path) -> None:
    code = """
        import sys
        import tabletop.cli as cli
        import tabletop.files.library as library
        def broken():
            raise RuntimeError("secret detail")
        library.list_exercises = broken
        sys.exit(cli.main(["list"]))
    """
    import textwrap

    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False,
                          env={**os.environ, "TABLETOP_LANG": "nl"})  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    (crash,) = (Path(os.environ["TABLETOP_STATE"]) / "crashes").iterdir()
    assert str(crash) in done.stderr
    assert "secret detail" in crash.read_text(encoding="utf-8")
    assert crash.stat().st_mode & 0o777 == 0o600


def test_what_nobody_foresaw_on_the_screen_keeps_the_half_typed_line() -> None:
    code = (
        "import sys, tabletop.cli as cli, tabletop.ui.run.scene as scene\n"
        "def broken(self): raise RuntimeError('secret detail')\n"
        "scene.RunScene._escape = broken\n"
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    code_, seen = in_terminal(
        "run", "zonder-gas", "--officials", "all", until=b"OEFENING", keys=b"half getypt\x1b", program=("-c", code)
    )
    assert code_ == 2
    assert "Traceback" not in seen
    assert "secret detail" not in seen
    state = Path(os.environ["TABLETOP_STATE"])
    (crash,) = (state / "crashes").iterdir()
    assert crash.name in after_the_screen(seen).replace("\r\n", "")
    assert "secret detail" in crash.read_text(encoding="utf-8")
    assert [path.read_text() for path in (state / "drafts").glob("*.txt")] == ["half getypt"]


# --- start-up --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (["list"], {"pydantic", "textual", "rich", "filelock", "asyncio"}),
        (["--help"], {"pydantic", "textual", "rich", "filelock", "asyncio", "tomllib", "shutil"}),
        (
            ["check", str(SHIPPED / "zonder-gas.toml")],
            {
                "textual",
                "rich",
                "filelock",
                "tomli_w",
                "difflib",
                "platformdirs",
                "tabletop.files.positions",
                "importlib.metadata",
            },
        ),
    ],
)
def test_a_verb_imports_no_more_than_it_needs(arguments: list[str], without: set[str]) -> None:
    code = (
        "import sys, tabletop.cli as cli\n"
        f"cli.main({arguments!r})\n"
        f"print('LOADED', sorted({without!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "LOADED []", done.stderr


def test_a_check_does_not_look_through_all_that_it_loaded_when_it_ends() -> None:
    code = (
        "import gc, sys, tabletop.cli as cli\n"
        f"cli.main({['check', str(SHIPPED / 'zonder-gas.toml')]!r})\n"
        "print('FROZEN', gc.get_freeze_count() > 10_000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "FROZEN True", done.stderr


def test_the_first_frame_of_a_run_comes_before_anything_heavy() -> None:
    """What is imported when the opening scene stands on the screen."""
    code = (
        "import sys, tabletop.ui.app, tabletop.ui.opening, tabletop.files.library\n"
        "print(sorted({'pydantic', 'tomli_w', 'tabletop.control', 'tabletop.core.events'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
