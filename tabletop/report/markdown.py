"""Foreign text in a Markdown document: what somebody typed or wrote in a file is data, and stays visible text.

No heading, list, table, link, image, address that turns into a link, mention, HTML, entity, formula or code comes out
of it, whichever of the usual readers shows the document.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tabletop.core.text import clean, clean_line

_ANYWHERE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", **{mark: f"\\{mark}" for mark in "\\`*_{}[]|~$^#"}}
)
_ADDRESS: Final = re.compile(r"(?<=\w)\.(?=[^\W\d_])|(?<=[^\W\d_]):(?=[\w/])")
_MENTION: Final = re.compile(r"@(?=\w)")
_BESIDE_AT: Final = "@\u200b"
"""An at-sign and a space of no width: what looks like a mail address or a mention does not become a link."""
_LIST_NUMBER: Final = re.compile(r"^(\d+)(?=[.)])")
_STARTS_A_BLOCK: Final = tuple("-+=:")


def inline(text: str) -> str:
    """The text on one line, to stand anywhere in a line, a list item or a cell of a table."""
    return _escaped(clean_line(text).strip())


def paragraphs(text: str) -> list[str]:
    """The lines of the text as paragraphs, an empty line after each; its own line breaks stay."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", clean(text).strip()):
        lines = [_escaped(line.strip()) for line in paragraph.split("\n") if line.strip()]
        if lines:
            found += ["\\\n".join(lines), ""]
    return found


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table whose cells are Markdown already, an empty line after it."""
    lines = [head, ["---"] * len(head), *rows]
    return [*(f"| {' | '.join(cell or ' ' for cell in line)} |" for line in lines), ""]


def _escaped(text: str) -> str:
    text = text.translate(_ANYWHERE)
    text = _ADDRESS.sub(r"\\\g<0>", text)
    text = _MENTION.sub(_BESIDE_AT, text)
    text = _LIST_NUMBER.sub(r"\1\\", text)
    return f"\\{text}" if text.startswith(_STARTS_A_BLOCK) else text
