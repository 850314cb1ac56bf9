"""What a call-out left behind, for the summary: the task, the calls, what was arranged, and the minutes it asked.

Not reached and no stand there as they were logged: without blame, and nobody is counted.
"""

from collections.abc import Callable, Mapping
from typing import Final

from tabletop.core import calling
from tabletop.core import events as e
from tabletop.core.session import Call, Session
from tabletop.locale import Words, mark
from tabletop.report.markdown import inline, table

OUTCOMES: Final[Mapping[e.CallOutcome, str]] = {
    "can": mark("reached, could now"),
    "cannot": mark("reached, could not now"),
    "not-reached": mark("no answer"),
}


def section(
    session: Session, words: Words, said: Callable[[str], str], official: Callable[[str | None], str]
) -> list[str]:
    """The section on the calls; ``said`` leaves names out of what was typed, ``official`` names a function."""
    if session.exercise.call_out is None:
        return []
    lines = []
    card = calling.task_card(session)
    if card is not None:
        lines += [f"{words.t('Task')}: {inline(card.title)}. {inline(' '.join(card.text.split()))}", ""]
    if len(session.calls):
        head = [words.t("Time"), words.t("Call"), words.t("Reached"), words.t("Arranged"), words.t("By"),
                words.t("Still missing")]  # fmt: skip
        lines += table(head, [_row(call, words, said, official) for call in session.calls])
    minutes = round(calling.minutes_asked(session))
    people = len(calling.invited(session))
    asked = words.tn("of {n} person", "of {n} people together", people)
    if people:
        lines.append(f"- {words.tn('Asked: {n} minute', 'Asked: {n} minutes', minutes)} {asked}")
    lines.append(f"- {words.t('Not reached, or no, is no fault: nobody was asked why.')}")
    return lines


def _row(call: Call, words: Words, said: Callable[[str], str], official: Callable[[str | None], str]) -> list[str]:
    whom = official(call.official) or words.t("somebody else")
    who = f"{official(call.caller)} → {whom}" if call.caller is not None else whom
    outcome = words.t(OUTCOMES[call.outcome]) if call.outcome is not None else ""
    return [words.time(call.at), who, outcome, said(call.result), said(call.by), said(call.missing)]
