"""What the heading of a column means, in Dutch or in English, however somebody wrote it."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from tabletop.locale import LANGUAGES, mark, words_for

Meaning: TypeAlias = Literal[
    "number", "minute", "time", "date", "story", "length", "from", "to", "channel", "title", "text", "summary",
    "expect", "ask", "objective", "type", "location", "notes", "choices", "optional", "reserve", "condition",
    "headline", "nothing",
]  # fmt: skip
"""What a column is for. ``summary`` is a text beside the message itself, for the leader; ``nothing`` is left out."""
MEANINGS: Final[tuple[Meaning, ...]] = get_args(Meaning)

NAMES: Final[Mapping[Meaning, str]] = {
    "number": mark("number"), "minute": mark("minute"), "time": mark("time"), "date": mark("date"),
    "story": mark("story time"), "length": mark("length"), "from": mark("from"), "to": mark("to"),
    "channel": mark("channel"), "title": mark("title"), "text": mark("text"), "summary": mark("description"),
    "expect": mark("expected action"), "ask": mark("question"), "objective": mark("objective"), "type": mark("type"),
    "location": mark("location"), "notes": mark("notes"), "choices": mark("choices"), "optional": mark("optional"),
    "reserve": mark("reserve"), "condition": mark("condition"), "headline": mark("headline"),
    "nothing": mark("nothing"),
}  # fmt: skip
"""How a meaning is called in what is printed, and after --map."""

# The words for each meaning, the likeliest first: where two columns mean the same, the likelier one has it.
_SPELLINGS: Final[Mapping[Meaning, str]] = {
    "number": "# | nr | no | num | nummer | volgnummer | number | id | inject id | inject nr | inject no | inject "
    "number | inject nummer | injectnummer | event no | event number | event nr | event id | order | "
    "volgorde | serial | serial no | item | regel | line | seq | sequence | ref",
    "minute": "minute | minuut | min | minutes | minuten | planned minute | geplande minuut | time offset | "
    "offset | minutes from start | minutes after start | minuten na start | minuten na aanvang | "
    "release at minutes | release minute | t+ | t | elapsed | elapsed time | verstreken tijd | "
    "relatieve tijd | relative time",
    "time": "real time | planned time | geplande tijd | gepland | planned | exercise time | oefentijd | time | "
    "tijd | tijdstip | klok | kloktijd | clock | start | starttijd | start time | aanvang | begintijd | "
    "begin | wanneer | when | moment | tijd oefening | tijd echt | echte tijd | time of inject | inject "
    "time | injecttijd | delivery time | uur | uhrzeit | heure",
    "date": "date | datum | dag | day",
    "story": "story time | simulated time | scenario time | scenariotijd | scenario tijd | speltijd | "
    "verhaaltijd | fictieve tijd | tijd in scenario | tijd in het verhaal | gesimuleerde tijd | "
    "fictional time | game time | tijd scenario",
    "length": "max minutes | max. minutes | maximum minutes | max minuten | max. minuten | maximaal aantal "
    "minuten | duration | duur | tijdsduur | length | lengte | budget | looptijd | time allotted | "
    "beschikbare tijd | duration min | duur min | duur in minuten | duration in minutes",
    "from": "from | van | sender | afzender | zender | source | bron | from who | van wie | wie belt | beller | "
    "actor | simulated by | tegenspeler | sent by | initiator | herkomst | origin",
    "to": "to | aan | naar | recipient | recipients | ontvanger | ontvangers | geadresseerde | addressee | "
    "addressees | player | players | speler | spelers | target | targets | target teams | target team | "
    "target audience | gericht aan | bestemd voor | voor wie | aan wie | assigned to | toegewezen aan | "
    "functie | functionaris | sleutelfunctionaris | rol | role | function | team | teams | participant "
    "| participants | deelnemer | deelnemers | audience | doelgroep | voor | for | group | groep | "
    "kolom | official | receiver | receivers | bestemming | responsible player",
    "channel": "channel | kanaal | method | methode | delivery method | delivery | medium | middel | "
    "communicatiemiddel | wijze | via | inject method | method of delivery | communication method | "
    "means | hoe | how | inbrengen via | mode",
    "title": "title | titel | subject | onderwerp | kop | inject title | titel inject | naam inject | inject "
    "naam | inject name | event name | naam | name | topic | thema | theme | heading | korte "
    "omschrijving | short description",
    "text": "script | message text | berichttekst | tekst van het bericht | message | bericht | text | tekst | "
    "content | inhoud | body | inject text | injecttekst | tekst inject | inject | message content | "
    "scenario inject | boodschap | melding | incident | what happens | wat gebeurt er",
    "summary": "description | omschrijving | beschrijving | event description | inject description | event | "
    "gebeurtenis | details | detail | scenario | situatie | situation | summary | samenvatting | "
    "toelichting bericht",
    "expect": "expected action | expected actions | verwachte actie | verwachte acties | expected response | "
    "expected responses | expected outcome | expected outcomes | verwachte reactie | verwachte uitkomst "
    "| verwachte respons | verwachting | expectation | expectations | gewenste reactie | gewenste actie "
    "| expected player action | expected player actions | expected result | verwacht resultaat | "
    "anticipated response | expected | verwacht | reactie | response | beoogde actie | beoogd effect | "
    "outcome | expected behaviour | verwacht gedrag",
    "ask": "question | questions | vraag | vragen | discussion question | discussion questions | bespreekvraag "
    "| bespreekvragen | to ask | te vragen | guiding questions | prompts | discussievragen | doorvragen",
    "objective": "objective | objectives | doel | doelen | oefendoel | oefendoelen | leerdoel | leerdoelen | goal | "
    "goals | learning objective | learning objectives | doelstelling | doelstellingen | exercise "
    "objective",
    "type": "type | soort | inject type | type inject | soort inject | event type | category | categorie | kind "
    "| injecttype",
    "location": "location | locatie | plaats | place | venue | where | waar | site | adres",
    "notes": "notes | note | opmerking | opmerkingen | notitie | notities | toelichting | comments | comment | "
    "remarks | remark | bijzonderheden | aantekeningen | aandachtspunten | facilitator notes | "
    "controller notes | instructie | voor de oefenleider | oefenleider | learning points | leerpunten | "
    "instructions | notes for the leader | extra info | aanwijzingen | tegenspel aanwijzing",
    "choices": "poll | options | opties | choices | keuzes | keuze | alternatives | alternatieven | antwoordopties "
    "| answer options | dilemma | decision options | keuzemogelijkheden",
    "optional": "optional | optioneel | facultatief | may be dropped | mag vervallen",
    "reserve": "reserve | contingency | noodinject | reserve inject",
    "condition": "condition | voorwaarde | only if | alleen als | trigger | conditie",
    "headline": "headline | krantenkop | schermkop | kopregel",
    "nothing": "photo | foto | picture | picture name | afbeelding | image | profile | profiel | status | stand | "
    "actual time | werkelijke tijd | actual | werkelijk | gereed | done | responsible | "
    "verantwoordelijk | responsible controller | verantwoordelijke | controller | move | ronde | fase | "
    "phase | attachment | bijlage | url | link | hyperlink | priority | prioriteit | score | points | "
    "punten | checked | afgevinkt | paraaf | bestand | file | attachments | bijlagen | version | versie "
    "| owner | eigenaar | uitgevoerd",
}
_LONGEST: Final = 60
_CLOSE: Final = 0.84
_MOST_WORDS: Final = 6
_STEMS: Final[Mapping[str, Meaning]] = {
    "verwacht": "expect", "expect": "expect", "anticipat": "expect", "opmerk": "notes", "toelicht": "notes",
    "ontvang": "to", "recipient": "to", "deelnemer": "to", "functionaris": "to", "afzend": "from", "bericht": "text",
    "message": "text", "omschrijv": "summary", "beschrijv": "summary", "descri": "summary", "tijd": "time",
    "kanaal": "channel", "communicatie": "channel", "leerdoel": "objective", "oefendoel": "objective",
    "keuze": "choices", "volgnr": "number", "locatie": "location", "vraag": "ask", "vragen": "ask",
}  # fmt: skip
"""How a word begins that says what a heading means, where nothing surer does."""


class Guess(NamedTuple):
    """What a heading probably means, and how sure that is, from 0 to 1."""

    meaning: Meaning
    certainty: float


@cache
def _known() -> Mapping[str, Guess]:
    """Each spelling with its meaning; a spelling further down its list is a little less certain."""
    known: dict[str, Guess] = {}
    for meaning, spellings in _SPELLINGS.items():
        for place, spelling in enumerate(spellings.split(" | ")):
            known.setdefault(plain(spelling), Guess(meaning, 1.0 - min(place, 60) / 1000))
    return known


def plain(text: str) -> str:
    """Return a heading without capitals, accents and punctuation, so that ways to write it are one."""
    folded = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9#+]+", " ", folded).split()
    return " ".join(words)


def meaning_of(heading: str) -> Guess | None:
    """Return what a heading means: as it stands, as one that holds a known one, or as one that is nearly that."""
    if not heading or len(heading) > _LONGEST:
        return None
    spelled = plain(heading)
    known = _known()
    if spelled in known:
        return known[spelled]
    words = spelled.split()
    if len(words) <= _MOST_WORDS:
        for length in range(len(words) - 1, 0, -1):
            parts = [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]
            found = [known[part] for part in parts if part in known and len(part) > 2]
            if found:
                return found[0]._replace(certainty=0.9 * found[0].certainty)
    if len(spelled) >= 4 and (close := get_close_matches(spelled, known, n=1, cutoff=_CLOSE)):
        return known[close[0]]._replace(certainty=0.8)
    stem = next((stem for stem in _STEMS for word in words if word.startswith(stem)), None)
    return Guess(_STEMS[stem], 0.7) if stem is not None and len(words) <= _MOST_WORDS else None


def named_meaning(name: str) -> Meaning | None:
    """Return the meaning that somebody names after --map, in either language."""
    spelled = plain(name)
    for meaning, named in NAMES.items():
        if spelled in {meaning, *(plain(words_for(language).t(named)) for language in LANGUAGES)}:
            return meaning
    if spelled in {"niets", "weg", "geen", "none", "skip", "ignore", "laat weg", "leave out", ""}:
        return "nothing"
    guess = meaning_of(name)
    return guess.meaning if guess is not None and guess.meaning != "nothing" else None
