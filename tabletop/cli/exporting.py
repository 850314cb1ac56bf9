"""``tabletop export``: the script of an exercise, or of a run, as Excel or CSV."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import quicken
from tabletop.cli.saying import FINE, clean
from tabletop.locale import Words, mark

if TYPE_CHECKING:
    from tabletop.interchange.tables import Line


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("exercise", metavar=t("EXERCISE|LOG"), help=t("an exercise, or the log of a run"))
    parser.add_argument(
        "-o", "--output", metavar=t("FILE"),
        help=t("where to write it, ending in .xlsx, .csv or .tsv; otherwise here, as Excel, under its own name"),
    )  # fmt: skip
    parser.add_argument("--overwrite", action="store_true", help=t("write over a file that is there already"))


def run(asked: argparse.Namespace, words: Words) -> int:
    quicken()
    from tabletop.files import library
    from tabletop.files.authoring import put_file, refuse_place
    from tabletop.files.places import typed_path
    from tabletop.interchange.exporting import script_bytes
    from tabletop.interchange.tables import lines
    from tabletop.locale.sentences import say

    log = _log(asked.exercise)
    if log is not None:
        name, written = log.stem, _of_run(log, words)
    else:
        exercise = library.load(library.find(asked.exercise))
        name, written = exercise.id, list(lines(exercise, words))
    target = typed_path(asked.output) if asked.output else Path(f"{name}.xlsx")
    data = script_bytes(written, target, words)
    refuse_place(target, over=asked.overwrite)
    put_file(target, data, over=asked.overwrite)
    print(clean(words.t("{file} was written.", file=str(target))))
    if log:
        print(clean(say(words, "export-beyond-names", {"file": str(target)})))
    return FINE


def _log(name: str) -> Path | None:
    """Return the path of a log; None for what is none."""
    from tabletop.files import blocks
    from tabletop.files.places import typed_path

    path = typed_path(name)
    try:
        with path.open("rb") as file:
            return path if blocks.version(file.read(blocks.SNIFFED)) is not None else None
    except (OSError, ValueError):
        return None


def _of_run(log: Path, words: Words) -> "list[Line]":
    from tabletop.core.fold import begin, replay
    from tabletop.core.names import names_in
    from tabletop.files.log.reading import read
    from tabletop.interchange.exporting import run_lines
    from tabletop.interchange.tables import lines

    contents = read(log)
    head = contents.head
    session = replay(begin(head.exercise, head.participants), contents.events)
    written = list(lines(head.exercise, words))
    return list(run_lines(written, session, names_in(head, contents.events), words))


VERB = Verb("export", mark("write the script of an exercise, or of a run, as Excel or CSV"), declare, run)
