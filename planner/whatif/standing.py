"""What stands in a plan for the rest of a horizon, whatever is supposed: the counts that had come, the days worked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from desk import Desk, Finding, Forecast, InputError, Plan
from planner.verdict import replanned_at
from planner.whatif.people import BY_AGENT, Staffed

if TYPE_CHECKING:
    from forecast import Model


def with_standing(made: Forecast, first: Forecast, now: pd.Timestamp | None) -> Forecast:
    """The forecast ``made`` with the intervals before ``now`` as they were in ``first``; all of it without a moment."""
    if now is None:
        return made
    paths, passed = made.paths.copy(), np.asarray(made.starts < now)
    paths[:, passed] = first.paths[:, passed]
    return replace(made, paths=paths)


def refuse_in_the_midst(plan: Plan) -> None:
    """Refuse a new roster for the whole horizon of a plan that was made again in the midst of it.

    Raises
    ------
    InputError : it was, with the moment.
    """
    now = replanned_at(plan)
    if now is not None:
        raise InputError([Finding("whatif_replanned", facts={"now": f"{now:%Y-%m-%d %H:%M}"})])


def knowing(model: "Model", forecast: Forecast, now: pd.Timestamp | None) -> "Model":
    """The model with the counts that every path of ``forecast`` has before ``now``."""
    if now is None:
        return model
    same = (forecast.paths.min(axis=0) == forecast.paths.max(axis=0)) & np.asarray(forecast.starts < now)[:, None]
    place, queue = np.nonzero(same)
    names = np.array(forecast.queues, dtype=object)[queue]
    rows = pd.DataFrame({"start": forecast.starts[place], "queue": names, "offered": forecast.paths[0, place, queue]})
    return model.update(rows, now) if len(rows) else model


def ahead(staffed: Staffed, desk: Desk, plan: Plan, now: pd.Timestamp | None) -> Staffed:
    """People otherwise from the day after ``now`` on: who comes begins then, who goes ends then, and the days before
    are as ``plan`` has them; all of it without a moment.

    Parameters
    ----------
    desk, plan : as they are without the suppositions on people.
    """
    if now is None:
        return staffed
    then = now.tz_convert(desk.settings.timezone).tz_localize(None).normalize() + pd.Timedelta(days=1)
    tables = {name: _joined(staffed.desk.table(name), _of(desk.table(name), staffed.gone)) for name in BY_AGENT}
    agents = tables["agents"]
    agents.loc[agents["agent"].isin([new for new, _ in staffed.added]), "from"] = then
    goes = agents["agent"].isin(staffed.gone) & ~(agents["to"] <= then)
    agents.loc[goes, "to"] = then
    roster, duty = _turned(plan.roster, staffed.plan.roster, then), _turned(plan.duty, staffed.plan.duty, then)
    own = replace(staffed.desk, tables={**staffed.desk.tables, **tables})
    return replace(staffed, desk=own, plan=replace(staffed.plan, roster=roster, duty=duty))


def _of(frame: pd.DataFrame, agents: Sequence[str]) -> pd.DataFrame:
    own: pd.DataFrame = frame[frame["agent"].isin(agents)]
    return own


def _turned(before: pd.DataFrame, after: pd.DataFrame, then: pd.Timestamp) -> pd.DataFrame:
    return _joined(before[before["date"] < then], after[after["date"] >= then])


def _joined(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([first, second], ignore_index=True) if len(second) else first.reset_index(drop=True)
