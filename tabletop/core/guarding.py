"""Text for a spreadsheet: what somebody typed never becomes a formula, which could run something."""

from typing import Final, TypeVar

T = TypeVar("T")

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""What a spreadsheet may take for the beginning of a formula, and the mark that keeps it from doing so."""
_GUARD: Final = "'"


def guarded(value: T) -> T | str:
    """Return a text with a mark before it where a spreadsheet could take it for a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_STARTS_A_FORMULA):
        return _GUARD + value
    return value


def unguarded(value: T) -> T | str:
    """Return the text as it was before :func:`guarded`."""
    if isinstance(value, str) and value.startswith(_GUARD) and guarded(value[1:]) == value:
        return value[1:]
    return value
