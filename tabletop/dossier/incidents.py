"""A real incident as a log of its own, so that what it taught stands beside what exercises taught.

It is written down in a small form, a file that explains itself, and becomes a log in the ordinary format: the head says
where what is known of it comes from, and each point carries the name of whoever entered it.
"""

import secrets
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Annotated, Final, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tabletop.core import events as e
from tabletop.core.exercise import Exercise, Inject, Language, Official
from tabletop.core.naming import slug
from tabletop.core.text import Line, RequiredLine, Text, clean_line
from tabletop.files import cards, library
from tabletop.files.log.writing import block_of, head_of, put_new
from tabletop.files.trouble import Trouble

_Counts = Annotated[tuple[Annotated[int, Field(ge=0, le=10_000_000)], ...], Field(min_length=5, max_length=5)]


class IncidentPoint(BaseModel):
    """What somebody learned in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    official: Line = ""
    text: RequiredLine
    turn: e.Turn = "change"
    kind: e.PointKind = "observation"
    level: e.Level = "organisation"
    aspect: e.Aspect = "process"
    themes: tuple[Line, ...] = ()


class Incident(BaseModel):
    """The form, as somebody filled it in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: RequiredLine
    date: date
    source: RequiredLine
    group: Line = ""
    language: Language = "nl"
    summary: Text = ""
    points: tuple[IncidentPoint, ...] = ()
    survey: tuple[_Counts, ...] = Field((), max_length=e.SURVEY_QUESTIONS)


_FORMS: Final[dict[Language, str]] = {
    "nl": """\
# Een echt incident, als logboek voor het dossier. Vul in, bewaar, en geef dan:
#   tabletop dossier --incident dit-bestand.toml --reviewer "uw naam"
# Noem functies, geen personen. Wat achter een # staat, telt niet mee.

title = "Hoe het incident heet"
date = 2026-01-31
source = "Waar dit uit blijkt: welke evaluatie, welk gesprek"
# group = "Gemeente of regio die het trof"
# summary = "In een paar zinnen wat er gebeurde."

[[points]]
official = "OvD-BZ"          # de functie; weglaten als het van iedereen is
turn = "change"              # keep: vasthouden, change: anders doen
text = "Eén zin."
themes = ["eerste vraag"]
# kind = "observation"       # question, practice, proposal of observation
# level = "organisation"     # individual, organisation of both
# aspect = "process"         # process of effect

# De enquête onder inwoners, als die er was: per vraag hoe vaak 1, 2, 3, 4 en 5 is geantwoord.
# survey staat boven het eerste [[points]]: survey = [[2, 5, 8, 20, 11]]
""",
    "en": """\
# A real incident, as a log for the dossier. Fill it in, save it, and then give:
#   tabletop dossier --incident this-file.toml --reviewer "your name"
# Name functions, no people. What stands behind a # does not count.

title = "What the incident is called"
date = 2026-01-31
source = "Where this is known from: which evaluation, which conversation"
language = "en"
# group = "Municipality or region that it struck"
# summary = "In a few sentences what happened."

[[points]]
official = "OvD-BZ"          # the function; leave it out where it is everybody's
turn = "change"              # keep, or change: do differently
text = "One sentence."
themes = ["first question"]
# kind = "observation"       # question, practice, proposal or observation
# level = "organisation"     # individual, organisation or both
# aspect = "process"         # process or effect

# The survey among residents, if there was one: for each question how often 1, 2, 3, 4 and 5 was the answer.
# survey stands above the first [[points]]: survey = [[2, 5, 8, 20, 11]]
""",
}


def form(language: Language) -> str:
    """The form to fill in, in one of the languages."""
    return _FORMS[language]


def read(path: Path) -> Incident:
    """Read a form; raises Trouble, or Broken with every mistake and its line."""
    from tabletop.files.mistakes import Broken, faults_of, located

    text = library.read(path)
    data = library.tables_of(path, text)
    try:
        incident = Incident.model_validate(data)
    except ValidationError as error:
        file = clean_line(path.name)
        raise Broken(file, located(file, data, text, faults_of(error))) from None
    if incident.title in [tomllib.loads(form)["title"] for form in _FORMS.values()]:
        raise Trouble("dossier-form-empty", file=str(path))
    return incident


def write(incident: Incident, folder: Path, reviewer: str) -> Path:
    """Write the log of an incident into a folder, and say where it stands. Raises Trouble."""
    at = datetime.combine(incident.date, time(12)).astimezone()
    name = f"{incident.date.isoformat()}-{slug(incident.title) or 'incident'}"
    officials = tuple(_officials(incident))
    head = e.Head(
        id=f"{name}-{secrets.token_hex(2)}",
        started=at,
        group=incident.group,
        incident=incident.source,
        language=incident.language,
        exercise=Exercise(
            id=slug(incident.title) or "incident",
            title=incident.title,
            language=incident.language,
            officials=officials or (Official(id="all", name="–"),),
            steps=(Inject(id="a1", text=incident.summary.strip() or incident.title),),
        ),
        participants=tuple(e.Participant(official=one.id) for one in officials),
    )
    path = folder / f"{name}.toml"
    events = [event.model_copy(update={"n": n}) for n, event in enumerate(_events(incident, at, reviewer), start=1)]
    put_new(path, head_of(head) + b"".join(block_of(event, event.n) for event in events))
    return path


def _id(official: str) -> str | None:
    """The id of a function: as it was written, or that of the role card with this name, in either language."""
    known = _by_name()
    written = slug(official)
    return known.get(written) or known.get(slug(official.partition("(")[0])) or written or None


@cache
def _by_name() -> Mapping[str, str]:
    return {slug(card.name): card.id for language in get_args(Language) for card in cards.shipped(language).cards}


def _officials(incident: Incident) -> Iterator[Official]:
    names: dict[str | None, str] = {}
    for point in incident.points:
        names.setdefault(_id(point.official), point.official)
    for official, name in names.items():
        if official is not None:
            yield Official(id=official, name=name)


def _events(incident: Incident, at: datetime, reviewer: str) -> Iterator[e.Event]:
    yield e.SessionStarted(at=at, clock=0.0)
    for number, point in enumerate(incident.points, start=1):
        yield e.LearningPointNoted(
            at=at, clock=0.0, reviewer=reviewer, id=f"lp-{number}", official=_id(point.official), text=point.text,
            turn=point.turn, kind=point.kind, level=point.level, aspect=point.aspect, themes=point.themes,
        )  # fmt: skip
    for question, counts in enumerate(incident.survey, start=1):
        yield e.SurveyCounted(at=at, clock=0.0, reviewer=reviewer, question=question, counts=counts)
    yield e.SessionEnded(at=at, clock=0.0)
