"""Every writer tells the same document: foreign text is only text in it, and whoever cannot see it can read it too."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from tabletop.core import moves
from tabletop.core.exercise import Exercise
from tabletop.files import library
from tabletop.locale import words_for
from tabletop.report import document as d
from tabletop.report import html, markdown, word
from tabletop.report.audience import Reader
from tabletop.report.survey import survey
from tabletop.report.why import why
from tests.builders import Run, small_exercise
from tests.report.accessible import Page, contrast, problems
from tests.report.reports import FORMS, READERS, Logged, dutch_run, logged, whole_run

HOSTILE = (
    '<script>alert(1)</script> & "quoted" </div></svg></style>',
    "<!-- comment --> ]]> <![CDATA[",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =cmd|'/c calc'!A0",
    "＝1+1",
    "esc \x1b[31m bell \x07 c1 \x9b31m",
    "rtl \u202e txt \u2066 isolate \u200f mark",
    "👩\u200d🚒 𝕏 e\u0301 漢字" * 5,
    "w" * 3000,
    "# heading [link](http://example.org) ![i](x) | a | b |",
    "{braces} {0} %s $x$",
    "_x0007_ \ufffe \ud800 end",
)
each_hostile = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
DUTCH = library.load(library.find("zonder-gas"))
SHIPPED = [library.load(path) for path in sorted(library.shipped_folder().glob("*.toml"))]
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def log() -> Logged:
    return logged(whole_run())


def hostile_run(text: str) -> Run:
    exercise = small_exercise(title=text or "-", purpose=text, themes=[text])
    run = Run(exercise).until_shown("a1").do(moves.note_point, "keep", text, "field-one", themes=[text])
    run.do(moves.note_point, "keep", text, None).do(moves.revise_point, "lp-2", level="both", themes=[text])
    run.do(moves.note_point, "keep", text, None).do(moves.revise_point, "lp-3", kind="question")
    run.do(moves.decide, text).do(moves.improvise, text, title=text).do(moves.use_instrument, text)
    return run.until_stop("agreement").do(moves.agree, text).do(moves.end)


# --- foreign text ---


@each_hostile
def test_foreign_text_is_only_text_on_a_page(text: str) -> None:
    page = Page(logged(hostile_run(text)).text(".html"))  # which fails on tags that do not match
    assert {tag for tag, _ in page.tags} <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "dl",
        "dt",
        "dd",
        "p",
        "ul",
        "li",
        "strong",
        "figure",
        "svg",
        "desc",
        "path",
        "rect",
        "text",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
    }
    assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert all(
        character.isprintable() or character in "\n\u200b\u200d" for text in page.text["body"] for character in text
    )


@each_hostile
def test_foreign_text_is_only_text_in_word(text: str) -> None:
    data = logged(hostile_run(text)).report(".docx")
    paper = docx.Document(io.BytesIO(data))
    plain, said = logged(hostile_run("plain")).report(".docx"), [one.text for one in paper.paragraphs]
    assert [one.style.name for one in paper.paragraphs] == [
        one.style.name for one in docx.Document(io.BytesIO(plain)).paragraphs
    ]
    assert all(character.isprintable() or character in "\n\u200b\u200d\xa0" for line in said for character in line)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        targets = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
    assert not any('TargetMode="External"' in target for target in targets)


@each_hostile
def test_no_cell_of_a_spreadsheet_begins_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(logged(hostile_run(text)).text(".csv"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 4
    for cell in (cell for row in rows[1:] for cell in row):
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        assert "\x1b" not in cell


@each_hostile
def test_json_has_the_text_as_it_is_without_what_hides(text: str) -> None:
    found = json.loads(logged(hostile_run(text)).report(".json"))
    assert found["format"] == "tabletop-points/1"
    assert len(found["points"]) == 3
    assert all(character.isprintable() or character in "\u200b\u200d" for character in found["points"][0]["text"])


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_adds_structure_to_any_document(title: str, text: str) -> None:
    def blocks(one: str, other: str) -> d.Document:
        return d.Document(
            f"a{one}b",
            "en",
            (
                d.Heading(2, f"a{one}b"),
                d.Paragraph((d.Strong(f"a{one}b"), f"c{other}d")),
                d.Bullets((f"a{other}b",)),
                d.Quotes((f"a{other}b",)),
                d.Facts(((f"a{one}b", f"a{other}b"),)),
                d.Table((f"a{one}b", "x"), ((f"a{other}b", "y"),)),
                d.Beside(("x", f"a{one}b"), ((f"a{other}b", ((f"a{one}b",),)),)),
                d.Choices(f"a{one}b", (f"a{other}b",)),
            ),
        )

    there, plain = Page(html.page(blocks(title, text))), Page(html.page(blocks("", "")))
    assert there.tags == plain.tags
    starts = [re.match(r"[#|\-*>☐ ]*", line)[0] for line in markdown.page(blocks(title, text)).splitlines()]  # type: ignore[index]
    assert starts == [re.match(r"[#|\-*>☐ ]*", line)[0] for line in markdown.page(blocks("", "")).splitlines()]  # type: ignore[index]


def test_a_prose_keeps_its_paragraphs_and_lines_in_every_form() -> None:
    said = d.Document("t", "en", (d.Prose("one\ntwo\n\n \nthree\n"),))
    assert "one\\\ntwo\n\nthree\n" in markdown.page(said)
    assert "<p>one<br>two</p>\n<p>three</p>" in html.page(said)
    assert [one.text for one in docx.Document(io.BytesIO(word.page(said))).paragraphs] == ["t", "one\ntwo", "three"]


# --- HTML ---


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("who", READERS, ids=lambda who: who.kind)
def test_a_page_is_accessible(log: Logged, who: Reader, language: str) -> None:
    assert list(problems(log.text(".html", who, language))) == []  # type: ignore[arg-type]


def test_what_was_said_in_another_language_is_marked_for_who_reads_aloud(log: Logged) -> None:
    spoken = log.head.exercise.language
    other = "en" if spoken == "nl" else "nl"
    assert "<blockquote>" in log.text(".html", READERS[0], spoken)
    page = log.text(".html", READERS[0], other)
    assert f'<blockquote lang="{spoken}">' in page
    assert "<blockquote>" not in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_papers_of_no_run_are_accessible_too(language: str) -> None:
    for paper in (why, survey):
        page = html.page(paper(words_for(language)))  # type: ignore[arg-type]
        assert list(problems(page)) == []
        assert f'<html lang="{language}">' in page


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('lang="en"', ""),
        ("<title>[^<]*<", "<title><"),
        ("(</?)h2>", r"\1h4>"),
        (' scope="row"', ""),
        (' role="img"', ""),
        ("#1a1a1a", "#bbbbbb"),
        ("(</?)main>", r"\1div>"),
        ("<desc([^>]*)>[^<]*<", r"<desc\1><"),
        ("#12507b", "#eeeeee"),
    ],
)
def test_the_check_of_a_page_finds_what_is_wrong(log: Logged, before: str, after: str) -> None:
    page = log.text(".html")
    assert list(problems(page)) == []
    spoiled, count = re.subn(before, after, page)
    assert count
    assert list(problems(spoiled))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_a_page_asks_nothing_of_a_network(log: Logged) -> None:
    page = log.text(".html")
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href|action|url)\s*[=(]""", re.sub(r"default-src|style-src", "", page))
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) == {"http://www.w3.org/2000/svg"}


# --- Word ---


def test_word_has_real_headings_lists_and_tables_in_its_language(log: Logged) -> None:
    for language, locale in (("nl", "nl-NL"), ("en", "en-GB")):
        paper = docx.Document(io.BytesIO(log.report(".docx", READERS[0], language)))  # type: ignore[arg-type]
        styles = [one.style.name for one in paper.paragraphs]
        assert styles.count("Heading 1") == 1
        assert styles.count("Heading 2") > 10
        assert {"List Bullet", "Quote"} <= set(styles)
        assert paper.core_properties.title == paper.paragraphs[0].text
        assert paper.core_properties.language == locale
        assert paper.core_properties.author == ""
        assert {one.get(qn("w:val")) for one in paper.styles.element.iter(qn("w:lang"))} == {locale}
        assert round(paper.sections[0].page_width.mm) == 210
        for table in paper.tables:
            first, *others = table.rows
            assert first._tr.trPr.find(qn("w:tblHeader")) is not None
            assert all(row._tr.trPr is None for row in others)
            kinds = [one.tag for one in table._tbl.tblPr]
            assert kinds.index(qn("w:tblBorders")) < kinds.index(qn("w:tblLayout")), "Word minds the order"
        assert len(paper.tables) == 3


def test_word_knows_what_was_said_in_another_language(log: Logged) -> None:
    paper = docx.Document(io.BytesIO(log.report(".docx", language="nl")))
    said = [run for paragraph in paper.paragraphs if paragraph.style.name == "Quote" for run in paragraph.runs]
    assert said
    assert {run._element.rPr.find(qn("w:lang")).get(qn("w:val")) for run in said} == {"en-GB"}


def test_the_picture_in_word_has_a_bar_for_when_a_step_was_planned_and_one_for_when_it_came() -> None:
    run = Run().wait(60).until_shown("a1").wait(600).do(moves.end)
    paper = docx.Document(io.BytesIO(logged(run).report(".docx")))
    rows = {row.cells[0].text: row.cells for row in paper.tables[0].rows}
    planned, came = rows["A1 title-a1"][2].paragraphs
    assert len(planned.runs[0].text) < len(came.runs[0].text)
    assert rows["A1 title-a1"][1].text == "13:00 · 13:01 (+1)"
    assert len(rows["A6 title-a6 (not reached)"][2].paragraphs[1].runs) == 0


# --- whole runs ---


def play(exercise: Exercise) -> Run:
    officials = tuple(one.id for one in exercise.key_officials)[:6]
    run = Run(exercise, officials, card=exercise.call_out.cards[0].id if exercise.call_out else None).wait(60)
    if exercise.call_out is not None:
        run.do(moves.call, officials[0], "can").wait(60)
    else:
        run.until_shown(exercise.injects[0].id)
    run.do(moves.note_point, "keep", "Eerst koffie.", officials[0]).do(moves.decide, "Wij wachten.")
    for inject in exercise.injects if exercise.call_out is None else ():
        if inject.id in {step.id for step in run.session.upcoming_steps}:
            run.until_shown(inject.id).wait(180)
        if inject.choices and run.session.current == inject.id:
            run.do(moves.choose, inject.choices[0].id)
    return run.do(moves.end)


@pytest.mark.parametrize("exercise", SHIPPED, ids=lambda one: one.id)
def test_every_shipped_exercise_gives_reports_of_all_kinds(exercise: Exercise) -> None:
    found = logged(play(exercise))
    for who in (*READERS[:3], Reader("official", exercise.key_officials[0].id)):
        for form in FORMS:
            assert found.report(form, who)
        assert list(problems(found.text(".html", who))) == []
    text = found.text(".md")
    assert exercise.title in text.replace("\\", "")
    assert "Eerst koffie." in text


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here to render a Word file with")
@pytest.mark.parametrize("who", READERS[:3], ids=lambda who: who.kind)
def test_libreoffice_renders_a_normal_run_on_two_pages_at_most(who: Reader, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(logged(dutch_run(DUTCH)).report(".docx", who))
    assert SOFFICE is not None
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "report.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=90,
    )
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / "report.pdf").read_bytes()))
    assert 1 <= pages <= 2
