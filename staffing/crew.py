"""Who is on which queue when: the duty table as numbers per interval."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Finding, InputError

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crew:
    """The people on one queue, per interval.

    Parameters
    ----------
    agents : heads.
    effective : sum of their proficiencies.
    leaving : proficiency of those who were there in the interval before and are no more.
    came : queue -> proficiency of those who come straight from it, and finish there what they hold.
    """

    agents: FloatArray
    effective: FloatArray
    leaving: FloatArray
    came: Mapping[str, FloatArray] = field(default_factory=dict)

    def part(self, share: FloatArray) -> "Crew":
        """A share of them in each interval, on average."""
        came = {queue: share * own for queue, own in self.came.items()}
        return Crew(share * self.agents, share * self.effective, share * self.leaving, came)


def proficiencies(desk: Desk, starts: pd.DatetimeIndex, duty: pd.DataFrame, queue: str) -> pd.DataFrame:
    """Who is on ``queue`` in each interval: rows are intervals, columns agents in order, cells proficiency or 0.

    Raises
    ------
    InputError : somebody is on the queue without the skill.
    """
    on = duty.loc[duty["activity"] == queue, ["agent", "start"]]
    skills = desk.table("skills")
    skill = skills.loc[skills["queue"] == queue].set_index("agent")["proficiency"]
    unskilled = sorted(set(on["agent"]) - set(skill.index))
    if unskilled:
        raise InputError(_finding(agent, queue) for agent in unskilled)
    values = on.assign(proficiency=skill.reindex(on["agent"]).to_numpy(dtype=np.float64))
    grid = values.pivot_table(index="start", columns="agent", values="proficiency", fill_value=0.0, aggfunc="max")
    return grid.reindex(starts, fill_value=0.0).sort_index(axis=1)


def crew(desk: Desk, starts: pd.DatetimeIndex, duty: pd.DataFrame, queue: str) -> Crew:
    """The people on ``queue`` per interval; raises as `proficiencies`."""
    people = proficiencies(desk, starts, duty, queue)
    present = people.to_numpy(dtype=np.float64).reshape(len(starts), -1)
    gone = np.where(present[1:] == 0.0, present[:-1], 0.0).sum(axis=1)
    came = _came(desk, starts, duty, people.where(people.shift() == 0.0, 0.0), queue)
    return Crew((present > 0).sum(axis=1).astype(np.float64), present.sum(axis=1), np.concatenate([[0.0], gone]), came)


def _came(
    desk: Desk, starts: pd.DatetimeIndex, duty: pd.DataFrame, fresh: pd.DataFrame, queue: str
) -> dict[str, FloatArray]:
    """Who of the ``fresh`` people was on which other queue in the interval before."""
    rows, columns = (
        starts.get_indexer(pd.DatetimeIndex(duty["start"])) + 1,
        fresh.columns.get_indexer(pd.Index(duty["agent"])),
    )
    known = (rows > 0) & (rows < len(starts)) & (columns >= 0)
    on, found = duty["activity"].to_numpy(), dict[str, FloatArray]()
    for other in desk.settings.queues:
        mine = known & (on == other)
        if other != queue and mine.any():
            weights = fresh.to_numpy()[rows[mine], columns[mine]]
            found[other] = np.asarray(np.bincount(rows[mine], weights, len(starts)), dtype=np.float64)
    return {other: came for other, came in found.items() if came.any()}


def _finding(agent: str, queue: str) -> Finding:
    return Finding(
        "duty_without_skill", file="duty", column="agent", value=agent, facts={"agent": agent, "queue": queue}
    )
