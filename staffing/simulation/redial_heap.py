"""The redials to come, the soonest first: a heap of the compiled engine."""

from desk.compiled import inlined
from staffing.simulation.state import State


@inlined
def push(state: State, contact: int, again_s: float) -> None:
    """A redial is to come."""
    place = state.coming[0]
    state.again_s[place], state.again[place] = again_s, contact
    state.coming[0] = place + 1
    while place > 0 and swapped(state, place, (place - 1) // 2):
        place = (place - 1) // 2


@inlined
def pop(state: State) -> int:
    """Takes the next redial off the heap."""
    contact, size, place = state.again[0], state.coming[0] - 1, 0
    state.again_s[0], state.again[0], state.coming[0] = state.again_s[size], state.again[size], size
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and state.again_s[below + 1] < state.again_s[below]:
            below += 1
        if not swapped(state, below, place):
            break
        place = below
    return int(contact)


@inlined
def swapped(state: State, low: int, high: int) -> bool:
    """Two redials of the heap change places if the lower one comes sooner; whether they did."""
    if state.again_s[low] >= state.again_s[high]:
        return False
    state.again_s[low], state.again_s[high] = state.again_s[high], state.again_s[low]
    state.again[low], state.again[high] = state.again[high], state.again[low]
    return True
