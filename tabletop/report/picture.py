"""Planned against actual as a picture within a page: one row for each step, the planned bar above the one that came."""

from collections.abc import Iterator
from html import escape
from typing import Final

from tabletop.core.text import cells, clean_line
from tabletop.report.document import Bar, Timeline

COLOURS: Final = {"planned": "#6b7785", "inject": "#12507b", "feedback": "#a84300", "debrief": "#4a4a4a"}
"""Each stands out from white by at least three to one."""
_WIDTH, _NAMES, _TIMES, _ROW, _TOP = 760, 190, 125, 17, 18
_LONGEST: Final = 30
"""The most cells of a name beside its bars."""
_EVERY: Final = (5, 10, 15, 30, 60, 120, 240, 720)
"""Minutes between two lines of the scale: the first that leaves no more than ten of them."""


def svg(timeline: Timeline, number: int) -> str:
    """Return the picture, with what it shows in words for whoever cannot see it; the number keeps its ids apart."""
    height = _TOP + _ROW * len(timeline.bars) + 22
    inside = "".join((*_scale(timeline), *_rows(timeline), *_legend(timeline, height - 6)))
    title, described = f"picture-{number}", f"picture-{number}-says"
    return (
        f'<svg role="img" aria-labelledby="{title}" aria-describedby="{described}" viewBox="0 0 {_WIDTH} {height}" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{title}">{_text(timeline.title)}</title>'
        f'<desc id="{described}">{_text(timeline.described)}</desc>{inside}</svg>'
    )


def every(minutes: float) -> int:
    """How many minutes lie between two lines of the scale."""
    return next((step for step in _EVERY if minutes / step <= 10), max(_EVERY[-1], round(minutes / 10)))


def _text(text: str) -> str:
    return escape(clean_line(text).strip())


def _x(timeline: Timeline, minute: float) -> float:
    return _NAMES + (_WIDTH - _NAMES - _TIMES - 10) * max(minute, 0.0) / timeline.minutes


def _scale(timeline: Timeline) -> Iterator[str]:
    bottom, step = _TOP + _ROW * len(timeline.bars), every(timeline.minutes)
    for minute in range(0, int(timeline.minutes) + 1, step):
        x = _x(timeline, minute)
        yield f'<path d="M{x:.1f} {_TOP - 4}V{bottom}" stroke="#d5d9dd"/>'
        yield f'<text x="{x:.1f}" y="{_TOP - 7}" text-anchor="middle">{minute}</text>'


def _rows(timeline: Timeline) -> Iterator[str]:
    for place, bar in enumerate(timeline.bars):
        top = _TOP + _ROW * place
        yield f'<text x="0" y="{top + 11}">{_text(_shortened(bar.name))}</text>'
        if bar.planned is not None:
            yield _rect(timeline, bar.planned, bar.planned_minutes, top + 3, 4, COLOURS["planned"])
        if bar.began is not None:
            yield _rect(timeline, bar.began, bar.minutes, top + 7, 7, COLOURS[bar.kind])
        yield f'<text x="{_WIDTH}" y="{top + 11}" text-anchor="end">{_text(bar.times)}</text>'


def _rect(timeline: Timeline, start: float, minutes: float, top: int, height: int, colour: str) -> str:
    left = _x(timeline, start)
    width = max(_x(timeline, start + max(minutes, 0.0)) - left, 2.0)
    return f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{height}" fill="{colour}"/>'


def _legend(timeline: Timeline, bottom: int) -> Iterator[str]:
    words, kinds = timeline.legend, {bar.kind for bar in timeline.bars}
    named = [("planned", words.planned), ("inject", words.inject), ("feedback", words.feedback)]
    named += [("debrief", words.debrief)] if "debrief" in kinds else []
    x = float(_NAMES)
    for kind, name in named:
        yield f'<rect x="{x:.0f}" y="{bottom - 8}" width="14" height="8" fill="{COLOURS[kind]}"/>'
        yield f'<text x="{x + 19:.0f}" y="{bottom}">{_text(name)}</text>'
        x += 40 + 6.6 * cells(name)


def _shortened(name: str) -> str:
    name = clean_line(name).strip()
    if cells(name) <= _LONGEST:
        return name
    while cells(name) > _LONGEST - 1:
        name = name[:-1]
    return f"{name.rstrip()}…"


def label(bar: Bar) -> str:
    """What stands beside the bars of a step where there is room for all of it."""
    return f"{bar.name} ({bar.remark})" if bar.remark else bar.name
