"""The leader's screen during a feedback point: where we are in it, who speaks, what was said, what overlaps."""

from collections.abc import Sequence
from typing import NamedTuple

from tabletop.core import learning, timeline
from tabletop.core.clock import Moment
from tabletop.core.events import Kept
from tabletop.core.session import WRITING_SECONDS, Answer, Fingers, Session, Stop
from tabletop.core.upcoming import stages
from tabletop.locale import Words, mark
from tabletop.locale.codes import KEPT
from tabletop.ui import blocks
from tabletop.ui.rows import (
    EMPTY,
    Row,
    beside,
    broken,
    fill,
    fit,
    flow,
    hanging,
    inset,
    labelled,
    ledged,
    lit,
    on,
    row,
    spread,
    width_of,
    window,
)
from tabletop.ui.run import answers, paper
from tabletop.ui.run.answers import Named, in_both
from tabletop.ui.run.commands import COMMANDS
from tabletop.ui.run.naming import STAGES, finger_example
from tabletop.ui.run.reading import Reading
from tabletop.ui.run.saved import last_saved

SIDE = 48
AGREEMENT = mark("What do we do differently in the next fifteen minutes?")
KEPT_ORDER: tuple[Kept, ...] = ("yes", "partly", "no", "not-discussed")


def kept_named(text: str, session: Session, words: Words) -> Named | None:
    """What a typed text answers to "did it happen?", a place in ``KEPT_ORDER``; None where it is a note."""
    if session.stop is None or session.stop.stage != "check":
        return None
    spellings = [(words.t(KEPT[kept]), *in_both(KEPT[kept])) for kept in KEPT_ORDER]
    answer = answers.read(text, spellings, "reason")
    return answer if answer.place is not None or answer.rivals else None


class Chosen(NamedTuple):
    """What the arrows chose: the answer to "did it happen?", and the question that answers belong to."""

    kept: Kept = "not-discussed"
    question: int = 1


def header(session: Session, moment: Moment, words: Words, width: int, *, narrow: bool, aside: Row = EMPTY) -> Row:
    """Which point this is, and how long it lasts; ``aside`` must be said besides, and the clock gives way to it."""
    stop = session.stop
    if stop is None:
        return EMPTY
    after = words.t("after {inject}", inject=stop.inject.upper()) if stop.inject else ""
    left = row(
        ("◆ ", "strong"),
        (words.t("Feedback point {n}", n=stop.number), "strong"),
        "  ",
        (stop.title, "strong"),
        "  ",
        ("" if narrow else after, "quiet"),
    )
    still = words.t("clock stopped at")
    spent = 60 * timeline.stop_spent(session, stop, moment)
    planned = 60 * timeline.stop_minutes(session, stop)
    of = words.t("of {length}", length=words.duration(planned))
    now = words.t("now") if narrow else words.t("this feedback point")
    late = spent > planned
    clock = row((f"{still} ", "quiet"), (words.duration(moment.clock), "text"))
    if session.exercise.call_out is not None:
        from tabletop.ui.callout.calls import time_left  # loaded only where a run needs it

        clock = time_left(session, moment, words)
    length = row((f"{now} ", "quiet"), (words.duration(spent), "warning" if late else "strong"), (f" {of}", "quiet"))
    forms = [(aside, clock, length), (aside, length), (aside,)] if aside else [(clock, length), (length,)]
    rights = [row(*(row(part, "   ") for part in form[:-1]), form[-1]) for form in forms]
    room = width - 4 - width_of(left) - 2
    right = next((one for one in rights if width_of(one) <= room), rights[-1])
    return inset(spread(left, right, width - 4), 2)


def trail(session: Session, words: Words, width: int) -> Row:
    """The stages of this stop, and where we are in them."""
    stop = session.stop
    if stop is None:
        return EMPTY
    parts: list[Row] = []
    order = stages(session, stop)
    here = order.index(stop.stage) if stop.stage in order else 0
    for place, stage in enumerate(order):
        glyph = "✓ " if place < here else "► " if place == here else "○ "
        ink = "accentstrong" if place == here else "quiet"
        parts.append(row((glyph + words.t(STAGES[stage]), ink)))
    gap = 4 if sum(width_of(part) + 4 for part in parts) <= width else 2
    return row(*(row(part, " " * gap) for part in parts[:-1]), *parts[-1:])


def draw(
    session: Session,
    moment: Moment,
    words: Words,
    chosen: Chosen,
    width: int,
    height: int,
    selected: int | None = None,
    read: Reading | None = None,
) -> list[Row]:
    """The body, in exactly ``height`` rows. What was saved last stands under the stages, or what the arrows chose."""
    read = read or Reading()
    stop = session.stop
    if stop is None:
        return fill([], height)
    narrow = width < 110 or height < 26
    if narrow:
        inner = width - 4
        head = [trail(session, words, inner), last_saved(session, words, inner, selected)]
        if stop.stage in ("round", "list", "agreement"):
            asked = _on_the_wall(stop, words)
            is_seen = session.exercise.call_out is None
            tab = words.t("PARTICIPANTS' SCREEN") if is_seen else words.t("ASK BY TELEPHONE")
            label = row((f" {tab} ", "strong"))
            head += [on("paper", fit(row(label, " ", (asked, "strong")), inner)), EMPTY]
            if not is_seen and stop.stage == "round":
                head += [*_questions(stop, chosen, inner), EMPTY]
            foot = [] if stop.stage == "agreement" else _overlap(session, stop, words, inner, small=True)
            room = height - len(head) - len(foot)
            body = _stage(session, stop, moment, words, chosen, inner, room, selected, read)
            lines = [*head, *fill(body, room), *foot]
        else:
            tall = 6 if stop.stage == "fingers" else 9  # there it says little, and the leader much
            sheet = paper.trimmed(paper.card(session, moment.at, inner, tall), tall)
            card = [paper.tab(words, "", inner), *sheet, EMPTY]
            room = height - len(head) - len(card)
            body = _stage(session, stop, moment, words, chosen, inner, room, selected, read)
            lines = [*head, *card, *body]
        return fill([ledged(inset(line, 2)) if line else line for line in lines], height)
    left = width - 4 - SIDE - 4
    main = _stage(session, stop, moment, words, chosen, left, height - 3, selected, read)
    side = _side(session, stop, moment, words, chosen, SIDE)
    body = beside(((main, left), (side, SIDE)), height - 3, 4)
    head = [trail(session, words, width - 4), last_saved(session, words, width - 4, selected), EMPTY]
    return fill([ledged(inset(line, 2)) if line else line for line in [*head, *body]], height)


def _on_the_wall(stop: Stop, words: Words) -> str:
    """What the card asks, where it has one row only."""
    if stop.stage == "agreement":
        return words.t(AGREEMENT)
    return stop.round_question.text if stop.round_question else ""


def seconds_left(stop: Stop, session: Session, moment: Moment) -> float:
    """Seconds of silent writing that are left, never below zero; they stand still in a pause."""
    until = session.still_since if session.still is not None and session.still_since else moment.at
    return max(0.0, WRITING_SECONDS - (until - stop.stage_since).total_seconds())


def _stage(
    session: Session,
    stop: Stop,
    moment: Moment,
    words: Words,
    chosen: Chosen,
    width: int,
    height: int,
    selected: int | None,
    read: Reading,
) -> list[Row]:
    match stop.stage:
        case "check":
            return _check(session, words, chosen, width, height)
        case "writing":
            return read.shown(_writing(session, stop, moment, words, width, height), height, words)
        case "round":
            return _round(session, stop, words, chosen, width, height, selected)
        case "list":
            return read.shown(_list(session, stop, words, width), height, words)
        case "fingers":
            return read.shown(_fingers(session, words, width), height, words)
        case "agreement":
            asks = height > 16  # else the card of one row asks it, right above
            return read.shown(_agreement(session, stop, words, width, asks=asks), height, words)


def _check(session: Session, words: Words, chosen: Chosen, width: int, height: int) -> list[Row]:
    agreement = session.agreement
    lines = [row((words.t("DID IT HAPPEN?"), "quiet")), EMPTY]
    if height >= 12:  # where there is less room, the card says what was agreed, and every answer stays in sight
        lines += [*flow(agreement.text if agreement else "", width, "strong"), EMPTY]
    for kept in KEPT_ORDER:
        here = kept == chosen.kept
        line = row(("► " if here else "  ", "accent"), (words.t(KEPT[kept]), "strong" if here else "plain"))
        lines.append(on("now", fit(line, min(width, 40))) if here else line)
    return [*lines, EMPTY, row((words.t("Ask the table. Arrows choose, Space saves."), "quiet"))]


def _writing(session: Session, stop: Stop, moment: Moment, words: Words, width: int, height: int) -> list[Row]:
    left = seconds_left(stop, session, moment)
    clock = left + 0.999 if left else 0
    airy = height >= 20
    air: list[Row] = [EMPTY] if airy else []
    drawn = blocks.draw(words.duration(clock), 3 if airy else 2, 2 if airy else 1) if height >= 14 else ()
    if drawn and blocks.width_of(drawn) <= width:
        digits = [row((line, "accent")) for line in drawn]
        lines = [row((words.t("SILENT WRITING"), "quiet")), *air, *digits, EMPTY, *air]
    else:
        lines = [row((words.t("SILENT WRITING"), "quiet"), "   ", (words.duration(clock), "accentstrong"))]
    indent = 10
    people = len(session.participants)
    each = words.duration(people * 40)
    speakers = [session.label(official) for official in session.speakers]
    then = words.tn(
        "round on question {round}, {n} person, {length}",
        "round on question {round}, {n} people, {length}",
        people,
        round=stop.round,
        length=each,
    )
    lines += [row((words.t("FOR THE LEADER ALONE"), "quiet")), *air]
    lines += labelled(
        words.t("Say"),
        words.t(
            "“Two minutes, each for yourself, no talking. Then we go round on question {round}.”", round=stop.round
        ),
        width,
        indent,
    )
    lines += [*air, *labelled(words.t("Then"), then, width, indent)]
    if len(speakers) > 1:
        order = words.t("{first} begins, {last} speaks last", first=speakers[0], last=speakers[-1])
        lines += labelled("", order, width, indent)
    lines.append(EMPTY)
    lines += flow(words.t("At 0:00 nothing happens by itself: you open the round."), width, "quiet")
    draft = _draft(session, stop, words, width)
    return [*lines, EMPTY, *draft] if draft else lines


def _answers_of(session: Session, stop: Stop, official: str | None, question: int | None = None) -> list[Answer]:
    return [
        answer
        for answer in session.answers
        if answer.feedback == stop.id
        and answer.official == official
        and (question is None or answer.question == question)
        and answer.n not in session.undone
    ]


def _round(
    session: Session, stop: Stop, words: Words, chosen: Chosen, width: int, height: int, selected: int | None
) -> list[Row]:
    speakers = session.speakers
    spoken = words.t("heard {n} of {of}", n=sum(one in stop.spoken for one in speakers), of=len(speakers))
    about = words.t("ROUND ON QUESTION {n}", n=stop.round)
    if chosen.question != stop.round:
        about += " · " + words.t("ANSWERS NOW GO TO QUESTION {n}", n=chosen.question)
    head = spread(row((about, "quiet")), row((spoken, "quiet")), width)
    shared = {learning.plain_word(overlap.word) for overlap in _overlaps(session, stop)}
    lines: list[Row] = []
    focus = 0
    highest = speakers[-1] if len(speakers) > 1 else ""
    for official in learning.heard(session):
        here = official == stop.speaker
        if here:
            focus = len(lines)
        lines.append(_speaker(session, stop, official, highest, words, width, here=here))
        for answer in _answers_of(session, stop, official):
            lines += _answer(answer, stop, shared, words, width, selected)
        for point in session.points:
            if point.feedback == stop.id and point.official == official and not point.withdrawn:
                glyph = "+ " if point.turn == "keep" else "Δ "
                text = words.t("private") if point.private else point.text or words.t("to be written out")
                lines += hanging(("     " + glyph, "accent"), text, width)
        if height > 16:
            lines.append(EMPTY)
    if height > 14 or len(lines) + 2 <= height:
        return [head, EMPTY, *window(lines, height - 2, focus)]
    return [head, *window(lines, height - 1, focus)]


def _speaker(session: Session, stop: Stop, official: str, highest: str, words: Words, width: int, *, here: bool) -> Row:
    has_spoken = official in stop.spoken
    remark = words.t("has the floor") if here else words.t("speaks last") if official == highest else ""
    glyph = "► " if here else "✓ " if has_spoken else "  "
    ink = "strong" if here else "quiet" if has_spoken else "text"
    left = row((glyph, "accent" if here else "quiet"), (session.label(official), ink))
    line = spread(left, row((remark, "quiet")) if remark else EMPTY, width)
    return on("now", fit(line, width)) if here else line


def _answer(answer: Answer, stop: Stop, shared: set[str], words: Words, width: int, selected: int | None) -> list[Row]:
    if answer.private:
        return [row(("     * ", "accent"), (words.t("private"), "quiet"))]
    number = f"{answer.question}: " if answer.question != stop.round else ""
    lines = flow(number + answer.text, max(width - 8, 20), "plain")
    drawn = [
        row(("     · " if not place else "       ", "quiet"), _underlined(line, shared))
        for place, line in enumerate(lines)
    ]
    return [on("now", fit(line, width)) for line in drawn] if answer.n == selected else drawn


def _underlined(line: Row, shared: set[str]) -> Row:
    """Mark the words that several officials used, by the same measure as the overlap."""
    parts: list[tuple[str, str]] = []
    for text, ink in line:
        for place, word in enumerate(text.split(" ")):
            if place:
                parts.append((" ", ink))
            parts.append((word, "underline" if learning.plain_word(word.strip(".,;:!?()")) in shared else ink))
    return tuple(parts)


def _overlaps(session: Session, stop: Stop) -> Sequence[learning.Overlap]:
    question = stop.round_question
    if question is None or question.about != "less-self-reliant":
        return ()
    answers = [a for a in session.answers if a.feedback == stop.id and a.question == stop.round and not a.private]
    return learning.overlap(answers)


def _overlap(session: Session, stop: Stop, words: Words, width: int, *, small: bool = False) -> list[Row]:
    found = _overlaps(session, stop)
    if small:
        if not found:
            return []
        items = [row((f"{o.word} ", "text"), ("●" * len(o.officials) + "  ", "accent")) for o in found[:5]]
        return [EMPTY, fit(row((words.t("Overlap") + "  ", "quiet"), *items), width)]
    lines = [row((words.t("OVERLAP, SAME WORD"), "quiet")), EMPTY]
    lines += [
        spread(row((one.word, "text")), row(("● " * len(one.officials), "accent")), width - 6) for one in found[:6]
    ]
    return [*lines, EMPTY] if found else []


def _list(session: Session, stop: Stop, words: Words, width: int) -> list[Row]:
    lines = [row((words.t("ONE LIST: WHO ARE LESS SELF-RELIANT HERE?"), "quiet")), EMPTY]
    for n, group in enumerate(session.groups, start=1):
        lines += hanging((f"{n}  ", "accent"), group, width, "strong")
    if not session.groups:
        lines += flow(
            words.t("Type a group and Enter. “- group” takes one off. Space on the empty line goes on."), width, "quiet"
        )
    lines.append(EMPTY)
    for official in learning.heard(session):
        said = [answer.text for answer in _answers_of(session, stop, official, stop.round) if not answer.private]
        if said:
            lines += labelled(session.label(official), " · ".join(said), width, 24)
    return lines


def _last_count(session: Session) -> Fingers | None:
    """The last count of fingers at this stop; one of another moment says nothing about it."""
    counts = [counted for counted in session.counted if session.stop is not None and counted.stop == session.stop.id]
    return counts[-1] if counts else None


def _fingers(session: Session, words: Words, width: int) -> list[Row]:
    last = _last_count(session)
    lines = [row((words.t("FINGERS (0-5)"), "quiet")), EMPTY]
    lines += labelled(
        words.t("Say"), words.t("“Think first. At three, everybody shows 0 to 5 fingers at once.”"), width, 10
    )
    lines += labelled(
        words.t("Then"),
        words.t(
            "type one digit for each person, such as {example}, and Enter; or Space without",
            example=finger_example(len(session.participants)),
        ),
        width,
        10,
    )
    lines += labelled(words.t("Ask"), words.t("lowest and highest: what do you see that we do not?"), width, 10)
    if last is not None:
        people = len(session.participants)
        how_many = words.t("{n} of {of}", n=len(last.counted), of=people)
        ink = "quiet" if len(last.counted) == people else "warning"
        lines += [EMPTY, row((" ".join(str(n) for n in sorted(last.counted)), "strong"), "   ", (how_many, ink))]
    return lines


def _agreement(session: Session, stop: Stop, words: Words, width: int, *, asks: bool) -> list[Row]:
    lines: list[Row] = [row((words.t("AGREED LINE"), "quiet")), EMPTY]
    mine = next((agreement for agreement in session.agreements if agreement.feedback == stop.id), None)
    if asks:
        lines += [*flow(words.t(AGREEMENT), width, "strong"), *([EMPTY] if mine is not None else [])]
    if mine is not None:
        lines += [*labelled(words.t("Agreed"), mine.text, width, 12, "strong")]
        lines += [
            *([EMPTY] if asks else []),
            *flow(_stays(session, words), width, "quiet"),
        ]
    else:
        lines += flow(
            words.t("One line, and Enter. Discussed and nothing written is a good outcome too."), width, "quiet"
        )
    asked = stop.fingers_question
    if asked is not None and asked.about == "fingers" and _last_count(session) is None:
        letter = next(command.letter(words.language) for command in COMMANDS if command.id == "fingers")
        lines += [EMPTY, *hanging((f"/{letter}  ", "accent"), asked.text, width)]
    lines += _from_round(session, stop, words, width)
    if session.groups:
        lines += [EMPTY, row((words.t("ONE LIST: LESS SELF-RELIANT HERE"), "quiet")), EMPTY]
        for n, group in enumerate(session.groups, start=1):
            lines += hanging((f"{n}  ", "quiet"), group, width)
    draft = _draft(session, stop, words, width)
    return lines + ([EMPTY, *draft] if draft else [])


def _stays(session: Session, words: Words) -> str:
    if session.exercise.call_out is not None:
        return words.t("It is asked after at the next ◆.")
    return words.t("It stays at the foot of the participants' screen until the next ◆.")


def _from_round(session: Session, stop: Stop, words: Words, width: int) -> list[Row]:
    """The learning points that this stop brought."""
    points = [point for point in session.open_points if point.feedback == stop.id and not point.private]
    if not points:
        return []
    lines: list[Row] = [EMPTY, row((words.t("FROM THE ROUND"), "quiet")), EMPTY]
    for point in points:
        label = fit(row((session.label(point.official), "quiet")), 22)
        glyph = "+ " if point.turn == "keep" else "Δ "
        for n, line in enumerate(flow(point.text or words.t("to be written out"), max(width - 24, 10))):
            lines.append(row(label, (glyph, "accent"), line) if not n else inset(line, 24))
    return lines


def _draft(session: Session, stop: Stop, words: Words, width: int) -> list[Row]:
    """What the table would do and want itself, offered as a draft message where the effect is asked after."""
    if not any(question.about == "effect" for question in stop.questions):
        return []
    draft = learning.draft_message(session)
    if not draft:
        return []
    lines = [
        row(
            (words.t("DRAFT MESSAGE TO RESIDENTS"), "quiet"),
            "   ",
            ("/a", "accent"),
            (" " + words.t("shows it"), "quiet"),
        )
    ]
    for text in draft:
        lines += [row(("· ", "quiet"), line) for line in flow(text, width - 2, "plain")]
    return lines


def _questions(stop: Stop, chosen: Chosen, width: int) -> list[Row]:
    """The questions with their hints, to ask by telephone; the one that answers go to is marked."""
    lines: list[Row] = []
    for number, question in enumerate(stop.questions, start=1):
        here = number == chosen.question
        lines += hanging(("► " if here else "  ", "accent"), question.text, width, "strong" if here else "text")
        if here and question.hint:
            lines += hanging(("  ", "quiet"), question.hint, width, "quiet")
    return lines


def _by_phone(session: Session, stop: Stop, words: Words, chosen: Chosen, width: int) -> list[Row]:
    """In place of a screen on the wall: what to ask by telephone, and the calls so far."""
    from tabletop.ui.callout.calls import calls

    asked = [*_questions(stop, chosen, width)] if stop.stage != "agreement" else flow(words.t(AGREEMENT), width)
    lines = [row((words.t("ASK BY TELEPHONE"), "quiet")), EMPTY, *asked, EMPTY]
    return [*lines, *calls(session, words, width, 14)]


def _side(session: Session, stop: Stop, moment: Moment, words: Words, chosen: Chosen, width: int) -> list[Row]:
    if session.exercise.call_out is not None:
        return _by_phone(session, stop, words, chosen, width)
    lines = [paper.tab(words, "", width), *paper.snug(paper.card(session, moment.at, width, 14)), EMPTY]
    if stop.stage in ("round", "list"):
        lines += _overlap(session, stop, words, width)
        question = stop.round_question
        if question is not None and question.about == "less-self-reliant":
            said = row((words.t("/a shows the answers to the table; the list is agreed there."), "quiet"))
            lines += broken(lit(said, "/a"), width, 4)
            lines.append(EMPTY)
    last = _last_count(session)
    if last is not None and stop.stage == "agreement":
        counted = last.counted
        counts = [row((f"{n} ", "text"), ("●" * counted.count(n) or "–", "accent"), "   ") for n in range(6)]
        lines += [row((words.t("FINGERS (0-5)"), "quiet")), EMPTY, row(*counts), EMPTY]
    earlier = [agreement for agreement in session.agreements if agreement.feedback != stop.id]
    if earlier and stop.stage != "check":
        lines += [row((words.t("AGREED LAST TIME"), "quiet")), EMPTY, *flow(earlier[-1].text, width)]
        if earlier[-1].kept is not None:
            lines.append(row((words.t("Did it happen?") + "  ", "quiet"), (words.t(KEPT[earlier[-1].kept]), "text")))
        lines.append(EMPTY)
    muddled = timeline.seen_to_this_stop(session)
    if muddled is not None:
        text = words.t("From your “seen” to this stop: {length}", length=words.duration(muddled * 60))
        lines += flow(text, width, "quiet")
    return lines
