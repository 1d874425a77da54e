"""Why a desk asks the impossible, and what mends it."""

from desk import Curves, Desk, Plan, require
from scheduler.explain.conflict import Conflict
from scheduler.explain.personal import no_price, personal_conflicts
from scheduler.explain.scene import Scene
from scheduler.explain.together import joint_conflicts
from scheduler.facts import Facts, read_facts
from scheduler.judge import line_breaches
from scheduler.roster import Roster, read_roster


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
    return (*own, *joint_conflicts(desk))


def _broken(facts: Facts, roster: Roster) -> list[str]:
    """People of whose hard rules the roster breaks one."""
    hard = ((code, line_breaches(facts, agent, roster)) for code, agent in facts.agents.items())
    return [code for code, breaches in hard if any(own.price is None for own in breaches)]
