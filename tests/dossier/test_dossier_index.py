"""The index: the same answers as logs that are parsed in full and counted plainly; a cache that may be thrown away."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from random import Random

import pytest

from tabletop.core import events as e
from tabletop.core.events import Participant
from tabletop.core.learning import plain_word
from tabletop.dossier import decisions, harvest, helpers, refreshing, store
from tabletop.dossier.answers import PointSeen
from tabletop.dossier.decisions import Decided, Decision, What
from tabletop.dossier.harvest import Harvest, PointHeld
from tabletop.dossier.index import Dossier
from tabletop.dossier.refreshing import Stopped
from tabletop.dossier.words import number_of, plain
from tabletop.files.log.writing import block_of, head_of
from tabletop.files.trouble import Trouble
from tests.builders import SMALL, small_exercise

OTHER = small_exercise(id="other", title="Another exercise, at the école")
START = datetime(2025, 3, 3, 13, tzinfo=UTC)
TEXTS = ("Ring the mayor later!", "ring the MAYOR, later", "Coffee first.", "Wait five minutes", "Vraag de école",
         "Sanne rang at once", "…")  # fmt: skip
KINDS = ("observation", "question", "practice", "proposal")
THEMES = ("staff", "Staff", "residents", "press")


def log_bytes(dice: Random, number: int) -> bytes:
    """A run of which much was recorded, the same for the same dice."""
    exercise = dice.choice((SMALL, OTHER))
    at = START + timedelta(days=dice.randrange(900))
    officials = [one.id for one in exercise.officials]
    names, organisations = ("", "Sanne Jansen"), ("", "Velsen")
    people = [Participant(official=one, name=dice.choice(names), organisation=dice.choice(organisations))
              for one in dice.sample(officials, 2)]  # fmt: skip
    head = e.Head(id=f"run-{number:03}", started=at, group=dice.choice(("", "", "Velsen", "velsen", "Beverwijk")),
                  leader="Piet", exercise=exercise, participants=people,
                  incident=dice.choice(("", "", "", "the papers")))  # fmt: skip
    facts: list[e.Fact] = [e.SessionStarted(at=at, clock=0.0)]
    for place in range(dice.randrange(1, 9)):
        common = {"at": at + timedelta(minutes=place), "clock": 60.0 * place}
        inject = dice.choice((None, *(one.id for one in exercise.injects)))
        if inject is not None:
            facts.append(e.InjectShown(inject=inject, **common))
        facts.append(
            e.LearningPointNoted(
                id=f"lp-{place}", official=dice.choice((None, *officials)), inject=inject, text=dice.choice(TEXTS),
                turn=dice.choice(("keep", "change")), kind=dice.choice(KINDS),
                themes=tuple(dice.sample(THEMES, dice.randrange(3))), private=dice.random() < 0.1, **common,
            )
        )  # fmt: skip
        if dice.random() < 0.2:
            facts.append(e.Undone(event=len(facts), **common))
        if dice.random() < 0.4:
            owner, point = dice.choice(("Mayor", "Sanne")), f"lp-{dice.randrange(place + 1)}"
            facts.append(e.ActionAgreed(id=f"action-{place}", text="Make a card", owner=owner, due="2026-12-01",
                                        point=point, **common))  # fmt: skip
    return head_of(head) + b"".join(block_of(fact, n) for n, fact in enumerate(facts, 1))


def folder_of(dice: Random, folder: Path, count: int = 25) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.toml").write_bytes(log_bytes(dice, number))
    return folder


def some_decisions(dice: Random, points: Iterable[PointSeen], runs: Iterable[str]) -> list[Decision]:
    keys, ids = [point.key for point in points], list(runs)
    made = []
    for minute in range(dice.randrange(14)):
        what: What = dice.choice(("link", "link", "unlink", "theme", "group", "origin", "threshold", "action-closed"))
        run, key = dice.choice(ids), dice.choice(keys)
        about = {"theme": dice.choice(THEMES), "group": run, "origin": run,
                 "action-closed": f"{run}/action-{dice.randrange(4)}"}.get(what, key)  # fmt: skip
        other = dice.choice(("staff", "people")) if what == "theme" else dice.choice(keys)
        made.append(Decision(id=f"d-{minute}", at=START + timedelta(days=400, minutes=minute), by="Anna", what=what,
                             about=about, other=other, text=dice.choice(("Velsen", "Heemskerk")),
                             number=dice.randrange(4)))  # fmt: skip
    return made


class Plainly:
    """The same answers from logs that were parsed in full, as anyone would count them."""

    def __init__(self, folder: Path, decided: Decided) -> None:
        self.decided = decided
        found = [harvest.harvested(path) for path in sorted(folder.glob("*.toml")) if path.name != decisions.NAME]
        self.logs = sorted(found, key=lambda one: (one.day, one.id), reverse=True)

    def themes(self, point: PointHeld) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.decided.theme, point.themes)))

    def group(self, one: Harvest) -> str:
        return self.decided.groups.get(one.id, one.group)

    def occasion(self, one: Harvest) -> tuple[object, ...]:
        if one.incident:
            return ("incident", one.id)
        origin = self.decided.origins.get(one.id, "").casefold()
        return (one.script.exercise, origin, self.group(one).casefold() or one.organisations)

    def cells(self) -> dict[tuple[str, str], tuple[int, int, int, int]]:
        """By theme and function: seen in how many runs of how many, points, and occasions; only where it was seen."""
        found = {}
        officials = {official for one in self.logs for official in one.officials}
        for theme in {theme for one in self.logs for point in one.points for theme in self.themes(point)}:
            for official in officials:
                there = [one for one in self.logs if official in one.officials]
                seen = {one.id: sum(theme in self.themes(point) and point.official == official for point in one.points)
                        for one in there}  # fmt: skip
                if any(seen.values()):
                    occasions = {self.occasion(one) for one in there if seen[one.id]}
                    counts = [count for count in seen.values() if count]
                    found[theme, official] = (len(counts), len(there), sum(counts), len(occasions))
        return found

    def heaps(self) -> set[tuple[frozenset[str], int]]:
        """Points that say the same, by their keys, and on how many occasions."""
        heaps = [{f"{one.id}/{point.id}"} for one in self.logs for point in one.points]
        words = {f"{one.id}/{point.id}": (point.turn, words_of(point.text) or point.text)
                 for one in self.logs for point in one.points}  # fmt: skip
        alike = [(one, other) for one in words for other in words if words[one] == words[other]
                 and not {one, other} & self.decided.alone]  # fmt: skip
        for one, other in [*alike, *(pair for pair in self.decided.links if words.keys() >= set(pair))]:
            joined = [heap for heap in heaps if heap & {one, other}]
            heaps = [heap for heap in heaps if heap not in joined] + [set().union(*joined)]
        occasions = {one.id: self.occasion(one) for one in self.logs}
        return {(frozenset(heap), len({occasions[key.rpartition("/")[0]] for key in heap})) for heap in heaps}

    def search(self, typed: str) -> set[str]:
        found = set()
        for one in self.logs:
            labels = {function.id: function.label for function in one.script.functions}
            for point in one.points:
                named = (point.text, one.script.title, labels.get(point.official, ""), point.official, point.inject,
                         self.group(one), *self.themes(point))  # fmt: skip
                haystack = f" {' '.join(map(words_of, named))}"
                if all(self._holds(part, one, point, haystack, labels) for part in typed.split()):
                    found.add(f"{one.id}/{point.id}")
        return found

    def _holds(self, part: str, one: Harvest, point: PointHeld, haystack: str, labels: dict[str, str]) -> bool:
        if part in "+-":
            return point.turn == ("keep" if part == "+" else "change")
        if part.isdigit():
            return one.day.startswith(part)
        if part[0] == "@":
            names = (point.official, labels.get(point.official, ""))
            return any(plain_word(part[1:]) in plain_word(name) for name in names)
        if part[0] == "#":
            return any(plain_word(part[1:]) in plain_word(theme) for theme in self.themes(point))
        return all(f" {word}" in haystack for word in words_of(part).split())


def words_of(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain_word(text)).split())


SEARCHES = ("ring", "MAYOR later", "ecole", "école", "sta", "#sta", "@mayor", "velsen", "heem", "+ ring", "- coffee",
            "2026", "2025 five", "@field #people", "small", "another exercise", "zzz", "sanne", '"', "* OR", "a",
            "")  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("has_search", [True, False], ids=["fts", "no fts"])
def test_the_answers_are_those_of_logs_that_are_parsed_in_full(
    tmp_path: Path, seed: int, has_search: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_search:
        monkeypatch.setattr("tabletop.dossier.store._SOUGHT", "CREATE VIRTUAL TABLE sought USING nothing_like_it()")
    dice = Random(seed)
    folder = folder_of(dice, tmp_path / "logs")
    dossier = Dossier.open([folder], tmp_path / "cache")
    assert dossier._store.has_search is has_search
    made = some_decisions(dice, dossier.points(), (run.id for run in dossier.runs()))
    for decision in made:
        dossier.decide(decision)
    plainly = Plainly(folder, Decided(made))
    for opened in (dossier, Dossier.open([folder], tmp_path / "cache"), Dossier.open([folder])):
        heat = opened.heat()
        cells = {(line.theme, cell.official): (cell.seen, cell.of, cell.points, cell.occasions)
                 for line in heat.rows for cell in line.cells if cell.seen}  # fmt: skip
        assert cells == plainly.cells()
        assert opened.overview().points == sum(len(one.points) for one in plainly.logs)
        patterns = [one for one in opened.recurring() if one.state == "pattern"]
        assert (opened.overview().patterns, len(patterns)) == (len(opened.recurring(patterns_only=True)),) * 2
        heaps = {(frozenset(point.key for point in one.points), one.occasions) for one in opened.recurring()}
        assert heaps == plainly.heaps()
        assert [run.id for run in opened.runs()] == [one.id for one in plainly.logs]
        assert len(opened.actions(open_only=False)) == sum(len(one.actions) for one in plainly.logs)
        for typed in SEARCHES:
            assert {hit.point.key for hit in opened.search(typed, 10_000)} == plainly.search(typed), typed


def told_by(dossier: Dossier) -> tuple[object, ...]:
    return dossier.overview(), dossier.heat(), dossier.points(), dossier.recurring(), dossier.search("ring")


def test_only_what_is_new_or_changed_is_read_and_what_is_gone_goes(tmp_path: Path) -> None:
    dice = Random(1)
    folder, cache = folder_of(dice, tmp_path / "logs", 6), tmp_path / "cache"
    told: list[tuple[int, int]] = []

    def opened() -> tuple[str, ...]:
        told.clear()
        with Dossier.open([folder], cache, progress=lambda done, of: told.append((done, of))) as dossier:
            assert told_by(dossier) == told_by(Dossier.open([folder]))
            return tuple(run.id for run in dossier.runs())

    assert len(opened()) == 6
    assert told == [(6, 6)]
    assert len(opened()) == 6
    assert told == []
    (folder / "new.toml").write_bytes(log_bytes(dice, 99))
    changed = folder / "002.toml"
    changed.write_bytes(log_bytes(dice, 2))
    os.utime(changed, ns=(1, 1))
    (folder / "003.toml").unlink()
    assert set(opened()) == {"run-000", "run-001", "run-002", "run-004", "run-005", "run-099"}
    assert told == [(2, 2)]


def test_it_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "_AT_ONCE", 2)
    folder, cache = folder_of(Random(2), tmp_path / "logs", 9), tmp_path / "cache"
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))

    with pytest.raises(Stopped):
        Dossier.open([folder], cache, progress=progress, stop=lambda: len(told) == 2)
    assert told == [(2, 9), (4, 9)]
    told.clear()
    dossier = Dossier.open([folder], cache, progress=progress)
    assert told[-1] == (5, 5)
    assert dossier.recurring() == Dossier.open([folder]).recurring()


def with_a_helper(patch: pytest.MonkeyPatch, way: str) -> list[int]:
    """Let another process read along, also where there is little to read; return a list of how many it is given."""
    given: list[int] = []
    give = helpers.Helper.give

    def counted(self: helpers.Helper, part: slice) -> None:
        given.append(part.stop - part.start)
        give(self, part)

    patch.setattr(refreshing, "_AT_ONCE", 2)
    patch.setattr(helpers, "_WORTH_ONE", 2)
    patch.setattr(helpers, "_GIVEN", 3)
    patch.setattr(helpers, "_others", lambda: 1)
    patch.setattr(helpers, "_way", lambda: (get_context(way).Process, way == "fork"))
    patch.setattr(helpers.Helper, "give", counted)
    return given


WAYS = [way for way in ("fork", "spawn") if way in get_all_start_methods()]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # the tests have threads of their own
def test_another_process_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    folder = folder_of(Random(3), tmp_path / "logs", 12)
    (folder / "shopping.toml").write_text("milk = 2\n", encoding="utf-8")
    alone = Dossier.open([folder])
    given, own = with_a_helper(monkeypatch, way), list[int]()
    read = refreshing.read_rows
    monkeypatch.setattr(refreshing, "read_rows", lambda paths: own.append(len(paths)) or read(paths))
    together = Dossier.open([folder], tmp_path / "cache")
    assert given[:2] == [3, 3]
    assert sum(own) + sum(given) == 13
    assert own
    assert told_by(together) == told_by(alone)


def test_what_another_process_took_with_it_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(Random(3), tmp_path / "logs", 12)
    alone = Dossier.open([folder])
    given = with_a_helper(monkeypatch, "spawn")
    give = helpers.Helper.give

    def killed_then(self: helpers.Helper, part: slice) -> None:
        give(self, part)
        self._process.kill()
        self._process.join()

    monkeypatch.setattr(helpers.Helper, "give", killed_then)
    told: list[int] = []
    together = Dossier.open([folder], tmp_path / "cache", progress=lambda done, _: told.append(done))
    assert given[:2] == [3, 3]
    assert told[-1] == 12
    assert told_by(together) == told_by(alone)


def test_helpers_have_no_more_before_them_than_is_left_for_the_first_process() -> None:
    class Counting:
        def __init__(self) -> None:
            self.given: list[slice] = []

        def give(self, part: slice) -> None:
            self.given.append(part)

    for files, wanted in ((40, []), (101, [50]), (1000, [400]), (240, [100])):
        one = Counting()
        at = helpers.Helpers([one]).give(0, files)  # type: ignore[list-item]
        assert sum(part.stop - part.start for part in one.given) == at == sum(wanted)


WITH_HELPERS = """
import os
import signal
import sys
import threading
from io import StringIO
from pathlib import Path
from tabletop.dossier import helpers, refreshing
from tabletop.dossier.index import Dossier

what, folder = sys.argv[1:]
if "broken" in what:
    def read_rows(paths):
        raise MemoryError
    helpers.read_rows = read_rows
if "untold" in what:
    helpers.read_rows = lambda paths: lambda: "a function cannot be handed over"


class Captured(StringIO):
    def fileno(self):
        return -1


def killed(done, of):
    os._exit(9)


def interrupted(done, of):
    os.killpg(0, signal.SIGINT)


if __name__ == "__main__":
    count = 3 if "three" in what else 1
    helpers._WORTH_ONE, helpers._GIVEN, helpers._others, refreshing._AT_ONCE = 1, 2, lambda: count, 2
    if "thread" in what:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    print(helpers._way()[0].__name__, flush=True)
    sys.stderr = Captured()
    progress = killed if "killed" in what else interrupted if "interrupted" in what else None
    try:
        print(Dossier.open([Path(folder)], progress=progress).overview().runs)
    except KeyboardInterrupt:
        print("stopped")
"""


def with_helpers_in_a_process(what: str, tmp_path: Path) -> "subprocess.CompletedProcess[str]":
    """Wait until nobody has standard output any more, which every helper has: longer than that it may not take."""
    folder, script = folder_of(Random(3), tmp_path / "logs", 24), tmp_path / "script.py"
    script.write_text(WITH_HELPERS, encoding="utf-8")
    command = [sys.executable, str(script), what, str(folder)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, start_new_session=os.name == "posix"
    )


def way_of(what: str) -> str:
    return "ForkProcess" if sys.platform == "linux" and "thread" not in what else "SpawnProcess"


@pytest.mark.parametrize("way", ["", ", thread"])
@pytest.mark.parametrize("what", ["one", "three", "broken", "untold", "three, broken"])
def test_helpers_start_under_a_screen_and_whatever_happens_to_them_all_is_read(
    tmp_path: Path, what: str, way: str
) -> None:
    """What a screen puts in the place of standard error cannot be handed on; and beside threads nothing is copied."""
    done = with_helpers_in_a_process(what + way, tmp_path)
    assert (done.stdout, done.returncode, done.stderr) == (f"{way_of(way)}\n24\n", 0, "")


@pytest.mark.parametrize("what", ["killed", "killed, thread", "three, killed", "three, killed, thread"])
def test_helpers_end_when_the_first_process_is_killed(tmp_path: Path, what: str) -> None:
    done = with_helpers_in_a_process(what, tmp_path)
    assert (done.returncode, done.stderr) == (9, "")


@pytest.mark.skipif(os.name != "posix", reason="a terminal there interrupts in another way")
@pytest.mark.parametrize("what", ["three, interrupted", "three, interrupted, thread"])
def test_an_interrupt_of_all_stops_the_first_process_and_helpers_say_nothing(tmp_path: Path, what: str) -> None:
    done = with_helpers_in_a_process(what, tmp_path)
    assert (done.stdout, done.returncode, done.stderr) == (f"{way_of(what)}\nstopped\n", 0, "")


@pytest.mark.parametrize("harm", ["cut", "noise", "other tables", "folder"])
def test_an_index_that_is_of_no_use_is_made_again(tmp_path: Path, harm: str) -> None:
    folder, cache = folder_of(Random(4), tmp_path / "logs", 5), tmp_path / "cache"
    with Dossier.open([folder], cache) as dossier:
        wanted = dossier.recurring()
    (file,) = cache.glob("*.sqlite3")
    match harm:
        case "cut":
            file.write_bytes(file.read_bytes()[:5000])
        case "noise":
            file.write_bytes(b"no database at all" * 500)
        case "other tables":
            with sqlite3.connect(file) as db:
                db.execute("DROP TABLE points")
        case _:
            shutil.rmtree(cache)
            cache.write_text("no folder", encoding="utf-8")
    with Dossier.open([folder], cache) as dossier:
        assert dossier.recurring() == wanted
        assert dossier.overview().runs == 5


def test_another_program_that_comes_meanwhile_has_a_copy_and_leaves_the_index_alone(tmp_path: Path) -> None:
    folder, cache = folder_of(Random(5), tmp_path / "logs", 6), tmp_path / "cache"
    first = Dossier.open([folder], cache)
    told: list[int] = []
    first.overview()
    (folder / "new.toml").write_bytes(log_bytes(Random(6), 50))
    second = Dossier.open([folder], cache, progress=lambda done, _: told.append(done))
    assert told == [1]  # the rest it has from the index
    second.decide(decision_of("threshold", number=5))
    assert told_by(second) == told_by(Dossier.open([folder]))
    first.heat()  # works out, under the decisions that it knows, what stays in the index
    assert len(first.runs()) == 6
    first.close()
    second.close()
    with Dossier.open([folder], cache) as third:
        assert told_by(third) == told_by(Dossier.open([folder]))


def test_two_that_decide_at_once_lose_no_decision(tmp_path: Path) -> None:
    folder, cache = folder_of(Random(5), tmp_path / "logs", 6), tmp_path / "cache"
    with Dossier.open([folder], cache) as first, Dossier.open([folder], cache) as second:
        first.decide(decision_of("group", "run-001", text="Leiden"))
        second.decide(decision_of("group", "run-002", text="Gouda"))
        first.decide(decision_of("threshold", number=3))
        assert {"Leiden", "Gouda"} <= {run.group for run in first.runs()}
    assert told_by(Dossier.open([folder], cache)) == told_by(Dossier.open([folder]))


def decision_of(what: What, about: str = "", **more: object) -> Decision:
    told = {"id": decisions.new_id(), "at": START + timedelta(days=500), "by": "Anna", "what": what, "about": about}
    return Decision.model_validate({**told, **more})


@pytest.mark.skipif(os.name == "nt", reason="who may read a file is said otherwise there")
def test_the_index_is_for_its_owner_alone_also_in_a_folder_of_others(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o777)
    Dossier.open([folder_of(Random(5), tmp_path / "logs", 1)], cache).close()
    (file,) = cache.glob("*.sqlite3")
    assert file.stat().st_mode & 0o077 == 0


def test_a_log_that_could_not_be_read_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = folder_of(Random(5), tmp_path / "logs", 2), tmp_path / "cache"

    def refused(path: Path) -> bytes:
        raise Trouble("log-unreadable-not-allowed", file=str(path))

    with monkeypatch.context() as patched:
        patched.setattr("tabletop.files.blocks.log_bytes", refused)
        with Dossier.open([folder], cache) as dossier:
            assert len(dossier.overview().skipped) == 2
    with Dossier.open([folder], cache) as dossier:
        assert (dossier.overview().runs, dossier.overview().skipped) == (2, ())


def test_where_no_other_process_can_be_made_this_one_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def impossible(*_: object, **__: object) -> None:
        raise OSError(38, "no semaphores")

    monkeypatch.setattr(helpers, "_WORTH_ONE", 1)
    monkeypatch.setattr(helpers, "_others", lambda: 1)
    monkeypatch.setattr(helpers, "_way", impossible)
    folder, cache = folder_of(Random(5), tmp_path / "logs", 3), tmp_path / "cache"
    with Dossier.open([folder], cache) as dossier:
        assert dossier.overview().runs == 3
    assert list(cache.glob("*.sqlite3"))


def test_groups_stand_in_the_order_in_which_they_were_there_last(tmp_path: Path) -> None:
    for days, group in enumerate(("NOORD", "Zuid", "Noord")):
        at = START + timedelta(days=days)
        head = e.Head(id=f"run-{days}", started=at, group=group, exercise=SMALL)
        data = head_of(head) + block_of(e.SessionStarted(at=at, clock=0.0), 1)
        (tmp_path / f"{days}.toml").write_bytes(data)
    assert Dossier.open([tmp_path]).groups() == ("Noord", "Zuid")


def test_what_may_not_be_told_is_not_in_the_file_of_the_index_either(tmp_path: Path) -> None:
    folder, cache = tmp_path / "logs", tmp_path / "cache"
    folder.mkdir()
    head = e.Head(id="run", started=START, leader="Leadername", exercise=SMALL, participants=(
        Participant(official="field-one", name="Sanne Jansen", organisation="Organisationname"),))  # fmt: skip
    common = {"at": START, "clock": 1.0}
    facts = [
        e.SessionStarted(**common),
        e.Observed(text="notemarker", **common),
        e.LearningPointNoted(id="lp-1", official="field-one", text="privatemarker", private=True, **common),
        e.LearningPointNoted(id="lp-2", official="field-one", text="Sanne toldmarker leadername", **common),
        e.LearningPointNoted(id="lp-3", official="field-one", text="withdrawnmarker", **common),
        e.LearningPointWithdrawn(point="lp-3", **common),
        e.LearningPointNoted(id="lp-4", official="field-one", text="undonemarker", **common),
        e.Undone(event=7, **common),
    ]
    (folder / "run.toml").write_bytes(head_of(head) + b"".join(block_of(fact, n) for n, fact in enumerate(facts, 1)))
    Dossier.open([folder], cache).close()
    kept = b"".join(path.read_bytes() for path in cache.iterdir()).lower()
    assert b"toldmarker" in kept
    for marker in ("private", "note", "withdrawn", "undone"):
        assert f"{marker}marker".encode() not in kept
    for name in (b"sanne", b"jansen", b"leadername", b"organisationname"):
        assert name not in kept


def test_what_is_made_private_later_stays_in_no_corner_of_the_index(tmp_path: Path) -> None:
    folder, cache = folder_of(Random(7), tmp_path / "logs", 30), tmp_path / "cache"
    common = {"at": START, "clock": 1.0}
    point = e.LearningPointNoted(id="lp-1", official="field-one", text="latermarker", themes=("thememarker",), **common)
    facts = [e.SessionStarted(**common), point]
    path = folder / "run.toml"

    def write(*more: e.Fact) -> None:
        head = e.Head(id="run", started=START, group="groupmarker" if not more else "", exercise=SMALL)
        path.write_bytes(head_of(head) + b"".join(block_of(fact, n) for n, fact in enumerate([*facts, *more], 1)))

    def kept() -> bytes:
        with Dossier.open([folder], cache):  # also while it is open
            return b"".join(file.read_bytes() for file in cache.iterdir()).lower()

    write()
    assert b"latermarker" in kept()
    write(e.LearningPointRevised(point="lp-1", private=True, **common))
    now = kept()
    for marker in (b"latermarker", b"thememarker", b"groupmarker"):
        assert marker not in now


def test_a_name_in_a_theme_or_a_source_is_left_out(tmp_path: Path) -> None:
    common = {"at": START, "clock": 1.0}
    head = e.Head(id="run", started=START, exercise=SMALL, incident="a talk with Jan de Vries",
                  participants=(Participant(official="field-one", name="Jan de Vries"),))  # fmt: skip
    facts = [e.SessionStarted(**common), e.LearningPointNoted(id="lp-1", text="one", themes=("ask Jan",), **common)]
    (tmp_path / "run.toml").write_bytes(head_of(head) + b"".join(block_of(one, n) for n, one in enumerate(facts, 1)))
    dossier = Dossier.open([tmp_path])
    assert "Jan" not in repr((dossier.points(), dossier.runs(), dossier.heat()))


def test_numbers_stay_the_same_for_as_long_as_the_index_has_this_form() -> None:
    """An index that was made with other numbers must be of another form, or one wording has two of them."""
    assert store._FORM.startswith("2 ")
    assert number_of("one wording") == 56545368866976639


@pytest.mark.parametrize(
    ("text", "words"), [("Koffie™ erbij", "koffietm erbij"), ("Koffie™ Σίσυφος", "koffietm σισυφοσ")]
)
def test_words_are_in_small_letters_whatever_stands_beside_them(text: str, words: str) -> None:
    assert plain(text) == words
