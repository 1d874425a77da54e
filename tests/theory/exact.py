"""Waiting systems by other routes: sums over their states in many digits, plain quadrature: slow and simple."""

import math
from collections.abc import Callable
from itertools import pairwise, product

import mpmath as mp
import numpy as np
import numpy.typing as npt
from scipy.integrate import quad

DIGITS = 34


def erlang_a_by_states(per_h: float, aht_s: float, agents: int, patience_s: float) -> dict[str, mp.mpf]:
    """Measures of M/M/n+M from the sum over the numbers in the system, no integral anywhere."""
    with mp.workdps(DIGITS):
        arrival, service, leave = mp.mpf(per_h) / 3600, 1 / mp.mpf(aht_s), 1 / mp.mpf(patience_s)
        below, held, weight = mp.mpf(0), mp.mpf(0), mp.mpf(1)
        for busy in range(agents, 0, -1):
            weight *= busy * service / arrival
            below, held = below + weight, held + (busy - 1) * weight
            if busy * service < arrival and busy * weight < mp.mpf(10) ** -DIGITS * below:
                break
        waiting, queue, weight, number = mp.mpf(1), mp.mpf(0), mp.mpf(1), 0
        while (
            number == 0
            or number * weight >= mp.mpf(10) ** -DIGITS * waiting
            or arrival >= agents * service + number * leave
        ):
            number += 1
            weight *= arrival / (agents * service + number * leave)
            waiting, queue = waiting + weight, queue + number * weight
        total = below + waiting
        return {
            "p_wait": waiting / total,
            "p_abandon": leave * queue / arrival / total,
            "mean_wait_s": queue / arrival / total,
            "mean_queue": queue / total,
            "occupancy": (held + agents * waiting) / total / agents,
        }


def general_patience(
    per_h: float, aht_s: float, agents: int, stay: Callable[[float], float], places: list[float], within_s: float
) -> dict[str, float]:
    """Measures of M/M/n+G by adaptive quadrature of the virtual wait's density (Zeltyn & Mandelbaum 2005).

    ``stay``: share still there after a wait; ``places``: waits, s, from 0, between which all is smooth, the last so
    far that nothing is beyond it; ``within_s`` is one of them.
    """
    arrival, full = per_h / 3600.0, agents / aht_s
    stayed = {0.0: 0.0}
    for low, high in pairwise(places):
        stayed[high] = stayed[low] + over(stay, [low, high])

    def density(wait: float) -> float:
        low = max(place for place in places if place <= wait)
        return full * math.exp(arrival * (stayed[low] + over(stay, [low, wait])) - full * wait)

    early = [place for place in places if place <= within_s]
    below = math.fsum(math.perm(agents, k) / (aht_s * arrival) ** k for k in range(1, agents + 1))
    waiting = over(density, places)
    total = below + waiting
    return {
        "p_wait": waiting / total,
        "p_abandon": over(lambda wait: density(wait) * (1.0 - stay(wait)), places) / total,
        "within_of_offered": (below + over(lambda wait: density(wait) * stay(wait), early)) / total,
        "within_virtual": (below + over(density, early)) / total,
    }


def over(value: Callable[[float], float], places: list[float]) -> float:
    """Integral of ``value`` from the first place to the last."""
    return math.fsum(quad(value, low, high, epsabs=0.0, epsrel=1e-12, limit=200)[0] for low, high in pairwise(places))


def chat_by_states(
    per_h: float, aht_s: list[float], agents: int, patience_s: float, most: int = 300
) -> dict[str, float]:
    """Chat with least-loaded routing, by its Markov chain: how many agents hold 0, 1, ... K contacts, and who waits."""
    slots, arrival = len(aht_s), per_h / 3600.0
    crews = [one for one in product(range(agents + 1), repeat=slots + 1) if sum(one) == agents]
    place = {crew: number for number, crew in enumerate(crews)}
    full = place[(*[0] * slots, agents)]
    moves = [move for crew in crews for move in _moves(crew, aht_s, arrival, place)]
    for queue in range(1, most + 1):
        here, before = len(crews) + queue - 1, len(crews) + queue - 2 if queue > 1 else full
        moves += [(before, here, arrival), (here, before, agents * slots / aht_s[-1] + queue / patience_s)]
    chance = _stationary(moves, len(crews) + most)
    waiting = np.append(chance[full], chance[len(crews) :])
    queue_length = float(waiting @ np.arange(most + 1.0))
    return {"p_wait": float(waiting.sum()), "p_abandon": queue_length / patience_s / arrival}


def _moves(
    crew: tuple[int, ...], aht_s: list[float], arrival: float, place: dict[tuple[int, ...], int]
) -> list[tuple[int, int, float]]:
    """From where to where at which rate, one contact more or less."""
    found, least = [], min(held for held, count in enumerate(crew) if count)
    steps = [(least, least + 1, arrival)] if least < len(aht_s) else []
    steps += [(k, k - 1, crew[k] * k / aht_s[k - 1]) for k in range(1, len(crew)) if crew[k]]
    for low, high, rate in steps:
        then = list(crew)
        then[low], then[high] = then[low] - 1, then[high] + 1
        found.append((place[crew], place[tuple(then)], rate))
    return found


def _stationary(moves: list[tuple[int, int, float]], states: int) -> npt.NDArray[np.float64]:
    """Chances of the states of a chain with these moves."""
    rates = np.zeros((states, states))
    for here, there, rate in moves:
        rates[there, here] += rate
        rates[here, here] -= rate
    rates[0] = 1.0
    return np.linalg.solve(rates, np.eye(states)[0])
