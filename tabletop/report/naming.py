"""Words for what an exercise file calls by a code, wherever a reader meets it: on a screen or on paper."""

from collections.abc import Mapping

from tabletop.core.exercise import Channel, Pool
from tabletop.locale import mark

CHANNELS: Mapping[Channel, str] = {
    "phone": mark("phone"),
    "lcms": mark("LCMS"),
    "news": mark("news"),
    "social-media": mark("social media"),
    "in-person": mark("in person"),
}
POOLS: Mapping[Pool, str] = {
    "field": mark("field"),
    "back-office": mark("back office"),
    "leadership": mark("leadership and strategic advice"),
    "specialist": mark("specialist"),
}
