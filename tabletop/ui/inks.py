"""What inks look like: each is a tone on a ground, and both are variables of the theme, never a colour of their own."""

from collections.abc import Mapping

from rich.style import Style

GROUNDS: Mapping[str, str] = {
    "desk": "background",
    "now": "now",
    "bar": "panel",
    "list": "panel",
    "paper": "room",
    "alarm": "background",
    "heat2": "heat-2",
    "heat3": "heat-3",
    "heat4": "heat-4",
    "heat5": "heat-5",
}
TONES: Mapping[str, tuple[str, str]] = {
    "text": ("foreground", ""),
    "strong": ("foreground", "bold"),
    "plain": ("secondary", ""),
    "quiet": ("quiet", ""),
    "dimmed": ("dimmed", ""),
    "faint": ("faint", ""),
    "line": ("line", ""),
    "accent": ("primary", ""),
    "accentstrong": ("primary", "bold"),
    "warning": ("warning", ""),
    "error": ("error", ""),
    "errorstrong": ("error", "bold"),
    "underline": ("secondary", "underline"),
    "key": ("background", "bold"),
    "errorkey": ("background", "bold"),
}
_PAPER = {"text": "room-ink", "strong": "room-ink", "plain": "room-ink", "quiet": "room-quiet",
          "dimmed": "room-quiet", "faint": "room-quiet", "line": "room-quiet", "accent": "room-accent",
          "accentstrong": "room-accent", "warning": "room-accent", "error": "room-accent"}  # fmt: skip
_FILLED = {"key": "primary", "errorkey": "error"}


class Inks:
    """The styles of one theme, made when they are first needed."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._styles: dict[str, Style] = {}

    def __getitem__(self, ink: str) -> Style:
        style = self._styles.get(ink)
        if style is None:
            style = self._styles[ink] = self._mix(ink)
        return style

    def _mix(self, ink: str) -> Style:
        ground, _, tone = ink.rpartition(".")
        ground = ground or "desk"
        foreground, attribute = TONES[tone]
        if ground == "paper" and tone == "marker":
            foreground = "room"
        elif ground == "paper":
            foreground = _PAPER.get(tone, foreground)
        background = _FILLED.get(tone, GROUNDS[ground])
        if ground == "paper" and tone == "key":
            foreground, background = "room", "room-ink"
        return Style(
            color=self._variables[foreground],
            bgcolor=self._variables[background],
            bold="bold" in attribute,
            underline="underline" in attribute,
        )
