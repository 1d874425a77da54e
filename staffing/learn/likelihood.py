"""Likelihood of the waits of a log under a law of patience in pieces, and what is probably hidden in it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.learn.waits import Waits

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The waits cut at ``knots``, from 0 on.

    Parameters
    ----------
    left_events, left_exposure, served_exposure : seen to leave in each piece; s spent in it by them and the served.
    gone, unsure : s that each found-gone or unsure contact spent in each piece, shape (contact, piece).
    served_count, gone_count : number of the served and answered, and of the found gone.
    gone_log_handle, unsure_log_handle : log of the agent's time for them.
    """

    knots: FloatArray
    left_events: FloatArray
    left_exposure: FloatArray
    served_exposure: FloatArray
    gone: FloatArray
    unsure: FloatArray
    served_count: int
    gone_count: int
    gone_log_handle: FloatArray
    unsure_log_handle: FloatArray


@dataclass(frozen=True, slots=True)
class Guess:
    """Parameters: hazards per s, the share of the leaving who say nothing, the share of the served who are recorded
    without a reply, and (mean, spread) of log handle time."""

    hazards: FloatArray
    silent: float
    unanswered: float
    served_handle: FloatArray
    gone_handle: FloatArray

    @property
    def gone_mean_s(self) -> float:
        """Mean agent time for a customer who is gone, s; NaN where nobody leaves silently."""
        mean = float(np.exp(self.gone_handle[0] + 0.5 * self.gone_handle[1] ** 2))
        return mean if self.silent > 0.0 else float("nan")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Expected leavings and s spent in each piece, over all contacts; chance of each unsure contact to be gone."""

    events: FloatArray
    exposure: FloatArray
    unsure_gone: FloatArray


def pieces_of(waits: Waits, knots: FloatArray) -> Pieces:
    """The waits cut at ``knots``."""
    return Pieces(
        knots=knots,
        left_events=np.bincount(np.searchsorted(knots, waits.left_s, side="left") - 1, minlength=knots.size).astype(
            np.float64
        ),
        left_exposure=spent(waits.left_s, knots).sum(axis=0),
        served_exposure=spent(waits.served_s, knots).sum(axis=0),
        gone=spent(waits.gone_s, knots),
        unsure=spent(waits.unsure_s, knots),
        served_count=waits.served_s.size,
        gone_count=waits.gone_s.size,
        gone_log_handle=np.log(waits.gone_handle_s),
        unsure_log_handle=np.log(waits.unsure_handle_s),
    )


def spent(waits_s: FloatArray, knots: FloatArray) -> FloatArray:
    """s of each wait within each piece, shape (wait, piece)."""
    ends = np.append(knots[1:], np.inf)
    return np.asarray(np.clip(waits_s[:, np.newaxis] - knots, 0.0, ends - knots))


def log_likelihood(pieces: Pieces, guess: Guess) -> float:
    """Logarithm of the likelihood, up to a constant."""
    seen = float(pieces.left_events @ np.log(guess.hazards))
    seen -= float((pieces.left_exposure + pieces.served_exposure) @ guess.hazards)
    if guess.silent == 0.0:
        return seen
    seen += float(pieces.left_events.sum()) * np.log1p(-guess.silent) if guess.silent < 1.0 else 0.0
    gone = float(np.log(-np.expm1(-(pieces.gone @ guess.hazards))).sum()) + pieces.gone_count * np.log(guess.silent)
    served, silent = _unsure(pieces, guess)
    answered = pieces.served_count * np.log1p(-min(guess.unanswered, 1.0 - 1e-12))
    return float(seen + gone + answered + np.log(served + silent).sum())


def _unsure(pieces: Pieces, guess: Guess) -> tuple[FloatArray, FloatArray]:
    """Likelihood of each unsure contact if it was served, and if its customer was gone."""
    summed = pieces.unsure @ guess.hazards
    served = guess.unanswered * np.exp(-summed) * _normal(pieces.unsure_log_handle, guess.served_handle)
    silent = guess.silent * -np.expm1(-summed) * _normal(pieces.unsure_log_handle, guess.gone_handle)
    return served + 1e-300, silent


def _normal(values: FloatArray, moments: FloatArray) -> FloatArray:
    return np.asarray(np.exp(-0.5 * ((values - moments[0]) / moments[1]) ** 2) / moments[1])


def expectation(pieces: Pieces, guess: Guess) -> Hidden:
    """What is hidden, given the parameters."""
    served, silent = _unsure(pieces, guess)
    chance = silent / (served + silent)
    every, weight = np.concatenate([pieces.gone, pieces.unsure]), np.ones(pieces.gone_count + chance.size)
    weight[pieces.gone_count :] = chance
    events, exposure = _before(every, weight, guess.hazards)
    total = pieces.left_exposure + pieces.served_exposure + (1.0 - chance) @ pieces.unsure + exposure
    return Hidden(events, total, chance)


def _before(inside: FloatArray, weight: FloatArray, hazards: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Expected leavings and s in each piece of customers known to have left before the end of their wait."""
    own = inside * hazards
    entering = np.cumsum(own, axis=1) - own
    stay, gone = np.exp(-entering), -np.expm1(-own)
    waited = np.maximum(-np.expm1(-own.sum(axis=1)), 1e-300)
    share = np.where(inside.sum(axis=1) > 0.0, weight / waited, 0.0)[:, np.newaxis]
    events = share * stay * gone
    patient = np.exp(-own.sum(axis=1))[:, np.newaxis]
    exposure = share * (stay * gone / hazards - inside * patient)
    return events.sum(axis=0), exposure.sum(axis=0)
