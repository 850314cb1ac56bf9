"""Makes an exercise of somebody else's script: what its columns hold, row by row, with every guess noted."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from tabletop.core.exercise import HEADLINE_CELLS, Language
from tabletop.core.naming import FEEDBACK, INJECT, slug
from tabletop.core.text import cells, clean_line
from tabletop.interchange.channels import channel_of
from tabletop.interchange.columns import Layout
from tabletop.interchange.grid import Cell, RowRef, text_of
from tabletop.interchange.ledger import Ledger, Part
from tabletop.interchange.lengths import fitted, in_order
from tabletop.interchange.meanings import Meaning, plain
from tabletop.interchange.moments import DAY, When, planned, story_time, when
from tabletop.interchange.people import Casting, is_everyone, names_in
from tabletop.locale import Words, words_for

_LONGEST_TITLE: Final = 60
_YES: Final = frozenset(("ja", "j", "yes", "y", "x", "true", "waar", "1", "v", "✓", "✔"))
_STAFF: Final = frozenset(
    (
        "administrative",
        "admin",
        "administratief",
        "startex",
        "endex",
        "pauze",
        "break",
        "lunch",
        "logistiek",
        "logistics",
    )
)
_EXPECTED: Final = frozenset(("expected action", "expected player action", "verwachte actie", "expected response"))
_RESERVE: Final = frozenset(
    ("contingency", "contingency inject", "noodinject", "reserve", "reserve inject", "optional inject")
)
_FEEDBACK: Final = frozenset(
    ("feedback", "feedbackmoment", "feedback point", "tussentijdse feedback", "reflectie", "reflectiemoment",
     "time out", "hot wash", "discussion", "bespreking", "evaluatiemoment", "tussenevaluatie", "interim feedback")
)  # fmt: skip
_BULLET: Final = re.compile(r"^\s*(?:[-•*–·]|\d{1,2}[.)])\s+")
_CODE: Final = re.compile(r"[A-Za-z]{0,4}\.?\s?\d{1,3}[a-z]?")
_DUTCH: Final = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "van",
        "is",
        "niet",
        "dat",
        "op",
        "te",
        "voor",
        "met",
        "zijn",
        "er",
        "aan",
        "wij",
        "ik",
        "om",
        "ook",
        "bij",
        "wat",
        "naar",
        "uw",
    ]
)
_ENGLISH: Final = frozenset(
    [
        "the",
        "a",
        "and",
        "of",
        "is",
        "not",
        "that",
        "on",
        "to",
        "for",
        "with",
        "are",
        "there",
        "at",
        "we",
        "i",
        "in",
        "also",
        "what",
        "by",
        "your",
        "you",
    ]
)


class Wanted(NamedTuple):
    """What somebody says of the exercise on the command line."""

    title: str = ""
    minutes: float | None = None
    language: Language | None = None


class Read(NamedTuple):
    """A row, with its cells by what they mean."""

    ref: RowRef
    cells: Mapping[Meaning, tuple[Cell, ...]]

    def cell(self, meaning: Meaning) -> Cell:
        return next((cell for cell in self.cells.get(meaning, ()) if cell is not None and text_of(cell)), None)

    def line(self, meaning: Meaning) -> str:
        return " ".join(text_of(self.cell(meaning)).split())

    def text(self, meaning: Meaning) -> str:
        """All that stands in the columns of this meaning, each a paragraph."""
        return "\n\n".join(text for cell in self.cells.get(meaning, ()) if (text := text_of(cell)))


def read_rows(layout: Layout, ledger: Ledger) -> Iterator[Read]:
    """Yield the rows below the headings; headings that stand there once more are left out."""
    headings = [plain(text_of(cell)) for cell in layout.heading.cells] if layout.heading else None
    for row in layout.rows:
        ref = layout.sheet.ref(row)
        ledger.take(ref)
        if headings is not None and [plain(text_of(cell)) for cell in row.cells] == headings:
            ledger.leave(ref, "import-headings-again")
            continue
        found: dict[Meaning, list[Cell]] = {}
        for column in layout.columns:
            if column.meaning is not None:
                found.setdefault(column.meaning, []).append(row.cell(column.place))
        yield Read(ref, {meaning: tuple(cells) for meaning, cells in found.items()})


def likely_language(texts: Iterable[str]) -> Language | None:
    """Return the language of most of the small words in these texts; None where there is nothing to go by."""
    words = [word for text in texts for word in re.findall(r"[a-z]+", text.casefold())]
    dutch, english = sum(word in _DUTCH for word in words), sum(word in _ENGLISH for word in words)
    return None if dutch == english else ("nl" if dutch > english else "en")


class Drafting:
    """Makes the parts of an exercise, one row after another."""

    def __init__(self, layouts: Sequence[Layout], wanted: Wanted, words: Words, title: str) -> None:
        self.ledger = Ledger()
        self._wanted = wanted
        self._rows = [row for layout in layouts for row in read_rows(layout, self.ledger)]
        self.language = wanted.language or self._language(words)
        self.words = words_for(self.language)
        self._casting = Casting(self.language, self.words)
        self._names = names_in(text_of(row.cell("to")) for row in self._rows)
        self._objectives: dict[str, str] = {}
        self._steps: list[Part] = []
        self._alike: dict[tuple[object, ...], Part] = {}
        self._has_channel = any(layout.has("channel") for layout in layouts)
        self._title = wanted.title or _title_above(layouts) or title

    def _language(self, words: Words) -> Language:
        found = likely_language(row.text("text") + " " + row.text("title") for row in self._rows)
        self.ledger.about("import-language-guessed", language=found or words.language)
        return found or words.language

    def table(self) -> dict[str, Any]:
        """Return the exercise, in the terms of its file; it may still hold what does not fit together."""
        moments = [self._moment(row) for row in self._rows]
        plan = planned(moments)
        minutes = plan.minutes
        if plan.span >= DAY and self._wanted.minutes is None:
            self.ledger.about("import-too-long-to-plan", days=round(plan.span / DAY))
            minutes = (None,) * len(self._rows)
        is_elapsed = plan.scale == "elapsed"
        for row, moment, minute in zip(self._rows, moments, minutes, strict=True):
            self._take(row, moment, minute, is_elapsed=is_elapsed)
        steps = in_order(self._steps, self.ledger)
        table = self._whole(steps)
        for name, pool in self._casting.guessed.items():
            self.ledger.about("import-pool-guessed" if pool else "import-pool-unknown", name=name, pool=pool or "field")
        for name, function in self._casting.taken_for.items():
            self.ledger.about("import-taken-for", name=name, function=function)
        return table

    # --- one row -----------------------------------------------------------------------------------------------------

    def _moment(self, row: Read) -> When | None:
        """Return when a row is planned: its minute, its time with the date beside it, or its date alone."""
        if (minute := when(row.cell("minute"), is_length=True)) is not None:
            return minute
        time, date = when(row.cell("time")), when(row.cell("date"))
        if time is not None and time.scale == "clock" and date is not None and not date.has_clock:
            return When(date.scale, date.minutes + time.minutes)
        return time or date

    def _take(self, row: Read, moment: When | None, minute: float | None, *, is_elapsed: bool) -> None:
        kind = plain(row.line("type"))
        text, title = row.text("text"), row.line("title")
        if not text and not title:
            self.ledger.leave(row.ref, "import-no-text")
        elif kind in _STAFF:
            self.ledger.leave(row.ref, "import-for-staff", kind=row.line("type"))
        elif kind in _EXPECTED and self._steps:
            before = self._steps[-1]
            before["expect"] = _paragraphs(before.get("expect", ""), text or title)
            self.ledger.join(row.ref, before.ref or row.ref)
            self.ledger.guess(row.ref, "import-as-expected")
        elif kind in _FEEDBACK:
            self._steps.append(self._feedback(row, minute, text, title))
        else:
            self._add(row, self._inject(row, moment, minute, text, title, is_elapsed=is_elapsed), moment)

    def _feedback(self, row: Read, minute: float | None, text: str, title: str) -> Part:
        lines = [*_lines(text), *_lines(row.text("ask"))] or [title]
        step = Part({"type": FEEDBACK, "minute": minute, "title": title}, row.ref)
        step["questions"] = [{"text": line} for line in lines]
        return _filled(step)

    def _inject(
        self, row: Read, moment: When | None, minute: float | None, text: str, title: str, *, is_elapsed: bool
    ) -> Part:
        ledger, ref = self.ledger, row.ref
        if not text:
            text, title = title, ""
            ledger.guess(ref, "import-title-as-text")
        elif len(title) > _LONGEST_TITLE:
            text, title = f"{title}\n\n{text}", ""
        written = row.cell("minute") or row.cell("time")
        if moment is None and written is not None:
            ledger.guess(ref, "import-time-unknown", said=row.line("minute") or row.line("time"))
        step = Part({"type": INJECT, "minute": minute, "title": title, "text": text}, ref)
        step["time"] = self._story(row, moment, is_elapsed=is_elapsed)
        step["from"] = row.line("from")
        step["to"] = self._receivers(row)
        step["channel"] = self._channel(row)
        step["expect"] = _paragraphs(
            row.text("expect"),
            row.text("summary"),
            row.text("notes"),
            self._with_name("Location", row.line("location")),
        )
        step["ask"] = _lines(row.text("ask"))
        step["objectives"] = [self._objective(text) for text in _objectives(row.text("objective"))]
        step["budget"] = self._budget(row)
        step["choices"] = self._choices(row)
        step["optional"] = plain(row.line("optional")) in _YES
        step["reserve"] = plain(row.line("reserve")) in _YES or plain(row.line("type")) in _RESERVE
        step["condition"] = row.line("condition")
        headline = row.line("headline")
        step["headline"] = headline if cells(headline) <= HEADLINE_CELLS else ""
        return _filled(step)

    def _with_name(self, name: str, text: str) -> str:
        names = {"Location": self.words.t("Location")}
        return f"{names[name]}: {text}" if text else ""

    def _story(self, row: Read, moment: When | None, *, is_elapsed: bool) -> str:
        """What the participants read: the column for it, a date beside the time, or the planned time of the clock."""
        if story := row.cell("story"):
            return story_time(story, self.words)
        date, time = row.cell("date"), row.cell("time")
        if date is not None and (found := when(date)) is not None:
            told = story_time(date, self.words)
            return told if found.has_clock or time is None else f"{told} {story_time(time, self.words)}".strip()
        if is_elapsed and moment is not None and row.cell("minute") is None:
            return ""
        return story_time(time, self.words) if time is not None and when(time) is not None else text_of(date)

    def _receivers(self, row: Read) -> list[str]:
        names = self._names.get(text_of(row.cell("to")), ())
        if any(is_everyone(name) for name in names):
            return []
        return list(dict.fromkeys(self._casting.code(name) for name in names))

    def _channel(self, row: Read) -> str:
        said = row.line("channel") or ("" if self._has_channel else row.line("type"))
        if not said:
            return ""
        means = channel_of(said)
        if means is None:
            if row.line("channel"):
                self.ledger.guess(row.ref, "import-channel-unknown", said=said)
            return ""
        if not means.is_exact:
            self.ledger.guess(row.ref, "import-channel-near", said=said, channel=means.channel)
        return means.channel

    def _objective(self, text: str) -> str:
        return self._objectives.setdefault(text, f"o{len(self._objectives) + 1}")

    def _budget(self, row: Read) -> float | None:
        length = when(row.cell("length"), is_length=True)
        if length is None or length.scale != "elapsed" or not 0 < length.minutes <= 240:
            return None
        return length.minutes

    def _choices(self, row: Read) -> list[dict[str, str]]:
        text = row.text("choices")
        parts = text.split("|") if "|" in text else re.split(r"[\n;]", text)
        said = list(dict.fromkeys(line for part in parts if (line := _BULLET.sub("", clean_line(part)).strip())))
        if len(said) < 2:
            if said:
                self.ledger.guess(row.ref, "import-one-choice", said=said[0])
            return []
        return choices(said)

    # --- rows together -----------------------------------------------------------------------------------------------

    def _add(self, row: Read, step: Part, moment: When | None) -> None:
        """Add a step, or to an equal one its receivers: one message to several is one inject."""
        same = ("title", "text", "from", "time", "channel", "minute", "reserve", "condition")
        told = [tuple(one.values()) for one in step.get("choices", [])]
        key = (*(step.get(name) for name in same), tuple(told), moment or len(self._steps))
        first = self._alike.get(key)
        if first is None and moment is None and self._steps:
            last = self._steps[-1]
            first = last if all(last.get(name) == step.get(name) for name in (*same, "choices")) else None
        if first is None:
            self._alike[key] = step
            self._steps.append(step)
            return
        self.ledger.join(row.ref, first.ref or row.ref)
        both = [first.get("to", []), step.get("to", [])]
        first["to"] = list(dict.fromkeys([*both[0], *both[1]])) if all(both) else []
        for name in ("ask", "objectives"):
            if name in step:
                first[name] = list(dict.fromkeys([*first.get(name, []), *step[name]]))
        if step.get("expect", "") not in first.get("expect", ""):
            first["expect"] = _paragraphs(first.get("expect", ""), step["expect"])

    # --- the whole ---------------------------------------------------------------------------------------------------

    def _whole(self, steps: list[Part]) -> dict[str, Any]:
        if any(step["type"] == INJECT and not step.get("to") for step in steps) and not self._casting.officials:
            self._casting.everybody()
            self.ledger.about("import-no-officials")
        if not self._has_channel and not any("channel" in step for step in steps):
            self.ledger.about("import-no-channel")
        table: dict[str, Any] = {"id": slug(self._title) or "exercise", "title": self._title, "language": self.language}
        table |= fitted(steps, self._wanted.minutes, self.ledger)
        table["objectives"] = [{"id": code, "text": self._sentence(text)} for text, code in self._objectives.items()]
        table["officials"] = self._casting.officials
        table["steps"] = steps
        return table

    def _sentence(self, text: str) -> str:
        return f"{self.words.t('Objective')} {text}" if _CODE.fullmatch(text) else text


def choices(said: Iterable[str]) -> list[dict[str, str]]:
    """Return the ways out of a dilemma, each with an id of its own."""
    found: dict[str, str] = {}
    for number, text in enumerate(said, start=1):
        code = slug(text) or f"k{number}"
        found[code if code not in found else f"{code[:36]}-{number}"] = text
    return [{"id": code, "text": text} for code, text in found.items()]


def _title_above(layouts: Sequence[Layout]) -> str:
    """Return what stands above the headings, where that is one short text."""
    for layout in layouts:
        for row in layout.above:
            said = [clean_line(text_of(cell)) for cell in row.cells if text_of(cell)]
            if len(said) == 1 and len(said[0]) <= _LONGEST_TITLE:
                return said[0]
    return ""


def _lines(text: str) -> list[str]:
    return [line for one in text.split("\n") if (line := _BULLET.sub("", one).strip())]


def _objectives(text: str) -> list[str]:
    lines = [line for one in re.split(r"[\n;]", text) if (line := _BULLET.sub("", clean_line(one)).strip())]
    parts = [part.strip() for line in lines for part in line.split(",")]
    return parts if parts and all(map(_CODE.fullmatch, parts)) else lines


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(filter(None, texts))


def _filled(step: Part) -> Part:
    """Return the step without what says nothing."""
    return Part(
        {
            key: value
            for key, value in step.items()
            if value is not None and value is not False and value not in ("", [])
        },
        step.ref,
    )
