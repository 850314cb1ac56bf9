"""``tabletop print``: inject cards, role cards and words of the field, on paper."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import quicken
from tabletop.cli.saying import FINE, CannotBeDone, clean, refuse
from tabletop.locale import Words, mark, words_for

if TYPE_CHECKING:
    from tabletop.report.printing import Part

_CALLED: "Final[dict[str, Part]]" = {
    "injects": "injects", "roles": "roles", "rollen": "roles", "words": "words", "woorden": "words",
}  # fmt: skip


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("exercise", metavar=t("EXERCISE"), help=t("a name from tabletop list, or a path"))
    parser.add_argument("--only", metavar="a,b", help=t("injects, roles, words: one of them, or several with commas"))
    parser.add_argument("-o", "--output", metavar=t("FILE"), help=t("where to write it; otherwise here, as HTML"))
    parser.add_argument("--overwrite", action="store_true", help=t("write over a file that is there already"))


def run(asked: argparse.Namespace, words: Words) -> int:
    quicken()
    from tabletop.files import cards, library
    from tabletop.files.authoring import put_file, refuse_place
    from tabletop.files.mistakes import Broken
    from tabletop.files.places import typed_path
    from tabletop.locale.sentences import pointed
    from tabletop.report.printing import page

    parts = _parts(asked.only, words)
    exercise = library.load(library.find(asked.exercise))
    target = typed_path(asked.output) if asked.output else Path(f"{exercise.id}.html")
    refuse_place(target, over=asked.overwrite)
    language = exercise.language  # paper is for the participants
    try:
        found = cards.load(language)
    except Broken as broken:
        for mistake in broken.mistakes[:-1]:
            refuse(pointed(words, mistake))
        return refuse(pointed(words, broken.mistakes[-1]))
    put_file(target, page(exercise, found, words_for(language), parts).encode(), over=asked.overwrite)
    print(clean(words.t("{file} was written: open it in a browser, and print it from there.", file=str(target))))
    return FINE


def _parts(typed: str | None, words: Words) -> "tuple[Part, ...]":
    from tabletop.report.printing import PARTS

    if typed is None:
        return PARTS
    named = [one.strip().casefold() for one in typed.split(",") if one.strip()]
    unknown = next((one for one in named if one not in _CALLED), "" if named else typed)
    if unknown or not named:
        raise CannotBeDone(
            words.t("{typed} is nothing to print: possible are {possible}.", typed=clean(unknown) or "“”",
                    possible="injects, roles, words")
        )  # fmt: skip
    return tuple(part for part in PARTS if part in {_CALLED[one] for one in named})


VERB = Verb("print", mark("put inject cards, role cards and words of the field on paper"), declare, run)
