"""Who closes next, and who is free: a winner tree and lines of the compiled engine."""

from desk.compiled import inlined
from staffing.simulation.case import Team
from staffing.simulation.state import State


@inlined
def settle(state: State, agent: int, finish_s: float) -> None:
    """Walks from an agent with another time of closing towards the root, as far as that changes anything."""
    node = state.finish_s.size // 2 + agent
    state.finish_s[node] = finish_s
    state.finisher[node] = agent
    while node > 1:
        other = node ^ 1
        mine, theirs = state.finish_s[node], state.finish_s[other]
        wins = other if theirs < mine or (theirs == mine and other < node) else node
        node //= 2
        if state.finisher[node] == state.finisher[wins] and state.finish_s[node] == state.finish_s[wins]:
            return
        state.finish_s[node] = state.finish_s[wins]
        state.finisher[node] = state.finisher[wins]


@inlined
def line(state: State, duty: int, held: int) -> int:
    """The place before the first and behind the last of the free on a queue who hold so many."""
    return int(state.duty.size + duty * state.contact.shape[1] + held)


@inlined
def line_up(team: Team, state: State, agent: int) -> None:
    """The agent leaves his line and joins the end of that of those who hold as many, if he may take more."""
    state.after[state.before[agent]], state.before[state.after[agent]] = state.after[agent], state.before[agent]
    duty, held = state.duty[agent], state.held[agent]
    if duty >= 0 and held < team.slots[duty] and state.pause_s[agent] == 0.0:
        end = line(state, duty, held)
        last = state.before[end]
        state.before[agent], state.after[agent] = last, end
        state.after[last], state.before[end] = agent, agent
    else:
        state.before[agent], state.after[agent] = agent, agent
