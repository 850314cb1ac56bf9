"""Text that came from somebody else, made safe to show, and measured in terminal cells.

Whatever a file or a keyboard holds passes :func:`clean` before anything else sees it, so that a control character,
an escape sequence or a bidirectional override can never reach a terminal, a page or a document.
"""

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

if TYPE_CHECKING:  # what is only measured or listed must not wait for pydantic
    from pydantic import GetCoreSchemaHandler
    from pydantic_core.core_schema import CoreSchema

LONGEST = 10_000
"""The longest text that is kept, in characters; longer ones are cut, never refused, because somebody typed them."""

PAGE_WIDTH, PAGE_LINES = 44, 10
"""The page of the shared screen, in cells and lines: legible at five metres, the same on every terminal."""

_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\t": " "}
_KEPT_FORMATS = frozenset("\u200b\u200c\u200d")  # zero-width space and joiners: scripts and emoji need them
_HIDDEN = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))


def clean(text: str) -> str:
    """Return the text with nothing in it but visible characters, spaces and line feeds.

    Control characters (C0, C1, DEL), bidirectional overrides, lone surrogates, tag characters and non-characters go;
    every kind of line end becomes a line feed.
    """
    if len(text) > LONGEST:
        text = text[:LONGEST]
    if text.isprintable():
        return text
    for found, replacement in _BREAKS.items():
        if found in text:
            text = text.replace(found, replacement)
    return "".join(character for character in text if character == "\n" or _is_visible(character))


def clean_line(text: str) -> str:
    """Return the text cleaned and on one line."""
    text = clean(text)
    return text if "\n" not in text else " ".join(text.split("\n"))


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cf":
        return character in _KEPT_FORMATS
    return category not in {"Cc", "Cs", "Cn"} and character not in _HIDDEN


class Cleaned(NamedTuple):  # a dataclass takes longer to import than all of this module
    """Tells pydantic to clean a text, and with ``required`` to refuse one in which nothing visible is left."""

    cleaning: Callable[[str], str]
    required: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import PydanticKnownError, core_schema

        def cleaned(text: str) -> str:
            text = self.cleaning(text)
            if self.required and not (text := text.strip()):
                raise PydanticKnownError("string_too_short", {"min_length": 1})
            return text

        return core_schema.no_info_after_validator_function(cleaned, handler(source))


Text = Annotated[str, Cleaned(clean)]
"""A cleaned text that may have several lines."""
Line = Annotated[str, Cleaned(clean_line)]
"""A cleaned text on one line."""
RequiredLine = Annotated[str, Cleaned(clean_line, required=True)]
RequiredText = Annotated[str, Cleaned(clean, required=True)]


def cells(text: str) -> int:
    """Return how many terminal cells one line of text takes: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_character_cells(character) for character in text)


def _character_cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Return the text in at most ``width`` cells, ending in an ellipsis where something was left out."""
    if cells(text) <= width:
        return text
    if width <= 0:
        return ""
    taken, used = [], 0
    for character in text:
        used += _character_cells(character)
        if used > width - 1:
            break
        taken.append(character)
    return "".join(taken).rstrip() + "…"


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break the text into lines of at most ``width`` cells, at spaces where there are any; line breaks stay."""
    width = max(width, 2)  # one wide character must fit
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for whole in paragraph.split(" "):
            word = whole
            while cells(word) > width:
                if line:
                    lines.append(line)
                    line = ""
                head = _head(word, width)
                lines.append(head)
                word = word[len(head) :]
            candidate = f"{line} {word}" if line else word
            if cells(candidate) <= width:
                line = candidate
            else:
                lines.append(line)
                line = word
        lines.append(line.rstrip())
    return tuple(lines)


def _head(word: str, width: int) -> str:
    used = 0
    for position, character in enumerate(word):
        used += _character_cells(character)
        if used > width:
            return word[: max(position, 1)]
    return word


def pages(text: str, width: int = PAGE_WIDTH, height: int = PAGE_LINES) -> tuple[tuple[str, ...], ...]:
    """Break the text into pages of ``height`` lines of ``width`` cells, at an empty line where that costs little."""
    left = list(wrap(text.strip("\n"), width))
    found: list[tuple[str, ...]] = []
    while len(left) > height:
        end = height
        for position in range(height, height // 2, -1):
            if not left[position - 1] or (position < len(left) and not left[position]):
                end = position
                break
        found.append(_trimmed(left[:end]))
        left = left[end:]
        while left and not left[0]:
            left.pop(0)
    if left or not found:
        found.append(_trimmed(left))
    return tuple(found)


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return tuple(lines)
