"""The pages of a desk of fixed headcounts: what is not forecast is said, and the headcounts stand in its place."""

from pathlib import Path

import pytest

from desk.i18n import text
from planner import plan
from planner.kept import keep
from store import owner
from tests.golden.heads import write_heads
from tests.views.conftest import Open
from views.api.serve import the_store

SAYING = {"staffing": "en", "forecast": "zh", "learned": "en", "versions": "zh", "backtest": "en", "incentives": "zh"}


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("heads")
    plan(write_heads(folder / "desk"), folder / "out")
    return folder / "out"


@pytest.mark.usefixtures("out")
def test_pages_that_need_a_forecast_say_that_there_is_none(heads: Path, open_page: Open) -> None:
    """A sentence with a cure, in both languages, and no exception."""
    keep(the_store(), owner(), heads)
    for name, lang in SAYING.items():
        told = [own.value for own in open_page(name, lang).info]
        assert any(text("view.headcounts.nothing", lang)[:40] in own for own in told), name


@pytest.mark.usefixtures("out")
def test_the_overview_counts_the_missing(heads: Path, open_page: Open) -> None:
    """Four numbers, the places that are empty, and the way to decide about them."""
    keep(the_store(), owner(), heads)
    page = open_page("overview", "en")
    shown = {own.label: own.value for own in page.metric}
    assert shown[text("view.overview.missing", "en")] == "6"
    assert text("view.overview.inquiries", "en") not in shown
    assert any("26 people" in own.value for own in page.markdown)
    for name in ("whatif", "advisor", "roster"):
        open_page(name, "zh")
