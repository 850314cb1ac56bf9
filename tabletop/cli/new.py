"""``tabletop new``: a first file for an exercise of one's own, from a few answers or from options alone.

The questions are plain lines on the terminal, each with a default that Enter takes: they can be answered by somebody
who has never seen the program, read aloud by a screen reader, and piped in. Nothing is written before the last one.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import called, quicken, quoted
from tabletop.cli.saying import FINE, CannotBeDone, clean, said
from tabletop.locale import LANGUAGES, Language, Words, mark

if TYPE_CHECKING:
    from tabletop.files.starting import Answers, Kind, Seat

T = TypeVar("T")

_NEXT: Final = (
    ("check", mark("what is wrong in it, and what could be better")),
    ("rehearse", mark("play it by yourself")),
    ("run", mark("lead it")),
)


class _NotPossible(Exception):
    """An answer that cannot be used; its text says why, in the author's language."""


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("file", nargs="?", metavar=t("FILE"), help=t("where to write it; never over something"))
    parser.add_argument("-o", "--output", metavar=t("FILE"), help=t("the same as FILE"))
    parser.add_argument("--title", metavar=t("TITLE"), help=t("what it is called"))
    parser.add_argument("--minutes", metavar="N", help=t("how long it takes, the debrief included"))
    parser.add_argument("--officials", metavar="A,B", help=t("who is at the table: numbers, ids or names, with commas"))
    parser.add_argument("--kind", metavar=t("KIND"), help=t("the kind of incident: a number or a word of the list"))
    parser.add_argument("--message", metavar=t("TEXT"), help=t("the first message"))
    parser.add_argument("--yes", action="store_true", help=t("ask nothing, and take the default for the rest"))


def run(asked: argparse.Namespace, words: Words) -> int:
    quicken()
    from tabletop.files.authoring import put_exercise
    from tabletop.files.starting import compose

    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    try:
        answers, path = _Questions(asked, words).answered()
    except KeyboardInterrupt:
        raise CannotBeDone(words.t("Stopped from the keyboard; nothing was written.")) from None
    except EOFError:
        print()  # what was asked last is still waiting for its answer
        raise CannotBeDone(
            words.t("No answer came, and nothing was written; with --yes the rest is filled in.")
        ) from None
    put_exercise(path, compose(answers), words)
    print(
        clean(words.t("{file} is there. It can be led as it is; change what you like in any text editor.", file=path))
    )
    _say_what_is_next(path, words)
    return FINE


def _say_what_is_next(path: Path, words: Words) -> None:
    from tabletop.cli import VERBS

    there = {verb.name for verb in VERBS}
    commands = [(f"{called()} {verb} {quoted(_name_of(path))}", what) for verb, what in _NEXT if verb in there]
    width = max(len(command) for command, _ in commands)
    for command, what in commands:
        print(clean(f"  {command:{width}}  {words.t(what)}"))


def _name_of(path: Path) -> str:
    """Return what an exercise is called on the command line: its name where that finds it, else its path."""
    from tabletop.files import library
    from tabletop.files.trouble import Trouble

    try:
        return path.stem if library.find(path.stem) == path else str(path)
    except Trouble:
        return str(path)


class _Question(NamedTuple):
    """A question with what Enter takes, as it is shown and as it is read."""

    text: str
    default: str
    is_shown: bool = True
    """Whether the default stands behind the question; a long one was shown above it already."""


class _Questions:
    """The questions in their order; an option that was given answers its question before it is asked."""

    def __init__(self, asked: argparse.Namespace, words: Words) -> None:
        self._asked = asked
        self._words = words
        self._language: Language = words.language

    def answered(self) -> "tuple[Answers, Path]":
        """Ask what was not given; raises CannotBeDone for an option that cannot be used."""
        from tabletop.files.starting import USUAL_MINUTES, USUAL_OFFICIALS, Answers, kinds, standard_officials

        t, asked = self._words.t, self._asked
        if None not in (asked.file, asked.output):
            raise CannotBeDone(t("Name the file once: as FILE, or behind -o."))
        named = asked.file if asked.output is None else asked.output
        place = self._taken(named, self._file) if named is not None else None
        self._language = self._answer(
            getattr(asked, "lang", None),
            _Question(t("Language of the exercise, nl or en"), self._words.language),
            self._read_language,
        )
        known = kinds(self._language)
        self._list(t("What is going on?"), [*(kind.name for kind in known), t("something else")])
        kind = self._answer(asked.kind, _Question(t("Number"), "1"), self._kind)
        title = self._answer(asked.title, _Question(t("Title"), kind.title), self._text)
        if kind.text:
            self._say(t("The first message; Enter takes this one:"), f"  {kind.text}")
        text = self._answer(asked.message, _Question(t("First message"), kind.text, is_shown=False), self._message)
        minutes = self._answer(
            asked.minutes, _Question(t("How many minutes, the debrief included"), str(USUAL_MINUTES)), self._minutes
        )
        functions = standard_officials(self._language)
        usual = ", ".join(str(place) for place, seat in enumerate(functions, 1) if seat.id in USUAL_OFFICIALS)
        self._list(t("Who is at the table?"), [f"{seat.name} ({seat.id})" for seat in functions])
        officials = self._answer(
            asked.officials, _Question(t("Numbers, or names of your own, with commas"), usual), self._officials
        )
        path = place or self._answer(None, _Question(t("File"), str(self._free_file(title))), self._file)
        return Answers(title, self._language, minutes, officials, kind, text), path

    # ------------------------------------------------------------ asking

    def _answer(self, option: str | None, question: _Question, read: Callable[[str], T]) -> T:
        if option is not None:
            return self._taken(option, read)
        if self._asked.yes:
            return self._taken(question.default, read)
        shown = f" [{question.default}]" if question.is_shown else ""
        while True:
            try:
                return read(clean(input(f"{question.text}{shown}: ")).strip() or question.default)
            except _NotPossible as why:
                print(clean(str(why)))

    def _taken(self, option: str, read: Callable[[str], T]) -> T:
        try:
            return read(clean(option).strip())
        except _NotPossible as why:
            raise CannotBeDone(str(why)) from None

    def _say(self, *lines: str) -> None:
        if not self._asked.yes:
            print(*(clean(line) for line in lines), sep="\n")

    def _list(self, heading: str, items: Sequence[str]) -> None:
        self._say("", heading, *(f"  {number} {item}" for number, item in enumerate(items, 1)))

    # ------------------------------------------------------------ reading

    def _read_language(self, text: str) -> Language:
        for language in LANGUAGES:
            if text.casefold() == language:
                return language
        raise _NotPossible(self._words.t("Type nl or en."))

    def _kind(self, text: str) -> "Kind":
        from tabletop.files.starting import Kind, kinds

        known = kinds(self._language)
        other = Kind("other", "", self._words.t("My exercise"), "", known[0].sender, "")
        sought = text.casefold()
        for number, kind in enumerate((*known, other), 1):
            if sought in {str(number), kind.id}:
                return kind
        if sought == self._words.t("something else").casefold():
            return other
        named = [kind for kind in known if sought and sought in kind.name.casefold()]
        if len(named) == 1:
            return named[0]
        raise _NotPossible(
            self._words.t("Type a number from 1 to {most}, or a word of the list that stands in one line alone.",
                          most=len(known) + 1)
        )  # fmt: skip

    def _text(self, text: str) -> str:
        if not text:
            raise _NotPossible(self._words.t("Type a text."))
        return text

    def _message(self, text: str) -> str:
        from tabletop.core.text import PAGE_LINES, PAGE_WIDTH, pages

        if not text:
            raise _NotPossible(self._words.t("Type the first message: what happened, as somebody tells it."))
        if len(pages(text)) > 1:
            raise _NotPossible(
                self._words.t(
                    "That is longer than the participants' screen: at most {lines} lines of {width} characters.",
                    lines=PAGE_LINES,
                    width=PAGE_WIDTH,
                )
            )
        return text

    def _minutes(self, text: str) -> int:
        from tabletop.files.starting import FEWEST_MINUTES, MOST_MINUTES

        if text.isascii() and text.isdigit() and FEWEST_MINUTES <= int(text[:9]) <= MOST_MINUTES:
            return int(text)
        raise _NotPossible(
            self._words.t("Type whole minutes, from {least} to {most}.", least=FEWEST_MINUTES, most=MOST_MINUTES)
        )

    def _officials(self, text: str) -> "tuple[Seat, ...]":
        from tabletop.core.advice import MOST_OFFICIALS

        parts = text.split() if text.replace(" ", "").isdigit() else text.split(",")
        found = {seat.id: seat for part in parts if part.strip() for seat in self._seats(part.strip())}
        if not found:
            raise _NotPossible(self._words.t("At least one official has to be at the table."))
        if len(found) > MOST_OFFICIALS:
            raise _NotPossible(
                self._words.t("With more than {most} at the table nobody gets round to talking.", most=MOST_OFFICIALS)
            )
        return tuple(found.values())

    def _seats(self, text: str) -> "tuple[Seat, ...]":
        """Return the functions that a number, a range of numbers or a name stands for."""
        from tabletop.files.starting import seat_of, standard_officials

        functions = standard_officials(self._language)
        first, dash, last = (part.strip() for part in text.partition("-"))
        numbers = [first, last] if dash else [first]
        if all(number.isascii() and number.isdigit() for number in numbers):
            start, end = int(numbers[0][:9]), int(numbers[-1][:9])
            if not 1 <= start <= end <= len(functions):
                raise _NotPossible(
                    self._words.t(
                        "{name} is not in the list: it goes from 1 to {most}.", name=text, most=len(functions)
                    )
                )
            return functions[start - 1 : end]
        if (seat := seat_of(text, self._language)) is None:
            raise _NotPossible(self._words.t("{name} is not the name of a function.", name=text))
        return (seat,)

    def _file(self, text: str) -> Path:
        import os

        from tabletop.files.places import is_folder, typed_path
        from tabletop.files.trouble import Trouble

        try:
            path = typed_path(text)
            if is_folder(path):
                raise Trouble("file-is-folder", file=text)
            path = path if path.suffix.lower() == ".toml" else path.with_name(f"{path.name}.toml")
            if os.path.lexists(path):
                raise Trouble("file-exists", file=str(path))
        except Trouble as trouble:
            raise _NotPossible(said(trouble, self._words)) from None
        return path

    def _free_file(self, title: str) -> Path:
        """Return where the exercise is found by its name: the user's own folder, under a name that is free."""
        from itertools import count

        from tabletop.core.naming import slug
        from tabletop.files.library import own_folder

        folder, name = own_folder(), slug(title) or "exercise"
        names = (f"{name}.toml" if number == 1 else f"{name}-{number}.toml" for number in count(1))
        return next(path for one in names if not (path := folder / one).exists())


VERB = Verb("new", mark("make a first file for an exercise of your own"), declare, run)
