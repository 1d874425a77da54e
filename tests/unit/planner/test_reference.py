"""The reference of the commands is the commands'."""

from pathlib import Path

import pytest

from planner.reference import reference

DOCS = Path(__file__).parents[3] / "docs" / "reference"


@pytest.mark.parametrize(("lang", "file"), [("en", "commands.md"), ("zh", "commands.zh.md")])
def test_reference_is_current(lang: str, file: str) -> None:
    """docs/reference says what --help says; `python -m planner.reference docs/reference` renews it."""
    assert (DOCS / file).read_text(encoding="utf-8") == reference(lang)
