"""Whose an agent is now: their team, by the newest desk that knows them."""

from sqlalchemy import Connection, select

from store.plan_rows import teams_of
from store.schema import desks, plan_people


def newest_desk(connection: Connection, name: str) -> str | None:
    """The hash of the newest version of a desk; None where there is none of that name."""
    query = select(desks.c.hash).where(desks.c.name == name).order_by(desks.c.created_at.desc(), desks.c.id.desc())
    key = connection.execute(query.limit(1)).scalar()
    return None if key is None else str(key)


def team_of(connection: Connection, agent: str) -> str | None:
    """The agent's team: as the newest desk with them has it, else their newest plan; None for who is in neither."""
    names = connection.execute(select(desks.c.name, desks.c.created_at).order_by(desks.c.created_at.desc())).all()
    for name in dict.fromkeys(row.name for row in names):
        key = newest_desk(connection, name)
        teams = {} if key is None else teams_of(connection, key)
        if agent in teams:
            return teams[agent]
    own = select(plan_people.c.team).where(plan_people.c.agent == agent).order_by(plan_people.c.plan.desc()).limit(1)
    team = connection.execute(own).scalar()
    return None if team is None else str(team)
