"""``tabletop show``: the participants' screen."""

import argparse

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import need_terminal
from tabletop.locale import Words, mark


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument(
        "log", nargs="?", metavar=t("LOG"), help=t("the log to follow; otherwise the run that is going on")
    )


def run(asked: argparse.Namespace, words: Words) -> int:
    need_terminal(words)
    from tabletop.files.places import typed_path

    log = typed_path(asked.log) if asked.log else None
    from tabletop.ui.show import show

    return show(log, words)


VERB = Verb("show", mark("show the participants' screen"), declare, run)
