"""How far a plan has come: draft, checked, signed, published, archived."""

from sqlalchemy import Connection, update

from desk import Finding, InputError
from store.access import guarded
from store.engine import Store
from store.plan_scope import OpenPlan, reach
from store.principal import Principal
from store.schema import checks, plans, signatures
from store.trail import note


@guarded("plan.status")
def archive_plan(store: Store, principal: Principal, plan: str, why: str = "") -> None:
    """Put a plan away, whatever its status; it stays as it is.

    Raises
    ------
    InputError : there is no such plan, or it is archived already.
    """
    with store.writing() as connection:
        own = reach(connection, principal, "plan.status", plan)
        if own.status == "archived":
            raise InputError([Finding("plan_final", value=own.status)])
        move(connection, principal, own, "archived", why)


def move(connection: Connection, principal: Principal, plan: OpenPlan, status: str, why: str) -> None:
    """Give a plan another status, and tell the trail."""
    connection.execute(update(plans).where(plans.c.id == plan.id).values(status=status))
    told = {"before": {"status": plan.status}, "after": {"status": status}}
    note(connection, principal, "status", "plan", plan.hash, why=why, **told)


def reopen(connection: Connection, plan: OpenPlan) -> None:
    """Make the plan a draft: what was checked and signed is no longer what stands there."""
    connection.execute(update(plans).where(plans.c.id == plan.id).values(status="draft"))
    for table in (checks, signatures):
        connection.execute(update(table).where(table.c.plan == plan.id).values(void=True))
