"""The log as a promise: what was acknowledged is there, whatever is cut off, and what is wrong is one sentence."""

import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import logs
import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from tabletop.control import Control
from tabletop.core import events as e
from tabletop.core import moves
from tabletop.files import blocks
from tabletop.files.glance import glance
from tabletop.files.log import Follower, LogWriter, read, share
from tabletop.files.log.reading import parse
from tabletop.files.trouble import Trouble
from tabletop.locale import words_for
from tabletop.locale.sentences import SENTENCES, say
from tests.builders import HeldClock

SIXTY = logs.sixty()
WHOLE = logs.log_bytes(SIXTY)
SLICES = 4


@pytest.fixture
def quick() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=logs.fast_folder()))
    yield folder
    shutil.rmtree(folder)


def said(look: Callable[[Path], object], path: Path) -> str:
    """The code of the trouble that this gives, if any."""
    try:
        look(path)
    except Trouble as found:
        return found.code
    return ""


def trouble(path: Path, code: str, **values: object) -> Trouble:
    """Reading, reopening, following and looking all say the same, and nothing is changed."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Trouble) as found:
        read(path)
    assert found.value.code == code
    assert values.items() <= found.value.values.items()
    SENTENCES[code].format(**found.value.values)
    follower = Follower(path)
    looks: tuple[Callable[[Path], object], ...] = (LogWriter.reopen, glance, lambda _: follower.poll())
    codes = [said(look, path) for look in looks]
    assert codes[0] == code
    assert codes[1] in (code, "")  # a glance looks no further than it has to
    assert codes[2] == code or follower.gone
    if before is not None:
        assert path.read_bytes() == before
    return found.value


# --- what is written is what is read ---


def test_a_log_begins_whole_and_says_what_it_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "log.toml"
    people = (e.Participant(official="ovd-bz", name="Kim"),)
    head = logs.head(leader="Sam", participants=people)
    with LogWriter.create(path, head, logs.started()) as writer:
        assert writer.head == head
        assert writer.path == path
        assert writer.opened.events == logs.numbered([logs.started()])
        said = writer.append(logs.fact(e.Observed, text="zin", at=logs.AT.replace(microsecond=123456), clock=2.00049))
        assert (said.n, said.at.microsecond, said.clock) == (2, 123000, 2.0)
        assert read(path).events[-1] == said
    assert [file.name for file in path.parent.iterdir() if not file.name.endswith(".lock")] == ["log.toml"]
    assert read(path).head == head


@pytest.fixture(scope="module")
def endless() -> Iterator[LogWriter]:
    folder = Path(tempfile.mkdtemp(dir=logs.fast_folder()))
    with LogWriter.create(folder / "log.toml", logs.head(), logs.started()) as writer:
        yield writer
    shutil.rmtree(folder)


@given(event=logs.facts())
def test_every_fact_survives_with_any_text(endless: LogWriter, event: Any) -> None:
    before = endless.path.read_bytes()
    written = endless.append(event)
    after = endless.path.read_bytes()
    assert written == event.model_copy(update={"n": written.n})
    assert after.startswith(before)
    block = after[len(before) :]
    assert block.count(blocks.MARK) == 1
    assert block.endswith(f"\nn = {written.n}\n".encode())
    assert parse(before + block, endless.path).events[-1] == written
    assert len(tomllib.loads(block.decode())["event"]) == 1


@pytest.mark.parametrize("kind", logs.KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_fact_survives(endless: LogWriter, kind: type[e.Fact]) -> None:
    event = logs.fact(kind)
    assert endless.append(event).model_copy(update={"n": 0}) == event


@given(text=logs.texts, name=logs.texts)
def test_the_head_survives_with_any_text(text: str, name: str) -> None:
    exercise = logs.EXERCISE | {
        "title": f"x{name}",
        "situation": text,
        "steps": [{"text": f"x{text}", "from": name, "ask": [f"x{text}"]}, {"questions": [{"text": f"y{name}"}]}],
        "checklist": {"lines": [f"z{name}"]},
    }
    head = logs.head(exercise=e.Exercise.model_validate(exercise), leader=text)
    data = logs.head_of(head) + logs.block_of(logs.started(), 1)
    assert data.count(blocks.MARK) == 1
    assert parse(data, Path("x")).head == head
    assert not any("\n" in line.strip("\n") for line in data.decode().splitlines(keepends=True))


def test_an_empty_word_that_is_not_the_default_stays_empty() -> None:
    exercise = e.Exercise.model_validate(logs.EXERCISE | {"codeword": ""})
    assert parse(logs.log_bytes([logs.started()], exercise=exercise), Path("x")).head.exercise == exercise


def test_cleared_themes_stay_cleared_and_no_fingers_are_an_answer(endless: LogWriter) -> None:
    assert endless.append(logs.fact(e.LearningPointRevised, themes=(), text="")).themes == ()  # type: ignore[union-attr]
    assert endless.append(logs.fact(e.LearningPointRevised)).themes is None  # type: ignore[union-attr]
    assert endless.append(logs.fact(e.FingersCounted, fingers=())).fingers == ()  # type: ignore[union-attr]


def test_a_short_event_is_never_written_as_an_inline_table(tmp_path: Path) -> None:
    trap = tomli_w.dumps({"event": [e.as_toml(logs.fact(e.Paused))]})
    assert not trap.startswith("[[event]]"), "the trap is gone: MEASURED.md can forget it"
    path = tmp_path / "log.toml"
    with LogWriter.create(path, logs.head(), logs.started()) as writer:
        for number in range(2, 30):
            writer.append(logs.fact(e.Paused))
            table = tomllib.loads(path.read_text(encoding="utf-8"))  # valid TOML 1.0 after every append
            assert [event["n"] for event in table["event"]] == list(range(1, number + 1))
            assert all(not isinstance(value, (dict, list)) for event in table["event"] for value in event.values())


def test_an_offset_that_toml_cannot_write_is_the_same_moment(endless: LogWriter) -> None:
    from datetime import timedelta, timezone

    old = logs.AT.astimezone(timezone(timedelta(minutes=19, seconds=32)))  # Amsterdam until 1937
    assert endless.append(logs.fact(e.Paused, at=old)).at == logs.AT


# --- what is cut off ---


@pytest.mark.parametrize("part", range(SLICES))
def test_cut_at_any_byte_a_run_goes_on_from_a_prefix_or_says_why_not(quick: Path, part: int) -> None:
    path, events, clock = quick / "log.toml", logs.numbered(SIXTY), HeldClock()
    ends = [WHOLE.find(blocks.MARK, start + 1) for start in blocks.block_starts(WHOLE)]
    ends[-1] = len(WHOLE)
    for cut in range(part, len(WHOLE) + 1, SLICES):
        whole = [end for end in ends if end <= cut]
        path.write_bytes(WHOLE[:cut])
        if not whole:
            for attempt in (LogWriter.reopen, read, lambda path: Control.resume(path, clock)):
                with pytest.raises(Trouble) as found:
                    attempt(path)
                assert say(words_for("nl"), found.value.code, found.value.values).endswith(".")
            assert path.read_bytes() == WHOLE[:cut]
            continue
        contents, torn = read(path), WHOLE[whole[-1] : cut]
        assert (contents.size, contents.torn, contents.events) == (whole[-1], torn, events[: len(whole)])
        control = Control.resume(path, clock)
        assert control.session.events[:-1] == events[: len(whole)]
        assert isinstance(control.session.events[-1], e.SessionContinued)
        beside = quick / "log.toml.torn-1"
        assert [notice.code for notice in control.notices] == ["log-torn"] * bool(torn)
        assert (beside.read_bytes() if beside.exists() else b"") == torn
        beside.unlink(missing_ok=True)
        control.do(moves.observe, "verder")
        control.close()
        assert path.read_bytes().startswith(WHOLE[: whole[-1]] + blocks.MARK)
        assert [event.n for event in read(path).events] == list(range(1, len(whole) + 3))


def test_a_second_torn_piece_is_kept_beside_the_first(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    for piece in (b"\n[[ev", b"\n[[event]]\ntype = 1\n"):
        path.write_bytes(WHOLE + piece)
        LogWriter.reopen(path)[0].close()
    kept = sorted(path.read_bytes() for path in tmp_path.glob("log.toml.torn-*"))
    assert kept == [b"\n[[ev", b"\n[[event]]\ntype = 1\n"]


BLOCK = b'\n[[event]]\ntype = "paused"\nat = 2026-11-23T14:00:12.000+01:00\nclock = 1.25\nkind = "break"\n'
HALVES = {
    "no number, though valid TOML": BLOCK,
    "number without its newline": BLOCK + b"n = 61",
    "the number before": BLOCK + b"n = 60\n",
    "a number too far": BLOCK + b"n = 62\n",
    "a number that is a text": BLOCK + b'n = "61"\n',
    "a number that is a float": BLOCK + b"n = 61.0\n",
    "a truth for a number": BLOCK + b"n = true\n",
    "zeroes after a power cut": BLOCK[:40] + b"\0" * 4096,
    "zeroes with an end": BLOCK[:40] + b"\0" * 40 + b"\nn = 61\n",
    "half a character": BLOCK + b'text = "\xe2\x82',
    "inside a key of the event before": b'event = [{ type = "paused" }]\n',
}


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_half_a_block_does_not_count_even_if_it_is_valid(tmp_path: Path, half: bytes) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE + half)
    assert read(path).torn == half
    follower = Follower(path)
    assert len(follower.poll()) == 60
    writer, contents = LogWriter.reopen(path)
    writer.append(SIXTY[1])
    writer.close()
    assert (contents.torn, len(contents.events)) == (half, 60)
    assert path.read_bytes() == WHOLE + logs.block_of(SIXTY[1], 61)
    assert [event.n for event in follower.poll()] == [61]


def test_zeroes_after_the_last_block_are_a_torn_tail(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE + b"\0" * 512)
    assert (len(read(path).events), read(path).torn) == (60, b"\0" * 512)


@pytest.mark.parametrize("number", [1, 2, 30, 59])
def test_a_damaged_block_in_the_middle_is_named_and_nothing_changes(tmp_path: Path, number: int) -> None:
    path = tmp_path / "log.toml"
    starts = blocks.block_starts(WHOLE)
    at = WHOLE.find(b"\nclock = ", starts[number - 1]) + len(b"\nclock = ")
    path.write_bytes(WHOLE[:at] + b"?" + WHOLE[at:])
    trouble(path, "log-damaged", line=WHOLE[:at].count(b"\n") + 1)
    path.write_bytes(WHOLE[:at] + b"\xff" + WHOLE[at:])
    trouble(path, "log-not-utf8", line=WHOLE[:at].count(b"\n") + 1)
    path.write_bytes(WHOLE[:at] + b"-" + WHOLE[at:])  # TOML, but no such clock
    trouble(path, "log-damaged")
    if number == 59:
        return
    path.write_bytes(WHOLE[: starts[number - 1]] + WHOLE[starts[number] :])  # a block is missing
    assert trouble(path, "log-damaged").values["line"] == WHOLE[: starts[number - 1]].count(b"\n") + 2


# --- what is no log ---


def edited(old: bytes, new: bytes) -> bytes:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


WRONG = {
    "empty": (b"", "log-is-no-log"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "log-is-no-log"),
    "an exercise": (b'title = "Zonder gas"\n', "log-is-no-log"),
    "an older format": (edited(b"tabletop-log/1", b"tabletop-log/0"), "log-is-no-log"),
    "a newer format": (edited(b"tabletop-log/1", b"tabletop-log/2"), "log-newer"),
    "a newer format, unlike ours": (b'format = "tabletop-log/12"\nrows = 3\n', "log-newer"),
    "half a head": (WHOLE[:200], "log-without-start"),
    "no event 1": (WHOLE[: WHOLE.find(blocks.MARK)], "log-without-start"),
    "half an event 1": (WHOLE[: WHOLE.find(b"n = 1\n")], "log-without-start"),
    "an event 1 that is 2": (edited(b"\nn = 1\n", b"\nn = 2\n"), "log-damaged"),
    "windows line ends": (WHOLE.replace(b"\n", b"\r\n"), "log-line-ends"),
    "windows line ends before event 1": (edited(b"[[event]]\n", b"[[event]]\r\n"), "log-line-ends"),
    "windows line ends before the last event": (
        b"[[event]]\r\n".join(WHOLE.rsplit(b"[[event]]\n", 1)),
        "log-line-ends",
    ),
    "a byte order mark": (b"\xef\xbb\xbf" + WHOLE, "log-is-no-log"),
    "no TOML in the head": (edited(b'id = "run-1"', b"id = run-1"), "log-damaged"),
    "no UTF-8 in the head": (edited(b'id = "run-1"', b'id = "\xff"'), "log-not-utf8"),
    "no title": (edited(b'title = "Zonder gas"\n', b""), "log-head-damaged"),
    "a time for an id": (edited(b'id = "run-1"', b"id = 2026-11-23"), "log-head-damaged"),
    "a key of a newer version in the head": (edited(b'id = "run-1"', b'id = "run-1"\nmood = 3'), "log-head-unknown"),
    "an event of a newer version": (edited(b'"paused"', b'"sang"'), "log-unknown"),
    "a key of a newer version": (edited(b'"paused"\n', b'"paused"\nwhy = "x"\n'), "log-unknown"),
    "the last event of a newer version": (WHOLE + BLOCK.replace(b"paused", b"sang") + b"n = 61\n", "log-unknown"),
    "an event without a type": (edited(b'type = "paused"\n', b""), "log-damaged"),
    "an event whose type is no text": (edited(b'type = "paused"', b"type = 3"), "log-damaged"),
    "an event in a table": (WHOLE + b"\n[[event]]\na.b.n = 1\n" + BLOCK + b"n = 62\n", "log-damaged"),
    "a part of the head further on": (WHOLE + b"\n[exercise]\n" + BLOCK + b"n = 61\n", "log-damaged"),
    "very deep": (edited(b"clock = 1.25", b"clock = " + b"[" * 20000), "log-damaged"),
    "very deep, and closed": (edited(b"clock = 1.25", b"clock = " + b"[" * 20000 + b"]" * 20000), "log-damaged"),
    "very deep in the head": (edited(b'id = "run-1"', b"id = " + b"[" * 20000 + b"]" * 20000), "log-damaged"),
    "very deep keys": (edited(b'id = "run-1"', b"id" + b".a" * 20000 + b" = 1"), None),
    "a very long number": (edited(b"clock = 1.25", b"clock = " + b"9" * 5000), "log-damaged"),
    "a document about logs": (b"# Logs\n\nA log begins like this:\n\n" + WHOLE, "log-is-no-log"),
    "a day that is none": (edited(b"2026-11-23T14:00:12.000", b"2026-02-31T14:00:12.000"), "log-damaged"),
}


def test_what_stands_above_the_format_may_be_as_it_likes_in_a_log(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    first, rest = WHOLE.split(b"\n", 1)
    path.write_bytes(b"# written by hand, later\n\nleader = 'A = B'\nparticipants = [\n]\n" + first + b"\n" + rest)
    assert read(path).head.leader == "A = B"


@pytest.mark.parametrize(("data", "code"), WRONG.values(), ids=WRONG)
def test_what_is_no_log_is_said_in_a_sentence(tmp_path: Path, data: bytes, code: str | None) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(data)
    if code is None:
        with pytest.raises(Trouble):
            read(path)
        return
    trouble(path, code)
    assert [file.name for file in tmp_path.iterdir() if ".torn" in file.name] == []


def test_a_line_is_the_one_that_an_editor_shows(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(edited(b'"paused"', b'"sang"'))
    line = trouble(path, "log-unknown").values["line"]
    assert isinstance(line, int)
    assert path.read_text(encoding="utf-8").split("\n")[line - 1] == "[[event]]"
    assert 'type = "sang"' in path.read_text(encoding="utf-8").split("\n")[line]


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    trouble(tmp_path, "log-is-folder")
    trouble(tmp_path / "none.toml", "log-missing")
    (tmp_path / "file").write_text("")
    trouble(tmp_path / "file" / "log.toml", "log-missing")
    for name in ("a\0b", "\ud800", "x" * 5000):
        with pytest.raises(Trouble):
            read(tmp_path / name)
        with pytest.raises(Trouble):
            LogWriter.reopen(tmp_path / name)
        with pytest.raises(Trouble):
            LogWriter.create(tmp_path / name, logs.head(), logs.started())


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links")
def test_a_pipe_a_device_and_a_ring_of_links_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    trouble(tmp_path / "pipe", "log-is-no-log")
    trouble(Path("/dev/zero"), "log-is-no-log")
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    with pytest.raises(Trouble):
        read(tmp_path / "ring")
    with pytest.raises(Trouble):
        LogWriter.reopen(tmp_path / "ring")


def test_a_log_that_is_far_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_bytes(WHOLE)
    os.truncate(path, blocks.LARGEST)
    assert len(read(path).events) == 60
    os.truncate(path, blocks.LARGEST + 1)  # nothing but zeroes, which take no room on the disk
    with pytest.raises(Trouble) as found:
        read(path)
    assert found.value.code == "log-too-large"
    for look in (LogWriter.reopen, glance, lambda path: Follower(path).poll()):
        assert said(look, path) == "log-too-large"


@given(data=st.data())
def test_flipped_bytes_end_in_contents_or_in_a_sentence(data: st.DataObject) -> None:
    log = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        log[data.draw(st.integers(0, len(log) - 1))] = data.draw(st.integers(0, 255))
    try:
        contents = parse(bytes(log), Path("x"))
    except Trouble as found:
        SENTENCES[found.code].format(**found.values)
    else:
        assert 1 <= len(contents.events) <= 60
        assert [event.n for event in contents.events] == list(range(1, len(contents.events) + 1))
        assert contents.size + len(contents.torn) == len(log)


@given(where=st.integers(0, len(WHOLE)), piece=st.binary(max_size=40))
def test_inserted_bytes_end_in_contents_or_in_a_sentence(where: int, piece: bytes) -> None:
    try:
        contents = parse(WHOLE[:where] + piece + WHOLE[where:], Path("x"))
    except Trouble:
        return
    assert len(contents.events) <= 60


# --- one writer ---


def test_a_second_leader_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    with LogWriter.create(path, logs.head(), logs.started()) as writer:
        for way in (path, tmp_path / "." / "log.toml"):
            with pytest.raises(Trouble) as found:
                LogWriter.reopen(way)
            assert found.value.code == "log-in-use"
        assert len(read(path).events) == 1
        writer.append(SIXTY[1])
    again, contents = LogWriter.reopen(path)
    assert len(contents.events) == 2
    again.close()
    again.close()
    with pytest.raises(Trouble):
        again.append(SIXTY[1])


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_two_ways_to_one_log_lead_to_one_lock(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "alias.toml").symlink_to(tmp_path / "real" / "log.toml")
    with LogWriter.create(tmp_path / "real" / "log.toml", logs.head(), logs.started()):
        for way in (tmp_path / "link" / "log.toml", tmp_path / "alias.toml"):
            with pytest.raises(Trouble) as found:
                LogWriter.reopen(way)
            assert found.value.code == "log-in-use"


def test_a_log_is_never_overwritten_and_a_leftover_does_not_block(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    (tmp_path / ".log.toml.new").write_bytes(b"left behind by a kill")
    path.write_bytes(b"mine")
    with pytest.raises(Trouble) as found:
        LogWriter.create(path, logs.head(), logs.started())
    assert found.value.code == "log-exists"
    assert path.read_bytes() == b"mine"
    path.unlink()
    LogWriter.create(path, logs.head(), logs.started()).close()
    with pytest.raises(Trouble):
        LogWriter.create(path, logs.head(), logs.started())
    assert len(read(path).events) == 1
    assert not (tmp_path / ".log.toml.new").exists()


def test_going_on_elsewhere_takes_everything_along(tmp_path: Path) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "usb" / "new.toml"
    with LogWriter.create(old, logs.head(), logs.started()) as writer:
        writer.append(SIXTY[1])
        taken = tmp_path / "taken.toml"
        taken.write_bytes(b"mine")
        with pytest.raises(Trouble) as found:
            writer.save_elsewhere(taken)
        assert found.value.code == "log-exists"
        assert writer.append(SIXTY[1]).n == 3  # still the old one
        before = old.read_bytes()
        writer.save_elsewhere(new)
        assert writer.path == new
        assert writer.append(SIXTY[2]).n == 4
        assert old.read_bytes() == before
        assert new.read_bytes().startswith(before)
        with pytest.raises(Trouble):
            LogWriter.reopen(new)
        LogWriter.reopen(old)[0].close()
    assert read(new).head.id == read(old).head.id


# --- a copy that can be given away ---


def shared(tmp_path: Path, events: list[Any], **values: Any) -> tuple[bytes, Any]:
    source, target = tmp_path / "log.toml", tmp_path / "copy.toml"
    source.write_bytes(logs.log_bytes(events, **values))
    before = source.read_bytes()
    target.unlink(missing_ok=True)
    share(source, target)
    assert source.read_bytes() == before
    return target.read_bytes(), read(target)


def note(**values: Any) -> Any:
    return logs.fact(e.LearningPointNoted, **values)


def revised(**values: Any) -> Any:
    return logs.fact(e.LearningPointRevised, **values)


def test_sharing_leaves_out_who_owns_an_action_unless_that_is_a_function(tmp_path: Path) -> None:
    label = logs.head().exercise.officials[0].short
    owners = (label, label.upper(), "Piet van Facilitair", "")
    events = [logs.started(), *(logs.fact(e.ActionAgreed, id=f"action-{n}", owner=owner, text="do", due="2026-12-01")
                                for n, owner in enumerate(owners))]  # fmt: skip
    data, contents = shared(tmp_path, events)
    assert b"Facilitair" not in data
    assert [one.owner for one in contents.events[1:]] == [label, label.upper(), "…", ""]


def test_sharing_leaves_out_what_was_private_at_any_time(tmp_path: Path) -> None:
    events = [
        logs.started(),
        note(id="lp-1", text="SECRET-a", private=True),
        note(id="lp-2", text="SECRET-b"),
        revised(point="lp-2", text="SECRET-c"),
        revised(point="lp-2", private=True),
        note(id="lp-3", text="SECRET-d", private=True),
        revised(point="lp-3", private=False, text="SECRET-e"),
        logs.fact(e.LearningPointWithdrawn, point="lp-1", reason="SECRET-f"),
        logs.fact(e.FingersAsked, point="lp-2", question="SECRET-g"),
        logs.fact(e.FingersAsked, question="SECRET-b"),
        logs.fact(e.ThanksApproved, text="SECRET-a"),
        logs.fact(e.Observed, text="SECRET-h", private=True),
        logs.fact(e.Answered, text="SECRET-i", private=True),
        logs.fact(e.DebriefAnswered, text="SECRET-j", private=True),
        note(id="lp-4", text="SECRET-k"),
        logs.fact(e.Undone, event=15),
        note(id="lp-5", text="SECRET-l", private=True),
        logs.fact(e.Undone, event=17),
        note(id="lp-6", text="SECRET-m"),
        revised(point="lp-6", private=True),
        logs.fact(e.Undone, event=20),
        note(id="lp-7", text="SECRET-n"),
        logs.fact(e.LearningPointWithdrawn, point="lp-7"),
        logs.fact(e.Reviewed, reviewer="SECRET-o", about=2, text="SECRET-p"),
        note(id="lp-8", text="open"),
        logs.fact(e.KeptPrivate),
        logs.fact(e.Reviewed, reviewer="SECRET-q", about=25, text="shown"),
    ]
    data, contents = shared(tmp_path, events)
    assert b"SECRET" not in data
    assert [type(event).__name__ for event in contents.events] == [
        "SessionStarted", "LearningPointNoted", "Reviewed", *["KeptPrivate"] * 5,
    ]  # fmt: skip
    assert contents.events[1].text == "open"
    assert (contents.events[2].about, contents.events[2].text) == (2, "shown")


def test_sharing_says_how_much_was_private_and_of_nobody(tmp_path: Path) -> None:
    events = [
        logs.started(),
        logs.fact(e.KeptPrivate, official="ovd-bz", inject="a1"),
        note(id="lp-1", text="SECRET", private=True, official="ovd-bz"),
        logs.fact(e.Answered, text="SECRET", private=True, official="ac-bz"),
        logs.fact(e.KeptPrivate, official="ac-bz"),
        logs.fact(e.Undone, event=5),
        note(id="lp-2", text="open"),
    ]
    data, contents = shared(tmp_path, events)
    assert b"SECRET" not in data
    kept = [event for event in contents.events if isinstance(event, e.KeptPrivate)]
    assert [(one.official, one.inject, one.at) for one in kept] == [(None, None, contents.events[-4].at)] * 3
    assert tuple(kept) == contents.events[-3:], "where it was said would tell whose it was"


def test_sharing_leaves_out_names_and_puts_the_function_in_their_place(tmp_path: Path) -> None:
    people = (e.Participant(official="ovd-bz", name="Jan", organisation="GEHEIM"),)
    events = [
        logs.started(),
        logs.fact(e.ParticipantJoined, official="aov", name="Jan de Vries", organisation="GEHEIM"),
        logs.fact(e.CallLogged, official=None, name="Piet+", result="Piet+ komt"),
        logs.fact(e.Observed, text="Jan de Vries belde Jan, Sam en Janneke; (Piet+)", themes=("Jan",)),
        logs.fact(e.FeedbackOpened, questions=("Wat ziet Jan?",), title="Jan"),
    ]
    data, contents = shared(tmp_path, events, participants=people, leader="Sam")
    for name in (b"GEHEIM", b"de Vries", b"Sam", b"Piet", b'"Jan"', b"Jan?"):
        assert name not in data
    assert contents.head.leader == ""
    assert contents.head.participants == (e.Participant(official="ovd-bz"),)
    assert contents.events[1].official == "aov"
    assert contents.events[3].text == "AOV belde OvD, … en Janneke; (…)"
    assert contents.events[3].themes == ("OvD",)
    assert contents.events[4].questions == ("Wat ziet OvD?",)


def test_sharing_keeps_an_undo_of_what_lasts_and_never_overwrites(tmp_path: Path) -> None:
    events = [logs.started(), logs.fact(e.Observed, text="x", private=True), logs.fact(e.Resumed)]
    events.append(logs.fact(e.Undone, event=3))
    _, contents = shared(tmp_path, events)
    assert [event.n for event in contents.events] == [1, 2, 3, 4]
    assert contents.events[2].event == 2
    with pytest.raises(Trouble) as found:
        share(tmp_path / "log.toml", tmp_path / "copy.toml")
    assert found.value.code == "log-exists"
    with pytest.raises(Trouble):
        share(tmp_path / "log.toml", tmp_path / "log.toml")
    (tmp_path / "all.toml").write_bytes(logs.log_bytes([logs.fact(e.Observed, private=True)]))
    with pytest.raises(Trouble) as found:
        share(tmp_path / "all.toml", tmp_path / "none.toml")
    assert found.value.code == "log-nothing-to-share"


@given(events=st.lists(logs.facts(), min_size=1, max_size=12))
def test_a_shared_log_is_a_log(events: list[Any]) -> None:
    folder = Path(tempfile.mkdtemp(dir=logs.fast_folder()))
    try:
        _, contents = shared(folder, [logs.started(), *events])
        assert [event.n for event in contents.events] == list(range(1, len(contents.events) + 1))
    finally:
        shutil.rmtree(folder)


def test_every_code_of_a_log_has_its_sentence() -> None:
    import re

    folder = Path(blocks.__file__).parent
    sources = [*folder.joinpath("log").glob("*.py"), folder / "blocks.py", folder / "glance.py"]
    codes = {
        code for path in sources for code in re.findall(r'(?:Trouble|failed)\(\s*"([a-z0-9-]+)"', path.read_text())
    }
    assert "log-damaged" in codes
    for code in ("log-not-writable", "not-saved"):
        codes |= {f"{code}-full", f"{code}-not-allowed"}
    assert codes <= SENTENCES.keys()


def test_a_newer_tomllib_reads_it_too() -> None:
    assert tomllib.loads(WHOLE.decode()) == tomli.loads(WHOLE.decode())
