"""One thing of the dossier told in full, as rows: what recurs, a point, an action, a run."""

from typing import Final

from tabletop.core.text import cells
from tabletop.dossier.answers import Action, PointSeen, Question, Recurring, Run, Skipped
from tabletop.dossier.naming import STATE_GLYPHS, STATES, occasions, themes_of, who
from tabletop.locale import Words
from tabletop.locale.codes import ASPECTS, GLYPHS, KINDS, LEVELS
from tabletop.locale.sentences import say
from tabletop.ui.dossier.known import Known, Script, Spot, Target, newest_first
from tabletop.ui.dossier.naming import due_in_words, joined, origin_of, run_name
from tabletop.ui.rows import EMPTY, Row, flow, hanging, labelled, row
from tabletop.ui.run.naming import turn_name

_MOST_SEEN: Final = 60


def about(target: Target, known: Known, words: Words, width: int) -> list[Row]:
    """What stands beside a list about what is chosen in it."""
    match target:
        case Recurring():
            return [*recurring(target, words, width), *where_seen(target, words, width)]
        case Question():
            return question(target, words, width)
        case PointSeen():
            return point(target, known, words, width)
        case Action():
            return action(target, known, words, width)
        case Run():
            return run(target, words, width)
        case Skipped():
            return skipped(target, words, width)
        case Script() | Spot():
            return []


def recurring(one: Recurring, words: Words, width: int) -> list[Row]:
    """A point that was noted once or more: its words, how it was put earlier, and what was decided about it."""
    state = row((f"{STATE_GLYPHS[one.state]} ", "text"), (words.t(STATES[one.state]), "strong"), "  ",
                (occasions(one.occasions, words), "quiet"))  # fmt: skip
    lines = [state, EMPTY, *flow(one.text, width, "strong")]
    if themes := themes_of(one):
        lines += flow(" ".join(f"#{theme}" for theme in themes), width, "quiet")
    if one.returned_after is not None:
        said = words.t(
            "Seen again after an action about it was closed on {day}.", day=words.plain_day(one.returned_after)
        )
        lines += [EMPTY, *hanging(("! ", "warning"), said, width)]
    if one.take_along:
        lines += [EMPTY, *hanging(("► ", "accent"), words.t("Goes along to the next session."), width)]
    return [*lines, *proposal(one, words, width), *earlier(one, words, width)]


def proposal(one: Recurring, words: Words, width: int) -> list[Row]:
    """What was proposed about it, why, and where it was used: from the first use on it is a practice."""
    found = one.proposal
    if found is None:
        return []
    heading = words.t("PRACTICE") if found.is_practice else words.t("PROPOSAL, NOT USED YET")
    lines = [EMPTY, row((heading, "quiet")), *flow(found.text, width)]
    indent = 10
    lines += labelled(words.t("because"), found.reason, width, indent, "plain")
    lines += labelled(words.t("decided"), joined([found.by, words.plain_day(found.day)], 200), width, indent, "quiet")
    for day, place in found.uses:
        lines += labelled(words.t("used"), joined([words.plain_day(day), place], 400), width, indent, "plain")
    return lines


def where_seen(one: Recurring, words: Words, width: int) -> list[Row]:
    """When it was noted, the newest first; a list of its own has all of them."""
    seen = newest_first(one.points)[:_MOST_SEEN]
    lines = (row((f"{GLYPHS[one.turn]} ", "accent"), (_seen(one, words, width - 2), "plain")) for one in seen)
    return [EMPTY, row((words.t("SEEN"), "quiet")), *lines]


def _seen(seen: PointSeen, words: Words, width: int) -> str:
    parts = [words.plain_day(seen.day), seen.title, who(seen.label, words), *origin_of(seen.group, seen.origin)]
    return joined(parts, width)


def asked(one: Question, words: Words, width: int) -> list[Row]:
    """A good question as it is put now, and how it was put earlier."""
    lines = [*hanging(("? ", "accent"), one.about.text, width, "strong")]
    if themes := themes_of(one.about):
        lines += flow(" ".join(f"#{theme}" for theme in themes), width, "quiet")
    return [*lines, *earlier(one.about, words, width)]


def question(one: Question, words: Words, width: int) -> list[Row]:
    """A good question, and the practices and proposals that stand under it."""
    lines = asked(one, words, width)
    for heading, those in ((words.t("PRACTICES"), one.practices), (words.t("PROPOSALS"), one.proposals)):
        lines += [EMPTY, row((heading, "quiet"))]
        for found in those:
            lines += hanging((f"{STATE_GLYPHS[found.state]} ", "text"), found.put, width)
        if not those:
            lines.append(row(("  –", "quiet")))
    return lines


def earlier(one: Recurring, words: Words, width: int) -> list[Row]:
    """Other words in which the same was said, the newest first."""
    lines: list[Row] = []
    for text in one.earlier:
        lines += hanging(("· ", "quiet"), text, width)
    return [EMPTY, row((words.t("EARLIER WORDINGS"), "quiet")), *lines] if lines else []


def point(one: PointSeen, known: Known, words: Words, width: int) -> list[Row]:
    """One learning point, as it was noted, with all that was said about it."""
    lines = [*hanging((f"{GLYPHS[one.turn]} ", "accent"), one.text, width, "strong"), EMPTY]
    facts = [
        (words.t("of"), who(one.label, words)),
        (words.t("about"), joined([turn_name(one.turn, words), words.t(KINDS[one.kind]), words.t(LEVELS[one.level]),
                                   words.t(ASPECTS[one.aspect])], 400)),
        (words.t("themes"), " ".join(f"#{theme}" for theme in one.themes) or "–"),
        (words.t("noted"), joined([words.plain_day(one.day), one.title, *origin_of(one.group, one.origin)], 400)),
    ]  # fmt: skip
    if one.inject:
        facts.append((words.t("at inject"), one.inject))
    if (whole := known.recurring_of(one.key)) is not None:
        facts.append((words.t("state"), f"{words.t(STATES[whole.state])}, {occasions(whole.occasions, words)}"))
    lines += _facts(facts, width)
    if whole is not None:
        lines += proposal(whole, words, width)
    return lines


def action(one: Action, known: Known, words: Words, width: int) -> list[Row]:
    lines = [*flow(one.text, width, "strong"), EMPTY]
    facts = [
        (words.t("owner"), one.owner),
        (words.t("when"), due_in_words(one, known, words)),
        (words.t("agreed in"), one.title),
    ]
    if one.note:
        facts.append((words.t("note"), one.note))
    about_it = known.recurring_of(one.point) if one.point else None
    if about_it is not None:
        facts.append((words.t("about"), about_it.text))
    lines += _facts(facts, width)
    if about_it is not None and about_it.returned_after is not None:
        lines += [EMPTY, *hanging(("! ", "warning"), words.t("The point was seen again after that."), width)]
    return lines


def _facts(facts: list[tuple[str, str]], width: int) -> list[Row]:
    indent = max(cells(label) for label, _ in facts) + 3
    return [line for label, text in facts for line in labelled(label, text, width, indent, "plain")]


def run(one: Run, words: Words, width: int) -> list[Row]:
    lines = [*flow(run_name(one, words), width, "strong"), EMPTY]
    facts = [(words.t("day"), words.day(one.day))]
    facts += [(words.t("source"), one.source)] if one.source else []
    facts += [(words.t("group"), one.group or words.t("not named: its officials tell it apart"))]
    facts += [(words.t("from"), one.origin)] if one.origin else []
    facts += [
        (words.t("saved"), words.tn("{n} learning point", "{n} learning points", one.points)),
        (words.t("log"), str(one.path)),
    ]
    lines += _facts(facts, width)
    return lines


def skipped(one: Skipped, words: Words, width: int) -> list[Row]:
    """A file that was passed over, and why."""
    why = say(words, one.sentence, one.values)
    said = words.t("The file stays as it is; it is looked at again as soon as it changes.")
    return [*flow(why, width), EMPTY, *flow(str(one.path), width, "quiet"), EMPTY, *flow(said, width, "quiet")]
