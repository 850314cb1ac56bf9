"""From folders of logs to the dossier on the desk."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tabletop.dossier.writing import said, write
from tabletop.locale import Words
from tabletop.ui.desk.scene import Scene
from tabletop.ui.dossier.opening import IndexingScene, Progress, Stop
from tabletop.ui.opening import Outset


def dossier_scene(
    outset: Outset, words: Words, folders: Sequence[Path] = (), back: Scene | None = None, *, year: int | None = None
) -> IndexingScene:
    """Return the scene that reads the logs, in the folder of the logs unless others are named, and then shows them."""
    looked_in = tuple(folders) or (outset.logs,)

    def read(progress: Progress, stop: Stop) -> Callable[[], Scene]:
        from tabletop.dossier.index import Dossier
        from tabletop.ui.dossier.deciding import Decisions
        from tabletop.ui.dossier.known import Known
        from tabletop.ui.dossier.naming import PAGES
        from tabletop.ui.dossier.scene import DossierScene

        dossier = Dossier.open(looked_in, outset.state, progress=progress, stop=stop)
        known = Known(dossier, outset.clock.now().date())
        known.narrow(year=year, patterns_only=False)

        def to_file(path: Path) -> str:
            return said(write(dossier, path, words), path, words)

        def make() -> Scene:
            decisions = Decisions(dossier, outset.clock.now)
            scene = DossierScene(
                known, words, outset, decisions, looked_in, back, to_file, dossier.close, dossier.refresh
            )
            if passed_over := len(known.overview.skipped):
                files = words.tn("{n} file was passed over", "{n} files were passed over", passed_over)
                scene.say(words.t("{files}: why stands under {page}.", files=files, page=words.t(PAGES["logs"])),
                          good=False)  # fmt: skip
            return scene

        return make

    return IndexingScene(words, read, back)
