"""The shared screen as an app: what it shows, when it repaints, and what cannot be done on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tabletop.core import participants as p
from tabletop.core.text import cells
from tabletop.files.glance import Glance
from tabletop.locale import words_for
from tabletop.ui import paper, paper_card
from tabletop.ui.participants.app import ParticipantsApp
from tabletop.ui.participants.choice import ChoiceScreen
from tabletop.ui.participants.screen import ParticipantsScreen
from tabletop.ui.participants.watch import Seen
from tabletop.ui.rows import plain
from tests.builders import Run
from tests.ui.participants.conftest import NOW, VIEWS

NL = words_for("nl")


@dataclass
class Told:
    """A watcher that says what a test tells it."""

    seen: Seen = field(default_factory=Seen)
    chosen: Glance | None = None

    def look(self) -> Seen:
        return self.seen

    def choose(self, glance: Glance) -> None:
        self.chosen = glance
        self.seen = Seen(VIEWS["phone"])


@dataclass
class Held:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


async def wait_until(pilot: Pilot[None], fact: Callable[[], object]) -> None:
    for _ in range(400):
        if fact():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came to hold")


def shown(app: ParticipantsApp) -> str:
    screen = app.screen
    rows = screen.rows if isinstance(screen, ParticipantsScreen) else screen._canvas.rows  # type: ignore[attr-defined]
    return "\n".join(map(plain, rows))


def app_for(told: Told, now: Held | None = None) -> ParticipantsApp:
    return ParticipantsApp(told, NL, now or Held())


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_every_card_is_painted(size: tuple[int, int]) -> None:
    told = Told()
    app = app_for(told)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "Zoom in" in shown(app))
        for view in VIEWS.values():
            told.seen = Seen(view)
            app.look()
            await pilot.pause()
            rows = paper.page(view, NL, *size, now=NOW)
            assert shown(app) == "\n".join(map(plain, rows))


async def test_foreign_text_is_only_text() -> None:
    told = Told(Seen(VIEWS["draft"].__class__("nl", "x [/y]", "[b]", p.Draft(("x [/y] [@click=app.quit]z[/]",)))))
    app = app_for(told)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: "x [/y] [@click=app.quit]z[/]" in shown(app))


async def test_words_follow_the_language_of_the_exercise() -> None:
    told = Told(Seen(p.ParticipantView("en", "Without gas", "NO PLAY", p.TimeOut("break"))))
    app = app_for(told)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: "EXERCISE" in shown(app))


async def test_only_rows_that_changed_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    told, now = Told(Seen(VIEWS["writing"])), Held()
    app = app_for(told, now)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: "Stil schrijven" in shown(app))
        painted: list[int] = []
        canvas = app.screen._canvas  # type: ignore[attr-defined]
        monkeypatch.setattr(canvas, "refresh", lambda *regions, **more: painted.extend(r.y for r in regions))
        app.look()
        assert painted == []
        now.now += timedelta(seconds=1)
        app.look()
        assert painted
        assert set(painted) <= {3, 4, 5, 6, 7}


@pytest.mark.parametrize(
    ("card", "words", "seconds"), [("writing", "Stil schrijven", 84), ("rebuttal", "WEERWOORD", 42)]
)
async def test_the_countdown_counts_down_and_ends_at_nought(card: str, words: str, seconds: int) -> None:
    told, now = Told(Seen(VIEWS[card])), Held()
    app = app_for(told, now)
    async with app.run_test(size=(60, 18)) as pilot:
        await wait_until(pilot, lambda: words in shown(app))
        begun = shown(app)
        now.now += timedelta(seconds=seconds)
        app.look()
        ended = shown(app)
        assert ended != begun
        now.now += timedelta(minutes=5)
        app.look()
        assert shown(app) == ended


async def test_a_window_that_was_too_small_recovers() -> None:
    app = app_for(Told(Seen(VIEWS["phone"])))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "TELEFOON" in shown(app))
        await pilot.resize_terminal(50, 12)
        await wait_until(pilot, lambda: "nu 50 x 12" in shown(app))
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "TELEFOON" in shown(app))


async def test_nothing_on_it_can_be_operated() -> None:
    app = app_for(Told(Seen(VIEWS["phone"])))
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: "TELEFOON" in shown(app))
        before = shown(app)
        for key in ("ctrl+p", "tab", "enter", "space", "f1", "question_mark", "escape"):
            await pilot.press(key)
        assert isinstance(app.screen, ParticipantsScreen)
        assert shown(app) == before
        assert {binding.key for _, binding, _, _ in app.screen.active_bindings.values()} == {
            "q",
            "Q",
            "ctrl+q",
            "ctrl+c",
        }


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_it_is_closed_with_a_key(key: str) -> None:
    app = app_for(Told())
    async with app.run_test() as pilot:
        await pilot.press(key)
        await wait_until(pilot, lambda: not app.is_running or app._exit)
    assert app.return_code == 0


def run_at(name: str, title: str) -> Glance:
    return Glance(Path(name), name, title, "nl", NOW, NOW, ended=False, events=1, points=0)


@pytest.mark.parametrize("keys", [("down", "enter"), ("2", "enter"), ("down", "down", "down", "enter")])
async def test_two_runs_are_offered_as_a_list(keys: tuple[str, ...]) -> None:
    told = Told(Seen(choices=(run_at("a", "Zonder gas"), run_at("b", "Hoog water"))))
    app = app_for(told)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen) and "Hoog water" in shown(app))
        assert "10.41 uur" in shown(app)
        await pilot.press(*keys)
        await wait_until(pilot, lambda: isinstance(app.screen, ParticipantsScreen) and "TELEFOON" in shown(app))
    assert told.chosen is not None
    assert told.chosen.title == "Hoog water"


async def test_the_list_goes_when_there_is_nothing_to_choose_any_more() -> None:
    told = Told(Seen(choices=(run_at("a", "Zonder gas"), run_at("b", "Hoog water"))))
    app = app_for(told)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ChoiceScreen))
        told.seen = Seen()
        await wait_until(pilot, lambda: isinstance(app.screen, ParticipantsScreen) and "Zoom in" in shown(app))


def test_no_frame_has_a_word_that_was_not_shown() -> None:
    run = Run()
    everything = {inject.id for inject in (*run.exercise.injects, *run.exercise.reserves)}
    while run.session.phase not in ("debrief", "ended"):
        view = p.view(run.session)
        words = words_for(view.language)
        frames = [
            " ".join(plain(line) for line in paper.page(view, words, 120, 36, now=run.now)),
            " ".join(plain(line) for line in paper_card.card(view, words, 54, 17, now=run.now)),
        ]
        hidden = {
            f"{kind}-{inject}"
            for inject in everything - set(run.session.done)
            for kind in ("text", "title", "jump", "sender")
        } | {f"{kind}-{inject}" for inject in everything for kind in ("expect", "ask", "condition")}
        for frame in frames:
            assert "hidden" not in frame
            assert not [word for word in hidden if word in frame]
            assert cells(frame) > 0
        run.wait(30).space()


async def test_what_nobody_foresaw_leaves_no_trace_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told()
    app = app_for(told)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - it is raised when the app closes
        async with app.run_test() as pilot:
            monkeypatch.setattr(told, "look", lambda: 1 / 0)
            await wait_until(pilot, lambda: app.failure)
    assert app._exit_renderables == []
