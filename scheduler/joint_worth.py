"""What a shift is worth where it takes deferrable work: all its hours together, since the first of them take what is
late and the others come for nothing."""

from scheduler.board import Board, Seat
from scheduler.crew import Crew
from scheduler.facts import Agent
from scheduler.seating import Seating
from scheduler.solo import Choice

URGENCIES = (1.0, 0.75, 0.5, 0.25, 0.1, 0.02)
"""Parts of its price at which an hour of work is offered."""
_PROPOSED = (1.0, 0.25, 0.02)
"""Those at which a whole line is proposed."""


def takes_work(board: Board, agent: Agent) -> bool:
    """Whether the person can take deferrable work."""
    return not agent.skills.keys().isdisjoint(board.demand.work)


def best_seat(board: Board, agent: Agent, day: int, shift: str) -> tuple[float, Seat]:
    """What the best seat on a shift saves in all, and that seat; the person is not there yet.

    Seats are proposed as if each hour of work came alone, at several parts of its price; the exact cost decides.
    """
    seating, before = Seating(board, agent, {shift: [day]}), board.cost()
    seats: dict[tuple[int, ...], Seat] = {}
    for urgency in URGENCIES if takes_work(board, agent) else (1.0,):
        board.urgency = urgency
        seat = seating.offers()[0].seat(day)
        seats.setdefault(tuple(seat.roles.tolist()), seat)
    board.urgency = 1.0
    return max(((_saved(board, agent, day, seat, before), seat) for seat in seats.values()), key=lambda own: own[0])


def _saved(board: Board, agent: Agent, day: int, seat: Seat, before: float) -> float:
    board.seat(agent.code, day, seat)
    saved = before - board.cost()
    board.leave(agent.code, day)
    return saved


def insert_jointly(crew: Crew, code: str, start: Choice) -> None:
    """Give a person without a line the best of those proposed at several urgencies, every shift seated anew beside the
    others."""
    agent = crew.facts.agents[code]
    if not takes_work(crew.board, agent):
        crew.insert(code, start)
        return
    tried = []
    for urgency in _PROPOSED:
        crew.board.urgency = urgency
        crew.insert(code, start)
        crew.board.urgency = 1.0
        for day, shift in crew.choices[code].line.items():
            crew.board.leave(code, day)
            crew.board.seat(code, day, best_seat(crew.board, agent, day, shift)[1])
        tried.append((crew.measured(), crew.take(code)))
    crew.give_back(code, min(tried, key=lambda own: own[0])[1])
