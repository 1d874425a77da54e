"""What a customer meets in steady state."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.kernel import evaluate
from staffing.survival import Survival

FloatArray = npt.NDArray[np.float64]
HOUR_S = 3600.0
COLUMN = {
    "p_wait": 0,
    "p_abandon": 1,
    "mean_wait_s": 2,
    "mean_wait_served_s": 3,
    "mean_queue": 4,
    "occupancy": 9,
    "throughput_per_h": 5,
    "within_of_offered": 6,
    "within_of_served": 7,
    "within_virtual": 8,
}
WAITS, THROUGHPUT, CHATS = slice(2, 4), 5, 9


@dataclass(frozen=True, slots=True)
class Service:
    """Stationary service; every field has the broadcast shape of the arguments.

    Parameters
    ----------
    p_wait : share of the offered that find no free slot.
    p_abandon : share of the offered that leave unserved.
    mean_wait_s : s, mean over all offered, those who leave included.
    mean_wait_served_s : s, mean over the served; NaN where nobody is served.
    mean_queue : customers waiting.
    occupancy : share of the slots in use (an agent who may hold K chats has K slots).
    throughput_per_h : served per hour.
    within_of_offered : share of the offered that are served within the time: the usual service level.
    within_of_served : the same, as a share of the served.
    within_virtual : share that would be served within the time if they had endless patience.
    """

    p_wait: FloatArray
    p_abandon: FloatArray
    mean_wait_s: FloatArray
    mean_wait_served_s: FloatArray
    mean_queue: FloatArray
    occupancy: FloatArray
    throughput_per_h: FloatArray
    within_of_offered: FloatArray
    within_of_served: FloatArray
    within_virtual: FloatArray


def service(
    offered_per_h: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    agents: npt.ArrayLike,
    patience_s: npt.ArrayLike | Survival | None,
    within_s: npt.ArrayLike,
    pace: npt.ArrayLike = 1.0,
    left_work: float = 0.0,
) -> Service:
    """Service of agents that hold up to as many contacts each as ``aht_s`` has values, and work ``pace`` times as fast.

    ``left_work``: part of a served contact's work, below 1, that one whose customer left still is.

    See `staffing.chat` for the model. The time is measured in units of the pace and put back afterwards.
    """
    times = np.atleast_1d(np.asarray(aht_s, dtype=np.float64))
    patience, curve = _patience(patience_s)
    given = [np.asarray(value, dtype=np.float64) for value in (offered_per_h, agents, patience, within_s, pace)]
    check(times, *given)
    offered, staff, patient, within, speed = (value.ravel() for value in np.broadcast_arrays(*given))
    pieces = np.stack(
        np.broadcast_arrays(curve.knots_s * speed[:, np.newaxis], _hazards(curve, patient, speed)), axis=1
    )
    table = evaluate(offered / speed / HOUR_S, staff, handle_rates(times), pieces, within * speed, left_work)
    table[:, WAITS] /= speed[:, np.newaxis]
    table[:, THROUGHPUT] *= speed * HOUR_S
    table[:, CHATS] /= np.maximum(staff * times.size, 1.0)
    shape = np.broadcast_shapes(*(value.shape for value in given))
    return Service(**{name: table[:, column].reshape(shape)[()] for name, column in COLUMN.items()})


def _patience(stated: npt.ArrayLike | Survival | None) -> tuple[npt.ArrayLike, Survival]:
    """Means to broadcast, and the curve they scale: a stated curve has a mean of its own, so that one stands for it."""
    if isinstance(stated, Survival):
        return 1.0, stated
    return (np.inf if stated is None else stated), Survival(np.zeros(1), np.ones(1))


def _hazards(curve: Survival, mean: FloatArray, pace: FloatArray) -> FloatArray:
    """Leavers per second in each piece, shape (row, piece), in units of the pace."""
    with np.errstate(divide="ignore"):
        return np.asarray(curve.hazards_per_s / (mean * pace)[:, np.newaxis])


def handle_rates(aht_s: FloatArray) -> FloatArray:
    """Contacts per second of one agent holding 0, 1, ... K contacts."""
    return np.append(0.0, np.arange(1.0, aht_s.size + 1.0) / aht_s)


def check(
    handle: FloatArray,
    offered: FloatArray,
    agents: FloatArray,
    patience: FloatArray,
    within: FloatArray,
    pace: FloatArray,
) -> None:
    """Raises ValueError where an argument makes no sense; NaN is refused everywhere."""
    rules = {
        "offered_per_h must be finite and not negative": np.isfinite(offered) & (offered >= 0),
        "aht_s must be positive, one value or one for each number held": np.array(
            handle.ndim == 1 and handle.size > 0 and bool(np.all(np.isfinite(handle) & (handle > 0)))
        ),
        "agents must be whole and not negative": np.isfinite(agents) & (agents >= 0) & (agents == np.floor(agents)),
        "patience_s must not be negative": patience >= 0,
        "within_s must not be negative": within >= 0,
        "pace must be positive": np.isfinite(pace) & (pace > 0),
    }
    broken = [rule for rule, holds in rules.items() if not np.all(holds)]
    if broken:
        raise ValueError("; ".join(broken))
