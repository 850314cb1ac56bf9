"""The JSON Schema of an exercise file, for editors that complete and check TOML while it is typed.

It is made from the models that judge the file, and says the same about its form. What only shows when the parts are
laid side by side, such as a receiver that is no official, ``tabletop check`` alone can say.
"""

import json
from pathlib import Path
from typing import Any, Final, TypeAlias

from tabletop.core.exercise import Exercise
from tabletop.locale import Words

NAME: Final = "tabletop-exercise.schema.json"
"""How the file is called beside the exercises that name it."""
_NOT_A_RESERVE: Final = {
    "required": ["text"],
    "not": {"properties": {"reserve": {"const": True}}, "required": ["reserve"]},
}

_OURS: Final = "tabletop-exercise/1, made by tabletop schema"

Schema: TypeAlias = dict[str, Any]


def directive(name: str = NAME) -> str:
    """Return the first line of an exercise, by which an editor finds the schema in the same folder."""
    return f"#:schema ./{name}"


def schema_text(words: Words) -> str:
    """Return the schema as a file, with descriptions in the language of these words."""
    return json.dumps(exercise_schema(words), ensure_ascii=False, indent=2) + "\n"


def exercise_schema(words: Words) -> Schema:
    """Return the schema in draft 7, the newest that taplo and its relatives know.

    Every part is written out where it is used: in draft 7 nothing that stands beside a reference counts, descriptions
    included.
    """
    made = Exercise.model_json_schema()
    schema: Schema = _written_out(made, made.pop("$defs"), words)
    steps = schema["properties"]["steps"]
    steps["contains"] = _NOT_A_RESERVE  # there is something to show
    return {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": _OURS, **schema}


def is_schema(path: Path) -> bool:
    """Whether this file is a schema that was made here, of this version or an older one."""
    try:
        with path.open("rb") as file:
            return _OURS.encode() in file.read(1000)
    except (OSError, ValueError):
        return False


def _written_out(node: Schema, parts: Schema, words: Words) -> Schema:
    """Return a part of the schema without references, and without what TOML or an editor has no use for."""
    if choices := node.get("anyOf"):  # what may be left out; TOML has no null
        (only,) = (one for one in choices if one != {"type": "null"})
        node = {**only, **{key: node[key] for key in node if key != "anyOf"}}
    if reference := node.get("$ref"):
        node = {**parts[reference.rpartition("/")[2]], **{key: node[key] for key in node if key != "$ref"}}
    found: Schema = {}
    for key, value in node.items():
        match key:
            case "properties":
                found[key] = {name: _written_out(part, parts, words) for name, part in value.items()}
            case "items":
                found[key] = _written_out(value, parts, words)
            case "oneOf":
                found[key] = [_written_out(part, parts, words) for part in value]
            case "description":
                found[key] = words.t(value)
            case "title" | "discriminator":
                pass
            case "default" if value in (None, "", []):
                pass
            case _:
                found[key] = value
    return found
