"""Foreign text in a Markdown document: what somebody typed or wrote in a file is data, and stays visible text.

No heading, list, table, link, image, address that turns into a link, mention, HTML, entity, formula or code comes out
of it, whichever of the usual readers shows the document.
"""

import re
from typing import Final

from tabletop.core.text import clean_line

_ANYWHERE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", **{mark: f"\\{mark}" for mark in "\\`*_{}[]|~$^#"}}
)
_ADDRESS: Final = re.compile(r"(?<=\w)\.(?=[^\W\d_])|(?<=[^\W\d_]):(?=[\w/])")
_MENTION: Final = re.compile(r"@(?=\w)")
_BESIDE_AT: Final = "@\u200b"
"""An at-sign and a space of no width: what looks like a mail address or a mention does not become a link."""
_LIST_NUMBER: Final = re.compile(r"^(\d+)(?=[.)](?:\s|$))")
_STARTS_A_BLOCK: Final = tuple("-+=:")


def inline(text: str) -> str:
    """The text on one line, to stand anywhere in a line, a list item or a cell of a table."""
    return no_block(inert(clean_line(text).strip()))


def inert(text: str) -> str:
    """The text without anything that means something within a line."""
    text = text.translate(_ANYWHERE)
    text = _ADDRESS.sub(r"\\\g<0>", text)
    return _MENTION.sub(_BESIDE_AT, text)


def no_block(text: str) -> str:
    """A line that begins no list and nothing else."""
    text = _LIST_NUMBER.sub(r"\1\\", text)
    return f"\\{text}" if text.startswith(_STARTS_A_BLOCK) else text
