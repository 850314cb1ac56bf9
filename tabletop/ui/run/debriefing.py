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
        """What the row of the task stands for that the arrows chose; empty where they chose none."""
        found, at = debrief.items(self.session, self.words), self.scene.item
        return found[at].key if at is not None and at < len(found) else ""

    def move(self, step: int) -> None:
        """Take an arrow: through the rows of the task, and on through the questions and the other tasks."""
        count = len(debrief.items(self.session, self.words)) + len(debrief.doors(self.session))
        at = self.scene.item
        if at is None:
            at = -1 if step > 0 else 0
        self.scene.item = (at + step) % count if count else None

    def stay(self, rows_before: int) -> None:
        """Keep the arrows on the rows of the task when one is gone: a second Enter must not open something else."""
        at, rows = self.scene.item, len(debrief.items(self.session, self.words))
        if at is not None and at < rows_before:
            self.scene.item = min(at, rows - 1) if rows else None
        elif at is not None:
            self.scene.item = at + rows - rows_before

    def count(self, digits: str) -> None:
        """Count fingers: in the debrief on the proposal that the arrows chose, asked or not, else on what is asked."""
        session, key = self.session, self.item()
        point = next((p for p in session.points if p.id == key), None) if session.phase == "debrief" else None
        asked = session.fingers is not None and session.fingers.point == key
        if point is None or asked or self.scene.do(moves.ask_fingers, point.text, key):
            self.scene.do(moves.count_fingers, digits)

    def enter(self) -> None:
        """Enter on what the arrows chose: a row of the task, or another question or task."""
        do, session = self.scene.do, self.session
        opened = debrief.door(session, self.words, self.scene.item)
        if opened is not None:
            do(moves.to_task, opened.task, opened.question)
            return
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
                last = len(debrief.items(self.session, self.words)) - 1
                self.scene.item = min((self.scene.item or 0) + 1, last)
            case "reveal":
                do(moves.show_reveal)
            case _:
                pass
