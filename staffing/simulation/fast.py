"""The simulator as machine code: the same rules as `staffing.simulation.plain`, every step of constant or log cost.

The next closing is at the root of a winner tree over the agents: each node keeps the earlier of the two below. The free
agents of a queue stand in one line for each number of contacts held, so that the first of the shortest line is the
least loaded and longest unchanged. Who waits stands in one line a queue.
"""

import numpy as np

from desk.compiled import compiled, inlined
from staffing.simulation.case import Arrivals, Log, Team, blank_log, contiguous
from staffing.simulation.free_line import line, line_up, settle
from staffing.simulation.redial_heap import pop, push
from staffing.simulation.state import NOBODY, State, new_state


@inlined
def chosen(team: Team, state: State, duty: int, queue: int) -> int:
    """Who on ``duty`` would take a contact of ``queue``; -1: nobody can."""
    for held in range(min(team.slots[duty], team.slots[queue])):
        agent = state.after[line(state, duty, held)]
        while agent < state.duty.size:
            if queue == duty or team.skill[agent, queue] > 0:
                return int(agent)
            agent = state.after[agent]
    return NOBODY


@inlined
def progress(team: Team, state: State, agent: int, now_s: float) -> None:
    """Takes the work done since the last look off everything the agent holds."""
    held = state.held[agent]
    passed_s = now_s - state.updated_s[agent]
    for place in range(held):
        queue = state.kind[agent, place]
        state.left[agent, place] -= passed_s * (team.pace[queue, held] * team.skill[agent, queue])
    state.updated_s[agent] = now_s


@inlined
def look_ahead(team: Team, state: State, agent: int, now_s: float) -> None:
    """Finds what the agent finishes next, and when, if nothing else happens; who pauses comes back."""
    held = state.held[agent]
    soonest = now_s + state.pause_s[agent] if held == 0 and state.pause_s[agent] > 0.0 else np.inf
    for place in range(held):
        queue = state.kind[agent, place]
        due_s = now_s + max(state.left[agent, place], 0.0) / (team.pace[queue, held] * team.skill[agent, queue])
        if due_s < soonest:
            soonest = due_s
            state.due[agent] = place
    settle(state, agent, soonest)


@inlined
def effort(team: Team, queue: int, now_s: float) -> float:
    """Handle time of a contact taken up now, relative to its queue's."""
    step = min(int(now_s / team.clock.step_s[0]), team.clock.effort.shape[0] - 1)
    return float(team.clock.effort[step, queue])


@inlined
def assign(team: Team, arrivals: Arrivals, state: State, log: Log, contact: int, agent: int, now_s: float) -> None:
    """The agent takes the contact."""
    progress(team, state, agent, now_s)
    place, queue = state.held[agent], arrivals.queue[contact]
    gone = log.arrived_s[contact] + arrivals.patience_s[contact] < now_s
    work = arrivals.work[contact] * (team.routing.silent_ratio[queue] if gone else effort(team, queue, now_s))
    state.contact[agent, place] = contact
    state.kind[agent, place] = queue
    state.left[agent, place] = work
    state.held[agent] = place + 1
    log.assigned_s[contact] = now_s
    log.agent[contact] = agent
    line_up(team, state, agent)
    look_ahead(team, state, agent, now_s)


@inlined
def drop_head(state: State, queue: int) -> None:
    """The first of the queue goes."""
    contact = state.head[queue]
    state.head[queue] = state.follows[contact]
    for hop in range(state.over.size):
        if state.over[hop] == contact:
            state.over[hop] = state.follows[contact]


@inlined
def present(arrivals: Arrivals, state: State, log: Log, queue: int, now_s: float) -> int:
    """The first of the queue whose place is still taken; those before him who left are dropped. -1: nobody waits."""
    contact = state.head[queue]
    while contact >= 0:
        if arrivals.silent[contact] or log.arrived_s[contact] + arrivals.patience_s[contact] >= now_s:
            return int(contact)
        drop_head(state, queue)
        contact = state.head[queue]
    return NOBODY


@inlined
def feed(team: Team, arrivals: Arrivals, state: State, log: Log, duty: int, now_s: float) -> None:
    """Gives waiting contacts to the people on a queue, as long as there are both."""
    while True:
        best, agent = NOBODY, NOBODY
        for queue in range(team.slots.size):
            after_s = state.help_after_s[queue, duty]
            if state.head[queue] < 0 or after_s == np.inf:
                continue
            contact = present(arrivals, state, log, queue, now_s)
            if contact < 0 or log.arrived_s[contact] + after_s > now_s:
                continue
            taker = chosen(team, state, duty, queue)
            if taker >= 0 and (best < 0 or goes_first(team, arrivals, log, contact, best)):
                best, agent = contact, taker
        if best < 0:
            return
        drop_head(state, arrivals.queue[best])
        assign(team, arrivals, state, log, best, agent, now_s)


@inlined
def goes_first(team: Team, arrivals: Arrivals, log: Log, one: int, other: int) -> bool:
    """Whether a contact goes before another: by priority, then by arrival."""
    rank, than = team.routing.priority[arrivals.queue[one]], team.routing.priority[arrivals.queue[other]]
    return bool(rank < than or (rank == than and log.arrived_s[one] < log.arrived_s[other]))


@inlined
def arrive(team: Team, arrivals: Arrivals, state: State, log: Log, contact: int, now_s: float) -> None:
    """A customer writes: an agent takes the contact, or it waits."""
    queue = arrivals.queue[contact]
    if present(arrivals, state, log, queue, now_s) < 0:
        agent = chosen(team, state, queue, queue)
        if agent >= 0:
            assign(team, arrivals, state, log, contact, agent, now_s)
            return
        state.head[queue] = contact
    else:
        state.follows[state.tail[queue]] = contact
    state.tail[queue] = contact
    for hop in range(state.over.size):
        if state.over[hop] < 0 and team.routing.hop_from[hop] == queue:
            state.over[hop] = contact
    if arrivals.again[contact] >= 0:
        push(state, contact, now_s + arrivals.patience_s[contact] + arrivals.again_s[contact])


@inlined
def close(team: Team, arrivals: Arrivals, state: State, log: Log, agent: int, now_s: float) -> None:
    """The agent's contact that is due ends, or he comes back from a pause; he takes the next one."""
    if state.held[agent] == 0:
        come_back(team, arrivals, state, log, agent, now_s)
        return
    progress(team, state, agent, now_s)
    place, last = state.due[agent], state.held[agent] - 1
    log.closed_s[state.contact[agent, place]] = now_s
    state.contact[agent, place] = state.contact[agent, last]
    state.kind[agent, place] = state.kind[agent, last]
    state.left[agent, place] = state.left[agent, last]
    state.held[agent] = last
    line_up(team, state, agent)
    if state.duty[agent] >= 0:
        feed(team, arrivals, state, log, state.duty[agent], now_s)
    if state.held[agent] == last:
        look_ahead(team, state, agent, now_s)


@inlined
def come_back(team: Team, arrivals: Arrivals, state: State, log: Log, agent: int, now_s: float) -> None:
    """The agent's pause is over."""
    state.pause_s[agent] = 0.0
    line_up(team, state, agent)
    look_ahead(team, state, agent, now_s)
    if state.duty[agent] >= 0:
        feed(team, arrivals, state, log, state.duty[agent], now_s)


@inlined
def pause(team: Team, state: State, number: int, now_s: float) -> None:
    """Somebody on a queue, who is not pausing yet, is to pause."""
    agent = team.clock.pause_agent[number]
    if state.duty[agent] >= 0 and state.pause_s[agent] == 0.0:
        share = state.held[agent] / team.slots[state.duty[agent]]
        state.pause_s[agent] = team.clock.pause_length_s[number] + team.clock.pause_more_s[number] * share
        line_up(team, state, agent)
        if state.held[agent] == 0:
            look_ahead(team, state, agent, now_s)


@inlined
def change_duties(team: Team, arrivals: Arrivals, state: State, log: Log, first: int) -> int:
    """Makes all changes of this moment, then hands out what waits; returns the number of the next change."""
    now_s, change = team.change_s[first], first
    while change < team.change_s.size and team.change_s[change] == now_s:
        agent = team.change_agent[change]
        state.duty[agent] = team.change_queue[change]
        line_up(team, state, agent)
        change += 1
    for queue in range(team.slots.size):
        feed(team, arrivals, state, log, queue, now_s)
    return change


@inlined
def next_overflow(team: Team, state: State, log: Log) -> tuple[float, int]:
    """When and by which hop somebody has next waited until he overflows."""
    soonest_s, which = np.inf, NOBODY
    for hop in range(state.over.size):
        contact = state.over[hop]
        if contact >= 0 and log.arrived_s[contact] + team.routing.hop_after_s[hop] < soonest_s:
            soonest_s, which = log.arrived_s[contact] + team.routing.hop_after_s[hop], hop
    return soonest_s, which


@inlined
def call_again(team: Team, arrivals: Arrivals, state: State, log: Log, now_s: float) -> None:
    """The next redial comes, if its customer had left."""
    contact = pop(state)
    if not log.assigned_s[contact] <= log.arrived_s[contact] + arrivals.patience_s[contact]:
        again = arrivals.again[contact]
        log.arrived_s[again] = now_s
        arrive(team, arrivals, state, log, again, now_s)


@inlined
def play(team: Team, arrivals: Arrivals, state: State, log: Log) -> None:
    """Plays one replication, event after event, into ``log``."""
    changes, pauses, contacts = 0, 0, 0
    while True:
        change_s = team.change_s[changes] if changes < team.change_s.size else np.inf
        pause_s = team.clock.pause_s[pauses] if pauses < team.clock.pause_s.size else np.inf
        arrive_s = arrivals.arrived_s[contacts] if contacts < arrivals.arrived_s.size else np.inf
        overflow_s, hop = next_overflow(team, state, log)
        again_s = state.again_s[0] if state.coming[0] > 0 else np.inf
        finish_s, agent = state.finish_s[1], state.finisher[1]
        now_s = min(min(min(change_s, pause_s), finish_s), min(min(overflow_s, again_s), arrive_s))
        if now_s == np.inf:
            return
        if change_s == now_s:
            changes = change_duties(team, arrivals, state, log, changes)
        elif pause_s == now_s:
            pause(team, state, pauses, now_s)
            pauses += 1
        elif finish_s == now_s:
            close(team, arrivals, state, log, agent, now_s)
        elif overflow_s == now_s:
            state.over[hop] = state.follows[state.over[hop]]
            feed(team, arrivals, state, log, team.routing.hop_to[hop], now_s)
        elif again_s == now_s:
            call_again(team, arrivals, state, log, now_s)
        else:
            arrive(team, arrivals, state, log, contacts, now_s)
            contacts += 1


@compiled
def replay(team: Team, arrivals: Arrivals, state: State, log: Log) -> None:
    """The way into `play` from Python."""
    play(team, arrivals, state, log)


def fast(team: Team, arrivals: Arrivals) -> Log:
    """One replication by the compiled engine."""
    log, own = blank_log(arrivals), contiguous(team)
    replay(own, arrivals, new_state(own, arrivals), log)
    return log
