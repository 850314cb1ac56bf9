"""What makes two wordings, groups or names the same here: neither capitals, accents nor punctuation count."""

import re
from functools import lru_cache
from hashlib import blake2b
from struct import Struct
from typing import Final, Literal, TypeAlias

from tabletop.core.learning import plain_word

NameKind: TypeAlias = Literal["#", "@", "!", "&"]
"""Of a theme, a function, an inject, a group: what a point is found by beside its own words."""

_WORD: Final = re.compile(r"[^\W_]+")


_NUMBER: Final = Struct(">Q")
_ASCII: Final = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)


def plain(text: str) -> str:
    """The words of a text, in small letters, without accents or punctuation, a space between them."""
    small = text if text.isascii() else plain_word(text).lower()  # without its accent a sign may be of capitals
    if small.isascii():  # six times as quick as a pattern
        return b" ".join(small.encode().translate(_ASCII).split()).decode()
    return " ".join(_WORD.findall(small))


def number_of(text: str) -> int:
    """A number for a text, as good as the text itself: of a billion different ones two would be the same."""
    number: int = _NUMBER.unpack(blake2b(text.encode(errors="replace"), digest_size=8).digest())[0]
    return number >> 8  # a table holds numbers with a sign


@lru_cache(maxsize=4096)
def name_number(kind: NameKind, name: str) -> int:
    """The number of a name, the same in every process and on every machine; 0 for no name."""
    return number_of(f"{kind}{name}") >> 16 if name else 0
