"""The first promotion, planned in the browser from an empty store."""

from pathlib import Path

import pytest

from desk.i18n import text
from tests.browser.conftest import Visitor
from tests.browser.sides import sides
from tests.browser.test_walk import zipped
from tests.views.tiny_plan import write_desk

_PLANNED_MS = 240_000
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "width_px"), sides("zh", 390))
def test_a_promotion_is_planned(
    fresh_app: str, visit: Visitor, shots: Path, tmp_path: Path, lang: str, width_px: int
) -> None:
    """Nobody needs the command line: the first page leads from a workbook to the overview of a plan."""
    own = visit(fresh_app, width_px)
    own.page.goto(f"{fresh_app}/?lang={lang}")
    own.settle()
    own.titled(text("view.start.title", lang))
    own.page.set_input_files("input[type=file]", zipped(write_desk(tmp_path / "desk"), tmp_path / "desk.zip"))
    own.page.wait_for_selector("text=Tiny 618")
    own.settle()
    own.keep(shots / f"journey-plan-understood-{lang}.png")
    _press(own.page, text("view.start.keep", lang))
    limit = own.page.get_by_label(text("view.start.limit", lang))
    limit.fill("5")
    limit.press("Tab")
    own.settle()
    _press(own.page, text("view.empty.plan", lang))
    opening = own.page.get_by_role("button", name=text("view.jobs.open", lang))
    opening.wait_for(timeout=_PLANNED_MS)
    own.settle()
    own.keep(shots / f"journey-plan-done-{lang}.png")
    opening.click()
    own.titled(text("view.overview.title", lang))
    own.settle(3)
    own.keep(shots / f"journey-plan-overview-{lang}.png")
    assert own.wider_px() <= 0
    own.open("jobs", lang)
    own.says(text("planner.jobs.kind.plan", lang))


def _press(page: object, name: str) -> None:
    page.get_by_role("button", name=name).click()  # type: ignore[attr-defined]
