"""People whom a file calls by their names, by their codes."""

import pandas as pd

from desk import Desk, Finding
from desk.tables import table


def by_code(desk: Desk, name: str, own: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The rows of table ``name`` with the code of each agent who is called by a name that only one agent has, and what
    is to be told of it.
    """
    refer = [column.name for column in table(name).columns.values() if column.ref == "agents" and column.name in own]
    codes = _codes(desk)
    called = own[refer].isin(list(codes))
    if not called.any(axis=None):
        return own, ()
    facts = {"count": int(called.any(axis="columns").sum()), "people": len(set(own[refer].to_numpy()[called]))}
    changed = own.assign(**{column: own[column].replace(codes) for column in refer})
    return changed, (Finding("people_by_name", "note", column=refer[0], facts=facts),)


def _codes(desk: Desk) -> dict[str, str]:
    """Name -> code, of names that one agent alone has and that are nobody's code."""
    if not desk.has("agents"):
        return {}
    agents = desk.table("agents").dropna(subset="name")
    once = agents[~agents["name"].duplicated(keep=False) & ~agents["name"].isin(agents["agent"])]
    return dict(zip(once["name"], once["agent"], strict=True))
