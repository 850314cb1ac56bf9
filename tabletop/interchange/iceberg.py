"""Makes an exercise of a scenario that IcebergTTX wrote as JSON: injects that lead on to others, by a choice or not.

Our storyline is one line. Injects come in an order in which whatever leads to one stands above it; one that only some
choices lead to says after which. What leads back is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tabletop.core.naming import INJECT, slug
from tabletop.core.text import clean, clean_line
from tabletop.files.trouble import Trouble
from tabletop.interchange.foreign import Wanted, likely_language
from tabletop.interchange.grid import MOST_ROWS, RowRef
from tabletop.interchange.ledger import Ledger, Part
from tabletop.interchange.lengths import fitted
from tabletop.interchange.people import Casting
from tabletop.locale import Words, words_for


class _Way(NamedTuple):
    """From one inject to another, by a choice where there is one."""

    start: str
    choice: str
    end: str


def iceberg_table(
    scenario: Mapping[str, Any], wanted: Wanted, words: Words, title: str, file: str
) -> tuple[dict[str, Any], Ledger]:
    """Return the exercise in the terms of its file, and what became of each inject; their numbers count from 1."""
    return _Scenario(scenario, wanted, words, title, file).table()


class _Scenario:
    def __init__(self, scenario: Mapping[str, Any], wanted: Wanted, words: Words, title: str, file: str) -> None:
        self.ledger = Ledger()
        injects = scenario["injects"]
        if len(injects) > MOST_ROWS:
            raise Trouble("script-too-many-rows", file=file, most=MOST_ROWS)
        self._scenario, self._wanted = scenario, wanted
        self._nodes: dict[str, tuple[RowRef, Mapping[str, Any]]] = {}
        for number, node in enumerate(injects, start=1):
            self._keep(RowRef("", number), node)
        self._title = wanted.title or _line(scenario.get("title")) or title
        guessed = likely_language(_text(node.get("content")) for _, node in self._nodes.values())
        self._language = wanted.language or guessed or words.language
        if wanted.language is None:
            self.ledger.about("import-language-guessed", language=self._language)
        self._casting = Casting(self._language, words_for(self._language))
        self._ways = [way for name in self._nodes for way in self._leads(name)]

    def _keep(self, ref: RowRef, node: object) -> None:
        self.ledger.take(ref)
        if not isinstance(node, dict) or not (_text(node.get("content")) or _line(node.get("title"))):
            self.ledger.leave(ref, "import-no-text")
            return
        name = _line(node.get("id")) or f"inject {ref.row}"
        if name in self._nodes:
            self.ledger.guess(ref, "import-same-id", name=name)
            name = f"{name} {ref.row}"
        self._nodes[name] = ref, node

    def _leads(self, name: str) -> Iterator[_Way]:
        _, node = self._nodes[name]
        options = [option for option in _list(node.get("options")) if isinstance(option, dict)]
        for number, option in enumerate(options, start=1):
            if (end := _line(option.get("next_inject_id"))) in self._nodes:
                yield _Way(name, _option(option, number), end)
        if (end := _line(node.get("next_inject_id"))) in self._nodes:
            yield _Way(name, "", end)

    def table(self) -> tuple[dict[str, Any], Ledger]:
        teams = {_line(team.get("id")): _line(team.get("label")) or _line(team.get("id"))
                 for team in _list(self._scenario.get("participant_teams")) if isinstance(team, dict)}  # fmt: skip
        for code, name in teams.items():
            if code:
                self._casting.add_known(code, name)
        order = self._order()
        codes = self._codes(order)
        conditions = self._conditions(order)
        steps = [self._step(name, codes, conditions[name]) for name in order]
        _drop_minutes_back(steps, self.ledger)
        if not self._casting.officials:
            self._casting.everybody()
            self.ledger.about("import-no-officials")
        for name, pool in self._casting.guessed.items():
            self.ledger.about("import-pool-guessed" if pool else "import-pool-unknown", name=name, pool=pool or "field")
        self.ledger.about("import-no-channel")
        table: dict[str, Any] = {
            "id": slug(self._title) or "exercise",
            "title": self._title,
            "language": self._language,
        }
        table["summary"] = _text(self._scenario.get("description"))
        table |= fitted(steps, self._wanted.minutes, self.ledger)
        return table | {"officials": self._casting.officials, "steps": steps}, self.ledger

    def _order(self) -> list[str]:
        """Return the injects so that whatever leads to one stands above it, otherwise as they stand in the file.

        A way that leads back, to what stands above it already, is left out.
        """
        start = _line(self._scenario.get("start_inject_id"))
        names = sorted(self._nodes, key=lambda name: name != start)
        order: list[str] = []
        left = dict.fromkeys(names)
        ways = list(self._ways)
        while left:
            waiting = {way.end for way in ways if way.start in left and way.start != way.end}
            free = next((name for name in left if name not in waiting), None)
            if free is None:
                free = next(iter(left))
                for way in [way for way in ways if way.end == free and way.start in left]:
                    self.ledger.guess(self._nodes[way.start][0], "import-leads-back", name=self._name(free))
                    self._ways.remove(way)
                    ways.remove(way)
            order.append(free)
            del left[free]
        return order

    def _name(self, name: str) -> str:
        return _line(self._nodes[name][1].get("title")) or name

    def _codes(self, order: Sequence[str]) -> dict[str, str]:
        """Return an id for each inject, its own where that can be one."""
        codes: dict[str, str] = {}
        for number, name in enumerate(order, start=1):
            code = slug(name)
            codes[name] = code if code and code not in codes.values() else f"{code[:30] or 'a'}-{number}"
        return codes

    def _conditions(self, order: Sequence[str]) -> dict[str, tuple[_Way, ...]]:
        """Return after which choices an inject comes; none for one that always does."""
        known: dict[str, tuple[_Way, ...]] = {}
        for name in order:
            ways = [way for way in self._ways if way.end == name and way.start in known]
            known[name] = () if name == order[0] else self._after(ways, known)
        return known

    def _after(self, ways: Sequence[_Way], known: Mapping[str, tuple[_Way, ...]]) -> tuple[_Way, ...]:
        found: dict[_Way, None] = {}
        for start in dict.fromkeys(way.start for way in ways):
            chosen = [way for way in ways if way.start == start and way.choice]
            options = {choice["id"] for choice in self._choices(start)}
            is_plain = any(way.start == start and not way.choice for way in ways)
            if not is_plain and options and not {way.choice for way in chosen} >= options:
                found |= dict.fromkeys(chosen)
            elif not known[start]:
                return ()
            else:
                found |= dict.fromkeys(known[start])
        return tuple(found)

    def _choices(self, name: str) -> list[dict[str, str]]:
        options = [option for option in _list(self._nodes[name][1].get("options")) if isinstance(option, dict)]
        found = {_option(option, number): _line(option.get("label")) for number, option in enumerate(options, start=1)}
        return [{"id": code, "text": text} for code, text in found.items() if text]

    def _step(self, name: str, codes: Mapping[str, str], after: Sequence[_Way]) -> Part:
        ref, node = self._nodes[name]
        title, text = _line(node.get("title")), _text(node.get("content"))
        step = Part({"type": INJECT, "id": codes[name], "title": title if text else "", "text": text or title}, ref)
        minute = node.get("release_at_minutes", node.get("release_offset_minutes"))
        if isinstance(minute, (int, float)) and not isinstance(minute, bool) and 0 <= minute < 1440:
            step["minute"] = minute
        if to := [self._casting.code(team) for one in _list(node.get("target_teams")) if (team := _line(one))]:
            step["to"] = list(dict.fromkeys(to))
        if expect := _text(node.get("description")) or _text(node.get("facilitator_notes")):
            step["expect"] = expect
        choices = self._choices(name)
        if len(choices) == 1:
            self.ledger.guess(ref, "import-one-choice", said=choices[0]["text"])
        elif choices:
            step["choices"] = choices
        if after:
            step["only_after"] = [f"{codes[way.start]}.{way.choice}" for way in after]
        return step


def _drop_minutes_back(steps: Sequence[Part], ledger: Ledger) -> None:
    """Leave out a planned minute that is before that of an inject which has to stand above it."""
    latest = 0.0
    for step in steps:
        if "minute" not in step:
            continue
        if step["minute"] < latest:
            ledger.guess(step.ref, "import-minute-back", minute=f"{step.pop('minute'):g}")
        else:
            latest = step["minute"]


def _option(option: Mapping[str, Any], number: int) -> str:
    return slug(_line(option.get("id"))) or slug(_line(option.get("label"))) or f"k{number}"


def _list(value: object) -> list[Any]:
    return value[:MOST_ROWS] if isinstance(value, list) else []


def _line(value: object) -> str:
    return clean_line(str(value)).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _text(value: object) -> str:
    return clean(value).strip() if isinstance(value, str) else ""
