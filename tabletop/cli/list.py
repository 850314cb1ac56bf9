"""``tabletop list``: the exercises that are found."""

import argparse

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.saying import FINE, clean
from tabletop.locale import Words, mark


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    """It takes no arguments of its own."""


def run(asked: argparse.Namespace, words: Words) -> int:  # noqa: ARG001
    from tabletop.core.text import cells
    from tabletop.files.library import list_exercises

    found = sorted(list_exercises(), key=lambda one: one.language != words.language)
    if not found:
        print(words.t("No exercises were found."))
        return FINE
    languages = {"nl": words.t("Dutch"), "en": words.t("English")}
    rows = [
        (
            one.id,
            one.title,
            words.t("{minutes} min", minutes=words.number(one.minutes)),
            words.tn("{n} inject", "{n} injects", one.injects),
            words.tn("{n} feedback point", "{n} feedback points", one.feedback_points),
            languages.get(one.language, one.language),
        )
        if not one.mistake
        else (one.id, one.title, words.t("has mistakes: tabletop check {file}", file=one.path))
        for one in found
    ]
    widths = [max((cells(line[place]) for line in rows if len(line) > 3 or place < 2), default=0) for place in range(6)]
    for line in rows:
        padded = [text + " " * max(width - cells(text), 0) for text, width in zip(line, widths, strict=False)]
        print(clean("  ".join(padded).rstrip()))
    return FINE


VERB = Verb("list", mark("print the exercises that are found"), declare, run)
