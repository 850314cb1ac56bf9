"""Writes the reference of the exercise file, in English and in Dutch, out of its schema.

What is said of each part and each key comes from the models; an example for each part stands here, and a test reads all
of them as parts of an exercise.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from tabletop.files.schema import NAME, exercise_schema
from tabletop.locale import Language, words_for

Schema = Mapping[str, Any]
NAMES: Final[Mapping[Language, str]] = {"en": "exercise-format.md", "nl": "exercise-format-nl.md"}

# The words of the reference itself.
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "The exercise file",
        "made": "made by .ci/docs.py from tabletop/core/exercise.py and .ci/format.py",
        "other": "[Nederlands](exercise-format-nl.md)",
        "intro": """An exercise is one TOML file that reads from top to bottom as its storyline. `tabletop new`
makes one to begin with, `tabletop check FILE` says what is wrong in it and what could be better. Only a title, the
officials and the texts are required. A key that is not in this reference is a mistake. Text between `\"\"\"` and
`\"\"\"` keeps its lines.

An editor with a TOML language server, such as taplo, completes the keys and checks them while you type when the first
line of the file is `#:schema ./{schema}` and that file stands beside it: `tabletop schema -o {schema}`
writes it, and `tabletop new` puts it there.""",
        "top": "At the top of the file",
        "within": "inside `{part}`",
        "head": "key|what it is|value|when left out",
        "required": "**required**",
        "string": "text", "line": "text", "id": "id", "number": "number", "integer": "whole number",
        "boolean": "`true` or `false`", "array": "list of {items}", "table": "part: see {links}",
        "tables": "parts: see {links}", "strings": "texts", "ids": "ids",
        "minimum": "from {limit}", "exclusiveMinimum": "more than {limit}", "maximum": "to {limit}",
        "lines": "An id is lower-case letters, digits and hyphens, such as `ovd-bz`.",
        "example": "For example:",
    },
    "nl": {
        "title": "Het oefenbestand",
        "made": "gemaakt door .ci/docs.py uit tabletop/core/exercise.py en .ci/format.py",
        "other": "[English](exercise-format.md)",
        "intro": """Een oefening is één TOML-bestand dat van boven naar beneden leest als het draaiboek.
`tabletop new` maakt er een om mee te beginnen, `tabletop check BESTAND` zegt wat er niet klopt en wat beter kan. Alleen
een titel, de functies en de teksten zijn verplicht. Een sleutel die niet in dit overzicht staat, is een fout. Tekst
tussen `\"\"\"` en `\"\"\"` houdt zijn regels.

Een editor met een taalserver voor TOML, zoals taplo, vult de sleutels aan en controleert ze terwijl u typt, als de
eerste regel van het bestand `#:schema ./{schema}` is en dat bestand ernaast staat:
`tabletop schema -o {schema}` schrijft het, en `tabletop new` zet het neer.""",
        "top": "Boven in het bestand",
        "within": "binnen `{part}`",
        "head": "sleutel|wat het is|waarde|weggelaten",
        "required": "**verplicht**",
        "string": "tekst", "line": "tekst", "id": "id", "number": "getal", "integer": "geheel getal",
        "boolean": "`true` of `false`", "array": "lijst van {items}", "table": "deel: zie {links}",
        "tables": "delen: zie {links}", "strings": "teksten", "ids": "id's",
        "minimum": "vanaf {limit}", "exclusiveMinimum": "meer dan {limit}", "maximum": "tot en met {limit}",
        "lines": "Een id bestaat uit kleine letters, cijfers en koppeltekens, zoals `ovd-bz`.",
        "example": "Bijvoorbeeld:",
    },
}  # fmt: skip

# An example of each part, in English and in Dutch.
EXAMPLES: Final[Mapping[str, Mapping[Language, str]]] = {
    "": {
        "en": """
title = "Power cut"
language = "en"
minutes = 75
situation = \"\"\"
The municipality of Example (fictional), on a Tuesday in winter.
Nothing has happened yet.\"\"\"
themes = ["communication", "staff"]
""",
        "nl": """
title = "Stroom weg"
language = "nl"
minutes = 75
situation = \"\"\"
Gemeente Voorbeeld (fictief), op een dinsdag in de winter.
Er is nog niets gebeurd.\"\"\"
themes = ["communicatie", "medewerkers"]
""",
    },
    "basis": {
        "en": """
[basis]
text = "In the winter of 2015 a neighbourhood was without gas for days."
sources = ["The municipality's own evaluation"]
not_known = "How many people stayed with neighbours."
reveal = "This happened: more than a thousand homes, and hardly anybody came to the sports hall."
question = "What did we do that was not needed there?"
""",
        "nl": """
[basis]
text = "In de winter van 2015 zat een wijk dagenlang zonder gas."
sources = ["De eigen evaluatie van de gemeente"]
not_known = "Hoeveel mensen bij buren sliepen."
reveal = "Dit gebeurde: meer dan duizend woningen, en vrijwel niemand kwam naar de sporthal."
question = "Wat deden wij dat daar niet nodig was?"
""",
    },
    "objectives": {
        "en": """
[[objectives]]
id = "o1"
text = "Ask first whether government should do anything here."
short = "first question"
""",
        "nl": """
[[objectives]]
id = "o1"
text = "Eerst vragen of de overheid hier iets moet doen."
short = "eerste vraag"
""",
    },
    "officials": {
        "en": """
[[officials]]
id = "ovd-bz"
name = "Duty officer population care"
label = "OvD-BZ"
pool = "field"

[[officials]]
id = "mayor"
name = "Mayor"
pool = "leadership"
key = false             # you play the mayor yourself
rank = 9
""",
        "nl": """
[[officials]]
id = "ovd-bz"
name = "Officier van dienst bevolkingszorg"
label = "OvD-BZ"
pool = "field"

[[officials]]
id = "burgemeester"
name = "Burgemeester"
pool = "leadership"
key = false             # de burgemeester speelt u zelf
rank = 9
""",
    },
    "checklist": {
        "en": """
[checklist]
title = "Power cut"
lines = ["Buy time.", "Who owns the problem?"]
""",
        "nl": """
[checklist]
title = "Stroom weg"
lines = ["Koop tijd.", "Wie is eigenaar van het probleem?"]
""",
    },
    "debrief": {
        "en": """
[debrief]
minutes = 14
questions = [{ text = "First impression, one sentence.", about = "impression" }]
""",
        "nl": """
[debrief]
minutes = 14
questions = [{ text = "Eerste indruk, één zin.", about = "impression" }]
""",
    },
    "debrief.questions": {
        "en": """
[[debrief.questions]]
text = "One learning point for myself."
hint = "You may keep it to yourself."
about = "own-point"
""",
        "nl": """
[[debrief.questions]]
text = "Eén leerpunt voor mijzelf."
hint = "U mag het voor uzelf houden."
about = "own-point"
""",
    },
    "call_out": {
        "en": """
[call_out]
minutes = 60
note = "A proposal from the field, not proven."
rules = ["Nothing is really ordered or paid for."]
question = "Can you do this now, safely?"
script = "EXERCISE. This is {leader} of exercise control. Your task: {card}"
cards = [{ id = "k1", title = "A warm place", text = "A warm, dry place for 25 people until eleven tonight." }]
""",
        "nl": """
[call_out]
minutes = 60
note = "Een voorstel uit het veld, niet bewezen."
rules = ["Er wordt niets echt besteld of betaald."]
question = "Kunt u dit nu doen, en veilig?"
script = "OEFENING. U spreekt met {leader} van de oefenleiding. Uw opdracht: {card}"
cards = [{ id = "k1", title = "Een warme plek", text = "Een warme, droge plek voor 25 mensen tot elf uur vanavond." }]
""",
    },
    "call_out.cards": {
        "en": """
[call_out]
script = "EXERCISE. Your task: {card}"

[[call_out.cards]]
id = "k5"
title = "A relatives' phone"
text = "Somebody who answers the phone for relatives tonight."
""",
        "nl": """
[call_out]
script = "OEFENING. Uw opdracht: {card}"

[[call_out.cards]]
id = "k5"
title = "Telefoon voor verwanten"
text = "Iemand die vannacht de telefoon voor verwanten opneemt."
""",
    },
    "steps.inject": {
        "en": """
[[steps]]
type = "inject"
minute = 5
time = "Tuesday 10:05"
channel = "phone"
from = "control room"
to = ["ovd-bz", "leadership"]       # an official and a pool
title = "Power cut"
headline = "POWER CUT"
text = \"\"\"
The power has failed in the whole of the town centre.

Are you coming?\"\"\"
expect = "Does somebody buy time first?"
ask = ["Who owns this problem?"]
objectives = ["o1"]
budget = 5

[[steps]]
type = "inject"
reserve = true                      # offered only when nobody asks the first question
offered_with = "a1"
unless = ["first-question"]
text = "The mayor calls: what do we do?"
""",
        "nl": """
[[steps]]
type = "inject"
minute = 5
time = "dinsdag 10.05"
channel = "phone"
from = "meldkamer"
to = ["ovd-bz", "leadership"]       # een functie en een pool
title = "Stroom weg"
headline = "STROOM WEG"
text = \"\"\"
De stroom is uitgevallen in de hele binnenstad.

Komt u?\"\"\"
expect = "Koopt iemand eerst tijd?"
ask = ["Wie is eigenaar van dit probleem?"]
objectives = ["o1"]
budget = 5

[[steps]]
type = "inject"
reserve = true                      # alleen aangeboden als niemand de eerste vraag stelt
offered_with = "a1"
unless = ["first-question"]
text = "De burgemeester belt: wat doen wij?"
""",
    },
    "steps.inject.choices": {
        "en": """
[[steps]]
id = "a1"
text = "The alderman has promised that the sports hall opens."
choices = [
    { id = "open", text = "It opens.", argument = "It was promised." },
    { id = "closed", text = "It stays closed.", argument = "Nobody has asked for it." },
]

[[steps]]
only_after = ["a1.open"]            # comes only when that was chosen
text = "The sports hall is open, and two people have come."
""",
        "nl": """
[[steps]]
id = "a1"
text = "De wethouder heeft beloofd dat de sporthal opengaat."
choices = [
    { id = "open", text = "Hij gaat open.", argument = "Het is beloofd." },
    { id = "dicht", text = "Hij blijft dicht.", argument = "Niemand heeft erom gevraagd." },
]

[[steps]]
only_after = ["a1.open"]            # komt alleen als dat gekozen is
text = "De sporthal is open, en er zijn twee mensen gekomen."
""",
    },
    "steps.feedback": {
        "en": """
[[steps]]
type = "feedback"
minute = 10
title = "First question"
form = "short"
questions = [{ text = "Should government do anything here?", about = "first-question" }]
""",
        "nl": """
[[steps]]
type = "feedback"
minute = 10
title = "Eerste vraag"
form = "short"
questions = [{ text = "Moet de overheid hier iets doen?", about = "first-question" }]
""",
    },
    "steps.feedback.questions": {
        "en": """
[[steps]]
type = "feedback"
round = 1                           # the round is about the first of these
questions = [
    { text = "What will a resident notice of this in an hour?", about = "effect" },
    { text = "How sure are we?", hint = "All at once.", about = "fingers" },
]
""",
        "nl": """
[[steps]]
type = "feedback"
round = 1                           # de ronde gaat over de eerste hiervan
questions = [
    { text = "Wat merkt een inwoner hier over een uur van?", about = "effect" },
    { text = "Hoe zeker zijn we?", hint = "Allemaal tegelijk.", about = "fingers" },
]
""",
    },
}


class Part(NamedTuple):
    """A part of the file: its place such as steps.inject.choices, its header, and what the schema says of it."""

    place: str
    header: str
    schema: Schema


def reference(language: Language) -> str:
    """The whole reference in one language."""
    words = _WORDS[language]
    found = [*parts(exercise_schema(words_for(language)))]
    lines = [f"# {words['title']}", "", f"<!-- {words['made']} -->", "", words["other"], ""]
    lines += [words["intro"].format(schema=NAME), "", words["lines"], ""]
    for part in found:
        lines += [f"## {_heading(part, words)}", "", part.schema["description"], "", *_table(part, words), ""]
        if part.place not in EXAMPLES:
            raise SystemExit(f".ci/format.py: add an example of {part.place}, in English and in Dutch")
        lines += [words["example"], "", "```toml", EXAMPLES[part.place][language].strip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def parts(schema: Schema, place: str = "", header: str = "") -> Iterator[Part]:
    """Every part in the order of the file, each before what lies in it."""
    yield Part(place, header, schema)
    for key, value in schema["properties"].items():
        inside = f"{place}.{key}" if place else key
        items = value.get("items", {})
        if value["type"] == "object":
            yield from parts(value, inside, f"[{key}]")
        for kind in items.get("oneOf", [items] if "properties" in items else []):
            named = f"{inside}.{kind['properties']['type']['const']}" if "oneOf" in items else inside
            yield from parts(kind, named, f"[[{key}]]" if not place else key)


def _heading(part: Part, words: Mapping[str, str]) -> str:
    if not part.place:
        return words["top"]
    above, _, kind = part.place.rpartition(".")
    if part.header.startswith("["):
        return f"`{part.header}`, {kind}" if above else f"`{part.header}`"
    return f"`{part.header}` {words['within'].format(part=above)}"


def _anchor(heading: str) -> str:
    """How a heading is referred to where Markdown is shown: letters, digits, hyphens."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


def _table(part: Part, words: Mapping[str, str]) -> Iterator[str]:
    head = words["head"].split("|")
    yield f"| {' | '.join(head)} |"
    yield "|" + " --- |" * len(head)
    required = part.schema.get("required", ())
    for key, value in part.schema["properties"].items():
        default = words["required"] if key in required else _default(value)
        cells = (f"`{key}`", value["description"], _value(part, key, value, words), default)
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _default(value: Schema) -> str:
    if "default" not in value:
        return ""
    default = value["default"]
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


def _value(part: Part, key: str, value: Schema, words: Mapping[str, str]) -> str:
    inside = f"{part.place}.{key}" if part.place else key
    if value["type"] == "object":
        return _see("table", [Part(inside, f"[{key}]", value)], words)
    if value["type"] == "array":
        items = value["items"]
        if "oneOf" in items:
            kinds = [
                Part(f"{inside}.{one['properties']['type']['const']}", f"[[{key}]]", one) for one in items["oneOf"]
            ]
            return _see("tables", kinds, words)
        if "properties" in items:
            return _see("tables", [Part(inside, key if part.place else f"[[{key}]]", items)], words)
        return words["array"].format(items=words["ids" if "maxLength" in items else "strings"])
    if "enum" in value or "const" in value:
        return ", ".join(f"`{one}`" for one in value.get("enum", [value.get("const")]))
    bounds = [words[name].format(limit=f"{value[name]:g}") for name in
              ("minimum", "exclusiveMinimum", "maximum") if name in value]  # fmt: skip
    return " ".join([words["id" if "maxLength" in value else value["type"]], *bounds])


def _see(kind: str, found: Sequence[Part], words: Mapping[str, str]) -> str:
    headings = [_heading(part, words) for part in found]
    return words[kind].format(links=", ".join(f"[{heading}](#{_anchor(heading)})" for heading in headings))
