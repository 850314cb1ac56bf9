"""A move that cannot be made now: a code and values; the screen has the words, in the language that it was handed."""


class Refused(Exception):
    """Raised by a move that the state does not allow. ``code`` names a sentence of ``locale.sentences``."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
