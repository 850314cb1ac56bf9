"""What a real disk and a real kill do to a log. Nothing here is patched: the faults are made."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import logs
import pytest

from tabletop.core import events as e
from tabletop.core.text import LONGEST
from tabletop.files import places
from tabletop.files.drafts import Drafts
from tabletop.files.log import Follower, LogWriter, read
from tabletop.files.trouble import Trouble

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, limits and signals")

NOBODY = 65534
KILLS = 30
LONG = logs.fact(e.Observed, text="x" * (LONGEST - 1))


def fails(writer: LogWriter, code: str) -> None:
    """The append is refused with this, and everything acknowledged is as it was."""
    before = bytes(writer._whole)
    with pytest.raises(Trouble) as found:
        writer.append(LONG)
    assert found.value.code == code, found.value
    assert bytes(writer._whole) == before


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that somebody else can reach too: pytest's own is closed to them."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


# --- a full disk ---


def test_a_disk_that_takes_no_more_harms_nothing_and_can_be_tried_again(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "log.toml"

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        writer = LogWriter.create(path, logs.head(), logs.started())
        follower = Follower(path)
        limit = path.stat().st_size + 25_000  # in the middle of the third
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        assert [writer.append(LONG).n for _ in range(2)] == [2, 3]
        whole = path.read_bytes()
        for _ in range(3):
            fails(writer, "not-saved-full")
            assert path.read_bytes() == whole  # the part that did go in is cut off
        assert writer.append(logs.fact(e.Paused)).n == 4  # this one fits
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert writer.append(LONG).n == 5
        assert path.read_bytes().startswith(whole)
        assert [event.n for event in follower.poll()] == [1, 2, 3, 4, 5]
        writer.close()

    logs.in_child(fill)
    assert len(read(path).events) == 5


def test_no_room_for_a_new_log_leaves_nothing_behind(tmp_path: Path) -> None:
    import resource

    def begin() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.RLIM_INFINITY))
        with pytest.raises(Trouble) as found:
            LogWriter.create(tmp_path / "log.toml", logs.head(), logs.started())
        assert found.value.code == "not-saved-full"
        assert [file.name for file in tmp_path.iterdir() if "log" in file.name] == [".log.toml.lock"]

    logs.in_child(begin)


def test_no_room_to_keep_a_torn_piece_leaves_it_where_it_is(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "log.toml"
    data = logs.log_bytes([logs.started()]) + logs.block_of(LONG, 2)[:-1]
    path.write_bytes(data)

    def reopen() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.RLIM_INFINITY))
        with pytest.raises(Trouble) as found:
            LogWriter.reopen(path)
        assert found.value.code == "log-not-writable-full"

    logs.in_child(reopen)
    assert path.read_bytes() == data
    assert read(path).torn


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB, where this machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True, check=False
        )
    except OSError:
        pytest.skip("no mount here")
    if mounted.returncode:
        pytest.skip("nobody but root may mount, and not everywhere")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_real_disk_that_is_full(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "log.toml"
    with LogWriter.create(path, logs.head(), logs.started()) as writer:
        (small_disk / "holiday.jpg").write_bytes(b"x" * 30_000)
        count = 1
        while count < 20:
            try:
                writer.append(LONG)
            except Trouble:
                break
            count += 1
        assert 1 < count < 10
        fails(writer, "not-saved-full")
        assert (len(read(path).events), read(path).torn) == (count, b"")
        with pytest.raises(Trouble):
            writer.save_elsewhere(small_disk / "again.toml")
        assert not (small_disk / "again.toml").exists()
        fails(writer, "not-saved-full")
        (small_disk / "holiday.jpg").unlink()
        assert writer.append(LONG).n == count + 1
        writer.save_elsewhere(tmp_path / "elsewhere.toml")
        assert writer.append(LONG).n == count + 2
    assert len(read(tmp_path / "elsewhere.toml").events) == count + 2


# --- a folder that may only be read ---


def test_a_folder_that_may_only_be_read_is_for_readers(open_folder: Path) -> None:
    path = open_folder / "log.toml"
    path.write_bytes(logs.log_bytes(logs.sixty()))
    path.chmod(0o444)
    open_folder.chmod(0o555)

    def somebody() -> None:
        if not os.getuid():
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        assert len(read(path).events) == 60
        assert len(Follower(path).poll()) == 60
        for attempt in (
            lambda: LogWriter.reopen(path),
            lambda: LogWriter.create(open_folder / "new.toml", logs.head(), logs.started()),
            lambda: LogWriter.create(open_folder / "deeper" / "new.toml", logs.head(), logs.started()),
        ):
            with pytest.raises(Trouble) as found:
                attempt()
            assert found.value.code == "log-not-writable-not-allowed"
        assert not Drafts(open_folder / "state").save("run", "x")
        with places.Pointer(open_folder / "state", path):
            assert places.going_on(open_folder / "state") == ()

    try:
        logs.in_child(somebody)
        assert [file.name for file in open_folder.iterdir()] == ["log.toml"]
    finally:
        open_folder.chmod(0o755)


def test_a_log_that_may_not_be_read_is_said(open_folder: Path) -> None:
    path = open_folder / "log.toml"
    path.write_bytes(logs.log_bytes(logs.sixty()))
    path.chmod(0)

    def somebody() -> None:
        if not os.getuid():
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        for attempt in (lambda: read(path), Follower(path).poll):
            with pytest.raises(Trouble) as found:
                attempt()
            assert found.value.code == "log-unreadable-not-allowed"

    logs.in_child(somebody)


# --- somebody else at the file ---


@pytest.mark.parametrize("fate", ["deleted", "moved", "replaced", "folder moved"])
def test_a_log_that_is_gone_is_noticed_and_saved_elsewhere(tmp_path: Path, fate: str) -> None:
    folder = tmp_path / "logs"
    path, rescue = folder / "log.toml", tmp_path / "rescue.toml"
    with LogWriter.create(path, logs.head(), logs.started()) as writer:
        assert writer.append(logs.fact(e.Paused)).n == 2
        if fate == "deleted":
            path.unlink()
        elif fate == "moved":
            path.rename(tmp_path / "moved.toml")
        elif fate == "replaced":
            (tmp_path / "other").write_bytes(path.read_bytes())
            (tmp_path / "other").replace(path)
        else:
            folder.rename(tmp_path / "moved")
        fails(writer, "log-moved")
        fails(writer, "log-moved")
        writer.save_elsewhere(rescue)
        assert writer.append(logs.fact(e.Resumed)).n == 3
    assert [event.n for event in read(rescue).events] == [1, 2, 3]
    if fate == "replaced":
        assert len(read(path).events) == 2


def test_a_deleted_log_can_be_put_back_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    with LogWriter.create(path, logs.head(), logs.started()) as writer:
        with pytest.raises(Trouble) as found:
            writer.save_elsewhere(path)
        assert found.value.code == "log-exists"
        path.unlink()
        fails(writer, "log-moved")
        writer.save_elsewhere(path)
        assert writer.append(logs.fact(e.Paused)).n == 2
        with pytest.raises(Trouble) as found:
            LogWriter.reopen(path)
        assert found.value.code == "log-in-use"
    assert len(read(path).events) == 2


@pytest.mark.parametrize("change", ["longer", "shorter"])
def test_a_log_that_another_program_changed_is_left_alone(tmp_path: Path, change: str) -> None:
    path = tmp_path / "log.toml"
    with LogWriter.create(path, logs.head(), logs.started()) as writer:
        data = path.read_bytes()
        changed = data + b"# mine\n" if change == "longer" else data[:-20]
        path.write_bytes(changed)
        fails(writer, "log-changed")
        assert path.read_bytes() == changed
        writer.save_elsewhere(tmp_path / "rescue.toml")
        assert writer.append(logs.fact(e.Paused)).n == 2
        assert path.read_bytes() == changed
    assert (tmp_path / "rescue.toml").read_bytes().startswith(data)


# --- a kill ---


def test_what_was_acknowledged_outlives_every_kill(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    LogWriter.create(path, logs.head(), logs.started()).close()
    follower = Follower(path)
    followed = len(follower.poll())
    chance = random.Random(7)
    events = [
        logs.fact(e.Paused),
        logs.fact(e.Observed, text="zin " * 500),
        logs.fact(e.LearningPointNoted, text="é👩‍🚒"),
    ]
    acknowledged = torn = 0

    def lead(pipe: int) -> None:
        writer, _ = LogWriter.reopen(path)
        number = 0
        while True:
            number += 1
            os.write(pipe, b"%d\n" % writer.append(events[number % 3]).n)

    for _ in range(KILLS):
        with logs.child_until(lead) as (child, pipe):
            said = pipe.readline()  # it is leading
            until = chance.uniform(0, 0.02)
            subprocess.run(["sleep", f"{until:.4f}"], check=True)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            said += pipe.read()
        acknowledged = int(said[: said.rfind(b"\n")].split(b"\n")[-1])
        contents = read(path)
        torn += bool(contents.torn)
        assert len(contents.events) in (acknowledged, acknowledged + 1)  # at most one that it could not tell us of
        assert [event.n for event in contents.events] == list(range(1, len(contents.events) + 1))
        followed += len(follower.poll())
        assert (followed, follower.generation) == (len(contents.events), 0)
    assert acknowledged > KILLS
    writer, contents = LogWriter.reopen(path)  # the lock of who was killed is no longer held
    assert writer.append(events[0]).n == len(contents.events) + 1
    writer.close()


def test_a_kill_while_a_log_begins_leaves_a_log_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(11)

    def begin(pipe: int) -> None:
        os.write(pipe, b"go\n")
        for number in range(10_000):
            LogWriter.create(tmp_path / f"{number}.toml", logs.head(), logs.started()).close()

    for _ in range(8):
        with logs.child_until(begin) as (child, pipe):
            pipe.readline()
            subprocess.run(["sleep", f"{chance.uniform(0, 0.02):.4f}"], check=True)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        for path in tmp_path.glob("*.toml"):
            assert len(read(path).events) == 1
        for path in [*tmp_path.glob("*.toml"), *tmp_path.glob(".*")]:
            if not path.name.endswith(".new"):  # a leftover does not stand in the way of the next
                path.unlink()


def test_a_second_process_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    LogWriter.create(path, logs.head(), logs.started()).close()

    def lead(pipe: int) -> None:
        writer, _ = LogWriter.reopen(path)
        os.write(pipe, b"leading\n")
        signal.pause()
        writer.close()

    with logs.child_until(lead) as (child, pipe):
        pipe.readline()
        with pytest.raises(Trouble) as found:
            LogWriter.reopen(path)
        assert found.value.code == "log-in-use"
        assert len(Follower(path).poll()) == 1
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    LogWriter.reopen(path)[0].close()


def test_a_draft_outlives_a_kill(tmp_path: Path) -> None:
    def type_on(pipe: int) -> None:
        drafts, text = Drafts(tmp_path), ""
        while True:
            text += "a"
            assert drafts.save("run", text)
            os.write(pipe, b"%d\n" % len(text))

    for _ in range(5):
        with logs.child_until(type_on) as (child, pipe):
            said = pipe.readline()
            subprocess.run(["sleep", "0.01"], check=True)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            said += pipe.read()
        count = int(said[: said.rfind(b"\n")].split(b"\n")[-1])
        assert Drafts(tmp_path).load("run") in ("a" * count, "a" * (count + 1))


def test_a_run_that_was_killed_does_not_seem_to_go_on(tmp_path: Path) -> None:
    log = tmp_path / "log.toml"

    def lead(pipe: int) -> None:
        pointer = places.Pointer(tmp_path, log)
        os.write(pipe, b"leading\n")
        signal.pause()
        pointer.close()

    with logs.child_until(lead) as (child, pipe):
        pipe.readline()
        assert places.going_on(tmp_path) == (log,)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert places.going_on(tmp_path) == ()
    with places.Pointer(tmp_path, log):
        assert places.going_on(tmp_path) == (log,)
    assert list((tmp_path / "running").iterdir()) == []
