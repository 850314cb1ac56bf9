"""``tabletop check``: every mistake in an exercise at once."""

import argparse

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import quicken
from tabletop.cli.saying import COULD_NOT, FINE, MISTAKES, clean, refuse, said
from tabletop.locale import Words, mark


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("files", nargs="+", metavar=t("FILE"), help=t("an exercise"))


def run(asked: argparse.Namespace, words: Words) -> int:
    quicken()
    from dataclasses import replace

    from tabletop.files import library
    from tabletop.files.mistakes import Broken
    from tabletop.files.trouble import Trouble
    from tabletop.locale.sentences import pointed

    code = FINE
    for name in asked.files:
        file = None
        try:
            path = library.find(name)
            file = str(path) if len(asked.files) > 1 else path.name  # two files may have one name
            library.load(path)
        except Broken as broken:
            code = max(code, MISTAKES)
            for mistake in broken.mistakes:
                print(clean(pointed(words, replace(mistake, file=file or mistake.file))))
        except Trouble as trouble:
            code = COULD_NOT
            refuse(said(Trouble(trouble.code, **{**trouble.values, **({"file": file} if file else {})}), words))
        else:
            print(clean(words.t("{file}: no mistakes.", file=file)))
    _end_at_once()
    return code


def _end_at_once() -> None:
    """Keep the interpreter from looking through everything that was loaded once more before it ends: a fifth of a
    ``check``. Only for a verb that holds nothing open.
    """
    import gc

    gc.freeze()


VERB = Verb("check", mark("say every mistake in an exercise at once"), declare, run)
