"""What was saved, as the leader sees it again: a list under the storyline, or one row where there is no room for it."""

from tabletop.core import events as e
from tabletop.core.session import Session
from tabletop.locale import Words
from tabletop.ui.rows import EMPTY, Row, broken, fit, inset, on, row, width_of
from tabletop.ui.run.naming import event_name

SAID: tuple[type[e.Event], ...] = (
    e.LearningPointNoted,
    e.Observed,
    e.Answered,
    e.DecisionMade,
    e.Agreed,
    e.FirstQuestionAnswered,
    e.FingersCounted,
    e.KeptPrivate,
    e.ListAgreed,
    e.DebriefAnswered,
    e.Chosen,
    e.LearningSeen,
    e.InjectSkipped,
    e.InjectChanged,
    e.FeedbackSkipped,
    e.FeedbackPostponed,
    e.DebriefPostponed,
    e.GoingWell,
    e.ObjectiveReached,
    e.ParticipantJoined,
    e.ParticipantLeft,
    e.ParticipantsSwapped,
    e.CallLogged,
)
SHOWN: tuple[type[e.Event], ...] = (e.InjectShown, e.InjectImprovised)


def recent(session: Session, count: int, kinds: tuple[type[e.Event], ...] = SAID + SHOWN) -> list[e.Event]:
    """What was saved last, newest first: what somebody said, and the injects that it is about."""
    found: list[e.Event] = []
    place = len(session.events) - 1
    while place >= 0 and len(found) < count:
        event = session.events[place]
        if isinstance(event, kinds) and event.n not in session.undone:
            found.append(event)
        place -= 1
    return found


def last_saved(session: Session, words: Words, width: int, selected: int | None = None) -> Row:
    """What was said and saved last, or what the arrows chose: where no list of it is, the only confirmation."""
    if selected is not None:
        events = [event for event in recent(session, session.n) if event.n == selected]
    else:
        events = recent(session, 1, SAID)
    for event in events:
        line = saved_row(event, session, words, width - 2, chosen=selected is not None)
        return row(("► " if selected is not None else "✓ ", "accent"), line)
    return EMPTY


def saved(session: Session, words: Words, width: int, selected: int | None, height: int) -> list[Row]:
    """What was saved last, newest first; where the arrows chose an older one, the rows around that."""
    if selected is None:
        events = recent(session, height)
    else:
        every = recent(session, session.n)
        place = next((place for place, event in enumerate(every) if event.n == selected), 0)
        start = max(0, min(place - height // 2, len(every) - height))
        return [
            inset(saved_row(event, session, words, width - 1, chosen=event.n == selected), 1)
            for event in every[start : start + height]
        ]
    lines: list[Row] = []
    for event in events:
        lines += [inset(line, 1) for line in _in_two(event, session, words, width - 1)]
    return lines[:height] if len(events) > 1 else lines


def _in_two(event: e.Event, session: Session, words: Words, width: int) -> list[Row]:
    """A saved event in two rows where it needs them: beside a long function a few letters of the text say nothing."""
    said = saved_words(event, session, words)
    glyph, text = (said[:1], said[1:]) if said[:1] and said[0][1] == "accentstrong" else (EMPTY, said)
    head = row((f"{words.time(event.at)}  ", "quiet"), glyph)
    first, *rest = broken(text, width - width_of(head), 2) or [EMPTY]
    return [row(head, first), *(inset(line, width_of(head)) for line in rest)]


def saved_row(event: e.Event, session: Session, words: Words, width: int, *, chosen: bool = False) -> Row:
    """A saved event with its time; chosen, it stands on its own ground, one cell wider."""
    line = row((f"{words.time(event.at)}  ", "quiet"), saved_words(event, session, words))
    return on("now", fit(line, width + 1)) if chosen else fit(line, width)


def saved_words(event: e.Event, session: Session, words: Words) -> Row:
    """A saved event in one row, as it stands now: a revised point reads as revised."""
    if isinstance(event, e.LearningPointNoted):
        point = next((point for point in session.points if point.id == event.id), None)
        if point is not None:
            glyph = "+ " if point.turn == "keep" else "Δ "
            text = words.t("private") if point.private else (point.text or words.t("to be written out"))
            ink = "dimmed" if point.withdrawn else "text"
            return row((glyph, "accentstrong"), (session.label(point.official) + " ", "text"), (text, ink))
    text = event_name(event, session, words)
    glyph = text[:2] if text[:2] in ("! ", "· ", "+ ", "Δ ") else ""
    return row((glyph, "accentstrong"), (text[len(glyph) :], "text"))
