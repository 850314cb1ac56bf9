"""``tabletop import``: an exercise of somebody's script. First it says what would become of each row."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import called, quicken, quoted
from tabletop.cli.saying import FINE, CannotBeDone, clean
from tabletop.locale import Words, mark

if TYPE_CHECKING:
    from tabletop.interchange.columns import Layout
    from tabletop.interchange.importing import Imported
    from tabletop.interchange.ledger import Note, Verdict

_HOW = {"taken": mark("taken"), "guess": mark("taken, with a guess"), "left": mark("left out")}
_FROM = {
    "hand": mark("as you said"),
    "remembered": mark("remembered"),
    "content": mark("by its content"),
    "heading": "",
}


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("sheet_file", metavar=t("SHEET"), help=t("a script: Excel, CSV, or JSON of IcebergTTX"))
    parser.add_argument("-o", "--output", metavar=t("FILE"), help=t("write the exercise to this file"))
    parser.add_argument("--write", action="store_true", help=t("write it here, under the name of the exercise"))
    parser.add_argument("--overwrite", action="store_true", help=t("write over a file that is there already"))
    parser.add_argument(
        "--map", action="append", default=[], metavar=t("COLUMN=MEANING"),
        help=t('what a column holds, such as "Remark=text" or "C=nothing"; it is remembered for these headings'),
    )  # fmt: skip
    parser.add_argument("--sheet", metavar=t("NAME"), help=t("take this sheet of a workbook only"))
    parser.add_argument("--title", metavar=t("TITLE"), help=t("the title of the exercise"))
    parser.add_argument("--minutes", type=float, metavar="N", help=t("how long the exercise may take"))


def run(asked: argparse.Namespace, words: Words) -> int:
    quicken()
    from tabletop.core.naming import LONGEST_MINUTES
    from tabletop.files.authoring import put_exercise, refuse_place
    from tabletop.files.places import state_folder, typed_path
    from tabletop.interchange.foreign import Wanted
    from tabletop.interchange.importing import Asked, import_script

    if asked.minutes is not None and not 1 <= asked.minutes <= LONGEST_MINUTES:
        raise CannotBeDone(words.t("An exercise takes from 1 to {most} minutes.", most=LONGEST_MINUTES))
    path = typed_path(asked.sheet_file)
    wanted = Wanted(clean(asked.title or "").strip(), asked.minutes, getattr(asked, "lang", None))
    made = import_script(path, Asked(wanted, asked.sheet or "", tuple(asked.map)), words, state_folder(os.environ))
    target = typed_path(asked.output) if asked.output else Path(f"{made.exercise.id}.toml")
    for line in _report(made, words):
        print(clean(line))
    print()
    if not _is_to_be_written(asked, target, words):
        print(
            clean(
                words.t("Nothing was written. Add --write, or -o and a file, to make {file} of it.", file=str(target))
            )
        )
        return FINE
    refuse_place(target, over=asked.overwrite)
    put_exercise(target, made.text, words, over=asked.overwrite)
    print(clean(words.t("{file} was written.", file=str(target))))
    name = quoted(str(target))
    command = f"{called()} check {name}", f"{called()} run {name}"
    print(clean(words.t("Look it over in a text editor, then: {check}, and {run}", check=command[0], run=command[1])))
    return FINE


def _is_to_be_written(asked: argparse.Namespace, target: Path, words: Words) -> bool:
    """Whether somebody said so: by an option, or now, where there is a terminal to ask on."""
    if asked.write or asked.output:
        return True
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    try:
        answer = input(clean(words.t("Write {file}? [y/N]", file=str(target))) + " ")
    except EOFError:
        return False
    return answer.strip().casefold() in {"y", "yes", "j", "ja"}


def _report(made: "Imported", words: Words) -> Iterator[str]:
    for layout in made.layouts:
        yield from _columns(layout, words)
    if made.passed_over:
        yield words.t("Not a script, and left out: {sheets}", sheets=", ".join(made.passed_over))
    if made.remembered_in is not None:
        yield words.t("What you said of columns is remembered in {file}", file=str(made.remembered_in))
    several = len({verdict.ref.sheet for verdict in made.verdicts}) > 1
    told = [verdict for verdict in made.verdicts if not made.is_ours or verdict.how != "taken"]
    if told:
        yield words.t("Rows:")
    else:
        yield words.t("Every row is taken: this is a script as tabletop writes it, one row for each part.")
    for verdict in told:
        yield from _verdict(verdict, words, several=several)
    if made.general:
        yield words.t("About the whole:")
        yield from (f"  {_said(note, words)}" for note in made.general)
    yield ""
    yield _sum(made, words)


def _columns(layout: "Layout", words: Words) -> Iterator[str]:
    from tabletop.interchange.meanings import NAMES

    name = f"{layout.sheet.name}: " if layout.sheet.name else ""
    if layout.heading is not None:
        yield name + words.t("Columns, with their headings on row {row}:", row=layout.heading.number)
    else:
        yield name + words.t("Columns, without headings, taken by what is in them:")
    for column in layout.columns:
        if not column.name:
            continue
        meaning = words.t(NAMES[column.meaning]) if column.meaning not in (None, "nothing") else words.t("left out")
        how = words.t(_FROM[column.how]) if _FROM[column.how] and column.meaning else ""
        yield f"  {column.name} → {meaning}" + (f" ({how})" if how else "")


def _verdict(verdict: "Verdict", words: Words, *, several: bool) -> Iterator[str]:
    row = f"{verdict.ref.sheet} {verdict.ref.row}" if several else str(verdict.ref.row)
    step = f"{verdict.step}  {verdict.name}".strip()
    yield f"  {row:>4}  {words.t(_HOW[verdict.how])}" + (f": {step}" if step else "")
    yield from (f"          {_said(note, words)}" for note in verdict.notes)


def _said(note: "Note", words: Words) -> str:
    from tabletop.locale.sentences import say

    return say(words, note.code, note.values)


def _sum(made: "Imported", words: Words) -> str:
    counts = {how: sum(verdict.how == how for verdict in made.verdicts) for how in _HOW}
    return words.t(
        "“{title}”: {steps}, of {rows}; with a guess: {guesses}, left out: {left}.",
        title=made.exercise.title,
        steps=words.tn("{n} step", "{n} steps", len(made.exercise.steps)),
        rows=words.tn("{n} row", "{n} rows", len(made.verdicts)),
        guesses=counts["guess"],
        left=counts["left"],
    )


VERB = Verb("import", mark("make an exercise of a script in Excel, CSV or JSON"), declare, run)
