"""``tabletop`` without a verb: the home screen."""

import argparse

from tabletop.cli.desk import need_terminal, on_the_desk, outset_for, quicken
from tabletop.locale import Words


def run(asked: argparse.Namespace, words: Words) -> int:
    need_terminal(words)
    quicken()
    from tabletop.ui.home.scene import HomeScene

    outset = outset_for(asked)
    return on_the_desk(HomeScene(words, outset), outset, words)
