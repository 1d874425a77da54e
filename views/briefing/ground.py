"""What the page Briefings is about: a desk, the sessions that a plan of it holds, and who attended."""

from dataclasses import dataclass

import pandas as pd

from desk import Desk
from planner.briefing import sessions_of, standing
from planner.briefing.session import COLUMNS
from store import (
    Attended,
    DeskVersion,
    Principal,
    list_plans,
    read_attendance,
    read_duty,
    scope,
)
from views.api.serve import the_store
from views.desk_chosen import chosen_desk, chosen_plan, open_desk
from views.kept_desk import kept_desk
from views.opened import open_folder, open_stored


@dataclass(frozen=True)
class Ground:
    """A desk with its briefings.

    Parameters
    ----------
    version : None where the desk lies only in a folder, or is not the reader's to change.
    planned : the desk as the plan has it, with its sessions; None where nobody planned it.
    sessions, standing : as `planner.briefing` gives them; of the reader's people.
    records : the newest of each person and activity.
    """

    name: str
    desk: Desk
    version: DeskVersion | None
    planned: Desk | None
    sessions: pd.DataFrame
    standing: pd.DataFrame
    records: tuple[Attended, ...]


def ground(principal: Principal) -> Ground | None:
    """What the principal may see of the chosen desk; of the newest plan, for a lead; None where there is nothing."""
    return _whole(principal) if scope(principal, "desk.read") == "all" else _of_teams(principal)


def _whole(principal: Principal) -> Ground | None:
    version, choice = chosen_desk(principal), chosen_plan(principal)
    planned, sessions = None, pd.DataFrame(columns=COLUMNS)
    if choice is not None:
        plan = open_stored(principal, choice.key) if choice.folder is None else open_folder(choice.folder)
        own = plan.planned
        planned, sessions = own.desk, sessions_of(own.desk, own.plan.duty, own.curves, own.plan.service)
    if version is None:
        return None if planned is None else _made(planned, None, planned, sessions, ())
    records = read_attendance(the_store(), principal, version.name)
    return _made(open_desk(principal, version).desk, version, planned, sessions, records)


def _of_teams(principal: Principal) -> Ground | None:
    """A lead's own people: the sessions that they are seated in, and their records."""
    plan = next(iter(list_plans(the_store(), principal)), None)
    if plan is None:
        return None
    desk = kept_desk(plan.desk)
    own = desk.table("agents")
    mine = set(own.loc[own["team"].isin(principal.teams), "agent"])
    duty = read_duty(the_store(), principal, plan.hash)
    records = read_attendance(the_store(), principal, desk.settings.name)
    found = _made(desk, None, desk, sessions_of(desk, duty), records)
    shown = found.standing[found.standing["agent"].isin(mine)].reset_index(drop=True)
    return Ground(found.name, desk, None, desk, found.sessions, shown, records)


def _made(
    desk: Desk, version: DeskVersion | None, planned: Desk | None, sessions: pd.DataFrame, records: tuple[Attended, ...]
) -> Ground:
    name = desk.settings.name if version is None else version.name
    return Ground(name, desk, version, planned, sessions, standing(desk, records, sessions), records)
