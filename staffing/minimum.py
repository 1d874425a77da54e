"""The fewest agents that reach a target."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from staffing.erlang import erlang_b
from staffing.service import FloatArray, service

MOST_AGENTS = 2**24
DEFINITIONS = ("within_of_offered", "within_of_served", "within_virtual")


def min_agents(
    offered_per_h: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    share: npt.ArrayLike,
    within_s: npt.ArrayLike,
    patience_s: npt.ArrayLike | None = None,
    *,
    definition: str = "within_of_offered",
) -> FloatArray:
    """Fewest whole agents with which at least ``share`` of the inquiries are served within ``within_s``.

    Parameters
    ----------
    offered_per_h : inquiries per hour.
    aht_s : handle time, s; a sequence of K values for agents that hold up to K contacts.
    share : share to reach, 0 to below 1.
    within_s : s.
    patience_s : mean of an exponential patience, s; None = endless (Erlang C).
    definition : ``within_of_offered``, ``within_of_served`` or ``within_virtual``.

    Returns
    -------
    Whole numbers, of the arguments' broadcast shape.

    Raises
    ------
    ValueError : an argument that makes no sense, or a share that no number of agents reaches.
    """
    patience = np.inf if patience_s is None else patience_s
    given = [np.asarray(value, dtype=np.float64) for value in (offered_per_h, share, within_s, patience)]
    offered, wanted, within, patient = np.broadcast_arrays(*given)
    if not np.all((wanted >= 0) & (wanted < 1)):
        raise ValueError("share must be at least 0 and below 1")
    if definition not in DEFINITIONS:
        raise ValueError(f"definition must be one of {', '.join(DEFINITIONS)}")

    def enough(agents: FloatArray) -> npt.NDArray[np.bool_]:
        reached: FloatArray = getattr(service(offered, aht_s, agents, patient, within), definition)
        return np.asarray(reached >= wanted)

    return smallest(enough, offered.shape)


def min_agents_blocking(offered_per_h: npt.ArrayLike, aht_s: npt.ArrayLike, blocked: npt.ArrayLike) -> FloatArray:
    """Fewest whole agents with which at most the share ``blocked`` finds all of them busy (Erlang B).

    Raises
    ------
    ValueError : an argument that makes no sense.
    """
    shape = np.broadcast_shapes(*(np.shape(value) for value in (offered_per_h, aht_s, blocked)))
    limit = np.asarray(blocked, dtype=np.float64)
    if not np.all((limit >= 0) & (limit <= 1)):
        raise ValueError("blocked must be a share, 0 to 1")
    return smallest(lambda agents: np.asarray(erlang_b(offered_per_h, aht_s, agents) <= limit), shape)


def smallest(enough: Callable[[FloatArray], npt.NDArray[np.bool_]], shape: tuple[int, ...]) -> FloatArray:
    """Smallest whole number from which ``enough`` holds (it must hold from there on), by doubling and halving."""
    low, high = np.full(shape, -1.0), np.zeros(shape)
    while not np.all(reached := enough(high)):
        if high.max() >= MOST_AGENTS:
            raise ValueError("no number of agents reaches the target")
        low, high = np.where(reached, low, high), np.where(reached, high, 2.0 * high + 1.0)
    while np.any(high - low > 1.0):
        middle = np.where(high - low > 1.0, np.floor(0.5 * (low + high)), high)
        reached = enough(middle)
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return high[()]
