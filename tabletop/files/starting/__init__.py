"""Composes the file that a new exercise begins with, out of a template that is an exercise itself.

``nl.toml`` and ``en.toml`` hold more than any exercise needs. As many steps are kept as fit the minutes and the people,
each official is given something to do, and the minutes are worked out anew, so that what comes out passes
``tabletop check`` without a mistake and without a hint.
"""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli_w

from tabletop.core.exercise import POOLS, SHORT, form_minutes
from tabletop.core.naming import slug
from tabletop.files.schema import directive
from tabletop.locale import Language

FEWEST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 30, 180, 75
USUAL_OFFICIALS: Final = ("ovd-bz", "hpz", "backoffice", "ac-bz", "communicatie", "informatiemanager")
_HERE: Final = Path(__file__).parent
_INJECTS: Final = ("first", "grows", "neighbours", "scale-up", "home", "dilemma", "press", "morning")
"""The injects of the template, in order."""
_BY_WORTH: Final = ("first", "grows", "morning", "dilemma", "neighbours", "press", "home", "scale-up")
"""The same, with what an exercise needs most first."""
_STOPS: Final = ("stop-people", "stop-further", "stop-effect")
"""The feedback points in full form, in order. One asks for the effect; two ask who and what would I do besides."""
_ASKS_FOR: Final = {
    "neighbours": ("communicatie", "back-office"),
    "scale-up": ("ac-bz", "informatiemanager", "leadership"),
    "home": ("hpz", "field"),
    "dilemma": ("strategisch-adviseur", "leadership", "back-office"),
    "press": ("communicatie", "specialist"),
}
"""Whom an inject suits, officials or pools, best first."""
_BLOCKS: Final = re.compile(r"\n\n(?=(?:#[^\n]*\n)*(?:\[|# -----))")
"""Between the parts of the template: an empty line, with the comments and the header of the next part behind it."""


class Kind(NamedTuple):
    """A kind of incident, with the first message that it begins with."""

    id: str
    name: str
    title: str
    headline: str
    sender: str
    text: str


class Seat(NamedTuple):
    """A key official at the table."""

    id: str
    name: str
    pool: str
    label: str = ""

    def is_called(self, name: str) -> bool:
        """Whether somebody who says this means this function."""
        return slug(name) in {self.id, slug(self.name), slug(self.label)}


class Answers(NamedTuple):
    """What an author says of a new exercise."""

    title: str
    language: Language
    minutes: int
    officials: Sequence[Seat]
    kind: Kind
    text: str
    """The first message."""


@cache
def kinds(language: Language) -> tuple[Kind, ...]:
    """Return the kinds of incident to choose from."""
    found = tomllib.loads((_HERE / f"kinds-{language}.toml").read_text(encoding="utf-8"))["kinds"]
    return tuple(Kind(one["id"], one["name"], one["title"], one["headline"], one["from"], one["text"]) for one in found)


@cache
def standard_officials(language: Language) -> tuple[Seat, ...]:
    """Return the functions to choose from."""
    found = tomllib.loads(_template(language))["officials"]
    return tuple(_seat(one) for one in found if one.get("key", True))


def seat_of(name: str, language: Language) -> Seat | None:
    """Return the standard function that is called so, or a new one of this name; None when it has no letter at all."""
    if not (own := slug(name)):
        return None
    for seat in standard_officials(language):
        if seat.is_called(name):
            return seat
    return Seat(f"{own[:31]}-official" if own in POOLS else own, name, "field")


def _seat(official: Mapping[str, Any]) -> Seat:
    return Seat(official["id"], official["name"], official["pool"], official.get("label", ""))


def compose(answers: Answers) -> str:
    """Return the text of the file."""
    heading, *blocks = _blocks(answers.language)
    plan = _Plan(answers)
    steps = {block.step: block.text for block in blocks if block.step}
    written = [_step(steps[name], name, answers, plan) for name in plan.keys]
    parts = [f"{directive()}\n\n{_set(heading.text, title=answers.title, minutes=answers.minutes)}"]
    for block in blocks:
        if block.step:  # all of them stand where the first one stood, in their new order
            parts += written
            written = []
        else:
            parts += _composed(block, answers, plan)
    return "\n\n".join(parts) + "\n"


def _composed(block: "_Block", answers: Answers, plan: "_Plan") -> Iterator[str]:
    """Yield the block as the answers want it, or nothing where they do not want it."""
    if "officials" in block.table:
        yield from _official(block.text, block.table["officials"][0], answers)
    elif "debrief" in block.table:
        yield _set(block.text, minutes=plan.debrief)
    else:
        yield block.text


def _official(block: str, official: Mapping[str, Any], answers: Answers) -> Iterator[str]:
    """Yield an official that sits at the table, or that the leader plays; behind the last of them the author's own."""
    seat, standard = _seat(official), standard_officials(answers.language)
    is_at_the_table = any(one.is_called(seat.name) or one.id == seat.id for one in answers.officials)
    if is_at_the_table == official.get("key", True):
        yield block
    if seat == standard[-1]:
        known = {one.id for one in standard}
        for one in answers.officials:
            if one.id not in known:
                yield "[[officials]]\n" + tomli_w.dumps({"id": one.id, "name": one.name, "pool": one.pool}).rstrip()


def _step(block: str, name: str, answers: Answers, plan: "_Plan") -> str:
    keys = dict(plan.keys[name])
    if name == "first":
        keys |= {"from": answers.kind.sender, "headline": answers.kind.headline}
        block = re.sub(r'^text = """\n[^"]*"""', lambda _: _long_text(answers.text), block, flags=re.MULTILINE)
    if name == "dilemma":
        number = sum(other in plan.keys for other in _INJECTS[: _INJECTS.index(name) + 1])
        return _set(block.replace("dilemma.", f"a{number}."), **keys, id=f"a{number}")
    return re.sub(r'^id = "[^"]*"\n', "", _set(block, **keys), flags=re.MULTILINE)


def _set(block: str, **keys: object) -> str:
    """Return the block with these keys set, what is explained behind them kept; a key without a value goes."""
    for key, value in keys.items():
        line = re.search(rf"^{key} = [^\n#]*?( *#[^\n]*)?(?:\n|\Z)", block, re.MULTILINE)
        if line is not None:
            written = f"{_literal(key, value)}{line[1] or ''}\n" if value != "" else ""
            block = (block[: line.start()] + written + block[line.end() :]).rstrip("\n")
    return block


def _literal(key: str, value: object) -> str:
    if isinstance(value, (list, tuple)):
        return f"{key} = [{', '.join(_literal('x', one).partition(' = ')[2] for one in value)}]"
    return tomli_w.dumps({key: value}).rstrip("\n")


def _long_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'text = """\n{escaped}"""'


@cache
def _template(language: Language) -> str:
    return (_HERE / f"{language}.toml").read_text(encoding="utf-8")


class _Block(NamedTuple):
    """A part of the template, with what it holds; ``step`` is the template's name for a step."""

    text: str
    table: Mapping[str, Any]
    step: str


@cache
def _blocks(language: Language) -> tuple[_Block, ...]:
    found = []
    for text in _BLOCKS.split(_template(language)):
        table = tomllib.loads(text)
        found.append(_Block(text.rstrip(), table, next((step["id"] for step in table.get("steps", ())), "")))
    return tuple(found)


class _Plan:
    """Which steps there are, when, and for whom."""

    def __init__(self, answers: Answers) -> None:
        people, minutes = len(answers.officials), answers.minutes
        self.debrief = max(6, min(14, minutes // 5)) if minutes <= 90 else 18
        opening = 3 if minutes < 45 else 5
        stops = _STOPS[2:] if minutes < 60 else (_STOPS[0], _STOPS[2]) if minutes < 120 else _STOPS
        length = math.ceil(form_minutes("full", people))
        room = minutes - self.debrief - opening - SHORT - length * len(stops)
        count = max(3, min(len(_INJECTS), int(room // 5)))
        injects = [name for name in _INJECTS if name in _BY_WORTH[:count]]
        budget, spare = divmod(int(room), count)
        stands_after = {
            injects[round((place + 1) * (count - 1) / len(stops)) - 1]: stop for place, stop in enumerate(stops)
        }
        receivers = _receivers(injects, answers.officials)
        self.keys: dict[str, dict[str, object]] = {}
        """What is set in each step that is kept, by its name in the template."""
        minute = opening
        for place, name in enumerate(injects):
            own = budget + (place < spare)
            self.keys[name] = {"minute": minute, "budget": own, "to": receivers[name]}
            minute += own
            if name == "first":
                self.keys["stop-first"] = {"minute": minute}
                minute += int(SHORT)
            if stop := stands_after.get(name):
                self.keys[stop] = {"minute": minute}
                minute += length


def _receivers(injects: Sequence[str], officials: Sequence[Seat]) -> dict[str, list[str]]:
    """Say for whom each inject is: the first for who is in the field, two for everyone, and nobody is left out between.

    Each inject goes to the one whom it suits best, and then everyone who has nothing yet is added where they suit.
    """
    field = next((seat for seat in officials if seat.pool == "field"), officials[0])
    found: dict[str, list[str]] = {name: [] for name in injects}
    found["first"] = [field.id]
    between = [name for name in injects if name in _ASKS_FOR]
    for name in between:
        found[name].append(min(officials, key=partial(_suits, name)).id)
    idle = [seat for seat in officials if not any(seat.id in found[name] for name in between)]
    for seat in idle if between else ():
        weights = {name: (_suits(name, seat) + len(found[name]), len(found[name])) for name in between}
        found[min(weights, key=weights.__getitem__)].append(seat.id)
    return found


def _suits(name: str, seat: Seat) -> int:
    """Return how well an inject suits somebody, 0 being best."""
    wanted = _ASKS_FOR[name]
    return next((place for place, one in enumerate(wanted) if one in (seat.id, seat.pool)), len(wanted))
