"""A priced rest longer than a day: model and account charge the same."""

import pytest

from scheduler import make_roster
from tests.rules.small import desk


def test_a_day_worked_in_between_ends_the_rest() -> None:
    """Protects the bound: three days in a row miss two rests of 40 h, not three; cover asks for all three days."""
    rows = [f"2026-06-0{day},E,1,900,0" for day in (1, 2, 3)]
    cover = "date,shift,required,under_cost,over_cost\n" + "\n".join(rows)
    only_ann = "agent,name,team,contract,cost_per_h\nann,Ann,red,full,10"
    skills = "agent,queue,proficiency,home\nann,pre,1,1"
    of = desk(
        "min_rest_h = { limit = 50, price = 1.0 }",
        "[scheduler]\ntime_limit_s = 3\ngap = 0.0\n",
        days=3,
        agents=only_ann,
        skills=skills,
        cover=cover,
    )
    plan = make_roster(of)
    assert len(plan.roster) == 3
    assert plan.outcome.objective == pytest.approx(3 * 40 + 2 * (50 - 20))
    assert plan.outcome.gap == 0.0
