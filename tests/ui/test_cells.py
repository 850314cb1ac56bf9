"""The core measures text by the rules that the toolkit paints with, and knows no toolkit."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tabletop.core.text import cells, clean_line, cut, pages, wrap

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
sequences = st.text(
    st.sampled_from("ab 1#👍👨👩👧🏽🇳🇱☎☺❤字한ကाः\u1161\u200b\u200d\ufe0e\ufe0f\u0301\u20e3"), max_size=60
)
texts = (anything | sequences).map(clean_line)


@given(texts)
@example("👍🏽 👨\u200d👩\u200d👧 ☎\ufe0f 1\ufe0f\u20e3 हिन्दी 한국어 ☰")
def test_a_text_takes_as_many_cells_as_the_screen_gives_it(text: str) -> None:
    assert cells(text) == cell_len(text)


@given(texts, st.integers(2, 50))
def test_what_was_broken_or_cut_fits_the_screen(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert all(cell_len(line) <= width for line in wrap(text, width))
    assert all(cell_len(line) <= width for page in pages(text, width) for line in page)
