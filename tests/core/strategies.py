"""Random moves with any argument at all, and random facts in any order."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args, get_origin

from hypothesis import strategies as st

from tabletop.core import events as e
from tabletop.core import moves
from tabletop.core.exercise import DebriefQuestion, Question
from tabletop.core.learning import draft_message
from tabletop.core.refused import Refused
from tests.builders import PEOPLE, START, Run

OFFICIALS = (*PEOPLE, "field-two", "mayor", "nobody", "Not A Slug!", "", None)
WHO = tuple(official or "" for official in OFFICIALS)
STEPS = ("a1", "a2", "a3", "a4", "a5", "a6", "f1", "f2", "f3", "r1", "r2", "b1", "b4", "x9", "u9", "Not A Slug!", "")
TURNS: tuple[e.Turn, ...] = get_args(e.Turn)
CALLS: tuple[e.CallOutcome, ...] = get_args(e.CallOutcome)
KEPT: tuple[e.Kept, ...] = get_args(e.Kept)
PAUSES: tuple[e.PauseKind, ...] = get_args(e.PauseKind)
TASKS: tuple[e.DebriefTask, ...] = get_args(e.DebriefTask)
ON_SCREEN: tuple[e.OnScreen, ...] = get_args(e.OnScreen)
FIRST: tuple[e.FirstAnswer, ...] = get_args(e.FirstAnswer)
WHERE: tuple[e.Where, ...] = get_args(e.Where)
EMPTY = ("", "   ", "\x00", "\u202e", "\n")


@dataclass(frozen=True)
class Play:
    """A move by name with two numbers that its arguments are made of, after so many seconds."""

    name: str
    a: int = 0
    b: int = 0
    seconds: float = 0.0


class Player:
    """Plays random moves. A text that nobody may see holds ``hidden``; any other names what it was typed as."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.count = 0
        self.refused: list[str] = []

    def play(self, play: Play) -> bool:
        """Make the move. False when it was refused; any other exception is a mistake."""
        self.run.wait(play.seconds)
        try:
            getattr(self, play.name)(play.a, play.b)
        except Refused as refused:
            self.refused.append(refused.code)
            return False
        return True

    def text(self, kind: str, b: int) -> str:
        self.count += 1
        return EMPTY[b % len(EMPTY)] if b % 7 == 6 else f"{kind}-{self.count}"

    def point(self, a: int) -> str:
        points = [point.id for point in self.run.session.points]
        return points[a % len(points)] if points and a % 5 else "lp-99"

    def space(self, a: int, b: int) -> None:
        self.run.do(moves.go_on, (), KEPT[a % len(KEPT)])

    def spaces(self, a: int, b: int) -> None:
        self.run.space(a % 4)

    def show(self, a: int, b: int) -> None:
        self.run.do(moves.show, STEPS[a % len(STEPS)])

    def skip(self, a: int, b: int) -> None:
        self.run.do(moves.skip, self.text("hidden", b))

    def postpone(self, a: int, b: int) -> None:
        self.run.do(moves.postpone)

    def improvise(self, a: int, b: int) -> None:
        to = [WHO[a % len(WHO)]] if b % 3 == 0 else []
        self.run.do(moves.improvise, self.text("improvised", b), to=to, title="hidden-title")

    def change_next(self, a: int, b: int) -> None:
        following = self.run.session.next_inject
        self.run.do(moves.change_next, self.text(f"changed-{following.id if following else ''}", b))

    def choose(self, a: int, b: int) -> None:
        self.run.do(moves.choose, ("stay", "go", "left", "right", "fly", "Not A Slug!")[a % 6], self.text("hidden", b))

    def rebut(self, a: int, b: int) -> None:
        self.run.do(moves.rebut, OFFICIALS[a % len(OFFICIALS)])

    def going_well(self, a: int, b: int) -> None:
        self.run.do(moves.going_well)

    def see_learning(self, a: int, b: int) -> None:
        self.run.do(moves.see_learning)

    def reach(self, a: int, b: int) -> None:
        self.run.do(moves.reach, ("o1", "o2", "o9", "Not A Slug!")[a % 4])

    def pause(self, a: int, b: int) -> None:
        self.run.do(moves.pause, PAUSES[a % len(PAUSES)])

    def resume(self, a: int, b: int) -> None:
        self.run.do(moves.resume)

    def buy_time(self, a: int, b: int) -> None:
        minutes = (3.0, 5.0, 0.0, -1.0, 600.0, float("nan"))[b % 6]
        self.run.do(moves.buy_time, minutes, OFFICIALS[a % len(OFFICIALS)])

    def open_feedback(self, a: int, b: int) -> None:
        self.run.do(moves.open_feedback, STEPS[a % len(STEPS)], (None, "full", "short")[b % 3])

    def open_unplanned(self, a: int, b: int) -> None:
        asked = [Question(text=f"question-own-{place}", hint="hidden-hint") for place in range(b % 3)]
        self.run.do(moves.open_unplanned, "hidden-title", asked)

    def short_form(self, a: int, b: int) -> None:
        self.run.do(moves.short_form)

    def step_back(self, a: int, b: int) -> None:
        self.run.do(moves.step_back)

    def close_feedback(self, a: int, b: int) -> None:
        self.run.do(moves.close_feedback)

    def rewind(self, a: int, b: int) -> None:
        self.run.do(moves.rewind)

    def take_turn(self, a: int, b: int) -> None:
        self.run.do(moves.take_turn, WHO[a % len(WHO)])

    def answer(self, a: int, b: int) -> None:
        private = bool(b % 2)
        text = self.text("hidden" if private else "answered", b)
        self.run.do(moves.answer, text, OFFICIALS[a % len(OFFICIALS)], (b % 4) - 1, private=private)

    def agree_list(self, a: int, b: int) -> None:
        self.run.do(moves.agree_list, [self.text("group", b + place) for place in range(a % 4)])

    def agree(self, a: int, b: int) -> None:
        self.run.do(moves.agree, self.text("agreed", b))

    def check_agreement(self, a: int, b: int) -> None:
        self.run.do(moves.check_agreement, KEPT[a % len(KEPT)], self.text("hidden", b))

    def ask_fingers(self, a: int, b: int) -> None:
        self.run.do(moves.ask_fingers, self.text("show-hands", b), (None, self.point(a), "Not A Slug!")[b % 3])

    def count_fingers(self, a: int, b: int) -> None:
        self.run.do(moves.count_fingers, ("3415", "", "6", "0 5 5", "x", "½", "1" * 60)[a % 7])

    def show_on_screen(self, a: int, b: int) -> None:
        what = ON_SCREEN[a % len(ON_SCREEN)]
        text = "\n".join(draft_message(self.run.session)) if what == "draft" else ""
        self.run.do(moves.show_on_screen, what, text)

    def clear_screen(self, a: int, b: int) -> None:
        self.run.do(moves.clear_screen)

    def answer_first_question(self, a: int, b: int) -> None:
        self.run.do(moves.answer_first_question, FIRST[a % len(FIRST)], self.text("because", b))

    def decide(self, a: int, b: int) -> None:
        self.run.do(moves.decide, self.text("hidden", b))

    def detail_decision(self, a: int, b: int) -> None:
        known = [decision.id for decision in self.run.session.decisions] or ["d-99"]
        self.run.do(
            moves.detail_decision,
            known[b % len(known)],
            official=OFFICIALS[a % len(OFFICIALS)],
            where=(None, *WHERE)[b % 5],
            within=(None, "yes", "no")[a % 3],
        )

    def observe(self, a: int, b: int) -> None:
        who, other = OFFICIALS[a % len(OFFICIALS)], OFFICIALS[b % len(OFFICIALS)]
        self.run.do(moves.observe, self.text("hidden", b), official=who, contact=other, private=bool(a % 2))

    def note_point(self, a: int, b: int) -> None:
        text = self.text("hidden", b)
        who = OFFICIALS[a % len(OFFICIALS)]
        self.run.do(moves.note_point, TURNS[b % 2], text, who, themes=["staff"] * (b % 2), private=bool(a % 2))

    def revise_point(self, a: int, b: int) -> None:
        changes: tuple[dict[str, Any], ...] = (
            {"text": self.text("hidden", b)},
            {"text": ""},
            {"turn": TURNS[a % 2]},
            {"themes": ()},
            {"themes": ("staff",)},
            {"private": bool(a % 2)},
            {"official": OFFICIALS[a % len(OFFICIALS)]},
            {"kind": "proposal"},
            {"kind": "nonsense"},
            {"level": "both", "aspect": "effect"},
            {"withdrawn": True},
            {"colour": "red"},
        )
        self.run.do(moves.revise_point, self.point(a), **changes[b % len(changes)])

    def withdraw_point(self, a: int, b: int) -> None:
        self.run.do(moves.withdraw_point, self.point(a), self.text("hidden", b))

    def keep_private(self, a: int, b: int) -> None:
        self.run.do(moves.keep_private, OFFICIALS[a % len(OFFICIALS)])

    def join(self, a: int, b: int) -> None:
        self.run.do(moves.join, WHO[a % len(WHO)], "Somebody")

    def leave_table(self, a: int, b: int) -> None:
        self.run.do(moves.leave_table, WHO[a % len(WHO)])

    def swap(self, a: int, b: int) -> None:
        self.run.do(moves.swap, WHO[a % len(WHO)], WHO[b % len(WHO)])

    def open_debrief(self, a: int, b: int) -> None:
        self.run.do(moves.open_debrief, [DebriefQuestion(text=f"debrief-{place}") for place in range(1, a % 4)])

    def to_task(self, a: int, b: int) -> None:
        self.run.do(moves.to_task, TASKS[a % len(TASKS)], b % 6 - 1)

    def answer_debrief(self, a: int, b: int) -> None:
        self.run.do(moves.answer_debrief, self.text("hidden", b), OFFICIALS[a % len(OFFICIALS)], private=bool(b % 2))

    def use_instrument(self, a: int, b: int) -> None:
        self.run.do(moves.use_instrument, self.text("hidden", b), used=bool(a % 2))

    def approve_thanks(self, a: int, b: int) -> None:
        self.run.do(moves.approve_thanks, WHO[a % len(WHO)], self.text("thanked", b))

    def show_thanks(self, a: int, b: int) -> None:
        self.run.do(moves.show_thanks)

    def show_reveal(self, a: int, b: int) -> None:
        self.run.do(moves.show_reveal)

    def call(self, a: int, b: int) -> None:
        outcome = CALLS[b % len(CALLS)]
        caller = OFFICIALS[b % len(OFFICIALS)] if b % 2 else None
        self.run.do(moves.call, OFFICIALS[a % len(OFFICIALS)], outcome, name=self.text("hidden", b), caller=caller,
                    buys=float(b % 7))  # fmt: skip

    def detail_call(self, a: int, b: int) -> None:
        numbers = [call.n for call in self.run.session.calls] or [1]
        name = ("result", "by", "missing")[a % 3]
        self.run.do(moves.detail_call, numbers[a % len(numbers)], **{name: self.text("hidden", b)})

    def move_hard_end(self, a: int, b: int) -> None:
        self.run.do(moves.move_hard_end, START + timedelta(minutes=30 + a % 60))

    def undo(self, a: int, b: int) -> None:
        self.run.do(moves.undo)

    def leave(self, a: int, b: int) -> None:
        self.run.do(moves.leave)

    def carry_on(self, a: int, b: int) -> None:
        self.run.do(moves.carry_on)

    def sleep(self, a: int, b: int) -> None:
        self.run.sleep(a)
        self.run.take(moves.stopped_clock(self.run.moment, float(a)))

    def end(self, a: int, b: int) -> None:
        if a % 4 == 0:
            self.run.do(moves.end)


NOT_A_MOVE = {"play", "text", "point"}
MOVES = tuple(name for name in vars(Player) if not name.startswith("_") and name not in NOT_A_MOVE)
_numbers = st.integers(0, 40)
_seconds = st.sampled_from((0.0, 1.5, 20.0, 100.0, 400.0))


def plays(names: tuple[str, ...] = MOVES) -> st.SearchStrategy[Play]:
    """One random move. Space, undo and what goes on are as likely as all others together: they take a run further."""
    often = st.builds(Play, st.sampled_from(("space", "spaces", "undo")), _numbers, _numbers, _seconds)
    return st.one_of(often, st.builds(Play, st.sampled_from(names), _numbers, _numbers, _seconds))


def runs(names: tuple[str, ...] = MOVES, most: int = 40) -> st.SearchStrategy[list[Play]]:
    return st.lists(plays(names), min_size=min(8, most), max_size=most)


# --- facts in any order ---

_IDS = (
    "a1",
    "a2",
    "a4",
    "b1",
    "b2",
    "r1",
    "x3",
    "f1",
    "f2",
    "u4",
    "lp-1",
    "lp-2",
    "d-3",
    "o1",
    "field-one",
    "mayor",
    "nobody",
)
_TEXTS = ("", "one", "two words", "*")


def _values(name: str, annotation: Any) -> st.SearchStrategy[Any]:
    if get_origin(annotation) is Annotated:
        return _values(name, get_args(annotation)[0])
    if name == "fingers" and annotation is int:
        return st.integers(0, 5)
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    if name in ("at", "hard_end", "since") or (name == "to" and get_origin(annotation) is not tuple):
        return st.integers(0, 7200).map(lambda seconds: START + timedelta(seconds=seconds))
    if annotation is bool:
        return st.booleans()
    if annotation in (int, float):
        return st.integers(1, 9)
    if get_origin(annotation) is tuple:
        return st.lists(_values(name, get_args(annotation)[0]), max_size=3).map(tuple)
    if type(None) in get_args(annotation):
        return st.none() | st.one_of(*(_values(name, one) for one in get_args(annotation) if one is not type(None)))
    return st.sampled_from(_TEXTS)


def _fact(cls: type[e.Fact]) -> st.SearchStrategy[e.Fact]:
    ids = {"inject", "feedback", "official", "other", "contact", "objective", "choice", "point", "decision", "id"}
    ids |= {"card", "caller", "into"}
    fields = {}
    for name, info in cls.model_fields.items():
        if name in ("type", "n"):
            continue
        optional = type(None) in get_args(info.annotation)
        one = st.sampled_from(_IDS) if name in ids else _values(name, info.annotation)
        if name == "choice":
            one = st.sampled_from(("stay", "go", "left", "right"))
        if name == "objectives":
            one = st.sampled_from(((), ("o1",), ("o1", "o2")))
        if name == "to" and cls is not e.TimeCorrected:
            one = st.sampled_from(((), ("field-one",), ("leadership",)))
        if name == "event":
            one = st.integers(1, 30)
        if name == "counts":
            one = st.lists(st.integers(0, 900), min_size=5, max_size=5).map(tuple)
        if name == "question" and cls is e.SurveyCounted:
            one = st.integers(1, 5)
        fields[name] = (st.none() | one) if optional else one
    return st.builds(cls, **fields)


ANY_FACT: st.SearchStrategy[e.Fact] = st.one_of(*(_fact(cls) for cls in get_args(e.Event)))
