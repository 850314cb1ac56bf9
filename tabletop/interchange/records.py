"""An exercise as rows: one for each of its parts, and what that part holds by the keys of the exercise file.

It goes by the fields of the models, so that a field which is new there goes out and comes back without a word here.
A part that belongs to another, such as a choice to its inject, stands below it. What is at its default is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Any, Final, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from tabletop.core.exercise import Exercise
from tabletop.interchange.grid import Cell, RowRef
from tabletop.interchange.ledger import Ledger, Part

Shape: TypeAlias = Literal["text", "number", "flag", "lines", "ids"]
"""How a value is written in one cell. Ids stand beside each other, anything else of which there are several below."""

EXERCISE: Final = "exercise"
FIRST_PARTS: Final = ("objectives", "officials", "checklist")
LAST_PARTS: Final = ("steps", "debrief", "basis")
"""The order of the parts of an exercise, as an author writes it; what is new comes before the storyline."""
FIRST_KEYS: Final = ("format", "id", "title", "language", "translation_of", "minutes", "summary", "purpose",
                     "introduction", "situation", "content_note", "codeword", "themes")  # fmt: skip
_EMPTY: Final = "\n"
"""Added to a text of nothing but line ends: one that is empty on purpose, where leaving it out means something else."""
_TRUE: Final = frozenset(("ja", "yes", "true", "waar", "1", "x"))
_FALSE: Final = frozenset(("nee", "no", "false", "onwaar", "0"))


class Record(NamedTuple):
    """A row: which part it is (``inject``, ``officials``), the values by key, and how deep it stands in others."""

    kind: str
    values: Mapping[str, Any]
    depth: int
    """How many parts it stands in: 0 for the exercise itself."""
    model: BaseModel


class Child(NamedTuple):
    """A part that another part may hold."""

    key: str
    model: type[BaseModel]
    is_list: bool


# --- what the models say ---------------------------------------------------------------------------------------------


def key_of(name: str, field: FieldInfo) -> str:
    """Return how a field is called in a file."""
    return field.alias or name


def models_in(annotation: Any) -> tuple[type[BaseModel], ...]:
    """Return the models that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for part in get_args(annotation) for model in models_in(part))


def children(model: type[BaseModel]) -> dict[str, Child]:
    """Return the parts that a part may hold, by what their rows are called."""
    return {
        kind_of(key_of(name, field), inner): Child(key_of(name, field), inner, get_origin(field.annotation) is tuple)
        for name, field in model.model_fields.items()
        for inner in models_in(field.annotation)
    }


def kind_of(key: str, model: type[BaseModel]) -> str:
    """Return what the row of a part is called: by its type where it has one, else by the key that it stands under."""
    field = model.model_fields.get("type")
    return str(field.default) if field is not None else key


def own_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a part that stand in its own row, by key; its type is what its row is called."""
    found = {
        key_of(name, field): field
        for name, field in model.model_fields.items()
        if not models_in(field.annotation) and name != "type"
    }
    if model is Exercise:
        return {key: found[key] for key in (*FIRST_KEYS, *found) if key in found}
    return found


def shape(field: FieldInfo) -> Shape:
    """Return how the values of a field are written; raises TypeError for one that a cell cannot hold."""
    if get_origin(field.annotation) is tuple:
        item = get_args(field.annotation)[0]
        is_id = any(isinstance(one, StringConstraints) for one in getattr(item, "__metadata__", ()))
        return "ids" if is_id else "lines"
    annotation = _bare(field.annotation)
    if annotation is bool:
        return "flag"
    if annotation in (int, float):
        return "number"
    if annotation is str or get_origin(annotation) is Literal:
        return "text"
    raise TypeError(field.annotation)


def _bare(annotation: Any) -> Any:
    """Return a type without what is said about it, and without that it may be left out."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    while hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return annotation


# --- out -------------------------------------------------------------------------------------------------------------


def records(exercise: Exercise) -> Iterator[Record]:
    """Yield the rows of an exercise, in the order in which an author writes it."""
    yield from _records(EXERCISE, exercise, 0)


def _records(kind: str, part: BaseModel, depth: int) -> Iterator[Record]:
    yield Record(kind, own_values(part), depth, part)
    for key, inner in parts_of(part):
        yield from _records(kind_of(key, type(inner)), inner, depth + 1)


def own_values(part: BaseModel) -> dict[str, Any]:
    """Return what a part holds itself, by key: its format always, anything else where it is not at its default."""
    fields = own_fields(type(part))
    values = {key: getattr(part, _name(type(part), key)) for key in fields}
    return {key: value for key, value in values.items() if key == "format" or not is_default(fields[key], value)}


def parts_of(part: BaseModel) -> Iterator[tuple[str, BaseModel]]:
    """Yield the parts of a part with their keys, in the order in which an author writes them, defaults left out."""
    found: dict[str, list[BaseModel]] = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if models_in(field.annotation) and value is not None and not is_default(field, value):
            found[key_of(name, field)] = list(value) if isinstance(value, tuple) else [value]
    for key in ordered(found):
        for inner in found[key]:
            yield key, inner


def ordered(keys: Iterable[str]) -> list[str]:
    """Return the keys of the parts of an exercise in the order in which an author writes them."""
    keys = list(keys)
    middle = [key for key in keys if key not in FIRST_PARTS + LAST_PARTS]
    return [key for key in (*FIRST_PARTS, *middle, *LAST_PARTS) if key in keys]


def is_default(field: FieldInfo, value: object) -> bool:
    """Whether this is what the field holds when nothing is written."""
    return not field.is_required() and bool(value == field.get_default(call_default_factory=True))


def _name(model: type[BaseModel], key: str) -> str:
    return next(name for name, field in model.model_fields.items() if key_of(name, field) == key)


def written(field: FieldInfo, value: Any, yes: str, no: str) -> Cell:
    """Return a value as one cell."""
    match shape(field):
        case "flag":
            return yes if value else no
        case "number":
            return int(value) if float(value).is_integer() and abs(value) < 1e15 else float(value)
        case "ids":
            return ", ".join(map(str, value)) or _EMPTY
        case "lines":
            texts = [str(one) for one in value]
            return "\n".join(texts) if any(texts) else "\n" * len(texts)
        case "text":
            text = str(value)
            return text if text.strip("\n") else text + _EMPTY


# --- in --------------------------------------------------------------------------------------------------------------


def value_of(field: FieldInfo, cell: Cell) -> Any:
    """Return the value that a cell holds; what cannot be read stays as it is, for whoever validates it."""
    kind = shape(field)
    if not isinstance(cell, str):
        return str(cell) if kind in {"text", "lines", "ids"} else cell
    match kind:
        case "flag":
            said = cell.strip().casefold()
            return True if said in _TRUE else False if said in _FALSE else cell
        case "number":
            try:
                number = float(cell.strip().replace(",", "."))
            except ValueError:
                return cell
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        case "ids":
            return cell.replace(";", ",").replace("\n", ",").replace(",", " ").split()
        case "lines":
            return [""] * len(cell) if not cell.strip("\n") else cell.split("\n")
        case "text":
            return cell if cell.strip("\n") else cell.removesuffix(_EMPTY)


class Row(NamedTuple):
    """A row that was read: what it is called, its cells by key, and where it stands."""

    kind: str
    cells: Mapping[str, Cell]
    ref: RowRef


def assembled(rows: Iterable[Row], ledger: Ledger) -> Part:
    """Put the parts of an exercise together again; a row that belongs nowhere is left out."""
    whole = Part()
    open_parts: list[tuple[type[BaseModel], Part]] = [(Exercise, whole)]
    for row in rows:
        ledger.take(row.ref)
        if row.kind == EXERCISE:
            whole.update(_values(Exercise, row, ledger))
            whole.ref = row.ref
            open_parts = [(Exercise, whole)]
            continue
        depth = next((at for at in range(len(open_parts), 0, -1) if row.kind in children(open_parts[at - 1][0])), 0)
        if not depth:
            ledger.leave(row.ref, "import-kind-unknown", kind=row.kind)
            continue
        holder_model, holder = open_parts[depth - 1]
        child = children(holder_model)[row.kind]
        part = Part(_values(child.model, row, ledger), row.ref)
        if "type" in child.model.model_fields:
            part["type"] = row.kind
        if child.is_list:
            holder.setdefault(child.key, []).append(part)
        else:
            holder[child.key] = part
        open_parts[depth:] = [(child.model, part)]
    return whole


def _values(model: type[BaseModel], row: Row, ledger: Ledger) -> dict[str, Any]:
    fields = own_fields(model)
    found: dict[str, Any] = {}
    for key, cell in row.cells.items():
        if key in fields:
            found[key] = value_of(fields[key], cell)
        else:
            ledger.guess(row.ref, "import-not-of-this", key=key, kind=row.kind)
    return found
