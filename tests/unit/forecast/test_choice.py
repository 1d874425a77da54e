"""Which model forecasts: by name, or by the queue's own past."""

import numpy as np
import pytest

from desk import InputError
from forecast import fit
from forecast.choice import CHEAP
from forecast.rival import RIVALS
from tests.unit.forecast.small import desk_of, drawn, history, starts, usual

TIMES = starts("2024-09-01", 210)
PLAIN = drawn(usual(TIMES), day_sd=0.1)


def test_ours_is_kept_where_no_simple_model_is_better() -> None:
    """Protects the default, and the evidence that it stands on."""
    forecast = fit(desk_of(history(TIMES, PLAIN))).predict(paths=50)
    tried = forecast.evidence.set_index("model")
    assert set(tried.index) == set(CHEAP)
    assert not tried["admitted"].any()
    assert (tried["wape_without"] < tried["wape_with"]).all()


def test_a_simple_model_is_chosen_that_the_past_proves_better() -> None:
    """Protects a queue of a kind that ours can't follow: weeks that repeat, at wild levels."""
    rng = np.random.default_rng(3)
    weeks = np.exp(rng.normal(0, 1.5, (5, 7, 24))).repeat(6, axis=0)
    offered = np.round(100 * weeks.reshape(-1)[: len(TIMES)])
    forecast = fit(desk_of(history(TIMES, offered))).predict()
    assert forecast.evidence.set_index("model")["admitted"].any()
    assert "simple_model" in {finding.code for finding in forecast.findings}


def test_a_quiet_queue_is_forecast_at_its_level() -> None:
    """Protects queues with less than one inquiry an hour: the median of their hours is none, and has the least absolute
    error."""
    offered = np.random.default_rng(6).poisson(6 / 24, len(TIMES)).astype(float)
    forecast = fit(desk_of(history(TIMES, offered))).predict(paths=200)
    assert forecast.paths.mean() == pytest.approx(offered.mean(), rel=0.15)


@pytest.mark.parametrize("name", RIVALS)
def test_each_model_forecasts_by_name(name: str) -> None:
    """Protects the simple models as forecasters with paths: near the truth, never negative, wide enough."""
    forecast = fit(desk_of(history(TIMES, PLAIN)), model=name).predict()
    truth = usual(forecast.starts)
    assert forecast.paths.min() >= 0
    assert forecast.paths.mean() == pytest.approx(truth.mean(), rel=0.15)
    low, high = np.quantile(forecast.paths[:, :, 0], [0.025, 0.975], axis=0)
    assert ((truth >= low) & (truth <= high)).mean() > 0.85


def test_the_settings_name_the_model_too() -> None:
    """Protects the analyst's word."""
    desk = desk_of(history(TIMES, PLAIN), forecast={"model": "mean4"})
    found = fit(desk).queues["q"]
    assert found is not None
    assert found.choice.model == "mean4"


def test_an_unknown_model_is_refused() -> None:
    """Protects against a misspelt name that silently gives the default."""
    with pytest.raises(InputError):
        fit(desk_of(history(TIMES, PLAIN)), model="prophet")
