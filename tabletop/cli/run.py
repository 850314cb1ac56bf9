"""``tabletop run``: lead an exercise, or go on with a run."""

import argparse
from typing import TYPE_CHECKING

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import need_terminal, on_the_desk, outset_for, participants, quicken
from tabletop.cli.saying import CannotBeDone
from tabletop.locale import Words, mark

if TYPE_CHECKING:
    from tabletop.ui.desk.scene import Scene


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("exercise", nargs="?", metavar=t("EXERCISE"), help=t("a name from tabletop list, or a path"))
    parser.add_argument("--resume", metavar=t("LOG"), help=t("go on with an unfinished run"))
    parser.add_argument("--log", metavar=t("FILE"), help=t("where to save the log; otherwise in the documents folder"))
    parser.add_argument("--officials", metavar="a,b|all", help=t("who is at the table, to skip that question"))
    parser.add_argument("--leader", metavar=t("NAME"), help=t("your name, for the log"))
    parser.add_argument("--group", metavar=t("NAME"), help=t("which group it is: what it left open last time is shown"))


def run(asked: argparse.Namespace, words: Words) -> int:
    """Lead an exercise, or go on with a run."""
    if bool(asked.exercise) == bool(asked.resume):
        raise CannotBeDone(words.t("Name an exercise, or a log after --resume: tabletop run --help says how."))
    if asked.resume and (asked.officials or asked.log or asked.group):
        raise CannotBeDone(
            words.t("A run that is gone on with keeps its log and its officials: leave those options out.")
        )
    return _resume(asked, words) if asked.resume else _begin(asked, words)


def _begin(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files import library

    path = library.find(asked.exercise)
    text = library.read(path)
    need_terminal(words)
    quicken()
    from tabletop.ui.opening import OpeningScene, glimpse

    outset = outset_for(asked)
    seen = glimpse(text, path.stem)
    wanted = asked.officials

    def load() -> "Scene":
        exercise = library.load(path)
        people = participants(exercise, wanted) if wanted is not None else ()
        if wanted is not None and exercise.call_out is None:
            return outset.run(outset.begin(exercise, people), words)
        from tabletop.ui.home.scene import HomeScene

        # A call-out is always prepared: nobody is called before the safety rules were read.
        return outset.prepare(words, exercise, HomeScene(words, outset), people)

    if wanted is None:
        first = OpeningScene(words, seen.title, words.t("prepare"), seen.title, load)
    else:
        first = OpeningScene(words, seen.title, words.t("show"), f"{seen.step}  {seen.name}".strip(), load)
    return on_the_desk(first, outset, words)


def _resume(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files.glance import glance
    from tabletop.files.places import typed_path

    path = typed_path(asked.resume)
    seen = glance(path)
    if seen.ended:
        raise CannotBeDone(words.t("{title} has ended: a run that has ended is not gone on with.", title=seen.title))
    need_terminal(words)
    quicken()
    from tabletop.ui.opening import OpeningScene

    outset = outset_for(asked)

    def load() -> "Scene":
        return outset.run(outset.resume(path), words)

    return on_the_desk(OpeningScene(words, seen.title, words.t("go on with"), seen.title, load), outset, words)


VERB = Verb("run", mark("lead an exercise, or go on with a run"), declare, run)
