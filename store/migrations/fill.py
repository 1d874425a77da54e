"""Gives the plans of an older schema their rows."""

from sqlalchemy import Connection, select

from desk import InputError
from store import blob
from store.plan_rows import DUTY, ROSTER, put_rows, teams_of
from store.schema import plan_files, plans


def fill_plans(connection: Connection) -> None:
    """Keep roster and duty of every plan as rows; a plan with files that can't be read keeps its files only."""
    for number, key, desk in connection.execute(select(plans.c.id, plans.c.hash, plans.c.desk)).all():
        own = (plan_files.c.plan == key) & plan_files.c.path.in_((ROSTER, DUTY))
        found = connection.execute(select(plan_files.c.path, plan_files.c.blob).where(own)).all()
        files = {path: blob.get(connection, body) for path, body in found}
        try:
            put_rows(connection, number, files, teams_of(connection, desk))
        except InputError:
            continue
