"""What a scoring rests on, read from the store."""

from dataclasses import dataclass

import pandas as pd

from desk import Desk
from planner.kept import load_standing
from store import Principal, Store, load_desk_version, read_contacts


@dataclass(frozen=True)
class Ground:
    """A desk version with its scheme, a contact log, and the plan whose duty and load it is judged against.

    Parameters
    ----------
    version : hash of the desk; ``log`` : number of the contact log; ``plan`` : hash, None = there is none.
    """

    version: str
    desk: Desk
    log: int
    contacts: pd.DataFrame
    plan: str | None
    duty: pd.DataFrame | None
    service: pd.DataFrame | None


def ground(store: Store, principal: Principal, version: str, log: int, plan: str | None) -> Ground:
    """Read it all.

    Raises
    ------
    InputError : something of it is not there.
    """
    desk = load_desk_version(store, principal, version)
    contacts = read_contacts(store, principal, log, desk.settings.timezone)
    planned = None if plan is None else load_standing(store, principal, plan)
    duty, service = (None, None) if planned is None else (planned.plan.duty, planned.plan.service)
    return Ground(version, desk, log, contacts, plan, duty, service)
