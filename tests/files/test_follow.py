"""A follower sees what the writer did, whenever it began to look, and never half of anything."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import logs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core import events as e
from tabletop.files import blocks
from tabletop.files.log import Follower, LogWriter, read
from tabletop.files.trouble import Trouble

EVENTS = logs.numbered(logs.sixty()[:25])
WHOLE = logs.log_bytes(list(EVENTS))
ENDS = [*blocks.block_starts(WHOLE)[1:], len(WHOLE)]
FIRST = ENDS[0]
"""Where event 1 ends: a log is never there with less."""


@pytest.fixture(scope="module")
def quick() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=logs.fast_folder()))
    yield folder
    shutil.rmtree(folder)


@given(cuts=st.lists(st.integers(FIRST, len(WHOLE)), max_size=12), late=st.integers(0, 12))
def test_polling_at_any_moment_gives_every_event_once(quick: Path, cuts: list[int], late: int) -> None:
    path = quick / "log.toml"
    path.unlink(missing_ok=True)
    early, joined = Follower(path), Follower(path)
    seen: list[e.Event] = list(early.poll())
    assert early.gone
    joined_seen: list[e.Event] = []
    at = 0
    for number, cut in enumerate([*sorted(cuts), len(WHOLE)]):
        with path.open("ab") as file:
            file.write(WHOLE[at:cut])
        at = max(at, cut)
        seen += early.poll()
        if number >= late:
            joined_seen += joined.poll()
        assert tuple(seen) == EVENTS[: sum(end <= at for end in ENDS)]
    joined_seen += joined.poll()
    assert tuple(seen) == tuple(joined_seen) == EVENTS
    assert early.head == joined.head == read(path).head
    assert (early.generation, joined.generation, early.gone) == (0, 0, False)
    assert early.poll() == ()


def test_a_follower_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.toml"
    with LogWriter.create(path, logs.head(), logs.started()) as writer:
        follower = Follower(path)
        assert [event.n for event in follower.poll()] == [1]
        opened: list[Path] = []
        plain = Path.open
        with monkeypatch.context() as patch:
            patch.setattr(
                Path, "open", lambda self, *args, **kwargs: opened.append(self) or plain(self, *args, **kwargs)
            )
            assert follower.poll() == ()
            assert opened == []  # the size alone said so
            for _ in range(50):
                writer.append(logs.fact(e.Paused))
        monkeypatch.setattr("tabletop.files.blocks.log_bytes", None)  # reading from the start would fail
        assert [event.n for event in follower.poll()] == list(range(2, 52))


def test_a_log_that_is_gone_is_not_forgotten_and_may_come_back(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE)
    follower = Follower(path)
    follower.poll()
    path.rename(tmp_path / "aside.toml")
    assert follower.poll() == ()
    assert follower.gone
    assert follower.head is not None
    (tmp_path / "aside.toml").rename(path)
    assert follower.poll() == ()
    assert (follower.gone, follower.generation) == (False, 0)
    with path.open("ab") as file:
        file.write(logs.block_of(EVENTS[1], len(EVENTS) + 1))
    assert [event.n for event in follower.poll()] == [len(EVENTS) + 1]


def test_another_file_in_its_place_starts_over(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE)
    follower = Follower(path)
    follower.poll()
    other = tmp_path / "other.toml"
    other.write_bytes(logs.log_bytes(list(EVENTS[:3]), id="run-2"))
    other.replace(path)
    assert follower.poll() == EVENTS[:3]
    assert follower.generation == 1
    assert follower.head is not None
    assert follower.head.id == "run-2"


def test_another_run_that_ends_the_same_starts_over(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE)
    follower = Follower(path)
    follower.poll()
    other = tmp_path / "other.toml"
    other.write_bytes(WHOLE.replace(b"run-1", b"run-2") + logs.block_of(EVENTS[1], len(EVENTS) + 1))
    other.replace(path)
    assert len(follower.poll()) == len(EVENTS) + 1
    assert follower.generation == 1
    assert follower.head is not None
    assert follower.head.id == "run-2"


@pytest.mark.parametrize("end", [FIRST, FIRST + 200])
def test_a_file_that_shrank_starts_over(tmp_path: Path, end: int) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE)
    follower = Follower(path)
    follower.poll()
    os.truncate(path, end)
    assert follower.poll() == read(path).events
    assert follower.generation == 1


def test_other_bytes_in_the_same_file_start_over(tmp_path: Path) -> None:
    """What a write that failed in the sync had shown may be taken back, and something longer put there."""
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE)
    follower = Follower(path)
    follower.poll()
    instead = logs.fact(e.Observed, text="something else, and longer than what stood there before " * 9)
    last = blocks.block_starts(WHOLE)[-1]
    with path.open("r+b") as file:
        file.truncate(last)
        file.seek(last)
        file.write(logs.block_of(instead, len(EVENTS)))
    events = follower.poll()
    assert events == (*EVENTS[:-1], instead.model_copy(update={"n": len(EVENTS)}))
    assert follower.generation == 1


def test_what_cannot_be_understood_is_said_each_time_and_forgets_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE)
    follower = Follower(path)
    follower.poll()
    newer = (
        logs.block_of(EVENTS[1], len(EVENTS) + 1).replace(b'"paused"', b'"sang"').replace(b'"observation"', b'"sang"')
    )
    path.write_bytes(WHOLE + newer)
    for _ in range(2):
        with pytest.raises(Trouble) as found:
            follower.poll()
        assert found.value.code == "log-unknown"
    path.write_bytes(WHOLE[:50])
    with pytest.raises(Trouble):
        follower.poll()
    assert follower.generation == 0
    path.write_bytes(WHOLE)
    assert follower.poll() == ()
    assert follower.generation == 0


def test_a_reader_needs_no_lock_and_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE)
    read(path)
    Follower(path).poll()
    assert [file.name for file in tmp_path.iterdir() if "log" in file.name] == ["log.toml"]
