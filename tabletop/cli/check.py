"""``tabletop check``: every mistake in an exercise at once, and advice when there is none."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import quicken
from tabletop.cli.saying import FINE, MISTAKES, CannotBeDone, clean, refuse, said
from tabletop.locale import Words, mark

if TYPE_CHECKING:
    from pathlib import Path

    from tabletop.files.mistakes import Mistake

_CARDS: Final = '"tabletop-cards/'
"""How a file of role cards begins, before its first part."""


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("files", nargs="+", metavar=t("FILE"), help=t("an exercise"))
    parser.add_argument(
        "--people", type=int, metavar="N", help=t("how many people are expected, for the minutes; otherwise six")
    )


def run(asked: argparse.Namespace, words: Words) -> int:
    quicken()
    if asked.people is not None and asked.people < 1:
        raise CannotBeDone(words.t("At least one person has to be at the table: --people 1 or more."))
    code = max(_checked(name, asked, words) for name in asked.files)
    _end_at_once()
    return code


def _checked(name: str, asked: argparse.Namespace, words: Words) -> int:
    """Say all that is to be said of one file."""
    from tabletop.files import library
    from tabletop.files.mistakes import Broken
    from tabletop.files.trouble import Trouble

    file = None
    try:
        path = library.find(name)
        file = str(path) if len(asked.files) > 1 else path.name  # two files may have one name
        hints = _hints(path, asked.people)
    except Broken as broken:
        _say_each(broken.mistakes, file, words)
        return MISTAKES
    except Trouble as trouble:
        return refuse(said(Trouble(trouble.code, **{**trouble.values, **({"file": file} if file else {})}), words))
    if not hints:
        print(clean(words.t("{file}: no mistakes.", file=file)))
        return FINE
    _say_each(hints, file, words)
    sentence = words.tn(
        "{file}: no mistakes and {n} hint; it can be led as it is.",
        "{file}: no mistakes and {n} hints; it can be led as it is.",
        len(hints),
        file=file,
    )
    print(clean(sentence))
    return MISTAKES


def _hints(path: "Path", people: int | None) -> "tuple[Mistake, ...]":
    """Return advice on an exercise; a file of role cards has none. Raises for the mistakes in either."""
    from tabletop.files import library

    if _CARDS not in library.read(path).partition("\n[")[0]:
        return library.hints(path, people)
    from tabletop.files import cards

    cards.read(path)
    return ()


def _say_each(mistakes: "Iterable[Mistake]", file: str | None, words: Words) -> None:
    from dataclasses import replace

    from tabletop.locale.sentences import pointed

    for mistake in mistakes:
        print(clean(pointed(words, replace(mistake, file=file or mistake.file))))


def _end_at_once() -> None:
    """Keep the interpreter from looking through everything that was loaded once more before it ends: a fifth of a
    ``check``. Only for a verb that holds nothing open.
    """
    import gc

    gc.freeze()


VERB = Verb("check", mark("say every mistake in an exercise at once, and what would make it better"), declare, run)
