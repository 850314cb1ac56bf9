"""What is for the leader alone: the words to say before it begins, and beside an inject what to ask and to expect."""

from collections.abc import Iterator

from tabletop.core.exercise import Inject
from tabletop.core.session import Session
from tabletop.core.text import cells
from tabletop.locale import Words
from tabletop.locale.codes import FIRST
from tabletop.ui.rows import EMPTY, Row, broken, fit, flow, hanging, labelled, row, spread, width_of
from tabletop.ui.run.commands import letter
from tabletop.ui.run.reacting import codes_after
from tabletop.ui.run.reading import Reading


def introduction(session: Session, words: Words, width: int, height: int, read: Reading) -> list[Row]:
    """Before the first inject: what to check; under their own heading the words to say, as far as they were read."""
    lines = [*before_saying(session, words, width), row((words.t("TO SAY ALOUD"), "quiet"))]
    text = flow(session.exercise.introduction, width)
    return [*lines, *read.shown(text, max(height - len(lines), 1), words, on="↓", back="↑")]


def before_saying(session: Session, words: Words, width: int) -> list[Row]:
    check = words.t("Is the participants' screen on the wall, not on your laptop?")
    lines = hanging(("○ ", "quiet"), check, width, "quiet")
    if session.exercise.content_note:
        note = words.t("To say beforehand: {note}", note=session.exercise.content_note)
        lines += hanging(("! ", "warning"), note, width)
    return [*lines, EMPTY]


def for_leader(session: Session, words: Words, width: int, *, title: bool = True) -> list[Row]:
    """What is for the leader alone: what only the receiver hears, what to ask, what to expect, which objectives."""
    lines: list[Row] = [row((words.t("FOR THE LEADER ALONE"), "quiet"))] if title else []
    inject = session.inject
    if inject is None:
        return lines
    indent = max(10 if title else 8, *(cells(words.t(label)) + 2 for label in _labels(inject)))
    lines += _to_play(inject, words, width, indent)
    lines += _to_say(inject, words, width, indent, together=not title)
    if inject.choices:
        lines += _dilemma(session, inject, words, width, indent, together=not title)
    if inject.rebuttal:
        lines += _rebuttal(session, inject, words, width, indent)
    if inject.expect:
        lines += labelled(words.t("Watch for"), inject.expect, width, indent)
    if session.groups:
        label = words.t("Less self-reliant")
        lines += labelled(label, words.listing(session.groups), width, cells(label) + 2)
    goals = [o for o in session.exercise.objectives if o.id in inject.objectives]
    first = _first_question(session, words)
    if not goals:
        return [*lines, first]
    names = [f"{goal.id.upper()} {goal.name}" for goal in goals]
    together = ", ".join(names)
    if not title:  # where rows are few, those two share one
        aside = row((words.t("Objective") + " ", "quiet"), (together, "text"))
        if width_of(first) + width_of(aside) + 3 <= width:
            return [*lines, spread(first, aside, width)]
    text = together if cells(together) <= width - indent else "\n".join(names)
    return [*lines, *labelled(words.t("Objective"), text, width, indent), first]


def _labels(inject: Inject) -> Iterator[str]:
    """The labels that stand beside this inject, for how wide their column must be."""
    yield from ("Ask", "Objective")
    if inject.expect:
        yield "Watch for"
    if inject.condition:
        yield "Only if"
    if inject.scale_up:
        yield "Mind"
    if inject.choices:
        yield "Dilemma"
    if inject.rebuttal:
        yield "Rebuttal"


def _to_play(inject: Inject, words: Words, width: int, indent: int) -> list[Row]:
    """Who speaks and what is said, where it is for the receiver only: it stands on no screen of the participants."""
    if not inject.receiver_only:
        return []
    text = "\n".join(line for line in inject.text.split("\n") if line.strip())
    lines = labelled(words.t("Play"), inject.sender, width, indent, "strong") if inject.sender else []
    return [*lines, *labelled(words.t("Say"), text, width, indent, "strong")]


def _to_say(inject: Inject, words: Words, width: int, indent: int, *, together: bool) -> list[Row]:
    """What the leader keeps in mind and asks aloud; ``together``: the questions in one row, where they fit."""
    lines: list[Row] = []
    if inject.scale_up:
        lines += labelled(words.t("Mind"), words.t("Scaling up is no order to act."), width, indent, "warning")
    if inject.condition:
        lines += labelled(words.t("Only if"), inject.condition, width, indent)
    joined = " ".join(inject.ask)
    questions = [joined] if together and joined and cells(joined) <= width - indent else inject.ask
    for place, question in enumerate(questions):
        lines += labelled(words.t("Ask") if not place else "", question, width, indent)
    return lines


def _dilemma(session: Session, inject: Inject, words: Words, width: int, indent: int, *, together: bool) -> list[Row]:
    """The ways out and what each leads to, in a row of its own or, where rows are few, after one another."""
    chosen = session.choices.get(inject.id)
    ways = [row((choice.text, "text"), (codes_after(session, inject, choice.id), "quiet")) for choice in inject.choices]
    if chosen is not None:
        text = next((choice.text for choice in inject.choices if choice.id == chosen.choice), chosen.choice)
        because = f", {words.t('because')} {chosen.because}" if chosen.because else ""
        after = codes_after(session, inject, chosen.choice)
        text = text.rstrip(".") if because else text
        ways = [row(("✓ ", "accent"), (text + because, "text"), (after, "quiet"))]
    else:
        key = (f"/{letter('choose', words)} ", "accent")
        if together:
            ways = [row(*(row(way, " · " if place + 1 < len(ways) else "") for place, way in enumerate(ways)))]
        ways = [row(key, ways[0]), *(row("   ", way) for way in ways[1:])]
    lines = [line for way in ways for line in broken(way, max(width - indent, 10), 3)]
    return _under_label(words.t("Dilemma"), lines, indent)


def _rebuttal(session: Session, inject: Inject, words: Words, width: int, indent: int) -> list[Row]:
    """That the author asks for a rebuttal; once it was given, by whom and what the fingers said."""
    given = next((one for one in reversed(session.rebuttals) if one.inject == inject.id), None)
    if given is None:
        said = row((f"/{letter('rebuttal', words)} ", "accent"), (words.t("sixty seconds aloud, then fingers"), "text"))
    else:
        who = session.label(given.official) or words.t("the table")
        fingers = " ".join(str(count) for count in sorted(given.counted))
        counted = " · " + words.t("fingers: {counts}", counts=fingers) if fingers else ""
        said = row(("► " if session.rebuttal is not None and not fingers else "✓ ", "accent"), (who + counted, "text"))
    return _under_label(words.t("Rebuttal"), broken(said, max(width - indent, 10), 2), indent)


def _under_label(label: str, lines: list[Row], indent: int) -> list[Row]:
    head = fit(row((label, "quiet")), indent)
    return [row(head if not place else " " * indent, line) for place, line in enumerate(lines)]


def _first_question(session: Session, words: Words) -> Row:
    label = row((words.t("First question"), "quiet"), "  ")
    first = session.first
    if first.status == "answered" and first.answer is not None:
        because = f", {words.t('because')} {first.because}" if first.because else ""
        return row(label, ("✓ ", "accent"), (words.t(FIRST[first.answer]) + because, "text"))
    again = words.t("ask again") if first.status == "reopened" else words.t("not answered yet")
    return row(label, ("○ " + again, "warning"), "  ", ("/1", "accent"))
