"""The desk at one moment, as the compiled engine holds it."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from staffing.simulation.case import Arrivals, Team, help_after_s

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
NOBODY = -1


class State(NamedTuple):
    """The desk at one moment.

    Parameters
    ----------
    duty, held : per agent: the queue he is on (-1: none), and how many contacts he holds.
    contact, kind, left : what he holds, its queue and the work left of each, shape (agent, most held).
    updated_s, due : when ``left`` was right, and the place of what he finishes next.
    finish_s, finisher : winner tree of the next closing, agents padded to a power of two.
    before, after : neighbours in the lines of free agents, of each agent and of each line's ends; rings.
    head, tail, follows : lines of waiting contacts, by queue; who stands behind each contact.
    help_after_s : the wait after which people on a queue (columns) may take another's contacts (rows).
    over : per hop of the routing the first of those waiting who have not yet waited until they overflow by it.
    pause_s : per agent the pause that he is to take or takes; 0: none.
    again_s, again, coming : heap of the redials to come, and how many there are.
    """

    duty: IntArray
    held: IntArray
    contact: IntArray
    kind: IntArray
    left: FloatArray
    updated_s: FloatArray
    due: IntArray
    finish_s: FloatArray
    finisher: IntArray
    before: IntArray
    after: IntArray
    head: IntArray
    tail: IntArray
    follows: IntArray
    help_after_s: FloatArray
    over: IntArray
    pause_s: FloatArray
    again_s: FloatArray
    again: IntArray
    coming: IntArray


def new_state(team: Team, arrivals: Arrivals) -> State:
    """Nobody is there, nothing waits."""
    agents, queues, most = len(team.skill), len(team.slots), int(team.slots.max())
    width = 1 << max(agents - 1, 0).bit_length()
    redials = int((arrivals.again >= 0).sum())
    return State(
        duty=nobody(agents),
        held=np.zeros(agents, dtype=np.int64),
        contact=np.zeros((agents, most), dtype=np.int64),
        kind=np.zeros((agents, most), dtype=np.int64),
        left=np.zeros((agents, most)),
        updated_s=np.zeros(agents),
        due=np.zeros(agents, dtype=np.int64),
        finish_s=np.full(2 * width, np.inf),
        finisher=np.arange(-width, width),
        before=np.arange(agents + queues * most),
        after=np.arange(agents + queues * most),
        head=nobody(queues),
        tail=nobody(queues),
        follows=nobody(len(arrivals.queue)),
        help_after_s=help_after_s(team),
        over=nobody(len(team.routing.hop_from)),
        pause_s=np.zeros(agents),
        again_s=np.zeros(redials),
        again=np.zeros(redials, dtype=np.int64),
        coming=np.zeros(1, dtype=np.int64),
    )


def nobody(*shape: int) -> IntArray:
    """So many places with nobody there."""
    return np.full(shape, NOBODY, dtype=np.int64)
