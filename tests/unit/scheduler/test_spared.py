"""What one person fewer costs: the account of the plan without that person's rows says the same."""

from dataclasses import replace

import pytest

from scheduler import make_roster, price
from scheduler.explain.scene import Scene
from scheduler.marginal import marginal_values
from scheduler.marginal.spared import spared
from tests.unit.scheduler.test_marginal import curves, world


def test_without_one_the_plan_costs_what_is_said() -> None:
    """Of each kind the one who can best be spared is named, and the difference is that of the two cost accounts."""
    of = world()
    plan = make_roster(of, curves(of))
    found = list(spared(Scene(of, plan, curves(of))))
    assert [own.kind.queues for own in found] == [("pre",), ("after",)]
    for own in found:
        tables = {name: frame[frame["agent"] != own.agent] for name, frame in of.tables.items() if "agent" in frame}
        left = replace(of, tables={**of.tables, **tables})
        roster, duty = (rows[rows["agent"] != own.agent] for rows in (plan.roster, plan.duty))
        without = price(left, replace(plan, roster=roster, duty=duty), curves(of))["amount"].sum()
        assert without - price(of, plan, curves(of))["amount"].sum() == pytest.approx(own.lost - own.paid)
    told = marginal_values(of, curves(of), plan).query("kind == 'spared'")
    assert told["net"].tolist() == pytest.approx([own.lost - own.paid for own in found])


def test_nobody_at_work_nobody_to_spare() -> None:
    """A plan without any shift has no kinds to lose."""
    of = world()
    plan = make_roster(of, curves(of))
    nobody = replace(plan, roster=plan.roster.iloc[:0], duty=plan.duty.iloc[:0])
    assert marginal_values(of, curves(of), nobody).query("kind == 'spared'").empty
