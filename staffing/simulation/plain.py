"""The simulator in plain Python: slow, short, and the judge of the fast one.

Rules of the desk.

- A contact goes to an agent on its queue with a free slot: the one holding fewest contacts, among those the one whose
  number of contacts has been the same for longest. Else it waits, first come first served, until its customer leaves.
- Where its queue overflows, who is on the other queue and has the skill may take it too, once it has waited so long;
  where that queue overflows as well, those of the next one after its time more, and so on. An agent may hold as many
  contacts as his queue allows, and as the contact's does. Who could take contacts of several queues takes that of the
  least priority number, then the one that has waited longest.
- All contacts of an agent progress at once, each at the pace its queue has at the number held, times the agent's
  proficiency. Who leaves a queue finishes what he holds.
- A customer who leaves without a word keeps his place: an agent is given the contact and spends a part of its work.
- The hour in which a contact is taken up lengthens or shortens its work.
- Who is to pause takes nothing new, finishes what he holds, is then away for the pause, and comes back. The more he
  held, the longer it is: he makes up for what he worked on.
- Who has left may come again, as a new contact.

At the same moment duty changes come first, then pauses, closings and returns, overflows, redials, arrivals.
"""

import heapq
import math
from collections import deque
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from staffing.simulation.case import Arrivals, Log, Team, blank_log, help_after_s

OVERFLOW, REDIAL = 0, 1


@dataclass(slots=True)
class Agent:
    """One agent: the queue he is on, the pause he is to take, and what he holds (contact -> work left)."""

    number: int
    queue: int = -1
    pause_s: float = 0.0
    steady_since: int = 0
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
        self.later: list[tuple[float, int, int, int]] = []
        self.help_after_s = help_after_s(team)
        self.moment = count()
        self.log = blank_log(arrivals)

    def run(self) -> Log:
        """Plays all events in order of time."""
        changes, pauses, contacts = 0, 0, 0
        while True:
            agent = min(self.agents, key=lambda one: one.finish_s, default=Agent(-1))
            change_s = self.team.change_s[changes] if changes < len(self.team.change_s) else math.inf
            pause_s = self.team.clock.pause_s[pauses] if pauses < len(self.team.clock.pause_s) else math.inf
            later_s = self.later[0][0] if self.later else math.inf
            arrive_s = self.arrivals.arrived_s[contacts] if contacts < len(self.arrivals.arrived_s) else math.inf
            now_s = min(change_s, pause_s, agent.finish_s, later_s, arrive_s)
            if math.isinf(now_s):
                return self.log
            if change_s == now_s:
                changes = self.change_duties(changes, change_s)
            elif pause_s == now_s:
                self.pause(pauses, pause_s)
                pauses += 1
            elif agent.finish_s == now_s:
                self.close(agent)
            elif later_s == now_s:
                self.come_to_pass(*heapq.heappop(self.later))
            else:
                self.arrive(contacts, arrive_s)
                contacts += 1

    def change_duties(self, first: int, now_s: float) -> int:
        """Makes all changes of this moment, then hands out what waits; returns the number of the next change."""
        team, change = self.team, first
        while change < len(team.change_s) and team.change_s[change] == now_s:
            agent = self.agents[team.change_agent[change]]
            agent.queue, agent.steady_since = team.change_queue[change], next(self.moment)
            change += 1
        for queue in range(len(self.waiting)):
            self.feed(queue, now_s)
        return change

    def close(self, agent: Agent) -> None:
        """The agent's contact that is due ends, or he comes back from a pause; he takes the next one."""
        now_s, contact = agent.finish_s, agent.finishes
        self.progress(agent, now_s)
        if contact >= 0:
            del agent.left[contact]
            self.log.closed_s[contact] = now_s
        else:
            agent.pause_s = 0.0
        self.look_ahead(agent, now_s)
        if agent.queue >= 0:
            self.feed(agent.queue, now_s)

    def pause(self, number: int, now_s: float) -> None:
        """Somebody on a queue, who is not pausing yet, is to pause."""
        agent = self.agents[self.team.clock.pause_agent[number]]
        if agent.queue >= 0 and agent.pause_s == 0.0:
            share, clock = len(agent.left) / self.team.slots[agent.queue], self.team.clock
            agent.pause_s = clock.pause_length_s[number] + clock.pause_more_s[number] * share
            if not agent.left:
                self.look_ahead(agent, now_s)

    def come_to_pass(self, now_s: float, kind: int, contact: int, hop: int) -> None:
        """A contact has waited until it overflows, or a customer comes again if he has left."""
        if kind == OVERFLOW:
            self.feed(self.team.routing.hop_to[hop], now_s)
        elif not self.log.assigned_s[contact] <= self.leaves_s(contact):
            again = self.arrivals.again[contact]
            self.log.arrived_s[again] = now_s
            self.arrive(again, now_s)

    def arrive(self, contact: int, now_s: float) -> None:
        """A customer writes."""
        queue, routing = self.arrivals.queue[contact], self.team.routing
        self.waiting[queue].append(contact)
        self.feed(queue, now_s)
        if self.log.agent[contact] >= 0:
            return
        for hop in np.flatnonzero(routing.hop_from == queue).tolist():
            heapq.heappush(self.later, (float(now_s + routing.hop_after_s[hop]), OVERFLOW, contact, hop))
        if self.arrivals.again[contact] >= 0:
            again_s = self.leaves_s(contact) + self.arrivals.again_s[contact]
            heapq.heappush(self.later, (again_s, REDIAL, contact, -1))

    def leaves_s(self, contact: int) -> float:
        """When the customer leaves if no agent takes the contact."""
        return float(self.log.arrived_s[contact] + self.arrivals.patience_s[contact])

    def feed(self, duty: int, now_s: float) -> None:
        """Gives waiting contacts to the people on a queue, as long as there are both."""
        while True:
            offers = [offer for queue in range(len(self.waiting)) if (offer := self.offer(queue, duty, now_s))]
            if not offers:
                return
            *_, queue, contact, number = min(offers)
            self.waiting[queue].popleft()
            self.assign(contact, self.agents[number], now_s)

    def offer(self, queue: int, duty: int, now_s: float) -> tuple[int, float, int, int, int] | None:
        """The first of a queue and who on ``duty`` would take it: priority, arrival, queue, contact, agent."""
        waiting, routing, after_s = self.waiting[queue], self.team.routing, self.help_after_s[queue, duty]
        while waiting and self.leaves_s(waiting[0]) < now_s and not self.arrivals.silent[waiting[0]]:
            waiting.popleft()
        if not waiting or (arrived_s := self.log.arrived_s[waiting[0]]) + after_s > now_s:
            return None
        most = min(self.team.slots[queue], self.team.slots[duty])
        free = [one for one in self.agents if one.queue == duty and len(one.left) < most and one.pause_s == 0.0]
        able = [one for one in free if self.team.skill[one.number, queue] > 0]
        if not able:
            return None
        chosen = min(able, key=lambda one: (len(one.left), one.steady_since))
        return routing.priority[queue], arrived_s, queue, waiting[0], chosen.number

    def assign(self, contact: int, agent: Agent, now_s: float) -> None:
        """The agent takes the contact."""
        queue, gone = self.arrivals.queue[contact], self.leaves_s(contact) < now_s
        ratio = self.team.routing.silent_ratio[queue] if gone else self.effort(queue, now_s)
        self.progress(agent, now_s)
        agent.left[contact] = self.arrivals.work[contact] * ratio
        self.log.assigned_s[contact] = now_s
        self.log.agent[contact] = agent.number
        self.look_ahead(agent, now_s)

    def effort(self, queue: int, now_s: float) -> float:
        """Handle time of a contact taken up now, relative to its queue's."""
        step_s, effort = self.team.clock.step_s, self.team.clock.effort
        return float(effort[min(int(now_s / step_s[0]), len(effort) - 1), queue])

    def progress(self, agent: Agent, now_s: float) -> None:
        """Takes the work done since the last look off everything the agent holds."""
        for contact in agent.left:
            agent.left[contact] -= (now_s - agent.updated_s) * self.pace(agent, contact)
        agent.updated_s = now_s

    def look_ahead(self, agent: Agent, now_s: float) -> None:
        """Finds what the agent finishes next, and when, if nothing else happens."""
        away_s = agent.pause_s if agent.pause_s > 0.0 and not agent.left else math.inf
        agent.steady_since, agent.finish_s, agent.finishes = next(self.moment), now_s + away_s, -1
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
