"""What a step of an exercise file is, and how it is called, before anything validates it.

Standard library only, so that a list of exercises starts without pydantic.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import count
from typing import Final

INJECT: Final = "inject"
FEEDBACK: Final = "feedback"
LONGEST_MINUTES: Final = 1440
"""How long an exercise may take: a day."""
_ONLY_INJECT = frozenset({
    "text", "time", "jump", "channel", "from", "to", "headline", "expect", "ask", "budget", "objectives", "optional",
    "receiver_only", "scale_up", "reopens_first_question", "rebuttal", "condition", "only_after", "reserve",
    "offered_with", "unless", "choices",
})  # fmt: skip
_ONLY_FEEDBACK = frozenset({"questions", "round", "due", "form", "minutes"})
_OF_A_STEP = _ONLY_INJECT | _ONLY_FEEDBACK | {"type", "id", "minute", "title"}
DUTCH_KEYS: Final = {
    "aan": "to", "doelen": "objectives", "functies": "officials", "kanaal": "channel", "kop": "headline",
    "lengte": "minutes", "minuut": "minute", "minuten": "minutes", "naam": "name", "soort": "type",
    "stappen": "steps", "taal": "language", "tekst": "text", "tijd": "time", "titel": "title", "van": "from",
    "vraag": "ask", "vragen": "questions",
}  # fmt: skip
"""What an author writes who thinks in Dutch, and the key that is meant."""


def kind_of(step: dict[str, object]) -> object:
    """Return what the author says that a step is; unsaid, what its keys say: most fit an inject or a feedback point.

    A misspelled key counts as what was probably meant, so that a forgotten letter makes no other step of it.
    """
    if "type" in step:
        return step["type"]
    if "text" in step:
        return INJECT
    keys = {meant_key(key) for key in step}
    return INJECT if len(keys & _ONLY_INJECT) > len(keys & _ONLY_FEEDBACK) else FEEDBACK


def meant_key(key: str) -> str:
    """Return the key of a step that was probably meant, or this one when none is like it."""
    if key in _OF_A_STEP:
        return key
    from difflib import get_close_matches  # needed only where something is wrong

    spellings = dict.fromkeys(_OF_A_STEP) | DUTCH_KEYS
    found = get_close_matches(key.casefold(), spellings, n=1)
    return (spellings[found[0]] or found[0]) if found else key


def named_steps(steps: Sequence[object]) -> list[object]:
    """Return the steps with their type, and with an id: ``a1…`` or ``f1…`` in the order of the file when left out.

    An id that the author gave to another step is passed over.
    """
    taken = {step.get("id") for step in steps if isinstance(step, dict) and isinstance(step.get("id"), str)}
    numbers = {INJECT: 0, FEEDBACK: 0}
    named: list[object] = []
    for written in steps:
        if not isinstance(written, dict):
            named.append(written)
            continue
        kind = kind_of(written)
        step = {"type": kind, **written}
        if isinstance(kind, str) and kind in numbers:
            numbers[kind] += 1
            if "id" not in step:
                letter = "a" if kind == INJECT else "f"
                step["id"] = next(one for n in count(numbers[kind]) if (one := f"{letter}{n}") not in taken)
                taken.add(step["id"])
        named.append(step)
    return named


def slug(text: str) -> str:
    """Return a text as an id, such as ``ovd-bz`` for "OvD-BZ"; empty when there is no letter or digit in it."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-")
