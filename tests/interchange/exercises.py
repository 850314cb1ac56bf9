"""Any exercise at all: every field of every part filled in by its type, and what does not fit together taken out."""

from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tabletop.core.exercise import Exercise
from tabletop.interchange.ledger import Ledger, Part
from tabletop.interchange.records import children, kind_of, own_fields, shape
from tabletop.interchange.settling import settled

NASTY = (
    "=1+1",
    "+31 6",
    "-",
    "@SUM(A1)",
    "'quoted",
    "''",
    '"',
    "a;b,c\td",
    "_x0041_",
    "#REF!",
    "ja",
    "1,5",
    "007",
    "\\",
    '"""',
    "tabletop",
    " spaces ",
    "\n",
    "two\n\nlines",
    "=\n=",
    "＝1",
    "é👩‍🚒",
    "#",
    "exercise",
    "1e5",
    "TRUE",
)
texts = st.sampled_from(NASTY) | st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n'=\"\\"), max_size=12
)
ids = st.sampled_from(["a1", "a2", "f1", "o1", "o2", "x", "ovd-bz", "field", "1", "2-3"])


def _value(field: FieldInfo) -> st.SearchStrategy[Any]:
    allowed = [
        one
        for part in (field.annotation, *get_args(field.annotation))
        if get_origin(part) is Literal
        for one in get_args(part)
    ]
    if allowed:
        return st.sampled_from(allowed)
    match shape(field):
        case "flag":
            return st.booleans()
        case "number":
            return st.integers(0, 60) | st.floats(0, 100)
        case "ids":
            return st.lists(ids, max_size=3, unique=True)
        case "lines":
            return st.lists(texts, max_size=3)
        case "text":
            return texts | ids


@st.composite
def _part(draw: st.DrawFn, model: type[BaseModel], kind: str, depth: int = 0) -> Part:
    part = Part()
    for key, field in own_fields(model).items():
        if key not in {"id", "format"} and (field.is_required() or draw(st.booleans())):
            part[key] = draw(_value(field))
    if "id" in own_fields(model):
        part["id"] = draw(ids)
    if "type" in model.model_fields:
        part["type"] = kind
    for inner_kind, child in children(model).items():
        if child.key in {"steps", "officials"} or depth > 3:
            continue
        inner = _part(child.model, inner_kind, depth + 1)
        if child.is_list:
            part[child.key] = draw(st.lists(inner, max_size=3))
        elif draw(st.booleans()):
            part[child.key] = draw(inner)
    return part


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """An exercise with at least one official and one inject, and anything else."""
    parts = children(Exercise)
    whole = draw(_part(Exercise, kind_of("", Exercise)))
    for key in ("mode", "call_out"):  # its parts have to fit together: the exercises that ship show that it comes back
        whole.pop(key, None)
    whole["title"] = draw(texts.filter(lambda text: text.strip())) + "!"
    sure = Part({"id": "sure", "name": "Sure official"})
    whole["officials"] = [sure, *draw(st.lists(_part(parts["officials"].model, "officials"), max_size=3))]
    steps = st.one_of(*(_part(parts[kind].model, kind) for kind in ("inject", "feedback")))
    shown = Part({"type": "inject", "id": "sure-inject", "text": "Something happens."})
    whole["steps"] = [shown, *draw(st.lists(steps, max_size=5))]
    return settled(whole, Ledger(), "any")
