"""A desk that comes whole from a folder takes the place of what others saved on the pages: that is told."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desk import Finding
from desk.moment_words import moment_words

if TYPE_CHECKING:
    from store import DeskVersion, Principal, Store

Newest = Mapping[str, "DeskVersion"]
"""The newest version of each desk, by its name."""


def newest_desks(store: "Store", principal: "Principal") -> Newest:
    """What stands now."""
    from store import list_desks

    return {own.name: own for own in reversed(list_desks(store, principal))}


def replaced(before: Newest, after: Newest, zone: str) -> tuple[Finding, ...]:
    """A note for each desk of which another version is the newest now, with whose it was, on the clock of ``zone``."""
    gone = [own for name, own in before.items() if after[name].hash != own.hash]
    facts = [{"who": own.created_by, "at": moment_words(own.created_at, zone), "hash": own.hash[:8]} for own in gone]
    return tuple(
        Finding("desk_replaced", "note", value=own.name, facts=one) for own, one in zip(gone, facts, strict=True)
    )
