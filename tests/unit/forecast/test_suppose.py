"""Suppositions about drivers move the forecast by as much as the forecast rests on them."""

import pytest

from data import sample_path
from desk import load_desk
from forecast import Model, Supposed, felt, felt_late, fit, suppose


@pytest.fixture(scope="module")
def model() -> Model:
    """The sample desk's forecaster, which rests on visits and orders."""
    return fit(load_desk(sample_path("618")))


def totals(model: Model) -> dict[str, float]:
    found = model.predict(paths=200).totals()
    return dict(zip(found["queue"], found["mean"], strict=True))


def test_more_visits_bring_more_presale_only(model: Model) -> None:
    """A third more visits: presale rises by less than half, and what does not feel them stays."""
    own, more = totals(model), totals(suppose(model, Supposed({"visits": 1.3})))
    assert "presale" in felt(model)["visits"]
    assert 1.1 < more["presale"] / own["presale"] < 1.4
    for queue in set(own) - set(felt(model)["visits"]):
        assert more[queue] == own[queue]


def test_delay_postpones(model: Model) -> None:
    """Orders shipped three days later are asked about later: fewer inquiries within the horizon, none invented."""
    late = felt_late(model)
    delayed = totals(suppose(model, Supposed(delay_days=dict.fromkeys(late, 3))))
    own = totals(model)
    assert late
    for queue in own:
        concerned = any(queue in queues for queues in late.values())
        assert (0.5 * own[queue] < delayed[queue] < own[queue]) if concerned else delayed[queue] == own[queue]


def test_larger_error_widens(model: Model) -> None:
    """Three times the error of the plans: a wider range about nearly the same middle."""
    own, wide = model.predict(paths=500), suppose(model, Supposed(error_factor=3.0)).predict(paths=500)
    spread = [float(found.paths[:, :, 0].sum(axis=1).std()) for found in (own, wide)]
    assert spread[1] > 1.1 * spread[0]
