"""Desks at the edge: nobody at all, endless patience, a target of everything at once."""

import numpy as np
import pytest

from staffing import predict_service, required_agents, simulate, staffing_curves
from tests.unit.staffing.small import crowd, desk, duty, forecast


def test_an_empty_duty_table_is_an_empty_desk() -> None:
    """Protects the first look at a plan without people: everything lost, predicted and simulated."""
    small = desk("after")
    coming = forecast(small, 20.0)
    nobody = duty(coming, ("cat", "break", 0, 2)).iloc[:0]
    assert predict_service(small, coming, nobody)["share_within"].max() == 0.0
    simulated = simulate(small, coming, nobody, runs=2)
    assert simulated.service["share_within_sim"].max() == 0.0
    assert simulated.contacts["abandoned"].all()


def test_endless_patience_loses_nobody_and_makes_everybody_late() -> None:
    """Protects queues without a stated patience: an overloaded hour is worked off later, prediction as simulation."""
    small = desk(calm={"aht_s": [300.0], "lost_value": 5.0, "late_value": 5.0})
    rates = np.full(24, 20.0)
    rates[8] = 120.0
    coming = forecast(small, rates[:, np.newaxis], paths=20)
    staffed, plan = crowd(small, coming, "calm", 4)
    both = predict_service(staffed, coming, plan).merge(simulate(staffed, coming, plan, runs=200).service)
    assert both["lost"].max() == both["lost_sim"].max() == 0.0
    assert both["late"].sum() == pytest.approx(both["late_sim"].sum(), rel=0.1)
    assert both["mean_wait_s"].iloc[9] == pytest.approx(both["mean_wait_s_sim"].iloc[9], rel=0.1)
    points = staffing_curves(small, coming).points
    assert points.groupby("start")["cost"].max().max() == pytest.approx(600.0, rel=0.01)


def test_a_target_of_everybody_at_once_has_a_finite_requirement() -> None:
    """Protects the search for agents from a target that no number of them reaches exactly."""
    small = desk(strict={"aht_s": [300.0], "patience_s": 60.0, "target": {"share": 1.0, "within_s": 0.0}})
    assert 10 < required_agents(small, forecast(small, 60.0))["required"].max() < 40
