"""The documents' own lines of Python are run as they stand."""

import doctest
from pathlib import Path

import pytest

from views.glossary import glossary, page

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIALS = [*sorted((DOCS / "tutorial").glob("*.md")), DOCS / "how-to" / "plan-fixed-headcounts.md"]


def test_the_glossary_is_as_the_catalogue_has_it() -> None:
    """`make docs` was run; both languages explain the same words."""
    assert glossary("en").keys() == glossary("zh").keys()
    assert (DOCS / "glossary.md").read_text(encoding="utf-8") == page()


@pytest.mark.slow
@pytest.mark.parametrize("tutorial", TUTORIALS, ids=lambda tutorial: tutorial.stem)
def test_tutorial_runs_as_written(tutorial: Path) -> None:
    """A new user who copies the lines gets what the page says."""
    result = doctest.testfile(str(tutorial), module_relative=False, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0
