"""The command line: one module for each verb, which imports what it needs when it needs it."""

import sys
from collections.abc import Sequence
from typing import Final

from tabletop.cli import (  # modules are called as their verbs, where Python lets them
    cards,
    check,
    dossier,
    exporting,
    home,
    importing,
    list,  # noqa: A004
    new,
    printing,
    rehearse,
    report,
    review,
    run,
    schema,
    share,
    show,
    survey,
)
from tabletop.cli.arguments import Verb, asked_language, parser_for
from tabletop.cli.saying import (
    COULD_NOT,
    FINE,
    CannotBeDone,
    close_output,
    refuse,
    replace_what_cannot_be_printed,
    said,
    unforeseen,
)
from tabletop.locale import Words, words_for

VERBS: Final[tuple[Verb, ...]] = (
    list.VERB,
    run.VERB,
    show.VERB,
    check.VERB,
    new.VERB,
    rehearse.VERB,
    schema.VERB,
    importing.VERB,
    exporting.VERB,
    printing.VERB,
    cards.VERB,
    review.VERB,
    report.VERB,
    survey.VERB,
    dossier.VERB,
    share.VERB,
)
"""In the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the one place that catches everything, and says it in a sentence."""
    given = [*(sys.argv[1:] if arguments is None else arguments)]
    words = words_for(asked_language(given))
    replace_what_cannot_be_printed()
    try:
        code = _run(given, words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return refuse(words.t("Stopped from the keyboard."))
    except BrokenPipeError:  # whoever read along has seen enough
        close_output()
        return FINE
    except CannotBeDone as cannot:
        return refuse(str(cannot))
    except Exception as error:  # noqa: BLE001  # the one handler at the very top
        return refuse(unforeseen(error, words))
    return code


def _run(given: Sequence[str], words: Words) -> int:
    from tabletop.files.trouble import Trouble

    try:
        asked = parser_for(words, VERBS).parse_args(given)
    except SystemExit as done:  # after --help and --version
        return FINE if done.code in (None, 0) else COULD_NOT
    perform = next((verb.run for verb in VERBS if verb.name == asked.verb), home.run)
    try:
        return perform(asked, words)
    except Trouble as trouble:
        raise CannotBeDone(said(trouble, words)) from None
