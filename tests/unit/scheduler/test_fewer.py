"""What one person fewer costs: the account of the plan without that person's rows says the same."""

from dataclasses import replace

import pytest

from scheduler import make_roster, price
from scheduler.marginal import fewer
from tests.unit.scheduler.test_marginal import curves, world


def test_without_one_the_plan_costs_what_is_said() -> None:
    """Of each kind the one who can best be spared is named, and the difference is that of the two cost accounts."""
    of = world()
    plan = make_roster(of, curves(of))
    found = fewer(of, curves(of), plan)
    assert found["skills"].tolist() == ["pre", "after"]
    for row in found.to_dict("records"):
        tables = {name: frame[frame["agent"] != row["agent"]] for name, frame in of.tables.items() if "agent" in frame}
        left = replace(of, tables={**of.tables, **tables})
        roster, duty = (own[own["agent"] != row["agent"]] for own in (plan.roster, plan.duty))
        without = price(left, replace(plan, roster=roster, duty=duty), curves(of))["amount"].sum()
        assert without - price(of, plan, curves(of))["amount"].sum() == pytest.approx(row["net"])


def test_nobody_at_work_nobody_to_spare() -> None:
    """A plan without any shift has no kinds to lose."""
    of = world()
    plan = make_roster(of, curves(of))
    nobody = replace(plan, roster=plan.roster.iloc[:0], duty=plan.duty.iloc[:0])
    assert fewer(of, curves(of), nobody).empty
