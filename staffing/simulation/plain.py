"""The simulator in plain Python: slow, short, and the judge of the fast one.

Rules of the desk. A contact goes to an agent on its queue with a free slot: the one holding fewest contacts, among
those the one whose number of contacts has been the same for longest, among those the first in order. Else it waits,
first come first served, until its customer leaves. All contacts of an agent progress at once, each at the pace its
queue has at the number held, times the agent's proficiency. Who leaves a queue finishes what he holds. At the same
moment duty changes come first, then closings, then arrivals.
"""

import math
from collections import deque
from dataclasses import dataclass, field

from staffing.simulation.case import Arrivals, Log, Team, blank_log


@dataclass(slots=True)
class Agent:
    """One agent: the queue he is on, and what he holds (contact -> work left)."""

    number: int
    queue: int = -1
    steady_since_s: float = 0.0
    updated_s: float = 0.0
    left: dict[int, float] = field(default_factory=dict)
    finish_s: float = math.inf
    finishes: int = -1


class Floor:
    """The desk at work; `run` plays one replication."""

    def __init__(self, team: Team, arrivals: Arrivals) -> None:
        self.team, self.arrivals = team, arrivals
        self.agents = [Agent(number) for number in range(len(team.skill))]
        self.waiting: list[deque[int]] = [deque() for _ in team.slots]
        self.log = blank_log(len(arrivals.arrived_s))

    def run(self) -> Log:
        """Plays all events in order of time."""
        changes, contacts = 0, 0
        while True:
            agent = min(self.agents, key=lambda one: one.finish_s, default=Agent(-1))
            change_s = self.team.change_s[changes] if changes < len(self.team.change_s) else math.inf
            arrive_s = self.arrivals.arrived_s[contacts] if contacts < len(self.arrivals.arrived_s) else math.inf
            if math.isinf(min(change_s, agent.finish_s, arrive_s)):
                return self.log
            if change_s <= min(agent.finish_s, arrive_s):
                changes = self.change_duties(changes, change_s)
            elif agent.finish_s <= arrive_s:
                self.close(agent)
            else:
                self.waiting[self.arrivals.queue[contacts]].append(contacts)
                self.hand_out(self.arrivals.queue[contacts], arrive_s)
                contacts += 1

    def change_duties(self, first: int, now_s: float) -> int:
        """Makes all changes of this moment, then hands out what waits; returns the number of the next change."""
        team, change = self.team, first
        while change < len(team.change_s) and team.change_s[change] == now_s:
            agent = self.agents[team.change_agent[change]]
            agent.queue, agent.steady_since_s = team.change_queue[change], now_s
            change += 1
        for queue in range(len(self.waiting)):
            self.hand_out(queue, now_s)
        return change

    def close(self, agent: Agent) -> None:
        """The agent's contact that is due ends; he takes the next one."""
        now_s, contact = agent.finish_s, agent.finishes
        self.progress(agent, now_s)
        del agent.left[contact]
        self.log.closed_s[contact] = now_s
        self.look_ahead(agent, now_s)
        if agent.queue >= 0:
            self.hand_out(agent.queue, now_s)

    def hand_out(self, queue: int, now_s: float) -> None:
        """Gives waiting contacts to agents with a free slot, as long as there are both."""
        waiting = self.waiting[queue]
        while waiting:
            if self.arrivals.leaves_s[waiting[0]] < now_s:
                waiting.popleft()
                continue
            free = [one for one in self.agents if one.queue == queue and len(one.left) < self.team.slots[queue]]
            if not free:
                return
            chosen = min(free, key=lambda one: (len(one.left), one.steady_since_s, one.number))
            self.assign(waiting.popleft(), chosen, now_s)

    def assign(self, contact: int, agent: Agent, now_s: float) -> None:
        """The agent takes the contact."""
        self.progress(agent, now_s)
        agent.left[contact] = self.arrivals.work[contact]
        self.log.assigned_s[contact] = now_s
        self.log.agent[contact] = agent.number
        self.look_ahead(agent, now_s)

    def progress(self, agent: Agent, now_s: float) -> None:
        """Takes the work done since the last look off everything the agent holds."""
        for contact in agent.left:
            agent.left[contact] -= (now_s - agent.updated_s) * self.pace(agent, contact)
        agent.updated_s = now_s

    def look_ahead(self, agent: Agent, now_s: float) -> None:
        """Finds what the agent finishes next, and when, if nothing else happens."""
        agent.steady_since_s, agent.finish_s, agent.finishes = now_s, math.inf, -1
        for contact, left in agent.left.items():
            due_s = now_s + max(left, 0.0) / self.pace(agent, contact)
            if due_s < agent.finish_s:
                agent.finish_s, agent.finishes = due_s, contact

    def pace(self, agent: Agent, contact: int) -> float:
        """Closings per second of the contact in the agent's hands at present."""
        queue = self.arrivals.queue[contact]
        return float(self.team.pace[queue, len(agent.left)] * self.team.skill[agent.number, queue])


def plain(team: Team, arrivals: Arrivals) -> Log:
    """The plain engine, to be given to `staffing.simulate` in place of the fast one."""
    return Floor(team, arrivals).run()
