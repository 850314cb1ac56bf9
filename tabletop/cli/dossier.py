"""``tabletop dossier``: what many runs taught, on the screen, as text, or as a file."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import on_the_desk, outset_for, quicken
from tabletop.cli.saying import FINE, CannotBeDone, clean, refuse
from tabletop.locale import Words, mark

if TYPE_CHECKING:
    from tabletop.dossier.index import Dossier

_WIDTH: Final = 100
"""Cells of a line where no terminal says how many there are."""


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("folders", metavar=t("FOLDER"), nargs="*", help=t("folders with logs; otherwise your own"))
    parser.add_argument("--text", action="store_true", help=t("print an overview as text, and open no screen"))
    parser.add_argument(
        "-o", "--output", metavar=t("FILE"),
        help=t("write the dossier to a file ending in .md, .csv or .json; a folder gets a file for each theme"),
    )  # fmt: skip
    parser.add_argument("--overwrite", action="store_true", help=t("write over a file that is there already"))
    parser.add_argument("--year", type=int, metavar=t("YEAR"), help=t("the heat table of one year only"))
    parser.add_argument("--incident-form", action="store_true", help=t("print a form to fill in for a real incident"))
    parser.add_argument("--incident", metavar=t("FORM"), help=t("make a log of a form that was filled in"))
    parser.add_argument("--take-in", metavar=t("LOG"), nargs="+", help=t("copy logs of another region into the folder"))
    parser.add_argument("--origin", metavar=t("REGION"), default="", help=t("the region that they come from"))
    parser.add_argument("--reviewer", metavar=t("NAME"), default="", help=t("who enters it; it stands in the log"))


def run(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files.places import typed_path

    if asked.incident_form:
        from tabletop.dossier.incidents import form

        sys.stdout.write(form(words.language))
        return FINE
    folders = tuple(typed_path(folder) for folder in asked.folders)
    for folder in folders:
        if not folder.is_dir():
            raise CannotBeDone(words.t("There is no folder {path}.", path=clean(str(folder))))
    if asked.incident or asked.take_in:
        return _enter(asked, folders, words)
    if asked.output:
        return _write(asked, folders, words)
    has_screen = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    quicken()
    if asked.text or not has_screen:
        return _tell(asked, folders, words)
    from tabletop.ui.dossier.entering import dossier_scene

    outset = outset_for(asked)
    return on_the_desk(dossier_scene(outset, words, folders, year=asked.year), outset, words)


def _enter(asked: argparse.Namespace, folders: Sequence[Path], words: Words) -> int:
    """Put a real incident, or logs of another region, into the first folder."""
    from tabletop.dossier import incidents, taking
    from tabletop.files.clock import SystemClock
    from tabletop.files.mistakes import Broken
    from tabletop.files.places import logs_folder, typed_path
    from tabletop.locale.sentences import pointed

    folder = (*folders, logs_folder(os.environ))[0]
    reviewer = clean(asked.reviewer).strip()
    if not reviewer:
        raise CannotBeDone(words.t("Say who enters this, with --reviewer and a name."))
    if asked.incident:
        try:
            incident = incidents.read(typed_path(asked.incident))
        except Broken as broken:
            for mistake in broken.mistakes[:-1]:
                refuse(pointed(words, mistake))
            return refuse(pointed(words, broken.mistakes[-1]))
        print(clean(str(incidents.write(incident, folder, reviewer))))
    if asked.take_in:
        origin = clean(asked.origin).strip()
        if not origin:
            raise CannotBeDone(words.t("Say which region these logs come from, with --origin and a name."))
        paths = [typed_path(path) for path in asked.take_in]
        with _opened((folder,), words) as dossier:
            known = {run.id: run.path for run in dossier.runs()}
        for taken in taking.take_in(paths, folder, origin, reviewer, SystemClock().now, known):
            print(clean(str(taken)))
    return FINE


def _write(asked: argparse.Namespace, folders: Sequence[Path], words: Words) -> int:
    from tabletop.dossier import writing
    from tabletop.files.places import typed_path

    target = typed_path(asked.output)
    writing.refuse(target, over=asked.overwrite)
    with _opened(folders, words) as dossier:
        written = writing.write(dossier, target, words, over=asked.overwrite)
    print(clean(writing.said(written, target, words)))
    return FINE


def _tell(asked: argparse.Namespace, folders: Sequence[Path], words: Words) -> int:
    from tabletop.dossier.telling import overview

    with _opened(folders, words) as dossier:
        told = overview(dossier, words, asked.year, _width())
    sys.stdout.write(told)
    return FINE


def _opened(folders: Sequence[Path], words: Words) -> "Dossier":
    """The dossier of these folders, or of one's own logs; in a terminal it says how far reading is."""
    from tabletop.dossier.index import Dossier
    from tabletop.files.places import logs_folder, state_folder

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty() and total > 1 and done * 100 // total != (done - 1) * 100 // total:
            ends = "\r\x1b[K" if done >= total else "\r"
            print(words.t("{n} of {of} logs", n=words.number(done), of=words.number(total)), end=ends, file=sys.stderr,
                  flush=True)  # fmt: skip

    looked_in = tuple(folders) or (logs_folder(os.environ),)
    return Dossier.open(looked_in, state_folder(os.environ), progress=progress)


def _width() -> int:
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).columns, 40)
    except (OSError, ValueError):
        return _WIDTH


VERB = Verb("dossier", mark("what many exercises taught: patterns, good questions, open actions"), declare, run)
