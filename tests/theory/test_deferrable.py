"""Work that may wait, from its settings through the optimiser to the prediction: it moves off the peak."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from desk import Curves, Desk, Forecast, Plan
from scheduler import make_roster
from staffing import predict_service, simulate, staffing_curves
from tests.theory.test_pooling import people
from tests.unit.staffing.small import desk, forecast

LIVE: dict[str, Any] = {"aht_s": [360.0], "patience_s": 300.0, "lost_value": 20.0, "late_value": 5.0}
MAIL: dict[str, Any] = {"kind": "deferrable", "aht_s": [360.0], "deadline_h": 7.0, "late_value": 4.0}
PEAK = (12, 13)


def floor(days: int = 1, **second: Any) -> Desk:
    """Eight people with both skills, one shift from 8:00 to 18:00."""
    of = people(desk(days=days, one=LIVE, two=second), 8)
    soon = of.settings.scheduler.model_copy(update={"time_limit_s": 4.0})
    return replace(of, settings=of.settings.model_copy(update={"scheduler": soon}))


def coming_to(of: Desk, mail: float) -> Forecast:
    """20 live inquiries an hour, 80 in the two hours of the peak (as much as all eight can do), ``mail`` an hour from
    8:00 to 12:00."""
    hour = np.arange(24)
    live = np.where(np.isin(hour, PEAK), 80.0, np.where((hour >= 8) & (hour < 18), 20.0, 0.0))
    written = np.where((hour >= 8) & (hour < 12), mail, 0.0)
    return forecast(of, np.tile(np.column_stack([live, written]), (len(of.dates), 1)))


def planned(of: Desk, mail: float = 20.0) -> tuple[Forecast, Curves, Plan]:
    coming = coming_to(of, mail)
    curves = staffing_curves(of, coming)
    return coming, curves, make_roster(of, curves)


def hours_on(plan: Plan, activity: str) -> "pd.Series[int]":
    """People on an activity by hour of the day, both days together."""
    own = plan.duty[plan.duty["activity"].eq(activity)]
    return own.groupby(own["start"].dt.hour).size().reindex(range(24), fill_value=0)


def test_messages_are_answered_around_the_peak_and_in_time() -> None:
    """Protects the way from deadline to duty: nobody on messages at noon, everything done by its deadline, and the
    prediction and the simulator say so too."""
    of = floor(**MAIL)
    coming, curves, plan = planned(of)
    mail = hours_on(plan, "two")
    assert curves.work["work_h"].sum() == pytest.approx(8.0)
    assert mail.loc[list(PEAK)].sum() == 0
    assert mail.sum() >= 8
    assert plan.costs.set_index("term")["amount"].get("late", 0.0) == pytest.approx(0.0, abs=0.5)
    predicted = predict_service(of, coming, plan.duty).set_index(["queue", "start"]).loc["two"].iloc[8:12]
    played = simulate(of, coming, plan.duty, runs=40).service.set_index(["queue", "start"]).loc["two"].iloc[8:12]
    assert predicted["share_within"].min() > 0.95
    assert played["share_within_sim"].mean() > 0.8


def test_what_waits_costs_and_is_done_sooner() -> None:
    """Protects ageing: a price on waiting brings the same messages forward, still not into the peak."""
    middle = []
    for ageing in (0.0, 2.0):
        mail = hours_on(planned(floor(**MAIL | {"ageing_value": ageing}))[2], "two")
        middle.append(float(np.average(mail.index, weights=mail)))
        assert mail.loc[list(PEAK)].sum() <= 2 * ageing
    assert middle[1] < middle[0]


def test_call_backs_are_made_every_day_whatever_is_forecast() -> None:
    """Protects quotas: thirty call-backs of six minutes are three hours of somebody's day, each day, off the peak."""
    of = floor(2, **MAIL | {"daily_quota": 30.0, "deadline_h": 9.0, "hours": "08:00-18:00"})
    _, curves, plan = planned(of, mail=0.0)
    work = curves.work[curves.work["work_h"] > 0]
    assert work["work_h"].tolist() == pytest.approx([3.0, 3.0])
    assert work["start"].dt.hour.tolist() == [8, 8]
    own = plan.duty[plan.duty["activity"].eq("two")]
    assert own.groupby(own["start"].dt.date).size().min() >= 3
    assert hours_on(plan, "two").loc[list(PEAK)].sum() == 0
