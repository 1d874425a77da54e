"""What benches measured reaches the page."""

from pathlib import Path

import pandas as pd
import pytest

from bench.page import put


def test_tables_stand_between_their_marks(tmp_path: Path) -> None:
    """Protects docs/accuracy.md: a table replaces the older one, nothing else moves, a lost mark is an error."""
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- a -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    frame = pd.DataFrame({"series": ["x"], "wape": [12.345], "cpu": [float("nan")]})
    for _ in range(2):
        put("a", {"Title": frame}, page)
    assert page.read_text(encoding="utf-8") == (
        "before\n<!-- a -->\n\n**Title**\n\n| series | wape | cpu |\n| --- | --: | --: |\n| x | 12.3 |  |\n\n"
        "<!-- end -->\nafter\n"
    )
    with pytest.raises(ValueError, match="no mark b"):
        put("b", {"Title": frame}, page)
