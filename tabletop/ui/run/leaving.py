"""The ways out: going away, ending, and saving elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.core import moves
from tabletop.core.exercise import Language
from tabletop.files.places import is_folder, typed_path
from tabletop.files.trouble import Trouble
from tabletop.locale import words_for
from tabletop.locale.sentences import say
from tabletop.ui.rows import Row, row
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.prompts import Ask

if TYPE_CHECKING:
    from tabletop.ui.run.scene import RunScene


class Leaving(Acting):
    """The ways out: going away, ending, and saving elsewhere."""

    def __init__(self, scene: "RunScene") -> None:
        super().__init__(scene)
        self.summary = ""
        """Where the summary is, or why it could not be written."""

    def quit(self) -> None:
        if self.session.phase != "ended":
            self.scene.do(moves.leave)
        self.scene.desk.leave()

    def end(self) -> None:
        words = self.words
        word = words.t("end")
        self.scene.ask(
            Ask(
                words.t("TYPE {word} AND ENTER TO END THE RUN", word=word.upper()),
                self._ended,
                placeholder=word,
                enter=words.t("end the run, when the word is there"),
                explains=self._before_end(),
            )
        )

    def _before_end(self) -> list[Row]:
        session, words = self.session, self.words
        lines: list[Row] = []
        if session.phase != "debrief":
            lines.append(row((words.t("The debrief was not held yet."), "warning")))
        marks = sum(point.is_mark for point in session.open_points)
        if marks:
            lines.append(
                row(
                    (
                        words.tn(
                            "{n} mark is still to be written out; it stays in the log.",
                            "{n} marks are still to be written out; they stay in the log.",
                            marks,
                        ),
                        "quiet",
                    )
                )
            )
        if self.scene.keeps_log:
            lines.append(row((words.t("The log stays, and a summary is written beside it."), "quiet")))
        return lines

    def is_the_word(self, text: str) -> bool:
        """Whether this is the word that ends a run, in either language."""
        languages: tuple[Language, ...] = ("nl", "en")
        return text.strip().casefold() in {words_for(language).t("end").casefold() for language in languages}

    def _ended(self, text: str) -> None:
        if not self.is_the_word(text):
            self.end()
            self.scene.notice = self.words.t("Only the word “{word}” ends the run.", word=self.words.t("end"))
            return
        if self.scene.do(moves.end) and self.scene.keeps_log:
            self._write_summary()

    def _write_summary(self) -> None:
        from tabletop.report.writing import write_summary

        words = self.words
        try:
            path = write_summary(self.session, self.scene.control.writer.path)
        except Trouble as trouble:
            self.summary = say(words, trouble.code, trouble.values)
        else:
            self.summary = str(path)

    def elsewhere(self, start: str = "") -> None:
        words = self.words
        self.scene.ask(
            Ask(
                words.t("SAVE ELSEWHERE: TYPE A FOLDER OR A FILE"),
                self._moved_to,
                start=start or str(Path.home()),
                enter=words.t("save there and go on there"),
                is_path=True,
            )
        )

    def _moved_to(self, text: str) -> None:
        scene = self.scene
        before = scene.session
        try:
            path = typed_path(text.strip())
            if is_folder(path) or not path.suffix:
                path = path / scene.control.writer.path.name
            scene.control.save_elsewhere(path)
        except Trouble as trouble:
            self.elsewhere(text)
            scene.notice = say(scene.words, trouble.code, trouble.values)
            return
        scene.moved(scene.control.writer.path)
        scene.saved_elsewhere(path, before)
