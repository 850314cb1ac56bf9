"""Writes a document as a page of HTML that needs nothing else: it asks nothing of any network, and prints on A4."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, assert_never

from tabletop.core.text import clean_line
from tabletop.locale import Language
from tabletop.report import document as d
from tabletop.report import picture

STYLE: Final = """
@page { size: A4; margin: 12mm 15mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.35 "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #1a1a1a;
  background: #ffffff; margin: 0 auto; max-width: 196mm; padding: 8mm; overflow-wrap: anywhere }
h1 { color: #12395b; font-size: 1.9em; line-height: 1.15; margin: 0 0 .3em }
h2 { color: #12395b; font-size: 1.17em; line-height: 1.2; margin: .75em 0 .2em; break-after: avoid }
h3 { color: #12395b; font-size: 1em; margin: .6em 0 .15em; break-after: avoid }
p { margin: 0 0 .3em; orphans: 2; widows: 2 }
ul { margin: 0 0 .3em; padding-left: 1.3em } li { margin: 0 0 .1em }
.small { color: #4a4a4a; font-size: .87em }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1.2em; margin: 0 0 .5em }
dt { color: #4a4a4a } dd { margin: 0 }
blockquote { margin: 0 0 .2em; padding-left: .9em; border-left: 3px solid #6b7785; break-inside: avoid }
blockquote p { margin: 0 }
table { border-collapse: collapse; width: 100%; margin: 0 0 .5em; font-size: .95em }
th, td { text-align: left; vertical-align: top; padding: .12em .7em .12em 0; border-bottom: 1px solid #c4cad0 }
thead th { color: #12395b; border-bottom: 1px solid #12395b } tbody th { font-weight: 600 }
.beside tbody th { width: 24% } .beside td { width: 38% }
thead { display: table-header-group } tr { break-inside: avoid }
td ul { margin: 0; padding-left: 1em }
figure { margin: 0 0 .5em; break-inside: avoid } svg { display: block; width: 100%; height: auto }
svg text { font-size: 11px; fill: #1a1a1a }
details { font-size: .95em } summary { color: #12395b; cursor: pointer }
.boxes { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3em 2em }
.write { border-bottom: 1px solid #6b7785; height: 2em; margin: 0 }
@media print { body { font-size: 9pt; line-height: 1.26; padding: 0; max-width: none }
  body.large { font-size: 10.5pt; line-height: 1.35 } details { display: none } }
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def page(document: d.Document) -> str:
    """Return the whole page."""
    title = _text(document.title)
    large = ' class="large"' if document.is_large else ""
    body = "\n".join(_blocks(document.blocks, document.language))
    return (
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body{large}>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _blocks(blocks: Iterable[d.Block], language: Language) -> Iterator[str]:
    for number, block in enumerate(blocks, start=1):
        yield from _block(block, number, language)


def _block(block: d.Block, number: int, language: Language) -> Iterator[str]:
    match block:
        case d.Heading():
            yield f"<h{block.level}>{_text(block.text)}</h{block.level}>"
        case d.Paragraph():
            yield f'<p class="small">{_line(block.said)}</p>' if block.small else f"<p>{_line(block.said)}</p>"
        case d.Prose():
            lang = _lang(block.language, language)
            yield from (f"<p{lang}>{'<br>'.join(map(_text, lines))}</p>" for lines in block.paragraphs)
        case d.Bullets():
            yield _list(block.items)
        case d.Quotes():
            lang = _lang(block.language, language)
            yield from (f"<blockquote{lang}><p>“{_text(text)}”</p></blockquote>" for text in block.texts)
        case d.Facts():
            yield f"<dl>{''.join(f'<dt>{_text(name)}</dt><dd>{_line(said)}</dd>' for name, said in block.rows)}</dl>"
        case d.Table():
            yield _table(block.head, block.rows)
        case d.Beside():
            yield from _beside(block)
        case d.Choices():
            yield f"<p><strong>{_text(block.question)}</strong></p>"
            if block.answers:
                boxes = "".join(f"<li>☐ {_text(one)}</li>" for one in block.answers)
                yield f'<ul class="boxes">{boxes}</ul>'
            yield from ['<p class="write"></p>'] * block.lines
        case d.Timeline():
            table = _table(block.head, block.rows)
            yield f"<figure>{picture.svg(block, number)}</figure>"
            yield f"<details><summary>{_text(block.legend.as_table)}</summary>{table}</details>"
        case _:
            assert_never(block)


def _lang(language: Language | None, of_page: Language) -> str:
    """How whoever reads a page aloud is told that some words are in another language."""
    return f' lang="{language}"' if language not in (None, of_page) else ""


def _text(text: str) -> str:
    return escape(clean_line(text).strip())


def _line(said: d.Said) -> str:
    return "".join(
        f"<strong>{escape(run.text)}</strong>" if run.is_strong else escape(run.text) for run in d.runs(said)
    )


def _list(items: Sequence[d.Said]) -> str:
    return f"<ul>{''.join(f'<li>{_line(item)}</li>' for item in items)}</ul>"


def _head(cells: Sequence[str]) -> str:
    named = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in cells)
    return f"<thead><tr>{named}</tr></thead>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first cells name their rows."""
    body = "".join(
        f'<tr><th scope="row">{_text(row[0])}</th>{"".join(f"<td>{_text(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return f"<table>{_head(head)}<tbody>{body}</tbody></table>"


def _beside(block: d.Beside) -> Iterator[str]:
    body = "".join(
        f'<tr><th scope="row">{_text(name)}</th>'
        + "".join(f"<td>{_list(items) if items else '–'}</td>" for items in columns)
        + "</tr>"
        for name, columns in block.rows
    )
    yield f'<table class="beside">{_head(block.head)}<tbody>{body}</tbody></table>'
