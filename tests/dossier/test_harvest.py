"""What the dossier takes from a log: the same whether it is read swiftly or parsed in full."""

import re
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tabletop.core import events as e
from tabletop.dossier import grammar, harvest, swift
from tabletop.dossier.grammar import KINDS as FORMS
from tabletop.dossier.grammar import SEPARATOR, SIGNATURE, form_of
from tabletop.dossier.harvest import Harvest, harvest_of
from tabletop.dossier.swift import Reader
from tabletop.files import blocks
from tabletop.files.log.reading import parse
from tabletop.files.log.writing import block_of, head_of
from tabletop.files.trouble import Trouble
from tests.builders import CALL_OUT, SMALL, START, Run, people
from tests.core.strategies import ANY_FACT, Play, Player, runs
from tests.files.logs import AT, KINDS, fact, facts

HEAD = e.Head(id="run-1", started=START, leader="Piet", group="Haarlem", exercise=SMALL, participants=people())
PATH = Path("log.toml")


def bytes_of(events: list[Any], head: e.Head = HEAD) -> bytes:
    return head_of(head) + b"".join(block_of(event, n) for n, event in enumerate(events, 1))


def full(data: bytes) -> Harvest | str:
    """What a full parse takes, or the code of the sentence that says why there is nothing."""
    try:
        contents = parse(data, PATH)
    except Trouble as trouble:
        return trouble.code
    return harvest_of(contents.head, contents.events)


def assert_same(data: bytes, *, swift: bool | None = None) -> None:
    found = Reader().swiftly(data)
    if swift is not None:
        assert (found is not None) == swift
    if found is not None:
        assert found == full(data)


@given(runs())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_runs_give_the_same_harvest(plays: list[Play]) -> None:
    player = Player(Run())
    for play in plays:
        player.play(play)
    assert_same(bytes_of(player.run.events), swift=True)


@given(st.lists(ANY_FACT, min_size=1, max_size=40))
@settings(max_examples=120, deadline=None)
def test_facts_in_any_order_give_the_same_harvest(events: list[e.Fact]) -> None:
    assert_same(bytes_of([fact(e.SessionStarted), *events]), swift=True)


@given(st.lists(facts(), max_size=12))
@settings(max_examples=80, deadline=None)
def test_hostile_texts_give_the_same_harvest(events: list[Any]) -> None:
    assert_same(bytes_of(events))


POINTS = st.sampled_from(("lp-1", "lp-2", "lp-3"))
TEXTS = st.sampled_from(("", "one", "two", 'a "b" \\ c', "é\u202e"))


@st.composite
def about_points(draw: st.DrawFn) -> Any:
    """What may happen to a few points: noted, revised, told in private, merged, withdrawn, undone, acted on."""
    kind = draw(st.sampled_from((e.LearningPointNoted, e.LearningPointRevised, e.LearningPointRevised, e.Undone,
                                 e.LearningPointMerged, e.LearningPointWithdrawn, e.ActionAgreed)))  # fmt: skip
    private = draw(st.booleans())
    match kind:
        case e.LearningPointNoted:
            return fact(kind, id=draw(POINTS), text=draw(TEXTS), private=private, official="field-one", inject="a1")
        case e.LearningPointRevised:
            values = {"text": draw(TEXTS), "private": private, "themes": ("staff",), "official": "mayor"}
            chosen = draw(st.lists(st.sampled_from(sorted(values)), unique=True))
            return fact(kind, point=draw(POINTS), **{key: values[key] for key in chosen})
        case e.Undone:
            return fact(kind, event=draw(st.integers(1, 12)))
        case e.LearningPointMerged:
            return fact(kind, point=draw(POINTS), into=draw(POINTS))
        case e.ActionAgreed:
            due = draw(st.sampled_from(("", "2026-12-01", "soon", "20261201")))
            return fact(kind, id="action-1", text="do", owner=draw(TEXTS), due=due, point=draw(st.none() | POINTS))
        case _:
            return fact(kind, point=draw(POINTS))


SAME_ID = [  # of two points that have one id the first is private, and somebody acts on it
    fact(e.LearningPointNoted, id="lp-1", text="one", private=True),
    fact(e.LearningPointNoted, id="lp-1", text="two"),
    fact(e.ActionAgreed, id="action-1", text="do", owner="one", due="2026-12-01", point="lp-1"),
]


@given(st.lists(about_points(), max_size=14))
@example(SAME_ID)
@settings(max_examples=200, deadline=None)
def test_points_that_change_are_followed_the_same_way(events: list[Any]) -> None:
    data = bytes_of([fact(e.SessionStarted), *events])
    assert_same(data, swift=True)
    found = full(data)
    assert isinstance(found, Harvest)
    private = {event.id for event in events if isinstance(event, e.LearningPointNoted) and event.private}
    never_told = private - {event.point for event in events if isinstance(event, (e.LearningPointRevised, e.Undone))
                            if isinstance(event, e.LearningPointRevised)}  # fmt: skip
    undone = any(isinstance(event, e.Undone) for event in events)
    noted = [event.id for event in events if isinstance(event, e.LearningPointNoted)]
    if not undone and len(noted) == len(set(noted)):
        assert not never_told & {point.id for point in found.points}


CHANGES = (
    (b"\nclock = ", b"\nclock= "),
    (b'\ntype = "', b'\n# a comment\ntype = "'),
    (b"\n", b"\r\n"),
    (b"\nn = 2\n", b"\nn = 3\n"),
    (b"\nn = 2\n", b"\n"),
    (b'id = "lp-1"', b"id = 'lp-1'"),
    (b'text = "one"', b'text = """one"""'),
    (b'text = "one"', b'text = "one" # said'),
    (b'text = "one"', b'text = "on\xff"'),
    (b'text = "one"', b'text = "\\u0065en"'),
    (b'text = "one"', b'text = "one"\nthemes = ["a",]'),
    (b'text = "one"', b'text = "one"\ncolour = "red"'),
    (b"\nclock = 1.25\n", b"\nclock = -1.25\n"),
    (b"\nclock = 1.25\n", b"\nclock = 01.25\n"),
    (b"\nat = 2026-11-23T", b"\nat = 2026-02-31T"),
    (b"\nat = 2026-11-23T", b"\nat = 2023-02-29T"),
    (b"\nat = 2026-11-23T", b"\nat = 1969-11-23T"),
    (b"\nclock = 1.25\n", "\nclock = 1.2٥\n".encode()),
    (b"\nat = 2026-11-23T", "\nat = 2026-11-2٣T".encode()),
    (b"\nn = 2\n", "\nn = ٢\n".encode()),
    (b'text = "one"', b'text = "on\x7f"'),
    (b'text = "one"', b'text = "on\te"'),
    (b"language = ", b"group = 'x'\nlanguage = "),
    (b"\n[exercise]\n", b"\n[exercise]\ncolour = 1\n"),
    (b"\n[exercise]\n", b"\n[other]\na = 1\n[exercise]\n"),
    (b"\n[exercise]\n", b"\n\n[exercise]\n"),
    (b'id = "run-1"', b'id = ""'),
    (b'title = "Small exercise"', b'title = ""'),
    (b'title = "Small exercise"', b'title = "\xff"'),
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_another_form_is_left_to_the_full_parse(change: tuple[bytes, bytes]) -> None:
    data = bytes_of([fact(e.SessionStarted), fact(e.LearningPointNoted, text="one"), fact(e.SessionEnded)])
    assert_same(data, swift=True)
    changed = data.replace(*change)
    assert changed != data
    assert_same(changed, swift=False)


def test_each_day_that_there_is_can_be_in_a_log_of_our_own_form() -> None:
    day = re.compile(grammar._DAY)
    for year, month, number in product(range(1980, 2100), range(14), range(33)):
        try:
            written = date(year, month, number).isoformat()
        except ValueError:
            assert not day.fullmatch(f"{year}-{month:02}-{number:02}")
        else:
            assert day.fullmatch(written)


@given(st.integers(0, 40_000), st.binary(min_size=1, max_size=2), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
@example(0, b"\n", 0)
def test_a_log_with_bytes_changed_anywhere_never_gives_something_else(place: int, put: bytes, cut: int) -> None:
    data = bytes_of([fact(kind) for kind in KINDS])
    place %= len(data)
    changed = data[:place] + put + data[place + cut :]
    found = Reader().swiftly(changed)
    if found is not None:
        assert found == full(changed)


def test_a_log_cut_between_events_is_whole_and_one_letter_changed_is_read() -> None:
    data = bytes_of([fact(kind) for kind in KINDS])
    for start in blocks.block_starts(data)[1:]:
        assert_same(data[:start], swift=True)
    noted = bytes_of([fact(e.SessionStarted), fact(e.LearningPointNoted, text="one")])
    assert_same(noted.replace(b'"one"', b'"ony"'), swift=True)


@given(st.integers(0, 40_000))
@settings(max_examples=60, deadline=None)
def test_a_log_cut_anywhere_never_gives_something_else(place: int) -> None:
    data = bytes_of([fact(kind) for kind in KINDS])
    assert_same(data[: place % len(data)])


@given(facts())
@settings(max_examples=120, deadline=None)
def test_what_matches_a_form_is_what_the_writer_wrote(event: Any) -> None:
    """A pattern takes no more than a full parse does, and an ordinary event it does take."""
    block = block_of(event, 1).decode().removeprefix(SEPARATOR[1:]).removesuffix("\n")
    found = form_of(event.type, is_signed=bool(getattr(event, SIGNATURE, ""))).match(block)
    assert found is None or found.end() == len(block)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_event_has_a_form(kind: type[e.Fact]) -> None:
    data = bytes_of([fact(e.SessionStarted), fact(kind)])
    assert_same(data, swift=True)


CALLED = e.Head(id="run-2", started=START, exercise=CALL_OUT, participants=people())


@given(runs())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_call_outs_give_the_same_harvest(plays: list[Play]) -> None:
    player = Player(Run(CALL_OUT, card="k1"))
    for play in [Play("call", 0, 0), *plays]:
        player.play(play)
    assert_same(bytes_of(player.run.events, CALLED), swift=True)


@given(st.lists(ANY_FACT, min_size=1, max_size=40))
@settings(max_examples=80, deadline=None)
def test_facts_in_any_order_of_a_call_out_give_the_same_harvest(events: list[e.Fact]) -> None:
    yes = fact(e.CallLogged, official="mayor", outcome="can")
    assert_same(bytes_of([fact(e.SessionStarted), *events[:5], yes, *events[5:]], CALLED), swift=True)


def test_a_form_is_made_of_every_kind() -> None:
    assert FORMS.keys() == {kind.model_fields["type"].default for kind in KINDS}


def test_a_kind_is_told_from_every_other_by_how_its_events_begin() -> None:
    assert len({f'type = "{kind}"'[: swift._NAMED] for kind in FORMS}) == len(FORMS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_a_reviewer_added_is_read_as_what_the_leader_noted_is(kind: type[e.Fact]) -> None:
    if SIGNATURE in kind.model_fields:
        data = bytes_of([fact(e.SessionStarted), fact(kind, reviewer="Sam van Dijk"), fact(kind, reviewer="")])
        assert_same(data, swift=True)


def test_a_number_that_was_cut_short_is_not_taken_for_another() -> None:
    data = bytes_of([fact(e.SessionStarted) for _ in range(12)])
    start = blocks.block_starts(data)[0]
    assert_same(data[:start] + data[start:].replace(b"\nn = 1\n", b"\nn = 12", 1), swift=False)
    assert data.endswith(b"\nn = 12\n")
    for cut in (b"\nn = 12", b"\nn = 1\n", b"\nn = 1", b"\nn = 12\n\n", b"\nn = 12 "):
        assert_same(data.removesuffix(b"\nn = 12\n") + cut, swift=False)


def test_what_begins_as_no_event_does_is_not_remembered() -> None:
    data = bytes_of([fact(e.SessionStarted), fact(e.LearningPointNoted, text="one")])
    assert_same(data, swift=True)
    for number in range(2000):
        assert_same(data.replace(b'type = "learning-point"', f'type = "{number:05}"'.encode()), swift=False)
        began = f'type = "call"\nat = {number:04}'.encode()  # a short kind, and behind it what differs each time
        assert_same(data.replace(b'type = "learning-point"\nat = ', began), swift=False)
        assert len(swift._forms) <= 1024


def test_times_that_were_corrected_move_the_day_and_the_minutes() -> None:
    from datetime import timedelta

    events = [
        fact(e.SessionStarted),
        fact(e.InjectShown, inject="a1"),
        fact(e.SessionEnded, at=AT + timedelta(minutes=5)),
        fact(e.TimeCorrected, event=2, to=AT - timedelta(minutes=3), reviewer="Sam"),
        fact(e.TimeCorrected, event=1, to=AT - timedelta(days=1), reviewer="Sam"),
    ]
    data = bytes_of(events)
    assert_same(data, swift=True)
    found = full(data)
    assert isinstance(found, Harvest)
    assert found.day == "2026-11-22"
    assert found.injects[0].minutes == 8


def test_no_name_of_a_person_is_taken() -> None:
    run = Run()
    found = harvest.harvest_of(HEAD, tuple(run.events))
    assert not re.search("Name of|Piet", repr(found))
