"""The storyline as it was played: a sentence or two, and planned against actual as a picture."""

from datetime import datetime, timedelta
from typing import Literal

from tabletop.core import review, timeline
from tabletop.core.exercise import FeedbackPoint
from tabletop.report import document as d
from tabletop.report.telling import Telling


def played(telling: Telling) -> list[d.Block]:
    """How it went; nothing of a run that never began."""
    words = telling.words
    if telling.session.started is None:
        return []
    bars = tuple(_bars(telling))
    blocks: list[d.Block] = [d.Paragraph(" ".join(_at_a_glance(telling)))]
    if not bars:
        return blocks
    legend = d.Legend(
        words.t("Step"), words.t("Planned · actual"), words.t("planned"), words.t("inject"),
        words.t("feedback point"), words.t("debrief"), words.t("The picture as a table"),
    )  # fmt: skip
    described = words.t(
        "For each of {count} steps: in grey when it was planned, below it in colour when it came and how long it took. "
        "The table has the same in words.",
        count=len(bars),
    )
    title = words.t("Planned against actual, in minutes from the beginning")
    head, rows = telling.planned_head(), telling.planned_and_actual()
    return [*blocks, d.Timeline(title, described, bars, head, rows, legend)]


def _at_a_glance(telling: Telling) -> list[str]:
    words, session = telling.words, telling.session
    came = sum(done.how == "shown" for name, done in session.done.items() if session.find_inject(name))
    count = max(came, sum(session.comes(inject) or inject.id in session.done for inject in session.exercise.injects))
    stops = review.stops(session)
    said = [
        words.t("{came} of {count} injects came.", came=came, count=count),
        words.t(
            "Feedback points: {held} held, {postponed} put off, {skipped} skipped.",
            held=stops.held,
            postponed=stops.postponed,
            skipped=stops.skipped,
        ),
    ]
    if session.ended is not None and session.hard_end is not None:
        late = round((session.ended - session.hard_end).total_seconds() / 60)
        said.append(_ended(telling, late))
    return said


def _ended(telling: Telling, late: int) -> str:
    words = telling.words
    if late > 0:
        return words.tn("It ended {n} minute later than planned.", "It ended {n} minutes later than planned.", late)
    if late < 0:
        return words.tn(
            "It ended {n} minute earlier than planned.", "It ended {n} minutes earlier than planned.", -late
        )
    return words.t("It ended as planned.")


def _bars(telling: Telling) -> list[d.Bar]:
    session, words = telling.session, telling.words
    bars = []
    stops = {step.id for step in session.exercise.feedback_points}
    for one in review.passed(session):
        if one.began is None and not session.comes(one.step) and not one.is_skipped:
            continue  # what another choice would have brought was not missed
        remark = words.t("skipped") if one.is_skipped else words.t("not reached") if one.began is None else ""
        is_stop = isinstance(one.step, FeedbackPoint)
        if is_stop and one.step.id not in stops:
            name, remark = telling.stop(one.step.title), words.t("not planned")
        else:
            name = telling.step(one.step.id) if is_stop else telling.inject(one.step.id)
        kind: Literal["inject", "feedback"] = "feedback" if is_stop else "inject"
        times = _times(telling, one.planned, one.began)
        bars.append(d.Bar(name, kind, one.planned, one.planned_minutes, one.began, one.minutes, times, remark))
    bars.sort(key=lambda bar: (bar.began is None, bar.began if bar.began is not None else bar.planned or 0.0))
    return [*bars, *_debrief(telling)]


def _debrief(telling: Telling) -> list[d.Bar]:
    session, words = telling.session, telling.words
    reserved, opened = timeline.debrief_at(session), session.debrief_opened
    if reserved is None and opened is None:
        return []
    planned = _minute(telling, reserved) if reserved is not None else None
    began = _minute(telling, opened) if opened is not None else None
    took = (session.ended - opened).total_seconds() / 60 if opened and session.ended else 0.0
    times, remark = _times(telling, planned, began), "" if opened else words.t("not reached")
    return [d.Bar(words.t("Debrief"), "debrief", planned, session.debrief_minutes, began, took, times, remark)]


def _minute(telling: Telling, at: datetime) -> float:
    began = telling.session.begun or telling.session.started or at
    return (at - began).total_seconds() / 60


def _times(telling: Telling, planned: float | None, began: float | None) -> str:
    """Planned and actual wall time of a step, and how many minutes later or earlier it came."""
    start = telling.session.begun or telling.session.started
    if start is None:
        return ""
    moments = (start + timedelta(minutes=one) if one is not None else None for one in (planned, began))
    times = " · ".join(telling.words.time(at) if at is not None else "–" for at in moments)
    drift = round(began - planned) if planned is not None and began is not None else 0
    return f"{times} ({drift:+d})" if drift else times
