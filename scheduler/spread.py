"""Moves deferrable work off the hours in which a live queue needs the people more."""

from scheduler.crew import Crew
from scheduler.joint_worth import URGENCIES
from scheduler.watch import Watch


def spread_work(crew: Crew, watch: Watch) -> None:
    """Ask everybody who takes deferrable work for other seats on the same line.

    A person's hours are proposed as if each came alone, and then all of them look urgent. At a lower price only those
    hours go to the work in which nothing better is to be done; the exact cost of the plan decides.
    """
    people = [code for code in crew.solos if crew.facts.agents[code].skills.keys() & crew.demand.work.keys()]
    for urgency in URGENCIES[1:] if people else ():
        crew.board.urgency = urgency
        for code in people:
            if not watch.over:
                crew.reseat(code)
    crew.board.urgency = 1.0
