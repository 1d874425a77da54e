"""Who is called in from a shift on call to take the place of somebody absent."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.frames import empty_frame
from desk.grid import at_clock, epoch_s
from desk.shift import Shift, shifts_of
from staffing.simulation.case import BoolArray, FloatArray, IntArray

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class OnCall:
    """The shifts on call, in order of their beginnings.

    Parameters
    ----------
    who : the person of each, as a number.
    begun : the interval in which each begins.
    ready : the intervals in which he may be called in, shape (shift, interval).
    """

    who: IntArray
    begun: IntArray
    ready: BoolArray

    def without(self, absent: BoolArray) -> "OnCall":
        """Those whose people are not ``absent``."""
        return OnCall(self.who[~absent], self.begun[~absent], self.ready[~absent])


@dataclass(frozen=True, slots=True)
class There:
    """The queue of each person in each interval of one run, shape (agent, interval), -1: none; how many shifts are
    missed, and how many people are called in for them."""

    place: IntArray
    absences: int = 0
    calls: int = 0


def on_call_rows(desk: Desk, roster: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of the roster that are on call; none where nobody is missed without notice."""
    if roster is None or desk.settings.rules.absence_share == 0.0:
        return empty_frame("roster", desk.settings.timezone)
    return roster[roster["shift"].isin([name for name, own in shifts_of(desk).items() if own.kind == "on_call"])]


def on_call(desk: Desk, forecast: Forecast, rows: pd.DataFrame, names: list[str], begun: IntArray) -> OnCall:
    """The shifts on call of a roster; nobody is called in while he is at work (``begun``, as `Staff` has it)."""
    starts_s, shifts, zone = epoch_s(forecast.starts), shifts_of(desk), desk.settings.timezone
    who = pd.Index(names).get_indexer(pd.Index(rows["agent"])).astype(np.int64)
    inside = [_inside(starts_s, day, shifts[code], zone) for day, code in zip(rows["date"], rows["shift"], strict=True)]
    hours = np.array(inside, dtype=np.bool_).reshape(len(rows), len(starts_s))
    first = hours.argmax(axis=1).astype(np.int64)
    order = np.lexsort((who, first))
    order = order[hours[order].any(axis=1)]
    return OnCall(who[order], first[order], hours[order] & (begun[who[order]] < 0))


def _inside(starts_s: FloatArray, day: pd.Timestamp, shift: Shift, zone: str) -> BoolArray:
    begins, ends = (at_clock(day, minute, zone).timestamp() for minute in (shift.start_min, shift.end_min))
    return np.asarray((starts_s >= begins) & (starts_s < ends))


def called_in(place: IntArray, begun: IntArray, skill: FloatArray, missed: BoolArray, on: OnCall) -> There:
    """The places of a run in which whole shifts are missed and people on call take some of them over.

    Parameters
    ----------
    place, begun, skill : as `Staff` has them.
    missed : who misses which interval, shape (agent, interval).
    on : the shifts on call.

    Notes
    -----
    A call is worth the time of the missed shift, within the shift on call, on queues of which the one called in has the
    skill, times his proficiency there. The call that is worth most is made first, and so on, until nobody is left who
    could be called or is missed; of calls worth the same that for the shift that began first.
    """
    shift = np.where(missed, begun * len(place) + np.arange(len(place))[:, np.newaxis], NOWHERE)
    there, made, called = np.where(missed, NOWHERE, place), set[int](), set[int]()
    for _, which, number in sorted(_offers(np.where(place >= 0, shift, NOWHERE), place, skill, on)):
        if which not in made and number not in called:
            made.add(which)
            called.add(number)
            _take_over(there, place[which % len(place)], shift == which, skill, on, number)
    return There(there, len(np.unique(shift[missed])), len(called))


def _offers(shift: IntArray, place: IntArray, skill: FloatArray, on: OnCall) -> Iterator[tuple[float, int, int]]:
    """Each call that is worth anything: what it is worth, negative; the missed shift; the number of that on call."""
    for number, (who, ready) in enumerate(zip(on.who, on.ready, strict=True)):
        own, at = shift[:, ready], place[:, ready]
        worth = np.where(own >= 0, skill[who, at], 0.0)
        missed, which = np.unique(own, return_inverse=True)
        sums = np.bincount(which.ravel(), worth.ravel())
        yield from ((-sums[one], int(missed[one]), number) for one in np.flatnonzero(sums > 0.0))


def _take_over(there: IntArray, place: IntArray, hours: BoolArray, skill: FloatArray, on: OnCall, number: int) -> None:
    """Writes the missed shift's places into those of the one called in, where he is ready and has the skill."""
    who = on.who[number]
    able = on.ready[number] & hours.any(axis=0) & (place >= 0) & (skill[who, place] > 0.0)
    there[who, able] = place[able]
