"""``tabletop cards``: role cards and words of one's own, since they differ per region."""

import argparse

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.saying import FINE, CannotBeDone, clean
from tabletop.locale import Words, mark


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("-o", "--output", metavar=t("FILE"), help=t("where to write them; never over something"))


def run(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files import cards
    from tabletop.files.authoring import put_file
    from tabletop.files.places import typed_path

    own = cards.own_path(words.language)
    target = typed_path(asked.output) if asked.output else own
    if target.exists():
        raise CannotBeDone(
            words.t("{file} is there already: change it in a text editor, or name another file behind -o.",
                    file=str(target))
        )  # fmt: skip
    put_file(target, cards.shipped_text(words.language).encode())
    said = words.t(
        "{file} is there: change what is different in your region, and leave out the rest.", file=str(target)
    )
    if target.absolute() != own.absolute():
        said += " " + words.t("It counts once it is {file}.", file=str(own))
    print(clean(said))
    return FINE


VERB = Verb("cards", mark("write role cards and words as a file of your own, to change"), declare, run)
