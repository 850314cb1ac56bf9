"""The form in which our own writer puts each kind of event, as a pattern made of the event's own fields.

What matches is exactly what a full parse would accept, and the values are read off the groups: keys in the order of the
writer, each once, no other spacing, every value within its bounds. Whatever is less plain than that (another order, a
comment, a moment in another notation) matches nothing, and whoever asked falls back to the full parse.
"""

import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import annotated_types
from pydantic import AwareDatetime, StringConstraints
from pydantic.fields import FieldInfo

from tabletop.core.events import Event
from tabletop.files.plain_toml import TEXT

_SLUG: Final = r'(?![^"]{41})[a-z0-9]++(?:-[a-z0-9]++)*+'
_DAY: Final = (
    r"(?:(?:19[89]\d|20\d\d)-"
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"|(?:19(?:8[048]|9[26])|20(?:[02468][048]|[13579][26]))-02-29)"
)
_TIME: Final = r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
_OFFSET: Final = r"[+-](?:0\d|1[0-3]):[0-5]\d"
_MOMENT: Final = rf"{_DAY}{_TIME}\.\d{{3}}{_OFFSET}"
_CLOCK: Final = r"(?:0|[1-9]\d{0,6})\.\d{1,3}"
SEPARATOR: Final = "\n\n[[event]]\n"
"""Stands between events, from the end of the line above one, and nowhere else: no text goes over a line."""
SIGNATURE: Final = "reviewer"
"""What an event has that a reviewer added."""
_PERSON: Final = rf'    \{{ official = "{_SLUG}"(?:, name = "{TEXT}")?(?:, organisation = "{TEXT}")? \}},\n'
TOP: Final = re.compile(
    rf'format = "tabletop-log/1"\nid = "(?P<id>{TEXT})"\n'
    rf"started = (?P<started>{_DAY}{_TIME}(?:\.\d{{3,6}})?{_OFFSET})\n"
    rf'(?:leader = "(?P<leader>{TEXT})"\n)?(?:group = "(?P<group>{TEXT})"\n)?'
    rf'(?:incident = "(?P<incident>{TEXT})"\n)?(?:language = "(?:nl|en)"\n)?'
    rf"(?:participants = \[\n(?P<participants>(?:{_PERSON})*)\]\n)?",
    re.ASCII,
)
"""The part above the exercise."""
PERSON: Final = re.compile(
    rf'    \{{ official = "({_SLUG})"(?:, name = "({TEXT})")?(?:, organisation = "({TEXT})")? \}},\n'
)
"""One of its participants: function, name and organisation."""

KINDS: Final[Mapping[str, type[Event]]] = {kind.model_fields["type"].default: kind for kind in get_args(Event)}


def form_of(kind: str, wanted: Collection[str] = (), *, is_signed: bool = False) -> "re.Pattern[str]":
    """How a kind of event is written, from its type to its number, with a group for each wanted field.

    What a reviewer added is of a form of its own, with a group for the name, because it is rare.
    """
    model = KINDS[kind]
    lines = [rf'type = "{kind}"\nat = {_group("at", _MOMENT, wanted)}\nclock = {_CLOCK}\n']
    for name, field in model.model_fields.items():
        if name == SIGNATURE:
            lines += [rf"{name} = {_value(name, field, {name})}\n"] if is_signed else []
        elif name not in {"type", "at", "clock", "n"}:
            line = rf"{name} = {_value(name, field, wanted)}\n"
            lines.append(line if field.is_required() else f"(?:{line})?+")
    return re.compile("".join(lines) + r"n = \d+", re.ASCII)


def fields_of(kind: str) -> frozenset[str]:
    """The names of all fields of a kind of event."""
    return frozenset(KINDS[kind].model_fields)


def _group(name: str, pattern: str, wanted: Collection[str]) -> str:
    return f"(?P<{name}>{pattern})" if name in wanted else f"(?:{pattern})"


def _plain_type(annotation: Any) -> Any:
    """The type itself, without what says about it and without None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
            continue
        others = [one for one in get_args(annotation) if one is not type(None)]
        if type(None) in get_args(annotation) and len(others) == 1:
            annotation = others[0]
            continue
        return annotation


def _value(name: str, field: FieldInfo, wanted: Collection[str]) -> str:
    """The pattern of a value, with a group of the field's name around what is in it."""
    about = [*field.metadata, *_metadata(field.annotation)]
    plain = _plain_type(field.annotation)
    if get_origin(plain) is tuple:
        item = get_args(plain)[0]
        one = _one(item, _metadata(item))
        least = max((bound.min_length for bound in about if isinstance(bound, annotated_types.MinLen)), default=0)
        most = min((bound.max_length for bound in about if isinstance(bound, annotated_types.MaxLen)), default=0)
        if least and most:
            return rf"\[{_group(name, f'{one}(?:, {one}){{{least - 1},{most - 1}}}', wanted)}\]"
        return rf"\[{_group(name, f'(?:{one}(?:, {one})*)?', wanted)}\]"
    found = _one(field.annotation, about)
    return f'"{_group(name, found[1:-1], wanted)}"' if found.startswith('"') else _group(name, found, wanted)


def _metadata(annotation: Any) -> list[Any]:
    """What is said about a type, and about what it is made of."""
    found: list[Any] = []
    for one in getattr(annotation, "__metadata__", ()):
        found += one.metadata if isinstance(one, FieldInfo) else [one]
    for part in get_args(annotation):
        found += _metadata(part)
    return found


def _one(annotation: Any, about: list[Any]) -> str:
    """The pattern of one value that is surely within its bounds."""
    plain = _plain_type(annotation)
    most = min((_number(bound.le) for bound in about if isinstance(bound, annotated_types.Le)), default=0)
    digits = len(str(most)) - 1 if most else 6
    if get_origin(plain) is Literal:
        return f'"(?:{"|".join(map(re.escape, get_args(plain)))})"'
    if plain is str:
        is_slug = any(isinstance(one, StringConstraints) and one.pattern for one in about)
        return f'"{_SLUG}"' if is_slug else f'"{TEXT}"'
    if plain is bool:
        return "(?:true|false)"
    if plain is float:
        return rf"[1-9]\d{{0,{max(digits - 1, 0)}}}\.\d{{1,6}}"
    if plain in {datetime, AwareDatetime}:
        return _MOMENT
    if plain is not int:
        raise TypeError(annotation)
    least = max((_number(bound.ge) for bound in about if isinstance(bound, annotated_types.Ge)), default=0)
    if digits < 1:
        return f"[{least}-{most}]"
    return rf"[1-9]\d{{0,{digits - 1}}}" if least else rf"(?:0|[1-9]\d{{0,{digits - 1}}})"


def _number(bound: object) -> int:
    """A bound as a whole number; that of a moment says nothing here."""
    return int(bound) if isinstance(bound, (int, float)) else 0


def text_of(raw: str) -> str:
    """Return the text that stands between quotation marks in a log."""
    found: str = json.loads(f'"{raw}"') if "\\" in raw else raw
    return found


@lru_cache(maxsize=1024)
def texts_of(raw: str) -> tuple[str, ...]:
    """The texts of a list, as it stands between its brackets: mostly themes, of which there are few."""
    return tuple(json.loads(f"[{raw}]"))
