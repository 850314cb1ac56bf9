"""The bar above the typing line, for scenes that must not wait for what a run needs: what Space or Enter will do."""

from tabletop.ui.rows import EMPTY, Row, fit, on, row, spread, width_of


def draw_bar(
    key: str, verb: str, about: str, width: int, *, low: bool, remark: str = "", right: Row = EMPTY
) -> list[Row]:
    """Return the bar: one row, or three and the empty one below it where there is room.

    ``key`` is the one filled key, empty when nothing can be done. What does not fit goes: first what stands right, then
    the remark.
    """
    cap = row((f" {key} ", "key"), "  ") if key else EMPTY
    left = row("  ", cap, (verb, "text"), "  " if about and verb else "", (about, "strong"))
    full = row(left, "   ", (remark, "quiet")) if remark else left
    if width_of(full) + 2 <= width:
        left = full
    if right and width_of(left) + width_of(right) + 4 <= width:
        line = spread(left, row(right, "  "), width)
    else:
        line = fit(left, width)
    line = tuple((text, ink if ink.endswith("key") else f"bar.{ink.rpartition('.')[2]}") for text, ink in line)
    if low:
        return [line]
    empty = on("bar", fit(EMPTY, width))
    return [empty, line, empty, EMPTY]
