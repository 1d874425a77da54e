"""Breaks and roles of shifts that stay: as they were announced, but where another way saves more than a stated sum."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Curves, Desk, Plan
from scheduler.account import charge_of
from scheduler.activity import read_activities
from scheduler.board import AWAY, Board, Seat
from scheduler.demand import read_demand
from scheduler.duty import ON_BREAK, Turn, read_duty
from scheduler.facts import Facts, read_facts
from scheduler.pattern import BREAK
from scheduler.roster import read_roster
from scheduler.rules.duty import DUTY_RULES
from scheduler.span import Grid

Key = tuple[str, int]
Array = npt.NDArray[np.float64]

_ROUNDS = 20
"""Rounds in which each turn is tried the other way, at most."""
_PARTNERS = 3
"""How many others are tried together with a turn: those that fill best what it leaves."""
_NOTHING = 1e-7


def steady(desk: Desk, plan: Plan, announced: Plan, curves: Curves, price: float) -> Plan:
    """A plan with breaks and roles as announced wherever the shift stays, but for what saves ``price``.

    Parameters
    ----------
    plan : what is to be done now; its roster stays.
    announced : what people know. Of its turns those are no choice that break a hard rule by now, go to another session
        of an activity, or take a queue for which the person is trained meanwhile.
    curves : by which both are judged.
    price : currency that a changed person and day must save at least, with all others as they are in the answer.
    """
    facts = read_facts(desk)
    grid = Grid(facts)
    new, old = (_turns(facts, grid, own) for own in (plan, announced))
    taught = {(code, own.grants) for own in read_activities(facts, grid) if own.grants for code in own.who}
    ways = {key: own for key, own in old.items() if key in new and _is_choice(facts, own, new[key], taught)}
    if not ways:
        return plan
    board = Board(facts, read_demand(desk, curves), grid)
    for (code, day), turn in new.items():
        board.seat(code, day, _seat(facts, turn))
    trial = _Trial(board, {key: (_seat(facts, own), _seat(facts, new[key])) for key, own in ways.items()}, price)
    _, stays = min((trial.settled(is_new) for is_new in (True, False)), key=lambda own: own[0])
    return replace(plan, duty=_with_turns(facts, plan.duty, announced.duty, stays))


def _turns(facts: Facts, grid: Grid, plan: Plan) -> dict[Key, Turn]:
    duty = read_duty(facts, grid, read_roster(facts, plan.roster), plan.duty)
    return {(turn.agent.code, turn.day): turn for turn in duty.turns}


def _is_choice(facts: Facts, old: Turn, new: Turn, taught: set[tuple[str, str]]) -> bool:
    """Whether a turn may be spent as announced, and is spent otherwise."""
    if old.shift.code != new.shift.code or old.activities == new.activities:
        return False
    named = {*old.activities, *new.activities}
    if _attended(old) != _attended(new) or any((old.agent.code, str(own)) in taught for own in named):
        return False
    return all(breach.price is not None for rule in DUTY_RULES for breach in rule.check(facts, old))


def _attended(turn: Turn) -> list[tuple[int, str]]:
    return [(at, own) for at, own in enumerate(turn.activities) if own is not None and own in turn.briefings]


def _seat(facts: Facts, turn: Turn) -> Seat:
    if not turn.is_seated:
        return Seat(turn.shift.code, np.empty(0, dtype=np.int8), 0.0)
    numbers = {ON_BREAK: BREAK} | {queue: number for number, queue in enumerate(turn.agent.skills)}
    roles = np.array([numbers.get(own or "", AWAY) for own in turn.activities], dtype=np.int8)
    return Seat(turn.shift.code, roles, charge_of(facts, turn))


def _with_turns(facts: Facts, duty: pd.DataFrame, announced: pd.DataFrame, stays: Iterable[Key]) -> pd.DataFrame:
    """A duty in which some turns are as announced."""
    rows = [(code, pd.Timestamp(facts.date(day))) for code, day in stays]
    if not rows:
        return duty
    kept = pd.MultiIndex.from_tuples(rows)
    there, was = (pd.MultiIndex.from_frame(own[["agent", "date"]]).isin(kept) for own in (duty, announced))
    both = pd.concat([duty[~there], announced.loc[was, list(duty.columns)]], ignore_index=True)
    return both.sort_values(["agent", "start"], ignore_index=True)


class _Trial:
    """A board on which some turns may be spent in two ways: as announced, or anew at a price."""

    def __init__(self, board: Board, ways: Mapping[Key, tuple[Seat, Seat]], price: float) -> None:
        self._board, self._ways, self._price = board, ways, price
        self._is_new = dict.fromkeys(ways, True)
        self._by_day: dict[int, list[Key]] = defaultdict(list)
        for key in ways:
            self._by_day[key[1]].append(key)
        self._charge = self._measured()

    def settled(self, is_new: bool) -> tuple[float, list[Key]]:
        """What it comes to, and the turns as announced, where no turn, alone or with another, is better the other way;
        beginning with all of them anew, or as announced.
        """
        self._flip([key for key, own in self._is_new.items() if own != is_new])
        self._charge = self._measured()
        days = set(self._by_day)
        for _ in range(_ROUNDS):
            changed = {day for day in sorted(days) if self._is_better(day)}
            beside = {day + by for day in changed for by in (-1, 0, 1)}
            days = {day for day in self._by_day if day in beside or (changed and self._board.demand.work)}
            if not days:
                break
        return self._charge, [key for key, own in self._is_new.items() if not own]

    def _is_better(self, day: int) -> bool:
        """Whether some turn of a day, alone or with another, was better the other way."""
        alone = [self._try([key]) for key in self._by_day[day]]
        return any([*alone, *(self._try(pair) for pair in self._pairs(day))])

    def _measured(self) -> float:
        return self._board.cost() + self._price * sum(self._is_new.values())

    def _flip(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self._is_new[key] = not self._is_new[key]
            self._board.leave(*key)
            self._board.seat(*key, self._ways[key][self._is_new[key]])

    def _try(self, keys: Sequence[Key]) -> bool:
        """Spend some turns the other way where that is better; as announced already where it is as good."""
        before = sum(self._is_new[key] for key in keys)
        self._flip(keys)
        after, edge = self._measured(), _NOTHING * (1.0 + abs(self._charge))
        fewer = sum(self._is_new[key] for key in keys) < before
        if after < self._charge - edge or (fewer and after <= self._charge + edge):
            self._charge = after
            return True
        self._flip(keys)
        return False

    def _pairs(self, day: int) -> Iterator[list[Key]]:
        """Each turn of a day with those that fill what it leaves when both are spent the other way."""
        keys, board = self._by_day[day], self._board
        spans = [board.grid.span(day, board.facts.shifts[self._ways[key][0].shift]) for key in keys]
        first = min(span.first for span in spans)
        change = np.zeros((len(keys), max(span.stop for span in spans) - first, len(board.demand.queues)))
        for place, (key, span) in enumerate(zip(keys, spans, strict=True)):
            self._add_change(key, change[place, span.first - first : span.stop - first])
        flat = change.reshape(len(keys), -1)
        common = flat @ flat.T
        for place, others in enumerate(common.argsort(axis=1)[:, :_PARTNERS].tolist()):
            yield from ([keys[place], keys[own]] for own in others if common[place, own] < 0.0)

    def _add_change(self, key: Key, into: Array) -> None:
        """Add what spending a turn the other way brings each queue, by interval of the shift."""
        queues = self._board.demand.queues
        numbers = np.array([queues.index(own) for own in self._board.facts.agents[key[0]].skills], dtype=np.int64)
        for is_other, sign in ((True, 1.0), (False, -1.0)):
            roles = self._ways[key][self._is_new[key] != is_other].roles
            at = np.flatnonzero(roles >= 0)
            into[at, numbers[roles[at]]] += sign
