"""The verbs of the command line. Each imports what it needs when it needs it, so that the small ones start at once.

Exit codes: 0 fine, 1 ``check`` found mistakes, 2 anything that could not be done, said in one sentence on stderr.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from tabletop import __version__
from tabletop.locale import LANGUAGES, Words, choose_language, mark, words_for

if TYPE_CHECKING:
    from tabletop.core.events import Participant
    from tabletop.core.exercise import Exercise
    from tabletop.ui.desk.scene import Scene
    from tabletop.ui.opening import Outset

FINE, MISTAKES, COULD_NOT = 0, 1, 2

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


class CannotBeDone(Exception):
    """Something that the command line asks and cannot be; its text is the sentence, in the leader's language."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the one place that catches everything, and says it in a sentence."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = words_for(_language(given))
    _replace_what_cannot_be_printed()
    try:
        code = _run(given, words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _refuse(words.t("Stopped from the keyboard."))
    except BrokenPipeError:  # whoever read along has seen enough
        _close_output()
        return FINE
    except CannotBeDone as cannot:
        return _refuse(str(cannot))
    except Exception as error:  # noqa: BLE001  # the one handler at the very top
        return _refuse(_unforeseen(error, words))
    return code


def _run(given: Sequence[str], words: Words) -> int:
    from tabletop.files.trouble import Trouble

    try:
        asked = _parser(words).parse_args(given)
    except SystemExit as done:  # after --help and --version
        return FINE if done.code in (None, 0) else COULD_NOT
    verbs: dict[str | None, Callable[[argparse.Namespace, Words], int]] = {
        None: _home, "list": _list, "run": _lead, "show": _show, "check": _check, "share": _share,
    }  # fmt: skip
    try:
        return verbs[asked.verb](asked, words)
    except Trouble as trouble:
        raise CannotBeDone(_said(trouble, words)) from None


# --- the verbs -------------------------------------------------------------------------------------------------------


def _home(asked: argparse.Namespace, words: Words) -> int:
    _need_terminal(words)
    _quicken()
    from tabletop.ui.home.scene import HomeScene

    outset = _outset(asked)
    return _on_the_desk(HomeScene(words, outset), outset, words)


def _list(asked: argparse.Namespace, words: Words) -> int:  # noqa: ARG001
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
        print(_clean("  ".join(padded).rstrip()))
    return FINE


def _lead(asked: argparse.Namespace, words: Words) -> int:
    """Lead an exercise, or go on with a run."""
    if bool(asked.exercise) == bool(asked.resume):
        raise CannotBeDone(words.t("Name an exercise, or a log after --resume: tabletop run --help says how."))
    if asked.resume and (asked.officials or asked.log):
        raise CannotBeDone(
            words.t("A run that is gone on with keeps its log and its officials: leave those options out.")
        )
    return _resume(asked, words) if asked.resume else _begin(asked, words)


def _begin(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files import library

    path = library.find(asked.exercise)
    text = library.read(path)
    _need_terminal(words)
    _quicken()
    from tabletop.ui.opening import OpeningScene, glimpse

    outset = _outset(asked)
    seen = glimpse(text, path.stem)
    wanted = asked.officials

    def load() -> "Scene":
        exercise = library.load(path)
        if wanted is None:
            from tabletop.ui.home.scene import HomeScene
            from tabletop.ui.prepare.scene import PrepareScene

            return PrepareScene(words, exercise, outset, HomeScene(words, outset))
        return outset.run(outset.begin(exercise, _participants(exercise, wanted)), words)

    if wanted is None:
        first = OpeningScene(words, seen.title, words.t("prepare"), seen.title, load)
    else:
        first = OpeningScene(words, seen.title, words.t("show"), f"{seen.step}  {seen.name}".strip(), load)
    return _on_the_desk(first, outset, words)


def _resume(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files.glance import glance
    from tabletop.files.places import typed_path

    path = typed_path(asked.resume)
    seen = glance(path)
    if seen.ended:
        raise CannotBeDone(words.t("{title} has ended: a run that has ended is not gone on with.", title=seen.title))
    _need_terminal(words)
    _quicken()
    from tabletop.ui.opening import OpeningScene

    outset = _outset(asked)

    def load() -> "Scene":
        return outset.run(outset.resume(path), words)

    return _on_the_desk(OpeningScene(words, seen.title, words.t("go on with"), seen.title, load), outset, words)


def _show(asked: argparse.Namespace, words: Words) -> int:
    _need_terminal(words)
    from tabletop.files.places import typed_path

    log = typed_path(asked.log) if asked.log else None
    from tabletop.ui.show import show

    return show(log, words)


def _check(asked: argparse.Namespace, words: Words) -> int:
    _quicken()
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
                print(_clean(pointed(words, replace(mistake, file=file or mistake.file))))
        except Trouble as trouble:
            code = COULD_NOT
            _refuse(_said(Trouble(trouble.code, **{**trouble.values, **({"file": file} if file else {})}), words))
        else:
            print(_clean(words.t("{file}: no mistakes.", file=file)))
    _end_at_once()
    return code


def _share(asked: argparse.Namespace, words: Words) -> int:
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
    print(_clean(sentence))
    return FINE


# --- what the verbs share --------------------------------------------------------------------------------------------


def _participants(exercise: "Exercise", wanted: str) -> "tuple[Participant, ...]":
    """Return who is at the table; raises Trouble for an official whom the exercise does not have."""
    from tabletop.core.events import Participant
    from tabletop.files.trouble import Trouble

    named = {name.strip().casefold() for name in wanted.split(",")} - {""}
    known = {one.id: {one.id, one.short.casefold(), "all"} for one in exercise.key_officials}
    if unknown := sorted(named - set[str]().union(*known.values())) or ([] if named else [wanted]):
        raise Trouble("no-such-official", name=_clean(unknown[0]), possible=", ".join(known))
    return tuple(Participant(official=official) for official, names in known.items() if names & named)


def _outset(asked: argparse.Namespace) -> "Outset":
    """Return what a run starts from; raises Trouble for a folder that nobody could know, before any screen opens."""
    from tabletop.files.clock import SystemClock
    from tabletop.files.library import ENVIRONMENT
    from tabletop.files.places import LOGS, typed_path
    from tabletop.ui.opening import Outset

    for named in (os.environ.get(LOGS), os.environ.get(ENVIRONMENT)):
        if named:
            typed_path(named)
    log = getattr(asked, "log", None)
    leader = _clean(getattr(asked, "leader", None) or "")
    return Outset(SystemClock(), os.environ, leader=leader, log=typed_path(log) if log else None)


def _on_the_desk(first: "Scene", outset: "Outset", words: Words) -> int:
    """Open the leader's screen, and say afterwards what there is to say."""
    from tabletop.ui.app import TabletopApp

    app = TabletopApp(first, words, outset.clock)
    try:
        app.run()
    finally:
        outset.close()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        raise CannotBeDone(app.sentence)
    if outset.left_at is not None:  # the same words for every way out
        _say_goodbye(_where_it_is(outset.left_at, words))
    elif app.sentence:
        _say_goodbye([app.sentence])
    return FINE


def _say_goodbye(sentences: Sequence[str]) -> None:
    """Say the last words of a run. A window that was shut is no fault: nobody is there to read them."""
    try:
        for sentence in sentences:
            print(_clean(sentence), flush=True)
    except OSError:
        _close_output()


def _where_it_is(log: Path, words: Words) -> list[str]:
    """Say where the log of a run is, and its summary, or how to go on with it."""
    from tabletop.files.glance import glance
    from tabletop.files.trouble import Trouble

    if not log.exists():
        return [words.t("{file} is gone, and the run could be saved nowhere else.", file=str(log))]
    said = [words.t("The log is {file}", file=str(log))]
    summary = log.with_suffix(".md")
    try:
        has_ended, is_written = glance(log).ended, summary.is_file()
    except (Trouble, OSError):  # on a stick that was pulled out
        return said
    if not has_ended:
        command = f"{_command()} run --resume {_quoted(str(log))}"
        return [*said, words.t("Go on with it: {command}", command=command)]
    if is_written:
        said.append(words.t("The summary is {file}", file=str(summary)))
    return said


def _command() -> str:
    """Return how this program was called, so that what is printed can be typed."""
    import shutil

    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{_quoted(sys.executable)} -m tabletop"
    found = shutil.which("tabletop")
    if found is not None and Path(found).resolve() == called.resolve():
        return "tabletop"
    return _quoted(sys.argv[0])


def _quoted(argument: str) -> str:
    """Return an argument as it is typed in a shell."""
    if os.name == "nt":
        return f'"{argument}"' if " " in argument else argument
    import shlex

    return shlex.quote(argument)


def _need_terminal(words: Words) -> None:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise CannotBeDone(words.t("This opens a screen, and that needs a terminal."))


def _quicken() -> None:
    """Import without the collector of garbage, which would look at every module again and again; let pydantic not look
    through everything that is installed for plugins, which costs a sixth of what it costs itself; and let textual paint
    after a quarter of the sixtieth of a second that it waits else, in which nothing is done while a run is loaded.
    """
    import gc

    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    os.environ.setdefault("TEXTUAL_FPS", "240")


def _end_at_once() -> None:
    """Keep the interpreter from looking through everything that was loaded once more before it ends: a fifth of a
    ``check``. Only for a verb that holds nothing open.
    """
    import gc

    gc.freeze()


def _said(trouble: Exception, words: Words) -> str:
    from tabletop.locale.sentences import say

    return say(words, trouble.code, trouble.values)  # type: ignore[attr-defined]  # Trouble, imported where it is needed


def _unforeseen(error: Exception, words: Words) -> str:
    """Write the details to a file and return the sentence that names it."""
    import platform
    import tempfile
    import traceback
    from contextlib import suppress

    from tabletop.files.clock import SystemClock
    from tabletop.files.places import state_folder

    now = SystemClock().now()
    details = "".join(traceback.format_exception(error))
    text = f"tabletop {__version__}, Python {platform.python_version()}, {platform.platform()}\n{now}\n\n{details}"
    for place in (state_folder(os.environ) / "crashes", Path(tempfile.gettempdir())):
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = place / f"tabletop-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
                file.write(text)
            return words.t(
                "Something went wrong that nobody foresaw; what was saved is safe. Details: {file}", file=str(path)
            )
    return words.t("Something went wrong that nobody foresaw; what was saved is safe.")


def _refuse(sentence: str) -> int:
    """Say in one sentence what could not be done."""
    from contextlib import suppress

    with suppress(OSError, ValueError):
        print(_clean(sentence), file=sys.stderr, flush=True)
    return COULD_NOT


def _clean(text: str) -> str:
    """Return a text that may hold names from files and arguments, fit for a terminal."""
    from tabletop.core.text import clean_line

    return clean_line(text)


def _replace_what_cannot_be_printed() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _close_output() -> None:
    """Keep the interpreter from complaining once more when it closes what nobody reads."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


# --- the arguments ---------------------------------------------------------------------------------------------------


def _language(given: Sequence[str]) -> "str":
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


def _parser(words: Words) -> argparse.ArgumentParser:
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
    verbs = parser.add_subparsers(dest="verb", metavar=t("VERB"), title=t("verbs"), prog=parser.prog)

    def verb(name: str, description: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, parents=[language], help=description, description=description)

    verb("list", t("print the exercises that are found"))
    run = verb("run", t("lead an exercise, or go on with a run"))
    run.add_argument("exercise", nargs="?", metavar=t("EXERCISE"), help=t("a name from tabletop list, or a path"))
    run.add_argument("--resume", metavar=t("LOG"), help=t("go on with an unfinished run"))
    run.add_argument("--log", metavar=t("FILE"), help=t("where to save the log; otherwise in the documents folder"))
    run.add_argument("--officials", metavar="a,b|all", help=t("who is at the table, to skip that question"))
    run.add_argument("--leader", metavar=t("NAME"), help=t("your name, for the log"))
    show = verb("show", t("show the participants' screen"))
    show.add_argument(
        "log", nargs="?", metavar=t("LOG"), help=t("the log to follow; otherwise the run that is going on")
    )
    check = verb("check", t("say every mistake in an exercise at once"))
    check.add_argument("files", nargs="+", metavar=t("FILE"), help=t("an exercise"))
    share = verb("share", t("write a copy of a log without names and private points"))
    share.add_argument("log", metavar=t("LOG"), help=t("the log to copy"))
    share.add_argument("-o", "--output", metavar=t("FILE"), help=t("where to write the copy; otherwise beside the log"))
    return parser
