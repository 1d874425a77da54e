"""The simulator as machine code: the same rules as `staffing.simulation.plain`, with winner trees for "who is next".

A winner tree over agents keeps at each node the agent with the smaller key of the two below; the root is the answer,
and a changed key costs one walk to the root. There is one tree for the next closing, and one a queue for whom the next
contact goes to.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from staffing.compiled import compiled
from staffing.simulation.case import Arrivals, Log, Team, blank_log

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


class State(NamedTuple):
    """The desk at one moment. Trees and keys are padded to a power of two.

    Parameters
    ----------
    duty, held : per agent: the queue he is on (-1: none), and how many contacts he holds.
    contact, left : what he holds and the work left of each, shape (agent, most held).
    updated_s : when ``left`` was right.
    finish : key of the tree of closings, row 0 time and row 1 zero; ``due`` is the place in ``contact``.
    free : keys of the trees of free agents, shape (queue, 2, agent): number held (infinite: no slot), steady since.
    finish_tree, free_tree : the trees.
    head, tail : per queue the waiting contacts in ``by_queue``.
    """

    duty: IntArray
    held: IntArray
    contact: IntArray
    left: FloatArray
    updated_s: FloatArray
    due: IntArray
    finish: FloatArray
    free: FloatArray
    finish_tree: IntArray
    free_tree: IntArray
    head: IntArray
    tail: IntArray


def new_state(team: Team, arrivals: Arrivals) -> State:
    """Nobody is there, nothing waits; in every tree the first of two equals wins."""
    agents, most = len(team.skill), int(team.slots.max())
    width = 1 << max(agents - 1, 0).bit_length()
    tree = np.arange(-width, width)
    for node in range(width - 1, 0, -1):
        tree[node] = tree[2 * node]
    return State(
        duty=np.full(agents, -1, dtype=np.int64),
        held=np.zeros(agents, dtype=np.int64),
        contact=np.zeros((agents, most), dtype=np.int64),
        left=np.zeros((agents, most)),
        updated_s=np.zeros(agents),
        due=np.zeros(agents, dtype=np.int64),
        finish=np.full((2, width), np.inf),
        free=np.full((len(team.slots), 2, width), np.inf),
        finish_tree=tree,
        free_tree=np.tile(tree, (len(team.slots), 1)),
        head=arrivals.first[:-1].copy(),
        tail=arrivals.first[:-1].copy(),
    )


@compiled
def settle(tree: IntArray, keys: FloatArray, agent: int) -> None:
    """Walks from an agent whose key has changed to the root."""
    node = (tree.size // 2 + agent) // 2
    while node >= 1:
        one, other = tree[2 * node], tree[2 * node + 1]
        wins = keys[0, other] < keys[0, one]
        if keys[0, other] == keys[0, one]:
            wins = keys[1, other] < keys[1, one]
        tree[node] = other if wins else one
        node //= 2


@compiled
def progress(team: Team, arrivals: Arrivals, state: State, agent: int, now_s: float) -> None:
    """Takes the work done since the last look off everything the agent holds."""
    held = state.held[agent]
    passed_s = now_s - state.updated_s[agent]
    for place in range(held):
        queue = arrivals.queue[state.contact[agent, place]]
        state.left[agent, place] -= passed_s * (team.pace[queue, held] * team.skill[agent, queue])
    state.updated_s[agent] = now_s


@compiled
def look_ahead(team: Team, arrivals: Arrivals, state: State, agent: int, now_s: float) -> None:
    """Finds what the agent finishes next, and whether he has a free slot."""
    held = state.held[agent]
    soonest = np.inf
    for place in range(held):
        queue = arrivals.queue[state.contact[agent, place]]
        pace = team.pace[queue, held] * team.skill[agent, queue]
        due_s = now_s + max(state.left[agent, place], 0.0) / pace
        if due_s < soonest:
            soonest = due_s
            state.due[agent] = place
    state.finish[0, agent] = soonest
    settle(state.finish_tree, state.finish, agent)
    if state.duty[agent] >= 0:
        offer(team, state, agent, now_s)


@compiled
def offer(team: Team, state: State, agent: int, now_s: float) -> None:
    """Places the agent among the free of his queue, or takes him out."""
    queue, held = state.duty[agent], state.held[agent]
    state.free[queue, 0, agent] = held if held < team.slots[queue] else np.inf
    state.free[queue, 1, agent] = now_s
    settle(state.free_tree[queue], state.free[queue], agent)


@compiled
def assign(team: Team, arrivals: Arrivals, state: State, log: Log, contact: int, agent: int, now_s: float) -> None:
    """The agent takes the contact."""
    progress(team, arrivals, state, agent, now_s)
    place = state.held[agent]
    state.contact[agent, place] = contact
    state.left[agent, place] = arrivals.work[contact]
    state.held[agent] = place + 1
    log.assigned_s[contact] = now_s
    log.agent[contact] = agent
    look_ahead(team, arrivals, state, agent, now_s)


@compiled
def hand_out(team: Team, arrivals: Arrivals, state: State, log: Log, queue: int, now_s: float) -> None:
    """Gives waiting contacts to agents with a free slot, as long as there are both."""
    while state.head[queue] < state.tail[queue]:
        contact = arrivals.by_queue[state.head[queue]]
        if arrivals.leaves_s[contact] < now_s:
            state.head[queue] += 1
            continue
        agent = state.free_tree[queue, 1]
        if state.free[queue, 0, agent] == np.inf:
            return
        state.head[queue] += 1
        assign(team, arrivals, state, log, contact, agent, now_s)


@compiled
def close(team: Team, arrivals: Arrivals, state: State, log: Log, agent: int) -> None:
    """The agent's contact that is due ends; he takes the next one."""
    now_s = state.finish[0, agent]
    progress(team, arrivals, state, agent, now_s)
    place, last = state.due[agent], state.held[agent] - 1
    log.closed_s[state.contact[agent, place]] = now_s
    state.contact[agent, place] = state.contact[agent, last]
    state.left[agent, place] = state.left[agent, last]
    state.held[agent] = last
    look_ahead(team, arrivals, state, agent, now_s)
    if state.duty[agent] >= 0:
        hand_out(team, arrivals, state, log, state.duty[agent], now_s)


@compiled
def change_duty(team: Team, state: State, agent: int, queue: int, now_s: float) -> None:
    """The agent goes to another queue, or off all of them."""
    before = state.duty[agent]
    if before >= 0:
        state.free[before, 0, agent] = np.inf
        settle(state.free_tree[before], state.free[before], agent)
    state.duty[agent] = queue
    if queue >= 0:
        offer(team, state, agent, now_s)


@compiled
def change_duties(team: Team, arrivals: Arrivals, state: State, log: Log, first: int) -> int:
    """Makes all changes of this moment, then hands out what waits; returns the number of the next change."""
    now_s, change = team.change_s[first], first
    while change < team.change_s.size and team.change_s[change] == now_s:
        change_duty(team, state, team.change_agent[change], team.change_queue[change], now_s)
        change += 1
    for queue in range(team.slots.size):
        hand_out(team, arrivals, state, log, queue, now_s)
    return change


@compiled
def play(team: Team, arrivals: Arrivals, state: State, log: Log) -> None:
    """Plays one replication, event after event, into ``log``."""
    changes, contacts = 0, 0
    while True:
        change_s = team.change_s[changes] if changes < team.change_s.size else np.inf
        arrive_s = arrivals.arrived_s[contacts] if contacts < arrivals.arrived_s.size else np.inf
        agent = state.finish_tree[1]
        finish_s = state.finish[0, agent]
        if min(change_s, arrive_s, finish_s) == np.inf:
            return
        if change_s <= min(finish_s, arrive_s):
            changes = change_duties(team, arrivals, state, log, changes)
        elif finish_s <= arrive_s:
            close(team, arrivals, state, log, agent)
        else:
            queue = arrivals.queue[contacts]
            state.tail[queue] += 1
            hand_out(team, arrivals, state, log, queue, arrive_s)
            contacts += 1


def fast(team: Team, arrivals: Arrivals) -> Log:
    """One replication by the compiled engine."""
    log = blank_log(len(arrivals.arrived_s))
    play(team, arrivals, new_state(team, arrivals), log)
    return log
