"""What each card says: a ``ParticipantView`` becomes a sheet of rows, before anyone decides where they stand.

The wall and the leader's paper card are laid out differently from the same sheet, so that the two can never differ in
what they say. A sheet is made for a fit: the cells that there are, and how much air.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, assert_never

from tabletop.core import participants as p
from tabletop.core.events import Kept
from tabletop.core.paging import Asked
from tabletop.core.said import PageLine, Said, who_lines
from tabletop.core.text import cells, cut, wrap
from tabletop.locale import Words, mark
from tabletop.ui import blocks
from tabletop.ui.participants.message import CHANNELS, message, receiver_only
from tabletop.ui.participants.sheet import (
    ACCENT,
    BAR,
    INK,
    QUIET,
    STRONG,
    TITLE,
    Fit,
    Sheet,
    detail,
    flow,
    gap,
    page_of,
)
from tabletop.ui.rows import EMPTY, Row

FINGER_ROWS: Final = 4
_KEPT: Mapping[Kept, str] = {
    "yes": mark("Yes."),
    "partly": mark("Partly."),
    "no": mark("No."),
    "not-discussed": mark("Not discussed."),
}
_FIRST: Mapping[str, str] = {"yes": mark("Yes"), "no": mark("No"), "not-yet": mark("Not yet")}


def sheet(view: p.ParticipantView, words: Words, fit: Fit, now: datetime | None = None) -> Sheet:
    """Return what the participants' card says, for this much room. ``now`` is for what counts down."""
    card = view.card
    match card:
        case p.Waiting():
            return _waiting(card, view, words, fit)
        case p.Message():
            return receiver_only(card, words, fit) if card.receiver_only else message(card, words)
        case p.Jump():
            return _jump(card, fit)
        case p.Check():
            return _check(card, view, words, fit)
        case p.Writing():
            return _writing(card, words, fit, now)
        case p.Round():
            return _round(card, words, fit)
        case p.Listing():
            return _listing(card, view, words, fit)
        case p.Agreeing():
            return _agreeing(card, words, fit)
        case p.FingersCard():
            return _fingers(card, view, words, fit)
        case p.Answers():
            body = _page_rows(card.lines, words, fit)
            if not any(line.kind == "answer" for line in card.lines):
                body += (*gap(fit), *flow(words.t("Nothing was written down yet."), fit.width, QUIET))
            details = detail(words.t("is this what you said?"))
            return Sheet(kicker=words.t("WHAT WAS SAID"), has_large_kicker=True, details=details, body=body,
                         page=page_of(card.page, card.pages, words))  # fmt: skip
        case p.Draft():
            body = tuple(((BAR, ACCENT), (line, STRONG)) if line else EMPTY for line in card.lines)
            details = detail(words.t("message to residents"))
            return Sheet(kicker=words.t("DRAFT"), has_large_kicker=True, details=details, body=body,
                         page=page_of(card.page, card.pages, words))  # fmt: skip
        case p.ChecklistCard():
            return _checklist(card, words, fit)
        case p.Rebuttal():
            return _rebuttal(card, words, fit, now)
        case p.TimeOut():
            return _time_out(card, words, fit)
        case p.NoPlay():
            return _no_play(card, words, fit)
        case p.Debriefing():
            return _debriefing(card, words, fit)
        case p.Thanks():
            return Sheet(headline=words.t("THANK YOU"), body=_page_rows(card.lines, words, fit),
                         page=page_of(card.page, card.pages, words), keeps_foot=False)  # fmt: skip
        case p.Reveal():
            return Sheet(headline=words.t("WHAT REALLY HAPPENED"), body=_page_rows(card.lines, words, fit),
                         page=page_of(card.page, card.pages, words), keeps_foot=False)  # fmt: skip
        case p.Closing():
            said = flow(words.t("The exercise is over."), fit.width, STRONG)
            thanked = _thanked(card.rows, words, fit)
            body = (*said, *((EMPTY,) if thanked else ()), *thanked)
            return Sheet(headline=words.t("THANK YOU"), body=body, is_sparse=not card.rows, keeps_foot=False)
        case _:
            assert_never(card)


# --- before the first inject ---


def _waiting(card: p.Waiting, view: p.ParticipantView, words: Words, fit: Fit) -> Sheet:
    body = [*flow(_purpose(card, words), fit.width, INK)]
    if card.by_phone:
        body += [
            *gap(fit),
            *flow(words.t("This one goes by telephone: there is nothing to show here."), fit.width, STRONG),
        ]
    if view.codeword and card.page == 1:
        body += [*gap(fit), *_codeword(view.codeword, words, fit)]
    if card.situation.strip():
        body += [*(gap(fit) if body else ()), *flow(card.situation.strip(), fit.width, STRONG)]
    corner = ((words.t("by telephone") if card.by_phone else words.t("we are about to begin"), QUIET),)
    return Sheet(corner=corner, headline=view.title.upper(), body=tuple(body),
                 page=page_of(card.page, card.pages, words), keeps_foot=False,
                 asks_to_zoom=not card.by_phone)  # fmt: skip


def _purpose(card: p.Waiting, words: Words) -> str:
    if card.purpose.strip() or card.page > 1:
        return card.purpose.strip()
    return words.t("We exercise to learn. Nobody gets a mark.\nMistakes are fine. Anyone may ask for a time-out.")


def _codeword(codeword: str, words: Words, fit: Fit) -> tuple[Row, ...]:
    parts = ((words.t("Codeword"), QUIET), ("  ", INK), (cut(codeword, 20), STRONG))
    meaning = words.t("then it is real and all stops")
    if sum(cells(text) for text, _ in parts) + 2 + cells(meaning) <= fit.width:
        return ((*parts, (f"  {meaning}", INK)),)
    return (parts, *flow(meaning, fit.width, INK))


# --- a jump in story time ---


def _jump(card: p.Jump, fit: Fit) -> Sheet:
    before, _, last = card.time.strip().rpartition(" ")
    is_clock = any(character.isdigit() for character in last)
    headline, day = (last, before) if is_clock else (card.time.strip(), "")
    first, dot, rest = card.text.strip().partition(". ")
    body = flow(day, fit.width, STRONG) if day else ()
    if rest:
        body += (*(gap(fit) if body else ()), *flow(rest, fit.width, INK))
    return Sheet(above=flow(first + dot.strip(), fit.width, QUIET), headline=headline, is_clock=is_clock, body=body,
                 is_sparse=True)  # fmt: skip


# --- feedback points ---


def _moment(number: int, words: Words) -> Row:
    label = words.t("feedback point")
    return ((f"{label} ", QUIET), (str(number), STRONG)) if number else ((label, QUIET),)


def _check(card: p.Check, view: p.ParticipantView, words: Words, fit: Fit) -> Sheet:
    agreed = flow(card.agreed, fit.width, STRONG)
    body = (*flow(words.t("Last time we agreed"), fit.width, QUIET), *agreed)
    if view.kept is not None:
        body += (*gap(fit), *flow(words.t(_KEPT[view.kept]), fit.width, TITLE))
    else:
        body += (*gap(fit), *flow(words.t("Yes, partly or no: only to learn."), fit.width, QUIET))
    return Sheet(_moment(card.number, words), headline=words.t("DID IT HAPPEN?"), body=body, keeps_foot=False)


def _writing(card: p.Writing, words: Words, fit: Fit, now: datetime | None) -> Sheet:
    intro: tuple[Row, ...] = (
        ((words.t("Write in silence"), STRONG),),
        ((words.t("each for yourself"), QUIET),),
        ((words.t("then a round"), QUIET),),
    )
    clock = ""
    if card.until is not None and now is not None:
        clock = words.duration(seconds_left(card.until, now))
    body: list[Row] = []
    for question in card.questions:
        if body:
            body += gap(fit)
        number = f"{question.number or '':<3}"
        rows = flow(question.text, fit.width - 3, STRONG) if question.text else ()
        if question.hint:
            rows += flow(question.hint, fit.width - 3, QUIET)
        if question.in_round:
            rows += flow(words.t("We discuss this question together."), fit.width - 3, QUIET)
        body += [((number if first == 0 else "   ", TITLE), *line) for first, line in enumerate(rows)]
    if not body:
        body = list(flow(words.t("What do you see? What would you do differently?"), fit.width, STRONG))
    return Sheet(_moment(card.number, words), intro=intro, clock=clock, body=tuple(body),
                 page=page_of(card.page, card.pages, words), keeps_foot=False)  # fmt: skip


def seconds_left(until: datetime, now: datetime) -> int:
    """Return whole seconds, so that a countdown begins at its full length and stops at 0:00."""
    return max(0, math.ceil((until - now).total_seconds()))


def _round(card: p.Round, words: Words, fit: Fit) -> Sheet:
    question = card.question or Asked(words.t("What do you see? What would you do differently?"), "", in_round=True)
    body = _asked(question.text, question.hint, fit)
    if card.speaker:
        label = words.t("Speaking now")
        body += (*gap(fit), ((f"{label}  ", QUIET), (cut(card.speaker, fit.width - cells(label) - 2), TITLE)))
    return Sheet(_moment(card.number, words), words.t("ROUND"), detail(words.t("one by one, nobody interrupts")),
                 has_large_kicker=True, body=body, keeps_foot=False)  # fmt: skip


def _listing(card: p.Listing, view: p.ParticipantView, words: Words, fit: Fit) -> Sheet:
    text = card.question.text if card.question else words.t("Who are the less self-reliant here?")
    body = _asked(text, "", fit)
    body += tuple(gap(fit))
    for place, group in enumerate(view.groups, start=1):
        rows = _limited(wrap(group, fit.width - 3), fit._replace(width=fit.width - 3), STRONG)
        body += tuple(((f"{place:<3}" if first == 0 else "   ", TITLE), *row) for first, row in enumerate(rows))
    if not view.groups:
        body += flow(words.t("No group named yet."), fit.width, QUIET)
    return Sheet(_moment(card.number, words) if card.number else EMPTY, words.t("ONE LIST"),
                 detail(words.t("the table decides")), has_large_kicker=True, body=body,
                 keeps_foot=False)  # fmt: skip


def _agreeing(card: p.Agreeing, words: Words, fit: Fit) -> Sheet:
    body = _asked(words.t("What do we do differently in the next fifteen minutes?"), words.t("In one sentence."), fit)
    return Sheet(_moment(card.number, words), headline=words.t("AGREED LINE"), body=body)


def _fingers(card: p.FingersCard, view: p.ParticipantView, words: Words, fit: Fit) -> Sheet:
    if card.about_point:
        asked = (*_asked(words.t("Workable in practice?"), "", fit), *flow(f"“{card.question}”", fit.width, INK))
    else:
        asked = _asked(card.question or words.t("How sure are we?"), "", fit)
    body: list[Row] = [*asked, *gap(fit)]
    step = min(12, (fit.width - 6) // 5) if fit.figures else 7
    digits = [blocks.draw(str(number), 2, 1) if fit.figures else (str(number),) for number in range(6)]
    wide = 6 if fit.figures else 1
    body += [_columns([digit[line] for digit in digits], step, wide, TITLE) for line in range(len(digits[0]))]
    if card.counts:
        if fit.figures:
            body += gap(fit)
        body.append(
            _columns([f"{count}×" if count else "–" for count in card.counts], step, wide, STRONG, centred=True)
        )
        most = max(card.counts)
        if fit.figures and most <= FINGER_ROWS:
            body += [
                _columns(["●" if count > line else "" for count in card.counts], step, wide, INK, centred=True)
                for line in range(most)
            ]
    least, fully = words.t("0 not at all"), words.t("fully 5")
    space = max(2, 5 * step + wide - cells(least) - cells(fully))
    body += [*gap(fit), ((least + " " * space + fully, QUIET),)]
    corner = _moment(card.number, words) if view.stage is not None else EMPTY
    how = words.t("all at the same time")
    if card.people:
        shown = sum(card.counts)
        how = words.t("{n} of {of}", n=shown, of=card.people) if shown <= card.people else str(shown)
    return Sheet(corner, words.t("FINGERS (0-5)"), detail(how), body=tuple(body),
                 keeps_foot=False)  # fmt: skip


def _columns(texts: Sequence[str], step: int, wide: int, ink: str, *, centred: bool = False) -> Row:
    placed = [text.center(wide) if centred else text.ljust(wide) for text in texts]
    return (("".join(text.ljust(step) for text in placed).rstrip(), ink),)


# --- what stands still, and what was put on the screen ---


def _checklist(card: p.ChecklistCard, words: Words, fit: Fit) -> Sheet:
    body = [*flow(words.t("Should government do anything here at all?"), fit.width, STRONG)]
    body += flow(_first_answer(card, words), fit.width, TITLE)
    body += (*gap(fit), *_page_rows(card.lines, words, fit))
    return Sheet(kicker=words.t("CHECKLIST"), has_large_kicker=True, details=detail(card.title), body=tuple(body),
                 page=page_of(card.page, card.pages, words))  # fmt: skip


def _first_answer(card: p.ChecklistCard, words: Words) -> str:
    if card.first_answer is None:
        return words.t("Not answered yet.")
    answer = words.t(_FIRST[card.first_answer])
    said = words.t("{answer}, because {because}", answer=answer, because=card.because) if card.because else f"{answer}."
    return words.t("Ask again. Earlier: {answer}", answer=said) if card.asks_again else said


def _rebuttal(card: p.Rebuttal, words: Words, fit: Fit, now: datetime | None) -> Sheet:
    intro: tuple[Row, ...] = (
        ((cut(card.who or words.t("The table"), 22), STRONG),),
        ((words.t("has one minute"), QUIET),),
        ((words.t("then fingers (0-5)"), QUIET),),
    )
    left = card.left if card.until is None or now is None else seconds_left(card.until, now)
    body = (
        *flow(words.t("In answer to"), fit.width, QUIET),
        *(flow(card.headline, fit.width, STRONG) if card.headline else ()),
        *detail(card.sender or ("" if card.headline else words.t(CHANNELS[card.channel]))),
    )
    return Sheet(kicker=words.t("REBUTTAL"), intro=intro, clock=words.duration(math.ceil(left)), body=body,
                 keeps_foot=False)  # fmt: skip


def _time_out(card: p.TimeOut, words: Words, fit: Fit) -> Sheet:
    headline = words.t("BREAK") if card.kind == "break" else words.t("TIME-OUT")
    body = flow(words.t("The exercise stands still for a moment."), fit.width, STRONG)
    return Sheet(headline=headline, body=body, is_sparse=True)


def _no_play(card: p.NoPlay, words: Words, fit: Fit) -> Sheet:
    body = (
        *flow(words.t("The exercise has stopped."), fit.width, STRONG), *gap(fit),
        *flow(words.t("This is real."), fit.width, STRONG), *gap(fit),
        *flow(words.t("Do what is needed now. Listen to the exercise leader."), fit.width, INK),
    )  # fmt: skip
    return Sheet(headline=card.codeword or "NO PLAY", body=body, keeps_foot=False, is_alarm=True)


# --- afterwards ---


def _debriefing(card: p.Debriefing, words: Words, fit: Fit) -> Sheet:
    if not card.question:
        body = flow(words.t("What do we take with us from today?"), fit.width, STRONG)
        return Sheet(headline=words.t("DEBRIEF"), body=body, keeps_foot=False, is_sparse=True)
    of = words.t("question {number} of {of}", number=card.number, of=card.of)
    return Sheet(((of, QUIET),), words.t("DEBRIEF"), has_large_kicker=True,
                 body=_asked(card.question, card.hint, fit), keeps_foot=False)  # fmt: skip


# --- pieces ---


def _asked(text: str, hint: str, fit: Fit) -> tuple[Row, ...]:
    if not text:
        return ()
    return (*flow(text, fit.width, STRONG), *(flow(hint, fit.width, QUIET) if hint else ()))


def _page_rows(lines: Sequence[PageLine], words: Words, fit: Fit) -> tuple[Row, ...]:
    """Dress the lines of a page that was laid out for every screen alike, with air between them where there is any."""
    rows: list[Row] = []
    above = ""
    for line in lines:
        if above not in ("", "gap", line.kind) and (line.kind in ("question", "who") or above == "question"):
            rows += gap(fit)
        above = line.kind
        match line.kind:
            case "gap":
                rows.append(EMPTY)
            case "who":
                beside = ((("  " if line.text else "") + line.beside, QUIET),) if line.beside else ()
                rows.append((*(((line.text, TITLE),) if line.text else ()), *beside))
            case "answer":
                rows.append((("· " if line.begins else "  ", ACCENT), (line.text, STRONG)))
            case "item":
                rows.append((("○  " if line.begins else "   ", ACCENT), (line.text, INK)))
            case "quote":
                rows.append((("“" * line.begins + line.text + "”" * line.ends, STRONG),))
            case "text":
                rows.append(((line.text, INK),))
            case "question" | "asked":
                rows.append(((line.text, STRONG),))
            case "from":
                rows.append(((words.t("From") + ":", QUIET),))
            case "source":
                rows.append(((line.text, QUIET),))
            case _:
                assert_never(line.kind)
    return tuple(rows)


def _thanked(rows: Sequence[Said], words: Words, fit: Fit) -> tuple[Row, ...]:
    """Return every thank-you under its name; where they do not all fit, the names: each was shown in the debrief."""
    if fit.lines:
        return flow(words.listing([row.name or row.who for row in rows]), fit.width, STRONG) if rows else ()
    made: list[Row] = []
    for place, row in enumerate(rows):
        made += gap(fit) if place else ()
        made += _page_rows(who_lines(row, fit.width), words, fit)
        made += flow(f"“{row.text}”", fit.width, STRONG) if row.text else ()
    return tuple(made)


def _limited(lines: Sequence[str], fit: Fit, ink: str) -> tuple[Row, ...]:
    """Return as many lines as there is room for, ending in an ellipsis where some are left out."""
    if fit.lines and len(lines) > fit.lines:
        lines = (*lines[: fit.lines - 1], cut(" ".join(lines[fit.lines - 1 :]), fit.width))
    return tuple(((line, ink),) for line in lines)
