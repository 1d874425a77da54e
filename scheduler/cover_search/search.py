"""The search: a first roster, columns with a bound, a dive, and then part after part."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from scheduler.cover_search.bend import Bent
from scheduler.cover_search.branch import branched
from scheduler.cover_search.choose import choose
from scheduler.cover_search.dive import dive
from scheduler.cover_search.generate import generate
from scheduler.cover_search.heard import heard
from scheduler.cover_search.master import Column, Master, Mixture
from scheduler.cover_search.neighbourhood import Choice, Neighbourhoods
from scheduler.cover_search.pool import Pool
from scheduler.cover_search.priced_limits import priced_bound
from scheduler.cover_search.pricing import Pricing
from scheduler.cover_search.problem import Array, Lines, Problem, pasted
from scheduler.cover_search.prove import prove
from scheduler.cover_search.regret import Regret
from scheduler.cover_search.replan import Replanned, replan
from scheduler.cover_search.settle import Pace, settled
from scheduler.cover_search.start import answered, first_lines, is_short
from scheduler.cover_search.whole_program import Tried
from scheduler.watch import Watch

_PATIENCE = 25
"""Rounds without a gain after which all lines within the gap are listed."""
_LAXNESS, _FOR_DIVES, _FOR_LAST = (2.0, 1.4, 1.1), 0.3, 0.5
"""How lax each dive is, and part of the time left that they may take, the last one while it is near its end."""
_KEPT = 30
"""Cheapest rosters of those that settle whose lines are kept."""
_MIXED, _MIX_S = 3000, 30.0
"""Most promising lines of everybody that are combined anew where all lines are too many, and time for it."""
_FOR_TREE = 0.3
"""Part of the time left that a tree over heads short may take."""
_MISSES = 4
"""Rosters in a row that settle from exact prices, each in an order of its own, without a gain before no more do."""
_FIRST_PACE, _FEWEST_SWEEPS = Pace(40, 0.005), 20
"""Of the first roster that settles; and the sweeps below which a further one is not worth the time."""
_FOR_SETTLING, _FOR_ONE = 0.6, 0.2
"""Part of the time left that rosters that settle may take, and those before or after the prices of whole lines."""
_NEAR, _CLOSER = 0.1, 0.7
"""Part of the cost that the gap is, and of the last gap, up to which slower rosters settle before whole lines."""
_FOR_LINES = 0.3
"""Part of the time left that the program over whole lines may take."""
_TIGHT, _FEWEST_ROUNDS = 5e-3, 30
"""Part of the cost up to which a gap is small, and rounds of which a small gap is not worth fewer."""
_SOLVED = 1e-3
"""Relative difference to its bound up to which the program's prices are better than those that it began with."""
_FOR_BOUND = 0.25
"""Part of the time left that the bound of a long horizon may take."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """When to stop and what makes the search repeat."""

    gap: float
    seed: int
    threads: int
    rounds: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """The best roster found, a proven bound, and the numbers of people whose own rules contradict each other."""

    lines: Lines
    bound: float
    bent: tuple[int, ...]


def search(
    problem: Problem, wanted: Wanted, watch: Watch, bend: Callable[[int], Bent], tried: Tried | None = None
) -> Found:
    """The best roster in the time, from what the whole program found where it was ``tried``; ``bend`` is asked for
    those of whom no legal line was found.

    Another thread works; this one tells how far it is, and hears when to stop.
    """
    with ThreadPoolExecutor(1) as worker:
        if tried is None:
            problem, lines, names = heard(worker, watch, "people", lambda: _begun(problem, watch, wanted.threads, bend))
            run = _Search(problem, wanted, watch, lines)
        else:
            names, run, watch.stands = (), _Search(problem, wanted, watch, tried.lines, tried.bound), True
        for phase, step in (("roster", run.answer), ("bound", run.relax), ("search", run.improve)):
            if not run.is_reached:
                heard(worker, watch, phase, step)
    return Found(run.lines, run.bound, names)


def _begun(
    problem: Problem, watch: Watch, threads: int, bend: Callable[[int], Bent]
) -> tuple[Problem, Lines, tuple[int, ...]]:
    """The problem in which everybody's rules can be kept, a first roster, and whose rules had to give for it."""
    lines, stuck = first_lines(problem, watch, threads)
    mended = {number: bend(number) for number in stuck}
    for number, own in mended.items():
        lines[number] = own.line
    people = tuple(mended[number].person if number in mended else own for number, own in enumerate(problem.people))
    return replace(problem, people=people), lines, tuple(number for number, own in mended.items() if own.is_bent)


@dataclass
class _Search:
    problem: Problem
    wanted: Wanted
    watch: Watch
    lines: Lines
    bound: float = -np.inf
    pool: Pool = field(init=False)

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.wanted.seed)
        self.cost = self.problem.cost(self.lines)
        self.pool = Pool(np.zeros(self.problem.required.shape))
        self.absent = 10.0 * (1.0 + self.problem.under.max() + self.problem.over.max()) * self.problem.n_days
        self._raise(max(self.bound, sum(person.least_cost for person in self.problem.people)))
        self._listed_at = np.inf
        self.penalties = np.zeros((len(self.lines), len(self.problem.shifts)))
        self._good: list[tuple[float, Lines]] = []
        self._regret: Regret | None = None

    @property
    def over(self) -> bool:
        """Whether the goal is reached or time is up."""
        return self.watch.over or self.is_reached

    @property
    def is_reached(self) -> bool:
        """Whether the cost is near enough to the bound."""
        return self.cost - self.bound <= max(1e-6, self.wanted.gap * abs(self.cost))

    def answer(self) -> None:
        """Everybody's best answer to all the others, until sweeps gain little."""
        answered(self.problem, self.lines, self.rng, self.watch, self._take)

    def relax(self) -> None:
        """A bound by prices, and rosters that settle from them; then, where whole lines fit into tables, the program
        over these: its bound, and a dive from its mixture."""
        left_s, short = self.watch.left_s(), is_short(self.problem)
        until_s, limit_s = left_s * (1 - _FOR_BOUND), left_s * _FOR_BOUND

        def passed(bound: float) -> float:
            self._raise(bound)
            return 1.0 if self.over else 1.0 - (self.watch.left_s() - until_s) / limit_s

        _, priced = priced_bound(self.problem, self.wanted.threads, passed)
        self.penalties = priced.times
        until_s, gap = self.watch.left_s() * (1 - (_FOR_ONE if short else _FOR_SETTLING)), np.inf
        for _ in self._settling(_FIRST_PACE, priced.heads, until_s):
            before, gap = gap, self.cost - self.bound
            if short and gap > min(_CLOSER * before, _NEAR * abs(self.cost)):
                break
        if short and not self.over:
            self._relax_lines(priced.heads)

    def _relax_lines(self, center: Array) -> None:
        """The program over whole lines, from prices and lines of rosters that settled; rosters that settle from its
        prices, as long as they gain; and a dive."""
        with Pricing(self.problem, self.wanted.threads, self.watch, penalties=self.penalties) as pricing:
            master, until_s = Master(self.problem, self.absent), self.watch.left_s() * (1 - _FOR_LINES)
            master.add([*self._columns(pricing), *self._good_columns(pricing)])
            if not self._is_worth_rounds(master, pricing, center, until_s):
                return
            found = generate(master, pricing, [], self.watch, center=center, until_s=until_s)
            self._raise(found.bound)
            self.penalties, self.pool = pricing.penalties, Pool(found.prices)
            self._regret = Regret(found.prices, found.least) if len(found.least) == len(self.lines) else None
            is_solved = found.mixture.cost - found.bound < _SOLVED * abs(found.mixture.cost)
            prices, until_s = found.prices if is_solved else center, self.watch.left_s() * (1 - _FOR_ONE)
            for _ in self._settling(_FIRST_PACE.slower, prices, until_s, is_exact=is_solved):
                pass
            master.add(self._good_columns(pricing))
            self.pool.add(master.columns)
            if is_solved:
                self._dive(master, pricing, master.solve())

    def _is_worth_rounds(self, master: Master, pricing: Pricing, center: Array, until_s: float) -> bool:
        """Whether the gap is large, or else the time long enough for many rounds of the program, by the first one."""
        left_s, gap = self.watch.left_s(), self.cost - self.bound
        if gap > _TIGHT * abs(self.cost):
            return True
        generate(master, pricing, [], self.watch, rounds=1, center=center, until_s=until_s)
        return left_s - until_s > _FEWEST_ROUNDS * (left_s - self.watch.left_s())

    def _good_columns(self, pricing: Pricing) -> list[Column]:
        """The lines of the cheapest rosters that have settled."""
        return [Column(at, line, pricing.cost(at, line)) for _, lines in self._good for at, line in enumerate(lines)]

    def _settling(self, pace: Pace, prices: Array, until_s: float, *, is_exact: bool = False) -> Iterator[None]:
        """Rosters that settle from prices while they may take time, each slower than the last one; from exact ones all
        at one pace, as long as they gain."""
        told, threads, misses = self._told(until_s), 1 if is_short(self.problem) else self.wanted.threads, 0
        while not self.over and self.watch.left_s() > until_s and pace.sweeps >= _FEWEST_SWEEPS and misses < _MISSES:
            before, began_s = self.cost, self.watch.left_s()
            settled(self.problem, self.lines, prices, self.penalties, pace, threads, self.rng, self.watch, told)
            misses = misses + 1 if is_exact and self.cost >= before else 0
            yield
            if self.wanted.rounds is not None:
                return
            each_s = max(1e-9, began_s - self.watch.left_s()) / pace.sweeps
            pace = (pace if is_exact else pace.slower).within(int((self.watch.left_s() - until_s) / each_s))

    def _told(self, until_s: float) -> Callable[[Lines], bool]:
        """Takes rosters, and says when to end."""

        def told(lines: Lines) -> bool:
            own = lines.copy()
            self._good = sorted([*self._good, (self.problem.cost(own), own)], key=lambda pair: pair[0])[:_KEPT]
            self._take(own)
            return self.over or self.watch.left_s() <= until_s

        return told

    def _dive(self, master: Master, pricing: Pricing, mixture: Mixture) -> None:
        """Dives, each one stricter, while they may take time and something is left to gain; best answers end each."""
        until_s, latest_s = (self.watch.left_s() * (1 - own) for own in (_FOR_DIVES, _FOR_LAST))
        for lax in _LAXNESS:
            if self.is_reached or (lax < _LAXNESS[0] and self.watch.left_s() <= until_s):
                return
            best = dive(master, pricing, mixture, self.watch, self.cost, lax, until_s, latest_s)
            self.pool.add(master.columns)
            if best:
                self._take(lines := np.array([column.line for column in best], dtype=np.int16))
                answered(self.problem, lines, self.rng, self.watch, self._take)

    def improve(self) -> None:
        """Part after part, several at a time; where gains have ended, all lines within the gap."""
        near = Neighbourhoods(self.problem, self.rng, self._regret)
        idle = rounds = 0
        with ThreadPoolExecutor(self.wanted.threads) as workers:
            while not self.over and rounds != self.wanted.rounds:
                before = self.cost
                drawn = near.draw(self.lines, self.wanted.threads)
                for choice, found in zip(drawn, workers.map(self._replan, drawn), strict=True):
                    self._accept(choice, found, near)
                rounds, idle = rounds + 1, 0 if self.cost < before else idle + 1
                if idle >= _PATIENCE and self.cost < self._listed_at and self._regret is not None:
                    self._prove()

    def _replan(self, choice: Choice) -> Replanned:
        return replan(self.problem, self.lines, choice, self.pool, self.penalties, self.absent, self.watch)

    def _accept(self, choice: Choice, found: Replanned, near: Neighbourhoods) -> None:
        near.learn(choice.kind, closed=found.closed)
        self.pool.add(found.columns)
        if found.lines is not None:
            self._take(pasted(self.lines, choice.people, choice.days, found.lines))

    def _prove(self) -> None:
        self._listed_at = self.cost
        with Pricing(self.problem, self.wanted.threads, self.watch, penalties=self.penalties) as pricing:
            self._raise(self._branched(pricing))
            if self.over:
                return
            best = self._columns(pricing)
            found = prove(pricing, self.pool.prices, best, self.cost, self.absent, self.watch)
            columns, bound = (self._mixed(best), self.bound) if found is None else found
        self._take(np.array([column.line for column in columns], dtype=np.int16))
        self._raise(bound)

    def _mixed(self, best: list[Column]) -> list[Column]:
        """The best combination of the most promising lines."""
        master = Master(self.problem, self.absent)
        master.add(best)
        master.add(self.pool.best(_MIXED))
        return choose(master, best, self.watch, self.problem.quantum, seconds=_MIX_S)[0]

    def _branched(self, pricing: Pricing) -> float:
        """A bound by the tree over heads short."""
        goal = self.cost - max(0.0, self.problem.quantum - 1e-6)
        until_s = self.watch.left_s() * (1 - _FOR_TREE)
        columns, bound = branched(self.problem, pricing, self.pool.best(_MIXED), goal, self.watch, until_s)
        self.pool.add(columns)
        return self.cost if bound >= goal else bound

    def _columns(self, pricing: Pricing) -> list[Column]:
        return [Column(number, line.copy(), pricing.cost(number, line)) for number, line in enumerate(self.lines)]

    def _take(self, lines: Lines) -> None:
        """Keep lines that cost less."""
        cost = self.problem.cost(lines)
        if cost < self.cost:
            self.lines, self.cost = lines, cost
        self._tell()

    def _raise(self, bound: float) -> None:
        """A bound, up to the next cost that is possible at all."""
        quantum = self.problem.quantum
        whole = quantum * np.ceil(bound / quantum - 1e-6) if quantum else bound
        self.bound = max(self.bound, float(whole))
        self._tell()

    def _tell(self) -> None:
        self.watch.incumbent, self.watch.bound = self.cost, self.bound if np.isfinite(self.bound) else None
