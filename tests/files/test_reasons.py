"""Why the system refused, in the leader's language: never what the system says in its own."""

import errno
import os
from pathlib import Path

import pytest

from tabletop.files.reasons import failed
from tabletop.locale import words_for
from tabletop.locale.sentences import say

NL, EN = words_for("nl"), words_for("en")
PATH = Path("run.toml")
USUAL = (
    errno.ENOENT, errno.EIO, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EMFILE, errno.EBUSY, errno.ELOOP,
    errno.ETIMEDOUT, errno.ESTALE, errno.ENODEV,
)  # fmt: skip


def said(error: Exception, code: str = "not-saved") -> tuple[str, str]:
    trouble = failed(code, PATH, error)
    return say(NL, trouble.code, trouble.values), say(EN, trouble.code, trouble.values)


@pytest.mark.parametrize("number", [*USUAL, errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, 9999])
@pytest.mark.parametrize("code", ["not-saved", "log-not-writable", "copy-not-written"])
def test_no_english_stands_inside_a_dutch_sentence(number: int, code: str) -> None:
    dutch, english = said(OSError(number, os.strerror(number)), code)
    assert os.strerror(number) not in dutch + english
    assert dutch != english
    assert "{" not in dutch + english


@pytest.mark.parametrize("number", USUAL)
def test_a_usual_reason_has_words(number: int) -> None:
    assert not [one for one in said(OSError(number, "x")) if str(number) in one]


def test_an_unusual_reason_has_its_number() -> None:
    assert said(OSError(9999, "Weird")) == (
        "Niet bewaard: fout 9999. Wat eerder bewaard is, is veilig; probeer het opnieuw, of bewaar het logboek elders.",
        "Not saved: error 9999. What was saved before is safe; try again, or save the log elsewhere.",
    )
    for error in (ValueError("embedded null byte"), RuntimeError("Symlink loop")):
        assert str(error) not in "".join(said(error))
