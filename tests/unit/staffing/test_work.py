"""Deferrable work for the optimiser: deadlines, ageing, and call-backs by quota."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from desk.quota import with_quotas
from staffing import predict_service, required_agents, simulate, staffing_curves
from staffing.work import cases
from tests.unit.staffing.small import crowd, desk, forecast

CALLS = {"kind": "deferrable", "aht_s": [600.0], "deadline_h": 10.0, "late_value": 5.0, "daily_quota": 30.0}


def test_work_states_its_linear_constraints() -> None:
    """Protects the table: hours, deadline, and both prices per agent hour: ten of 6 minutes at 0.5 an hour are 5."""
    small = desk(
        mail={"kind": "deferrable", "aht_s": [360.0], "deadline_h": 4.0, "late_value": 2.0, "ageing_value": 0.5}
    )
    row = staffing_curves(small, forecast(small, 10.0)).work.iloc[0]
    assert row[["work_h", "deadline_h", "late_value", "ageing_value"]].tolist() == pytest.approx([1.0, 4.0, 20.0, 5.0])


def test_cases_are_means_of_quiet_and_busy_stretches() -> None:
    """Protects what lateness is priced by: of ten paths in order of their work the least six, the next three, and the
    most, in each stretch anew; weighed by how likely they are they have the mean of all, of any number of paths."""
    shares = np.array([0.6, 0.3, 0.1])
    paths = np.random.default_rng(1).permuted(np.arange(10.0))[:, np.newaxis] * [1.0, 2.0, -1.0, 0.0]
    found = cases(paths, shares, 2)
    np.testing.assert_allclose(found, [[2.5, 5.0, -6.5, 0.0], [7.0, 14.0, -2.0, 0.0], [9.0, 18.0, 0.0, 0.0]], atol=1e-9)
    for some in (paths[:1], paths[:7]):
        np.testing.assert_allclose(shares @ cases(some, shares, 3), some.mean(axis=0))


def test_call_backs_are_there_at_the_opening_of_every_day() -> None:
    """Protects the quota: 30 calls of 10 minutes are 5 hours a day at 9:00, whatever the forecast says."""
    small = desk(days=2, calls=CALLS | {"hours": "09:00-21:00"})
    work = staffing_curves(small, forecast(small, 3.0)).work
    assert work["work_h"].sum() == pytest.approx(10.0)
    assert work[work["work_h"] > 0]["start"].dt.hour.tolist() == [9, 9]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Africa/Cairo", date(2026, 4, 23), None),
        ("America/Havana", date(2026, 10, 31), None),
        ("Europe/Berlin", date(2026, 3, 28), "02:00-10:00"),
    ],
)
def test_call_backs_are_there_once_a_day_whatever_the_clock_does(zone: str, day: date, hours: str | None) -> None:
    """Protects the quota where the opening is an hour that a change of clock skips or repeats."""
    small = desk(days=3, calls=CALLS | {"hours": hours})
    horizon = small.settings.horizon.model_copy(update={"start": day, "end": day + timedelta(days=3)})
    settings = small.settings.model_copy(update={"timezone": zone, "horizon": horizon})
    work = staffing_curves(replace(small, settings=settings), forecast(replace(small, settings=settings), 0.0)).work
    assert work["offered"].groupby(work["start"].dt.date).sum().tolist() == [30.0] * 3


def test_half_a_call_back_is_one_every_other_time() -> None:
    """Protects small quotas: 12.5 a day are 12 or 13 in each run; all of them were 12 before, and 0.4 was none."""
    small = desk(days=2, calls=CALLS | {"daily_quota": 12.5})
    coming = with_quotas(small, forecast(small, 0.0, paths=4))
    counts = coming.paths[:, [0, 24], 0]
    assert sorted(counts[:, 0]) == sorted(counts[:, 1]) == [12.0, 12.0, 13.0, 13.0]
    assert coming.paths.sum() == counts.sum()


def test_what_may_wait_is_never_lost() -> None:
    """Protects the witness: a stated patience counts for live queues; curves and simulation agree that all wait."""
    small = desk(
        mail={"kind": "deferrable", "aht_s": [600.0], "deadline_h": 1.0, "late_value": 1.0, "patience_s": 60.0}
    )
    coming = forecast(small, 20.0)
    staffed, plan = crowd(small, coming, "mail", 1)
    service = simulate(staffed, coming, plan, runs=2).service
    assert service["lost_sim"].sum() == 0.0
    assert service["late_sim"].sum() > 100.0


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
