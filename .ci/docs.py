"""Keep what is told in step with the program: the README's tables and pictures, the reference of the exercise file.

    python .ci/docs.py                    write the tables into the README, the reference and the schema, draw pictures
    python .ci/docs.py --check            change nothing; exit 1 when any of it is not what this would write
    python .ci/docs.py [--check] tables   the tables only, which is quick
    python .ci/docs.py [--check] format   the reference in docs and the schema beside the exercises, which is quick too
    python .ci/docs.py [--check] pictures

The tables come from the table of commands that the program itself works with, the pictures from the live app.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tabletop.files import schema
from tabletop.locale import words_for
from tabletop.ui.run.commands import COMMANDS, GROUPS, Command
from tabletop.ui.run.keys import KEYS, SIGNS

ROOT: Final = Path(__file__).resolve().parent.parent
README: Final = ROOT / "README.md"
PICTURES: Final = ROOT / "docs" / "pictures"
NL, EN = words_for("nl"), words_for("en")

# What a command is about, where its name has a place for it.
_ABOUT: Final = {"change": "A6", "skip": "A6", "rewind": "A5", "no-play": "NO PLAY"}


def keys() -> Iterator[str]:
    yield from _table(
        ("toets / key", "Nederlands", "English"),
        ((" ".join(f"`{one}`" for one in key.split()), NL.t(does), EN.t(does)) for key, does in KEYS),
    )


def notes() -> Iterator[str]:
    rows = ((example, NL.t(saved), EN.t(saved)) for _, example, saved in SIGNS)
    yield from _table(("getypt / typed", "Nederlands", "English"), rows)


def commands() -> Iterator[str]:
    head = ("nl", "Nederlands", "en", "English", "what it does")
    for group, heading in GROUPS.items():
        yield f"**{NL.t(heading).capitalize()} / {EN.t(heading).capitalize()}**"
        yield ""
        yield from _table(head, (_command(command) for command in COMMANDS if command.group == group))
        yield ""


def _command(command: Command) -> tuple[str, ...]:
    about = _ABOUT.get(command.id, "…")
    named = [words.t(command.name, object=about) if "{object}" in command.name else words.t(command.name)
             for words in (NL, EN)]  # fmt: skip
    return f"`/{command.nl}`", named[0], f"`/{command.en}`", named[1], EN.t(command.help)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    for cells in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


SECTIONS: Final[dict[str, Callable[[], Iterator[str]]]] = {"keys": keys, "notes": notes, "commands": commands}


def with_tables(text: str) -> str:
    """The README with each generated part between its markers; a marker that is missing is a mistake."""
    for name, lines in SECTIONS.items():
        begin, end = f"<!-- begin {name}: made by .ci/docs.py -->", f"<!-- end {name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if len(pattern.findall(text)) != 1:
            raise SystemExit(f"README.md needs once: {begin} … {end}")
        made = "\n".join((begin, "", *lines())).rstrip() + f"\n\n{end}"
        text = pattern.sub(lambda _, made=made: made, text)
    return text


def _tables(*, check: bool) -> list[str]:
    text = README.read_text(encoding="utf-8")
    made = with_tables(text)
    stale = ["README.md is stale: run python .ci/docs.py tables"] if made != text else []
    if not check and stale:
        README.write_text(made, encoding="utf-8")
    return [*(stale if check else []), *_references(text)]


def _references(text: str) -> list[str]:
    """Every picture that the README shows is there, and every picture that is there is shown."""
    shown = set(re.findall(r"\(docs/pictures/([\w.-]+)\)", text))
    there = {path.name for path in PICTURES.glob("*.svg")}
    wrong = [f"README.md shows docs/pictures/{name}, which is not there" for name in sorted(shown - there)]
    return wrong + [f"docs/pictures/{name} is shown nowhere" for name in sorted(there - shown)]


def _pictures(*, check: bool) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_DOCUMENTS_DIR", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = folder  # nobody's: a picture never shows what is on this machine
        for name in ("TABLETOP_EXERCISES", "NO_COLOR", "COLUMNS", "LINES"):
            os.environ.pop(name, None)
        sys.path.insert(0, str(Path(__file__).parent))
        from pictures import draw_all

        drawn = draw_all(Path(folder))
    there = {path.name: path.read_text(encoding="utf-8") for path in PICTURES.glob("*.svg")}
    if check:
        stale = sorted(name for name in drawn.keys() | there.keys() if drawn.get(name) != there.get(name))
        return [f"docs/pictures/{name} is stale: run python .ci/docs.py pictures" for name in stale]
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in there.keys() - drawn.keys():
        (PICTURES / name).unlink()
    for name, svg in drawn.items():
        (PICTURES / name).write_text(svg, encoding="utf-8")
    return []


def _format(*, check: bool) -> list[str]:
    """What is said of the exercise file: its reference in two languages, and the schema that the exercises name."""
    sys.path.insert(0, str(Path(__file__).parent))
    from format import NAMES, reference

    made = {ROOT / "docs" / name: reference(language) for language, name in NAMES.items()}
    made[ROOT / "exercises" / schema.NAME] = schema.schema_text(EN)
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if check:
        return [f"{path.relative_to(ROOT).as_posix()} is stale: run python .ci/docs.py format" for path in stale]
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
    return []


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    asked = [argument for argument in arguments if argument != "--check"] or ["pictures", "tables", "format"]
    parts: dict[str, Callable[..., list[str]]] = {"tables": _tables, "format": _format, "pictures": _pictures}
    if unknown := set(asked) - parts.keys():
        print(f"unknown: {', '.join(sorted(unknown))}; possible: {', '.join(parts)}", file=sys.stderr)
        return 2
    wrong = [sentence for part in asked for sentence in parts[part](check=check)]
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
