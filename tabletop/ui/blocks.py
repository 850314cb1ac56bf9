"""Block letters, for what must be read from the far end of a room: headlines, clocks and a codeword.

A glyph is five dots high. Drawn in half cells that is three rows, four with an accent; twice as tall it is five. What
has no glyph is not drawn at all: the caller then shows one bold line, and never a word with a hole in it.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

_HIGH: Final = 5
_SPACE: Final = 2
_DRAWN: Final = """
A .##. #..# #### #..# #..#
B ###. #..# ###. #..# ###.
C .### #... #... #... .###
D ###. #..# #..# #..# ###.
E #### #... ###. #... ####
F #### #... ###. #... #...
G .### #... #.## #..# .###
H #..# #..# #### #..# #..#
I # # # # #
J ..## ...# ...# #..# .##.
K #..# #.#. ##.. #.#. #..#
L #... #... #... #... ####
M #...# ##.## #.#.# #...# #...#
N #..# ##.# #.## #..# #..#
O .##. #..# #..# #..# .##.
P ###. #..# ###. #... #...
Q .##. #..# #..# #.#. .#.#
R ###. #..# ###. #.#. #..#
S .### #... .##. ...# ###.
T ##### ..#.. ..#.. ..#.. ..#..
U #..# #..# #..# #..# .##.
V #...# #...# .#.#. .#.#. ..#..
W #...# #...# #.#.# #.#.# .#.#.
X #..# #..# .##. #..# #..#
Y #...# .#.#. ..#.. ..#.. ..#..
Z #### ...# .##. #... ####
0 ### #.# #.# #.# ###
1 .#. ##. .#. .#. ###
2 ### ..# ### #.. ###
3 ### ..# ### ..# ###
4 #.# #.# ### ..# ..#
5 ### #.. ### ..# ###
6 ### #.. ### #.# ###
7 ### ..# ..# ..# ..#
8 ### #.# ### #.# ###
9 ### #.# ### ..# ###
? ###. ...# .##. .... .#..
! # # # . #
. . . . . #
, .. .. .. .# #.
: . # . # .
; .. .# .. .# #.
- ... ... ### ... ...
+ ... .#. ### .#. ...
/ ..# ..# .#. #.. #..
% #.# ..# .#. #.. #.#
= ... ### ... ### ...
' # # . . .
" #.# #.# ... ... ...
( .# #. #. #. .#
) #. .# .# .# #.
& .#.. #.#. .#.. #.## .##.
€ .### #... ###. #... .###
° ### #.# ### ... ...
"""
_GLYPHS: Final = {line[0]: tuple(line[2:].split()) for line in _DRAWN.strip().splitlines()}
_SAME: Final = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "Ø": "O", "Ł": "L", "Đ": "D", "Æ": "AE",
     "Œ": "OE", "\u00a0": " "}
)  # fmt: skip
_ACCENTS: Final = {"\u0301": "..#", "\u0300": "#..", "\u0302": ".##", "\u0308": "#.#", "\u0303": "###", "\u030a": ".#."}
"""What stands above a letter, with a line of dots between them. Other marks are left out."""
_HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@cache
def draw(text: str, across: int = 1, down: int = 1) -> tuple[str, ...]:
    """Return the rows of a text in block letters: each dot ``across`` cells wide and ``down`` half cells high.

    Nothing at all when one of its characters has no glyph, or when there is no text.
    """
    dots = _dots(text)
    if not dots:
        return ()
    tall = [[dot for dot in line for _ in range(across)] for line in dots for _ in range(down)]
    if len(tall) % 2:
        tall.append([False] * len(tall[0]))
    return tuple(
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True)).rstrip()
        for upper, lower in zip(tall[::2], tall[1::2], strict=True)
    )


def width_of(rows: Sequence[str]) -> int:
    """Return how many cells drawn rows take."""
    return max(map(len, rows), default=0)


def _dots(text: str) -> list[list[bool]]:
    columns: list[tuple[str, tuple[str, ...]]] = []
    for letter, accent in _letters(text):
        if letter == " ":
            columns.append(("." * _SPACE, ("." * _SPACE,) * _HIGH))
        elif letter in _GLYPHS:
            glyph = _GLYPHS[letter]
            columns.append((_above(accent, len(glyph[0])), glyph))
        else:
            return []
    if not columns:
        return []
    is_accented = any("#" in above for above, _ in columns)
    accents = ".".join(above for above, _ in columns)
    lines = [accents, "." * len(accents)] if is_accented else []
    lines += [".".join(glyph[line] for _, glyph in columns) for line in range(_HIGH)]
    return [[dot == "#" for dot in line] for line in lines]


def _letters(text: str) -> list[tuple[str, str]]:
    """Return capitals, each with the accent that stands above it."""
    found: list[tuple[str, str]] = []
    for character in unicodedata.normalize("NFD", " ".join(text.upper().split()).translate(_SAME)):
        if not unicodedata.combining(character):
            found.append((character, ""))
        elif found and character in _ACCENTS:
            found[-1] = (found[-1][0], character)
    return found


def _above(accent: str, width: int) -> str:
    dots = _ACCENTS.get(accent, "")
    if width < len(dots):
        return "#" * width
    return dots.ljust(width, ".")
