"""How long an imported exercise takes, and the order of its steps, by the minutes that its author planned."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

from tabletop.core.exercise import DEFAULT_BUDGET
from tabletop.core.naming import LONGEST_MINUTES
from tabletop.interchange.ledger import Ledger, Part

DEBRIEF: Final = 14.0
"""Minutes of a debrief, unless the whole is too short for it."""


def fitted(steps: Sequence[Part], wanted: float | None, ledger: Ledger) -> dict[str, Any]:
    """Return how long the exercise takes; planned minutes that do not fit what was wanted are drawn together."""
    storyline = [step for step in steps if not step.get("reserve")]
    lasts = (storyline[-1].get("budget") if storyline else None) or DEFAULT_BUDGET
    last = max((step["minute"] for step in storyline if "minute" in step), default=None)
    needed = _minutes_needed(storyline) + DEBRIEF
    if wanted is None:
        minutes = min(-(-needed // 5) * 5, LONGEST_MINUTES)
        ledger.about("import-minutes-guessed", minutes=f"{minutes:g}")
        return {"minutes": minutes}
    debrief = DEBRIEF if wanted >= 2 * DEBRIEF else max(wanted / 4, 0.25)
    most = max(wanted - debrief - min(lasts, wanted / 4), 0.0)
    if last is not None and last > most:
        for step in steps:
            if "minute" in step:
                step["minute"] = round(step["minute"] * most / last, 1)
        ledger.about("import-drawn-together", minutes=f"{wanted:g}", needed=f"{needed:g}")
    return {"minutes": wanted} | ({"debrief": {"minutes": debrief}} if debrief != DEBRIEF else {})


def _minutes_needed(storyline: Sequence[Part]) -> float:
    """Return how long the steps take: each its own budget, or until the next planned minute, or as long as most."""
    total = next((step["minute"] for step in storyline if "minute" in step), 0.0)
    for step, following in zip_longest(storyline, storyline[1:]):
        gap = following["minute"] - step["minute"] if following and "minute" in following and "minute" in step else 0.0
        total += step.get("budget") or max(gap, 0.0) or DEFAULT_BUDGET
    last = max((step["minute"] for step in storyline if "minute" in step), default=0.0)
    return float(max(total, last + (storyline[-1].get("budget") or DEFAULT_BUDGET if storyline else 0.0)))


def in_order(steps: list[Part], ledger: Ledger) -> list[Part]:
    """Return the steps by their minute; one without stays behind the one before it."""
    latest = 0.0
    keyed: list[tuple[float, Part]] = []
    before = 0.0
    for step in steps:
        before = step.get("minute", before)
        if before < latest:
            ledger.guess(step.ref, "import-moved")
        latest = max(latest, before)
        keyed.append((before, step))
    return [step for _, step in sorted(keyed, key=lambda one: one[0])]
