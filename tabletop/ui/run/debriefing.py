"""What Enter does to the row that the arrows chose in a task of the debrief."""

from typing import TYPE_CHECKING

from tabletop.core import moves
from tabletop.ui.run import debrief
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.fingers import Fingers
from tabletop.ui.run.revising import Revising

if TYPE_CHECKING:
    from tabletop.ui.run.scene import RunScene


class Debriefing(Acting):
    """What Enter does to the row that the arrows chose in a task of the debrief."""

    def __init__(self, scene: "RunScene", revising: Revising, fingers: Fingers) -> None:
        super().__init__(scene)
        self._revising = revising
        self._fingers = fingers

    def item(self) -> str:
        found = debrief.items(self.session, self.words)
        return found[min(self.scene.item, len(found) - 1)].key if found else ""

    def enter(self, at: int) -> None:
        """Enter on what the arrows chose in a task of the debrief."""
        do, session = self.scene.do, self.session
        key = self.item()
        point = next((p for p in session.points if p.id == key), None)
        match session.task:
            case "kinds" if point is not None:
                self._revising.kind(point, then_all=True)
            case "marks" if point is not None:
                self._revising.point(point)
            case "used" if key:
                do(lambda s, m: moves.use_instrument(s, m, key, used=key not in s.used))
            case "proposals" if point is not None and do(moves.ask_fingers, point.text, point.id):
                self._fingers.ask()
            case "thanks" if key and do(moves.approve_thanks, key, debrief.thanks_text(session, key)):
                self.scene.item = at + 1
            case "reveal":
                do(moves.show_reveal)
            case _:
                pass
