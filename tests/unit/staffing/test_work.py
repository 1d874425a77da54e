"""Deferrable work for the optimiser: deadlines, ageing, and call-backs by quota."""

import numpy as np
import pytest

from staffing import predict_service, required_agents, simulate, staffing_curves
from tests.unit.staffing.small import crowd, desk, forecast

CALLS = {"kind": "deferrable", "aht_s": [600.0], "deadline_h": 10.0, "late_value": 5.0, "daily_quota": 30.0}


def test_work_states_its_linear_constraints() -> None:
    """Protects the table: hours, deadline, and both prices per agent hour: ten of 6 minutes at 0.5 an hour are 5."""
    small = desk(
        mail={"kind": "deferrable", "aht_s": [360.0], "deadline_h": 4.0, "late_value": 2.0, "ageing_value": 0.5}
    )
    row = staffing_curves(small, forecast(small, 10.0)).work.iloc[0]
    assert row[["work_h", "deadline_h", "late_value", "ageing_value"]].tolist() == pytest.approx([1.0, 4.0, 20.0, 5.0])


def test_call_backs_are_there_at_the_opening_of_every_day() -> None:
    """Protects the quota: 30 calls of 10 minutes are 5 hours a day at 9:00, whatever the forecast says."""
    small = desk(days=2, calls=CALLS | {"hours": "09:00-21:00"})
    work = staffing_curves(small, forecast(small, 3.0)).work
    assert work["work_h"].sum() == pytest.approx(10.0)
    assert work[work["work_h"] > 0]["start"].dt.hour.tolist() == [9, 9]


def test_call_backs_need_those_who_do_the_quota_by_its_deadline() -> None:
    """Protects the requirement: five hours of work in ten hours are half an agent from 9:00 to 19:00."""
    small = desk(calls=CALLS | {"hours": "09:00-21:00"})
    needed = required_agents(small, forecast(small, 0.0))["required"].to_numpy()
    assert needed == pytest.approx(np.where((np.arange(24) >= 9) & (np.arange(24) < 19), 0.5, 0.0))


def test_call_backs_done_late_are_predicted_late() -> None:
    """Protects the prediction: one agent does 30 calls in five hours of a day, nobody does none."""
    small = desk(calls=CALLS | {"hours": "09:00-21:00"})
    coming = forecast(small, 0.0)
    staffed, plan = crowd(small, coming, "calls", 1)
    done = predict_service(staffed, coming, plan)
    assert done["late"].sum() == pytest.approx(0.0)
    assert done["offered"].sum() == pytest.approx(30.0)
    none = predict_service(staffed, coming, plan.iloc[:1])
    assert none["late"].sum() == pytest.approx(30.0)


def test_call_backs_are_simulated_too() -> None:
    """Protects the witness: 30 calls a day are made by one agent, none of them late."""
    small = desk(calls=CALLS | {"hours": "09:00-21:00"})
    coming = forecast(small, 0.0)
    staffed, plan = crowd(small, coming, "calls", 1)
    service = simulate(staffed, coming, plan, runs=5).service
    assert service["share_within_sim"].min() == 1.0
    assert simulate(staffed, coming, plan, runs=1).contacts["queue"].tolist() == ["calls"] * 30
