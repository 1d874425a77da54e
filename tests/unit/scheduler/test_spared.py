"""What one person fewer costs: the account of the plan without that person's rows says the same."""

from dataclasses import replace

import pytest

from scheduler import make_roster, price
from scheduler.explain.scene import Scene
from scheduler.facts import read_facts
from scheduler.marginal import marginal_values
from scheduler.marginal.kind import newcomer
from scheduler.marginal.spared import spared
from tests.rules.small import desk
from tests.rules.small import plan as judged_plan
from tests.unit.scheduler.test_marginal import curves, one_day, steps, world

TALK = "activity,minutes,window_start,window_end,who,sessions_max\ntalk,60,2026-06-01 08:00,2026-06-01 12:00,ann,1"


def test_without_one_the_plan_costs_what_is_said() -> None:
    """Of each kind the one who can best be spared is named, and the difference is that of the two cost accounts."""
    of = world()
    plan = make_roster(of, curves(of))
    found = list(spared(Scene(of, plan, curves(of)), 0))
    assert [own.kind.queues for own in found] == [("pre",), ("after",)]
    for own in found:
        tables = {name: frame[frame["agent"] != own.agent] for name, frame in of.tables.items() if "agent" in frame}
        left = replace(of, tables={**of.tables, **tables})
        roster, duty = (rows[rows["agent"] != own.agent] for rows in (plan.roster, plan.duty))
        without = price(left, replace(plan, roster=roster, duty=duty), curves(of))["amount"].sum()
        assert without - price(of, plan, curves(of))["amount"].sum() == pytest.approx(own.lost - own.paid)
    told = marginal_values(of, curves(of), plan).query("kind == 'spared'")
    assert told["net"].tolist() == pytest.approx([own.lost - own.paid for own in found])


def test_a_colleague_fills_in_where_that_loses_less() -> None:
    """Protects the loss of small desks: who did the work that is worth less takes over, and 20 an hour less is lost."""
    of = one_day("ab", "agent,queue,proficiency,home\na,pre,1,1\nb,pre,1,1\nb,after,1,0")
    wanted = steps(of, {"pre": (1, 50.0), "after": (1, 30.0)})
    wanted = replace(wanted, points=wanted.points[wanted.points["start"].dt.hour < 13])
    made = judged_plan(of, "a E\nb E", f"a 06-01 E: {'pre ' * 5}\nb 06-01 E: {'after ' * 5}")
    for most_walked, lost in ((0, 250), (1, 250), (2, 150)):
        kept = {own.kind.queues: own for own in spared(Scene(of, made, wanted), most_walked)}
        assert (kept["pre",].lost, kept["pre",].paid) == pytest.approx((lost, 0.5))


def test_rules_and_hours_owed_count() -> None:
    """The only lead is missed; wishes, missed briefings and hours owed of somebody who is gone cost nothing more."""
    of = desk(
        "min_cost_h_horizon = 6",
        "[rules]\non_duty = { lead = 1 }\non_duty_price = 30\nchange_price = 5\nattendance_price = 11",
        days=1,
        activities=TALK,
        agents="agent,name,team,contract,cost_per_h,certificates\nann,Ann,red,full,10,lead",
        requests="agent,date,wish,shift,weight\nann,2026-06-01,off,,7",
        published="agent,date,shift\nann,2026-06-01,L",
    )
    made = judged_plan(of, "ann E", "ann 06-01 E: pre break pre pre")
    (own,) = spared(Scene(of, made, None), 0)
    assert (own.lost, own.paid) == (4 * 30 - 7 - 5 - 11, 60)
    assert newcomer(read_facts(of), read_facts(of).agents["ann"]).published == {}


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
    first = next(spared(Scene(of, plan, curves(of)), 0))
    idle = first.kind.members[0].code
    roster, duty = (rows[rows["agent"] != idle] for rows in (plan.roster, plan.duty))
    without = next(spared(Scene(of, replace(plan, roster=roster, duty=duty), curves(of)), 0))
    assert (without.agent, without.lost, without.paid) == (idle, 0.0, 0.0)


def test_whoever_costs_most_by_own_rules_is_spared_though_others_are_paid_more() -> None:
    """Protects the choice: of five, four with wages of 60 came first, and the one at home whose wish is refused at 400
    was not looked at."""
    names = ("ann", "bob", "cat", "dan", "eve")
    rows = "\n".join(f"{name},{name},red,full,10" for name in names)
    skills = "\n".join(f"{name},pre,1,1" for name in names)
    of = desk(
        "",
        days=1,
        agents=f"agent,name,team,contract,cost_per_h\n{rows}",
        skills=f"agent,queue,proficiency,home\n{skills}",
        requests="agent,date,wish,shift,weight\neve,2026-06-01,on,,400",
    )
    made = judged_plan(of, "\n".join(f"{name} E" for name in names[:4]))
    (own,) = spared(Scene(of, made, None), 0)
    assert (own.agent, own.lost, own.paid) == ("eve", -400.0, 0.0)
