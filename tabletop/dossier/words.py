"""What makes two wordings, groups or names the same here: neither capitals, accents nor punctuation count."""

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final, Literal, TypeAlias

from tabletop.core.learning import plain_word

NameKind: TypeAlias = Literal["#", "@", "!", "&"]
"""Of a theme, a function, an inject, a group: what a point is found by beside its own words."""

_WORD: Final = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """The words of a text, in small letters, without accents or punctuation, a space between them."""
    return " ".join(_WORD.findall(text.lower() if text.isascii() else plain_word(text)))


def number_of(text: str) -> int:
    """A number for a text, as good as the text itself: of a billion different ones two would be the same."""
    return int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=7).digest(), "big")


@lru_cache(maxsize=4096)
def name_number(kind: NameKind, name: str) -> int:
    """The number of a name, the same in every process and on every machine; 0 for no name."""
    return number_of(f"{kind}{name}") >> 16 if name else 0
