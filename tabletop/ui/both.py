"""Leader's and participants' screen of one moment together: beside each other, below, or one in front of the other."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Literal, TypeAlias

from tabletop.core.participants import view
from tabletop.core.session import Session
from tabletop.locale import words_for
from tabletop.ui import paper
from tabletop.ui.desk.screen import SMALLEST
from tabletop.ui.rows import Row, fill, fit, on, row

WALL: Final = paper.SMALLEST
_GAP: Final = 1

Place: TypeAlias = Literal["beside", "below", "behind"]
"""Where the participants' screen stands; behind the leader's where there is no room for both."""
Draw: TypeAlias = Callable[[int, int], Sequence[Row]]


def place_of_wall(width: int, height: int) -> Place:
    if width >= SMALLEST.width + _GAP + WALL[0]:
        return "beside"
    return "below" if height >= SMALLEST.height - 2 + WALL[1] else "behind"


def both(leader: Draw, wall: Draw, width: int, height: int, *, wall_in_front: bool) -> list[Row]:
    """Draw the two in exactly ``height`` rows; ``wall_in_front``: which of them, where there is room for one."""
    match place_of_wall(width, height):
        case "beside":
            wide = max(SMALLEST.width, min((width * 4) // 7, width - WALL[0] - _GAP))
            pairs = zip(_whole(leader, wide, height), _whole(wall, width - wide - _GAP, height), strict=True)
            return [row(fit(left, wide), " " * _GAP, right) for left, right in pairs]
        case "below":
            return [*_whole(leader, width, height - WALL[1]), *_whole(wall, width, WALL[1])]
        case "behind":
            return _whole(wall if wall_in_front else leader, width, height)


def _whole(draw: Draw, width: int, height: int) -> list[Row]:
    return fill(draw(width, height), height)


def wall_of(session: Session, now: datetime) -> Draw:
    """Return what draws the participants' screen of this session, on the paper that it is for the leader."""
    seen = view(session)

    def draw(width: int, height: int) -> list[Row]:
        lines = paper.page(seen, words_for(seen.language), width, height, now=now)
        return [on("paper", fit(line, width)) for line in fill(lines, height)]

    return draw
