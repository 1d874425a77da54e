"""Chat: an agent holds several contacts at once, and each goes slower the more there are."""

import numpy.typing as npt

from staffing.service import Service, service
from staffing.survival import Survival


def chat(
    offered_per_h: npt.ArrayLike,
    aht_s: npt.ArrayLike,
    agents: npt.ArrayLike,
    patience_s: npt.ArrayLike | Survival | None,
    within_s: npt.ArrayLike,
) -> Service:
    """Service of a chat desk, by the birth-death chain on the number of contacts in the system.

    Contacts are spread evenly (an arrival goes to the least-loaded agent), an agent holding k of them closes
    k / aht_s[k-1] a second, and who finds every slot taken waits, first come first served, or leaves.

    Parameters
    ----------
    offered_per_h : inquiries per hour.
    aht_s : handle time while 1, 2, ... K contacts are held, s; one value gives Erlang A.
    agents : whole number.
    patience_s : mean of an exponential patience, s, or a `Survival` of any form; None = endless.
    within_s : the time within which the service levels count, s.

    Returns
    -------
    `Service`, of the arguments' broadcast shape.

    Raises
    ------
    ValueError : a negative or non-finite argument, or a fraction of an agent.

    Notes
    -----
    Exact where ``aht_s`` is constant (Erlang A with K times the agents) and for K = 1. Else it takes the load to be
    spread evenly at every moment, while real closings leave it uneven: optimistic by some per cent at moderate load,
    exact in the limit of overload. See docs/explanation/staffing.md for how far, by regime.

    Source: Tezcan & Zhang 2014 for the model; the chain is the usual approximation.
    """
    return service(offered_per_h, aht_s, agents, patience_s, within_s)
