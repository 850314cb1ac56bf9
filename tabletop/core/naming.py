"""What a step of an exercise file is, and how it is called, before anything validates it.

Standard library only, so that a list of exercises starts without pydantic.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

INJECT: Final = "inject"
FEEDBACK: Final = "feedback"
LONGEST_MINUTES: Final = 1440
"""How long an exercise may take: a day."""
_ONLY_INJECT = frozenset({
    "text", "time", "jump", "channel", "from", "to", "headline", "expect", "ask", "budget", "objectives", "optional",
    "receiver_only", "scale_up", "reopens_first_question", "condition", "reserve", "choices",
})  # fmt: skip
_ONLY_FEEDBACK = frozenset({"questions", "round", "due", "form", "minutes"})


def kind_of(step: dict[str, object]) -> object:
    """Return what the author says that a step is; unsaid, what its keys say: most fit an inject or a feedback point."""
    if "type" in step:
        return step["type"]
    if "text" in step:
        return INJECT
    keys = step.keys()
    return INJECT if len(keys & _ONLY_INJECT) > len(keys & _ONLY_FEEDBACK) else FEEDBACK


def named_steps(steps: Sequence[object]) -> list[object]:
    """Return the steps with their type, and with an id: ``a1…`` or ``f1…`` in the order of the file when left out."""
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
            if not step.get("id"):
                step["id"] = f"{'a' if kind == INJECT else 'f'}{numbers[kind]}"
        named.append(step)
    return named


def slug(text: str) -> str:
    """Return a text as an id, such as ``ovd-bz`` for "OvD-BZ"; empty when there is no letter or digit in it."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-")
