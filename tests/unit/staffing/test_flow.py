"""The compiled flow is the flow: the same arithmetic, written once more over whole arrays of paths."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import norm

from staffing.crew import Crew
from staffing.flow import State, flow, state
from staffing.flow_kernel import beyond
from staffing.opening import ahead
from staffing.survival import exponential
from staffing.table import ServiceTable, service_table
from tests.unit.staffing.small import desk

FloatArray = npt.NDArray[np.float64]
INTERVAL_S, STEPS, PATHS, WITHIN_S = 3600.0, 12, 7, 60.0


def _at(own: State, present: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Values at ``present`` and the slope of the rate out."""
    cell = np.clip(np.searchsorted(own.present, present) - 1, 0, own.present.size - 2)
    width, rise = np.diff(own.present)[cell], np.diff(own.values)[:, cell]
    share = (present - own.present[cell]) / width
    values = own.values[:, cell] + np.minimum(share, 1.0) * rise
    values[0] = own.values[0, cell] + share * rise[0]
    return values, rise[0] / width


def _met(own: State, present: FloatArray, variance: FloatArray) -> FloatArray:
    """In service, lost, late, within and wait, where a line has come to be through time and varies less than in steady
    state: normal around what waits."""
    (out, held, lost, late, within, wait_s), slope = _at(own, present)
    waiting, steady = present - held, out / slope
    spread, taken = np.sqrt(variance + np.maximum(waiting, 0.0)), out * (1.0 - lost) / 3600.0
    sure = np.maximum(1.0 - variance / steady, 0.0) * np.minimum(waiting / spread, 1.0) * (waiting > 1.0)
    moved = sure * ((1.0 - lost) * norm.cdf((WITHIN_S - wait_s) * taken / spread) - within)
    return np.stack([held, lost, late - moved, within + moved, wait_s])


def _reference(rates: FloatArray, shape: FloatArray, states: list[State], crew: Crew) -> FloatArray:
    """In service, lost, late, within and wait, shape (5, path, interval)."""
    present, variance = np.zeros((2, len(rates)))
    found, step_h = np.zeros((5, *rates.shape)), INTERVAL_S / 3600.0 / STEPS
    for index, now in enumerate(states):
        later = states[min(index + 1, len(states) - 1)]
        if index:
            held = _at(states[index - 1], present)[0][1]
            present = present - held * crew.leaving[index] / crew.effective[index - 1]
        for step in range(STEPS):
            values, slope = _at(now, present)
            lag, come = -np.expm1(-slope * step_h) / slope, rates[:, index] * shape[index, step]
            after = np.maximum(present + (come - values[0]) * lag, 0.0)
            steady = (come + np.maximum(values[0], 0.0)) / (2.0 * slope)
            varies = steady + (variance - steady) * np.exp(-2.0 * slope * step_h)
            spread, variance = 0.5 * (variance + varies), varies
            middle, (left_s, still_s) = 0.5 * (present + after), INTERVAL_S * (1.0 - (step + np.arange(2.0)) / STEPS)
            own = _met(now, middle, spread)
            wait_s = np.maximum(own[4], still_s + 1e-9)
            reached = np.minimum(wait_s, left_s)
            part = (reached - still_s) * (1.0 - (reached + still_s) / (2.0 * wait_s)) / (left_s - still_s)
            if part.max() >= 1e-6:
                own[1:] += part * (_met(later, middle, spread)[1:] - own[1:])
            found[0, :, index] += own[0] / STEPS
            found[1:, :, index] += own[1:] * shape[index, step] / STEPS
            present = after
    return found


@pytest.mark.parametrize("busy", [0.4, 1.0, 2.5])
def test_the_compiled_flow_agrees_with_the_same_sums_over_arrays(busy: float) -> None:
    """Speed must not move a number: calm, full and overloaded, with people who come and go and hours unlike others."""
    rng = np.random.default_rng(3)
    effective = np.array([4.0, 6.5, 6.5, 3.0, 0.9, 5.0])
    leaving = np.array([0.0, 0.0, 1.0, 3.5, 2.1, 0.0])
    rates = busy * rng.gamma(5.0, 12.0, (PATHS, len(effective)))
    shape = rng.dirichlet(np.full(STEPS, 20.0), len(effective)) * STEPS
    tables: list[ServiceTable] = [service_table(desk().settings.queues["pre"], float(2 * rates.max()), 7)] * 6
    tables[2] = tables[2].thinned(0.1, 7)
    crew = Crew(effective, effective, leaving)
    states = [state(*own) for own in zip(tables, effective, strict=True)]
    when = ahead(effective > 0.0, STEPS, INTERVAL_S, exponential(300.0))
    found = flow(rates, shape, states, crew, INTERVAL_S, when, WITHIN_S)
    wanted = _reference(rates, shape, states, crew)
    for own, other in zip((found.held, found.lost, found.late, found.within, found.wait_s), wanted, strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-12, atol=1e-12)


def test_who_still_waits_at_a_closing_waits_until_the_next_opening() -> None:
    """Protects the last hour of a day: with waits of 450 s as many wait at its end as come in 450 s (Little); half of
    them were predicted to be lost or late by it."""
    edges_s = np.arange(3600.0, -1.0, -300.0)
    closing, going_on = (
        300.0 * sum(beyond(450.0, left_s, still_s, closes) for left_s, still_s in pairwise(edges_s.tolist()))
        for closes in (True, False)
    )
    assert closing == pytest.approx(450.0)
    assert going_on == pytest.approx(225.0)
