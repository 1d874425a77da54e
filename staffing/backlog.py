"""Deferrable work as a fluid: done in order of arrival by whoever is on its queue."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from staffing.crew import Crew
from staffing.flow import Flow

FloatArray = npt.NDArray[np.float64]
PARTS = 4
NOTHING = 1e-9


def backlog_flow(work_h: FloatArray, capacity_h: FloatArray, interval_h: float, deadline_h: float) -> Flow:
    """When the work arriving in each interval is done, per path, beginning without a backlog.

    Parameters
    ----------
    work_h : arrivals in hours of a fully loaded effective agent, shape (path, interval).
    capacity_h : the agent hours there are in each quarter of an interval, see `capacity`.
    interval_h, deadline_h : h.

    Returns
    -------
    Shares of the arrivals, shape (path, interval). Work is within target when it is done by its deadline, or when
    its deadline lies beyond the horizon, of which nothing is known. The wait of work that is still undone at the
    horizon's end is counted until then.
    """
    paths, intervals = work_h.shape
    part_h = interval_h / PARTS
    edges = np.arange(intervals * PARTS + 1) * part_h
    parts = np.repeat(work_h / PARTS, PARTS, axis=1)
    arrived = np.concatenate([np.zeros((paths, 1)), parts.cumsum(axis=1)], axis=1)
    done = work_done(arrived, np.concatenate([[0.0], capacity_h.cumsum()]))
    moments = edges[:-1] + 0.5 * part_h
    waits = np.array([_waits(moments, edges, *path) for path in zip(arrived, done, strict=True)])
    late = np.array([_late(edges, deadline_h, *path) for path in zip(arrived, done, strict=True)])
    late_share = late.reshape(paths, intervals, PARTS).mean(axis=2)
    wait_s = 3600.0 * waits.reshape(paths, intervals, PARTS).mean(axis=2)
    return Flow(np.zeros_like(late_share), late_share, 1.0 - late_share, wait_s, np.full_like(wait_s, np.nan))


def capacity(
    staff: Crew, interval_h: float, aht_h: float, held_h: Mapping[str, FloatArray] | None = None
) -> FloatArray:
    """Agent hours in each quarter of an interval: of the agents on the queue, and of the leavers' open contacts.

    A fully loaded agent who leaves holds contacts worth one handle time ``aht_h`` of his time, and finishes them. Who
    comes from another queue first finishes what he holds of it: ``held_h`` by queue and interval.
    """
    hours = np.repeat(staff.effective * interval_h / PARTS, PARTS)
    for queue, own_h in (held_h or {}).items():
        came = staff.came[queue]
        for index in np.flatnonzero(came):
            parts = np.arange(len(hours) - index * PARTS) * interval_h / PARTS
            hours[index * PARTS :] -= came[index] * np.clip(own_h[index] - parts, 0.0, interval_h / PARTS)
    hours[PARTS - 1 : -1 : PARTS] += staff.leaving[1:] * aht_h
    return np.maximum(hours, 0.0)


def work_done(arrived: FloatArray, possible: FloatArray) -> FloatArray:
    """Work done by each edge: all that was possible by then, never more than has arrived.

    Source: the reflection map, done(t) = C(t) + min(0, min over s <= t of (arrived(s) - C(s))).
    """
    spare = np.minimum.accumulate(arrived - possible, axis=1)
    return np.asarray(possible + np.minimum(spare, 0.0))


def _late(edges: FloatArray, deadline_h: float, arrived: FloatArray, done: FloatArray) -> FloatArray:
    """Share of the work arriving between two edges each that is not done by its deadline, where that is known."""
    spare = np.interp(edges + deadline_h, edges, done) - arrived
    short, enough = np.maximum(-spare, 0.0), np.maximum(spare, 0.0)
    lacking, all_of_it = short[:-1] + short[1:], short[:-1] + short[1:] + enough[:-1] + enough[1:]
    known = np.clip((edges[-1] - deadline_h - edges[:-1]) / np.diff(edges), 0.0, 1.0)
    return np.asarray(np.where(lacking > NOTHING, lacking / np.maximum(all_of_it, NOTHING), 0.0) * known)


def _waits(moments: FloatArray, edges: FloatArray, arrived: FloatArray, done: FloatArray) -> FloatArray:
    """Hours until the work that arrives at each moment is done; until the last edge where it is not."""
    mine = np.interp(moments, edges, arrived)
    finished = np.interp(mine, done, edges, right=edges[-1])
    return np.asarray(np.maximum(finished - moments, 0.0))
