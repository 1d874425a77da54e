"""Why a desk asks the impossible, and what mends it."""

from desk import Curves, Desk, Plan, require
from scheduler.account import account
from scheduler.duty import read_duty
from scheduler.explain.conflict import Conflict
from scheduler.explain.over_days import conflicts_over_days
from scheduler.explain.personal import no_price, personal_conflicts
from scheduler.explain.scene import Scene
from scheduler.explain.together import joint_conflicts, within_reach
from scheduler.facts import Facts, read_facts
from scheduler.judge import duty_breaches, line_breaches, roster_breaches
from scheduler.roster import Roster, read_roster
from scheduler.span import Grid


def explain(
    desk: Desk, plan: Plan | None = None, *, curves: Curves | None = None, most_people: int = 40
) -> tuple[Conflict, ...]:
    """The demands of a desk that can't all be kept, as minimal sets, each with the cures that were solved again.

    Parameters
    ----------
    plan : where one is given, only people whose hard rules it breaks are looked at, and cures are priced against it.
    curves : those that the plan was made with.
    most_people : so many people are looked at; the others may be mended by the same cures.

    Returns
    -------
    Conflicts of one person each, then those of the desk as a whole; empty where every rule can be kept and every place
    filled by somebody.
    """
    require(desk, "agents", "shifts")
    facts = read_facts(desk)
    people = list(facts.agents) if plan is None else _broken(facts, read_roster(facts, plan.roster))
    price = no_price if plan is None else Scene(desk, plan, curves).price
    own = (conflict for code in people[:most_people] for conflict in personal_conflicts(desk, code, price))
    joint = joint_conflicts(desk)
    return (*own, *joint, *(conflicts_over_days(within_reach(desk)) if plan is None or _is_short(desk, plan) else ()))


def _is_short(desk: Desk, plan: Plan) -> bool:
    """Whether a plan misses something that is wanted of people together; one that doesn't shows that all can be had."""
    facts = read_facts(desk)
    roster = read_roster(facts, plan.roster)
    duty = read_duty(facts, Grid(facts), roster, plan.duty)
    short = any(
        own.code in ("presence", "on_duty") for own in (*roster_breaches(facts, roster), *duty_breaches(facts, duty))
    )
    costs = account(facts, roster, duty, None).set_index("term")["amount"]
    return short or bool(costs.get("cover", 0.0) > 0)


def _broken(facts: Facts, roster: Roster) -> list[str]:
    """People of whose hard rules the roster breaks one."""
    hard = ((code, line_breaches(facts, agent, roster)) for code, agent in facts.agents.items())
    return [code for code, breaches in hard if any(own.price is None for own in breaches)]
