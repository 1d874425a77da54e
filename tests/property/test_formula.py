"""What keeps texts from being formulas comes off again, whatever the text."""

import re

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from desk.formula import guarded, unguarded

LETTERS = "a;=+-@'\"\t\r\n \u3000＝,|0"
TEXTS = st.lists(st.text(LETTERS, max_size=9), min_size=1, max_size=8)


@given(TEXTS)
def test_guarding_can_be_undone(texts: list[str]) -> None:
    """Read back, every text is what it was; blanks stay blanks."""
    own = pd.Series([*texts, None], dtype="str", index=range(5, len(texts) + 6))
    pd.testing.assert_series_equal(unguarded(guarded(own)), own)


@given(TEXTS)
def test_no_cell_of_any_separator_is_a_formula(texts: list[str]) -> None:
    """Also where a semicolon, a tab or a line break parts cells, with quotes around them or without."""
    for text in guarded(pd.Series(texts, dtype="str")):
        first, *others = re.split(r"[;\t\r\n]", text)
        cells = [first.lstrip(" \u3000"), *(other.lstrip(' \u3000"') for other in others)]
        assert not any(cell.startswith(tuple("=+-@＝")) for cell in cells), text
