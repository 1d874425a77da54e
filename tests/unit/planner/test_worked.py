"""A log of a month that was planned in parts is judged by all of its plans."""

from dataclasses import replace

import pandas as pd
import pytest

from desk import InputError
from planner.planned import Planned
from planner.worked import worked

WEEK = pd.Timedelta(days=7)


def later(planned: Planned, by: pd.Timedelta) -> Planned:
    """The same week, some days later; of the eve it knows that somebody was there."""
    horizon = planned.desk.settings.horizon
    moved = horizon.model_copy(update={"start": horizon.start + by, "end": horizon.end + by})
    of = replace(planned.desk, settings=planned.desk.settings.model_copy(update={"horizon": moved}))
    duty = planned.plan.duty.assign(start=planned.plan.duty["start"] + by, date=planned.plan.duty["date"] + by)
    eve = duty.head(1).assign(start=of.starts[0], date=of.dates[0] - pd.Timedelta(days=1), activity="of the eve")
    service = planned.plan.service.assign(start=planned.plan.service["start"] + by)
    plan = replace(planned.plan, duty=pd.concat([eve, duty], ignore_index=True), service=service)
    return replace(planned, desk=of, plan=plan)


def test_plans_of_a_month_are_one(planned: Planned) -> None:
    """Each day by its own plan, whatever another tells of it; the eve of the first by the plan that tells it."""
    second = later(planned, WEEK)
    both, one = worked([second, planned]), worked([second])
    assert both is not None
    assert one is not None
    assert len(both.service) == 2 * len(planned.plan.service)
    assert len(both.duty) == 2 * len(planned.plan.duty)
    assert "of the eve" not in set(both.duty["activity"])
    with_eve = worked([second, later(planned, 0 * WEEK)])
    assert with_eve is not None
    told = with_eve.duty[with_eve.duty["activity"] == "of the eve"]
    assert list(told["date"]) == [planned.desk.dates[0] - pd.Timedelta(days=1)]
    assert one.duty is second.plan.duty
    assert worked([]) is None


def test_two_plans_of_a_day_are_refused(planned: Planned) -> None:
    """A plan and its replanned rest would count everybody's hours twice; the days are named in both languages."""
    with pytest.raises(InputError) as refused:
        worked([planned, later(planned, pd.Timedelta(days=5))])
    (found,) = refused.value.findings
    assert (found.code, found.value) == ("plans_overlap", "2026-03-07–2026-03-08")
    assert all("2026-03-07" in found.message(lang) and found.cure(lang) for lang in ("en", "zh"))
