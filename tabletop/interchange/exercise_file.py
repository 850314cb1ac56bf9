"""Writes an exercise file as an author does: in the order of the storyline, with comments, defaults left out."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from tabletop.core.exercise import Exercise
from tabletop.files.schema import directive
from tabletop.interchange.records import is_default, key_of, models_in, ordered, own_values, parts_of
from tabletop.locale import mark, words_for

_WIDTH: Final = 120
_LONG: Final = 100
"""Characters from which a text stands on lines of its own."""
_SECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "objectives": (mark("Objectives"), ""),
    "officials": (mark("Officials"),
                  mark("Names and labels differ per region: change them freely. pool says who may take over from\n"
                       "whom: field, back-office, leadership or specialist. key = false: played by the leader.")),
    "checklist": (mark("Checklist"), mark("The first question always stands above these lines.")),
    "steps": (mark("Storyline"), mark("Minutes count from the real start, the planned feedback points included.")),
    "debrief": (mark("Debrief"), ""),
    "basis": (mark("What really happened"), mark("On the participants' screen only after the debrief.")),
}  # fmt: skip
"""The heading above a part, and what an author should know there."""
_STOP: Final = mark(
    "There is no feedback point yet. One looks like this, between two injects:\n"
    "\n"
    "[[steps]]\n"
    'type = "feedback"\n'
    "minute = 20\n"
    "\n"
    "[[steps.questions]]\n"
    'text = "Should government do anything here?"\n'
    'about = "first-question"'
)


def exercise_text(exercise: Exercise) -> str:
    """Return the exercise as the text of a file, with comments in its own language."""
    words = words_for(exercise.language)
    lines = [
        directive(),
        "",
        *(f"# {line}" for line in words.t(
            "{title}: a tabletop exercise.\n\nThis file reads from top to bottom as the storyline. Change a sentence, "
            'save it,\nand let "tabletop check" say whether everything is still right.', title=exercise.title,
        ).split("\n")),
        "",
        *_keys(exercise),
    ]  # fmt: skip
    parts = [key for key, _ in parts_of(exercise)]
    for key in ordered(dict.fromkeys(parts)):
        heading, note = _SECTIONS.get(key, (key, ""))
        lines += ["", "", f"# {'-' * max(_WIDTH - 44 - len(words.t(heading)), 4)} {words.t(heading)}"]
        lines += [f"# {line}".rstrip() for line in words.t(note).split("\n") if note]
        for part_key, part in parts_of(exercise):
            if part_key == key:
                lines += ["", *_part(exercise, key, part)]
    if not exercise.feedback_points:
        lines += ["", "", *(f"# {line}".rstrip() for line in words.t(_STOP).split("\n"))]
    return "\n".join(line.rstrip() if line.startswith("#") else line for line in lines) + "\n"


def _part(whole: BaseModel, key: str, part: BaseModel) -> Iterator[str]:
    is_one_of_many = isinstance(getattr(whole, key), tuple)
    yield f"[[{key}]]" if is_one_of_many else f"[{key}]"
    yield from _keys(part)


def _keys(part: BaseModel) -> Iterator[str]:
    """Yield what stands in a part itself: its keys, its type first, and what it holds of others on lines of its own."""
    model = type(part)
    if (kind := getattr(part, "type", None)) is not None:
        yield f"type = {_literal(kind)}"
    for key, value in own_values(part).items():
        said = _value(value)
        yield f"{key} = {said}"
        if isinstance(part, Exercise) and said.startswith('"""'):
            yield ""
    if isinstance(part, Exercise):
        return
    for name, field in model.model_fields.items():
        inner = getattr(part, name)
        if models_in(field.annotation) and inner is not None and not is_default(field, inner):
            yield from _inside(key_of(name, field), inner)


def _inside(key: str, inner: Any) -> Iterator[str]:
    if isinstance(inner, BaseModel):
        yield f"{key} = {_inline(inner)}"
        return
    yield f"{key} = ["
    yield from (f"    {_inline(one)}," for one in inner)
    yield "]"


def _inline(part: BaseModel) -> str:
    """Return a small part on one line."""
    said: list[str] = []
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value is None or (is_default(field, value) and name != "type"):
            continue
        key = key_of(name, field)
        if isinstance(value, BaseModel):
            said.append(f"{key} = {_inline(value)}")
        elif models_in(field.annotation):
            said.append(f"{key} = [{', '.join(map(_inline, value))}]")
        else:
            said.append(f"{key} = {_literal(value)}")
    return f"{{ {', '.join(said)} }}" if said else "{}"


def _value(value: Any) -> str:
    if isinstance(value, str) and ("\n" in value or len(value) > _LONG):
        text = value.replace("\\", "\\\\").replace('"""', '""\\"')
        return f'"""\n{text[:-1]}\\""""' if text.endswith('"') and not text.endswith('\\"') else f'"""\n{text}"""'
    literal = _literal(value)
    if isinstance(value, tuple) and len(literal) > _LONG:
        return "\n".join(("[", *(f"    {_literal(one)}," for one in value), "]"))
    return literal


def _literal(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return f"{value:.0f}" if value.is_integer() else repr(value)
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        case tuple():
            return f"[{', '.join(map(_literal, value))}]"
        case _:
            raise TypeError(type(value).__name__)
