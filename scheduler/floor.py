"""How many effective agents keep load and occupancy within their limits, and what it costs to have fewer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Curves, Desk
from desk.grid import epoch_s
from scheduler.curve import Curve, from_points

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Floor:
    """The effective agents at which one queue is at a limit, per interval (0 where nothing comes).

    Parameters
    ----------
    code : ``overload`` or ``over_occupancy``.
    limit : load or occupancy allowed.
    price : currency per effective agent fewer in one interval.
    """

    code: str
    limit: float
    agents: Array
    price: float

    def short(self, effective: Array) -> Array:
        """Effective agents missing in each interval."""
        return np.maximum(0.0, self.agents - effective)


def read_floors(desk: Desk, curves: Curves | None) -> dict[str, list[Floor]]:
    """Queue -> its priced limits; empty where the desk prices none.

    Raises
    ------
    ValueError : a limit is priced, and the curves do not say what it is measured by.
    """
    if curves is None:
        return {}
    rules, interval_h = desk.settings.rules, desk.settings.interval_min / 60
    found: dict[str, list[Floor]] = {}
    limits = (
        ("overload", "load", rules.overload_limit, rules.overload_price, _agents_at_load),
        ("over_occupancy", "occupancy", rules.occupancy_limit, rules.occupancy_price, _agents_at_occupancy),
    )
    for code, column, limit, price, agents_at in limits:
        if price > 0:
            for queue, rows in _with(curves, column).groupby("queue", sort=True):
                agents = np.zeros(len(desk.starts))
                for at, own in _by_interval(rows, desk.starts):
                    agents[at] = agents_at(own["agents"].to_numpy(), own[column].to_numpy(), limit)
                found.setdefault(str(queue), []).append(Floor(code, limit, agents, price * interval_h))
    return found


def raised(curves: Mapping[str, Curve], floors: Mapping[str, list[Floor]]) -> dict[str, Curve]:
    """The curves with the price of every agent below a floor on top; they stay convex."""
    return {queue: _raised(curve, floors.get(queue, [])) for queue, curve in curves.items()}


def _raised(curve: Curve, floors: list[Floor]) -> Curve:
    if not floors:
        return curve
    agents = np.sort(np.column_stack([curve.agents, *(floor.agents for floor in floors)]), axis=1)
    everywhere = np.arange(len(agents))
    cost = np.column_stack([curve.value(own, everywhere) for own in agents.T])
    for floor in floors:
        cost += floor.price * np.maximum(0.0, floor.agents[:, None] - agents)
    return from_points(agents, cost)


def _with(curves: Curves, column: str) -> pd.DataFrame:
    points = curves.points
    if column not in points:
        raise ValueError(f"a limit on {column} is priced, but the curves have no column {column}")
    return points[points["agents"] > 0].sort_values("agents")


def _by_interval(rows: pd.DataFrame, starts: pd.DatetimeIndex) -> Iterator[tuple[int, pd.DataFrame]]:
    place = {second: at for at, second in enumerate(epoch_s(starts))}
    seconds = pd.Series(epoch_s(pd.DatetimeIndex(rows["start"])), index=rows.index)
    for second, own in rows.groupby(seconds):
        if second in place:
            yield place[second], own


def _agents_at_load(agents: Array, load: Array, limit: float) -> float:
    """Load x agents is the work that comes, whatever the agents."""
    return float((load * agents)[0] / limit)


def _agents_at_occupancy(agents: Array, occupancy: Array, limit: float) -> float:
    """The agents busy at the first number of agents within the limit are at least as many as with fewer; so busy /
    limit agents are enough. Beyond the last point the busy stay as many."""
    within = np.flatnonzero(occupancy <= limit)
    at = int(within[0]) if len(within) else len(agents) - 1
    return float(occupancy[at] * agents[at] / limit)
