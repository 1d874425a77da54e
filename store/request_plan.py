"""Which plan a request is about; a swap is about a published one in which both people and both days are."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from desk import Finding, InputError
from store.plan_scope import reach
from store.principal import Principal
from store.schema import desks, plan_people, plans

_SHOWN = "published"


def plan_of_request(
    connection: Connection,
    principal: Principal,
    kind: str,
    parties: tuple[str, str | None],
    plan: str | None,
    detail: Mapping[str, Any],
) -> int | None:
    """The number of the plan.

    Raises
    ------
    InputError : a swap has no other party, or its days are in no published plan that both parties can see.
    NotYoursError : the plan is not the principal's to know of.
    """
    agent, partner = parties
    if kind != "swap":
        if partner is not None:
            raise InputError([Finding("request_partner", value=partner)])
        return None if plan is None else reach(connection, principal, "plan.list", plan).id
    if partner is None or partner == agent:
        raise InputError([Finding("swap_partner", value=partner or "")])
    days = [str(detail[name]) for name in ("date", "partner_date")]
    for row in connection.execute(_shared(agent, partner, plan)):
        horizon = json.loads(row.settings)["horizon"]
        if all(horizon["start"] <= day < horizon["end"] for day in days):
            return int(row.id)
    raise InputError([Finding("swap_plan", value=", ".join(days), facts={"agent": agent, "partner": partner})])


def _shared(agent: str, partner: str, plan: str | None) -> Select[Any]:
    """The published plans with both people, newest first; only the one that is named."""
    query = select(plans.c.id, desks.c.settings).join(desks, desks.c.hash == plans.c.desk)
    query = query.where(plans.c.status == _SHOWN).order_by(plans.c.id.desc())
    for one in (agent, partner):
        own = (plan_people.c.plan == plans.c.id) & (plan_people.c.agent == one)
        query = query.where(exists(select(plan_people.c.plan).where(own)))
    return query if plan is None else query.where(plans.c.hash == plan)
