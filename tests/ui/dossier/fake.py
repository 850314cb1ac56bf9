"""A dossier made of values: a year of a region that does not exist, with an engine of a few lines, for the screen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tabletop.core.learning import plain_word
from tabletop.dossier.answers import (
    Action,
    Cell,
    Column,
    Found,
    Heat,
    HeatRow,
    InjectInGroup,
    InjectSideBySide,
    NotPractised,
    Overview,
    PointSeen,
    Proposal,
    Question,
    Recurring,
    Run,
    Skipped,
)

TODAY = date(2026, 11, 24)
FUNCTIONS = {
    "ovd-bz": "OvD-BZ", "hpz": "Hoofd publieke zorg", "backoffice": "Backoffice", "ac-bz": "AC-BZ",
    "strategisch-adviseur": "Strategisch adviseur", "communicatie": "Communicatie",
    "informatiemanager": "Informatiemanager",
}  # fmt: skip
AWAY = {"hpz": (2, 7), "ac-bz": (1, 4, 8), "strategisch-adviseur": (0, 3, 5, 9), "communicatie": (6,),
        "informatiemanager": (0, 2, 3, 5, 7, 8)}  # fmt: skip
DAYS = ("2025-09-16", "2025-10-14", "2025-11-18", "2026-01-20", "2026-02-17", "2026-03-24", "2026-04-21", "2026-06-09",
        "2026-10-06", "2026-11-09", "2026-11-23")  # fmt: skip
TITLES = ("Zonder gas", "Kraan op de kade", "Het water komt")
GROUPS = ("Noord", "Zuid", "Kust")

# theme, function, turn, kind, the runs in which it was noted, words
NOTED: Sequence[tuple[str, str, str, str, tuple[int, ...], tuple[str, ...]]] = (
    (
        "eerste vraag",
        "ovd-bz",
        "change",
        "observation",
        (1, 4, 7, 10),
        (
            "Wij deden eerst, en vroegen daarna.",
            "De eerste vraag kwam pas na het besluit.",
            "Eerst vragen: moeten wij hier iets doen?",
            "Meteen bezig, de vraag bleef liggen.",
        ),
    ),
    ("eerste vraag", "hpz", "keep", "observation", (5,), ("De vraag lag als eerste op tafel.",)),
    (
        "eerste vraag",
        "ac-bz",
        "change",
        "observation",
        (3, 6, 10),
        (
            "De eerste vraag hoort boven aan mijn kaart.",
            "Vraag vergeten toen de opschaling kwam.",
            "Ik ging uit van ja.",
        ),
    ),
    (
        "eerste vraag",
        "strategisch-adviseur",
        "keep",
        "practice",
        (2, 8),
        ("Hardop vragen of de overheid hier iets moet.", "De vraag hardop stellen gaf rust."),
    ),
    (
        "tijd kopen",
        "ovd-bz",
        "change",
        "observation",
        (2, 4, 8, 9, 10),
        (
            "Te snel in de auto.",
            "Ik reed weg zonder te weten waarheen.",
            "Koffie voor de opschaling gaf rust.",
            "Vijf minuten wachten, dan bellen.",
            "Ik reed meteen weg. Eerst koffie.",
        ),
    ),
    ("tijd kopen", "hpz", "keep", "observation", (8,), ("Even niets doen hielp ons allemaal.",)),
    ("tijd kopen", "backoffice", "change", "observation", (6,), ("Er was geen tijd, zei iedereen; die was er wel.",)),
    (
        "tijd kopen",
        "ac-bz",
        "keep",
        "proposal",
        (3, 9),
        ("Vijf minuten stilte na elke opschaling.", "Stilte vóór het eerste overleg invoeren."),
    ),
    (
        "verminderd zelfredzaam",
        "ovd-bz",
        "change",
        "question",
        (5,),
        ("Wie zijn hier eigenlijk de minder zelfredzamen?",),
    ),
    (
        "verminderd zelfredzaam",
        "hpz",
        "change",
        "observation",
        (0, 4, 9),
        (
            "Iedereen bedoelde iets anders met minder zelfredzaam.",
            "De lijst van de zorginstellingen lag er, ongelezen.",
            "Gezinnen met een baby stonden op geen enkele lijst.",
        ),
    ),
    (
        "verminderd zelfredzaam",
        "backoffice",
        "keep",
        "practice",
        (4, 7),
        ("Eén lijst die op het scherm blijft staan.", "De lijst hardop voorlezen."),
    ),
    ("verminderd zelfredzaam", "informatiemanager", "keep", "observation", (4,), ("De kaart met groepen hielp.",)),
    ("informeren", "hpz", "change", "observation", (3,), ("Bewoners wisten het eerder dan wij.",)),
    ("informeren", "strategisch-adviseur", "change", "question", (6,), ("Wat zou ik zelf willen weten?",)),
    (
        "informeren",
        "communicatie",
        "change",
        "observation",
        (0, 3, 7, 10),
        (
            "Het eerste bericht kwam na vijftig minuten.",
            "Wij wachtten op zekerheid die niet kwam.",
            "Zeg wat je niet weet.",
            "Het eerste bericht kan in tien minuten.",
        ),
    ),
    (
        "informeren",
        "informatiemanager",
        "keep",
        "observation",
        (1, 6),
        ("LCMS stond er op tijd.", "Beeld was gedeeld."),
    ),
    (
        "opschaling",
        "ovd-bz",
        "change",
        "observation",
        (6, 9),
        ("GRIP is geen opdracht om te rennen.", "Opgeschaald, dus bezig."),
    ),
    ("opschaling", "backoffice", "change", "observation", (2,), ("Wij wisten niet dat er opgeschaald was.",)),
    (
        "opschaling",
        "ac-bz",
        "keep",
        "observation",
        (0, 5, 7),
        ("Rustig opgeschaald.", "Eerst gebeld, toen gereden.", "Opschalen zonder haast."),
    ),
    (
        "opschaling",
        "strategisch-adviseur",
        "change",
        "observation",
        (4, 7, 10),
        (
            "De burgemeester werd het eerst gebeld.",
            "Bellen met de burgemeester kostte een kwartier.",
            "Wie belt de burgemeester?",
        ),
    ),
    ("opschaling", "informatiemanager", "change", "observation", (9,), ("Geen plek in het overleg.",)),
    (
        "andere kolommen",
        "ovd-bz",
        "change",
        "observation",
        (0, 8),
        ("De brandweer verwacht nog het oude bevolkingszorg.", "Uitleggen waarom, niet alleen wat."),
    ),
    ("andere kolommen", "hpz", "keep", "observation", (10,), ("De GHOR had de lijst al.",)),
    ("andere kolommen", "ac-bz", "change", "observation", (2,), ("Het is geen bezuiniging, zeg dat ook.",)),
    (
        "opvang",
        "hpz",
        "change",
        "proposal",
        (5, 8),
        ("Geen opvang openen voordat iemand erom vraagt.", "Eerst vragen wie er al ergens slaapt."),
    ),
    ("opvang", "backoffice", "change", "observation", (10,), ("Vijfhonderd bedden, drie gasten.",)),
    ("opvang", "strategisch-adviseur", "change", "observation", (1,), ("De sporthal was het antwoord vóór de vraag.",)),
    ("medewerkers", "backoffice", "keep", "observation", (1, 9), ("Mensen kwamen vanzelf.", "Zacht piket werkte.")),
    ("medewerkers", "ac-bz", "keep", "observation", (0,), ("Een bedankje deed meer dan een training.",)),
)


def _runs() -> tuple[Run, ...]:
    runs = []
    for place, day in enumerate(DAYS):
        title = TITLES[place % 3]
        there = tuple(one for one in FUNCTIONS if place not in AWAY.get(one, ()))
        exercise = title.lower().replace(" ", "-")
        runs.append(
            Run(f"run-{place}", Path(f"/home/anna/tabletop/{day}-{exercise}.toml"), title,
                date.fromisoformat(day), "nl", False, "", "Hollands Midden" if place == 6 else "",
                GROUPS[place % 2 + (place == 9)], exercise, there,
                sum(place in noted for *_, noted, _ in NOTED))
        )  # fmt: skip
    incident = Run("inc-1", Path("/home/anna/tabletop/2026-05-02-brand.toml"), "Brand in de molen", date(2026, 5, 2),
                   "nl", True, "evaluatie van de regio", "", "", "", ("ovd-bz",), 1)  # fmt: skip
    return (*runs, incident)


@dataclass
class FakeDossier:
    """Answers as the engine does, from a list of values; and takes decisions, so that a test sees what came of them."""

    runs_: tuple[Run, ...] = field(default_factory=_runs)
    decided: list[tuple[object, ...]] = field(default_factory=list)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    along: set[str] = field(default_factory=set)
    linked: list[tuple[str, str]] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    closed: dict[str, tuple[date, str]] = field(default_factory=dict)
    threshold: int = 2
    more: tuple[PointSeen, ...] = ()
    """Points that a test adds, such as hostile ones."""

    # --- what is known ---

    def _points(self) -> tuple[PointSeen, ...]:
        found = []
        for number, (theme, official, turn, kind, noted, texts) in enumerate(NOTED):
            for place, text in zip(noted, texts, strict=True):
                if place >= len(self.runs_):
                    continue
                run = self.runs_[place]
                theme_now = self.renamed.get(theme, theme)
                found.append(
                    PointSeen(run.id, f"lp-{number}", run.day, run.title, run.group, run.origin, official,
                              FUNCTIONS[official], "A3 Vijfhonderd bedden", text, turn, kind, "both", "process",  # type: ignore[arg-type]
                              (theme_now,))
                )  # fmt: skip
        return (*found, *self.more)

    def overview(self) -> Overview:
        recurring = self.recurring()
        days = [run.day for run in self.runs_]
        skipped = (Skipped(Path("/home/anna/tabletop/boodschappen.toml"), "file-empty", {"file": "boodschappen.toml"}),)
        return Overview(len(self.runs_), sum(run.is_incident for run in self.runs_), min(days, default=None),
                        max(days, default=None), len(self._points()), sum(one.state == "pattern" for one in recurring),
                        sum(one.state == "signal" for one in recurring), skipped if self.runs_ else ())  # fmt: skip

    def runs(self) -> tuple[Run, ...]:
        return self.runs_

    def heat(self, year: int | None = None) -> Heat:
        points = [point for point in self._points() if year is None or point.day.year == year]
        runs = [run for run in self.runs_ if not run.is_incident and (year is None or run.day.year == year)]
        officials = list(dict.fromkeys((*FUNCTIONS, *(point.official for point in points))))
        there = {one: sum(one in run.officials for run in runs) for one in officials}
        labels = {**{point.official: point.label for point in points}, **FUNCTIONS}
        columns = tuple(Column(one, labels[one], there[one]) for one in officials) if runs else ()
        rows = []
        for theme in dict.fromkeys(theme for point in points for theme in point.themes):
            cells = []
            for one in officials:
                here = [point for point in points if point.official == one and theme in point.themes]
                seen = len({point.run for point in here})
                state = None if not here else "pattern" if seen >= self.threshold else "signal"
                cells.append(Cell(one, seen, there[one], len(here), seen, state))  # type: ignore[arg-type]
            seen = len({point.run for point in points if theme in point.themes})
            rows.append(HeatRow(theme, tuple(cells), seen, len(runs)))
        return Heat(columns, tuple(rows))

    def recurring(self, *, theme: str = "", official: str = "", patterns_only: bool = False) -> tuple[Recurring, ...]:
        groups: dict[str, list[PointSeen]] = {}
        for point in sorted(self._points(), key=lambda point: point.day):
            first = next((key for key in groups if key.split("/")[1] == point.id), point.key)
            groups.setdefault(first, []).append(point)
        for one, other in self.linked:
            if one in groups and other in groups:
                groups[one] += groups.pop(other)
        found = []
        for key, points in groups.items():
            newest = sorted(points, key=lambda point: point.day, reverse=True)
            texts = tuple(dict.fromkeys(point.text for point in newest))
            count = len({point.run for point in points})
            state = "pattern" if count >= self.threshold else "signal"
            returned = date(2026, 4, 1) if key == "run-2/lp-4" else None
            found.append(Recurring(key, texts[0], texts[1:], state, tuple(points), count,  # type: ignore[arg-type]
                                   self.proposals.get(key), key in self.along, returned))  # fmt: skip
        return tuple(
            one for one in found
            if (not patterns_only or one.state == "pattern")
            and (not theme or any(theme in point.themes for point in one.points))
            and (not official or any(point.official == official for point in one.points))
        )  # fmt: skip

    def points(self, *, theme: str = "", official: str = "") -> tuple[PointSeen, ...]:
        return tuple(
            point for point in self._points()
            if (not theme or theme in point.themes) and (not official or point.official == official)
        )  # fmt: skip

    def questions(self) -> tuple[Question, ...]:
        asked = [one for one in self.recurring() if one.points[0].kind == "question"]
        answers = []
        for one in asked:
            under = self.recurring(theme=one.points[0].themes[0])
            answers.append(
                Question(one, tuple(other for other in under if other.points[0].kind == "practice"),
                         tuple(other for other in under if other.points[0].kind == "proposal"))
            )  # fmt: skip
        return tuple(answers)

    def actions(self, *, open_only: bool = True) -> tuple[Action, ...]:
        if not self.runs_:
            return ()
        found = (
            Action("run-8", "ac-1", "Het water komt", "De eerste vraag boven aan elke checklist zetten", "AC-BZ",
                   date(2026, 11, 2), "run-3/lp-2", None),
            Action("run-10", "ac-2", "Kraan op de kade", "Proefbericht voor bewoners klaarleggen", "Communicatie",
                   date(2026, 12, 15), "", None),
            Action("run-4", "ac-3", "Kraan op de kade", "Afspreken wie de burgemeester belt", "Strategisch adviseur",
                   date(2026, 3, 15), "run-2/lp-4", date(2026, 4, 1), "staat in het plan"),
        )  # fmt: skip
        now = [
            one._replace(closed=self.closed[one.key][0], note=self.closed[one.key][1])
            if one.key in self.closed
            else one
            for one in found
        ]
        return tuple(one for one in now if not open_only or one.closed is None)

    def not_practised(self, year: int) -> NotPractised:
        return NotPractised(year, ("Informatiemanager",), ("specialist",), ("Weten wanneer u niets doet",),
                            ("Uitgaan van zelfredzaamheid (BZOO)",),
                            ("Checklist opvang", "Kaart verwanten"))  # fmt: skip

    def side_by_side(self, exercise: str) -> tuple[InjectSideBySide, ...]:
        runs = [run for run in self.runs_ if run.exercise == exercise]
        names = ("A1 De melding", "A2 De wijk is donker", "A3 Vijfhonderd bedden", "A4 Wie belt de burgemeester?")
        return tuple(
            InjectSideBySide(exercise, f"a{n}", name, tuple(
                InjectInGroup(run.group, run.id, run.day, None if n == 4 and place == 1 else 4.0 + 3 * n + place,
                              6.0 + n, (n + place) % 3, place % 2)
                for place, run in enumerate(runs)
            ))
            for n, name in enumerate(names, start=1)
        )  # fmt: skip

    def belonging(self, point: str) -> Recurring | None:
        return next((one for one in self.recurring() if point in (seen.key for seen in one.points)), None)

    def search(self, text: str, most: int = 50) -> tuple[Found, ...]:
        def holds(point: PointSeen) -> bool:
            words = plain_word(" ".join([point.text, point.label, *point.themes]))
            named = {"@": plain_word(point.label + point.official), "#": plain_word(" ".join(point.themes))}
            for part in plain_word(text).split():
                if part in "+-":
                    fits = point.turn == ("keep" if part == "+" else "change")
                elif part.isdigit():
                    fits = point.day.year == int(part)
                else:
                    fits = part.lstrip("@#") in named.get(part[0], words)
                if not fits:
                    return False
            return True

        return tuple(Found(point) for point in self._points() if holds(point))[:most]

    # --- what is decided ---

    def check(self) -> None:
        pass

    def link(self, one: str, other: str, by: str) -> None:
        self.decided.append(("link", one, other, by))
        self.linked.append((one, other))

    def unlink(self, point: str, by: str) -> None:
        self.decided.append(("unlink", point, by))

    def propose(self, point: str, text: str, reason: str, by: str) -> None:
        self.decided.append(("propose", point, text, reason, by))
        self.proposals[point] = Proposal("pr-1", text, reason, by, TODAY)

    def use(self, point: str, day: date, where: str, by: str) -> None:
        self.decided.append(("use", point, day, where, by))
        self.proposals[point] = self.proposals[point]._replace(uses=((day, where),))

    def take_along(self, point: str, by: str, *, along: bool) -> None:
        self.decided.append(("along", point, along, by))
        (self.along.add if along else self.along.discard)(point)

    def rename_theme(self, theme: str, name: str, by: str) -> None:
        self.decided.append(("rename", theme, name, by))
        self.renamed[theme] = name

    def merge_theme(self, theme: str, into: str, by: str) -> None:
        self.decided.append(("merge", theme, into, by))
        self.renamed[theme] = into

    def name_group(self, run: str, group: str, by: str) -> None:
        self.decided.append(("group", run, group, by))
        self.runs_ = tuple(one._replace(group=group) if one.id == run else one for one in self.runs_)

    def close_action(self, action: str, note: str, by: str) -> None:
        self.decided.append(("close", action, note, by))
        self.closed[action] = TODAY, note

    def reopen_action(self, action: str, by: str) -> None:
        self.decided.append(("reopen", action, by))
        self.closed.pop(action, None)

    def set_threshold(self, occasions: int, by: str) -> None:
        self.decided.append(("threshold", occasions, by))
        self.threshold = occasions


def with_proposal(dossier: FakeDossier) -> FakeDossier:
    """A dossier in which something was proposed, and goes along."""
    key = "run-3/lp-7"
    proposal = Proposal("pr-1", "Na elke opschaling vijf minuten stilte", "drie keer gezien dat het rust geeft", "Noor",
                        date(2026, 10, 7))  # fmt: skip
    return replace(dossier, proposals={key: proposal}, along={key})
