"""What a number of effective agents is worth, per interval and queue."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Curves, Desk, Forecast
from desk.frames import empty_frame
from desk.quota import with_quotas
from desk.settings import Queue
from staffing.envelope import breakpoints, chords, falling_hulls
from staffing.hour import on_duty, with_effort
from staffing.load import felt_per_h, lag_s, load_ratio, underlying_per_h
from staffing.on_grid import on_grid
from staffing.shape import arrival_shape
from staffing.table import ServiceTable, capacity_per_h, service_table
from staffing.work import work_table

FloatArray = npt.NDArray[np.float64]
MOST_POINTS = 12
WORTHLESS = 2e-4
CLOSE_ENOUGH = 1e-4


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected with 0, 1, 2 ... agents, shape (interval, agents): inquiries lost and late, customers waiting,
    and the occupancy that an average inquiry meets."""

    lost: FloatArray
    late: FloatArray
    waiting: FloatArray
    occupancy: FloatArray

    def cost(self, queue: Queue) -> FloatArray:
        """In currency."""
        return self.lost * queue.lost_value + self.late * queue.late_value


def staffing_curves(desk: Desk, forecast: Forecast) -> Curves:
    """Expected cost of each number of effective agents, per interval and live queue; work of the deferrable ones.

    Parameters
    ----------
    desk : its queues say handle times, patience, target and values.
    forecast : the paths over which the expectation is taken.

    Returns
    -------
    `Curves`. At most 12 points a curve, the first at 0 agents; ``envelope_error`` states for each interval and queue
    the largest difference between the expectation at a whole number of agents and the curve.

    Notes
    -----
    An effective agent is one on duty of proficiency 1; one of proficiency 0.8 counts 0.8. Who of them is away for a
    while (``shrinkage_by_hour``) is within the curve, and so are the hour's handle times. Between whole numbers the
    expectation is linear. Each path's load is the modified offered load in steps of five minutes, so the first
    minutes after a jump are not yet as loaded as its steady state, and the minutes after a fall still are.

    Source: `staffing.chat` for the steady state, `felt_per_h` for the load.
    """
    forecast = with_quotas(desk, forecast)
    live = [name for name in forecast.queues if desk.settings.queues[name].kind == "live"]
    parts = [queue_curve(name, desk, forecast) for name in live]
    empty = empty_frame("curves", desk.settings.timezone)
    points = pd.concat([points for points, _ in parts], ignore_index=True) if parts else empty
    errors = pd.concat([error for _, error in parts], ignore_index=True) if parts else pd.DataFrame()
    return Curves(points=points, work=work_table(desk, forecast), envelope_error=errors)


def queue_curve(name: str, desk: Desk, forecast: Forecast) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Breakpoints and envelope errors of one live queue, hours alike together."""
    queue, hours = desk.settings.queues[name], on_duty(desk, desk.settings.queues[name], forecast.starts)
    rates = underlying_per_h(forecast, name)
    shape, interval_s = arrival_shape(desk, forecast, name), forecast.interval_min * 60.0
    felt = felt_per_h(rates, shape, interval_s, lag_s(queue) * hours.effort)
    parts = []
    for effort, away, rows in hours.alike():
        own, met = with_effort(queue, effort), felt[:, rows]
        table = service_table(own, met.max()).thinned(away)
        expected = expectation(rates[:, rows, np.newaxis] * shape[rows], met, table, interval_s / 3600.0)
        room = capacity_per_h(own) * (1.0 - away)
        parts.append(_part(name, own, forecast.starts[rows], rates[:, rows].mean(axis=0), expected, room))
    return _in_time([points for points, _ in parts]), _in_time([error for _, error in parts])


def _in_time(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True).sort_values("start", kind="stable", ignore_index=True)


def _part(
    name: str, queue: Queue, starts: pd.DatetimeIndex, offered: FloatArray, expected: Expected, room: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Breakpoints and envelope errors of some intervals; ``room``: what an agent on duty closes an hour."""
    cost = expected.cost(queue)
    worthless = cost <= WORTHLESS * cost[:, :1]
    last = np.where(worthless.any(axis=1), worthless.argmax(axis=1), cost.shape[1] - 1)
    hulls = falling_hulls(cost)
    kept = breakpoints(hulls, last, MOST_POINTS, CLOSE_ENOUGH * cost[:, 0])
    rows, agents = np.nonzero(kept)
    own = {"start": starts[rows], "queue": name, "agents": agents.astype(np.float64)}
    own |= {"lost": expected.lost[kept], "late": expected.late[kept], "cost": hulls[kept]}
    error = np.abs(chords(hulls, kept) - cost).max(axis=1)
    own |= {"waiting": expected.waiting[kept], "occupancy": expected.occupancy[kept]}
    own |= {"load": load_ratio(offered[rows], np.asarray(agents * room))}
    own |= {"envelope_error": error[rows]}
    return pd.DataFrame(own), pd.DataFrame({"start": starts, "queue": name, "error": error})


def expectation(rates: FloatArray, felt: FloatArray, table: ServiceTable, hours: float) -> Expected:
    """Means over paths and steps of the arrivals (both of shape (path, interval, step)) times what they meet."""
    weights = rate_weights(rates, felt, table.rates)
    busy = weights @ table.occupancy / np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
    waiting = weights @ table.wait_s / 3600.0
    return Expected(weights @ table.lost * hours, weights @ table.late * hours, waiting, busy)


def rate_weights(mass: FloatArray, felt: FloatArray, grid: FloatArray) -> FloatArray:
    """Mean of ``mass`` that falls to each grid rate, shape (interval, grid): linear interpolation, transposed.

    ``mass`` and ``felt`` have the shape (path, interval, step).
    """
    return on_grid(np.ascontiguousarray(mass), np.ascontiguousarray(felt), grid)
