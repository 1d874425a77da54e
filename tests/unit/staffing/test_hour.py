"""The hour of the day in planning: handle times and people away, against the simulator and against plain arithmetic."""

import numpy as np
import pytest

from staffing import predict_service, required_agents, simulate, staffing_curves
from staffing.correction import expected_cost
from staffing.pool import together
from staffing.simulation.clock import pausing
from staffing.table import present_chances, service_table
from tests.unit.staffing.small import crowd, desk, forecast

QUEUE = {"aht_s": [300.0], "patience_s": 300.0, "lost_value": 10.0}
HOUR = np.arange(24)
SLOW = {"aht_by_hour": np.where(HOUR < 12, 0.8, 1.25).tolist()}
AWAY = {"shrinkage_by_hour": np.where(HOUR < 12, 0.0, 0.2).tolist()}


def test_hours_alike_change_nothing() -> None:
    """Protects the flat desk: ratios of 1 and shares of 0 give the very curves of a desk that states none."""
    flat = desk(q=QUEUE)
    stated = desk(q=QUEUE | {"aht_by_hour": [1.0] * 24, "shrinkage_by_hour": [0.0] * 24})
    coming = forecast(flat, 60.0, paths=3, seed=1)
    assert staffing_curves(flat, coming).points.equals(staffing_curves(stated, coming).points)


@pytest.mark.parametrize("own", [SLOW, AWAY], ids=["handle time", "shrinkage"])
def test_the_second_half_of_the_day_needs_more_agents(own: dict[str, list[float]]) -> None:
    """Protects the requirement, the curves and the load: a quarter more work, or a fifth of the people away."""
    of = desk(q=QUEUE | own)
    coming = forecast(of, 120.0)
    needed = required_agents(of, coming)["required"].to_numpy()
    assert needed[14:].min() >= needed[2:11].max() + 2
    staffed, plan = crowd(of, coming, "q", 12)
    service = predict_service(staffed, coming, plan)
    ratio = 1.25 if "shrinkage_by_hour" in own else 1.25 / 0.8
    assert service["load"].iloc[20] == pytest.approx(service["load"].iloc[5] * ratio)
    crews = service.assign(agents=service["effective_agents"])
    cost = expected_cost(staffing_curves(of, coming), crews)["expected"].to_numpy()
    assert cost[20] > 1.5 * cost[5]


def test_a_pool_has_the_hours_of_both() -> None:
    """Protects pools: two queues alike are one with the same hours; where one is slow, the pool is half so."""
    one, other = (desk(q=QUEUE | own).settings.queues["q"] for own in (SLOW | AWAY, {}))
    assert together(one, one, 0.3).aht_by_hour == pytest.approx(SLOW["aht_by_hour"])
    half = together(one, other, 0.5)
    assert half.aht_by_hour == pytest.approx(np.where(HOUR < 12, 0.9, 1.125))
    assert half.shrinkage_by_hour == pytest.approx(np.where(HOUR < 12, 0.0, 0.1))


def test_the_simulator_finds_what_the_hours_foretell() -> None:
    """Protects the prediction by the witness: lost within five hundredths, with both by hour."""
    of = desk(days=2, q=QUEUE | SLOW | AWAY)
    coming = forecast(of, 120.0, paths=200, seed=1)
    staffed, plan = crowd(of, coming, "q", 12)
    predicted = predict_service(staffed, coming, plan)
    played = simulate(staffed, coming, plan, runs=200).service
    assert played["lost_sim"].sum() == pytest.approx(predicted["lost"].sum(), rel=0.05)


@pytest.mark.parametrize(("aht_s", "pause_s"), [([300.0], 600.0), ([3600.0], 600.0), ([300.0, 400.0], 30.0)])
def test_pauses_take_up_the_stated_share_of_busy_people(aht_s: list[float], pause_s: float) -> None:
    """Protects shrinkage in the simulation, also where pauses are short beside the handle time: of what ten busy people
    serve, three tenths less are served.
    """
    served = []
    for away in (0.0, 0.3):
        own = {"aht_s": aht_s, "patience_s": 600.0, "shrinkage_by_hour": [away] * 24, "pause_s": pause_s}
        of = desk(days=3, q=own)
        coming = forecast(of, np.ceil(20.0 * len(aht_s) / aht_s[-1] * 3600.0))
        staffed, plan = crowd(of, coming, "q", 10)
        late = simulate(staffed, coming, plan, runs=4).service.iloc[24:]
        served.append(48 * coming.paths[0, 0, 0] - late["lost_sim"].sum())
    assert 1.0 - served[1] / served[0] == pytest.approx(0.3, abs=0.025)


def test_pauses_take_up_the_stated_share_of_idle_people() -> None:
    """Protects calm hours: who has nothing to do is away three tenths of the time, however long a contact would take;
    pauses that only busy people's share decided kept them away for nine tenths.
    """
    of = desk(q={"aht_s": [1500.0], "patience_s": 600.0, "shrinkage_by_hour": [0.3] * 24, "pause_s": 300.0})
    how = pausing(of, forecast(of, 1.0))
    assert how.mean_s[0] / (how.mean_s[0] + 1.0 / how.per_s[0]) == pytest.approx(np.full(24, 0.3))


def test_the_table_of_who_is_there_is_the_mean_over_their_number() -> None:
    """Protects thinning: chances add up, nobody away is the table itself, and a mean over 3 agents by hand."""
    queue = desk(q=QUEUE).settings.queues["q"]
    table = service_table(queue, 60.0)
    assert table.thinned(0.0) is table
    thin = table.thinned(0.3)
    by_hand = sum(share * table.lost[:, there] for there, share in enumerate((0.027, 0.189, 0.441, 0.343)))
    assert thin.lost[:, 3] == pytest.approx(by_hand)
    assert present_chances(9, 4, 0.3).sum(axis=0) == pytest.approx(np.ones(10))
    assert thin.within[-1, -1] > 0.999
