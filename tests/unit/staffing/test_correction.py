"""Curves put right by a simulation, and staffing proven by it."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from desk import Curves, Desk
from staffing import comparison, correct_curves, proven_agents, staffing_curves
from tests.unit.staffing.small import desk, forecast

POINTS = """\
start,queue,agents,lost,late,cost
2026-06-17T10:00+08:00,pre,0,50,0,1000
2026-06-17T10:00+08:00,pre,4,10,0,200
2026-06-17T10:00+08:00,pre,8,0,0,0
2026-06-17T11:00+08:00,pre,0,50,0,1000
2026-06-17T11:00+08:00,pre,8,0,0,0
"""


def curves() -> Curves:
    return Curves(pd.read_csv(StringIO(POINTS), parse_dates=["start"]), pd.DataFrame())


def service(agents: float, lost: float, spread: float = 1.0) -> pd.DataFrame:
    """What a simulation found at 10 o'clock; nobody was late."""
    start = curves().points["start"].iloc[:1]
    own = {"start": start, "queue": "pre", "effective_agents": agents, "lost_sim": lost, "late_sim": 0.0}
    own |= {"lost_sim_low": lost - spread, "lost_sim_high": lost + spread, "late_sim_low": 0.0, "late_sim_high": 0.0}
    return pd.DataFrame(own)


def agents_of(corrected: Curves, hour: int) -> list[float]:
    points = corrected.points
    return [float(value) for value in points.loc[points["start"].dt.hour == hour, "agents"]]


def test_a_curve_that_the_simulation_confirms_stays() -> None:
    """Protects curves from noise: 200 expected, 190 to 230 simulated."""
    corrected = correct_curves(desk("pre"), curves(), service(4.0, 10.5))
    pd.testing.assert_frame_equal(corrected.points, curves().points, check_dtype=False)


def test_a_prediction_that_the_simulation_confirms_puts_the_curve_right() -> None:
    """Protects the account, which knew of no open chats that leavers finish: 200 expected, 190 to 230 simulated, 194
    predicted; a prediction beyond the limits is not believed, and neither is the curve there."""
    small, found = desk("pre"), service(4.0, 10.5)
    for lost, aimed in ((9.7, 194.0), (5.0, 200.0)):
        row = comparison(small, curves(), found.assign(lost=lost, late=0.0)).iloc[0]
        assert row["aimed"] == pytest.approx(aimed)
    corrected = correct_curves(small, curves(), found.assign(lost=9.7, late=0.0))
    assert comparison(small, corrected, found).iloc[0]["expected"] == pytest.approx(194.0)
    far = comparison(small, curves(), service(4.0, 30.0).assign(lost=5.0, late=0.0)).iloc[0]
    assert far["aimed"] == pytest.approx(600.0)


def test_agents_are_worth_what_the_simulation_found() -> None:
    """Protects the correction: four agents lost what the curve foretold for two, so each is worth half; others stay."""
    small = desk("pre")
    corrected = correct_curves(small, curves(), service(4.0, 30.0))
    assert agents_of(corrected, 10) == pytest.approx([0.0, 8.0, 16.0])
    assert agents_of(corrected, 11) == [0.0, 8.0]
    again = comparison(small, corrected, service(4.0, 30.0)).iloc[0]
    assert again["expected"] == pytest.approx(again["simulated"])


def test_a_correction_is_bounded_and_keeps_the_cost_of_nobody() -> None:
    """Protects the optimiser from one bad hour: worth half at least, whatever was lost; the first cost stays."""
    corrected = correct_curves(desk("pre"), curves(), service(7.0, 80.0))
    assert agents_of(corrected, 10) == pytest.approx([0.0, 8.0, 16.0])
    assert corrected.points["cost"].tolist() == curves().points["cost"].tolist()


def test_towards_the_upper_limit_more_agents_are_asked() -> None:
    """Protects targets that are to be met with confidence: the limit, not the mean, is what the curve then says."""
    small = desk("pre")
    corrected = correct_curves(small, curves(), service(4.0, 10.0, spread=5.0), towards="high")
    assert comparison(small, corrected, service(4.0, 10.0)).iloc[0]["expected"] == pytest.approx(300.0)


def test_nobody_there_corrects_nothing() -> None:
    """Protects against division by nobody."""
    corrected = correct_curves(desk("pre"), curves(), service(0.0, 10.0))
    pd.testing.assert_frame_equal(corrected.points, curves().points, check_dtype=False)


def test_proven_agents_meet_their_share_in_every_interval() -> None:
    """Protects the requirement that is proven: every upper limit within the share, and no waste of agents, also on a
    desk whose people are absent at times (seats are not).
    """
    base = desk("pre").settings
    rules = base.rules.model_copy(update={"absence_share": 0.3})
    small = Desk(base.model_copy(update={"rules": rules}), {})
    coming = forecast(small, 20.0 + 15.0 * np.sin(np.arange(24.0))[:, np.newaxis], paths=60, seed=3)
    found = proven_agents(small, coming, 0.08, runs=200)
    assert (found["lost_share_high"] <= 0.08).all()
    ample = staffing_curves(Desk(small.settings, {}), coming).points.groupby("start")["agents"].max().sum()
    assert found["agents"].sum() < min(ample, 40)


def test_a_simulation_without_limits_corrects_nothing() -> None:
    """One replication knows no limits: there is nothing to compare, and nothing breaks; nor are closed hours compared,
    whose limits of a nought widened those of the whole.
    """
    one = service(4.0, 30.0).assign(lost_sim_low=np.nan, late_sim_low=np.nan)
    assert comparison(desk("pre"), curves(), one).empty
    rows = [comparison(desk("pre"), curves(), service(4.0, 0.0).assign(offered=count)) for count in (0.0, 9.0)]
    assert [len(own) for own in rows] == [0, 1]
