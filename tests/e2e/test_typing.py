"""What is typed faster than the program reads, as after a slow disk, still arrives in the order of the keys."""

from pathlib import Path
from typing import Any

import pytest
from driving import Leader, events, lead, posix, stands, surroundings, until_saved
from driving import dutch as nl

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not posix, reason="a pseudo terminal is POSIX")]


def begun(leader: Leader) -> Path:
    leader.wait_for(stands(nl("STORYLINE")))
    (log,) = Path(leader.environment["TABLETOP_LOGS"]).glob("*.toml")
    return log


def said(found: list[dict[str, Any]]) -> list[str]:
    """The notes of a log. A machine that stood still for a while writes down that its clock did."""
    return [event["text"] for event in found if event["type"] == "observation"]


def test_keys_that_come_all_at_once_are_taken_one_by_one(tmp_path: Path) -> None:
    notes = [f"opmerking {n}" for n in range(20)]
    with lead(tmp_path, "zonder-gas", "--officials", "all", env=surroundings(tmp_path)) as leader:
        log = begun(leader)
        leader.write("".join(f"{note}\r" for note in notes).encode())
        found = until_saved(log, lambda found: len(said(found)) == len(notes))
        assert said(found) == notes
        leader.write(b" half\x1bOQg getypt")  # Space shows A1; F2 and a letter, in the middle of a line
        leader.wait_for(lambda _: leader.line == "half getypt")
        assert [event["type"] for event in events(log)[-2:]] == ["inject-shown", "going-well"]


def test_a_command_is_two_keys_however_quickly_they_follow(tmp_path: Path) -> None:
    with lead(tmp_path, "zonder-gas", "--officials", "all", env=surroundings(tmp_path)) as leader:
        log = begun(leader)
        leader.write(b" ")
        until_saved(log, lambda found: found[-1]["type"] == "inject-shown")
        leader.write(b"/z/g+ eerst koffie\r/z")
        found = until_saved(log, lambda found: len(found) >= 6)
    kinds = [event["type"] for event in found[2:]]
    assert kinds == ["learning-seen", "going-well", "learning-point", "learning-seen"]


@pytest.mark.parametrize(
    ("burst", "line"),
    [
        ("ab\x7fc", "ac"),
        ("abcdef\x1b[D\x1b[D\x7fX", "abcXef"),
        ("een twee\x17drie", "een drie"),
        ("weg\x15nieuw", "nieuw"),
    ],
)
def test_a_correction_comes_before_what_is_typed_after_it(tmp_path: Path, burst: str, line: str) -> None:
    with lead(tmp_path, "zonder-gas", "--officials", "all", env=surroundings(tmp_path)) as leader:
        begun(leader)
        leader.write(burst.encode())
        leader.wait_for(lambda _: leader.line == line)
