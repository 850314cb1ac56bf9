"""``tabletop rehearse``: go through an exercise alone, and see what it asks of whom."""

import argparse
from typing import TYPE_CHECKING, Final

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import need_terminal, on_the_desk, outset_for, participants, quicken
from tabletop.cli.saying import FINE, CannotBeDone, clean
from tabletop.locale import Words, mark

if TYPE_CHECKING:
    from tabletop.core.events import Participant
    from tabletop.core.exercise import Exercise
    from tabletop.rehearsal import Choices, Rehearsal

_FASTEST: Final = 3600


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("exercise", metavar=t("EXERCISE"), help=t("a name from tabletop list, or a path"))
    parser.add_argument("--speed", metavar="N", help=t("play by itself, so many times as fast as on the day"))
    parser.add_argument("--at-once", action="store_true", help=t("open no screen, and print the coverage at once"))
    parser.add_argument(
        "--choose", metavar="a4.open", action="append", default=[],
        help=t("choose this in a dilemma while it plays; --at-once takes the first choice otherwise"),
    )  # fmt: skip
    parser.add_argument("--officials", metavar="a,b|all", help=t("who is at the table; six of them otherwise"))
    parser.add_argument("--log", metavar=t("FILE"), help=t("keep the log of it; otherwise nothing is kept"))


def run(asked: argparse.Namespace, words: Words) -> int:
    from tabletop.files import library

    speed = _speed(asked.speed, words)
    if asked.at_once and speed:
        raise CannotBeDone(words.t("--at-once and --speed do not go together: leave one of them out."))
    path = library.find(asked.exercise)
    quicken()
    if not asked.at_once:
        need_terminal(words)
    exercise = library.load(path)
    people, choices = _people(exercise, asked.officials), _choices(exercise, asked.choose, words)
    rehearsal = _begun(exercise, people, asked, words)
    try:
        if asked.at_once:
            _play_at_once(rehearsal, choices)
            code = FINE
        else:
            code = _on_screen(rehearsal, choices, speed, asked, words)
        _print_coverage(rehearsal, words)
    finally:
        rehearsal.close()
    return code


def _speed(typed: str | None, words: Words) -> float:
    if typed is None:
        return 0.0
    try:
        speed = float(typed.replace(",", "."))
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= _FASTEST:
        raise CannotBeDone(
            words.t("{typed} is no speed: type a number from 1 to {most}, such as 60.", typed=typed, most=_FASTEST)
        )
    return speed


def _people(exercise: "Exercise", wanted: str | None) -> "tuple[Participant, ...]":
    if wanted is not None:
        return participants(exercise, wanted)
    from tabletop.core.advice import USUAL_PEOPLE

    return participants(exercise, "all")[:USUAL_PEOPLE]


def _begun(
    exercise: "Exercise", people: "tuple[Participant, ...]", asked: argparse.Namespace, words: Words
) -> "Rehearsal":
    from tabletop.files.clock import SystemClock
    from tabletop.rehearsal import Rehearsal

    log = outset_for(asked).log_path(exercise.id) if asked.log else None
    return Rehearsal.begin(exercise, people, SystemClock().now(), leader=words.t("rehearsal"), log=log)


def _play_at_once(rehearsal: "Rehearsal", choices: "Choices") -> None:
    from tabletop.locale import words_for
    from tabletop.ui.run.questions import debrief_questions, rebuttal_question

    its_words = words_for(rehearsal.session.exercise.language)
    rehearsal.play(debrief_questions(its_words), rebuttal_question(its_words), choices)


def _choices(exercise: "Exercise", typed: list[str], words: Words) -> "Choices":
    """Understand what is to be chosen in which dilemma; raises when the exercise has no such choice."""
    possible = {f"{inject.id}.{choice.id}": (inject.id, choice.id)
                for inject in (*exercise.injects, *exercise.reserves) for choice in inject.choices}  # fmt: skip
    chosen: dict[str, str] = {}
    for name in (part for one in typed for part in one.split(",")):
        if name.strip() not in possible:
            raise CannotBeDone(
                words.t("There is no choice {name}; possible: {possible}.", name=clean(name),
                        possible=", ".join(possible) or words.t("none"))
            )  # fmt: skip
        dilemma, choice = possible[name.strip()]
        chosen[dilemma] = choice
    return chosen.get


def _on_screen(
    rehearsal: "Rehearsal", choices: "Choices", speed: float, asked: argparse.Namespace, words: Words
) -> int:
    from tabletop.ui.rehearse.scene import RehearsalScene

    kept = rehearsal.log.name if rehearsal.log is not None else ""
    return on_the_desk(RehearsalScene(rehearsal, words, speed, choices, kept), outset_for(asked), words)


def _print_coverage(rehearsal: "Rehearsal", words: Words) -> None:
    import shutil

    from tabletop.ui.rehearse.coverage import coverage_rows
    from tabletop.ui.rows import plain

    for line in coverage_rows(rehearsal.session, words, shutil.get_terminal_size().columns):
        print(clean(plain(line).rstrip()))
    if rehearsal.log is not None:
        print(clean(words.t("The log is {file}", file=str(rehearsal.log))))


VERB = Verb("rehearse", mark("go through an exercise alone, and see what it asks of whom"), declare, run)
