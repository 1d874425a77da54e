"""Who acts on the command line, and on which plan of the store."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk import Finding, InputError

if TYPE_CHECKING:
    from store import PlanVersion, Principal, Store

SHORTEST_HASH = 6
"""Characters of a plan's hash that name it, where only one plan begins so."""


@dataclass(frozen=True, slots=True)
class Acting:
    """An open store, and who works on it: the owner, or whom the owner stands in for."""

    store: "Store"
    principal: "Principal"

    def plan(self, begin: str) -> "PlanVersion":
        """The plan whose hash begins so; whether the principal may do something with it, the query says.

        Raises
        ------
        InputError : there is none, or more than one.
        """
        from store import list_plans, owner

        found = [one for one in list_plans(self.store, owner()) if one.hash.startswith(begin)]
        if len(begin) < SHORTEST_HASH or not found:
            raise InputError([Finding("store_unknown_plan", value=begin)])
        if len(found) > 1:
            raise InputError([Finding("plan_ambiguous", value=begin, facts={"number": len(found)})])
        return found[0]


def acting(address: str | None, who: str | None, why: str = "") -> Acting:
    """Open the store, and act as its owner, or as somebody who is known there.

    Raises
    ------
    InputError : the store can't be used, or nobody of that name is known.
    """
    from store import act_as, open_store, owner

    store = open_store(address)
    return Acting(store, owner() if who is None else act_as(store, owner(), who, why))
