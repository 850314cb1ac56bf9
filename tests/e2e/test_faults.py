"""Real faults under the real process: a full disk, a read-only folder, a stick pulled out, a log that goes away.

The leader is told at once in words, nothing typed is lost, the run goes on elsewhere, and the wall stays calm.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from driving import (
    MARK,
    Leader,
    blocks,
    events,
    lead,
    matches,
    posix,
    stands,
    surroundings,
    until_saved,
    wall,
    without_line,
)
from driving import (
    dutch as nl,
)
from terminal import PATIENCE, TABLETOP, Terminal

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not posix, reason="a pseudo terminal is POSIX")]
NOT_SAVED = nl("not saved")
HANG_UP = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
"""Makes the terminal the one that the program belongs to, and becomes the program."""
PAGE = 4096
"""A file system hands out room in pages."""


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A real file system of this size; only root may mount one."""
    if os.geteuid() != 0 or sys.platform != "linux":
        pytest.skip("a file system can only be mounted by root, on Linux")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tabletop-test", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def fill(folder: Path) -> None:
    """Leave no room at all."""
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as file:
        while file.write(b"x" * 512):
            pass


def to_the_brim(table: "Room") -> None:
    """Save one long note, so that the next event needs a page more, and leave no room for that."""
    data = table.log.read_bytes()
    around = len(data) - data.rfind(MARK) - len("de eerste")
    text = "lang " * 1000
    text = "a" + text[: (PAGE - 60 - around - len(data)) % PAGE] + "z"
    table.leader.paste(text)
    table.leader.press("enter")
    until_saved(table.log, lambda found: found[-1].get("text") == text)
    assert PAGE - table.log.stat().st_size % PAGE < 80
    fill(table.log.parent)


@dataclass
class Room:
    leader: Leader
    wall: Terminal
    log: Path

    def is_told(self, *sentences: str) -> None:
        """The leader reads at once that it was not saved, why, and what to press."""
        self.leader.wait_for(stands(NOT_SAVED, nl("try again"), nl("saves elsewhere"), *sentences))

    def is_done(self) -> None:
        """Everything that was pressed has been taken: keys are taken in their order, and the list comes and goes."""
        self.leader.press("f2")
        self.leader.wait_for(stands(nl("different place to save")))
        self.leader.press("escape")
        self.leader.wait_for(lambda screen: nl("different place to save") not in without_line(screen))

    def save_elsewhere(self, folder: Path) -> Path:
        """F2 and its letter, and another folder in the line."""
        self.leader.press("f2")
        self.leader.wait_for(stands(nl("different place to save")))
        self.leader.press("b")
        self.leader.wait_for(stands(nl("SAVE ELSEWHERE: TYPE A FOLDER OR A FILE")))
        self.leader.press("ctrl+u")
        self.leader.enter(f"{folder}/")
        self.leader.wait_for(lambda screen: NOT_SAVED not in screen)
        (log,) = folder.glob("*.toml")
        return log


@contextmanager
def running(folder: Path, log: Path, **more: object) -> Iterator[Room]:
    """A run with A1 on the wall and one note."""
    env = surroundings(folder)
    arguments = ("zonder-gas", "--officials", "ovd-bz,ac-bz", "--log", log)
    with wall(folder, env=env) as screen, lead(folder, *arguments, env=env, **more) as leader:
        leader.wait_for(stands(nl("STORYLINE")))
        leader.space().wait_for(stands(nl("FOR THE LEADER ALONE"), "Wie is eigenaar"))
        screen.wait_for("Bij een boring")
        leader.enter("de eerste")
        leader.wait_for(stands("de eerste"))
        yield Room(leader, screen, log)


def texts(log: Path) -> list[str]:
    return [event["text"] for event in events(log) if "text" in event]


def test_a_full_disk_is_said_and_the_run_goes_on_elsewhere(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 96) as disk, running(tmp_path, disk / "run.toml") as table:
        to_the_brim(table)
        before = texts(table.log)
        table.leader.enter("past er niet meer bij")
        table.is_told("de schijf is vol")
        assert table.leader.line == "past er niet meer bij"
        assert texts(table.log) == before
        assert "Bij een boring" in table.wall.screen
        new = table.save_elsewhere(tmp_path / "logs")
        assert texts(new) == [*before, "past er niet meer bij"]
        assert texts(table.log) == before
        table.leader.wait_for(lambda _: table.leader.line.startswith(nl("type a note")))
        goes_on(table, new)


def test_a_full_disk_holds_what_space_did_until_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 96) as disk, running(tmp_path, disk / "run.toml") as table:
        to_the_brim(table)
        table.leader.space()
        table.is_told()
        assert "Bij een boring" in table.wall.screen
        assert events(table.log)[-1]["type"] == "observation"
        table.leader.space()  # tries again, in vain
        table.is_done()
        table.is_told()
        (disk / "filler").unlink()
        table.leader.space()
        table.leader.wait_for(lambda screen: NOT_SAVED not in screen)
        table.wall.wait_for("de overheid")
        assert matches(events(table.log)[-1], {"type": "feedback-opened", "stage": "fingers"})


def test_a_limit_on_the_file_is_said_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "run.toml"
    with running(tmp_path, log, most_bytes=1 << 20) as table:
        pid, most = table.leader.process.pid, (1 << 20, 1 << 20)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (log.stat().st_size + 100, most[1]))
        table.leader.enter("past er half bij")
        table.is_told("de schijf is vol")
        assert table.leader.line == "past er half bij"
        assert [event["type"] for event in blocks(log)] == ["session-started", "inject-shown", "observation"]
        table.leader.press("enter")
        table.is_told()
        resource.prlimit(pid, resource.RLIMIT_FSIZE, most)
        table.leader.press("enter")
        table.leader.wait_for(lambda screen: NOT_SAVED not in screen)
        assert texts(log) == ["de eerste", "past er half bij"]
        goes_on(table, log)


def test_a_stick_that_is_pulled_out_is_said(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", 200) as stick, running(tmp_path, stick / "run.toml") as table:
        subprocess.run(["umount", "-l", str(stick)], check=True)
        table.leader.enter("stick is weg")
        table.is_told()
        assert table.leader.line == "stick is weg"
        new = table.save_elsewhere(tmp_path / "logs")
        assert texts(new) == ["de eerste", "stick is weg"]
        goes_on(table, new)


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_log_that_goes_away_is_said_and_the_run_goes_on_elsewhere(tmp_path: Path, how: str) -> None:
    log = tmp_path / "first" / "run.toml"
    with running(tmp_path, log) as table:
        if how == "deleted":
            log.unlink()
        elif how == "moved":
            log.rename(log.with_name("ergens-anders.toml"))
        else:
            copy = Path(shutil.copy(log, log.with_name("copy.toml")))
            copy.replace(log)
        table.leader.enter("niet in de prullenbak")
        table.is_told()
        assert table.leader.line == "niet in de prullenbak"
        if how == "deleted":
            table.wall.wait_for(lambda screen: "Bij een boring" in screen and "geen verbinding" in screen)
        new = table.save_elsewhere(tmp_path / "logs")
        assert texts(new) == ["de eerste", "niet in de prullenbak"]
        goes_on(table, new)


def test_a_log_that_is_deleted_is_said_before_anything_is_pressed_and_is_there_again_after_leaving(
    tmp_path: Path,
) -> None:
    log = tmp_path / "logs" / "run.toml"
    with running(tmp_path, log) as table:
        log.unlink()
        table.is_told()
        table.leader.enter("nog een")
        table.is_told()
        table.leader.press("ctrl+q")
        assert table.leader.wait_closed() == 0
        assert str(log) in table.leader.screen.replace("\n", "")
    assert texts(log) == ["de eerste", "nog een"]


def test_a_run_that_can_be_written_nowhere_near_is_kept_in_the_state_folder(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", 200) as stick, running(tmp_path, stick / "run.toml") as table:
        subprocess.run(["umount", "-l", str(stick)], check=True)
        stick.rmdir()
        stick.write_text("no folder any more", encoding="utf-8")
        table.leader.enter("stick is weg")
        table.is_told()
        table.leader.press("f2", "q")
        assert table.leader.wait_closed() == 0
        (kept,) = [*(tmp_path / "logs").glob("*.toml"), *(tmp_path / "state" / "rescued").glob("*.toml")]
        assert str(kept) in table.leader.screen.replace("\n", "")
    assert texts(kept) == ["de eerste", "stick is weg"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_half_typed_line_outlives_a_window_that_is_shut(tmp_path: Path, how: signal.Signals) -> None:
    log = tmp_path / "logs" / "run.toml"
    with running(tmp_path, log) as table:
        table.leader.type("+ half getypt")
        table.leader.wait_for(lambda _: table.leader.line == "+ half getypt")
        table.leader.process.send_signal(how)
        assert table.leader.wait_closed() == 0
        table.wall.process.send_signal(how)
        assert table.wall.wait_closed() == 0
        with lead(tmp_path, "--resume", log, env=table.leader.environment) as again:
            again.wait_for(lambda _: again.line == "+ half getypt")


def test_a_terminal_that_is_gone_is_no_fault_that_nobody_foresaw(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    log = tmp_path / "logs" / "run.toml"
    ours, theirs = os.openpty()
    arguments = [*TABLETOP, "run", "zonder-gas", "--officials", "all", "--log", str(log)]
    process = subprocess.Popen(
        [sys.executable, "-c", HANG_UP, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=env,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        until_saved(log, lambda found: found)
        os.read(ours, 1 << 16)
        os.close(ours)  # as a window that is shut: the system sends SIGHUP, and nothing can be written any more
        process.wait(PATIENCE)
    finally:
        process.kill()
    assert not (tmp_path / "state" / "crashes").exists()


def test_a_log_that_is_moved_back_is_gone_on_with(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "run.toml"
    with running(tmp_path, log) as table:
        away = log.rename(log.with_name("away"))
        table.leader.enter("even weg")
        table.is_told()
        away.rename(log)
        table.leader.press("enter")
        table.leader.wait_for(lambda screen: NOT_SAVED not in screen)
        assert texts(log) == ["de eerste", "even weg"]
        goes_on(table, log)


def goes_on(table: Room, log: Path) -> None:
    """The leader goes on, and so does the wall."""
    count = len(blocks(log))
    table.leader.space()
    until_saved(log, lambda found: len(found) > count)
    table.wall.wait_for("de overheid", why="the wall goes on")
    assert "geen verbinding" not in table.wall.screen


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write there; what is open stays open. Root may write anywhere, but not on a read-only mount."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
        try:
            yield
        finally:
            folder.chmod(0o755)
        return
    for mount in (["mount", "--bind", folder, folder], ["mount", "-o", "remount,bind,ro", folder]):
        if subprocess.run([str(part) for part in mount], capture_output=True, check=False).returncode:
            pytest.skip("no folder can be made read-only for root here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def test_a_read_only_folder_is_one_sentence_before_anything_begins(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    log = tmp_path / "logs" / "run.toml"
    with (
        read_only(log.parent),
        lead(tmp_path, "zonder-gas", "--officials", "all", "--log", log, env=env, size=(200, 36)) as leader,
    ):
        assert leader.wait_closed() == 2
        sentence = nl("{file} cannot be written: you may only read there. Choose another folder.", file=log)
        assert leader.screen.strip() == sentence
    assert list(log.parent.iterdir()) == []


def test_a_read_only_folder_at_prepare_asks_for_another_and_begins_there(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    other = tmp_path / "other"
    with read_only(tmp_path / "logs"), lead(tmp_path, "zonder-gas", env=env) as leader:
        leader.wait_for(stands(nl("Begin")))
        leader.space()
        leader.wait_for(stands(nl("the log here, and begin")))
        leader.press("ctrl+u")
        leader.enter(f"{other}/")
        leader.wait_for(stands(nl("STORYLINE")))
        assert len(list(other.glob("*.toml"))) == 1


def test_a_folder_that_becomes_read_only_costs_the_summary_and_no_more(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    log = tmp_path / "logs" / "run.toml"
    with lead(tmp_path, "zonder-gas", "--officials", "all", "--log", log, env=env) as leader:
        leader.wait_for(stands(nl("STORYLINE")))
        with read_only(log.parent):
            leader.enter("+ toch bewaard")
            leader.wait_for(stands("toch bewaard"))
            leader.command("e")
            leader.enter(nl("end"))
            leader.wait_for(stands(nl("LEARNING POINTS PER KEY OFFICIAL"), "toch bewaard", "run.md mag daar niet"))
            leader.press("ctrl+q")
            assert leader.wait_closed() == 0
    assert [event["type"] for event in events(log)][-1] == "session-ended"
    assert not list(log.parent.glob("*.md"))
