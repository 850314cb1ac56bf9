"""Folders, names and pointers: nothing is created before it is needed, and nothing of a file's is trusted."""

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import logs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core import events as e
from tabletop.core.fold import is_looking_back
from tabletop.files import places
from tabletop.files.glance import Glance, glance
from tabletop.files.log import LogWriter, read
from tabletop.files.trouble import Trouble


def test_the_option_goes_before_the_environment_and_that_before_the_documents(tmp_path: Path) -> None:
    environ = {"TABLETOP_LOGS": str(tmp_path / "env"), "TABLETOP_STATE": str(tmp_path / "state")}
    assert places.logs_folder(environ, tmp_path / "option") == tmp_path / "option"
    assert places.logs_folder(environ) == tmp_path / "env"
    assert places.state_folder(environ) == tmp_path / "state"
    assert list(tmp_path.glob("[eos]*")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="where the documents are differs")
def test_without_anything_set_it_is_the_documents_and_the_state_of_this_user(tmp_path: Path) -> None:
    empty = {"TABLETOP_LOGS": "", "TABLETOP_STATE": ""}
    assert places.logs_folder(empty) == tmp_path / "documents" / "tabletop"
    assert places.state_folder(empty) == tmp_path / "state" / "tabletop"
    assert not (tmp_path / "documents").exists()


def test_a_folder_may_be_relative_or_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert places.logs_folder({"TABLETOP_LOGS": "mine"}) == tmp_path / "mine"
    assert places.logs_folder({"TABLETOP_LOGS": "~/mine"}) == tmp_path / "home" / "mine"
    assert places.state_folder({"TABLETOP_STATE": "~nobody-at-all/x"}).is_absolute(), "never a reason to stop a run"


def test_a_typed_path_is_filled_in_or_refused_with_a_sentence(tmp_path: Path) -> None:
    assert places.typed_path("~/x") == tmp_path / "home" / "x"
    assert places.typed_path("a~b/~c") == Path("a~b/~c")
    for typed, code in (("~nobody-at-all/x", "home-unknown"), ("", "path-empty"), ("  ", "path-empty")):
        with pytest.raises(Trouble) as caught:
            places.typed_path(typed)
        assert caught.value.code == code
    for environ, option in (({"TABLETOP_LOGS": "~nobody-at-all/x"}, None), ({}, Path("~nobody-at-all/x"))):
        with pytest.raises(Trouble) as caught:
            places.logs_folder(environ, option)
        assert caught.value.code == "home-unknown"


@pytest.mark.parametrize(
    ("name", "called"),
    [("run", "run"), ("x" * 250, "x" * 200), ("a\udcff b\n", "a b"), ("\udcff", "run"), (" ", "run")],
)
def test_a_run_is_named_by_its_file_as_far_as_a_log_can_hold_that(name: str, called: str) -> None:
    assert places.run_id(Path(f"{name}.toml")) == called


def test_a_log_is_named_by_when_and_what() -> None:
    started = datetime(2026, 11, 23, 14, 0)
    assert places.log_name(started, "zonder-gas", "1a2b") == "2026-11-23-1400-zonder-gas-1a2b.toml"
    assert places.log_name(started, "", "1a2b") == "2026-11-23-1400-run-1a2b.toml"


@given(exercise=st.text(), digits=st.text())
def test_a_name_is_never_a_path(exercise: str, digits: str) -> None:
    name = places.log_name(logs.AT, exercise, digits)
    assert re.fullmatch(r"2026-11-23-1400(-[a-z0-9]+)+\.toml", name)
    assert len(name) < 160


def test_a_pointer_says_which_runs_go_on(tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert places.going_on(state) == ()
    assert not state.exists()
    one, two, three = (tmp_path / name for name in ("a.toml", "b\n\udcff.toml", "c.toml"))
    with places.Pointer(state, one):
        with places.Pointer(state, two) as pointer:
            assert set(places.going_on(state)) == {one, two}
            pointer.point_to(three)
            assert set(places.going_on(state)) == {one, three}
        assert places.going_on(state) == (one,)
        assert places.going_on(state) == (one,)  # looking did not end it
    assert places.going_on(state) == ()
    assert list((state / "running").iterdir()) == []


def test_rubbish_among_the_pointers_does_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "running"
    folder.mkdir()
    (folder / "rubbish").write_bytes(b"\0\xff")
    (folder / "folder").mkdir()
    (folder / "note.txt").write_text("mine")
    assert places.going_on(tmp_path) == ()
    assert (folder / "note.txt").read_text() == "mine"


# --- a log at a glance ---


def glanced(tmp_path: Path, events: list[e.Event], **values: object) -> Glance:
    path = tmp_path / "log.toml"
    path.write_bytes(logs.log_bytes(events, **values))
    return glance(path)


def test_a_glance_sees_what_reading_does(tmp_path: Path) -> None:
    later = logs.AT.replace(hour=15)
    events = [
        logs.started(),
        logs.fact(e.LearningPointNoted, id="lp-1", text="n = 7"),
        logs.fact(e.LearningPointNoted, id="lp-2"),
        logs.fact(e.LearningPointNoted, id="lp-3"),
        logs.fact(e.LearningPointNoted, id="lp-4", private=True),
        logs.fact(e.Undone, event=4),
        logs.fact(e.LearningPointWithdrawn, point="lp-2"),
        logs.fact(e.LearningPointWithdrawn, point="lp-1"),
        logs.fact(e.Undone, event=8),
        logs.fact(e.LearningPointRevised, point="lp-1", text="x"),
        logs.fact(e.LearningPointNoted, id="lp-5"),
        logs.fact(e.Undone, event=11),
        logs.fact(e.SessionEnded, at=later),
    ]
    seen = glanced(tmp_path, events, language="en")
    assert seen == Glance(
        path=tmp_path / "log.toml", id="run-1", title="Zonder gas", language="en", started=logs.AT, last=later,
        ended=True, events=13, points=2,
    )  # fmt: skip
    assert not glanced(tmp_path, [*events, logs.fact(e.SessionContinued)]).ended
    assert glanced(tmp_path, [*events, logs.fact(e.Reviewed)]).ended
    assert not glanced(tmp_path, events[:1]).ended


@given(events=st.lists(logs.facts(), max_size=8), title=logs.texts)
def test_a_glance_agrees_with_reading(
    tmp_path_factory: pytest.TempPathFactory, events: list[e.Event], title: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    exercise = e.Exercise.model_validate(logs.EXERCISE | {"title": f"x{title}", "summary": title})
    seen = glanced(folder, [logs.started(), *events], exercise=exercise, id=f"{title}x")
    contents = read(folder / "log.toml")
    assert seen.title == contents.head.exercise.title
    assert seen.events == len(contents.events)
    in_the_run = [event.at for event in contents.events if not is_looking_back(event)]
    assert seen.last == in_the_run[-1]
    assert seen.started == contents.head.started


def test_a_glance_leaves_the_torn_end_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    whole = logs.log_bytes([logs.started(), logs.fact(e.LearningPointNoted)])
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        try:
            seen = glance(path)
        except Trouble:
            with pytest.raises(Trouble):
                read(path)
        else:
            assert (seen.events, seen.points) == (1, 0)
    path.write_bytes(whole)
    assert glance(path).points == 1


def test_a_glance_hides_nothing_in_a_title(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(logs.log_bytes([logs.started()]).replace(b"Zonder gas", rb"\u001b[2Jgas\u202e"))
    assert glance(path).title == "[2Jgas"


def test_a_glance_brings_no_pydantic(tmp_path: Path) -> None:
    LogWriter.create(tmp_path / "log.toml", logs.head(), logs.started()).close()
    code = f"""
import sys
from pathlib import Path
from tabletop.files import places
from tabletop.files.glance import glance
assert glance(Path({str(tmp_path / "log.toml")!r})).title == "Zonder gas"
places.logs_folder({{}}), places.state_folder({{}}), places.going_on(Path({str(tmp_path)!r}))
print([name for name in ("pydantic", "filelock", "textual", "tabletop.core.events") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
