"""Level shifts and an analyst's verdicts on odd days."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from desk import Forecast
from desk.frames import empty_frame
from forecast import Model, fit
from tests.unit.forecast.small import ZONE, desk_of, drawn, history, promotion, starts, usual

TIMES = starts("2025-01-01", 150)
DAY = np.arange(150).repeat(24)
BOT = dt.date(2025, 5, 11)
"""Day 130: a bot is launched, three weeks before the end."""
ODD = [dt.date(2025, 5, 22), dt.date(2025, 5, 28)]
SHIFTED = drawn(usual(TIMES) * np.where(DAY >= 130, 0.55, 1.0), day_sd=0.08)
BROKEN = np.where((DAY == 141) | (DAY == 147), 4 * SHIFTED, SHIFTED)


def _model(offered: np.ndarray, *verdicts: tuple[dt.date, str, str]) -> Model:
    table = empty_frame("verdicts", ZONE)
    told = pd.DataFrame(
        [("q", pd.Timestamp(date), found, verdict) for date, found, verdict in verdicts],
        columns=["queue", "date", "found", "verdict"],
    )
    rows = told.reindex(columns=table.columns).astype(table.dtypes.to_dict())
    return fit(desk_of(history(TIMES, offered), verdicts=rows))


def _forecast(offered: np.ndarray, *verdicts: tuple[dt.date, str, str]) -> Forecast:
    return _model(offered, *verdicts).predict()


def _against(forecast: Forecast, factor: float) -> float:
    return float(forecast.paths.mean() / (factor * usual(forecast.starts)).mean())


def _facts(forecast: Forecast, code: str) -> list[dict[str, object]]:
    return [dict(finding.facts) for finding in forecast.findings if finding.code == code]


def test_a_shift_is_found_told_and_followed() -> None:
    """Protects the staffing after a bot's launch: the new level, not a mean of both."""
    forecast = _forecast(SHIFTED)
    [facts] = _facts(forecast, "level_shift")
    assert abs((dt.date.fromisoformat(str(facts["date"])) - BOT).days) <= 2
    assert _against(forecast, 0.55) == pytest.approx(1, abs=0.08)


def test_a_level_that_went_back_is_followed_after_a_few_days() -> None:
    """Protects the week after a strike: four days as before it were taken for odd ones, and it to go on."""
    forecast = _forecast(drawn(usual(TIMES) * np.where((DAY >= 124) & (DAY < 146), 2.0, 1.0), day_sd=0.08))
    [_, back] = _facts(forecast, "level_shift")
    assert back["date"] == "2025-05-27"
    assert _against(forecast, 1.0) == pytest.approx(1, abs=0.12)


def test_what_came_and_fades_is_not_taken_to_last() -> None:
    """Protects the weeks after a launch that nobody entered: the mean of its first fortnight was taken to last."""
    launch = np.where(DAY >= 136, 1.3 + 1.7 * np.exp(-(DAY - 136) / 8), 1.0)
    forecast = _forecast(drawn(usual(TIMES) * launch, day_sd=0.05))
    ahead = np.arange(14, 14 + len(forecast.starts) // 24).repeat(24)
    assert _against(forecast, float((1.3 + 1.7 * np.exp(-ahead / 8)).mean())) == pytest.approx(1, abs=0.12)
    [found] = (own for own in forecast.findings if own.code == "level_fading")
    assert found.facts["date"] == "2025-05-17"
    assert "fading" in found.message()
    assert "消退" in found.message("zh")


@pytest.mark.parametrize("seed", range(4))
def test_no_shift_is_seen_where_there_is_none(seed: int) -> None:
    """Protects against alarms: ordinary noise, and a fortnight's dip that went by."""
    dip = np.where((DAY > 100) & (DAY < 106), 0.75, 1.0)
    found = _forecast(drawn(usual(TIMES) * dip, seed=seed, day_sd=0.12)).findings
    assert not {"level_shift", "level_fading", "level_new"} & {own.code for own in found}


def test_an_analyst_can_deny_and_tell_a_shift() -> None:
    """Protects the analyst's word on shifts."""
    assert not _facts(_forecast(SHIFTED, (BOT, "shift", "drop")), "level_shift")
    fresh = drawn(usual(TIMES) * np.where(DAY >= 146, 0.55, 1.0), day_sd=0.08)
    told = _forecast(fresh, (dt.date(2025, 5, 27), "shift", "keep"))
    assert _against(told, 0.55) == pytest.approx(1, abs=0.1)
    assert len(_facts(told, "level_shift")) == 1
    assert not _facts(told, "level_new")


def test_a_change_too_young_to_be_followed_is_told_with_its_row_to_judge() -> None:
    """Protects the first week after a lasting change: its days were named as odd ones, and nobody was asked for the
    word that makes a forecast 40 % off a good one."""
    fresh = drawn(usual(TIMES) * np.where(DAY >= 146, 0.55, 1.0), day_sd=0.08)
    model = _model(fresh)
    [found] = (own for own in model.predict().findings if own.code == "level_new")
    assert found.facts["date"] == "2025-05-27"
    assert "4 counted days are" in found.message()
    assert "4 天" in found.message("zh")
    rows = model.odd_days()
    [usual_then] = rows[(rows["found"] == "shift") & (rows["date"] == "2025-05-27")]["usual"]
    assert usual_then == pytest.approx(fresh[DAY == 146].sum() / 0.55, rel=0.15)
    assert not _facts(_forecast(fresh, (dt.date(2025, 5, 27), "shift", "drop")), "level_new")


@pytest.mark.parametrize(("factor", "named"), [(0.6, True), (1.6, True), (2.0, True), (1.0, False)])
def test_days_that_their_own_scatter_makes_plain_are_named(factor: float, named: bool) -> None:
    """Protects against an odd day that counts on unseen: a queue of even days, one of them at half or twice the usual;
    of the ordinary ones at most one in a hundred is named, and no day of a promotion."""
    odd = drawn(usual(TIMES, 2400.0) * np.where(DAY == 100, factor, 1.0) * np.where(DAY == 60, 3.0, 1.0), day_sd=0.05)
    desk = desk_of(history(TIMES, odd), promotions=promotion("p", ("peak", "2025-03-02", "2025-03-03")))
    days = set(fit(desk).odd_days()["date"])
    assert (pd.Timestamp("2025-04-11") in days) == named
    assert len(days - {pd.Timestamp("2025-04-11")}) <= 1
    assert pd.Timestamp("2025-03-02") not in days


def test_an_analyst_can_confirm_and_reject_an_outlier() -> None:
    """Protects the analyst's word on odd days: left out, or counted in full."""
    plain, confirmed, rejected, explained = (
        _forecast(BROKEN, *[(day, "outlier", verdict) for day in ODD if verdict])
        for verdict in ("", "drop", "keep", "explained")
    )
    assert _facts(plain, "outlying_days")
    assert not _facts(confirmed, "outlying_days")
    assert not _facts(explained, "outlying_days")
    assert np.array_equal(explained.paths, plain.paths)
    assert confirmed.paths.mean() <= 1.02 * plain.paths.mean()
    assert rejected.paths.mean() > 1.05 * plain.paths.mean()


def test_what_is_odd_is_told_to_be_judged() -> None:
    """Protects the round trip: odd days and the shift as rows, with what was usual; judged ones stay so."""
    broken = BROKEN.copy()
    broken[(DAY == 120) & (TIMES.hour >= 10) & (TIMES.hour < 20)] = 0
    found = _model(broken).odd_days().set_index("date")
    assert found.loc[pd.Timestamp("2025-05-01"), "found"] == "outage"
    outage = found.loc[pd.Timestamp("2025-05-01")]
    assert outage["usual"] == pytest.approx(480, rel=0.3)
    assert outage["offered"] < 0.6 * outage["usual"]
    assert found.loc[pd.Timestamp(ODD[1]), "found"] == "outlier"
    assert (found["found"] == "shift").sum() == 1
    assert found["verdict"].isna().all()
    judged = _model(broken, (ODD[0], "outlier", "keep"), (BOT, "shift", "keep")).odd_days().set_index("date")
    assert judged.loc[pd.Timestamp(ODD[0]), "verdict"] == "keep"
    assert judged.loc[judged["found"] == "shift", "verdict"].tolist() == ["keep"]
    assert judged["verdict"].isna().sum() >= 2
