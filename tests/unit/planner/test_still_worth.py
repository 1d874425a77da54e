"""What has passed is worth nothing to a plan for the rest, and nobody is asked to work it."""

from dataclasses import replace

import pandas as pd

from planner.planned import Planned
from planner.still_worth import still_counting, worth_and_offers

FREE_ON = "2026-03-04"


def test_overtime_of_yesterday_is_not_offered(planned: Planned) -> None:
    """Of 47 offers of a plan made anew 17 were for days that had passed; one more person was worth these, too."""
    now = pd.Timestamp(FREE_ON, tz=planned.desk.settings.timezone) + pd.Timedelta(hours=13)
    contracts = {
        name: own.model_copy(update={"normal_h_day": 1.0}) for name, own in planned.desk.settings.contracts.items()
    }
    desk = replace(planned.desk, settings=planned.desk.settings.model_copy(update={"contracts": contracts}))
    rest = replace(planned.plan, meta={**planned.plan.meta, "replanned": {"now": now.isoformat()}})
    (every, before), (left, after) = (worth_and_offers(desk, planned.curves, own, None) for own in (planned.plan, rest))
    assert before["date"].min() < pd.Timestamp(FREE_ON) <= after["date"].min()
    assert left["date"].min() == pd.Timestamp(FREE_ON)
    assert "spared" in set(every["kind"])
    assert "spared" not in set(left["kind"])
    hours = [own.query("kind == 'overtime_h'").set_index(["date", "queue"])["value"] for own in (every, left)]
    assert (hours[1] <= hours[0].reindex(hours[1].index) + 1e-9).all()


def test_a_reason_counts_what_is_still_to_come(planned: Planned) -> None:
    """Protects who asks why: another shift of today saved 3,754 in the sample, most of it in hours that had passed."""
    rest = replace(planned.plan, meta={"replanned": {"now": planned.desk.starts[1].isoformat()}})
    assert planned.curves.points["cost"].tolist() == [9.0, 1.0] * 2
    assert still_counting(planned.curves, rest).points["cost"].tolist() == [0.0, 0.0, 9.0, 1.0]
    assert still_counting(planned.curves, planned.plan) is planned.curves
