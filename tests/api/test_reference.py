"""The reference of the API is the routes'."""

from pathlib import Path

import pytest

from views.api.reference import reference

DOCS = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize(("lang", "file"), [("en", "api.md"), ("zh", "api.zh.md")])
def test_reference_is_current(lang: str, file: str) -> None:
    """`python -m views.api.reference docs/reference` renews it."""
    assert (DOCS / file).read_text(encoding="utf-8") == reference(lang)
