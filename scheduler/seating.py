"""The best seat of a person on every shift and day, from what an interval gains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from scheduler.activity import Activity
from scheduler.board import AWAY, Board, Seat
from scheduler.facts import Agent, Shift
from scheduler.pattern import BREAK, Patterns, Shape, lists_all, patterns

Array = npt.NDArray[np.float64]
Days = tuple[int, ...]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_NO_ROLES = np.empty(0, dtype=np.int8)
_NEVER = np.float32(-1e12)


@dataclass(frozen=True, slots=True)
class Offer:
    """The best seats on one shift: what each of ``days`` saves, and the pattern that does."""

    shift: str
    days: Days
    value: npt.NDArray[np.float32]
    pattern: npt.NDArray[np.int64]
    choice: Patterns | None
    absent: npt.NDArray[np.bool_]

    def seat(self, day: int) -> Seat:
        """The best seat on ``day``."""
        if self.choice is None:
            return Seat(self.shift, _NO_ROLES, 0.0)
        place = self.days.index(day)
        row = int(self.pattern[place])
        roles, absent = self.choice.roles[row], self.absent[place]
        if absent.any():
            roles = np.where(absent & (roles != BREAK), np.int8(AWAY), roles)
        return Seat(self.shift, roles, float(self.choice.charge[row]))


@dataclass(frozen=True, slots=True)
class _Group:
    """Days of one shift whose patterns are the same, with their intervals, shape (days, length)."""

    shift: str
    days: Days
    shape: Shape | None
    choice: Patterns | None
    at: npt.NDArray[np.int64]
    is_loose: npt.NDArray[np.bool_]

    def on(self, which: npt.NDArray[np.bool_]) -> "_Group":
        """Some of the days."""
        days = tuple(day for day, own in zip(self.days, which.tolist(), strict=True) if own)
        return _Group(self.shift, days, self.shape, self.choice, self.at[which], self.is_loose[which])


class Seating:
    """The shifts of one person that are asked about again and again, laid out once."""

    def __init__(self, board: Board, agent: Agent, wanted: Mapping[str, Sequence[int]]) -> None:
        self._board, self._agent = board, agent
        self._groups = [
            group for code, days in wanted.items() for group in _groups(board, agent, board.facts.shifts[code], days)
        ]

    def offers(self) -> list[Offer]:
        """The best seats, given everybody who sits now."""
        board = self._board
        away = np.append(board.away[self._agent.code], False)
        gains = np.where(away[:-1, None], 0.0, board.gains(self._agent))
        padded = np.vstack([gains, np.zeros((1, gains.shape[1]))])
        return [_offer(group, padded, away) for group in self._groups]

    def answers(self, gains: Array) -> list[Offer]:
        """The best seats at ``gains`` per interval and own queue, whoever sits now and with no session in the way.

        Never worth too little: where not every way is listed, or a shift reaches beyond the horizon, blocks and
        switches are left out.
        """
        padded = np.vstack([gains, np.zeros((1, gains.shape[1]))])
        nowhere = np.zeros(len(padded), dtype=np.bool_)
        sure = [own for group in self._groups if (own := group.on(~group.is_loose)).days]
        loose = [own for group in self._groups if (own := group.on(group.is_loose)).days and own.choice is not None]
        return [*(_offer(own, padded, nowhere) for own in sure), *(_loose(own, padded) for own in loose)]

    def with_session(self, gains: Array, activity: Activity) -> dict[tuple[int, str], float]:
        """(day, shift) -> what the best way to spend it saves with a session of ``activity`` at the best time; without
        the shifts into which none fits. Never too little, as in ``answers``; a session counts for the blocks on both of
        its sides."""
        padded = np.vstack([gains, np.zeros((1, gains.shape[1]))])
        found = {}
        for group in self._groups:
            for place, day in enumerate(group.days if group.choice is not None else ()):
                span = self._board.grid.span(day, self._board.facts.shifts[group.shift])
                starts = [at for at in activity.within(span) if activity.fits(span, at)]
                if starts:
                    held = np.array(starts) - span.first
                    one = group.on(np.arange(len(group.days)) == place)
                    found[day, group.shift] = _best_with_session(one, padded, held, activity.length)
        return found


def _best_with_session(group: _Group, gains: Array, starts: Numbers, length: int) -> float:
    """What the only day of a group saves at most when a session is held at the best of ``starts``."""
    assert group.shape is not None
    shape = replace(group.shape, min_block=max(0, group.shape.min_block - length))
    choice = patterns(shape)
    away = np.zeros((len(starts), group.at.shape[1]), dtype=np.bool_)
    for row, start in enumerate(starts.tolist()):
        away[row, start : start + length] = True
    own = np.where(away[:, :, None], 0.0, gains[group.at])
    if group.is_loose[0] or not lists_all(shape):
        return float(_loosely(choice, own, away)[0].max())
    return float((choice.values(own) + _NEVER * choice.on_break(away)).max())


def _groups(board: Board, agent: Agent, shift: Shift, days: Sequence[int]) -> list[_Group]:
    if not agent.skills or not shift.takes_duty:
        nowhere = np.zeros((len(days), 0), dtype=np.int64)
        return [_Group(shift.code, tuple(days), None, None, nowhere, np.zeros(len(days), dtype=np.bool_))]
    alike: dict[Shape, list[int]] = {}
    for day in days:
        alike.setdefault(shape_of(board, len(agent.skills), shift, day), []).append(day)
    return [_group(board, shift, shape, own) for shape, own in alike.items()]


def _group(board: Board, shift: Shift, shape: Shape, days: Sequence[int]) -> _Group:
    beyond = np.array([board.grid.span(day, shift).stop > board.demand.n for day in days], dtype=np.bool_)
    is_loose = beyond | (not lists_all(shape))
    return _Group(shift.code, tuple(days), shape, patterns(shape), _at(board, shift, days), is_loose)


def shape_of(board: Board, n_roles: int, shift: Shift, day: int) -> Shape:
    """What the ways to spend a shift depend on, for somebody with ``n_roles`` queues."""
    rules, interval_min = board.facts.desk.settings.rules, board.facts.desk.settings.interval_min
    span, window = board.grid.span(day, shift), rules.break_window_price or 0.0
    return Shape(
        length=span.stop - span.first,
        break_len=span.break_len,
        breaks=tuple(at - span.first for at in span.breaks),
        n_roles=n_roles,
        min_block=-(-rules.min_block_min // interval_min),
        max_switches=rules.max_switches,
        fees=tuple(window * interval_min * span.outside(at) for at in span.breaks),
        switch_price=rules.switch_price,
        short_price=None if rules.min_block_price is None else rules.min_block_price * interval_min,
        more_price=rules.max_switches_price,
    )


def _at(board: Board, shift: Shift, days: Sequence[int]) -> npt.NDArray[np.int64]:
    """The intervals of the shift on each day; those beyond the horizon point to one more row, which gains nothing."""
    spans = [board.grid.span(day, shift) for day in days]
    at = np.array([np.arange(span.first, span.stop) for span in spans])
    return np.where((at < 0) | (at > board.demand.n), board.demand.n, at)


def _offer(group: _Group, gains: Array, away: npt.NDArray[np.bool_]) -> Offer:
    if group.choice is None:
        nothing = np.zeros(len(group.days), dtype=np.float32)
        return Offer(group.shift, group.days, nothing, nothing.astype(np.int64), None, away[group.at])
    values = group.choice.values(gains[group.at])
    absent = away[group.at]
    if absent.any():
        values += _NEVER * group.choice.on_break(absent)
    best = values.argmax(axis=0)
    return Offer(group.shift, group.days, values[best, np.arange(len(best))], best, group.choice, absent)


def _loose(group: _Group, gains: Array) -> Offer:
    """The best queue in every interval, and the break where it takes least."""
    assert group.choice is not None
    own = gains[group.at]
    absent = np.zeros(group.at.shape, dtype=np.bool_)
    value, breaks = _loosely(group.choice, own, absent)
    roles = np.where(breaks, np.int8(BREAK), own.argmax(axis=2).astype(np.int8))
    nothing = np.zeros(len(roles))
    chosen = Patterns(roles, nothing.astype(np.int64), nothing, group.choice.chosen)
    return Offer(group.shift, group.days, value, np.arange(len(roles)), chosen, absent)


def _loosely(choice: Patterns, own: Array, away: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float32], Flags]:
    """What the best queue of every interval saves, the break taken where it costs least and not while ``away``; and
    where it is. Only the break's own fee is charged."""
    best = own.max(axis=2)
    breaks, which = np.unique(choice.roles == BREAK, axis=0, return_inverse=True)
    fees = np.full(len(breaks), np.inf)
    np.minimum.at(fees, which.reshape(-1), choice.charge)
    lost = best @ breaks.T.astype(np.float64) - float(_NEVER) * (away @ breaks.T) + fees
    least = lost.argmin(axis=1)
    return (best.sum(axis=1) - lost.min(axis=1)).astype(np.float32), breaks[least]
