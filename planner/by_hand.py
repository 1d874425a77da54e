"""One change of a stored plan from a few words: an activity for some hours, or another shift of a day."""

from dataclasses import dataclass

import pandas as pd

from desk import Desk, Finding, InputError
from desk.load import moment_of
from planner.editing.cells import cells_of, with_cells
from planner.editing.newly_broken import newly_broken
from planner.editing.save import save_edit
from planner.editing.wanted import OFF, DayShift, Standing, versions_seen
from planner.kept import load_standing
from planner.planned import Planned
from store import CellEdit, Edit, Principal, Store, owner, read_edits

_MOST_CELLS = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What is wanted.

    Parameters
    ----------
    begin, end : of the hours, ISO 8601, the desk's wall clock unless an offset is given; ``end`` exclusive. Without an
        end and an activity ``begin`` is the day that gets another shift.
    activity : a queue or another activity, OFF for none.
    shift : the code that the hours, or the day, belong to from now on; OFF gives the day off.
    """

    agent: str
    begin: str
    end: str | None = None
    activity: str | None = None
    shift: str | None = None


def changed(
    store: Store, principal: Principal, plan: str, change: Change, why: str, lang: str
) -> tuple[tuple[Edit, ...], tuple[Finding, ...]]:
    """Write a change into the journal; each hard rule that it breaks is reported as an error of the plan.

    Returns
    -------
    The new entries of the journal, and the hard rules broken.

    Raises
    ------
    NotYoursError : the agent is not the principal's to edit.
    InputError : the change is none of the plan's, the plan is published, or somebody edited a cell meanwhile.
    """
    planned = load_standing(store, owner(principal.who), plan)
    _refuse_strangers(planned.desk, change)
    journal = read_edits(store, owner(principal.who), plan)
    newest = max((one.id for one in journal), default=0)
    standing = Standing(planned.plan.roster, planned.plan.duty, versions_seen(journal, newest))
    edits = _cells(planned, standing, change)
    hard = newly_broken(planned, with_cells(standing, edits))
    return save_edit(store, principal, plan, edits, why, hard, lang), hard


def _cells(planned: Planned, standing: Standing, change: Change) -> tuple[CellEdit, ...]:
    if change.end is None and change.activity is None and change.shift is not None:
        day = _time(change.begin, planned.desk).tz_localize(None).normalize()
        wanted = DayShift(change.agent, day, change.shift)
        return cells_of(planned.desk, standing, [wanted], planned.plan.service)
    if change.end is None or change.activity is None:
        raise InputError([Finding("edit_incomplete")])
    return _hours(planned.desk, standing, change, change.end)


def _hours(desk: Desk, standing: Standing, change: Change, end: str) -> tuple[CellEdit, ...]:
    """Each interval of the hours; with a shift they belong to the day on which they begin."""
    first, last = _time(change.begin, desk), _time(end, desk)
    length = pd.Timedelta(minutes=desk.settings.interval_min)
    if not 0 < (last - first) / length <= _MOST_CELLS:
        raise InputError([Finding("edit_hours", value=end, facts={"begin": change.begin, "most": _MOST_CELLS})])
    role, day = None if change.activity == OFF else change.activity, None if change.shift is None else first.date()
    starts = pd.date_range(first, last, freq=length, inclusive="left")
    return tuple(
        CellEdit(change.agent, start.to_pydatetime(), role, _version(standing, change.agent, start), day, change.shift)
        for start in starts
    )


def _refuse_strangers(desk: Desk, change: Change) -> None:
    """Refuse a person whom the desk has not, and days before or after the horizon, once for all of their hours."""
    if change.agent not in set(desk.table("agents")["agent"]):
        raise InputError([Finding("why_unknown_agent", file="agents", value=change.agent)])
    day = _time(change.begin, desk).tz_localize(None).normalize()
    if not desk.dates[0] <= day <= desk.dates[-1] + pd.Timedelta(days=1):
        raise InputError([Finding("why_outside_horizon", value=f"{day:%Y-%m-%d}")])


def _version(standing: Standing, agent: str, start: pd.Timestamp) -> int:
    return standing.versions.get((agent, start), 0)


def _time(written: str, desk: Desk) -> pd.Timestamp:
    zone, time = desk.settings.timezone, moment_of(written)
    if time is None:
        raise InputError([Finding("edit_time", value=written[:40])])
    try:
        return time.tz_localize(zone, ambiguous=True) if time.tzinfo is None else time.tz_convert(zone)
    except ValueError as error:
        raise InputError([Finding("edit_time", value=written[:40])]) from error
