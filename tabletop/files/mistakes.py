"""Mistakes in an exercise file, each with the line and the place, and with a code that we have words for.

What pydantic and tomllib say themselves never reaches a user: it is English, and it is about Python.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tabletop.core.check import Fault, inconsistencies, suggestion
from tabletop.core.exercise import (
    Basis,
    Checklist,
    Choice,
    Debrief,
    DebriefQuestion,
    Exercise,
    FeedbackPoint,
    Inject,
    Objective,
    Official,
    Question,
)
from tabletop.core.naming import DUTCH_KEYS, FEEDBACK, INJECT, named_steps, slug
from tabletop.core.text import clean_line, cut
from tabletop.files.trouble import Trouble

Path: TypeAlias = tuple[str | int, ...]
Table: TypeAlias = dict[str, Any]

_PARTS: Final[Mapping[Path, type[BaseModel]]] = {
    (): Exercise,
    ("basis",): Basis,
    ("checklist",): Checklist,
    ("debrief",): Debrief,
    ("debrief", "questions"): DebriefQuestion,
    ("objectives",): Objective,
    ("officials",): Official,
    ("steps", "inject"): Inject,
    ("steps", "inject", "choices"): Choice,
    ("steps", "feedback"): FeedbackPoint,
    ("steps", "feedback", "questions"): Question,
}
_DUTCH_VALUES: Final = {
    "leiding": "leadership", "nieuws": "news", "persoonlijk": "in-person", "sociale media": "social-media",
    "telefoon": "phone", "veld": "field",
}  # fmt: skip
_CODES: Final = {
    "missing": "missing",
    "extra_forbidden": "unknown-key",
    "string_type": "not-text",
    "string_too_short": "empty",
    "string_too_long": "too-long",
    "string_pattern_mismatch": "not-an-id",
    "greater_than_equal": "too-low",
    "greater_than": "not-more",
    "less_than_equal": "too-high",
    "less_than": "not-less",
    "literal_error": "not-one-of",
    "union_tag_invalid": "not-one-of",
    "too_short": "none-at-all",
}
_KINDS: Final = (
    ("float", "not-a-number"),
    ("finite", "not-a-number"),
    ("int", "not-a-whole-number"),
    ("bool", "not-true-or-false"),
    ("tuple", "not-a-list"),
    ("list", "not-a-list"),
    ("model", "not-a-table"),
    ("dict", "not-a-table"),
)
_ROUNDS: Final = 4
"""How often a copy is mended: what was left out may turn out to be required, and within that something else."""
_TOML: Final = (
    ("Illegal character '\\n'", "toml-text-not-closed"),
    ("Illegal character", "toml-character"),
    ("Found invalid character", "toml-character"),
    ("Unterminated string", "toml-text-not-closed"),
    ('Expected \'"""\'', "toml-text-not-closed"),
    ("Expected \"'", "toml-text-not-closed"),
    ("Cannot overwrite", "toml-twice"),
    ("Duplicate", "toml-twice"),
    ("Cannot declare", "toml-table-twice"),
    ("Cannot mutate", "toml-table-twice"),
    ("Cannot redefine", "toml-table-twice"),
    ("Expected '='", "toml-no-equals"),
    ("Invalid value", "toml-value"),
    ("Invalid date", "toml-value"),
    ("Unescaped", "toml-backslash"),
    ("Invalid hex", "toml-backslash"),
    ("Escaped character", "toml-backslash"),
    ("Unclosed", "toml-list-not-closed"),
    ("Expected ']", "toml-bracket"),
    ("Expected newline", "toml-rest"),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file; ``locale.sentences.pointed`` makes ``file:line: where — what`` of it."""

    file: str
    line: int
    where: str
    """The place in the author's terms, counted from 1: ``steps[4] (a3).minute``. Empty for the whole file."""
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class Broken(Trouble):
    """An exercise file with mistakes, all of them."""

    def __init__(self, file: str, mistakes: Sequence[Mistake]) -> None:
        super().__init__("broken", file=file, count=len(mistakes))
        self.mistakes = tuple(mistakes)


def syntax_mistake(file: str, text: str, said: str) -> Mistake:
    """Turn tomllib's message, such as ``Invalid value (at line 3, column 5)``, into a mistake of ours."""
    found = re.search(r"\(at line (\d+),", said)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    code = next((code for start, code in _TOML if said.startswith(start)), "toml")
    return Mistake(file, line, "", code)


def exercise_of(file: str, data: Table, text: str) -> Exercise:
    """Return the exercise; raises Broken with every mistake, those between its parts included."""
    try:
        exercise = Exercise.model_validate(data)
        faults = inconsistencies(exercise)
    except ValidationError as error:
        errors = _errors(error)
        faults = (*map(_own_fault, errors), *_faults_between_the_rest(text, errors))
    else:
        if not faults:
            return exercise
    raise Broken(file, located(file, data, text, faults))


def located(file: str, data: Table, text: str, faults: Iterable[Fault]) -> list[Mistake]:
    """Return the faults with their lines, in the order of the file."""
    from tabletop.files.positions import Positions  # needed only where there is a line to name

    positions = Positions(text)
    mistakes = [Mistake(file, positions.line(one.path), _where(data, one.path), one.code, one.values) for one in faults]
    return sorted(mistakes, key=lambda mistake: mistake.line)


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Return what pydantic finds wrong with the parts of an exercise, each with its place in the file."""
    return tuple(map(_own_fault, _errors(error)))


def _where(data: Table, path: Path) -> str:
    """Say where in the author's terms: ``steps[4] (a3).minute``."""
    here: object = data
    said = ""
    for part in path:
        if isinstance(part, int):
            items = here if isinstance(here, list) else []
            here = (named_steps(items) if said == "steps" else items)[part] if part < len(items) else None
            said += f"[{part + 1}]"
            if isinstance(here, dict) and isinstance(name := here.get("id"), str) and name:
                said += f" ({_shown(name)})"
        else:
            said += f".{_shown(part)}" if said else _shown(part)
            here = here.get(part) if isinstance(here, dict) else None
    return said


def _shown(value: object) -> str:
    """Return something from the file as one short line."""
    return cut(clean_line(value if isinstance(value, str) else type(value).__name__), 40)


def _errors(error: ValidationError) -> list[ErrorDetails]:
    """Return pydantic's errors. A list whose items are all wrong counts as empty too; once is enough."""
    errors = error.errors(include_url=False)
    inside = {one["loc"][:end] for one in errors for end in range(len(one["loc"]))}
    return [one for one in errors if one["type"] != "too_short" or one["loc"] not in inside]


def _own_fault(error: ErrorDetails) -> Fault:
    path, kind, context = _in_file(error["loc"]), error["type"], error.get("ctx", {})
    code = _CODES.get(kind, "not-possible")
    match kind:
        case "extra_forbidden":
            key = str(path[-1])
            return _unknown_key(error["loc"], path, key)
        case "literal_error":
            return _not_one_of(path, _shown(error["input"]), context["expected"])
        case "union_tag_invalid":
            return _not_one_of((*path, "type"), _shown(context["tag"]), context["expected_tags"])
        case "greater_than_equal" | "greater_than" | "less_than_equal" | "less_than":
            if error["input"] != error["input"]:  # TOML's nan is below nothing and above nothing
                return Fault(path, "not-a-number")
            return Fault(path, code, {"limit": f"{next(iter(context.values())):g}"})
        case "string_too_long":
            return Fault(path, code, {"most": context["max_length"]})
        case "string_pattern_mismatch":
            return Fault(path, code, {"meant": slug(str(error["input"])) or "ovd-bz"})
        case "value_error":  # the only one that a model of ours raises
            return Fault(("steps",), "no-inject")
        case _:
            pass
    for start, found in _KINDS:
        if kind.startswith(start):
            code = found
    return Fault(path, code)


def _unknown_key(place: Path, path: Path, key: str) -> Fault:
    """Return the fault, with the key that was meant: of this part, or of the other kind of step."""
    is_in_a_step = len(place) == 4 and path[0] == "steps"
    others = [(*place[:2], kind, key) for kind in (INJECT, FEEDBACK)] if is_in_a_step else []
    faults = [
        _with_meant(path, "unknown-key", key, {name: name for name in _keys_beside(beside)} | DUTCH_KEYS)
        for beside in (place, *others)
    ]
    return next((fault for fault in faults if "meant" in fault.values), faults[0])


def _not_one_of(path: Path, value: str, expected: str) -> Fault:
    possible = re.findall(r"'([^']*)'", expected)
    fault = _with_meant(path, "not-one-of", value, {one: one for one in possible} | _DUTCH_VALUES, possible)
    return Fault(path, fault.code, {**fault.values, "possible": ", ".join(possible)})


def _with_meant(path: Path, code: str, name: str, known: Mapping[str, str], possible: Iterable[str] = ()) -> Fault:
    """Return the fault with what was probably meant, in a sentence of its own."""
    allowed = set(possible) or {one for one, same in known.items() if one == same}
    meant = suggestion(name, {one: meant for one, meant in known.items() if meant in allowed})
    if not meant:
        return Fault(path, code, {"name": _shown(name)})
    return Fault(path, f"{code}-meant", {"name": _shown(name), "meant": meant})


def _in_file(place: Path) -> Path:
    """Return the place in the file: pydantic also names which of its models it tried for a step."""
    return (*place[:2], *place[3:]) if place[:1] == ("steps",) else place


def _keys_beside(place: Path) -> list[str]:
    """Return the keys that could stand where the last key of this place stands."""
    part = _PARTS.get(tuple(step for step in place[:-1] if isinstance(step, str)))
    return [field.alias or name for name, field in part.model_fields.items()] if part else []


def _faults_between_the_rest(text: str, errors: Sequence[ErrorDetails]) -> tuple[Fault, ...]:
    """Return the mistakes between the parts that are right by themselves, so that the author hears it all at once.

    What is wrong by itself is left out or filled in on a fresh copy; what might follow from that is not reported.
    """
    mended: Table = tomllib.loads(text)
    if isinstance(steps := mended.get("steps"), list):
        mended["steps"] = named_steps(steps)
    wrong = [_in_file(error["loc"]) for error in errors]
    # What a step of an unknown type is made of shows only once its type is what its keys say.
    hidden = [_in_file(error["loc"]) for error in errors if error["type"] == "union_tag_invalid"]
    found: list[Fault] = []
    for _ in range(_ROUNDS):
        for error in errors:
            _mend(mended, error)
        try:
            exercise = Exercise.model_validate(mended)
        except ValidationError as again:
            errors = _errors(again)
            found += (_own_fault(error) for error in errors if _in_file(error["loc"])[:2] in hidden)
        else:
            found += (fault for fault in inconsistencies(exercise) if not _may_follow(fault, wrong))
            break
    return tuple(found)


def _mend(data: Table, error: ErrorDetails) -> None:
    path = _in_file(error["loc"])
    if error["type"] == "union_tag_invalid":
        path = (*path, "type")
    while path and isinstance(path[-1], int):
        path = path[:-1]
    here: Any = data
    for part in path[:-1]:
        here = here[part]
    if error["type"] == "missing":
        here[path[-1]] = "mended-" + "-".join(map(str, path[:-1]))
    elif path and isinstance(here, dict):
        here.pop(path[-1], None)


def _may_follow(fault: Fault, wrong: Iterable[Path]) -> bool:
    """Whether this fault may be there only because of what was mended."""
    for path in wrong:
        match fault.code:
            case "no-such-question" | "due-without-minute" | "one-choice":
                follows = path[:2] == fault.path[:2]
            case "minute-after-end" | "debrief-too-long":
                follows = len(path) == 1 or path[0] == "debrief"
            case "unknown-choice" | "unknown-choice-meant" | "choice-stands-below":
                follows = path[0] == "steps" and (len(path) < 3 or path[2] in {"id", "type", "choices"})
            case "headline-too-long" | "minute-backwards" | "translates-itself":
                follows = False
            case _:  # about names
                names = {"id", "name", "label", "key"}
                follows = path[0] in {"officials", "objectives"} and (len(path) < 3 or path[2] in names)
        if follows:
            return True
    return False
