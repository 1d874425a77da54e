"""The machine code under the flow through time: one interval of every path, step by step."""

import math

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled

FloatArray = npt.NDArray[np.float64]
OUT, HELD, SHARES = 0, 1, 2
"""Rows of a state's values: the rate out per hour, the number in service, then the four of `staffing.flow.Flow`."""
MEASURES = 4
WAIT = 3
NEGLIGIBLE = 1e-6


@compiled
def cell_of(knots: FloatArray, present: float) -> int:
    """The knot below; before the first and beyond the last knot the outermost cells go on."""
    return min(max(int(np.searchsorted(knots, present)) - 1, 0), knots.size - 2)


@compiled
def advanced(
    present: float, variance: float, arriving: float, knots: FloatArray, values: FloatArray, step_h: float
) -> tuple[float, float]:
    """Mean and variance of the number in the system after a step, by the exponential of the linearised flow."""
    cell = cell_of(knots, present)
    slope = (values[OUT, cell + 1] - values[OUT, cell]) / (knots[cell + 1] - knots[cell])
    leaving = values[OUT, cell] + (present - knots[cell]) * slope
    settled = -np.expm1(-slope * step_h)
    moved = present + (arriving - leaving) * settled / slope
    steady = (arriving + max(leaving, 0.0)) / (2.0 * slope)
    varies = variance + (steady - variance) * settled * (2.0 - settled)
    return (0.0 if moved < 0.0 else moved), varies


@compiled
def looked_up(present: float, knots: FloatArray, values: FloatArray, into: FloatArray) -> None:
    """All but the rate out at ``present``; beyond the last knot it stays."""
    cell = cell_of(knots, present)
    share = min((present - knots[cell]) / (knots[cell + 1] - knots[cell]), 1.0)
    for row in range(into.size):
        rise = values[row + HELD, cell + 1] - values[row + HELD, cell]
        into[row] = values[row + HELD, cell] + share * rise


@compiled
def queued(
    present: float, variance: float, knots: FloatArray, values: FloatArray, left_s: float, into: FloatArray
) -> tuple[float, float]:
    """How surely a line waits, and the share served within ``left_s`` from behind it.

    In steady state so many present vary by ``out`` / slope; a line that came to be through time varies less, and what
    waits of it is the wait, give or take the time that as many as wait and vary take.
    """
    waiting = present - into[0]
    if waiting <= 1.0:
        return 0.0, 0.0
    cell = cell_of(knots, present)
    slope = (values[OUT, cell + 1] - values[OUT, cell]) / (knots[cell + 1] - knots[cell])
    leaving = values[OUT, cell] + (present - knots[cell]) * slope
    taken = leaving * (1.0 - into[1]) / 3600.0
    if variance * slope >= leaving or taken <= 0.0:
        return 0.0, 0.0
    spread = np.sqrt(variance + waiting)
    sure = (1.0 - variance * slope / leaving) * min(1.0, waiting / spread)
    if left_s <= 0.0:
        return sure, 0.0
    return sure, 0.5 * (1.0 - into[1]) * math.erfc((into[1 + WAIT] - left_s) * taken / spread * np.sqrt(0.5))


@compiled
def met_after(
    present: float,
    variance: float,
    knots: FloatArray,
    values: FloatArray,
    until: FloatArray,
    within_s: float,
    into: FloatArray,
) -> None:
    """What is met by one of ``present`` who waits ``until`` somebody comes (see `staffing.opening.Ahead`).

    Of those before him as many are still there as of his like. Who is there from the beginning has ``until`` 1, 0, 0.
    """
    still, waited_s, until_s = until
    looked_up(present * still, knots, values, into)
    spread = still * (still * variance + (1.0 - still) * present)
    sure, within = queued(present * still, spread, knots, values, within_s - until_s, into)
    if until_s == 0.0:
        into[2], into[3] = into[2] + sure * (into[3] - within), into[3] + sure * (within - into[3])
    else:
        left_s, wait_s = within_s - until_s, into[1 + WAIT]
        kept = 0.0 if left_s <= 0.0 else 1.0
        if left_s > 0.0 and wait_s > 0.0:
            kept = np.expm1(-left_s / wait_s) / np.expm1(-within_s / wait_s)
        into[0], into[1] = 0.0, 1.0 - still * (1.0 - into[1])
        kept = still * ((1.0 - sure) * into[3] * kept + sure * within)
        into[2], into[3] = still * (into[2] + into[3]) - kept, kept
        into[1 + WAIT] = waited_s + still * wait_s


@compiled
def hand_over(present: FloatArray, knots: FloatArray, values: FloatArray, leaving: float, effective: float) -> None:
    """Takes out of ``present`` the open chats of those who leave a crew of ``effective`` agents."""
    into = np.empty(1)
    for path in range(present.size):
        looked_up(present[path], knots, values, into)
        present[path] -= into[0] * leaving / effective


@compiled
def beyond(wait_s: float, left_s: float, still_s: float, closes: bool) -> float:
    """Part of a wait that lies beyond the interval, whose rest is ``left_s`` at the step's start, then ``still_s``; of
    an interval that ``closes``, after which nobody is there, part of the waits that have not ended by then."""
    longest = max(wait_s, still_s + 1e-9)
    reached = min(longest, left_s)
    lasting = (reached - still_s) / (left_s - still_s)
    return lasting if closes else lasting * (1.0 - (reached + still_s) / (2.0 * longest))


@compiled
def through(
    present: FloatArray,
    variance: FloatArray,
    rates: FloatArray,
    shape: FloatArray,
    knots: FloatArray,
    values: FloatArray,
    met_knots: FloatArray,
    met_values: FloatArray,
    until: FloatArray,
    later_knots: FloatArray,
    later_values: FloatArray,
    later_until: FloatArray,
    idle_knots: FloatArray,
    idle_values: FloatArray,
    clears: FloatArray,
    interval_s: float,
    within_s: float,
    found: FloatArray,
) -> None:
    """One interval of all paths: moves ``present`` and adds to ``found`` what its arrivals meet.

    Parameters
    ----------
    present, variance : mean and variance of the number in the system, shape (path,).
    rates : arrivals per hour, shape (path,).
    shape : rate in each step relative to the interval's.
    knots, values : the state of the present crew; ``met``: of the crew that those who come meet, after ``until`` of
        each step; ``later``: of the crew that those meet who are left to the next interval, after ``later_until``;
        ``idle``: while nobody is served.
    clears : part of each step in which the crew still opens contacts of customers who are gone.
    found : shape (1 + MEASURES, path): in service, and the four of `staffing.flow.Flow`.
    """
    steps, paths = shape.size, present.size
    step_h = interval_s / 3600.0 / steps
    met, shares, after = np.empty((paths, 1 + MEASURES)), np.empty(paths), np.empty(1 + MEASURES)
    middle, spread = np.empty(paths), np.empty(paths)
    for step in range(steps):
        left_s, still_s = interval_s * (1.0 - step / steps), interval_s * (1.0 - (step + 1.0) / steps)
        most = -np.inf
        for path in range(paths):
            come, moved, varies = rates[path] * shape[step], present[path], variance[path]
            if clears[step] > 0.0:
                gone_h = clears[step] * step_h
                moved, varies = advanced(moved, varies, come, idle_knots, idle_values, gone_h)
            if clears[step] < 1.0:
                served_h = (1.0 - clears[step]) * step_h
                moved, varies = advanced(moved, varies, come, knots, values, served_h)
            spread[path], variance[path] = 0.5 * (variance[path] + varies), varies
            middle[path] = 0.5 * (present[path] + moved)
            present[path] = moved
            met_after(middle[path], spread[path], met_knots, met_values, until[step], within_s, met[path])
            if clears[step] > 0.0:
                met[path, 0] = values[HELD, -1]
            waits = until[step, 2] == 0.0
            shares[path] = beyond(met[path, 1 + WAIT], left_s, still_s, later_until[2] > 0.0) if waits else 0.0
            most = max(most, shares[path])
        for path in range(paths):
            found[0, path] += met[path, 0] / steps
            if most >= NEGLIGIBLE:
                met_after(middle[path], spread[path], later_knots, later_values, later_until, within_s, after)
            for row in range(1, 1 + MEASURES):
                own = met[path, row]
                if most >= NEGLIGIBLE:
                    own = own + shares[path] * (after[row] - own)
                found[row, path] += own * shape[step] / steps
