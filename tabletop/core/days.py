"""A day as somebody types it, and as it stands in a file."""

import re
from datetime import date
from typing import Final

_MONTHS: Final = (
    ("jan",), ("feb",), ("mrt", "maa", "mar"), ("apr",), ("mei", "may"), ("jun",), ("jul",), ("aug",), ("sep",),
    ("okt", "oct"), ("nov",), ("dec",),
)  # fmt: skip
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})(?:[-/.\s]+)(\d{1,2}|[^\W\d_]{3,})\.?(?:[-/.\s]+(\d{4}))?")


def day_of(text: str, today: date) -> date | None:
    """The day that is meant: ``2027-01-31``, ``31-1-2027``, ``31 januari``; without a year the next one to come."""
    text = text.strip().casefold()
    found = _YEAR_FIRST.fullmatch(text)
    if found is not None:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY_FIRST.fullmatch(text)
    month = _month(found[2]) if found is not None else 0
    if found is None or not month:
        return None
    if found[3] is not None:
        return _day(int(found[3]), month, int(found[1]))
    day = _day(today.year, month, int(found[1]))
    if day is not None and day >= today:
        return day
    return _day(today.year + 1, month, int(found[1])) or day


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return next((place for place, names in enumerate(_MONTHS, start=1) if text.startswith(names)), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
