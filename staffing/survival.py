"""How long customers wait before they leave: any law, in pieces of constant hazard."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """A law of patience: from ``knots_s[i]`` on, customers leave at ``hazards_per_s[i]``.

    Parameters
    ----------
    knots_s : waits, s, rising, the first 0.
    hazards_per_s : share of those still there who leave per second, as many as knots, not negative. One piece is
        exponential patience, a single 0 endless, a single infinity no patience at all.
    """

    knots_s: FloatArray
    hazards_per_s: FloatArray

    def __post_init__(self) -> None:
        """Refuse knots that do not rise from 0 and negative hazards."""
        fits = self.knots_s.ndim == 1 and self.knots_s.shape == self.hazards_per_s.shape and self.knots_s.size > 0
        if not fits or self.knots_s[0] != 0.0 or np.any(np.diff(self.knots_s) <= 0.0):
            raise ValueError("knots_s must rise from 0, one for each hazard")
        if not np.all(self.hazards_per_s >= 0.0):
            raise ValueError("hazards_per_s must not be negative")
        if self.hazards_per_s[-1] == 0.0 < self.hazards_per_s.max():
            raise ValueError("the last of hazards_per_s must not be 0 where customers leave before")

    @property
    def _summed(self) -> FloatArray:
        return np.concatenate([[0.0], np.cumsum(self.hazards_per_s[:-1] * np.diff(self.knots_s))])

    def stay(self, wait_s: npt.ArrayLike) -> FloatArray:
        """Share of the customers still there after waits of ``wait_s``."""
        waited = np.asarray(wait_s, dtype=np.float64)
        piece = np.searchsorted(self.knots_s, waited, side="right") - 1
        inside = waited - self.knots_s[piece]
        hazards = np.where(inside > 0.0, self.hazards_per_s[piece] * inside, 0.0)
        return np.asarray(np.exp(-self._summed[piece] - hazards))

    def waited_s(self, wait_s: npt.ArrayLike) -> FloatArray:
        """Mean wait of those who leave or are taken after ``wait_s``."""
        waited = np.asarray(wait_s, dtype=np.float64)
        piece = np.searchsorted(self.knots_s, waited, side="right") - 1
        whole = np.append(0.0, self._within(np.arange(self.knots_s.size - 1), np.diff(self.knots_s)).cumsum())
        return np.asarray(whole[piece] + self._within(piece, waited - self.knots_s[piece]))

    def _within(self, piece: npt.NDArray[np.intp], inside_s: FloatArray) -> FloatArray:
        """Time spent within the first ``inside_s`` of a piece, mean over all who came."""
        hazards = self.hazards_per_s[piece]
        with np.errstate(divide="ignore", invalid="ignore"):
            spent = np.where(hazards > 0.0, -np.expm1(-hazards * inside_s) / hazards, inside_s)
        return np.asarray(np.exp(-self._summed[piece]) * np.where(inside_s > 0.0, spent, 0.0))

    def leave_s(self, exponential: npt.ArrayLike) -> FloatArray:
        """Waits after which customers leave, from standard exponential numbers; infinite for those who never do."""
        drawn = np.asarray(exponential, dtype=np.float64)
        piece = np.searchsorted(self._summed, drawn, side="right") - 1
        with np.errstate(divide="ignore", invalid="ignore"):
            inside = (drawn - self._summed[piece]) / self.hazards_per_s[piece]
        return np.asarray(self.knots_s[piece] + np.nan_to_num(inside, nan=0.0, posinf=np.inf))

    @property
    def mean_s(self) -> float:
        """Mean patience, s."""
        wide = np.diff(self.knots_s, append=np.inf)
        with np.errstate(divide="ignore", invalid="ignore"):
            inside = np.where(
                self.hazards_per_s > 0.0, -np.expm1(-self.hazards_per_s * wide) / self.hazards_per_s, wide
            )
        return float(np.sum(np.exp(-self._summed) * inside))


def exponential(mean_s: float) -> Survival:
    """Exponential patience of mean ``mean_s``, s; infinite = nobody ever leaves."""
    return Survival(np.zeros(1), np.array([np.inf if mean_s == 0.0 else 1.0 / mean_s]))


def through(wait_s: Sequence[float], share_lost: Sequence[float]) -> Survival:
    """The law by which the shares ``share_lost`` have left after ``wait_s``, s, with constant hazards between.

    Beyond the last wait the hazard stays that of the last piece.
    """
    waits = np.concatenate([[0.0], np.asarray(wait_s, dtype=np.float64)])
    summed = np.concatenate([[0.0], -np.log1p(-np.asarray(share_lost, dtype=np.float64))])
    return Survival(waits[:-1], np.diff(summed) / np.diff(waits))
