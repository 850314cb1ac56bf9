"""The two themes: "desk" is dark, for the leader alone; "projector" is light, for the wall.

Names say what a colour is for. ``room`` is the light of the room: on the desk it is the paper card that shows what the
participants see, on the projector it is the screen itself, so that the same card is drawn in the same words on both.
"""

from typing import Final

from textual.theme import Theme

DESK: Final = Theme(
    name="desk",
    dark=True,
    primary="#82D2C0",
    secondary="#B4BEC6",
    accent="#82D2C0",
    warning="#E8BA6D",
    error="#F4978A",
    success="#82D2C0",
    foreground="#DCE1E4",
    background="#12171C",
    surface="#171D23",
    panel="#1E262D",
    boost="#171D23",
    variables={
        "quiet": "#9BA7B0",
        "dimmed": "#7E8A94",
        "faint": "#5F6B75",
        "line": "#2B343C",
        "now": "#1C2F30",
        "room": "#EDE9E1",
        "room-ink": "#14181C",
        "room-quiet": "#474D53",
        "room-faint": "#86898A",
        "room-accent": "#0B564D",
        "room-error": "#8A1A12",
        "heat-2": "#1D3B39",
        "heat-3": "#254C48",
        "heat-4": "#2D5D58",
        "heat-5": "#346C66",
        "block-cursor-background": "#1C2F30",
        "block-cursor-foreground": "#DCE1E4",
        "block-cursor-text-style": "bold",
        "input-cursor-background": "#DCE1E4",
        "input-cursor-foreground": "#12171C",
        "input-selection-background": "#1C2F30",
    },
)

PROJECTOR: Final = Theme(
    name="projector",
    dark=False,
    primary="#0A544B",
    secondary="#3D444A",
    accent="#0A544B",
    warning="#6B3A00",
    error="#8A1A12",
    success="#0A544B",
    foreground="#12161A",
    background="#FAF8F3",
    surface="#F3F0E9",
    panel="#E9E5DB",
    boost="#F3F0E9",
    variables={
        "quiet": "#454C52",
        "dimmed": "#5C6267",
        "faint": "#8B8F8E",
        "line": "#D5D0C4",
        "now": "#E0EBE6",
        "room": "#FAF8F3",
        "room-ink": "#12161A",
        "room-quiet": "#454C52",
        "room-faint": "#8B8F8E",
        "room-accent": "#0A544B",
        "room-error": "#8A1A12",
        "heat-2": "#D9E8E2",
        "heat-3": "#C0DAD1",
        "heat-4": "#A5CBBF",
        "heat-5": "#8ABCAE",
        "block-cursor-background": "#E0EBE6",
        "block-cursor-foreground": "#12161A",
        "block-cursor-text-style": "bold",
    },
)

THEMES: Final = (DESK, PROJECTOR)
