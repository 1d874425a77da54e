"""On desks so small that every line can be tried, the plan costs what the cheapest legal line costs."""

from itertools import product

import numpy as np
import pytest

from desk import Desk, Termination
from scheduler import make_roster
from scheduler.account import account
from scheduler.duty import Duty
from scheduler.facts import Facts, read_facts
from scheduler.judge import roster_breaches
from scheduler.roster import Roster
from scheduler.span import Grid
from tests.rules.small import before, desk

DAYS = 4
SHIFTS = "shift,start,end,paid_h\nE,08:00,16:00,8\nL,14:00,24:00,10\nN,22:00,06:00,8"
SETTINGS = "[scheduler]\ntime_limit_s = 10\ngap = 1e-6"
LIMITS = {
    "min_paid_h_day": (9, 10),
    "max_paid_h_day": (8, 9),
    "max_paid_h_week": (16, 20, 34),
    "min_paid_h_horizon": (8, 20, 30),
    "max_paid_h_horizon": (18, 30),
    "min_rest_h": (8, 11, 16),
    "max_consecutive_days": (1, 2, 3),
    "min_consecutive_days": (2, 3),
    "min_consecutive_days_off": (2, 3),
    "max_weekends": (0, 1),
    "max_start_change_h": (0, 6, 8),
    "max_overtime_h_day": (0, 1),
    "max_overtime_h_month": (2, 3),
}


def drawn(seed: int, rules: str = "") -> Desk:
    """A person with a random contract, past, leave and wishes, and random cover."""
    rng = np.random.default_rng(seed)
    names = rng.choice(list(LIMITS), 4, replace=False)
    contract = "\n".join(f"{name} = {limit(rng, LIMITS[name])}" for name in names)
    contract += f"\nmax_shifts = {{ N = {limit(rng, (1, 2))} }}\nnight_premium = 1.2\nleave_credit_h = 4"
    contract += '\nforbidden_successions = [["L", "E"]]' if rng.integers(2) else ""
    agents = "agent,name,team,contract,cost_per_h\nann,Ann,red,full,10"
    tables = {"agents": agents, "skills": "agent,queue,proficiency,home\nann,pre,1,1", "shifts": SHIFTS}
    tables |= {"cover": cover(rng), "requests": wishes(rng)}
    if rng.integers(2):
        tables["worked"] = before("ann " + " ".join(rng.choice(["E", "L", "N", "OFF", "OFF"], 3)))
    if rng.integers(2):
        tables["leave"] = f"agent,date\nann,2026-06-0{rng.integers(1, DAYS + 1)}"
    return desk(contract, rules + SETTINGS, days=DAYS, **tables)


def limit(rng: np.random.Generator, choices: tuple[int, ...]) -> str:
    own = rng.choice(choices)
    return f"{{ limit = {own}, price = {rng.integers(1, 90)} }}" if rng.integers(3) else str(own)


def cover(rng: np.random.Generator) -> str:
    rows = [
        f"2026-06-0{day},{shift},{rng.integers(2)},{rng.integers(60, 300)},{rng.integers(60)}"
        for day in range(1, DAYS + 1)
        for shift in "ELN"
    ]
    return "\n".join(["date,shift,required,under_cost,over_cost", *rows])


def wishes(rng: np.random.Generator) -> str:
    rows = {
        (int(rng.integers(1, DAYS + 1)), str(rng.choice(["on", "off"])), str(rng.choice(["", "E", "N"]))): None
        for _ in range(3)
    }
    told = [f"ann,2026-06-0{day},{wish},{shift},{rng.integers(1, 120)}" for day, wish, shift in rows]
    return "\n".join(["agent,date,wish,shift,weight", *told])


def cheapest(of: Desk) -> float | None:
    """Cost of the cheapest line that keeps the hard rules, of all lines; None where none does."""
    facts = read_facts(of)
    grid = Grid(facts)
    costs = [_cost(facts, grid, line) for line in product(["-", *facts.shifts], repeat=DAYS)]
    return min((cost for cost in costs if cost is not None), default=None)


def _cost(facts: Facts, grid: Grid, line: tuple[str, ...]) -> float | None:
    roster = Roster(facts, {"ann": {day: code for day, code in enumerate(line) if code != "-"}})
    if any(breach.price is None for breach in roster_breaches(facts, roster)):
        return None
    return float(account(facts, roster, Duty(facts, grid, (), ()), None)["amount"].sum())


HEADS = ""
SEATED = "[rules]\nmin_presence = { after = 1 }\npresence_price = 1\n"
"""Nobody is trained for it, so it costs the same whatever the line; but such a desk is planned seat by seat."""


@pytest.mark.parametrize(
    ("seed", "rules"), [*((own, HEADS) for own in range(12)), *((own, SEATED) for own in range(5, 9))]
)
def test_the_plan_is_the_cheapest_of_all_lines(seed: int, rules: str) -> None:
    """Protects the agreement of each rule's inequality with its checker, hard or priced: one person, four days, by the
    search for headcounts and by the one for seats."""
    of = drawn(seed, rules)
    best, plan = cheapest(of), make_roster(of)
    errors = [finding.code for finding in plan.findings if finding.severity == "error"]
    if best is None:
        assert "roster_contradiction" in errors
        return
    assert errors == []
    assert plan.outcome.objective == pytest.approx(best)
    assert plan.outcome.bound == pytest.approx(best)
    assert plan.outcome.termination == Termination.OPTIMAL
