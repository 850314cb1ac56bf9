"""``tabletop review``: look back on a run."""

import argparse
from typing import TYPE_CHECKING

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import need_terminal, on_the_desk, outset_for, quicken
from tabletop.locale import Words, mark

if TYPE_CHECKING:
    from tabletop.ui.desk.scene import Scene


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("log", metavar=t("LOG"), help=t("the log of a run, ended or not"))


def run(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files.glance import glance
    from tabletop.files.places import typed_path

    path = typed_path(asked.log)
    seen = glance(path)
    need_terminal(words)
    quicken()
    from tabletop.ui.opening import OpeningScene

    def load() -> "Scene":
        from tabletop.lookback import Lookback
        from tabletop.ui.review.scene import ReviewScene

        return ReviewScene(Lookback.open(path, outset.clock), words)

    outset = outset_for(asked)
    return on_the_desk(OpeningScene(words, seen.title, words.t("look back on"), seen.title, load), outset, words)


VERB = Verb("review", mark("look back on a run: at a glance, in time, and what was learned"), declare, run)
