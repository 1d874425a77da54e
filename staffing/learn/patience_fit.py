"""Patience from a log: maximum likelihood by EM, over any law in pieces of constant hazard."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from staffing.learn.likelihood import Guess, Pieces, expectation, log_likelihood, pieces_of
from staffing.learn.waits import Waits
from staffing.survival import Survival

FloatArray = npt.NDArray[np.float64]
FEWEST_LEFT = 20
MOST_UNTIMED = 0.05
LEFT_PER_PIECE = 60
MOST_PIECES = 8
ROUNDS = 2_000
STEADY = 1e-9
DRAWS = 2_000
SIGNIFICANT = 0.01
LIMITS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Estimated:
    """A value with its 95 % limits."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PatienceFit:
    """Patience of one queue's customers.

    Parameters
    ----------
    contacts, left, gone : contacts that tell something; seen to leave; left without a word (expected number).
    mean_s : mean of the exponential law, s.
    silent_share : share of the leaving who leave without a word.
    silent_s : an agent's time for one of them, s; NaN where there are none.
    law : the law in pieces.
    wait_s, lost, lost_low, lost_high : share gone after waits, by that law, with 95 % limits.
    curved : whether the pieces tell the log significantly better than the exponential law (likelihood ratio, 1 %).
    """

    contacts: int
    left: int
    gone: float
    mean_s: Estimated
    silent_share: Estimated
    silent_s: Estimated
    law: Survival
    wait_s: FloatArray
    lost: FloatArray
    lost_low: FloatArray
    lost_high: FloatArray
    curved: bool


def fit_patience(waits: Waits) -> PatienceFit | None:
    """The law of patience behind ``waits``; None where fewer than twenty customers left, or more than one in twenty
    of those who did left nobody knows when.

    Notes
    -----
    Served customers are censored: patient for at least their wait. Who was found gone was patient for less than it.
    An unsure contact is either, by its wait and by how long the agent had it (two lognormal handle times). Limits come
    from the observed information (2,000 draws of the logarithms of the hazards and the logit of the silent share).

    Source: Dempster, Laird & Rubin 1977; the model of silent abandonment after Castellanos, Yom-Tov & Goldberg 2025.
    """
    timed = waits.left_s.size + waits.gone_s.size
    if timed < FEWEST_LEFT or waits.untimed > MOST_UNTIMED * (timed + waits.untimed):
        return None
    plain = _fitted(waits, np.zeros(1))
    knots = _knots(waits)
    pieces = _fitted(waits, knots) if knots.size > 1 else plain
    gain = 2.0 * (log_likelihood(*pieces) - log_likelihood(*plain))
    curved = knots.size > 1 and bool(chi2.sf(gain, knots.size - 1) < SIGNIFICANT)
    exponential, shaped = _draws(*plain), _draws(*pieces)
    silent = exponential[:, -1] if plain[1].silent > 0.0 else np.zeros(1)
    places = np.append(knots[1:], _last(waits, knots))
    lost = np.array([1.0 - Survival(knots, row[:-1]).stay(places) for row in shaped])
    law = Survival(knots, pieces[1].hazards)
    gone = float(waits.gone_s.size + expectation(*pieces).unsure_gone.sum())
    return PatienceFit(
        contacts=waits.contacts,
        left=waits.left_s.size,
        gone=gone,
        mean_s=_limited(1.0 / plain[1].hazards[0], 1.0 / exponential[:, 0]),
        silent_share=_limited(pieces[1].silent, silent),
        silent_s=_gone_time(waits, pieces[1], gone),
        law=law,
        wait_s=places,
        lost=1.0 - law.stay(places),
        lost_low=np.quantile(lost, LIMITS[0], axis=0),
        lost_high=np.quantile(lost, LIMITS[1], axis=0),
        curved=curved,
    )


def _limited(value: float, drawn: FloatArray) -> Estimated:
    low, high = np.quantile(drawn, LIMITS)
    return Estimated(float(value), float(low), float(high))


def _gone_time(waits: Waits, guess: Guess, count: float) -> Estimated:
    """Mean agent time for a customer who is gone: plain where all of them are known, else of the lognormal law."""
    seen = waits.gone_handle_s
    if seen.size and not waits.unsure_s.size:
        value, half = float(seen.mean()), 1.96 * float(seen.std()) / np.sqrt(seen.size)
        return Estimated(value, max(value - half, 0.0), value + half)
    value, spread = guess.gone_mean_s, guess.gone_handle[1]
    half = 1.96 * np.sqrt((spread**2 + spread**4 / 2.0) / max(count, 1.0))
    return Estimated(value, value * float(np.exp(-half)), value * float(np.exp(half)))


def _knots(waits: Waits) -> FloatArray:
    """Whole seconds that part the leavings evenly; found-gone waits only say by when, so they make no knots."""
    count = min(MOST_PIECES, waits.left_s.size // LEFT_PER_PIECE)
    inner = np.quantile(waits.left_s, np.arange(1, count) / count) if count > 1 else np.empty(0)
    return np.unique(np.concatenate([[0.0], np.maximum(np.round(inner), 1.0)]))


def _last(waits: Waits, knots: FloatArray) -> float:
    """Until when the curve is stated: where nearly all that is known of it ends."""
    every = np.concatenate([waits.left_s, waits.served_s, waits.gone_s])
    return float(np.ceil(max(np.quantile(every, 0.995), 1.25 * knots[-1], 1.0)))


def _fitted(waits: Waits, knots: FloatArray) -> tuple[Pieces, Guess]:
    """EM from the rate at which customers are seen to leave."""
    pieces = pieces_of(waits, knots)
    exposure = pieces.left_exposure + pieces.served_exposure
    rate = max(waits.left_s.size + 0.5 * waits.gone_s.size, 1.0) / max(exposure.sum() + waits.gone_s.sum(), 1.0)
    silent = 0.5 if waits.gone_s.size + waits.unsure_s.size else 0.0
    unanswered = 0.5 * waits.unsure_s.size / max(waits.unsure_s.size + waits.served_s.size, 1)
    guess = Guess(np.full(knots.size, rate), silent, unanswered, *_handle_start(waits))
    for _ in range(ROUNDS):
        better = _improved(pieces, guess)
        moved = np.abs(np.log(better.hazards / guess.hazards)).max() + abs(better.silent - guess.silent)
        guess = better
        if moved < STEADY:
            break
    return pieces, guess


def _handle_start(waits: Waits) -> tuple[FloatArray, FloatArray]:
    """Log mean and spread of the handle time of the served and of the gone, to begin with."""
    served = np.log(waits.served_handle_s) if waits.served_handle_s.size else np.zeros(1)
    gone = np.log(waits.gone_handle_s) if waits.gone_handle_s.size else np.array([served.mean() - 1.5])
    starts = [np.array([one.mean(), max(float(one.std()), 0.05)]) for one in (served, gone)]
    return starts[0], starts[1]


def _improved(pieces: Pieces, guess: Guess) -> Guess:
    """One round: what the hidden leavings probably were, and the best guess given those."""
    found = expectation(pieces, guess)
    hazards = np.maximum((pieces.left_events + found.events) / np.maximum(found.exposure, 1e-300), 1e-12)
    gone = pieces.gone_count + found.unsure_gone.sum()
    silent = gone / max(gone + pieces.left_events.sum(), 1e-300)
    answered = (1.0 - found.unsure_gone).sum()
    return replace(
        guess,
        hazards=hazards,
        silent=float(silent),
        unanswered=float(answered / max(answered + pieces.served_count, 1e-300)),
        gone_handle=_handle(pieces, guess, found.unsure_gone),
    )


def _handle(pieces: Pieces, guess: Guess, weight: FloatArray) -> FloatArray:
    """Log mean and spread of the handle time of the gone."""
    if not pieces.unsure_log_handle.size:
        return guess.gone_handle
    logs = np.concatenate([pieces.gone_log_handle, pieces.unsure_log_handle])
    weights = np.concatenate([np.ones(pieces.gone_log_handle.size), weight]) + 1e-12
    mean = np.average(logs, weights=weights)
    return np.array([mean, max(np.sqrt(np.average((logs - mean) ** 2, weights=weights)), 0.1)])


def _draws(pieces: Pieces, guess: Guess) -> FloatArray:
    """Draws of hazards and silent share around the estimate, shape (draw, piece + 1), by the observed information."""
    hidden = 0.0 < guess.silent < 1.0
    centre = np.log(guess.hazards)
    if hidden:
        centre = np.append(centre, np.log(guess.silent / (1.0 - guess.silent)))

    def height(at: FloatArray) -> float:
        silent = float(1.0 / (1.0 + np.exp(-at[-1]))) if hidden else guess.silent
        return log_likelihood(pieces, replace(guess, hazards=np.exp(at[: guess.hazards.size]), silent=silent))

    information = -_curvature(height, centre)
    values, axes = np.linalg.eigh(information)
    spread = axes / np.sqrt(np.maximum(values, 0.25))
    drawn = centre + np.random.default_rng(0).standard_normal((DRAWS, centre.size)) @ spread.T
    hazards = np.exp(drawn[:, : guess.hazards.size])
    last = 1.0 / (1.0 + np.exp(-drawn[:, -1])) if hidden else np.full(DRAWS, guess.silent)
    return np.column_stack([hazards, last])


def _curvature(height: Callable[[FloatArray], float], centre: FloatArray, step: float = 1e-3) -> FloatArray:
    """Second derivatives by differences."""
    steps = step * np.eye(centre.size)
    found = np.empty((centre.size, centre.size))
    for row, one in enumerate(steps):
        for column, other in enumerate(steps[: row + 1]):
            ahead = height(centre + one + other) + height(centre - one - other)
            across = height(centre + one - other) + height(centre - one + other)
            found[row, column] = found[column, row] = (ahead - across) / (4.0 * step**2)
    return found
