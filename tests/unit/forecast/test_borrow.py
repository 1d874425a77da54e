"""New queues and first promotions: what is borrowed, from whom, and how sure it is."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from desk import Desk, Forecast
from forecast import fit
from forecast.borrow import Loan
from forecast.calibration import Width
from forecast.lender import told_apart
from tests.unit.forecast.small import CLOCK, WEEKDAY, desk_of, drawn, history, promotion, starts, usual

TIMES = starts("2024-09-01", 260)
END = "2025-05-19"
MONDAY = WEEKDAY[0] / WEEKDAY.mean()
PHASES = [("2024-10-20", 3), ("2025-01-10", 3), ("2025-05-20", 3)]


def _promotions(*names: str) -> pd.DataFrame:
    found = []
    for number, ((first, days), name) in enumerate(zip(PHASES, names, strict=True)):
        end = pd.Timestamp(first) + pd.Timedelta(days=days)
        found.append(promotion(f"p{number}", (name, first, f"{end:%Y-%m-%d}")))
    return pd.concat(found)


def _mean(promotions: pd.DataFrame, a_day: float, lift: float = 3.0) -> np.ndarray:
    mean = usual(TIMES, a_day)
    for row in promotions.itertuples():
        mean = np.where((row.start <= TIMES) & (row.end > TIMES), mean * lift, mean)
    return mean


def _desk(own_days: int, promotions: pd.DataFrame, **forecast: Any) -> Desk:
    """Queues ``a`` and ``b`` with a long past, ``new`` a quarter of ``a`` with ``own_days`` of its own."""
    until = pd.Timestamp(END, tz=TIMES.tz)
    rows = [
        history(TIMES, drawn(_mean(promotions, a_day, lift), seed, 0.05), queue)
        for seed, (queue, a_day, lift) in enumerate([("a", 2400.0, 3.0), ("b", 1200.0, 2.5), ("new", 600.0, 2.8)])
    ]
    known = pd.concat([own[own["start"] < until] for own in rows])
    first = until - pd.Timedelta(days=own_days)
    made = desk_of(known, 6, horizon=END, promotions=promotions, forecast=forecast)
    tables = dict(made.tables) | {"history": known[(known["queue"] != "new") | (known["start"] >= first)]}
    return Desk(made.settings, tables)


def _of(forecast: Forecast, queue: str = "new") -> np.ndarray:
    return forecast.paths[:, :, forecast.queues.index(queue)]


def _codes(forecast: Forecast) -> set[str]:
    return {finding.code for finding in forecast.findings}


@pytest.mark.parametrize("own_days", [3, 10, 30])
def test_a_young_queue_borrows_hours_and_promotions(own_days: int) -> None:
    """Protects the first weeks of a queue: level its own, weekdays, hours and the promotion's lift the others'."""
    promotions = _promotions("peak", "peak", "peak")
    forecast = fit(_desk(own_days, promotions)).predict()
    own, ratio = _of(forecast), _of(forecast).mean(axis=0) / usual(forecast.starts, 600.0)
    lifted = (forecast.starts >= promotions["start"].iloc[-1]) & (forecast.starts < promotions["end"].iloc[-1])
    assert ratio[:24].mean() == pytest.approx(1, rel=0.25)
    assert 2.0 < ratio[lifted].mean() < 3.8
    clock = own[:, :24].sum(axis=0)
    assert np.corrcoef(clock, CLOCK)[0, 1] > 0.97
    assert "history_borrowed" in _codes(forecast)
    assert "history_short" not in _codes(forecast)


def test_not_knowing_a_young_queue_does_not_swell_its_mean() -> None:
    """Protects the size of a new queue, which its own week tells: wide days alone made it 4 % more."""
    week = TIMES[-1] - pd.Timedelta(days=7) <= TIMES
    rows = [history(TIMES, usual(TIMES, 2400.0), "a"), history(TIMES[week], usual(TIMES[week], 1200.0), "new")]
    forecast = fit(desk_of(pd.concat(rows, ignore_index=True))).predict(paths=500)
    assert _of(forecast).mean(axis=0).sum() == pytest.approx(usual(forecast.starts, 1200.0).sum(), rel=0.025)


def test_a_young_queue_is_less_sure_than_an_old_one() -> None:
    """Protects against intervals that forget how little is known."""
    forecast = fit(_desk(5, _promotions("peak", "peak", "peak"))).predict()
    spread = {queue: _of(forecast, queue).sum(axis=1).std() / _of(forecast, queue).sum(axis=1).mean() for queue in "ab"}
    own = _of(forecast).sum(axis=1)
    assert own.std() / own.mean() > 1.5 * max(spread.values())


def test_days_may_lie_as_far_off_as_the_lenders_do() -> None:
    """Protects the width of a young queue's days; promotions are no surer than the model says."""
    loan = Loan(("a",), 7, 0.0, 0.0, 0.2, 0.4, 0.3, ())
    usual_sd = np.hypot(loan.scales.noise, loan.scales.swing)
    wide = loan.widened(Width((1.0, 2.0), event=0.5))
    assert np.array(wide.ordinary) * usual_sd == pytest.approx(np.hypot([usual_sd, 2 * usual_sd], 0.2))
    assert wide.event == 1.0


def test_a_queue_without_rows_takes_the_level_that_is_stated() -> None:
    """Protects a queue that opens tomorrow: the stated level, the others' week, and a finding that says so."""
    level = {"queue": "new", "a_day": 600.0, "spread": 0.3, "like": ["a"]}
    model = fit(_desk(0, _promotions("peak", "peak", "peak"), expected_levels=[level]))
    forecast = model.predict()
    assert _of(forecast)[:, :24].sum(axis=1).mean() == pytest.approx(600 * MONDAY, rel=0.2)
    assert _of(forecast)[:, :24].sum(axis=1).std() / 600 > 0.2
    [told] = model.borrowings(forecast.starts[0], forecast.starts[24], "new")
    assert told.code == "level_stated"
    assert "600" in told.message("zh")
    assert told.facts["lenders"] == "a"


def test_an_older_queue_that_never_saw_the_phase_borrows_it() -> None:
    """Protects the first promotion of a queue that others have been through."""
    forecast = fit(_desk(80, _promotions("peak", "peak", "peak"))).predict()
    ratio = _of(forecast).mean(axis=0) / usual(forecast.starts, 600.0)
    assert 2.0 < ratio[24:96].mean() < 3.8
    assert "phases_borrowed" in _codes(forecast)


def _lift(forecast: Forecast, queue: str = "a") -> float:
    size = {"a": 2400.0, "b": 1200.0, "new": 600.0}[queue]
    return float((_of(forecast, queue).mean(axis=0) / usual(forecast.starts, size))[24:96].mean())


def test_a_kind_never_seen_takes_what_other_kinds_did_and_what_is_stated() -> None:
    """Protects the first phase of its kind: a shrunken lift of the other kinds; with a stated one nearer to that."""
    promotions = _promotions("deposit", "peak", "surprise")
    others = fit(_desk(200, promotions)).predict()
    stated = fit(_desk(200, promotions, expected_lifts=[{"phase": "surprise", "lift": 5.0, "spread": 0.3}])).predict()
    assert 1.5 < _lift(others) < 3.0 < _lift(stated) < 5.2
    [told] = [own for own in stated.findings if own.code == "lift_borrowed" and own.facts["queue"] == "a"]
    assert {"deposit", "peak"} <= set(told.facts["other_kinds_named"].strip(" ()").split(", "))
    assert "surprise" in told.message("zh")
    spread = np.quantile(_of(others, "a")[:, 24:96].sum(axis=1), [0.1, 0.9])
    assert spread[1] / spread[0] > 2


def test_a_desk_that_never_had_a_promotion_believes_the_settings() -> None:
    """Protects the first promotion ever: the stated lift is the mean, and the explanation has it as promotion."""
    promotions = _promotions("x", "x", "peak").tail(1)
    forecast = fit(_desk(200, promotions, expected_lifts=[{"phase": "peak", "lift": 4.0, "queue": "a"}])).predict()
    assert _lift(forecast) == pytest.approx(4.0, rel=0.12)
    assert _lift(forecast, "b") == pytest.approx(1.0, rel=0.12)
    own = forecast.explanation[forecast.explanation["queue"] == "a"]
    assert own["promotion"].iloc[30] == pytest.approx(4.0, rel=0.05)
    assert {"lift_borrowed", "phase_without_precedent"} <= _codes(forecast)


def test_a_lender_like_the_queue_weighs_more() -> None:
    """Protects against the average of unlike queues: two of three lenders are busy when the new queue is not."""
    mean, other = usual(TIMES, 1200.0), np.roll(usual(TIMES, 1200.0), 12)
    own = pd.Timestamp("2025-05-05", tz=TIMES.tz) <= TIMES
    rows = [history(TIMES, drawn(of, seed), queue) for seed, (queue, of) in enumerate([("a", mean), ("b", other)])]
    rows += [history(TIMES, drawn(other, 7), "c"), history(TIMES[own], drawn(mean[own] / 4, 9), "new")]
    forecast = fit(desk_of(pd.concat(rows))).predict(paths=200)
    told = forecast.paths[:, :, forecast.queues.index("new")].mean(axis=0)
    truth = usual(forecast.starts, 300.0)
    assert np.abs(told - truth).sum() < 0.35 * truth.sum()


def test_own_days_tell_how_far_a_queue_is_from_its_lenders() -> None:
    """Protects a young queue's intervals: a week like the lenders' narrows them, one unlike them does not."""
    rng = np.random.default_rng(1)
    lenders = np.outer(WEEKDAY, CLOCK) * 10
    unlike = lenders * np.exp(rng.normal(0, 0.3, 24)) * np.exp(rng.normal(0, 0.3, (7, 1)))
    like, other = (told_apart(0.2, 0.3, rng.poisson(own).astype(float), lenders) for own in (lenders, unlike))
    assert max(like) < 0.13
    assert min(other) > 0.15
    assert told_apart(0.2, 0.3, lenders[:2], lenders[:2]) == (0.2, 0.3)
