"""The half-typed line: kept for its owner alone, per run, and never a reason to stop anybody."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core.text import clean
from tabletop.files.drafts import Drafts


def test_a_line_is_kept_per_run_until_it_is_saved(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "state")
    assert drafts.load("one") == ""
    assert not (tmp_path / "state").exists()  # looking creates nothing
    assert drafts.remove("one")
    assert drafts.save("one", "+ eerst kof")
    assert drafts.save("one", "+ eerst koffie")
    assert drafts.save("two", "! dicht")
    assert Drafts(tmp_path / "state").load("one") == "+ eerst koffie"
    assert drafts.load("two") == "! dicht"
    drafts.remove("one")
    assert drafts.load("one") == ""
    drafts.save("two", "")
    assert [path.name for path in (tmp_path / "state" / "drafts").iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    Drafts(tmp_path).save("one", "over Jan")
    (path,) = (tmp_path / "drafts").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@given(text=st.text(), log_id=st.one_of(st.text(), st.sampled_from(["../../x", "/etc/x", "", "CON", "a\0b", "\ud800"])))
def test_any_text_under_any_id_stays_in_its_folder(
    tmp_path_factory: pytest.TempPathFactory, text: str, log_id: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    assert Drafts(folder).save(log_id, text)
    assert Drafts(folder).load(log_id) == clean(text)
    assert len(list(folder.rglob("*.txt"))) == bool(text)
    Drafts(folder).remove(log_id)
    assert list(folder.rglob("*.*")) == []


def test_a_leftover_a_folder_and_rubbish_do_not_stand_in_the_way(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.save("one", "x")
    (path,) = (tmp_path / "drafts").iterdir()
    path.with_suffix(".new").write_bytes(b"left behind")
    assert drafts.save("one", "y")
    path.write_bytes(b"\xff\x1b[2Jab\0c")
    assert drafts.load("one") == "[2Jabc"
    path.unlink()
    path.mkdir()
    assert drafts.load("one") == ""
    assert not drafts.save("one", "z")
    assert not drafts.remove("one")
