"""What a scoring rests on, read from the store."""

from dataclasses import dataclass

import pandas as pd

from desk import Desk
from planner.kept import load_standing
from store import Principal, Store, load_desk_version, read_contacts, read_edits


@dataclass(frozen=True)
class Ground:
    """A desk version with its scheme, a contact log, and the plan whose duty and load it is judged against.

    Parameters
    ----------
    version : hash of the desk; ``log`` : number of the contact log; ``plan`` : hash, None = there is none.
    edits : the last entry of the plan's journal that is in its duty, 0 = none.
    """

    version: str
    desk: Desk
    log: int
    contacts: pd.DataFrame
    plan: str | None
    duty: pd.DataFrame | None
    service: pd.DataFrame | None
    edits: int = 0


def ground(
    store: Store, principal: Principal, version: str, log: int, plan: str | None, edits: int | None = None
) -> Ground:
    """Read it all; the plan with its edits up to an entry of the journal, None = with all.

    Raises
    ------
    InputError : something of it is not there.
    """
    desk = load_desk_version(store, principal, version)
    contacts = read_contacts(store, principal, log, desk.settings.timezone)
    if plan is None:
        return Ground(version, desk, log, contacts, None, None, None)
    last = max((own.id for own in read_edits(store, principal, plan)), default=0) if edits is None else edits
    planned = load_standing(store, principal, plan, until=last).plan
    return Ground(version, desk, log, contacts, plan, planned.duty, planned.service, last)
