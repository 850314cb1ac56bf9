"""Asking the table for fingers, and counting them."""

from tabletop.core import moves
from tabletop.locale import words_for
from tabletop.ui.run import bar
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.naming import finger_example
from tabletop.ui.run.prompts import Ask
from tabletop.ui.run.questions import rebuttal_question


class Fingers(Acting):
    """Asking the table for fingers, and counting them."""

    def ask(self) -> None:
        session, words = self.session, self.words
        waiting = session.fingers is not None and not session.fingers.counted
        about = rebuttal_question(words_for(session.exercise.language)) if session.rebuttal is not None else ""
        if not waiting and not self.scene.do(moves.ask_fingers, about):
            return
        self.scene.ask(
            Ask(
                words.t("FINGERS: ONE DIGIT FOR EACH PERSON, FROM 0 TO 5"),
                self._counted,
                placeholder=finger_example(len(session.participants)),
                enter=words.t("save fingers"),
                cancelled=self._off,
                about=self._about,
            )
        )

    def _about(self, text: str) -> str:
        parts = (bar.how_many(self.session, text, self.words), bar.in_place_of(self.session, self.words))
        return ", ".join(part for part in parts if part)

    def _counted(self, text: str) -> None:
        if not self.scene.do(moves.count_fingers, text) and self.scene.trouble is None:
            notice = self.scene.notice
            self.ask()
            self.scene.notice = notice

    def _off(self) -> None:
        if self.session.fingers is not None:
            self.scene.do(moves.clear_screen)
