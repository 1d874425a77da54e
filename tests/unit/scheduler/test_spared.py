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


def test_who_has_no_shift_is_spared_for_nothing() -> None:
    """Where one of a kind stays at home, one fewer of the kind loses nothing and saves no wages."""
    of = world()
    plan = make_roster(of, curves(of))
    first = next(spared(Scene(of, plan, curves(of))))
    idle = first.kind.members[0].code
    roster, duty = (rows[rows["agent"] != idle] for rows in (plan.roster, plan.duty))
    without = next(spared(Scene(of, replace(plan, roster=roster, duty=duty), curves(of))))
    assert (without.agent, without.lost, without.paid) == (idle, 0.0, 0.0)
