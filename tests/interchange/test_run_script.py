"""The script of a run: what became of each step, and nothing that is not for others."""

from pathlib import Path

from tabletop.core import moves
from tabletop.core.names import Names
from tabletop.interchange.exporting import run_lines, script_bytes
from tabletop.interchange.importing import Asked, import_script
from tabletop.interchange.tables import Line, lines
from tabletop.locale import words_for
from tests.builders import SMALL, Run

EN = words_for("en")


def played() -> Run:
    run = Run().space().wait(120)
    run.do(moves.change_next, "Something else, says Sanne.")
    run.do(moves.improvise, "Sanne rings the mayor.", title="A call")
    run.wait(60).until_shown("a2").until_shown("a4")
    run.do(moves.choose, "stay", "because Sanne says so")
    return run.do(moves.note_point, "keep", "private-word", "field-one", private=True)


def script(run: Run) -> list[Line]:
    return list(run_lines(list(lines(SMALL, EN)), run.session, Names([("Sanne", "Field One")]), EN))


def test_it_says_what_was_planned_and_what_became_of_it() -> None:
    rows = {str(line.cells.get("id")): line.cells for line in script(played()) if line.kind in {"inject", "feedback"}}
    assert (rows["a1"]["state"], rows["a1"]["minute"], rows["a1"]["actual_minute"]) == ("shown", 0, 0)
    assert rows["a1"]["actual_time"] == "13:00"
    assert rows["a2"]["state"] == "shown, changed"
    assert rows["a2"]["shown_text"] == "Something else, says Field One."
    assert str(rows["a2"]["text"]).startswith("text-a2"), "as its author wrote it"
    assert (rows["a4"]["chosen"], rows["a4"]["because"]) == ("stay", "because Field One says so")
    assert rows["a6"]["state"] == "not reached"
    assert rows["f1"]["state"] == "held"


def test_what_was_improvised_stands_where_it_came_without_names() -> None:
    rows = script(played())
    place = next(place for place, line in enumerate(rows) if line.cells.get("state") == "improvised")
    assert rows[place].cells["text"] == "Field One rings the mayor."
    before = [line.cells["id"] for line in rows[:place] if line.kind in {"inject", "feedback"}]
    assert before == ["a1"]
    assert not [line for line in rows if "Sanne" in str(line.cells) or "private-word" in str(line.cells)]


def test_the_script_of_a_run_comes_back_as_the_exercise_that_was_run(tmp_path: Path) -> None:
    for ending in (".xlsx", ".csv"):
        path = tmp_path / f"run{ending}"
        path.write_bytes(script_bytes(script(played()), path, EN))
        made = import_script(path, Asked(), words_for("nl"), tmp_path)
        assert made.exercise == SMALL
        assert [note.code for one in made.verdicts for note in one.notes] == ["import-improvised"]


def test_a_skipped_step_says_why() -> None:
    run = Run().space()
    run.wait(300).do(moves.skip, "no time, says Sanne")
    rows = {str(line.cells.get("id")): line.cells for line in script(run)}
    skipped = next(cells for cells in rows.values() if cells.get("state") == "skipped")
    assert skipped["because"] == "no time, says Field One"
