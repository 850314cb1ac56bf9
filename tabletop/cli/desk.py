"""What the verbs share that open a screen: what a run starts from, the desk, and the words to part with."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.saying import FINE, CannotBeDone, clean, close_output
from tabletop.locale import Words

if TYPE_CHECKING:
    from tabletop.core.events import Participant
    from tabletop.core.exercise import Exercise
    from tabletop.ui.desk.scene import Scene
    from tabletop.ui.opening import Outset


def need_terminal(words: Words) -> None:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise CannotBeDone(words.t("This opens a screen, and that needs a terminal."))


def quicken() -> None:
    """Import without the collector of garbage, which would look at every module again and again; leave pydantic without
    plugins, for which it would look through everything that is installed; and let textual paint after a quarter of the
    sixtieth of a second that it waits else, in which nothing is done while a run is loaded.
    """
    import gc

    gc.disable()
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1") == "1":
        _leave_out_plugins()
    os.environ.setdefault("TEXTUAL_FPS", "240")


def _leave_out_plugins() -> None:
    """Put an empty loader of plugins where pydantic looks for its own.

    Even switched off, that one imports all that reads the metadata of packages: a twentieth of the time until a run
    stands on the screen. Where a later pydantic looks elsewhere, this changes nothing.
    """
    from types import ModuleType

    loader = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = tuple  # type: ignore[attr-defined]  # no plugins, as with its own when they are switched off
    sys.modules.setdefault(loader.__name__, loader)


def outset_for(asked: argparse.Namespace) -> "Outset":
    """Return what a run starts from; raises Trouble for a folder that nobody could know, before any screen opens."""
    from tabletop.files.clock import SystemClock
    from tabletop.files.library import ENVIRONMENT
    from tabletop.files.places import LOGS, typed_path
    from tabletop.ui.opening import Outset

    for named in (os.environ.get(LOGS), os.environ.get(ENVIRONMENT)):
        if named:
            typed_path(named)
    log = getattr(asked, "log", None)
    leader = clean(getattr(asked, "leader", None) or "")
    group = clean(getattr(asked, "group", None) or "").strip()
    return Outset(SystemClock(), os.environ, leader=leader, group=group, log=typed_path(log) if log else None)


def participants(exercise: "Exercise", wanted: str) -> "tuple[Participant, ...]":
    """Return who is at the table; raises Trouble for an official whom the exercise does not have."""
    from tabletop.core.events import Participant
    from tabletop.files.trouble import Trouble

    named = {name.strip().casefold() for name in wanted.split(",")} - {""}
    known = {one.id: {one.id, one.short.casefold(), "all"} for one in exercise.key_officials}
    if unknown := sorted(named - set[str]().union(*known.values())) or ([] if named else [wanted]):
        raise Trouble("no-such-official", name=clean(unknown[0]), possible=", ".join(known))
    return tuple(Participant(official=official) for official, names in known.items() if names & named)


def on_the_desk(first: "Scene", outset: "Outset", words: Words) -> int:
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
        _say_goodbye(where_it_is(outset.left_at, words))
    elif app.sentence:
        _say_goodbye([app.sentence])
    return FINE


def _say_goodbye(sentences: Sequence[str]) -> None:
    """Say the last words of a run. A window that was shut is no fault: nobody is there to read them."""
    try:
        for sentence in sentences:
            print(clean(sentence), flush=True)
    except OSError:
        close_output()


def where_it_is(log: Path, words: Words) -> list[str]:
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
        command = f"{called()} run --resume {quoted(str(log))}"
        return [*said, words.t("Go on with it: {command}", command=command)]
    if is_written:
        said.append(words.t("The summary is {file}", file=str(summary)))
    return said


def called() -> str:
    """Return how this program was called, so that what is printed can be typed."""
    import shutil

    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return f"{quoted(sys.executable)} -m tabletop"
    found = shutil.which("tabletop")
    if found is not None and Path(found).resolve() == program.resolve():
        return "tabletop"
    return quoted(sys.argv[0])


def quoted(argument: str) -> str:
    """Return an argument as it is typed in a shell."""
    if os.name == "nt":
        return f'"{argument}"' if " " in argument else argument
    import shlex

    return shlex.quote(argument)
