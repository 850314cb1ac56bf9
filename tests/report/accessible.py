"""Checks a page for what somebody needs who cannot see it well: a title, headings in order, tables that name their
cells, pictures in words, and colours that stand out.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(("meta", "br", "path", "rect"))
_COLOUR = re.compile(r"([^{}]+)\{([^}]*)\}")


class Page(HTMLParser):
    """What the checks look at; feeding it fails on tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: dict[str, list[str]] = {}
        self.headings: list[int] = []
        self.style = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in VOID:
            return
        self.open.append(tag)
        self.text.setdefault(tag, []).append("")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            self.style += data
        for tag in set(self.open):
            self.text[tag][-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def problems(text: str) -> Iterator[str]:
    """Everything that is wrong with a page; nothing for one that is accessible as far as a program can see."""
    page = Page(text)
    if page.all("html")[0].get("lang") not in ("nl", "en"):
        yield "no language"
    if not page.text.get("title", [""])[0].strip():
        yield "no title"
    if page.headings.count(1) != 1 or page.headings[:1] != [1]:
        yield "not one h1 at the beginning"
    if any(after - before > 1 for before, after in zip(page.headings, page.headings[1:], strict=False)):
        yield f"a heading level is skipped: {page.headings}"
    if any(not heading.strip() for level in range(1, 7) for heading in page.text.get(f"h{level}", ())):
        yield "an empty heading"
    if len(page.all("main")) != 1:
        yield "not one main part"
    if any(cell.get("scope") not in ("row", "col") for cell in page.all("th")):
        yield "a heading of a table without scope"
    if len(page.all("table")) != len(page.all("thead")):
        yield "a table without headings"
    yield from _pictures(page)
    if any(not link.strip() for link in page.text.get("a", ())):
        yield "a link without text"
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    if len(ids) != len(set(ids)):
        yield "an id stands there twice"
    yield from _colours(page)


def _pictures(page: Page) -> Iterator[str]:
    ids = {attributes.get("id") for _, attributes in page.tags}
    for picture in page.all("svg"):
        named = {picture.get("aria-labelledby"), picture.get("aria-describedby")}
        if picture.get("role") != "img" or not named <= ids:
            yield "a picture without a role, a name or a description"
    if len(page.all("svg")) != len(page.all("desc")) or any(not text.strip() for text in page.text.get("desc", ())):
        yield "a picture without a description"
    if page.all("svg") and not page.all("details"):
        yield "a picture without a table that says the same"
    if page.all("img"):
        yield "a picture from elsewhere"


def _colours(page: Page) -> Iterator[str]:
    """Text on white by 4.5 to 1, what is drawn by 3 to 1; lines that only part rows may be paler."""
    for selector, rules in _COLOUR.findall(page.style):
        for name, value in re.findall(r"(?:^|;|\s)(color|fill):\s*(#[0-9a-f]{6})", rules):
            if contrast(value) < 4.5:
                yield f"{name} {value} of {selector.strip()} does not stand out"
    for drawn in page.all("rect"):
        if contrast(drawn["fill"]) < 3:
            yield f"a bar of {drawn['fill']} does not stand out"
    if "background: #ffffff" not in page.style:
        yield "not on white"


def contrast(colour: str, behind: str = "#ffffff") -> float:
    """How much a colour stands out, after WCAG 2.2."""
    first, second = sorted((_luminance(colour), _luminance(behind)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
