"""Text that came from somebody else, made safe to show, and measured in terminal cells.

Whatever a file or a keyboard holds passes :func:`clean` before anything else sees it, so that a control character,
an escape sequence or a bidirectional override can never reach a terminal, a page or a document.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

if TYPE_CHECKING:  # what is only measured or listed must not wait for pydantic
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core.core_schema import CoreSchema

LONGEST = 10_000
"""The longest text that is kept, in characters; longer ones are cut, never refused, because somebody typed them."""

PAGE_WIDTH, PAGE_LINES = 44, 10
"""The page of the shared screen, in cells and lines: legible at five metres, the same on every terminal."""

_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_JOINS_NOTHING = re.compile(r"(?<!\S)\u200d+|\u200d+(?!\S)")
_NUMBER = re.compile(r"\(?[€£$]?\d+([.,:/–-]\d+)*%?")
_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\t": " "}
_KEPT_FORMATS = frozenset("\u200b\u200c\u200d")  # zero-width space and joiners: scripts and emoji need them
_HIDDEN = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))


def clean(text: str) -> str:
    """Return the text with nothing in it but visible characters, spaces and line feeds.

    Control characters (C0, C1, DEL), bidirectional overrides, lone surrogates, tag characters, non-characters and
    joiners that join nothing go; every kind of line end becomes a line feed.
    """
    if len(text) > LONGEST:
        text = text[:LONGEST]
    if text.isprintable():
        return text
    for found, replacement in _BREAKS.items():
        if found in text:
            text = text.replace(found, replacement)
    text = "".join(character for character in text if character == "\n" or _is_visible(character))
    return _JOINS_NOTHING.sub("", text) if _JOINER in text else text


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

        def required(text: str) -> str:
            if not (text := self.cleaning(text).strip()):
                raise PydanticKnownError("string_too_short", {"min_length": 1})
            return text

        cleaned = required if self.required else self.cleaning  # one call less, for each text of a long log
        return core_schema.no_info_after_validator_function(cleaned, handler(source))

    def __get_pydantic_json_schema__(self, schema: "CoreSchema", handler: "GetJsonSchemaHandler") -> "dict[str, Any]":
        """Say to an editor what ``required`` means: a text with something in it besides spaces."""
        found = handler(schema)
        return {**found, "pattern": r"\S"} if self.required else found


Text = Annotated[str, Cleaned(clean)]
"""A cleaned text that may have several lines."""
Line = Annotated[str, Cleaned(clean_line)]
"""A cleaned text on one line."""
RequiredLine = Annotated[str, Cleaned(clean_line, required=True)]
RequiredText = Annotated[str, Cleaned(clean, required=True)]


_PRESENTED = """
23 2a 30-39 a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 2328 23cf 23ed-23ef 23f1-23f2 23f8-23fa 24c2 25aa-25ab
25b6 25c0 25fb-25fc 2600-2604 260e 2611 2618 261d 2620 2622-2623 2626 262a 262e-262f 2638-263a 2640 2642 265f-2660
2663 2665-2666 2668 267b 267e 2692 2694-2697 2699 269b-269c 26a0 26a7 26b0-26b1 26c8 26cf 26d1 26d3 26e9 26f0-26f1
26f4 26f7-26f9 2702 2708-2709 270c-270d 270f 2712 2714 2716 271d 2721 2733-2734 2744 2747 2763-2764 27a1 2934-2935
2b05-2b07 1f170-1f171 1f17e-1f17f 1f321 1f324-1f32c 1f336 1f37d 1f396-1f397 1f399-1f39b 1f39e-1f39f 1f3cb-1f3ce
1f3d4-1f3df 1f3f3 1f3f5 1f3f7 1f43f 1f441 1f4fd 1f549-1f54a 1f56f-1f570 1f573-1f579 1f587 1f58a-1f58d 1f590 1f5a5
1f5a8 1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 1f5dc-1f5de 1f5e1 1f5e3 1f5e8 1f5ef 1f5f3 1f5fa 1f6cb 1f6cd-1f6cf
1f6e0-1f6e5 1f6e9 1f6f0 1f6f3
"""
"""Characters of one cell that take two in front of variation selector 16, by code point: Unicode's emoji-data."""


def _code_points(table: str) -> Iterator[int]:
    for entry in table.split():
        first, _, last = entry.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


_WIDENED = frozenset(map(chr, _code_points(_PRESENTED)))
_WIDE_SINCE_UNICODE_16 = frozenset(
    map(chr, _code_points("2630-2637 268a-268f 4dc0-4dff 1d300-1d356 1d360-1d376"))
)  # Python's own table is older
_WITHOUT_CELLS = frozenset(map(chr, _code_points("1160-11ff 3164 d7b0-d7ff ffa0 1f3fb-1f3ff")))  # jamo, skin tones


def cells(text: str) -> int:
    """Return how many terminal cells one line of text takes: wide characters take two, combining ones none.

    By the rules that the screen is painted with, so that what stands beside a text is where it was put: what a joiner
    joins takes no cells of its own, nor does a skin tone, and variation selector 16 makes a sign as wide as an emoji.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    if _JOINER not in text and _EMOJI_STYLE not in text:
        return sum(map(_character_cells, text))
    return sum(width for _, width in _clusters(text))


@lru_cache(maxsize=4096)
def _character_cells(character: str) -> int:
    if character < "\u0300":
        return 0 if character < " " or "\x7f" <= character < "\xa0" else 1
    if unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf"} or character in _WITHOUT_CELLS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" or character in _WIDE_SINCE_UNICODE_16 else 1


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield what may not be cut in two, each with its cells: a character and all that belongs to it."""
    start, width, base = 0, 0, ""
    place = 0
    while place < len(text):
        character = text[place]
        if character == _JOINER:
            place += 2
            continue
        if character == _EMOJI_STYLE:
            width += base in _WIDENED
            base = ""
        elif taken := _character_cells(character):
            if place > start:
                yield text[start:place], width
            start, width, base = place, taken, character
        place += 1
    if start < len(text):
        yield text[start:], width


def cut(text: str, width: int) -> str:
    """Return the text in at most ``width`` cells, ending in an ellipsis where something was left out."""
    if cells(text) <= width:
        return text
    if width <= 0:
        return ""
    return _head(text, width - 1).rstrip() + "…"


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break the text into lines of at most ``width`` cells, at spaces where there are any; line breaks stay.

    A number stays with the word after it, and the last line of a paragraph is no short word alone where that can be
    helped.
    """
    width = max(width, 2)  # one wide character must fit
    return tuple(line for paragraph in text.split("\n") for line in _wrapped(paragraph, width))


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    if cells(paragraph) <= width:
        return iter((paragraph.strip(" "),))
    lines: list[list[str]] = [[]]
    for word in _words(paragraph, width):
        *heads, rest = _pieces(word, width)
        if heads:
            lines[-1:] = [*filter(None, lines[-1:]), *([head] for head in heads), []]
        if lines[-1] and cells(" ".join((*lines[-1], rest))) > width:
            lines.append([])
        if rest or lines[-1]:  # a line does not begin with a space
            lines[-1].append(rest)
    _balance(lines, width)
    return (" ".join(line).rstrip(" ") for line in lines)


def _words(paragraph: str, width: int) -> list[str]:
    """Return what stays on one line: words, and a number with what it counts."""
    found: list[str] = []
    for word in paragraph.split(" "):
        glued = f"{found[-1]} {word}" if found and word and _NUMBER.fullmatch(found[-1]) else ""
        if glued and cells(glued) <= width:
            found[-1] = glued
        else:
            found.append(word)
    return found


def _balance(lines: list[list[str]], width: int) -> None:
    """Move words down to a last line that is a short word alone: a sentence if there is one, else as few as will do."""
    if len(lines) < 2 or len(lines[-1]) != 1 or len(lines[-2]) < 2 or cells(lines[-1][0]) > width // 3:
        return
    words = [*lines[-2], *lines[-1]]
    best = None
    for place in range(1, len(words) - 1):
        above, below = cells(" ".join(words[:place])), cells(" ".join(words[place:]))
        last = words[place - 1]
        ends_sentence = last.endswith((".", "?", "!", ":", ";", "…")) and above > width // 3
        if below > width or (below <= width // 4 and not ends_sentence):
            continue
        rank = (not ends_sentence, len(last) <= 3, -above)  # an article stays with its noun
        if best is None or rank < best[0]:
            best = rank, place
    if best is not None:
        lines[-2:] = [words[: best[1]], words[best[1] :]]


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield a word that is too long for a line in pieces that are not."""
    if len(word) * 2 <= width or cells(word) <= width:
        yield word
        return
    piece, used = "", 0
    for cluster, taken in _clusters(word):
        if used + taken > width:
            yield piece
            piece, used = "", 0
        piece, used = piece + cluster, used + taken
    yield piece


def _head(word: str, width: int) -> str:
    """Return as much as fits, at least one character when there are two cells."""
    end = used = 0
    for cluster, taken in _clusters(word):
        used += taken
        if used > width:
            break
        end += len(cluster)
    return word[:end]


def pages(
    text: str, width: int = PAGE_WIDTH, height: int = PAGE_LINES, *, even: bool = False
) -> tuple[tuple[str, ...], ...]:
    """Break the text into pages of ``height`` lines of ``width`` cells, at an empty line where that costs little.

    ``even``: the last two pages are about as long as each other, so that the last one does not hold a line or two.
    """
    left = list(wrap(text.strip("\n"), width))
    found: list[tuple[str, ...]] = []
    while len(left) > height:
        is_last_but_one = even and len(left) <= 2 * height
        end = max((len(left) + 1) // 2, len(left) - height) if is_last_but_one else height
        for position in range(height, height // 2, -1) if not is_last_but_one else _from_the_middle(len(left), height):
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


def _from_the_middle(lines: int, height: int) -> list[int]:
    """Where so many lines may part into two pages: not far from the middle, the nearest to it first."""
    found = range(max(lines - height, lines // 3), min(height, lines - lines // 3 - 1) + 1)
    return sorted(found, key=lambda position: abs(2 * position - lines))


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return tuple(lines)
