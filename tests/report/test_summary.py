"""The summary at the end: it says what happened, to whoever reads it, and nothing that it may not say."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core import moves
from tabletop.core.exercise import Exercise
from tabletop.core.fold import begin
from tabletop.core.markdown import inline
from tabletop.core.session import Session
from tabletop.files.trouble import Trouble
from tabletop.locale import Language, words_for
from tabletop.locale.sentences import say
from tabletop.report.markdown import paragraphs
from tabletop.report.summary import markdown
from tabletop.report.writing import write_summary
from tests.builders import REACTING, START, Run, small_exercise

HOSTILE = (
    "# heading",
    "- [ ] task",
    "1. list",
    "12) list",
    "> quote",
    "===",
    "```code",
    "    indented",
    "<script>alert(1)</script>",
    "<!-- comment",
    "[link](http://example.org)",
    "![image](http://example.org/x.png)",
    "[ref]: http://example.org",
    "http://example.org www.example.org mailto:a@example.org",
    "a@example.org @somebody",
    "| a | b |",
    "&lt;b&gt; &#60;",
    "$x^2$ ~~gone~~ **bold** _it_ `code`",
    "=1+1",
    "+1",
    "\\<b>",
    "line\nbreak\r\n# heading",
    "esc \x1b[31m bell \x07 c1 \x9b31m rtl \u202e",
)


def said(session: Session, language: Language = "en") -> str:
    return markdown(session, words_for(language))


def section(text: str, title: str) -> str:
    """The lines under a heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no section {title}"
    return found[1]


def whole_run(exercise: Exercise | None = None) -> Run:
    """Everything that a summary has a section for, once."""
    run = Run(exercise or small_exercise(), hard_end=START + timedelta(minutes=60))
    run.wait(60).until_shown("a1").wait(120)
    run.do(moves.note_point, "keep", "coffee first", "field-one", themes=["staff"])
    run.do(moves.note_point, "change", "away at once", "leader-one")
    run.do(moves.note_point, "change", "a secret of mine", "field-one", private=True)
    run.do(moves.keep_private, "field-one")
    run.do(moves.note_point, "change", "", "office-one")
    run.do(moves.decide, "the hall stays shut")
    run.do(moves.detail_decision, run.session.decisions[0].id, official="field-one", where="field", within="yes")
    run.do(moves.observe, "rang the mayor", official="field-one", contact="mayor")
    run.do(moves.observe, "nobody should read this", official="field-one", private=True)
    run.do(moves.buy_time, 3, "leader-one").wait(30)
    run.until_stop("agreement").do(moves.agree, "first ask who").wait(90).space()
    run.do(moves.answer_first_question, "not-yet", "the operator does").until_shown("a2").wait(60)
    run.do(moves.pause, "break").sleep(600).do(moves.resume)
    run.until_shown("a3").wait(30)
    run.until_stop("round")
    run.do(moves.answer, "elderly people", "field-one", 2).do(moves.answer, "the elderly", "leader-one", 2)
    run.do(moves.answer, "kept answer", "office-one", 2, private=True)
    run.do(moves.agree_list, ["older people alone"])
    run.until_shown("a4").do(moves.choose, "go", "nobody sees this message").wait(900)
    run.space_until(lambda session: moves_due(run)).do(moves.postpone)
    run.space_until(lambda session: moves_due(run)).do(moves.skip, "we are late")
    run.do(moves.ask_fingers, "How sure are we?").do(moves.count_fingers, "443210")
    run.until_debrief().wait(60)
    run.do(moves.answer_debrief, "hectic but good", "field-one")
    run.do(moves.answer_debrief, "hidden impression", "field-one", private=True)
    run.do(moves.use_instrument, "checklist-one")
    run.wait(120).do(moves.end)
    return run


def moves_due(run: Run) -> bool:
    from tabletop.core.timeline import due_feedback

    return run.session.phase == "running" and due_feedback(run.session, run.moment) is not None


@pytest.fixture(scope="module")
def run() -> Run:
    return whole_run()


def test_learning_points_stand_under_their_official(run: Run) -> None:
    points = section(said(run.session), "Learning points")
    field = points.split("### Field One")[1].split("###")[0]
    assert (
        "- **+ keep**: coffee first (observation · for the person · process · A1 title-a1 · short-o1 · staff)" in field
    )
    assert "kept to oneself" not in field, "in a small group that points at somebody"
    assert points.rstrip().endswith("things were kept to oneself at this table.")
    leader = points.split("### Leader One")[1].split("###")[0]
    assert "**Δ do differently**: away at once" in leader


def test_what_was_kept_back_is_nowhere(run: Run) -> None:
    for language in ("nl", "en"):
        text = said(run.session, language)
        for secret in ("secret", "nobody should read", "kept answer", "hidden impression", "hidden"):
            assert secret not in text.replace("basis-hidden", "").replace("not-known-hidden", "")


def test_a_question_to_the_fingers_does_not_tell_a_point_that_became_private() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "change", "my own slip", "field-one")
    run.do(moves.ask_fingers, "my own slip", "lp-1").do(moves.count_fingers, "55")
    run.do(moves.ask_fingers, "my own slip").do(moves.count_fingers, "44")
    assert "my own slip" in said(run.session)
    run.do(moves.revise_point, "lp-1", private=True)
    text = said(run.session)
    assert "my own slip" not in text
    assert "1 thing was kept to oneself at this table." in text
    assert "| – | 0 | 0 | 0 | 0 | 0 | 2 |" in text


def test_what_was_undone_is_nowhere() -> None:
    run = Run().until_shown("a1").do(moves.buy_time, 3, "field-one").do(moves.undo)
    run.do(moves.answer_first_question, "yes", "taken back").do(moves.undo)
    text = said(run.session)
    assert "Time bought" not in text
    assert "taken back" not in text


def test_no_name_is_in_it_also_where_somebody_typed_it() -> None:
    run = Run().until_shown("a1").do(moves.join, "field-two", "Janneke de Vries", "Municipality X")
    run.do(moves.note_point, "keep", "Janneke de Vries and Name of field-one asked first", "field-two")
    run.do(moves.join, "field-two", "Piet")
    text = said(run.session)
    assert "F2 and Field One asked first" in text
    for name in ("Janneke", "Name of", "Municipality X", "Piet"):
        assert name not in text
    assert "At the table: Leader One, Field One, Field Two (from 13:00), Office One and Special One" in text


def test_planned_stands_beside_actual_in_whole_minutes(run: Run) -> None:
    rows = section(said(run.session), "Planned and actual").strip().splitlines()
    cells = {row.split(" | ")[0].strip("| "): row.strip("|").split(" | ")[1:] for row in rows}
    assert [cell.strip() for cell in cells["A1 title-a1"]][:3] == ["13:00", "13:01", "+1"]
    assert "skipped: we are late" in " ".join(cells["◆ title-f3"])
    assert [cell.strip() for cell in cells["End"]][:2] == ["14:00", f"{run.session.ended:%H:%M}"]


def test_what_was_put_in_and_what_was_never_reached_is_in_the_table() -> None:
    run = Run().until_shown("a1").wait(60).do(moves.improvise, "A lorry in the canal", title="Lorry").wait(60)
    run.do(moves.end)
    text = section(said(run.session), "Planned and actual")
    assert len(re.findall(r"Lorry \|\s+\| 13:01 \|\s+\| put in", text)) == 1
    assert "| A6 title-a6 | 13:39 |   |   | not reached |" in text


def test_decisions_say_who_where_and_within_mandate(run: Run) -> None:
    text = section(said(run.session), "Decisions")
    assert "- the hall stays shut (13:03 · A1 title-a1 · Field One · in the field (CoPI) · within mandate)" in text
    assert "in the field (CoPI) 1 · in the back office 0" in text
    assert "Dilemma A4 title-a4: choice-a4-go, because nobody sees this message" in text


def test_answers_to_every_question_stand_under_it_but_for_the_private_ones() -> None:
    run = Run().until_stop("round")
    run.do(moves.answer, "the elderly", "office-one", 2)
    run.do(moves.answer, "knock on doors", "field-one", 1).do(
        moves.answer, "kept answer", "leader-one", 1, private=True
    )
    text = section(said(run.session), "Answers")
    asked = run.session.stop.questions[0].text  # type: ignore[union-attr]
    assert f"### title-f2\n\n**{asked}**\n\n- Field One: knock on doors\n" in text
    assert "kept answer" not in text
    assert "elderly" not in text  # it has a section of its own


def test_who_left_stands_there_until_when_and_nothing_is_said_of_what_they_did_not_write() -> None:
    run = Run().until_shown("a1").wait(600).do(moves.leave_table, "field-one")
    run.do(moves.note_point, "keep", "Asked first.", "office-one").do(moves.leave_table, "office-one")
    text = said(run.session)
    assert "Leader One, Field One (until 13:10), Office One (until 13:10) and Special One" in text
    points = section(text, "Learning points")
    assert "### Field One" not in points
    assert "### Office One\n\n- **+ keep**: Asked first." in points
    assert "### Leader One\n\nNo point noted." in points
    run.wait(600).do(moves.join, "field-one")
    assert "Leader One, Field One, Office One (until 13:10)" in said(run.session), "who came back was there at the end"


def test_who_takes_over_a_function_was_there_from_then_on() -> None:
    run = Run().until_shown("a1").wait(600).do(moves.swap, "field-one", "field-two")
    assert "Field One (until 13:10), Field Two (from 13:10)" in said(run.session)
    assert "Field One (tot 13.10 uur), Field Two (vanaf 13.10 uur)" in said(run.session, "nl")


def test_a_choice_that_ends_in_a_full_stop_goes_on_with_because() -> None:
    exercise = small_exercise()
    steps = [
        step.model_copy(update={"choices": tuple(
            one.model_copy(update={"text": f"{one.text}."}) for one in step.choices
        )}) if step.id == "a4" else step
        for step in exercise.steps
    ]  # fmt: skip
    run = (
        Run(exercise.model_copy(update={"steps": tuple(steps)})).until_shown("a4").do(moves.choose, "go", "it is cold")
    )
    assert "choice-a4-go, because it is cold" in section(said(run.session), "Decisions")


def test_what_another_choice_would_have_brought_was_not_missed() -> None:
    run = Run(REACTING).until_shown("a4").do(moves.choose, "stay").wait(60).until_shown("a5").do(moves.end)
    text = section(said(run.session), "Planned and actual")
    assert "B1 title-b1" in text
    assert "| B4 title-b4 |   |   |   | not reached |" in text
    assert "B2" not in text
    assert "B3" not in text
    assert "Dilemma A4 title-a4: choice-a4-stay" in section(said(run.session), "Decisions")


def test_what_was_brought_in_late_stands_where_it_was_shown() -> None:
    run = Run(REACTING).until_shown("a5").wait(60).do(moves.choose, "stay").do(moves.show, "b1").do(moves.end)
    text = section(said(run.session), "Planned and actual")
    assert text.index("A5 title-a5") < text.index("B1 title-b1") < text.index("A6 title-a6")


def test_a_rebuttal_is_told_with_its_fingers() -> None:
    run = Run(REACTING).until_shown("a6").do(moves.rebut, "special-one").wait(60).space()
    run.do(moves.count_fingers, "3445").space().do(moves.rebut).do(moves.clear_screen)
    text = section(said(run.session), "Rebuttals")
    assert text.strip().splitlines() == [
        "- Special One (13:00 · A6 title-a6 · fingers: 1× 3 · 2× 4 · 1× 5)",
        "- The whole table (13:01 · A6 title-a6 · no fingers counted)",
    ]
    assert "Weerwoord" in said(run.session, "nl")


def test_an_informal_contact_is_no_error(run: Run) -> None:
    text = section(said(run.session), "Informal contacts")
    assert "never an error" in text
    assert "Field One ↔ Mayor: rang the mayor" in text


def test_feedback_points_say_what_became_of_them(run: Run) -> None:
    text = section(said(run.session), "Feedback points")
    assert "title-f1" in text
    assert "with an agreed line" in text
    assert "discussed, nothing written" in text
    assert "put off at" in text
    assert "we are late" in text


def test_the_other_sections_say_what_they_are_for(run: Run) -> None:
    text = said(run.session)
    assert "office" in section(text, "Still to be written out").casefold()
    assert "first ask who (title-f1). Did it happen?" in section(text, "Agreements")
    assert "not yet, because the operator does" in section(text, "First question")
    assert "Asked again, because something happened" in said(
        Run().do(moves.answer_first_question, "no").until_shown("a2").session
    )
    assert "elderly (2)" in section(text, "Less self-reliant here")
    assert "Agreed at the table: older people alone" in section(text, "Less self-reliant here")
    assert "hectic but good" in section(text, "Debrief")
    assert "checklist-one" in section(text, "Really used")
    assert "checklist-two" not in section(text, "Really used")
    assert "| How sure are we? | 1 | 1 | 1 | 1 | 2 | 0 |" in section(text, "Fingers (0-5)")
    assert "Leader One" in section(text, "Time bought")
    assert re.search(r"- break \(13:\d\d – 13:\d\d\)", section(text, "Pauses"))
    assert "reveal-source" in section(text, "What it was based on")


def test_a_later_answer_to_the_first_question_takes_the_place_of_the_earlier_until_it_is_asked_again() -> None:
    run = Run().until_shown("a1").do(moves.answer_first_question, "yes", "a slip of the finger")
    run.do(moves.answer_first_question, "no", "they help each other").until_shown("a2")
    text = said(run.do(moves.answer_first_question, "not-yet", "now it is worse").session)
    assert "a slip of the finger" not in text
    assert text.index("no, because they help each other") < text.index("not yet, because now it is worse")


def test_the_first_question_is_missed_only_where_acting_began_before_it() -> None:
    run = Run().until_shown("a1")
    assert "First question" not in said(run.session)
    run.do(moves.decide, "we act")
    assert "Not recorded before acting began." in section(said(run.session), "First question")


def test_a_run_without_anything_has_a_summary() -> None:
    empty = begin(small_exercise())
    assert said(empty).startswith("# Small exercise\n")
    assert "not begun" in said(empty)
    assert "Learning points" not in said(empty)
    started = Run()
    assert "No point noted." in said(started.session)
    assert "not reached" in said(started.session)


def test_dutch_has_no_english_in_it(run: Run) -> None:
    text = said(run.session, "nl")
    english = {line for line in said(run.session, "en").splitlines() if line.startswith("## ")}
    dutch = {line for line in text.splitlines() if line.startswith("## ")}
    assert english & dutch == set()
    assert "ma 23 nov 2026, 13.00 tot 13." in text
    assert "zijn aan deze tafel voor zichzelf gehouden." in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_is_only_text(hostile: str) -> None:
    shown = inline(hostile)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)[\[\]`*_|$<>#~]", re.sub(r"&(lt|gt|amp);", "", shown))
    assert not re.match(r"\s|[-+=>#]|\d+[.)]", shown)
    assert not re.search(r"https?://|www\.|@\w|mailto:", shown)
    assert all(character.isprintable() or character == "\u200b" for character in shown)


def test_a_text_of_several_lines_keeps_its_paragraphs() -> None:
    assert paragraphs("one\ntwo\n\n\n# three\n") == ["one\\\ntwo", "", "\\# three", ""]
    assert paragraphs(" \n ") == []


@given(st.text(max_size=80))
def test_no_text_adds_structure(text: str) -> None:
    def lines(title: str) -> list[str]:
        run = Run().until_shown("a1").do(moves.note_point, "keep", title, "field-one", themes=["x"])
        found = said(run.session).splitlines()
        return [re.match(r"[#|\-*> ]*", line)[0] for line in found]  # type: ignore[index]

    assert lines(f"a {text} b") == lines("a b")


# --- the file ---


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "logs" / "2026-11-23-1300-small-1a2b.toml"
    path.parent.mkdir()
    path.write_text("format = 'tabletop-log/1'\n", encoding="utf-8")
    return path


def test_it_stands_beside_the_log_in_the_language_of_the_exercise(run: Run, log: Path) -> None:
    path = write_summary(run.session, log)
    assert path == log.with_suffix(".md")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<!-- tabletop-summary/1 ")
    assert text.split("\n", 1)[1] == said(run.session, "en")
    assert sorted(log.parent.iterdir()) == sorted([log, path])
    dutch = whole_run(small_exercise(language="nl"))
    assert "## Leerpunten" in write_summary(dutch.session, log.with_name("other.toml")).read_text(encoding="utf-8")


def test_our_own_of_the_same_run_is_replaced(run: Run, log: Path) -> None:
    first = write_summary(Run().until_shown("a1").session, log)
    before = first.read_bytes()
    assert write_summary(run.session, log) == first
    assert first.read_bytes() != before


def test_what_is_not_ours_is_left_alone(run: Run, log: Path) -> None:
    theirs = log.with_suffix(".md")
    theirs.write_text("# My notes\n", encoding="utf-8")
    second = write_summary(run.session, log)
    assert second.name == f"{log.stem}-2.md"
    assert write_summary(run.session, log) == second
    assert theirs.read_text(encoding="utf-8") == "# My notes\n"


def test_what_somebody_changed_since_is_left_alone(run: Run, log: Path) -> None:
    first = write_summary(run.session, log)
    first.write_text(first.read_text(encoding="utf-8") + "My own line.\n", encoding="utf-8")
    assert write_summary(run.session, log) != first
    assert first.read_text(encoding="utf-8").endswith("My own line.\n")


def test_that_of_another_run_is_left_alone(run: Run, log: Path) -> None:
    other = Run(now=START + timedelta(days=1))
    first = write_summary(other.session, log)
    assert write_summary(run.session, log) != first


def test_a_folder_a_link_or_the_log_itself_in_its_place_is_left_alone(run: Run, log: Path) -> None:
    log.with_suffix(".md").mkdir()
    log.with_name(f"{log.stem}-2.md").symlink_to(log.with_name("nowhere"))
    assert write_summary(run.session, log).name == f"{log.stem}-3.md"
    odd = log.with_name("odd.md")
    odd.write_text("a log", encoding="utf-8")
    assert write_summary(run.session, odd).name == "odd-2.md"
    assert odd.read_text(encoding="utf-8") == "a log"


def test_a_folder_that_is_gone_is_said_in_one_sentence(run: Run, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        write_summary(run.session, tmp_path / "gone" / "run.toml")
    for language in ("nl", "en"):
        sentence = say(words_for(language), trouble.value.code, trouble.value.values)
        assert str(tmp_path / "gone" / "run.md") in sentence


FULL = """
import resource, signal, sys
from pathlib import Path
from tabletop.core.fold import begin
from tabletop.files.trouble import Trouble
from tabletop.report.writing import write_summary
from tests.builders import small_exercise
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
session = begin(small_exercise())
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write_summary(session, Path(sys.argv[1]))
except Trouble as trouble:
    print(trouble.code)
"""


def test_a_full_disk_leaves_nothing_half_written(log: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", FULL, str(log)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "summary-not-written-full", done.stderr
    assert list(log.parent.iterdir()) == [log]


def test_everything_private_is_in_one_number() -> None:
    run = Run().until_shown("a1").do(moves.keep_private, "field-one")
    run.do(moves.note_point, "keep", "my own", "leader-one", private=True).do(moves.observe, "aside", private=True)
    run.until_stop("round").do(moves.answer, "only mine", "field-one", 1, private=True)
    run.until_debrief().do(moves.answer_debrief, "for me", private=True)
    run.do(moves.keep_private, "field-one").do(moves.undo)
    text = said(run.session)
    assert "5 things were kept to oneself at this table." in text
    assert text.count("kept to oneself") == 1


def test_a_thank_you_that_was_approved_stands_in_the_summary() -> None:
    run = Run().until_shown("a1").do(moves.note_point, "keep", "asked first, Name of field-one", "field-one")
    run.until_debrief()
    assert "## Thank you" not in said(run.session)
    run.do(moves.approve_thanks, "field-one", "asked first, Name of field-one")
    assert section(said(run.session), "Thank you").strip() == "- Field One: “asked first, Field One”"
