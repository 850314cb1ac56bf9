"""A report as a file: the extension says which kind."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tabletop.core import events as e
from tabletop.files.trouble import Trouble
from tabletop.locale import Words
from tabletop.report.audience import Reader
from tabletop.report.document import Document

DOCUMENTS: Final = (".md", ".html", ".docx")
POINTS: Final = (".csv", ".json")


def kind_of(path: Path, possible: Sequence[str] = (*DOCUMENTS, *POINTS)) -> str:
    """Return the extension of a file that can be written; raises Trouble for any other."""
    ending = {".htm": ".html", ".markdown": ".md"}.get(path.suffix.casefold(), path.suffix.casefold())
    if ending not in possible:
        raise Trouble("report-extension", file=str(path), possible=", ".join(possible))
    return ending


def document_bytes(document: Document, ending: str) -> bytes:
    """Write a document as the kind of file that the extension asks for."""
    if ending == ".docx":
        from tabletop.report import word

        return word.page(document)
    if ending == ".html":
        from tabletop.report import html

        return html.page(document).encode()
    from tabletop.report import markdown

    return markdown.page(document).encode()


def report_bytes(
    head: e.Head, events: Sequence[e.Event], words: Words, reader: Reader, ending: str, *, names: bool = False
) -> bytes:
    """Write the report of a run, or its points where the extension asks for those."""
    if ending in DOCUMENTS:
        from tabletop.report.impression import impression

        return document_bytes(impression(head, events, words, reader, names=names), ending)
    from tabletop.report import points

    writers: dict[str, Callable[..., bytes]] = {".csv": points.csv_bytes, ".json": points.json_bytes}
    return writers[ending](head, events, words, reader, names=names)
