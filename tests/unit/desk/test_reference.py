"""The generated reference in docs/ is the one that the declarations give today."""

from pathlib import Path

import pytest

import desk
from desk.dictionary import pages

REFERENCE = Path(desk.__file__).parents[1] / "docs" / "reference"


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_reference_is_fresh(name: str) -> None:
    """A page that is stale misleads; `python -m desk.dictionary` writes it anew."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages()[name]


def test_every_table_and_setting_has_a_row() -> None:
    """Nothing that can be given or written is left out of the reference."""
    page = pages()["tables.zh.md"]
    assert "### `history`: 历史进线" in page
    assert "### `service`" in page
    assert "`share_lost`" in pages()["settings.md"]
