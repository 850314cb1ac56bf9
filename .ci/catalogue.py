"""Keep the Dutch catalogue in step with the source: extract, update, compile.

    python .ci/catalogue.py           write the .po (translations kept, nothing guessed) and compile it
    python .ci/catalogue.py --check   change nothing; exit 1 when the .po is stale or a text has no translation

A text is found where it is an argument of `t`, `tc`, `tn` or `mark`, and where it describes a part or a key of the
exercise file. It must be a plain string: a text put together by an f-string cannot be translated, and is refused here.
The .po is sorted and holds no dates, names or line numbers, so that it changes only when a text does.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = ROOT / "tabletop"
DUTCH: Final = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "tabletop.po"

DESCRIBED: Final = "tabletop/core/exercise.py"
"""Whose docstrings and descriptions are read by authors, in the schema and in the reference."""

HEADER: Final = """\
# The Dutch words of tabletop. The leader is addressed with u, and called by the field's own words.
# Made by .ci/catalogue.py: edit the msgstr lines only.
"""
_CHURN: Final = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):.*\n',
    re.MULTILINE,
)


class Message(NamedTuple):
    """One text to translate, and where it was first seen."""

    context: str | None
    one: str
    many: str | None
    where: str

    @property
    def id(self) -> str | tuple[str, str]:
        """What Babel calls the id: a pair when there are plural forms."""
        return self.one if self.many is None else (self.one, self.many)


class Mistake(Exception):
    """A text that cannot be extracted, as `file:line: what`."""


# For each name that marks a text: which arguments are the context, the text, and the text for many.
_NAMES: Final[dict[str, tuple[int | None, int, int | None]]] = {
    "t": (None, 0, None),
    "tc": (0, 1, None),
    "tn": (None, 0, 1),
    "mark": (None, 0, None),
}


def extract(folder: Path = PACKAGE) -> list[Message]:
    """All texts under a folder, each once, sorted; the first place they were seen in file order."""
    found: dict[tuple[str | None, str], Message] = {}
    for path in sorted(folder.rglob("*.py")):
        where = path.relative_to(folder.parent).as_posix()
        for message in extract_from(path.read_text(encoding="utf-8"), where):
            known = found.setdefault((message.context, message.one), message)
            if known.many is None and message.many is not None:
                found[message.context, message.one] = message
            elif message.many is not None and known.many != message.many:
                raise Mistake(f"{message.where}: {message.one!r} has another plural at {known.where}")
    return [found[key] for key in sorted(found, key=lambda key: (key[1], key[0] or ""))]


def extract_from(source: str, where: str) -> Iterator[Message]:
    """The texts of one file, in reading order."""
    tree = ast.parse(source, where)
    if where == DESCRIBED:
        yield from _descriptions(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        places = _NAMES.get(name)
        if places is None:
            continue
        place = f"{where}:{node.lineno}"
        texts = [None if index is None else _text(node, index, place) for index in places]
        context, one, many = texts
        if one is not None and one != "":
            yield Message(context, one, many, place)


def _descriptions(tree: ast.Module) -> Iterator[Message]:
    """What the schema and the reference of the exercise file say of each part and of each key."""
    for part in tree.body:
        if not isinstance(part, ast.ClassDef) or "Written" not in {getattr(base, "id", "") for base in part.bases}:
            continue
        if described := ast.get_docstring(part):
            yield Message(None, described, None, f"{DESCRIBED}:{part.lineno}")
        for node in ast.walk(part):
            for keyword in node.keywords if isinstance(node, ast.Call) else ():
                if keyword.arg == "description":
                    if not isinstance(keyword.value, ast.Constant):
                        raise Mistake(f"{DESCRIBED}:{node.lineno}: a description is a plain string")
                    yield Message(None, str(keyword.value.value), None, f"{DESCRIBED}:{node.lineno}")


def _text(call: ast.Call, index: int, place: str) -> str | None:
    """The plain string at an argument's place. A variable is fine (it was marked elsewhere), an f-string is not."""
    argument = call.args[index] if index < len(call.args) else None
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    if isinstance(argument, ast.JoinedStr | ast.BinOp):
        raise Mistake(f"{place}: a text put together here cannot be translated; use {{placeholders}} and values")
    return None


def read(path: Path = DUTCH) -> Catalog:
    """The catalogue as it stands, empty when there is none yet."""
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def updated(old: Catalog, messages: list[Message]) -> str:
    """The .po's text for exactly these messages, with the translations that the old one has."""
    new = Catalog(
        locale="nl", project="tabletop", version="1", header_comment=HEADER.rstrip(), charset="utf-8", fuzzy=False
    )
    for message in messages:
        known = old.get(message.one, context=message.context)
        strings = known.string if known is not None else ""
        if message.many is not None and isinstance(strings, str):
            strings = (strings, "") if strings else ("", "")
        if message.many is None and not isinstance(strings, str):
            strings = strings[0]
        new.add(
            message.id,
            strings,
            context=message.context,
            flags=set(known.flags) & {"fuzzy"} if known is not None else (),
            user_comments=known.user_comments if known is not None else (),
        )
    buffer = io.BytesIO()
    write_po(buffer, new, width=120, no_location=True, ignore_obsolete=True)
    return _CHURN.sub("", buffer.getvalue().decode("utf-8"))


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts without a translation that can be used: empty, half or only guessed."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and (message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string))
    ]


def compile_all(package: Path = PACKAGE) -> None:
    """Compile every catalogue beside its source, in one move, so that nobody ever reads half of one."""
    for po in sorted((package / "locale").glob("*/LC_MESSAGES/*.po")):
        buffer = io.BytesIO()
        with po.open("rb") as file:
            write_mo(buffer, read_po(file))
        write(po.with_suffix(".mo"), buffer.getvalue())


def write(path: Path, content: bytes) -> None:
    """Write a whole file or none of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def main(arguments: list[str]) -> int:
    """Update, or with --check only say what is stale."""
    try:
        text = updated(read(), extract())
    except (Mistake, SyntaxError) as mistake:
        print(mistake, file=sys.stderr)
        return 1
    stale = not DUTCH.exists() or DUTCH.read_text(encoding="utf-8") != text
    if arguments == ["--check"]:
        missing = untranslated(read())
        if stale:
            print(f"{DUTCH.relative_to(ROOT)} is stale: run python .ci/catalogue.py", file=sys.stderr)
        for one in missing:
            print(f"no Dutch for {one}", file=sys.stderr)
        return 1 if stale or missing else 0
    if stale:
        write(DUTCH, text.encode("utf-8"))
    compile_all()
    missing = untranslated(read())
    print(f"{len(read())} texts, {len(missing)} without Dutch")
    for one in missing:
        print(f"  {one}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
