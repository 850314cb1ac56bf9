"""For whom a report is, and what of a run is theirs to read.

The group reads everything that was told at its table. The organisation reads what is about itself, and nothing of any
one person. A region reads the same without anything that says which organisation or people it was, and the questions,
practices and proposals that others can use. An official reads what they learned themselves, with what they kept to
themselves, as long as nobody else sat in their function.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tabletop.core import learning
from tabletop.core.exercise import Exercise
from tabletop.core.seats import changed_hands
from tabletop.core.session import Point, Session
from tabletop.files.trouble import Trouble

Kind: TypeAlias = Literal["group", "organisation", "region", "official"]

TYPED: Final[dict[str, Kind]] = {
    "group": "group", "groep": "group",
    "organisation": "organisation", "organization": "organisation", "organisatie": "organisation",
    "region": "region", "regio": "region",
}  # fmt: skip
"""What may be typed for an audience, in either language."""


@dataclass(frozen=True, slots=True)
class Reader:
    """An audience; ``official`` only where the report is for one of them."""

    kind: Kind = "group"
    official: str = ""

    @property
    def names_functions(self) -> bool:
        """Whether a learning point stands under the function that learned it."""
        return self.kind in ("group", "official")


def reader(exercise: Exercise, typed: str) -> Reader:
    """Return whom somebody means by what they typed; raises Trouble for nobody."""
    wanted = typed.strip().casefold()
    if kind := TYPED.get(wanted):
        return Reader(kind)
    for one in exercise.officials:
        if wanted in (one.id, one.short.casefold(), one.name.casefold()):
            return Reader("official", one.id)
    possible = ", ".join(("group", "organisation", "region", *(one.id for one in exercise.officials)))
    raise Trouble("unknown-reader", name=typed, possible=possible)


def points_for(session: Session, reader: Reader) -> tuple[Point, ...]:
    """The learning points that a reader gets of what was told, in the order in which they were noted."""
    told = learning.told_points(session)
    match reader.kind:
        case "group":
            return told
        case "organisation":
            return tuple(point for point in told if is_of_organisation(point))
        case "region":
            return tuple(point for point in told if is_of_organisation(point) or point.kind != "observation")
        case "official":
            return tuple(point for point in told if point.official == reader.official)


def own_private_points(session: Session, reader: Reader) -> tuple[Point, ...]:
    """What an official kept to themselves, for that official alone; of a function that changed hands, for nobody."""
    if reader.kind != "official" or reader.official in changed_hands(session):
        return ()
    return tuple(
        point for point in session.open_points if point.private and point.text and point.official == reader.official
    )


def is_of_organisation(point: Point) -> bool:
    """Whether a point is about the organisation, alone or beside the person who noted it."""
    return point.level in ("organisation", "both")
