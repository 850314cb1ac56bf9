"""What could not be done with a file: a code and values; ``locale.sentences`` has the words."""

from collections.abc import Mapping


class Trouble(Exception):
    """Something with a file that could not be done, to be said in one sentence.

    ``code`` names a sentence in ``tabletop.locale.sentences``, ``values`` fills it in.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, object] = values
