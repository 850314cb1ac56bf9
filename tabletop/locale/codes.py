"""Words for what files and logs call by a code, wherever a reader meets it: on a screen, on paper or in a table."""

from collections.abc import Mapping
from typing import Final

from tabletop.locale import mark

CHANNELS: Final[Mapping[str, str]] = {
    "phone": mark("phone"),
    "lcms": mark("LCMS"),
    "news": mark("news"),
    "social-media": mark("social media"),
    "in-person": mark("in person"),
}
POOLS: Final[Mapping[str, str]] = {
    "field": mark("field"),
    "back-office": mark("back office"),
    "leadership": mark("leadership and strategic advice"),
    "specialist": mark("specialist"),
}
GLYPHS: Final[Mapping[str, str]] = {"keep": "+", "change": "Δ"}
TURNS: Final[Mapping[str, str]] = {"keep": mark("keep"), "change": mark("do differently")}
KINDS: Final[Mapping[str, str]] = {
    "observation": mark("observation"),
    "question": mark("question"),
    "practice": mark("practice"),
    "proposal": mark("proposal"),
}
LEVELS: Final[Mapping[str, str]] = {
    "individual": mark("for the person"),
    "organisation": mark("for the organisation"),
    "both": mark("for both"),
}
ASPECTS: Final[Mapping[str, str]] = {"process": mark("process"), "effect": mark("effect")}
FIRST: Final[Mapping[str, str]] = {"yes": mark("yes"), "no": mark("no"), "not-yet": mark("not yet")}
KEPT: Final[Mapping[str, str]] = {
    "yes": mark("yes"),
    "partly": mark("partly"),
    "no": mark("no"),
    "not-discussed": mark("not discussed"),
}
WHERE: Final[Mapping[str, str]] = {
    "field": mark("in the field (CoPI)"),
    "back-office": mark("in the back office"),
    "operational-team": mark("in the operational team (ROT)"),
    "policy-team": mark("in the policy team (BT)"),
}
