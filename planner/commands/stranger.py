"""Somebody who is let in and would see nobody: a team or a code that no desk of the store has."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk import Finding
from desk.load.header import closest

if TYPE_CHECKING:
    from store import Principal, Store


def strangers(store: "Store", own: "Principal") -> Iterator[Finding]:
    """A warning for each team, and for the agent, that the newest desks lack; none while there is no desk."""
    from store import list_desks, load_desk_version, owner

    if own.role == "lead" and not own.teams:
        yield Finding("principal_no_team", "warning", value=own.who)
    newest = {version.name: version for version in reversed(list_desks(store, owner()))}
    people = [load_desk_version(store, owner(), version.hash).table("agents") for version in newest.values()]
    wanted = {"team": own.teams, "agent": (own.agent,) if own.agent else ()}
    for column, names in wanted.items():
        known = sorted({str(name) for frame in people for name in frame[column].dropna()})
        for name in names:
            if known and name not in known:
                facts = {"who": own.who, "known": closest(name, known)}
                yield Finding(f"principal_{column}_unknown", "warning", value=name, facts=facts)
