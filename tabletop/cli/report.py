"""``tabletop report``: the impression report of a run, and the papers beside it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.arguments import Translate, Verb
from tabletop.cli.desk import quicken
from tabletop.cli.saying import FINE, CannotBeDone, clean
from tabletop.locale import Words, mark, words_for

if TYPE_CHECKING:
    from tabletop.report.document import Document


def declare(parser: argparse.ArgumentParser, t: Translate) -> None:
    parser.add_argument("log", metavar=t("LOG"), nargs="?", help=t("the log of a run, ended or not"))
    parser.add_argument(
        "-o", "--output", metavar=t("FILE"),
        help=t("where to write it, ending in .html, .docx or .md, or in .csv or .json for the learning points alone; "
               "otherwise here, as HTML"),
    )  # fmt: skip
    parser.add_argument(
        "--for", dest="reader", metavar=t("WHOM"), default="group",
        help=t("group, organisation, region, or one official such as ovd-bz: own points and a thank-you"),
    )  # fmt: skip
    parser.add_argument("--names", action="store_true", help=t("with the names that were entered; never for a region"))
    parser.add_argument("--overwrite", action="store_true", help=t("write over a file that is there already"))
    papers = parser.add_mutually_exclusive_group()
    papers.add_argument(
        "--why", action="store_true", help=t("not a run, but one page for other columns: why we work this way")
    )
    papers.add_argument(
        "--survey", action="store_true", help=t("not a run, but five questions to residents, to hand out")
    )


def run(asked: argparse.Namespace, words: Words) -> int:
    quicken()
    if asked.why or asked.survey:
        return _paper(asked, words)
    if asked.log is None:
        raise CannotBeDone(words.t("Say which log: tabletop report LOG -o FILE."))
    from tabletop.files.authoring import put_file, refuse_place
    from tabletop.files.log.reading import read
    from tabletop.files.places import typed_path
    from tabletop.report.audience import reader
    from tabletop.report.written import kind_of, report_bytes

    log = typed_path(asked.log)
    target = typed_path(asked.output) if asked.output else Path(f"{log.stem}-{words.t('report')}.html")
    ending = kind_of(target)
    contents = read(log)
    exercise = contents.head.exercise
    whom = reader(exercise, asked.reader)
    if asked.names and whom.kind == "region":
        raise CannotBeDone(words.t("A report for a region never has names: leave --names out."))
    refuse_place(target, over=asked.overwrite)
    spoken = words if hasattr(asked, "lang") else words_for(exercise.language)
    data = report_bytes(contents.head, contents.events, spoken, whom, ending, names=asked.names)
    put_file(target, data, over=asked.overwrite)
    print(clean(words.t("{file} was written; read it before you give it away.", file=str(target))))
    return FINE


def _paper(asked: argparse.Namespace, words: Words) -> int:
    """Write what is of no run: the same for everybody, in the language of whoever asks."""
    from tabletop.files.authoring import put_file, refuse_place
    from tabletop.files.places import typed_path
    from tabletop.report.written import DOCUMENTS, document_bytes, kind_of

    name = words.t("why") if asked.why else words.t("survey")
    target = typed_path(asked.output) if asked.output else Path(f"{name}.html")
    ending = kind_of(target, DOCUMENTS)
    if asked.log is not None:
        raise CannotBeDone(words.t("--why and --survey are of no run: leave the log out."))
    refuse_place(target, over=asked.overwrite)
    put_file(target, document_bytes(_document(asked, words), ending), over=asked.overwrite)
    print(clean(words.t("{file} was written.", file=str(target))))
    return FINE


def _document(asked: argparse.Namespace, words: Words) -> "Document":
    if asked.why:
        from tabletop.report.why import why

        return why(words)
    from tabletop.report.survey import survey

    return survey(words)


VERB = Verb("report", mark("write the impression report of a run: HTML, Word, Markdown, or its points"), declare, run)
