"""Writes a document as Markdown, in which foreign text is data and stays visible text.

No heading, list, table, link, image, address that turns into a link, mention, HTML, entity, formula or code comes out
of it, whichever of the usual readers shows the document.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from tabletop.core.markdown import inert, inline, no_block
from tabletop.core.text import clean_line
from tabletop.report import document as d


def paragraphs(text: str) -> list[str]:
    """The lines of the text as paragraphs, an empty line after each; its own line breaks stay."""
    found: list[str] = []
    for lines in d.Prose(text).paragraphs:
        found += ["\\\n".join(no_block(inert(line)) for line in lines), ""]
    return found


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table whose cells are Markdown already, an empty line after it."""
    lines = [head, ["---"] * len(head), *rows]
    return [*(f"| {' | '.join(cell or ' ' for cell in line)} |" for line in lines), ""]


def page(document: d.Document) -> str:
    """Return the whole document."""
    lines = [f"# {inline(document.title)}", ""]
    for block in document.blocks:
        lines += _block(block)
    return "\n".join(lines)


def _block(block: d.Block) -> Iterator[str]:
    """The lines of a block, an empty one last."""
    match block:
        case d.Heading():
            yield from (f"{'#' * block.level} {inline(block.text)}", "")
        case d.Paragraph():
            yield from (_line(block.said), "")
        case d.Prose():
            yield from paragraphs(block.text)
        case d.Bullets():
            yield from (*(f"- {_line(item)}" for item in block.items), "")
        case d.Quotes():
            for text in block.texts:
                yield from (f"> “{_line(text)}”", "")
        case d.Facts():
            for name, said in block.rows:
                yield f"- {_line((d.Strong(name), ': ', *_parts(said)))}"
            yield ""
        case d.Table():
            yield from _table(block.head, block.rows)
        case d.Timeline():
            yield from _table(block.head, block.rows)
        case d.Beside():
            for name, columns in block.rows:
                yield from (_line((d.Strong(name),)), "")
                for head, items in zip(block.head[1:], columns, strict=True):
                    yield from (f"- {_line((f'{head}: ', *_parts(item)))}" for item in items)
                yield ""
        case d.Choices():
            yield from (_line((d.Strong(block.question),)), "")
            if block.answers:
                yield from (" · ".join(f"☐ {_line(answer)}" for answer in block.answers), "")
            yield from ["…", ""] * block.lines
        case _:
            assert_never(block)


def _parts(said: d.Said) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def _line(said: d.Said) -> str:
    """A line to stand at the beginning of a paragraph or a list item."""
    text = "".join(f"**{inert(run.text)}**" if run.is_strong and run.text.strip() else inert(run.text)
                   for run in d.runs(said))  # fmt: skip
    return text if text.startswith("**") else no_block(text)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return table([_cell(one) for one in head], [[_cell(one) for one in row] for row in rows])


def _cell(text: str) -> str:
    """Text in a cell, where nothing begins a block."""
    return inert(clean_line(text).strip())
