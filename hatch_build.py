"""What a build does besides copying: compile the catalogues, and put the shipped exercises inside the package."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Runs for the wheel, the source archive and an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        for po in sorted((root / "tabletop" / "locale").glob("*/LC_MESSAGES/*.po")):
            compile_catalogue(po)
        # An editable install reads exercises/ where it stands, so that a changed sentence is there at once.
        if self.target_name == "wheel" and version == "standard" and (root / "exercises").is_dir():
            build_data["force_include"]["exercises"] = "tabletop/exercises"


def compile_catalogue(po: Path) -> None:
    """Write the .mo beside its .po, in one move, so that a program that is starting up never reads half of it."""
    with po.open("rb") as source:
        catalogue = read_po(source)
    partial = po.with_suffix(".mo.partial")
    with partial.open("wb") as target:
        write_mo(target, catalogue)
    partial.replace(po.with_suffix(".mo"))
