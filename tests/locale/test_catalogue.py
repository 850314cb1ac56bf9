"""The Dutch catalogue says everything the program says, and nothing else."""

import io
import string
import tomllib
from gettext import GNUTranslations
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tabletop.locale.source import read_source

SAME = Path(__file__).with_name("same_in_both.toml")


@pytest.fixture(scope="module")
def catalogue(catalogue_tool: ModuleType) -> Catalog:
    return catalogue_tool.read()


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def pair(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_catalogue_is_what_the_tool_would_write(catalogue_tool: ModuleType) -> None:
    expected = catalogue_tool.updated(catalogue_tool.read(), catalogue_tool.extract())
    assert catalogue_tool.DUTCH.read_text(encoding="utf-8") == expected, "run: python .ci/catalogue.py"


def test_every_text_has_a_translation_that_somebody_wrote(catalogue_tool: ModuleType, catalogue: Catalog) -> None:
    assert catalogue_tool.untranslated(catalogue) == []


def test_a_translation_has_the_placeholders_of_its_source(catalogue: Catalog) -> None:
    wrong = []
    for message in entries(catalogue):
        sources = [placeholders(text) for text in pair(message.id)]
        for number, text in enumerate(pair(message.string)):
            # "one learning point" may leave {n} out, in either language; what stands there must be known to both.
            known, needed = set.union(*sources), set.intersection(*sources)
            if not (needed - ({"n"} if len(sources) > 1 and number == 0 else set())) <= placeholders(text) <= known:
                wrong.append((message.id, text))
    assert wrong == []


def test_placeholders_are_plain_names(catalogue: Catalog) -> None:
    named = {name for message in entries(catalogue) for text in pair(message.id) for name in placeholders(text)}
    assert [name for name in named if not name.isidentifier()] == []


def test_a_translation_begins_and_ends_as_its_source(catalogue: Catalog) -> None:
    def edges(text: str) -> tuple[bool, bool, bool]:
        return text != text.lstrip(), text != text.rstrip(), text.endswith(".")

    wrong = [
        (message.id, text)
        for message in entries(catalogue)
        for source, text in zip(pair(message.id), pair(message.string), strict=True)
        if edges(source) != edges(text)
    ]
    assert wrong == []


def test_what_is_the_same_in_both_languages_is_so_for_a_reason(catalogue: Catalog) -> None:
    reasons = tomllib.loads(SAME.read_text(encoding="utf-8"))
    assert [text for text, reason in reasons.items() if not str(reason).strip()] == []
    same = {
        source
        for message in entries(catalogue)
        for source, text in zip(pair(message.id), pair(message.string), strict=True)
        if source == text and any(letter.isalpha() for letter in string.Formatter().vformat(source, (), Blank()))
    }
    assert same - reasons.keys() == set()


def test_every_reason_is_still_needed(catalogue: Catalog) -> None:
    reasons = tomllib.loads(SAME.read_text(encoding="utf-8"))
    sources = {text for message in entries(catalogue) for text in pair(message.id)}
    assert reasons.keys() - sources == set()


def test_the_source_reader_and_the_compiled_catalogue_agree(catalogue_tool: ModuleType, catalogue: Catalog) -> None:
    text = catalogue_tool.DUTCH.read_text(encoding="utf-8")
    buffer = io.BytesIO()
    write_mo(buffer, read_po(io.BytesIO(text.encode("utf-8"))))
    buffer.seek(0)
    compiled, source = GNUTranslations(buffer), read_source(text)
    for message in entries(catalogue):
        one, *many = pair(message.id)
        if many:
            for n in range(4):
                assert source.ngettext(one, many[0], n) == compiled.ngettext(one, many[0], n)
        elif message.context:
            assert source.pgettext(message.context, one) == compiled.pgettext(message.context, one)
        else:
            assert source.gettext(one) == compiled.gettext(one)


class Blank(dict[str, str]):
    """A value for any placeholder that leaves no letter behind."""

    def __missing__(self, key: str) -> str:
        return ""


SOURCE = """
TABLE = {"a": mark("Marked")}
def screen(words, title):
    return words.t("Outer {inner}", inner=self.words.tc("verb", "Inner")) + words.tn("{n} point", "{n} points", 2)
def also(words, code):
    return words.t("One " "text"), words.t(TABLE[code])
"""


def test_extraction_finds_nested_marked_and_joined_texts(catalogue_tool: ModuleType) -> None:
    found = {(message.context, message.one, message.many) for message in catalogue_tool.extract_from(SOURCE, "x.py")}
    assert found == {
        (None, "Marked", None),
        (None, "Outer {inner}", None),
        ("verb", "Inner", None),
        (None, "{n} point", "{n} points"),
        (None, "One text", None),
    }


@pytest.mark.parametrize("call", ['words.t(f"Show {title}")', 'words.t("Show " + title)', 'words.t("Show %s" % title)'])
def test_a_text_put_together_is_refused(catalogue_tool: ModuleType, call: str) -> None:
    with pytest.raises(catalogue_tool.Mistake, match=r"x\.py:1"):
        list(catalogue_tool.extract_from(call, "x.py"))


def test_updating_keeps_what_is_translated_and_drops_what_is_gone(catalogue_tool: ModuleType) -> None:
    messages = list(catalogue_tool.extract_from(SOURCE, "x.py"))
    old = Catalog(locale="nl")
    old.add("Marked", "Gemerkt")
    old.add("Gone", "Weg")
    old.add("Inner", "Binnen", context="verb")
    text = catalogue_tool.updated(old, messages)
    new = read_po(io.BytesIO(text.encode("utf-8")), locale="nl")
    assert new.get("Marked").string == "Gemerkt"
    assert new.get("Inner", context="verb").string == "Binnen"
    assert new.get("Gone") is None
    assert "Date" not in text
    assert catalogue_tool.updated(new, messages) == text
