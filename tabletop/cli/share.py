"""``tabletop share``: a copy of a log without names and private points."""

import argparse

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.saying import FINE, clean
from tabletop.locale import Words, mark


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("log", metavar=t("LOG"), help=t("the log to copy"))
    parser.add_argument(
        "-o", "--output", metavar=t("FILE"), help=t("where to write the copy; otherwise beside the log")
    )


def run(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files.log.sharing import share
    from tabletop.files.places import typed_path
    from tabletop.files.trouble import Trouble

    source = typed_path(asked.log)
    if not source.name:
        raise Trouble("log-is-folder", file=str(source))
    beside = source.with_name(f"{source.stem}-{words.t('shared')}.toml")
    target = typed_path(asked.output) if asked.output else beside
    try:
        share(source, target)
    except Trouble as trouble:
        if trouble.code.startswith("not-saved"):  # what a writer says: but there is no run that could go on elsewhere
            raise Trouble(trouble.code.replace("not-saved", "copy-not-written"), **trouble.values) from None
        raise
    sentence = words.t(
        "{file} holds no names that were entered and no private points; read it before you give it away.",
        file=str(target),
    )
    print(clean(sentence))
    return FINE


VERB = Verb("share", mark("write a copy of a log without names and private points"), declare, run)
