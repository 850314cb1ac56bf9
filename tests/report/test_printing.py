"""What goes on paper: everything for the receivers, nothing for the leader alone, and foreign text is only text."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tabletop.core.exercise import Exercise
from tabletop.files import cards, library
from tabletop.locale import words_for
from tabletop.report.printing import PARTS, page
from tests.builders import CALL_OUT, SMALL, STEPS, small_exercise

SHIPPED = sorted(library.shipped_folder().glob("*.toml"))
HOSTILE = '<script>alert(1)</script> & "quoted" </div> \x1b[31m'


class Seen(HTMLParser):
    """The text of a page and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.cards = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.cards += ("class", "card") in attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data + " "


def seen(exercise: Exercise, *parts: str) -> Seen:
    found = Seen()
    language = exercise.language
    found.feed(page(exercise, cards.shipped(language), words_for(language), parts or PARTS))  # type: ignore[arg-type]
    assert not found.open
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_exercise_prints_whole(path: Path) -> None:
    exercise = library.load(path)
    found = seen(exercise)
    text = " ".join(found.text.split())
    for official in exercise.officials:
        assert official.name in text
    for inject in (*exercise.injects, *exercise.reserves) if exercise.call_out is None else ():
        for line in inject.text.split("\n"):
            assert " ".join(line.split()) in text
    assert {"html", "style", "section", "dl"} <= set(found.tags)


def test_there_is_a_card_for_each_receiver_and_one_where_an_inject_is_for_everybody() -> None:
    exercise = small_exercise(({**STEPS[0], "to": []}, {**STEPS[2], "to": ["field"]}))
    in_field = sum(official.pool == "field" and official.key for official in exercise.officials)
    found = seen(exercise, "injects")
    reserves = sum(len(exercise.receivers(inject.to)) if inject.to else 1 for inject in exercise.reserves)
    assert in_field > 1
    assert found.cards == 1 + in_field + reserves


def test_a_card_does_not_say_when_it_comes_nor_after_what() -> None:
    exercise = library.load(library.shipped_folder() / "fire-brigade-has-a-hall.toml")
    text = seen(exercise, "injects").text
    assert "G6" in text
    assert "g2." not in text
    assert "minute" not in text.replace("minutes", "")


def test_nothing_for_the_leader_alone_is_on_paper() -> None:
    text = seen(SMALL, "injects").text
    assert "text-a2" in text
    for hidden in ("hidden", "argument-", "title-", "expect", "condition"):
        assert hidden not in text


def test_a_call_out_prints_its_task_cards_in_place_of_injects() -> None:
    found = seen(CALL_OUT, "injects")
    assert CALL_OUT.call_out is not None
    assert found.cards == len(CALL_OUT.call_out.cards)
    assert "text-a1" not in found.text


def test_only_what_is_asked_for_is_there() -> None:
    assert "text-a2" not in seen(SMALL, "roles", "words").text
    assert "dl" not in seen(SMALL, "injects", "roles").tags


def test_foreign_text_stays_text() -> None:
    exercise = small_exercise(({**STEPS[0], "text": HOSTILE, "from": HOSTILE, "headline": ""},), title=HOSTILE)
    found = seen(exercise)
    assert "script" not in found.tags
    assert "alert(1)" in found.text
    assert "\x1b" not in page(exercise, cards.shipped("en"), words_for("en"))


# --- the command line ------------------------------------------------------------------------------------------------


def tabletop(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tabletop", *arguments], cwd=folder, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_it_is_written_here_under_its_own_name_and_over_nothing(tmp_path: Path) -> None:
    first = tabletop("print", "without-gas", "--lang", "nl", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "Inject cards" in (tmp_path / "without-gas.html").read_text(encoding="utf-8")  # in the exercise's language
    again = tabletop("print", "without-gas", folder=tmp_path)
    assert again.returncode == 2
    assert len(again.stderr.splitlines()) == 1
    assert tabletop("print", "without-gas", "--overwrite", "--only", "rollen", folder=tmp_path).returncode == 0
    assert "Inject cards" not in (tmp_path / "without-gas.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("only", ["", ",", "everything", "injects,all"])
def test_what_cannot_be_printed_is_one_sentence(only: str, tmp_path: Path) -> None:
    done = tabletop("print", "without-gas", "--only", only, folder=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.glob("*.html"))


def test_mistakes_in_own_cards_are_all_said_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(library.ENVIRONMENT, str(tmp_path))
    own = tmp_path / cards.FOLDER / "en.toml"
    own.parent.mkdir()
    own.write_text('format = "tabletop-cards/1"\n[[cards]]\nid = "x"\nkind = "duty"\nname = "X"\n', encoding="utf-8")
    done = tabletop("print", "without-gas", "--lang", "en", folder=tmp_path)
    assert done.returncode == 2
    assert [line.partition(" ")[0] for line in done.stderr.splitlines()] == ["en.toml:2:", "en.toml:4:"]
    assert not list(tmp_path.glob("*.html"))
    checked = tabletop("check", str(own), folder=tmp_path)
    assert checked.returncode == 1
    assert [line.partition(" ")[0] for line in checked.stdout.splitlines()] == ["en.toml:2:", "en.toml:4:"]
    assert tabletop("check", str(Path(cards.__file__).with_name("nl.toml")), folder=tmp_path).returncode == 0
