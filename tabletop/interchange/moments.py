"""When something is planned, in every form in which authors write it, and planned minutes made of that.

A moment stands on one of four scales, and only moments of one scale can be compared: minutes since the start
(``T+00:15``), a time of the clock (``07:29 PM``), a day counted from the day itself with or without a time (``J-60``,
``J 09h00``, ``Monday 9:30 AM``), and a date.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from tabletop.interchange.grid import Cell, text_of
from tabletop.locale import Words

Scale: TypeAlias = Literal["elapsed", "clock", "day", "weekday", "date"]

HOUR: Final = 60.0
DAY: Final = 1440.0
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Between these a number without a format is a date as Excel counts them: 1954 to 2119."""
_EXCEL_EPOCH: Final = dt.datetime(1899, 12, 30)

_CLOCK: Final = (
    r"(?P<hour>\d{1,2})(?:\s*[:.hHuU]\s*(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:uur|hrs?|[uh])?"
)
_UNITS: Final = {"J": DAY, "D": DAY, "H": HOUR, "U": HOUR, "M": 1.0, "T": 1.0}
_OFFSET: Final = re.compile(r"([JDHUMT])\s*([+-])\s*(\d{1,6})(?![\d:.])")
_SINCE: Final = re.compile(r"(?:[TH]\s*)?(?P<sign>[+-])\s*(?P<hours>\d{1,3})[:hHuU](?P<minutes>[0-5]\d)(?::[0-5]\d)?")
_MINUTES: Final = re.compile(r"(?:t\s*)?(?P<sign>[+-]?)\s*(?P<number>\d{1,6}(?:[.,]\d+)?)\s*(?P<unit>[a-z'′]*)\.?")
_UNIT_MINUTES: Final = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuut", "minuten", "'", "′"), 1.0),
    **dict.fromkeys(("h", "u", "hr", "hrs", "uur", "uren", "hour", "hours"), HOUR),
}
_DAY: Final = re.compile(
    r"(?:(?i:dag|day|jour)\s*(?P<number>\d{1,3})|[JD]\s*(?P<offset>[+-]\s*\d{1,4})?)[\s,:-]*(?P<rest>.*)"
)
_WEEKDAYS: Final = (
    ("monday", "mon", "maandag", "ma"), ("tuesday", "tue", "tues", "dinsdag", "di"),
    ("wednesday", "wed", "woensdag", "wo"), ("thursday", "thu", "thurs", "donderdag", "do"),
    ("friday", "fri", "vrijdag", "vr"), ("saturday", "sat", "zaterdag", "za"), ("sunday", "sun", "zondag", "zo"),
)  # fmt: skip
_WEEKDAY: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_NAMED_DAY: Final = re.compile(rf"(?P<day>{'|'.join(sorted(_WEEKDAY, key=len, reverse=True))})\b\.?[\s,]*(?P<rest>.*)")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january januari", "feb february februari", "mar mrt march maart", "apr april", "may mei", "jun june juni",
         "jul july juli", "aug august augustus", "sep sept september", "oct okt october oktober", "nov november",
         "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DATES: Final = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[Tt]|[\s,]+|$)(?P<rest>.*)"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})(?:[\s,]+|$)(?P<rest>.*)"),
    re.compile(r"(?P<day>\d{1,2})[\s-]+(?P<name>[a-z]{3,9})\.?[\s-]*(?P<year>\d{4})?(?:[\s,]+|$)(?P<rest>.*)"),
    re.compile(r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:,?\s*(?P<year>\d{4}))?(?:[\s,]+|$)(?P<rest>.*)"),
)


class When(NamedTuple):
    """A moment: on which scale, and how many minutes from where that scale begins."""

    scale: Scale
    minutes: float
    has_clock: bool = True
    """Whether there is more of it than a day."""


def when(cell: Cell, *, is_length: bool = False) -> When | None:
    """Return the moment that a cell says, or None; in a column of lengths ``0:15`` is a quarter of an hour."""
    match cell:
        case None:
            return None
        case dt.timedelta():
            return When("elapsed", cell.total_seconds() / 60)
        case dt.datetime() if cell.year <= 1900:  # a time that Excel shows with a date before its first
            return _clock(cell.time(), is_length=is_length)
        case dt.datetime():
            return _date(cell, has_clock=True)
        case dt.date():
            return _date(dt.datetime(cell.year, cell.month, cell.day), has_clock=False)
        case dt.time():
            return _clock(cell, is_length=is_length)
        case int() | float():
            return _number(cell, is_length=is_length)
        case str():
            return _typed(" ".join(text_of(cell).split()), is_length=is_length)


def _clock(at: dt.time, *, is_length: bool) -> When:
    return When("elapsed" if is_length else "clock", at.hour * HOUR + at.minute + at.second / 60)


def _date(at: dt.datetime, *, has_clock: bool) -> When:
    return When("date", at.toordinal() * DAY + at.hour * HOUR + at.minute + at.second / 60, has_clock)


def _number(number: float, *, is_length: bool) -> When | None:
    if not -1e6 < number < 1e6:  # also what is no number at all
        return None
    if not is_length and _FIRST_SERIAL < number < _LAST_SERIAL:
        return _date(_EXCEL_EPOCH + dt.timedelta(days=number), has_clock=number % 1 > 0)
    if not is_length and 0 < number < 1:
        return When("clock", round(number * DAY, 2))
    return When("elapsed", float(number))


def _typed(text: str, *, is_length: bool) -> When | None:
    if not text or len(text) > 60:
        return None
    if not is_length and (
        span := re.match(r"(.+?\d.*?)\s*(?:[–—]|\s-\s|(?<=[:.hu]\d\d)-|\btot\b|\buntil\b)\s*(?=\D{0,3}\d)", text)
    ):
        return _typed(span[1], is_length=False)  # from … until …: what counts is when it begins
    if re.fullmatch(r"[+-]?\d{1,6}(?:[.,]\d+)?", text) and (is_length or not re.fullmatch(r"\d{1,2}\.\d{2}", text)):
        return _number(float(text.replace(",", ".")), is_length=is_length)
    folded = text.casefold()
    return (
        _offsets(text.upper())
        or _since(text)
        or (_clock_text(folded, is_length=is_length))
        or _plain_minutes(folded)
        or _numbered_day(text)
        or _named_day(folded)
        or _dated(folded)
    )


def _offsets(text: str) -> When | None:
    """``J+1 H+2 M-5``, ``J-60``, ``H+2``: days count from the day itself, anything else from the start."""
    found = _OFFSET.findall(text)
    if not found or _OFFSET.sub("", text).strip(" ,;/"):
        return None
    total = sum((1 if sign == "+" else -1) * int(number) * _UNITS[unit] for unit, sign, number in found)
    has_days = any(unit in "JD" for unit, _, _ in found)
    return When("day" if has_days else "elapsed", total, len(found) > 1 or not has_days)


def _since(text: str) -> When | None:
    if (found := _SINCE.fullmatch(text)) is None:
        return None
    minutes = int(found["hours"]) * HOUR + int(found["minutes"])
    return When("elapsed", -minutes if found["sign"] == "-" else minutes)


def _clock_text(text: str, *, is_length: bool = False) -> When | None:
    found = re.fullmatch(_CLOCK, text, re.IGNORECASE)
    if found is None or (found["minute"] is None and found["half"] is None and not text.endswith(("uur", "h", "u"))):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if is_length and not found["half"]:
        return When("elapsed", hour * HOUR + minute)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    if hour > 24 or (hour == 24 and minute):
        return None
    return When("clock", hour * HOUR + minute)


def _plain_minutes(text: str) -> When | None:
    found = _MINUTES.fullmatch(text)
    if found is None or (found["unit"] and found["unit"] not in _UNIT_MINUTES):
        return None
    minutes = float(found["number"].replace(",", ".")) * _UNIT_MINUTES.get(found["unit"], 1.0)
    return When("elapsed", -minutes if found["sign"] == "-" else minutes)


def _numbered_day(text: str) -> When | None:
    """``J 09h00``, ``J+1 14:00``, ``dag 2``: day 1 is the day itself."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day = int(found["number"]) - 1 if found["number"] else int((found["offset"] or "0").replace(" ", ""))
    return _on_day("day", day, found["rest"].casefold())


def _named_day(text: str) -> When | None:
    found = _NAMED_DAY.fullmatch(text)
    if found is None:
        return None
    return _on_day("weekday", _WEEKDAY[found["day"]], found["rest"]) or _dated(found["rest"])


def _on_day(scale: Scale, day: int, rest: str) -> When | None:
    if not rest:
        return When(scale, day * DAY, has_clock=False)
    clock = _clock_text(rest)
    return When(scale, day * DAY + clock.minutes) if clock else None


def _dated(text: str) -> When | None:
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            month = _MONTHS.get(parts.get("name") or "", 0) or int(parts.get("month") or 0)
            day, year = int(parts["day"]), int(parts["year"] or 2000)
            if month > 12 >= day:  # the American order, where no other is possible
                day, month = month, day
            rest = re.sub(r"(\d\d:\d\d)(:\d\d(\.\d+)?)?(z|[+-]\d\d:?\d\d)$", r"\1", found["rest"])
            clock = _clock_text(rest) if rest else When("clock", 0.0)
            try:
                date = dt.datetime(year + 2000 if year < 100 else year, month, day)
            except ValueError:
                continue
            if clock is not None:
                return When("date", date.toordinal() * DAY + clock.minutes, has_clock=bool(rest))
    return None


# --- planned minutes -------------------------------------------------------------------------------------------------


class Planned(NamedTuple):
    """Planned minutes, one for each moment that was handed over; None where there was none, or of another kind."""

    minutes: tuple[float | None, ...]
    scale: Scale | None
    span: float
    """Minutes from the first to the last."""


def planned(moments: Sequence[When | None]) -> Planned:
    """Return minutes from the start; a time of the clock or a day counts from the first of them.

    Minutes that count from the start already stay what they are, unless one lies before it or a day after.
    """
    known = [moment for moment in moments if moment is not None]
    if not known:
        return Planned((None,) * len(moments), None, 0.0)
    scale = Counter(moment.scale for moment in known).most_common(1)[0][0]
    rolled = tuple(_rolled([one if one is not None and one.scale == scale else None for one in moments], scale))
    values = [value for value in rolled if value is not None]
    first, last = min(values), max(values)
    if scale == "elapsed" and first >= 0 and last < DAY:
        first = 0.0
    minutes = (None if value is None else round(value - first, 2) for value in rolled)
    return Planned(tuple(minutes), scale, last - first)


def _rolled(moments: Sequence[When | None], scale: Scale) -> Iterator[float | None]:
    """Let a clock that goes far back be of the next day, and a weekday of the next week."""
    round_, before, passed = {"clock": DAY, "weekday": 7 * DAY}.get(scale, 0.0), None, 0.0
    for moment in moments:
        if moment is None:
            yield None
            continue
        if round_ and before is not None and moment.minutes < before - round_ / 2:
            passed += round_
        before = moment.minutes
        yield moment.minutes + passed


def story_time(cell: Cell, words: Words) -> str:
    """Return how participants read a moment: as it was written, or what Excel keeps as a number as people write it."""
    match cell:
        case dt.datetime() if cell.year <= 1900:
            return words.time(cell)
        case dt.datetime():
            return f"{words.short_day(cell)} {words.time(cell)}"
        case dt.date():
            return words.short_day(cell)
        case dt.time():
            return words.time(dt.datetime.combine(dt.date(2000, 1, 1), cell))
        case int() | float():
            moment = when(cell)
            if moment is None or moment.scale == "elapsed":
                return ""
            at = dt.datetime(2000, 1, 1) + dt.timedelta(minutes=moment.minutes % DAY)
            return words.time(at)
        case str():
            return " ".join(text_of(cell).split())
        case _:
            return ""
