"""Who takes over somebody's shift takes the roles that they have the skill for."""

from collections.abc import Sequence

import pandas as pd

from desk import Desk


def seat(desk: Desk, agent: str, roles: Sequence[str], attends: frozenset[str] = frozenset()) -> list[str]:
    """The roles of a shift as ``agent`` takes them over.

    A queue stays where the agent has the skill, a break stays, an activity stays where the agent is invited and does
    not attend it anyhow (``attends``). Everything else becomes the agent's home queue; for who has no queue it stays,
    and the audit says what is wrong.
    """
    known = _queues(desk, agent)
    if not known:
        return list(roles)
    invited = _invited(desk, agent) - attends
    other = set(desk.settings.queues) | _activities(desk)
    return [known[0] if role in other and role not in {*known, *invited} else role for role in roles]


def _queues(desk: Desk, agent: str) -> list[str]:
    """The queues of an agent, the home queue first, then the best known one."""
    skills = desk.table("skills")
    own = skills[skills["agent"] == agent].sort_values(["home", "proficiency"], ascending=False, kind="stable")
    return [str(queue) for queue in own["queue"]]


def _invited(desk: Desk, agent: str) -> set[str]:
    agents, activities = desk.table("agents"), desk.table("activities")
    names = {agent, *agents.loc[agents["agent"] == agent, "team"].dropna()}
    return {str(one) for one, who in zip(activities["activity"], activities["who"], strict=True) if names & set(who)}


def _activities(desk: Desk) -> set[str]:
    return {str(one) for one in desk.table("activities")["activity"] if not pd.isna(one)}
