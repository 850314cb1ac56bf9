"""The command line itself: argparse, in the reader's language, refusing in one sentence."""

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

from tabletop import __version__
from tabletop.cli.saying import CannotBeDone
from tabletop.locale import LANGUAGES, Words, choose_language, mark

# What argparse says itself, so that no English is left in Dutch; the texts are argparse's own, placeholders included.
_ARGPARSE: Final = (
    mark("usage: "), mark("positional arguments"), mark("options"), mark("show this help message and exit"),
    mark("unrecognized arguments: %s"), mark("not allowed with argument %s"), mark("ignored explicit argument %r"),
    mark("the following arguments are required: %s"), mark("one of the arguments %s is required"),
    mark("expected one argument"), mark("expected at most one argument"), mark("expected at least one argument"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("unknown parser %(parser_name)r (choices: %(choices)s)"),
    mark("argument %(argument_name)s: %(message)s"), mark("invalid %(type)s value: %(value)r"),
)  # fmt: skip

Translate: TypeAlias = Callable[[str], str]


class Verb(NamedTuple):
    """A verb of the command line: its name, what it is for, its arguments, and what it does.

    ``run`` returns the exit code. It imports what it needs when it is called, so that the small verbs start at once.
    """

    name: str
    description: str
    declare: Callable[[argparse.ArgumentParser, Translate], None]
    run: Callable[[argparse.Namespace, Words], int]


def asked_language(given: Sequence[str]) -> "str":
    """Return the language of the help itself, which is needed before anything is parsed."""
    option = None
    for place, argument in enumerate(given):
        if argument == "--lang" and place + 1 < len(given):
            option = given[place + 1]
        elif argument.startswith("--lang="):
            option = argument.partition("=")[2]
    try:
        return choose_language(option, os.environ)
    except ValueError:  # argparse will say so, in the language of the surroundings
        return choose_language(None, os.environ)


class _Formatter(argparse.HelpFormatter):
    """Asks the system itself how wide the terminal is; argparse makes one for each argument, and imports shutil."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
        except (OSError, ValueError):
            columns = 80
        super().__init__(prog, width=max(columns, 40) - 2)


class _Parser(argparse.ArgumentParser):
    """Refuses in one sentence, and names the way to the help."""

    words: Words

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, **options)

    def error(self, message: str) -> NoReturn:
        raise CannotBeDone(self.words.t("{message}; {command} --help says how.", message=message, command=self.prog))


def parser_for(words: Words, verbs: Iterable[Verb]) -> argparse.ArgumentParser:
    t = words.t

    def one_or_many(one: str, many: str, n: int) -> str:
        return t(one if n == 1 else many)

    setattr(argparse, "_", t)  # noqa: B010  # argparse asks gettext by this name; its words are in our catalogue
    setattr(argparse, "ngettext", one_or_many)  # noqa: B010
    _Parser.words = words
    language = _Parser(add_help=False)
    language.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=t("your language"))
    parser = _Parser(
        prog="tabletop",
        parents=[language],
        description=t("Lead a tabletop exercise from one terminal. Without a verb the home screen opens."),
        epilog=t("tabletop VERB --help says more about a verb."),
    )
    # With its own words: argparse has these in English only, whatever the language.
    parser.add_argument("--version", action="version", version=f"tabletop {__version__}", help=t("print the version"))
    # With its own prog, or argparse formats a usage to find it, and imports half of shutil for that.
    named = parser.add_subparsers(dest="verb", metavar=t("VERB"), title=t("verbs"), prog=parser.prog)

    for verb in verbs:
        description = t(verb.description)
        made = named.add_parser(verb.name, parents=[language], help=description, description=description)
        verb.declare(made, t)
    return parser
