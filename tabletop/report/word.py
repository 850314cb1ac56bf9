"""Writes a document as a Word file: real headings, lists and tables, in the language that it is in."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, assert_never

from tabletop.report import document as d
from tabletop.report import picture

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.styles.style import ParagraphStyle
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LOCALES: Final = {"nl": "nl-NL", "en": "en-GB"}
_INK, _QUIET, _TEXT = "12395B", "4A4A4A", "1A1A1A"
_LONGEST_TITLE: Final = 255
"""The most characters of what a file says it is called."""
_WIDTH_MM: Final = 178.0
_SPACE: Final = "\u00a0"
_END: Final = "\u200b"
"""After the last space of a line, which would not be drawn otherwise."""
_SLOTS: Final = 96
"""Spaces that the bars of a step are drawn with, shaded where there is a bar."""


def page(document: d.Document) -> bytes:
    """Return the file."""
    import docx

    paper = docx.Document()
    _prepare(paper, document)
    paper.add_heading(d.plain(document.title), 1)
    for block in document.blocks:
        _add(paper, block)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _prepare(paper: "Paper", document: d.Document) -> None:
    """Set paper, styles, language and title; nothing stays of what the template says of itself."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(14)
    section.header_distance = section.footer_distance = Mm(7)
    about = paper.core_properties
    about.title, about.language = d.plain(document.title)[:_LONGEST_TITLE], _LOCALES[document.language]
    about.author = about.comments = about.keywords = about.last_modified_by = ""
    for dated in ("created", "modified"):
        for element in about._element.findall(f"{{http://purl.org/dc/terms/}}{dated}"):  # noqa: SLF001
            about._element.remove(element)  # noqa: SLF001
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LOCALES[document.language])
    _styles(paper)


def _styles(paper: "Paper") -> None:
    for name, size, before, after, colour in (
        ("Normal", 9.5, 0, 3, _TEXT),
        ("Heading 1", 18, 0, 4, _INK),
        ("Heading 2", 11, 7, 2, _INK),
        ("Heading 3", 9.5, 5, 1, _INK),
        ("List Bullet", 9.5, 0, 1, _TEXT),
        ("Quote", 9.5, 0, 2, _TEXT),
    ):
        _style(paper.styles[name], size, before, after, colour)


def _style(style: Any, size: float, before: float, after: float, colour: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    named: ParagraphStyle = style
    named.font.name, named.font.size, named.font.color.rgb = "Arial", Pt(size), RGBColor.from_string(colour)
    fonts = named.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    named.paragraph_format.space_before, named.paragraph_format.space_after = Pt(before), Pt(after)
    named.paragraph_format.line_spacing = 1.0


def _add(paper: "Paper", block: d.Block) -> None:
    match block:
        case d.Heading():
            paper.add_heading(d.plain(block.text), block.level)
        case d.Paragraph():
            _fill(paper.add_paragraph(), block.said, small=block.small)
        case d.Prose():
            for lines in block.paragraphs:
                _lines(paper.add_paragraph(), lines)
        case d.Bullets():
            for item in block.items:
                _fill(paper.add_paragraph(style="List Bullet"), item)
        case d.Quotes():
            for text in block.texts:
                _fill(paper.add_paragraph(style="Quote"), f"“{d.plain(text)}”")
        case d.Facts():
            for name, said in block.rows:
                _fill(paper.add_paragraph(), (d.Strong(f"{d.plain(name)}: "), *_parts(said)))
        case d.Table():
            _table(paper, block.head, [[(cell,) for cell in row] for row in block.rows],
                   _widths(block.head, block.rows))  # fmt: skip
        case d.Beside():
            _beside(paper, block)
        case d.Choices():
            _choices(paper, block)
        case d.Timeline():
            _timeline(paper, block)
        case _:
            assert_never(block)


def _parts(said: d.Said) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def _fill(paragraph: "Paragraph", said: d.Said, *, small: bool = False, size: float = 0) -> "Paragraph":
    from docx.shared import Pt, RGBColor

    for run in d.runs(said):
        made = paragraph.add_run()
        made.text = run.text
        if run.is_strong:
            made.bold = True
        if small:
            made.font.size, made.font.color.rgb = Pt(8.5), RGBColor.from_string(_QUIET)
        elif size:
            made.font.size = Pt(size)
    return paragraph


def _lines(paragraph: "Paragraph", lines: Sequence[str]) -> None:
    for place, line in enumerate(lines):
        run = paragraph.add_run()
        if place:
            run.add_break()
        run.add_text(line)


def _choices(paper: "Paper", block: d.Choices) -> None:
    _fill(paper.add_paragraph(), (d.Strong(block.question),)).paragraph_format.keep_with_next = True
    if block.answers:
        _fill(paper.add_paragraph(), "     ".join(f"☐ {d.plain(answer)}" for answer in block.answers))
    for _ in range(block.lines):
        paper.add_paragraph("_" * 90)


# --- tables ---


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Widths in millimetres, after the longest text of each column."""
    longest = [min(max(len(row[place]) for row in (head, *rows)), 45) + 2 for place in range(len(head))]
    return tuple(_WIDTH_MM * one / sum(longest) for one in longest)


def _table(
    paper: "Paper", head: Sequence[str], rows: Sequence[Sequence[Sequence[d.Said]]], widths: Sequence[float]
) -> None:
    """A table with a row of headings that is repeated on each page; a cell is a list when there is more than one."""
    made = _grid(paper, len(rows) + 1, widths)
    for number, cells in enumerate(made):
        said = [((d.Strong(text),),) for text in head] if not number else rows[number - 1]
        for place, (cell, lines) in enumerate(zip(cells, said, strict=True)):
            for row, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if not row else cell.add_paragraph()
                words = (d.Strong(d.plain(line)),) if not place else line
                _fill(paragraph, words, size=9)
                paragraph.paragraph_format.space_after = 0


def _grid(paper: "Paper", rows: int, widths: Sequence[float]) -> "list[list[_Cell]]":
    """An empty table with lines between its rows, its cells by row."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    table = paper.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C4CAD0"/>' for side in ("top", "bottom", "insideH")
    )
    borders = parse_xml(f'<w:tblBorders xmlns:w="{_WORD}">{lines}</w:tblBorders>')
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)  # noqa: SLF001  # Word minds the order
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader xmlns:w="{_WORD}"/>'))  # noqa: SLF001
    found = []
    for row in table.rows:
        cells = list(row.cells)
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Mm(width)
        found.append(cells)
    after = paper.add_paragraph().paragraph_format
    after.space_after, after.line_spacing = 0, Pt(4)
    return found


def _beside(paper: "Paper", block: d.Beside) -> None:
    first = 0.22 * _WIDTH_MM
    rest = (_WIDTH_MM - first) / (len(block.head) - 1)
    rows = [((name,), *(items or ("–",) for items in columns)) for name, columns in block.rows]
    _table(paper, block.head, rows, (first, *[rest] * (len(block.head) - 1)))


# --- the picture ---


def _timeline(paper: "Paper", block: d.Timeline) -> None:
    """The picture as a table: beside the words of each step its bars, drawn with shaded spaces."""
    words = block.legend
    made = _grid(paper, len(block.bars) + 1, (56, 32, 90))
    for cell, text in zip(made[0], (words.step, words.times), strict=False):
        _fill(cell.paragraphs[0], (d.Strong(text),), size=8)
    _legend(made[0][2].paragraphs[0], block)
    for bar, cells in zip(block.bars, made[1:], strict=True):
        _fill(cells[0].paragraphs[0], picture.label(bar), size=8)
        _fill(cells[1].paragraphs[0], bar.times, size=8)
        _bar(cells[2].paragraphs[0], block, bar.planned, bar.planned_minutes, picture.COLOURS["planned"])
        _bar(cells[2].add_paragraph(), block, bar.began, bar.minutes, picture.COLOURS[bar.kind])
    for cell in (cell for cells in made for cell in cells):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = 0


def _legend(paragraph: "Paragraph", block: d.Timeline) -> None:
    from docx.shared import Pt

    kinds = {bar.kind for bar in block.bars}
    for kind, name in (
        ("planned", block.legend.planned),
        ("inject", block.legend.inject),
        ("feedback", block.legend.feedback),
        ("debrief", block.legend.debrief),
    ):
        if kind == "planned" or kind in kinds:
            _shade(paragraph.add_run(_SPACE * 3), picture.COLOURS[kind])
            paragraph.add_run(f" {name}   ")
    for run in paragraph.runs:
        run.font.size = Pt(7.5)


def _bar(paragraph: "Paragraph", block: d.Timeline, start: float | None, minutes: float, colour: str) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.line_spacing = Pt(5.5)
    if start is None:
        return
    first = round(_SLOTS * max(start, 0.0) / block.minutes)
    last = max(round(_SLOTS * (start + max(minutes, 0.0)) / block.minutes), first + 1)
    before, bar = paragraph.add_run(_SPACE * first), paragraph.add_run(_SPACE * (last - first) + _END)
    _shade(bar, colour)
    for run in (before, bar):
        run.font.name, run.font.size = "Courier New", Pt(4.2)


def _shade(run: "Run", colour: str) -> None:
    from docx.oxml import parse_xml

    shade = f'<w:shd xmlns:w="{_WORD}" w:val="clear" w:color="auto" w:fill="{colour.removeprefix("#").upper()}"/>'
    run._r.get_or_add_rPr().append(parse_xml(shade))  # noqa: SLF001
