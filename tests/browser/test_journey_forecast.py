"""A forecast is tuned and an hour changed by hand, in the browser, from an empty store."""

from pathlib import Path

import pandas as pd
import pytest

from desk.i18n import text
from planner.page.number import day as day_name
from tests.browser.conftest import Visitor
from tests.browser.sides import sides
from tests.browser.test_walk import zipped
from tests.browser.visit import Visit
from tests.views.tuned_desk import ODD, write_tuned

_DONE_MS = 240_000
_DAY = pd.Timestamp("2026-06-17")
"""The promotion's opening, at 20:00."""
_HOUR = "20:00–21:00"
_REASON = "live stream at eight"
_CAME = "\n".join(f"2026-06-17 {hour:02}:00,{queue},40" for queue in ("pre_sale", "after_sale") for hour in range(24))

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "width_px"), sides("zh", 390))
def test_a_forecast_is_tuned_and_an_hour_overridden(
    fresh_app: str, visit: Visitor, shots: Path, tmp_path: Path, lang: str, width_px: int
) -> None:
    """From a workbook to a forecast, its reasons, a rejected outlier, a changed hour, and both versions compared."""
    own = visit(fresh_app, width_px)

    def kept(name: str) -> None:
        own.keep(shots / f"journey-forecast-{name}-{lang}.png")
        assert own.wider_px() <= 0

    _keep_desk(own, fresh_app, tmp_path, lang)
    own.open("forecast", lang)
    _press(own, text("view.forecast.now", lang))
    _forecast_done(own, lang, 1)
    kept("first")
    before = _look_at_hour(own, lang)
    kept("hour")
    _reject_outlier(own, lang)
    kept("verdict")
    own.open("forecast", lang)
    _override_hour(own, lang)
    kept("override")
    _press(own, text("view.forecast.again", lang))
    _forecast_done(own, lang, 2)
    after = _look_at_hour(own, lang)
    kept("changed")
    assert 1.15 * before < after < 1.45 * before
    own.says(text("planner.review.kind_multiply", lang, value=1.3), _REASON, "owner")
    own.open("versions", lang)
    own.settle(1)
    own.says(text("view.versions.changed", lang))
    kept("versions")
    _bring_actuals(own, tmp_path, lang)
    kept("actuals")


@pytest.mark.parametrize(("lang", "width_px"), sides("en", 1280))
def test_evidence_and_back_test_stand(
    fresh_app: str, visit: Visitor, shots: Path, tmp_path: Path, lang: str, width_px: int
) -> None:
    """Evidence is drawn; a back-test runs as a job, and its result stays."""
    own = visit(fresh_app, width_px)
    _keep_desk(own, fresh_app, tmp_path, lang)
    own.open("backtest", lang)
    origins = own.page.get_by_label(text("view.backtest.origins", lang))
    origins.fill("3")
    origins.press("Tab")
    own.settle()
    _press(own, text("view.backtest.start", lang))
    own.page.get_by_text(text("view.backtest.legend", lang)).wait_for(timeout=_DONE_MS)
    own.settle(1)
    own.keep(shots / f"forecast-backtest-{lang}.png")
    assert own.wider_px() <= 0
    own.open("forecast", lang)
    _press(own, text("view.forecast.now", lang))
    _forecast_done(own, lang, 1)
    own.open("learned", lang)
    own.settle(4)
    own.keep(shots / f"forecast-learned-{lang}.png")
    assert own.wider_px() <= 0
    assert all(own.marks())


def _keep_desk(own: Visit, address: str, folder: Path, lang: str) -> None:
    """The first page takes the desk as files and keeps it."""
    own.page.goto(f"{address}/?lang={lang}")
    own.settle()
    own.page.set_input_files("input[type=file]", zipped(write_tuned(folder / "desk"), folder / "desk.zip"))
    own.page.wait_for_selector("text=Tuned 618")
    own.settle()
    _press(own, text("view.start.keep", lang))
    own.settle()


def _forecast_done(own: Visit, lang: str, number: int) -> None:
    """Wait until the forecast that was asked for is there."""
    own.page.get_by_text(text("view.forecast.totals", lang)).first.wait_for(timeout=_DONE_MS)
    if number > 1:
        stale = text("view.forecast.stale", lang, changes="").split("：")[0].split(":")[0]
        own.page.get_by_text(stale).first.wait_for(state="detached", timeout=_DONE_MS)
    own.settle(4)


def _bring_actuals(own: Visit, folder: Path, lang: str) -> None:
    """What came, as a file: one that is wrong is told with its place, a good one is judged against the forecast."""
    label = text("view.versions.actual_upload", lang)
    for name, rows, told in (("bad", "soon,pre_sale,40", "soon"), ("good", _CAME, text("view.versions.errors", lang))):
        (folder / f"{name}.csv").write_text(f"start,queue,offered\n{rows}\n", encoding="utf-8")
        uploader = own.page.get_by_test_id("stFileUploader").filter(has_text=label)
        uploader.locator("input").set_input_files(folder / f"{name}.csv")
        own.says(told)
        own.settle()


def _look_at_hour(own: Visit, lang: str) -> float:
    """Why the hour is as it is; the inquiries that the factors make."""
    own.choose(text("view.forecast.show", lang), day_name(_DAY, lang))
    own.settle(4)
    own.choose(text("view.forecast.why_of", lang), _HOUR)
    own.page.get_by_text(f"{day_name(_DAY, lang)} {_HOUR}").first.wait_for(timeout=_DONE_MS)
    own.settle(4)
    product = own.page.get_by_text(" = ").first.inner_text()
    return float(product.split(" = ")[1].replace(",", ""))


def _reject_outlier(own: Visit, lang: str) -> None:
    own.open("learned", lang)
    own.settle(3)
    own.page.get_by_label(text("view.learned.which", lang)).first.click()
    own.page.keyboard.type(ODD)
    own.page.get_by_role("option").filter(has_text=ODD).first.click()
    own.page.keyboard.press("Escape")
    own.settle()
    own.page.get_by_text(text("view.learned.drop", lang), exact=True).click()
    own.settle()
    _press(own, text("view.learned.save", lang))
    own.page.get_by_text(text("view.learned.saved", lang, count=1)).wait_for(timeout=_DONE_MS)
    own.settle(3)


def _override_hour(own: Visit, lang: str) -> None:
    """20:00 to 21:00 of the opening by 1.3, with a reason."""
    own.choose(text("view.forecast.show", lang), day_name(_DAY, lang))
    own.settle(4)
    for side, time in (("from", "20:00"), ("to", "21:00")):
        own.choose(text(f"view.forecast.override.{side}_time", lang), time)
        own.settle(4)
    value = own.page.get_by_label(text("view.forecast.override.value", lang), exact=True)
    value.fill("1.3")
    value.press("Tab")
    own.settle(4)
    reason = own.page.get_by_label(text("view.forecast.override.reason", lang), exact=True)
    reason.fill(_REASON)
    hint = own.page.get_by_test_id("InputInstructions").locator("span").first
    said = [hint.inner_text(), hint.evaluate("own => getComputedStyle(own, '::after').content")]
    assert text("view.app.apply", lang) in " ".join(said), "Streamlit's own words are the reader's"
    reason.press("Tab")
    own.settle(4)
    _press(own, text("view.forecast.override.save", lang))
    own.page.get_by_text(text("view.forecast.override.saved", lang)).wait_for(timeout=_DONE_MS)
    own.settle(4)


def _press(own: Visit, name: str) -> None:
    own.page.get_by_role("button", name=name, exact=True).first.click()
