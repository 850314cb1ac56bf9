"""Writes a document as a Word file: real headings, lists and tables, in the language that it is in.

python-docx makes the file and its styles. What stands in it is put together here and taken in at once: made paragraph
by paragraph it would take three times as long.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, assert_never
from xml.sax.saxutils import escape, quoteattr

from tabletop.core.exercise import Language
from tabletop.report import document as d
from tabletop.report import picture

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.styles.style import ParagraphStyle

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LOCALES: Final[Mapping[Language, str]] = {"nl": "nl-NL", "en": "en-GB"}
_INK, _QUIET, _TEXT, _LINE = "12395B", "4A4A4A", "1A1A1A", "C4CAD0"
_LONGEST_TITLE: Final = 255
"""The most characters of what a file says it is called."""
_STYLES: Final = (
    ("Normal", 9.5, 0, 3, _TEXT),
    ("Heading 1", 18, 0, 4, _INK),
    ("Heading 2", 11, 7, 2, _INK),
    ("Heading 3", 9.5, 5, 1, _INK),
    ("List Bullet", 9.5, 0, 1, _TEXT),
    ("Quote", 9.5, 0, 2, _TEXT),
)
"""Of each style the size, the space before and after it, all in points, and the colour."""
_WIDTH: Final = 10_090
"""Of the text on the page, in twentieths of a point, as all widths here."""
_SPACE: Final = "\u00a0"
_END: Final = "\u200b"
"""After the last space of a line, which would not be drawn otherwise."""
_SLOTS: Final = 96
"""Spaces that the bars of a step are drawn with, shaded where there is a bar."""


def page(document: d.Document) -> bytes:
    """Return the file."""
    import docx
    from docx.oxml import parse_xml

    paper = docx.Document()
    _prepare(paper, document)
    writer = _Writer({name: paper.styles[name].style_id or "" for name, *_ in _STYLES})
    inside = "".join((writer.heading(document.title, 1), *map(writer.block, document.blocks)))
    body = parse_xml(f'<w:body xmlns:w="{_WORD}">{inside}</w:body>')
    end = paper.element.body.sectPr
    for element in list(body):
        end.addprevious(element)
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
    larger = 1.5 if document.is_large else 0
    for name, size, before, after, colour in _STYLES:
        _set_style(paper.styles[name], size + larger, before, after + larger, colour)


def _set_style(style: Any, size: float, before: float, after: float, colour: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    named: ParagraphStyle = style
    named.font.name, named.font.size, named.font.color.rgb = "Arial", Pt(size), RGBColor.from_string(colour)
    fonts = named.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    named.paragraph_format.space_before, named.paragraph_format.space_after = Pt(before), Pt(after)
    named.paragraph_format.line_spacing = 1.0


class _Writer:
    """Makes the elements of a document; ``styles`` has what the template calls each style within."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles

    def heading(self, text: d.Said, level: int) -> str:
        return self._styled(f"Heading {level}", d.plain(text))

    def block(self, block: d.Block) -> str:
        match block:
            case d.Heading():
                return self.heading(block.text, block.level)
            case d.Paragraph():
                look = f'<w:color w:val="{_QUIET}"/><w:sz w:val="17"/>' if block.small else ""
                return _paragraph(_runs(block.said, look))
            case d.Prose():
                look = _spoken(block.language)
                return "".join(_lines(lines, look) for lines in block.paragraphs)
            case d.Bullets():
                return "".join(self._styled("List Bullet", item) for item in block.items)
            case d.Quotes():
                look = _spoken(block.language)
                return "".join(self._styled("Quote", f"“{d.plain(text)}”", look) for text in block.texts)
            case d.Facts():
                rows = ((d.Strong(f"{d.plain(name)}: "), *_parts(said)) for name, said in block.rows)
                return "".join(_paragraph(_runs(row)) for row in rows)
            case d.Table():
                rows_of_cells = [[(cell,) for cell in row] for row in block.rows]
                return _table(block.head, rows_of_cells, _widths(block.head, block.rows))
            case d.Beside():
                return _beside(block)
            case d.Choices():
                return _choices(block)
            case d.Timeline():
                return _timeline(block)
            case _:
                assert_never(block)

    def _styled(self, style: str, said: d.Said, look: str = "") -> str:
        return _paragraph(_runs(said, look), f'<w:pStyle w:val="{self._styles[style]}"/>')


# --- paragraphs ---


def _parts(said: d.Said) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def _paragraph(runs: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>" if look else f"<w:p>{runs}</w:p>"


def _runs(said: d.Said, look: str = "") -> str:
    """The parts of a line; ``look`` is what they all have, which comes after what makes some of them bold."""
    return "".join(_run(run.text, f"<w:b/>{look}" if run.is_strong else look) for run in d.runs(said))


def _run(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _lines(lines: Iterable[str], look: str) -> str:
    return _paragraph("<w:r><w:br/></w:r>".join(_run(line, look) for line in lines))


def _spoken(language: Language | None) -> str:
    """How Word is told in which language words are, for its spelling and for whoever has a page read aloud."""
    return f'<w:lang w:val="{_LOCALES[language]}"/>' if language is not None else ""


def _choices(block: d.Choices) -> str:
    found = _paragraph(_runs((d.Strong(block.question),)), "<w:keepNext/>")
    if block.answers:
        found += _paragraph(_run("     ".join(f"☐ {d.plain(answer)}" for answer in block.answers)))
    return found + _paragraph(_run("_" * 90)) * block.lines


# --- tables ---


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Widths after the longest text of each column."""
    longest = [min(max(len(row[place]) for row in (head, *rows)), 45) + 2 for place in range(len(head))]
    return tuple(_WIDTH * one // sum(longest) for one in longest)


def _grid(rows: Iterable[Sequence[str]], widths: Sequence[int], about: str = "") -> str:
    """A table of cells that are paragraphs already, with lines between its rows; the first is repeated on each page."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>' for side in ("top", "bottom", "insideH")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>{about}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(_rows(rows, widths))}</w:tbl>"
        '<w:p><w:pPr><w:spacing w:after="0" w:line="80" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _rows(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        yield f"<w:tr>{'' if number else '<w:trPr><w:tblHeader/></w:trPr>'}{cells}</w:tr>"


def _cell(lines: Iterable[d.Said], size: int = 18) -> str:
    """The lines of a cell; the size is in half points."""
    return "".join(_paragraph(_runs(line, f'<w:sz w:val="{size}"/>'), '<w:spacing w:after="0"/>') for line in lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[Sequence[d.Said]]], widths: Sequence[int]) -> str:
    """A table whose cells are lists of lines; the first of each row names it."""
    first = [_cell(((d.Strong(text),),)) for text in head]
    named = (((d.Strong(d.plain(cells[0][0])),),) for cells in rows)
    others = [[_cell(name), *map(_cell, cells[1:])] for name, cells in zip(named, rows, strict=True)]
    return _grid([first, *others], widths)


def _beside(block: d.Beside) -> str:
    first = _WIDTH * 22 // 100
    rest = (_WIDTH - first) // (len(block.head) - 1)
    rows = [((name,), *(items or ("–",) for items in columns)) for name, columns in block.rows]
    return _table(block.head, rows, (first, *[rest] * (len(block.head) - 1)))


# --- the picture ---


def _timeline(block: d.Timeline) -> str:
    """The picture as a table: beside the words of each step its bars, drawn with shaded spaces."""
    words = block.legend
    head = [_cell(((d.Strong(words.step),),), 16), _cell(((d.Strong(words.times),),), 16), _legend(block)]
    rows = [
        [
            _cell((picture.label(bar),), 16),
            _cell((bar.times,), 16),
            _bar(block, bar.planned, bar.planned_minutes, picture.COLOURS["planned"])
            + _bar(block, bar.began, bar.minutes, picture.COLOURS[bar.kind]),
        ]
        for bar in block.bars
    ]
    caption, described = (quoteattr(text) for text in (block.title, block.described))
    about = f"<w:tblCaption w:val={caption}/><w:tblDescription w:val={described}/>"
    return _grid([head, *rows], (3_180, 1_810, 5_100), about)


def _legend(block: d.Timeline) -> str:
    kinds, words, size = {"planned", *(bar.kind for bar in block.bars)}, block.legend, '<w:sz w:val="15"/>'
    named = (("planned", words.planned), ("inject", words.inject), ("feedback", words.feedback),
             ("debrief", words.debrief))  # fmt: skip
    found = "".join(
        _run(_SPACE * 3, size + _shade(picture.COLOURS[kind])) + _run(f" {name}   ", size)
        for kind, name in named
        if kind in kinds
    )
    return _paragraph(found, '<w:spacing w:after="0"/>')


def _bar(block: d.Timeline, start: float | None, minutes: float, colour: str) -> str:
    line = '<w:spacing w:after="0" w:line="110" w:lineRule="exact"/>'
    if start is None:
        return _paragraph("", line)
    first = round(_SLOTS * max(start, 0.0) / block.minutes)
    last = max(round(_SLOTS * (start + max(minutes, 0.0)) / block.minutes), first + 1)
    look = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/><w:sz w:val="8"/>'
    return _paragraph(_run(_SPACE * first, look) + _run(_SPACE * (last - first) + _END, look + _shade(colour)), line)


def _shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour.removeprefix("#").upper()}"/>'
