"""Words for how the storyline reacts: what a choice leads to, and when and why an inject can be brought in."""

from collections.abc import Iterator, Mapping

from tabletop.core import reacting
from tabletop.core.clock import Moment
from tabletop.core.exercise import Inject
from tabletop.core.session import Session
from tabletop.locale import Words, mark
from tabletop.ui.rows import Row, flow, row
from tabletop.ui.run.commands import letter
from tabletop.ui.run.naming import inject_title

STAYS_OUT: Mapping[str, str] = {
    "first-question": mark("first question not answered yet"),
    "decision": mark("nobody decided yet"),
    "choice": mark("no choice made yet"),
}


def leads_to(session: Session, dilemma: Inject, choice_id: str, words: Words) -> str:
    """What follows a choice, by name: ``→ C5B The hotel calls``; nothing where nothing follows any of them."""
    names = []
    for inject in reacting.leads_to(session, dilemma, choice_id):
        name = inject_title(inject)
        if inject.reserve or session.is_past(inject):
            name = words.t("{inject} (to bring in: /{letter})", inject=name, letter=letter("insert", words))
        names.append(name)
    if not names and not any(reacting.leads_to(session, dilemma, choice.id) for choice in dilemma.choices):
        return ""
    return "→ " + (", ".join(names) or words.t("leads to nothing else"))


def codes_after(session: Session, dilemma: Inject, choice_id: str) -> str:
    """What follows a choice where there is little room: ``→ C5B``; nothing where nothing does."""
    codes = [inject.id.upper() for inject in reacting.leads_to(session, dilemma, choice_id)]
    return " → " + ", ".join(codes) if codes else ""


def condition(session: Session, inject: Inject, words: Words) -> str:
    """When an inject is to be brought in: what its author says, after which choice, beside which inject and why."""
    found = [inject.condition] if inject.condition else []
    if inject.only_after:
        choices = [_choice(session, name) for name in inject.only_after]
        found.append(words.t("only after {choices}", choices=words.listing(choices, words.t("or"))))
    if inject.offered_with is not None:
        with_it = words.t("with {inject}, when its time is over", inject=inject.offered_with.upper())
        found.append(", ".join((with_it, *_stays_out(inject, words))))
    return " · ".join(found)


def offer(session: Session, moment: Moment, words: Words, width: int) -> list[Row]:
    """The quiet line that says what can be brought in now, and why; none where nothing can."""
    offered = reacting.offered(session, moment)
    if not offered:
        return []
    first, *others = offered
    late = words.t("the choice was recorded later") if first.offered_with is None else ""
    why = late or ", ".join(_stays_out(first, words)) or words.t("its time is over")
    names = words.listing([inject_title(first), *(other.id.upper() for other in others)])
    said = words.t("{why}: {injects} can be brought in", why=why, injects=names)
    *above, last = flow(said, max(width - 4, 10), "quiet")
    return [*above, row(last, "  ", ("/" + letter("bring-in", words), "accent"))]


def _stays_out(inject: Inject, words: Words) -> Iterator[str]:
    """What was expected of the table and is not there."""
    for action in inject.unless:
        known = STAYS_OUT.get(action)
        yield words.t(known) if known else words.t("{objective} not reached yet", objective=action.upper())


def _choice(session: Session, name: str) -> str:
    """A choice by the name that the exercise file has for it: ``A4 “Take over”``."""
    dilemma_id, _, choice_id = name.partition(".")
    dilemma = session.exercise.inject(dilemma_id)
    text = next((one.text for one in dilemma.choices if one.id == choice_id), choice_id) if dilemma else choice_id
    return f"{dilemma_id.upper()} “{text.rstrip('.')}”"
