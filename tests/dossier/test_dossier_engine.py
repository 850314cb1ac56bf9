"""The engine of the dossier: what counts as a pattern, what people decide, and what is never in an answer."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.control import Control
from tabletop.core import moves
from tabletop.core.events import Participant
from tabletop.core.moves import reviewing
from tabletop.dossier import decisions
from tabletop.dossier.decisions import Decided, Decision, What, in_order
from tabletop.dossier.index import Dossier
from tabletop.dossier.refreshing import Stopped
from tabletop.files.trouble import Trouble
from tabletop.lookback import Lookback
from tests.builders import SMALL, HeldClock, small_exercise

OTHER = small_exercise(id="other", title="Other exercise")
START = datetime(2026, 3, 2, 13, tzinfo=UTC)
PRIVATE, WITHDRAWN, UNDONE = "private-marker", "withdrawn-marker", "undone-marker"


def played(folder: Path, name: str, exercise: object = SMALL, *, group: str = "", days: int = 0,
           texts: Sequence[str] = ("Ring the mayor later!",)) -> Path:  # fmt: skip
    """A run with these points of one function, and what must never come out beside them."""
    clock = HeldClock(START + timedelta(days=days))
    people = [Participant(official="field-one", name="Sanne Jansen", organisation=group)]
    path = folder / f"{name}.toml"
    control = Control.start(path, exercise, people, clock, run_id=name)  # type: ignore[arg-type]
    control.do(moves.go_on)
    for text in texts:
        control.do(moves.note_point, "change", text, "field-one", themes=("staff",))
    control.do(moves.note_point, "change", PRIVATE, "field-one", private=True)
    control.do(moves.note_point, "change", WITHDRAWN, "field-one")
    control.do(moves.withdraw_point, control.session.points[-1].id)
    control.do(moves.note_point, "change", UNDONE, "field-one")
    control.do(moves.undo)
    control.do(moves.end)
    control.close()
    return path


def decision(what: What, about: str = "", minute: int = 0, **more: object) -> Decision:
    told = {"id": decisions.new_id(), "at": START + timedelta(minutes=minute), "by": "Anna", "what": what, **more}
    return Decision.model_validate({**told, "about": about})


def test_the_same_script_with_the_same_group_twice_is_one_occasion(tmp_path: Path) -> None:
    played(tmp_path, "one", group="Velsen")
    played(tmp_path, "two", group="Velsen", days=30)
    (point,) = Dossier.open([tmp_path]).recurring()
    assert (point.state, point.occasions, len(point.points)) == ("signal", 1, 2)
    played(tmp_path, "three", group="Beverwijk", days=60)
    (point,) = Dossier.open([tmp_path]).recurring()
    assert (point.state, point.occasions) == ("pattern", 2)


def test_another_exercise_makes_a_pattern_and_the_threshold_is_a_setting(tmp_path: Path) -> None:
    played(tmp_path, "one")
    played(tmp_path, "two", OTHER, texts=("ring the MAYOR later",))
    dossier = Dossier.open([tmp_path])
    assert dossier.recurring(patterns_only=True)[0].earlier != ()
    dossier.decide(decision("threshold", number=3))
    assert dossier.recurring(patterns_only=True) == ()
    assert Dossier.open([tmp_path]).decided.threshold == 3


def test_the_heat_table_has_denominators(tmp_path: Path) -> None:
    played(tmp_path, "one")
    played(tmp_path, "two", OTHER, texts=())
    heat = Dossier.open([tmp_path]).heat()
    (column,) = heat.columns
    assert (column.official, column.took_part) == ("field-one", 2)
    (line,) = heat.rows
    (cell,) = line.cells
    assert (cell.seen, cell.of, cell.state, line.seen, line.of) == (1, 2, "signal", 1, 2)
    assert Dossier.open([tmp_path]).heat(2020).rows == ()


def test_what_is_private_withdrawn_or_undone_is_in_no_answer(tmp_path: Path) -> None:
    played(tmp_path, "one", texts=("Sanne Jansen rang at once",))
    dossier = Dossier.open([tmp_path])
    answers = (dossier.points(), dossier.recurring(), dossier.questions(), dossier.search(""), dossier.runs(),
               dossier.heat(), dossier.actions(), dossier.side_by_side("small"))  # fmt: skip
    for marker in (PRIVATE, WITHDRAWN, UNDONE, "Sanne", "Jansen"):
        assert marker not in repr(answers), marker
        assert not dossier.search(marker)
    assert "rang at once" in repr(dossier.points())


def test_points_are_linked_and_parted_again(tmp_path: Path) -> None:
    played(tmp_path, "one", texts=("Coffee first", "Wait five minutes"))
    dossier = Dossier.open([tmp_path])
    one, other = (point.key for point in dossier.points())
    dossier.decide(decision("link", one, 1, other=other))
    assert [len(found.points) for found in dossier.recurring()] == [2]
    dossier.decide(decision("unlink", other, 2))
    assert [len(found.points) for found in dossier.recurring()] == [1, 1]
    assert [len(found.points) for found in Dossier.open([tmp_path]).recurring()] == [1, 1]


def test_a_proposal_has_a_reason_and_becomes_a_practice_once_it_was_used(tmp_path: Path) -> None:
    played(tmp_path, "one")
    dossier = Dossier.open([tmp_path])
    (point,) = dossier.points()
    dossier.decide(decision("proposal", point.key, 1, text="A card", reason="  "))
    assert dossier.recurring()[0].proposal is None
    dossier.decide(decision("proposal", point.key, 2, text="A card", reason="seen twice"))
    proposal = dossier.recurring()[0].proposal
    assert proposal is not None
    assert not proposal.is_practice
    dossier.decide(decision("use", point.key, 3, day=date(2026, 4, 1), text="the mill fire"))
    proposal = dossier.recurring()[0].proposal
    assert proposal is not None
    assert proposal.is_practice
    assert proposal.uses == ((date(2026, 4, 1), "the mill fire"),)


def test_a_point_that_returns_after_its_action_was_closed_is_told(tmp_path: Path) -> None:
    path = played(tmp_path, "one")
    lookback = Lookback.open(path, HeldClock(START + timedelta(days=1)), "Anna")
    lookback.add(reviewing.agree_action, "write the card", "Office One", date(2026, 4, 1), "lp-1")
    dossier = Dossier.open([tmp_path])
    (action,) = dossier.actions()
    assert (action.owner, action.due, action.point) == ("Office One", date(2026, 4, 1), "one/lp-1")
    dossier.decide(decision("action-closed", action.key, 60, text="it is there"))
    assert dossier.actions() == ()
    assert dossier.recurring()[0].returned_after is None
    played(tmp_path, "two", OTHER, days=90)
    dossier = Dossier.open([tmp_path])
    assert dossier.actions(open_only=False)[0].note == "it is there"
    assert dossier.recurring()[0].returned_after == START.date()
    dossier.decide(decision("action-reopened", action.key, 90))
    assert len(dossier.actions()) == 1


def test_themes_are_renamed_and_groups_named_afterwards(tmp_path: Path) -> None:
    played(tmp_path, "one")
    dossier = Dossier.open([tmp_path])
    dossier.decide(decision("theme", "Staff", 1, other="people"))
    dossier.decide(decision("theme", "people", 2, other="staff"))  # back and forth ends somewhere
    assert dossier.points()[0].themes in (("people",), ("staff",))
    dossier.decide(decision("theme", "people", 3, other="people and teams"))
    assert dossier.points(theme="people and teams")
    dossier.decide(decision("group", "one", 4, text="Velsen"))
    assert dossier.runs()[0].group == dossier.points()[0].group == "Velsen"


def test_a_year_says_what_it_did_not_practise(tmp_path: Path) -> None:
    played(tmp_path, "one")
    missed = Dossier.open([tmp_path]).not_practised(2026)
    assert "Field One" not in missed.officials
    assert "Office One" in missed.officials
    assert "field" not in missed.pools
    assert "objective-o2" in missed.objectives
    assert missed.instruments == ("checklist-one", "checklist-two")


@pytest.mark.parametrize("sought", ["MÀYOR", "may lat", "@field ring", "#staff", "- 2026", "small"])
def test_a_search_forgives_accents_and_narrows(tmp_path: Path, sought: str) -> None:
    played(tmp_path, "one")
    dossier = Dossier.open([tmp_path])
    assert [found.point.id for found in dossier.search(sought)] == ["lp-1"]
    for other in ("+ mayor", "@office mayor", "#self mayor", "2025", "ayor"):
        assert not dossier.search(other), other


def test_what_is_no_log_is_named_and_skipped(tmp_path: Path) -> None:
    path = played(tmp_path, "one")
    (tmp_path / "copy.toml").write_bytes(path.read_bytes())
    (tmp_path / "damaged.toml").write_bytes(path.read_bytes().replace(b"type = ", b"type ", 3))
    (tmp_path / "newer.toml").write_bytes(path.read_bytes().replace(b"tabletop-log/1", b"tabletop-log/9"))
    (tmp_path / "shopping.toml").write_text("milk = 2\n")
    (tmp_path / "one.md").write_text("# a summary\n")
    dossier = Dossier.open([tmp_path])
    assert len(dossier.runs()) == 1
    assert sorted(one.path.name for one in dossier.overview().skipped) == ["damaged.toml", "newer.toml", "one.toml",
                                                               "shopping.toml"]  # fmt: skip
    assert next(one.sentence for one in dossier.overview().skipped if one.path.name == "one.toml") == "dossier-twice"


def test_it_can_be_left_while_it_reads(tmp_path: Path) -> None:
    played(tmp_path, "one")
    told: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        Dossier.open([tmp_path], progress=lambda done, of: told.append((done, of)), stop=lambda: True)
    Dossier.open([tmp_path], progress=lambda done, of: told.append((done, of)), stop=lambda: False)
    assert told == [(1, 1)]


def test_a_damaged_file_of_decisions_is_told_and_never_written_over(tmp_path: Path) -> None:
    played(tmp_path, "one")
    path = tmp_path / decisions.NAME
    path.write_text("format = [")
    dossier = Dossier.open([tmp_path])
    assert [one.path for one in dossier.overview().skipped] == [path]
    with pytest.raises(Trouble, match="dossier-decisions-damaged"):
        dossier.decide(decision("threshold", number=3))
    assert path.read_text() == "format = ["


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("format = [", 1),
        ('format = "tabletop-dossier/1"\n\nnotes = """a\n"""\nwhat is this\n', 5),
        ('format = "tabletop-dossier/2"\n', 1),
        ('format = "tabletop-dossier/1"\n{good}{bad}{good}', 10),
        ('format = "tabletop-dossier/1"\ndecision = [ {{ id = "" }}, {{ id = "x" }} ]\n', 1),
    ],
)
def test_what_cannot_be_read_of_the_decisions_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, ends: str
) -> None:
    good = '\n[[decision]]\nid = "x"\nat = 2026-01-01T00:00:00Z\nby = "A"\nwhat = "threshold"\nnumber = 2\n'
    bad = '\n[[decision]]\nid = "y"\nat = 3\nby = "A"\nwhat = "threshold"\n'
    path = tmp_path / decisions.NAME
    path.write_bytes(text.format(good=good, bad=bad).replace("\n", ends).encode())
    with pytest.raises(Trouble) as found:
        decisions.read(tmp_path)
    assert found.value.values["file"] == f"{path}:{line}"


_some = st.builds(
    decision,
    st.sampled_from(("link", "unlink", "proposal", "use", "take-along", "theme", "action-closed", "action-reopened")),
    st.sampled_from(("a/lp-1", "b/lp-1", "c/lp-2")),
    st.integers(0, 3),
    other=st.sampled_from(("a/lp-1", "b/lp-1")),
    text=st.text(max_size=5),
    reason=st.just("because"),
    on=st.booleans(),
)


@given(st.lists(_some, max_size=12), st.randoms())
def test_two_copies_merge_in_any_order(made: list[Decision], random: Random) -> None:
    twice = [*made, *made[: len(made) // 2]]
    random.shuffle(twice)
    assert in_order(twice) == in_order(made)
    assert vars(Decided(twice)) == vars(Decided(made))


@given(st.lists(_some, max_size=6))
def test_decisions_come_back_from_their_file(tmp_path_factory: pytest.TempPathFactory, made: list[Decision]) -> None:
    folder = tmp_path_factory.mktemp("decisions")
    for one in made:
        decisions.add(folder, one)
    assert decisions.read(folder).decisions == in_order(made)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.7, 0.9, 0.97])
def test_half_a_decision_is_kept_aside_and_the_rest_counts(tmp_path: Path, share: float) -> None:
    played(tmp_path, "one")
    decisions.add(tmp_path, decision("threshold", number=3))
    path = tmp_path / decisions.NAME
    whole = path.read_bytes()
    decisions.add(tmp_path, decision("group", "one", 1, text="Velsen"))
    more = path.read_bytes()[len(whole) :]
    path.write_bytes(whole + more[: max(round(share * len(more)), len("\n[[decision]]\n"))])
    dossier = Dossier.open([tmp_path])
    assert dossier.decided.threshold == 3
    assert [one.sentence for one in dossier.overview().skipped] == ["dossier-decision-cut-off"]
    dossier.decide(decision("group", "one", 2, text="Beverwijk"))
    assert path.read_bytes().startswith(whole)
    assert Dossier.open([tmp_path]).overview().skipped == ()
    assert Dossier.open([tmp_path]).runs()[0].group == "Beverwijk"
    assert len(list(tmp_path.glob("*.torn-*"))) == 1


def test_a_decision_of_a_newer_version_is_told_and_left_in_its_place(tmp_path: Path) -> None:
    played(tmp_path, "one")
    decisions.add(tmp_path, decision("threshold", number=3))
    path = tmp_path / decisions.NAME
    newer = path.read_bytes() + b"\n[[decision]]\nid = 'x'\nat = 2030-01-01T00:00:00Z\nby = 'A'\nwhat = 'dance'\n"
    path.write_bytes(newer)
    dossier = Dossier.open([tmp_path])
    assert dossier.decided.threshold == 3
    assert [one.sentence for one in dossier.overview().skipped] == ["dossier-decision-newer"]
    dossier.decide(decision("threshold", minute=5, number=4))
    assert path.read_bytes().startswith(newer)
    assert dossier.decided.threshold == 4


@given(st.data())
def test_a_file_of_decisions_that_is_cut_anywhere_opens_as_its_whole_blocks(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    made = data.draw(st.lists(_some, min_size=1, max_size=4))
    ends = []
    for one in made:
        decisions.add(folder, one)
        ends.append((folder / decisions.NAME).stat().st_size)
    whole = (folder / decisions.NAME).read_bytes()
    cut = data.draw(st.integers(len(b'format = "tabletop-dossier/1"\n'), len(whole)))
    (folder / decisions.NAME).write_bytes(whole[:cut])
    before = [one for one, end in zip(made, ends, strict=True) if end <= cut]
    left = decisions.read(folder).decisions
    assert set(left) - set(before) <= {one for one, end in zip(made, ends, strict=True) if end == cut + 1}
    assert set(before) <= set(left)
    last = decision("threshold", minute=9, number=4)
    decisions.add(folder, last)
    assert last in decisions.read(folder).decisions
