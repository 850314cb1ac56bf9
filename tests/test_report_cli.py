"""``tabletop report`` and ``tabletop survey`` as a user meets them."""

import json
from pathlib import Path

import pytest

from tabletop.core import events as e
from tabletop.core.events import SURVEY_QUESTIONS
from tabletop.files.log import read
from tabletop.files.log.writing import block_of, head_of
from tabletop.locale.survey import ANSWERS, QUESTIONS
from tests.builders import small_exercise
from tests.report.reports import logged, whole_run
from tests.test_cli import refused, run


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    found = logged(whole_run(small_exercise(language="nl")))
    path = tmp_path / "a-run.toml"
    path.write_bytes(head_of(found.head) + b"".join(block_of(event, event.n) for event in found.events))
    return path


def test_the_extension_chooses_and_the_language_is_that_of_the_exercise(log: Path) -> None:
    for name, begins in (
        ("r.html", b"<!doctype"),
        ("r.docx", b"PK"),
        ("r.md", b"# Impressie"),
        ("r.csv", b"\xef\xbb\xbf"),
        ("r.json", b"{"),
    ):
        done = run("report", str(log), "-o", name, lang="en")
        assert done.returncode == 0, done.stderr
        assert name in done.stdout
        assert log.with_name(name).read_bytes().startswith(begins)
    assert run("report", str(log), "-o", "e.md", "--lang", "en").returncode == 0
    assert log.with_name("e.md").read_text(encoding="utf-8").startswith("# Impression report")


def test_without_a_name_it_stands_here_and_is_never_written_over(log: Path) -> None:
    assert run("report", str(log)).returncode == 0
    path = log.with_name("a-run-verslag.html")
    path.write_text("mine", encoding="utf-8")
    assert "--overwrite" in refused(run("report", str(log)))
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("report", str(log), "--overwrite").returncode == 0
    assert path.read_text(encoding="utf-8") != "mine"


def test_it_is_for_whom_it_is_asked_for(log: Path) -> None:
    assert run("report", str(log), "-o", "own.json", "--for", "field-one").returncode == 0
    found = json.loads(log.with_name("own.json").read_bytes())
    assert found["for"] == "field-one"
    assert {point["official"] for point in found["points"]} == {"field-one"}
    assert [point["text"] for point in found["points"] if point["private"]] == ["marker-own-private"]
    assert run("report", str(log), "-o", "named.md", "--names").returncode == 0
    assert "Janneke de Vries" in log.with_name("named.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a-run.toml", "-o", "r.pdf"], ".docx"),
        (["a-run.toml", "-o", "report"], ".docx"),
        (["a-run.toml", "--for", "iedereen"], "field-one"),
        (["a-run.toml", "--for", "regio", "--names"], "--names"),
        (["gone.toml"], "gone.toml"),
        (["."], ""),
        ([], "LOG"),
        (["a-run.toml", "-o", "gone/r.md"], "gone"),
        (["a-run.toml", "--why"], "--why"),
        (["--survey", "-o", "s.csv"], ".docx"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing(log: Path, arguments: list[str], says: str) -> None:
    before = sorted(log.parent.iterdir())
    assert says in refused(run("report", *arguments))
    assert sorted(log.parent.iterdir()) == before


@pytest.mark.parametrize("form", ["html", "docx", "md"])
@pytest.mark.parametrize("paper", ["why", "survey"])
def test_the_papers_of_no_run_are_in_the_language_of_whoever_asks(log: Path, paper: str, form: str) -> None:
    for lang in ("nl", "en"):
        done = run("report", f"--{paper}", "-o", f"{lang}.{form}", lang=lang)
        assert done.returncode == 0, done.stderr
    assert log.with_name(f"nl.{form}").read_bytes() != log.with_name(f"en.{form}").read_bytes()


# --- the survey ---


def test_what_residents_answered_is_entered_and_stands_in_the_report_as_effect(log: Path) -> None:
    done = run(
        "survey", str(log), "--reviewer", "Kim", "--count", "2=1,2,3,4,5", "--count", " 5 = 0, 0,0,0,7 ", lang="en"
    )
    assert done.returncode == 0, done.stderr
    assert "Question 2: 15 answers." in done.stdout
    assert [event.reviewer for event in read(log).events if isinstance(event, e.SurveyCounted)][-2:] == ["Kim", "Kim"]
    assert run("report", str(log), "-o", "r.md").returncode == 0
    text = log.with_name("r.md").read_text(encoding="utf-8")
    assert "| Ik wist wat ik zelf kon doen. | 1 | 2 | 3 | 4 | 5 | 9 van 15 |" in text
    assert "Kim" not in text


@pytest.mark.parametrize(
    "count",
    [
        "",
        "1",
        "1=",
        "0=1,2,3,4,5",
        "6=1,2,3,4,5",
        "x=1,2,3,4,5",
        "1=1,2,3,4",
        "1=1,2,3,4,5,6",
        "1=1,2,3,4,-5",
        "1=1,2,3,4,5.5",
        "1=1,2,3,4,99999999",
        "²=1,2,3,4,5",
        "1=1,2,3,4,\x1b[31m",
    ],
)
def test_a_count_that_is_none_is_one_sentence_and_nothing_is_entered(log: Path, count: str) -> None:
    before = log.read_bytes()
    for lang in ("nl", "en"):
        refused(run("survey", str(log), "--reviewer", "Kim", "--count", "1=1,1,1,1,1", "--count", count, lang=lang))
    assert log.read_bytes() == before


def test_a_question_twice_no_reviewer_and_no_log_are_one_sentence(log: Path) -> None:
    before = log.read_bytes()
    refused(run("survey", str(log), "--reviewer", "Kim", "--count", "1=1,1,1,1,1", "--count", "1=2,2,2,2,2"))
    refused(run("survey", str(log), "--reviewer", " ", "--count", "1=1,1,1,1,1"))
    refused(run("survey", str(log), "--count", "1=1,1,1,1,1"))
    refused(run("survey", "gone.toml", "--reviewer", "Kim", "--count", "1=1,1,1,1,1"))
    assert log.read_bytes() == before


def test_there_is_a_text_for_each_question_and_each_answer() -> None:
    assert len(QUESTIONS) == SURVEY_QUESTIONS
    assert len(ANSWERS) == 5
