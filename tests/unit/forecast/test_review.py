"""The forecast after the event."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from desk import Desk, Forecast, InputError
from forecast import fit, review
from tests.unit.forecast.small import ZONE, desk_of, drawn, history, override, promotion, starts, usual

DAY = "2025-04-11"


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A plain desk; one hand doubles a morning, another halves an afternoon, a third is of a later day, a
    fourth expects nothing."""
    times = starts("2025-01-01", 100)
    hands = pd.concat(
        [
            override(f"{DAY} 08:00", f"{DAY} 12:00", "multiply", 2.0),
            override(f"{DAY} 14:00", f"{DAY} 18:00", "multiply", 0.5),
            override("2025-04-17", "2025-04-18", "set", 9.0),
            override("2025-04-12 02:00", "2025-04-12 06:00", "set", 0.0),
        ],
        ignore_index=True,
    )
    event = promotion("e", ("peak", DAY, "2025-04-12"))
    return desk_of(history(times, drawn(usual(times, 2400.0))), overrides=hands, promotions=event)


@pytest.fixture(scope="module")
def forecast(desk: Desk) -> Forecast:
    """Its forecast, hands applied."""
    return fit(desk).predict()


def _came(days: int = 2, step_min: int = 60) -> pd.DataFrame:
    times = starts(DAY, days, step_min)
    mean = usual(times, 2400.0)
    busy = (times < times[0] + pd.Timedelta(hours=12)) & (times >= times[0] + pd.Timedelta(hours=8))
    return history(times, np.round(mean * np.where(busy, 2.0, 1.0)))


def test_a_hand_that_was_right_helped_and_one_that_was_wrong_hurt(desk: Desk, forecast: Forecast) -> None:
    """Protects the verdict: each override alone against what came; one whose day has not come stays open."""
    found = review(desk, forecast, _came()).overrides
    assert found["verdict"].tolist() == ["helped", "hurt", "open", "hurt"]
    assert set(found["owner"]) == {"Zhou"}
    good, bad = found.iloc[0], found.iloc[1]
    assert good["wape"] < 0.5 * good["wape_without"]
    assert bad["wape"] > 2 * bad["wape_without"]
    assert good["forecast"] == pytest.approx(2 * good["without"], rel=1e-6)
    bare = _came()[["start", "queue", "offered"]].assign(start=lambda own: own["start"].dt.strftime("%Y-%m-%d %H:%M"))
    pd.testing.assert_frame_equal(review(desk, forecast, bare).overrides, found)
    nothing = found.iloc[3]
    assert nothing["forecast"] == 0
    assert nothing["without"] == pytest.approx(nothing["offered"], rel=0.1)


def test_errors_by_queue_day_and_phase(desk: Desk, forecast: Forecast) -> None:
    """Protects the sums: days and phases add up to the queue, errors are those of the mean."""
    found = review(desk, forecast, _came())
    errors = found.errors.set_index("cut")
    assert errors.loc[["day"], "offered"].sum() == errors.loc[["queue"], "offered"].sum() == _came()["offered"].sum()
    assert errors.loc[["phase"], "group"].tolist() == ["", "peak"]
    own = found.intervals
    wape = (own["forecast"] - own["offered"]).abs().sum() / own["offered"].sum()
    assert errors.loc["queue", "wape"] == pytest.approx(wape)
    assert [finding.code for finding in found.findings] == ["review_partial"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_counts_that_the_forecast_knew_do_not_judge_it(desk: Desk, forecast: Forecast, lang: str) -> None:
    """A forecast made anew during the event was judged by the days that it had learned from."""
    first = pd.Timestamp(DAY, tz=ZONE)
    known = pd.concat([desk.table("history"), _came(1)], ignore_index=True)
    knowing = replace(desk, tables={**desk.tables, "history": known})
    found = review(knowing, forecast, _came(2))
    assert found.intervals["start"].min() == first + pd.Timedelta(days=1)
    (told,) = (own for own in found.findings if own.code == "review_known")
    assert all(part in told.line(lang) for part in ("24", f"{DAY} 23:00"))
    with pytest.raises(InputError) as caught:
        review(knowing, forecast, _came(1))
    assert [own.code for own in caught.value.findings] == ["review_known"]
    seen, some = forecast.paths.copy(), slice(3, 5)
    seen[:, some] = seen[0, some]
    anew = review(desk, replace(forecast, paths=seen), _came(1))
    assert anew.intervals["start"].min() == first + pd.Timedelta(hours=5), "what was seen while the event ran"
    assert "review_known" in [own.code for own in anew.findings]


def test_coarser_finer_and_partial_actuals(desk: Desk, forecast: Forecast) -> None:
    """Protects the grids: the same totals whatever the rows; what was closed or not observed is left out."""
    fine, coarse = (review(desk, forecast, _came(1, step)).errors.iloc[0] for step in (15, 180))
    assert fine["intervals"] == 24
    assert coarse["intervals"] == 8
    assert fine["forecast"] == pytest.approx(coarse["forecast"])
    shut = _came(1).assign(open=lambda own: own.index >= 6, observed=lambda own: own.index != 7)
    assert review(desk, forecast, shut).errors.iloc[0]["intervals"] == 17


def test_actuals_of_other_days_are_refused(desk: Desk, forecast: Forecast) -> None:
    """Protects against a review of nothing."""
    old = history(starts("2024-01-01", 2), np.ones(48))
    with pytest.raises(InputError) as error:
        review(desk, forecast, old)
    assert [finding.code for finding in error.value.findings] == ["review_without_overlap"]
    assert str(forecast.starts.tz) == ZONE
