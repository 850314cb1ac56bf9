"""What lies above the Space bar: a choice, a text that is asked for, the list of commands, the help.

There is one at a time. The list and the help come over what is open, and what they cover is as it was when they close.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tabletop.files.mistakes import Broken
from tabletop.files.trouble import Trouble
from tabletop.locale.sentences import pointed, say
from tabletop.ui.run.acting import Acting
from tabletop.ui.run.help import CLOSES, Help
from tabletop.ui.run.list import CommandList
from tabletop.ui.run.lookup import LookUp
from tabletop.ui.run.prompts import Ask, Pick

if TYPE_CHECKING:
    from tabletop.ui.run.scene import RunScene


PAGES: Final = (CommandList, Help, LookUp)
"""What comes over anything else, takes every key, and leaves what it covers as it was."""


class Asking(Acting):
    """Opens a prompt, gives it the keys and what is typed, and closes it."""

    def __init__(self, scene: "RunScene") -> None:
        super().__init__(scene)
        self.prompt: Pick | Ask | CommandList | Help | LookUp | None = None
        self._under: Pick | Ask | None = None
        """The prompt that was open when the list of commands, or the help, came over it."""
        self._refused = ""
        """What was typed beside a list and names nothing in it; what is typed next takes its place."""

    @property
    def typed(self) -> str:
        """What was typed in the line; a text that a prompt put there was not."""
        prompt = self._under if isinstance(self.prompt, PAGES) else self.prompt
        is_given = isinstance(prompt, Ask) and self.scene.desk.text == prompt.start
        return "" if is_given else self.scene.desk.text

    # --- keys, and what is typed ---

    def pressed_over(self, key: str) -> bool:
        """Give a key to the list or the help, which take every key. Returns whether one of them is open."""
        if isinstance(self.prompt, CommandList):
            self._in_list(key)
        elif isinstance(self.prompt, Help):
            self._in_help(self.prompt, key)
        elif isinstance(self.prompt, LookUp):
            if self.prompt.take(key):
                self._close_list()
        else:
            return False
        return True

    def held_up(self) -> bool:
        """Page down on a line that is not empty. Returns whether the list or the help is open, which take every key."""
        over = isinstance(self.prompt, PAGES)
        if isinstance(self.prompt, (Help, LookUp)):
            self._close_list()
        return over

    def submitted(self, text: str) -> None:
        """Enter behind a text."""
        prompt = self.prompt
        if isinstance(prompt, Ask):
            self.close()
            self.scene.take(lambda: prompt.take(text))
        elif isinstance(prompt, Pick):
            self._beside(prompt, text)

    def edited(self, text: str) -> None:
        if self._refused and self._refused not in text and " " in self._refused.strip():
            self.scene.lines.aside.append(self._refused)  # no name typed once more, but a note: Esc brings it back
        if self._refused not in text:
            self._refused = ""
        if isinstance(self.prompt, Pick):
            self.prompt.hear(text)

    def _beside(self, prompt: Pick, text: str) -> None:
        """Enter beside a choice: the text is what chooses, or goes with what was chosen."""
        prompt.hear(text)
        option = prompt.chosen
        if prompt.is_lost:
            self.scene.say(
                self.words.t("Nothing here is called that: type another word over it, or Esc to keep this as a note.")
            )
            self._refused = text
            self.scene.desk.put(text, replaced=True)
        elif prompt.rivals:
            self.ask_which([rival.label for rival in prompt.rivals])
        elif option is not None:
            self.close()
            if prompt.asks:
                self.scene.take(lambda: prompt.take(option.value, prompt.beside_it))
            else:
                self.scene.desk.put("")
                self.scene.lines.hold(prompt.beside_it)
                prompt.take(option.value, "")
                self.scene.release()

    def ask_which(self, labels: Sequence[str]) -> None:
        self.scene.say(self.words.t("More than one begins so: {options}.", options=self.words.listing(labels)))

    def open(self, prompt: Pick | Ask) -> None:
        """Open a prompt. A half-typed line makes room and comes back after it."""
        self.scene.lines.hold(self.scene.desk.text)
        self.prompt = prompt
        self.scene.desk.catch(False)
        self.scene.desk.put(prompt.start if isinstance(prompt, Ask) else "")

    def close(self) -> None:
        self.prompt = None
        self._refused = ""
        self.scene.desk.catch(False)

    def pressed(self, key: str) -> None:
        prompt = self.prompt
        if not isinstance(prompt, (Pick, Ask)):
            return
        if key == "escape":
            self._cancel(prompt)
        elif isinstance(prompt, Pick) and not (key == "enter" and prompt.chosen is not None):
            prompt.move(key)
        elif isinstance(prompt, Pick) and prompt.chosen is not None:
            self.close()
            prompt.take(prompt.chosen.value, "")
            self.scene.release()
        elif isinstance(prompt, Ask) and key == "enter" and prompt.empty:
            self.close()
            prompt.take("")
            self.scene.release()

    def _cancel(self, prompt: Pick | Ask) -> None:
        """Close a prompt, and nothing was done. What was typed beside a choice that asks for no text stays."""
        self.close()
        if isinstance(prompt, Ask) or prompt.asks:
            self.scene.desk.put("")
        self.scene.release()
        prompt.cancelled()

    def open_list(self, *, searching: bool = False) -> None:
        """Open the list of commands; a letter runs one. Beside a half-typed line, that line stays as it is."""
        if self.session.phase == "ended":
            return
        if not isinstance(self.prompt, PAGES):
            self._under = self.prompt
        self.prompt = CommandList(
            self.session,
            self.scene.moment,
            self.words,
            can_save_elsewhere=self.scene.trouble is not None,
            searching=searching,
        )
        self.scene.desk.catch(True)

    def _in_list(self, key: str) -> None:
        menu = self.prompt
        if not isinstance(menu, CommandList):
            return
        if key == "escape":
            self._close_list()
        elif key == "ctrl+p":
            self.open_list(searching=True)
        elif key == "enter" or not menu.move(key):
            command = menu.selected if key == "enter" else menu.by_letter(key)
            reason = menu.absent(key) if command is None else menu.reason(command)
            if command is None and not reason:
                return
            if command is None or reason:
                self._close_list()
                self.scene.say(reason or "")
            else:
                self._run(command)

    def open_help(self) -> None:
        """Say what the keys and the commands do. What was open under it, and the typed line, stay as they are."""
        if not isinstance(self.prompt, PAGES):
            self._under = self.prompt
        self.prompt = Help(self.words)
        self.scene.desk.catch(True)

    def open_cards(self) -> None:
        """Open role cards and glossary; those that ship, where one's own cannot be read, with the reason."""
        from tabletop.files import cards  # loaded only for whoever looks something up

        found, said = cards.shipped(self.words.language), ""
        try:
            found = cards.load(self.words.language)
        except Broken as broken:
            said = pointed(self.words, broken.mistakes[0])
        except Trouble as trouble:
            said = say(self.words, trouble.code, trouble.values)
        if not isinstance(self.prompt, PAGES):
            self._under = self.prompt
        if said:
            said = self.words.t("Your own cards do not count until this is mended: {mistake}", mistake=said)
        self.prompt = LookUp(self.session.exercise, found, self.words, said)
        self.scene.desk.catch(True)

    def _in_help(self, page: Help, key: str) -> None:
        """Read on, or close the page; a letter closes it too, and is typed."""
        if page.move(key):
            return
        if key in CLOSES or len(key) == 1 or key in ("f2", "ctrl+p"):
            self._close_list()
        if key in ("f2", "ctrl+p") or (key == "/" and not self.scene.desk.text):
            self.open_list(searching=key == "ctrl+p")
        elif len(key) == 1 and key not in CLOSES:
            self.scene.desk.put(self.scene.desk.text + key)

    def _close_list(self) -> None:
        """Close the list or the help: what was open under it is as it was."""
        self.prompt, self._under = self._under, None
        self.scene.desk.catch(False)

    def _run(self, command: str) -> None:
        """Run a command. A prompt that it takes the place of is closed, and what was typed in it is put aside."""
        if command == "help":  # it only says what there is: nothing makes room for it
            self.open_help()
            return
        under = self._under if isinstance(self.prompt, CommandList) else self.prompt
        typed = self.typed
        self.prompt = self._under = None
        self.scene.desk.catch(False)
        if isinstance(under, (Pick, Ask)):
            if isinstance(under, Ask) or under.asks:
                self.scene.desk.put("")
                if typed:
                    self.scene.lines.aside.append(typed)
            if under.again and under.again == command:
                under.take_again()
                self.scene.release()
                return
            under.cancelled()
        self.scene.actions.run(command)
        self.scene.release()
