"""Whose rows of a plan somebody may reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select, true

from desk import Finding, InputError
from store.access import scope, within
from store.principal import NotYoursError, Principal
from store.schema import plan_people, plans

FINAL = ("published", "archived")
"""Statuses in which a plan stays as it is; before, agents do not see it."""


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that somebody may reach: its number, hash, status, desk version and maker."""

    id: int
    hash: str
    status: str
    desk: str
    created_by: str


def whose(principal: Principal, action: str) -> ColumnElement[bool]:
    """The condition on ``plan_people`` and ``plans``: the people whose rows the principal may reach."""
    mine = within(principal, action, team=plan_people.c.team, agent=plan_people.c.agent)
    return mine & plans.c.status.in_(FINAL) if scope(principal, action) == "own" else mine


def seen(principal: Principal, action: str) -> ColumnElement[bool]:
    """The condition on ``plans``: those with people whose rows the principal may reach."""
    if scope(principal, action) == "all":
        return true()
    return exists(select(plan_people.c.plan).where(plan_people.c.plan == plans.c.id).where(whose(principal, action)))


def reach(connection: Connection, principal: Principal, action: str, key: str) -> OpenPlan:
    """The plan, where the principal may do ``action`` to somebody in it.

    Raises
    ------
    NotYoursError : there is nobody in it, or no such plan, and the principal may not see all plans.
    InputError : there is no such plan.
    """
    own = select(plans.c.id, plans.c.hash, plans.c.status, plans.c.desk, plans.c.created_by).where(plans.c.hash == key)
    row: Any = connection.execute(own.where(seen(principal, action))).mappings().first()
    if row is not None:
        return OpenPlan(**row)
    if scope(principal, action) != "all":
        raise NotYoursError
    raise InputError([Finding("store_unknown_plan", value=key)])


def refuse_strangers(
    connection: Connection, principal: Principal, action: str, plan: OpenPlan, agents: Sequence[str]
) -> None:
    """Refuse agents that are not in the plan, or not the principal's, all in the same words.

    Raises
    ------
    NotYoursError
    """
    own = select(plan_people.c.agent).join(plans, plans.c.id == plan_people.c.plan)
    query = own.where((plan_people.c.plan == plan.id) & plan_people.c.agent.in_(agents) & whose(principal, action))
    if set(agents) - set(connection.execute(query).scalars()):
        raise NotYoursError
