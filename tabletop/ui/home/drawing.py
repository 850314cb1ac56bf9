"""The home screen as rows: what can be gone on with, begun and looked back on; at the right what is selected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tabletop.core.text import cells, cut
from tabletop.files.library import Listing
from tabletop.files.trouble import Trouble
from tabletop.locale import Words, mark
from tabletop.ui.desk.scene import is_low, is_narrow
from tabletop.ui.home.shelf import Item, Kind, Run, Shelf
from tabletop.ui.rows import EMPTY, Row, beside, fill, fit, flow, inset, labelled, on, row, spread, width_of, window

if TYPE_CHECKING:
    from tabletop.core.exercise import Exercise

LIST = 74
LEAST_TITLE = 24
HEADINGS: Final[Mapping[Kind, str]] = {
    "go-on": mark("GO ON"),
    "begin": mark("BEGIN"),
    "look-back": mark("LOOK BACK"),
}
LANGUAGES: Final = {"nl": mark("Dutch"), "en": mark("English")}


@dataclass(frozen=True, slots=True)
class Home:
    """What the home screen shows."""

    shelf: Shelf
    items: Sequence[Item]
    selected: int
    now: datetime
    logs: Path
    loaded: "Mapping[Path, Exercise | Trouble]"
    sought: str = ""
    notice: str = ""


def draw(home: Home, width: int, height: int, words: Words) -> list[Row]:
    """The header and the body, in exactly ``height`` rows."""
    low, narrow = is_low(height + 5), is_narrow(width)
    clock = row((f"{words.day(home.now)}  ·  {words.oclock(home.now)}", "quiet"))
    header = inset(spread(row(("tabletop", "strong")), clock, width - 4), 2)
    top = [header, EMPTY] if low else [EMPTY, header, EMPTY]
    foot = _below(home, width, words) if narrow else []
    if home.notice:
        foot = [*foot, inset(row((cut(home.notice, width - 4), "error")), 2)]
    room = height - len(top) - len(foot)
    if narrow:
        body = _list(home, width - 2, room, words, low=low)
    else:
        item = home.items[home.selected] if home.items else None
        side = preview(home, item, width - LIST - 8, words)
        body = beside(((_list(home, LIST, room, words, low=low), LIST), (side, width - LIST - 8)), room, 5)
    return [*top, *fill(body, room), *foot]


def _below(home: Home, width: int, words: Words) -> list[Row]:
    """Where a run can be read, whole, under a list that has no preview beside it."""
    run = home.items[home.selected].run if home.items else None
    if run is None or not run.seen.ended:
        return []
    return [EMPTY, *(inset(line, 2) for line in _facts(_where(run, words), width - 4))]


def _where(run: Run, words: Words) -> list[tuple[str, str]]:
    return [
        (words.t("SUMMARY"), str(run.summary) if run.summary else words.t("not written")),
        (words.t("LOG"), str(run.seen.path)),
    ]


def _list(home: Home, width: int, height: int, words: Words, *, low: bool) -> list[Row]:
    lines: list[Row] = []
    focus = 0
    kinds: list[Kind] = [item.kind for item in home.items]
    title = _title_width(home, width, words)
    for kind, heading in HEADINGS.items():
        if kind not in kinds and (home.sought or kind == "go-on"):
            continue
        if lines:
            lines.extend([EMPTY] if low else [EMPTY, EMPTY])
        lines.append(row("  ", (words.t(heading), "quiet")))
        if not low:
            lines.append(EMPTY)
        if kind not in kinds:
            lines.extend(row("    ", line) for line in flow(_nothing(home, kind, words), width - 6, "quiet"))
        for place, item in enumerate(home.items):
            if item.kind != kind:
                continue
            if place == home.selected:
                focus = len(lines)
            lines.append(_item(home, item, width, title, words, chosen=place == home.selected))
    if not home.items and home.sought:
        lines.append(row("  ", (words.t("Nothing is called that. Esc clears the search."), "quiet")))
    return window(lines, height, focus)


def _nothing(home: Home, kind: Kind, words: Words) -> str:
    if kind == "begin":
        return words.t("No exercise was found. /{letter} opens a file.", letter="a")
    return words.t("Nothing yet. After a run its log stands here, from {folder}.", folder=str(home.logs))


def _title_width(home: Home, width: int, words: Words) -> int:
    """How wide the column of titles is: as wide as the longest, where what stands beside them leaves the room."""
    longest = max((cells(item.title) for item in home.items), default=0) + 2
    beside_it = max((width_of(_detail(home, item, words, chosen=False)) for item in home.items), default=0)
    return max(LEAST_TITLE, min(longest, width - beside_it - 6))


def _item(home: Home, item: Item, width: int, wide: int, words: Words, *, chosen: bool) -> Row:
    title = (cut(item.title, wide - 2), "strong" if chosen else "text")
    name = fit(row(title), wide)
    line = row((" ► " if chosen else "   ", "accent"), name, _detail(home, item, words, chosen=chosen))
    return row(" ", on("now", fit(line, width - 1)) if chosen else fit(line, width - 1))


def _detail(home: Home, item: Item, words: Words, *, chosen: bool) -> Row:
    if item.run is not None:
        return _run_detail(item.run, words)
    listing = item.listing
    assert listing is not None
    found = home.loaded.get(listing.path)
    if isinstance(found, Trouble):
        return row(("! ", "warning"), (_trouble_in_short(found, words), "text"))
    if listing.mistake:
        return row(("! ", "warning"), (words.t("cannot be read"), "text"))
    minutes = words.t("{minutes} min", minutes=words.number(listing.minutes).rjust(2))
    injects = words.tn("{n} inject", "{n} injects", listing.injects)
    points = words.tn("{n} feedback point", "{n} feedback points", listing.feedback_points)
    more = f" · {words.t(LANGUAGES[listing.language])}" if _is_foreign(listing, words) else ""
    return row((minutes, "text" if chosen else "quiet"), "  ", (f"{injects} · {points}{more}", "quiet"))


def _is_foreign(listing: Listing, words: Words) -> bool:
    return listing.language != words.language and listing.language in LANGUAGES


def _trouble_in_short(trouble: Trouble, words: Words) -> str:
    count = trouble.values.get("count")
    if isinstance(count, int):
        return words.tn("{n} mistake", "{n} mistakes", count)
    return words.t("cannot be read")


def _run_detail(run: Run, words: Words) -> Row:
    if run.seen.ended:
        points = words.tn("{n} learning point", "{n} learning points", run.seen.points)
        return row((f"{words.short_day(run.seen.started)}  {points}", "quiet"))
    last = f"{words.short_day(run.seen.last)} {words.time(run.seen.last)}"
    return row((f"{stopped_at(run, words)}  ·  {last}", "quiet"))


def stopped_at(run: Run, words: Words) -> str:
    """Where an unfinished run is."""
    if run.in_debrief:
        return words.t("stopped in the debrief")
    if run.feedback:
        return words.t("stopped at feedback point {number}", number=run.feedback)
    if run.stopped_at:
        return words.t("stopped at {inject}", inject=run.stopped_at)
    return words.t("nothing shown yet")


def preview(home: Home, item: Item | None, width: int, words: Words) -> list[Row]:
    """What is selected, in a column at the right."""
    if item is None:
        return []
    if item.run is not None:
        return _run_preview(item.run, width, words)
    listing = item.listing
    assert listing is not None
    found = home.loaded.get(listing.path)
    lines = [row((cut(listing.title, width), "strong")), EMPTY]
    if isinstance(found, Trouble):
        return [*lines, *_mistakes(found, listing, width, words)]
    if found is None:
        return lines
    lines += flow(found.summary.strip(), width)[:12]
    if found.objectives:
        lines += [EMPTY, row((words.t("OBJECTIVES"), "quiet")), EMPTY]
        lines += [
            row((f"{one.id.upper():<4}", "quiet"), (cut(one.name, width - 4), "text")) for one in found.objectives
        ]
    facts = [(words.t("AT THE TABLE"), words.tn("{n} function", "{n} functions", len(found.key_officials)))]
    if (twin := home.shelf.twin(listing)) is not None:
        facts.append((words.t(LANGUAGES[twin.language]).upper(), twin.title))
    if (held := home.shelf.last_held(listing.title)) is not None:
        facts.append((words.t("HELD BEFORE"), words.short_day(held)))
    if listing.own:
        facts.append((words.t("FILE"), str(listing.path)))
    return [*lines, EMPTY, *_facts(facts, width)]


def _run_preview(run: Run, width: int, words: Words) -> list[Row]:
    seen = run.seen
    lines = [row((cut(seen.title, width), "strong")), EMPTY]
    begun = f"{words.short_day(seen.started)} {words.time(seen.started)}"
    points = words.tn("{n} learning point", "{n} learning points", seen.points)
    if seen.ended:
        facts = [(words.t("HELD"), begun), (words.t("SAVED"), points)]
        facts.append((words.t("SUMMARY"), str(run.summary) if run.summary else words.t("not written")))
    else:
        last = f"{words.short_day(seen.last)} {words.time(seen.last)}"
        facts = [(words.t("BEGUN"), begun), (words.t("LAST"), last), (words.t("AT"), stopped_at(run, words))]
        facts.append((words.t("SAVED"), points))
    lines += [*_facts(facts, width), EMPTY, *_facts([(words.t("LOG"), str(seen.path))], width)]
    if not seen.ended:
        lines += [EMPTY, *flow(words.t("You go on where you were. The exercise clock stands still until Space."), width,
                               "quiet")]  # fmt: skip
    return lines


def _facts(facts: Sequence[tuple[str, str]], width: int) -> list[Row]:
    indent = max(cells(label) for label, _ in facts) + 2
    return [line for label, text in facts for line in labelled(label, text, width, indent)]


def _mistakes(trouble: Trouble, listing: Listing, width: int, words: Words) -> list[Row]:
    """The first mistakes, with the command that shows all of them."""
    from tabletop.locale.sentences import pointed, say

    mistakes = getattr(trouble, "mistakes", ())
    if not mistakes:
        return flow(say(words, trouble.code, trouble.values), width)
    lines: list[Row] = []
    for mistake in mistakes[:3]:
        lines += [*flow(pointed(words, mistake), width), EMPTY]
    return [*lines, *flow(words.t("All of them: {command}", command=f"tabletop check {listing.path}"), width, "quiet")]
