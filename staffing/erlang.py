"""Erlang B, C and A, exact from one server to tens of thousands, in and beyond overload."""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, pdtr

from desk.compiled import compiled
from staffing.service import HOUR_S, FloatArray, Service, service


def erlang_b(offered_per_h: npt.ArrayLike, aht_s: npt.ArrayLike, agents: npt.ArrayLike) -> FloatArray:
    """Share of the inquiries that find all agents busy where nobody can wait.

    Parameters
    ----------
    offered_per_h : inquiries per hour.
    aht_s : mean handle time, s.
    agents : whole number.

    Returns
    -------
    Blocking probability, of the arguments' broadcast shape; below 1e-308 it is 0, see `ln_erlang_b`.

    Raises
    ------
    ValueError : a negative or non-finite argument, or a fraction of an agent.

    Source: A. K. Erlang 1917; the ratio recursion B(n) = a B(n-1) / (n + a B(n-1)).
    """
    load, servers = _load(offered_per_h, aht_s, agents)
    return blocking(load.ravel(), servers.ravel()).reshape(load.shape)[()]


def ln_erlang_b(offered_per_h: npt.ArrayLike, aht_s: npt.ArrayLike, agents: npt.ArrayLike) -> FloatArray:
    """Natural logarithm of `erlang_b`, also where that is too small for a number.

    Source: B = Poisson(n; a) / P(Poisson(a) <= n).
    """
    load, servers = _load(offered_per_h, aht_s, agents)
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = np.log(erlang_b(offered_per_h, aht_s, agents))
        tiny = servers * np.log(load) - load - gammaln(servers + 1.0) - np.log(pdtr(servers, load))
    return np.where((plain < -650.0) & (load > 0), tiny, plain)[()]


def erlang_c(
    offered_per_h: npt.ArrayLike, aht_s: npt.ArrayLike, agents: npt.ArrayLike, within_s: npt.ArrayLike
) -> Service:
    """Service where everybody waits until he is served (M/M/n).

    Parameters
    ----------
    offered_per_h : inquiries per hour.
    aht_s : mean handle time, s.
    agents : whole number.
    within_s : the time within which the service levels count, s.

    Returns
    -------
    `Service`. At a load of 1 and more the queue grows without end: p_wait 1, waits infinite, levels 0,
    throughput the capacity. Take `erlang_a` there.

    Raises
    ------
    ValueError : a negative or non-finite argument, or a fraction of an agent.

    Source: A. K. Erlang 1917; P(W > t) = P(wait) exp(-(n mu - lambda) t).
    """
    return erlang_a(offered_per_h, aht_s, agents, np.inf, within_s)


def erlang_a(
    offered_per_h: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    agents: npt.ArrayLike,
    patience_s: npt.ArrayLike,
    within_s: npt.ArrayLike,
) -> Service:
    """Service where customers leave after an exponential patience (M/M/n+M).

    Parameters
    ----------
    offered_per_h : inquiries per hour.
    aht_s : mean handle time, s.
    agents : whole number; 0 = everybody leaves.
    patience_s : mean patience, s; infinite gives Erlang C.
    within_s : the time within which the service levels count, s.

    Returns
    -------
    `Service`, of the arguments' broadcast shape.

    Raises
    ------
    ValueError : a negative or non-finite argument, or a fraction of an agent.

    Source: C. Palm 1946; the virtual wait's density exp(lambda/theta (1 - exp(-theta t)) - n mu t) after
    Mandelbaum & Zeltyn 2007, integrated by Gauss-Legendre around its peak, so that no term overflows.
    """
    handle_s = np.asarray(aht_s, dtype=np.float64)
    if not np.all(np.isfinite(handle_s) & (handle_s > 0)):
        raise ValueError("aht_s must be positive")
    return service(offered_per_h, [1.0], agents, patience_s, within_s, pace=1.0 / handle_s)


def _load(offered_per_h: npt.ArrayLike, aht_s: npt.ArrayLike, agents: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    offered, handle_s, servers = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (offered_per_h, aht_s, agents))
    )
    load = offered * handle_s / HOUR_S
    if not np.all(np.isfinite(load) & (offered >= 0) & (handle_s > 0)):
        raise ValueError("offered_per_h must be finite and not negative, aht_s positive")
    if not np.all(np.isfinite(servers) & (servers >= 0) & (servers == np.floor(servers))):
        raise ValueError("agents must be whole and not negative")
    return load, servers


@compiled
def blocking(offered: FloatArray, servers: FloatArray) -> FloatArray:
    """Erlang B by its ratio recursion, all terms positive."""
    out = np.empty(offered.size)
    for row in range(offered.size):
        inverse = 1.0
        for busy in range(1, int(servers[row]) + 1):
            inverse = 1.0 + busy / offered[row] * inverse
        out[row] = 1.0 / inverse if offered[row] > 0 or servers[row] == 0 else 0.0
    return out
