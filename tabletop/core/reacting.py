"""How the storyline reacts to the table: what follows a choice, and which reserve is to be brought in.

Nothing here happens by itself. A choice decides what comes next, an expected action that stays out offers a reserve,
and the leader shows either.
"""

from collections.abc import Iterator

from tabletop.core import events as e
from tabletop.core import timeline
from tabletop.core.clock import Moment
from tabletop.core.exercise import Inject
from tabletop.core.session import Session


def open_dilemma(session: Session) -> Inject | None:
    """The dilemma that a choice is about now: the one on screen, else the last one shown that nobody chose in yet."""
    on_screen = session.inject
    if on_screen is not None and on_screen.choices:
        return on_screen
    for name in reversed(tuple(session.done)):
        inject = session.find_inject(name) if name not in session.choices else None
        if inject is not None and inject.choices and session.done[name].how == "shown":
            return inject
    return None


def undecided(session: Session) -> Inject | None:
    """The dilemma on screen, while nobody chose in it."""
    inject = session.inject
    is_open = inject is not None and inject.choices and inject.id not in session.choices
    return inject if is_open and session.phase == "running" else None


def leads_to(session: Session, dilemma: Inject, choice_id: str) -> tuple[Inject, ...]:
    """The injects that would follow a choice, or be offered after it, in the order of the file."""
    name = f"{dilemma.id}.{choice_id}"
    return tuple(
        step for step in session.exercise.steps
        if isinstance(step, Inject) and name in step.only_after and step.id not in session.done
    )  # fmt: skip


def offered(session: Session, moment: Moment) -> tuple[Inject, ...]:
    """What the leader is asked softly to bring in: the budget of the inject on screen ran out, and what was expected of
    the table stays out; or what follows a choice that was recorded when its place had passed.

    Whatever silences the guard silences this.
    """
    if not timeline.is_guard_up(session, moment.clock):
        return ()
    return tuple(inject for inject in to_bring_in(session) if _is_due(session, inject))


def to_bring_in(session: Session) -> tuple[Inject, ...]:
    """Everything that can be brought in beside the storyline: the reserves, and what missed its place in it."""
    return tuple(
        step for step in session.exercise.steps
        if isinstance(step, Inject) and step.id not in session.done and (step.reserve or is_missed(session, step))
    )  # fmt: skip


def is_missed(session: Session, inject: Inject) -> bool:
    """Whether an inject of the storyline follows a choice that was recorded when its place had passed."""
    return not inject.reserve and _is_chosen(session, inject) and session.is_past(inject)


def _is_due(session: Session, inject: Inject) -> bool:
    if inject.only_after and not _is_chosen(session, inject):
        return False
    if inject.offered_with is None:
        return bool(inject.only_after)
    return inject.offered_with == session.current and set(inject.unless).isdisjoint(_done_since(session))


def _is_chosen(session: Session, inject: Inject) -> bool:
    return not session.chosen.isdisjoint(inject.only_after)


def _done_since(session: Session) -> Iterator[str]:
    """What the table did since the inject on screen was shown, newest first, in the words of ``unless``."""
    open_points = {point.id for point in session.open_points}
    for place in range(len(session.events) - 1, -1, -1):
        event = session.events[place]
        if event.n in session.undone:
            continue
        match event:
            case e.InjectShown() | e.InjectImprovised():
                return
            case e.FirstQuestionAnswered():
                yield "first-question"
            case e.DecisionMade():
                yield "decision"
            case e.Chosen() if event.inject == session.current:
                yield "choice"
            case e.ObjectiveReached():
                yield event.objective
            case e.LearningPointNoted() if event.id in open_points:
                yield from event.objectives
            case _:
                pass
