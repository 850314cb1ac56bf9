"""``tabletop survey``: enter what residents answered to the five questions, which the report has as effect."""

import argparse
import re

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import quicken
from tabletop.cli.saying import FINE, CannotBeDone, clean, said
from tabletop.locale import Words, mark


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("log", metavar=t("LOG"), help=t("the log of a run, ended or not"))
    parser.add_argument("--reviewer", metavar=t("NAME"), required=True, help=t("who enters it; it stands in the log"))
    parser.add_argument(
        "--count", metavar="1=2,5,8,20,11", action="append", required=True,
        help=t("a question from 1 to 5, and how many answered it with 1, 2, 3, 4 and 5; once for each question"),
    )  # fmt: skip


def run(asked: argparse.Namespace, words: Words) -> int:
    counts = [_count(typed, words) for typed in asked.count]
    twice = next((number for number, _ in counts if sum(number == other for other, _ in counts) > 1), None)
    if twice is not None:
        raise CannotBeDone(words.t("Question {number} is there twice: give each question once.", number=twice))
    quicken()
    from tabletop.core.moves import reviewing
    from tabletop.core.refused import Refused
    from tabletop.files.clock import SystemClock
    from tabletop.files.places import typed_path
    from tabletop.lookback import Lookback

    look = Lookback.open(typed_path(asked.log), SystemClock(), asked.reviewer)
    try:
        for question, counted in counts:
            look.add(reviewing.count_survey, question, counted)
    except Refused as refused:
        raise CannotBeDone(said(refused, words)) from None
    for question, counted in sorted(look.session.survey.items()):
        people = sum(counted)
        answered = words.tn("{n} answer", "{n} answers", people)
        print(clean(words.t("Question {number}: {answers}.", number=question, answers=answered)))
    return FINE


def _count(typed: str, words: Words) -> tuple[int, tuple[int, ...]]:
    """Read ``1=2,5,8,20,11``; each mistake has a sentence of its own."""
    question, equals, counts = typed.partition("=")
    if not equals or not re.fullmatch(r"\s*[1-5]\s*", question, re.ASCII):
        raise CannotBeDone(
            words.t("{typed}: begin with a question from 1 to 5 and an equals sign, as in 1=2,5,8,20,11.", typed=typed)
        )
    parts = [part.strip() for part in counts.split(",")]
    if not all(re.fullmatch(r"\d{1,7}", part, re.ASCII) for part in parts):
        raise CannotBeDone(words.t("{typed}: each count is a whole number, with commas between them.", typed=typed))
    if len(parts) != 5:
        raise CannotBeDone(
            words.tn(
                "{typed}: there is {n} count, and five are needed: one for each answer from 1 to 5.",
                "{typed}: there are {n} counts, and five are needed: one for each answer from 1 to 5.",
                len(parts),
                typed=typed,
            )
        )
    return int(question), tuple(map(int, parts))


VERB = Verb("survey", mark("enter what residents answered to the five questions of the survey"), declare, run)
