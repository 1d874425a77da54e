"""Who is there: masses of groups per shift, less their breaks, split over roles."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.activity import read_activities
from scheduler.facts import Facts, Shift
from scheduler.group import Group
from scheduler.model import Model, Var
from scheduler.rules.parts import Line
from scheduler.session_rows import add_sessions
from scheduler.span import Grid, Span

Terms = list[tuple[Var, float]]


@dataclass
class Presence:
    """Where the groups sit, as variables of the model.

    Parameters
    ----------
    groups : who is worth the same.
    breaks : (group number, day, shift) -> break start -> mass that begins its break there.
    mass : (queue, interval) -> (group number, variable), the mass of a group there in units of its first queue.
    """

    groups: Sequence[Group]
    breaks: dict[tuple[int, int, str], dict[int, Var]] = field(default_factory=dict)
    mass: dict[tuple[str, int], list[tuple[int, Var]]] = field(default_factory=lambda: defaultdict(list))

    def effective(self, queue: str, at: int) -> Terms:
        """Effective agents in a queue."""
        return self._sum(queue, at, lambda group: group.ratios[group.queues.index(queue)])

    def most_heads(self, queue: str, at: int) -> Terms:
        """The most people that the mass there can be."""
        return self._sum(queue, at, lambda group: 1 / group.least)

    def fewest_heads(self, queue: str, at: int) -> Terms:
        """The fewest people that the mass there can be."""
        return self._sum(queue, at, lambda group: 1 / group.most)

    def _sum(self, queue: str, at: int, factor: Callable[[Group], float]) -> Terms:
        return [(var, factor(self.groups[number])) for number, var in self.mass.get((queue, at), [])]


@dataclass(frozen=True, slots=True)
class _Block:
    """The members of one group on one shift of one day: their mass is a variable or, from the day before the horizon,
    a constant."""

    day: int
    shift: Shift
    span: Span
    terms: Terms
    constant: float


def add_presence(
    model: Model, facts: Facts, grid: Grid, lines: Mapping[str, Line], groups: Sequence[Group]
) -> Presence:
    """Add masses, breaks and roles of all groups."""
    presence = Presence(groups)
    activities = read_activities(facts, grid)
    settings = facts.desk.settings
    for number, group in enumerate(groups):
        fee = (settings.rules.break_window_price or 0.0) * settings.interval_min / group.most
        flow: dict[int, Terms] = defaultdict(list)
        constant: dict[int, float] = defaultdict(float)
        for block in _blocks(model, facts, grid, lines, number, group):
            _come_and_go(flow, constant, block, grid.n)
            _take_breaks(model, presence, flow, number, block, fee if block.day >= 0 else 0.0, grid.n)
        add_sessions(model, grid, lines, group, activities, flow)
        _split(model, presence, number, flow, constant, grid.n)
    return presence


def _blocks(
    model: Model, facts: Facts, grid: Grid, lines: Mapping[str, Line], number: int, group: Group
) -> Iterator[_Block]:
    everybody = sum(group.mass.values())
    for shift in facts.shifts.values():
        if not shift.takes_duty:
            continue
        carried = sum(mass for code, mass in group.mass.items() if facts.agents[code].past.get(-1) == shift.code)
        if carried and grid.span(-1, shift).stop > 0:
            yield _Block(-1, shift, grid.span(-1, shift), [], carried)
        for day in range(facts.n_days):
            key = (day, shift.code)
            terms = [(lines[code].x[key], mass) for code, mass in group.mass.items() if key in lines[code].x]
            if terms:
                mass = model.variable(("mass", number, day, shift.code), everybody)
                model.require(("mass", number, *key), [*terms, (mass, -1.0)], "==", 0.0)
                yield _Block(day, shift, grid.span(day, shift), [(mass, 1.0)], 0.0)


def _come_and_go(flow: dict[int, Terms], constant: dict[int, float], block: _Block, n: int) -> None:
    inside = block.span.inside(n)
    for at, sign in ((inside.start, 1.0), (inside.stop, -1.0)):
        flow[at] += [(var, sign * factor) for var, factor in block.terms]
        constant[at] += sign * block.constant


def _take_breaks(
    model: Model, presence: Presence, flow: dict[int, Terms], number: int, block: _Block, fee: float, n: int
) -> None:
    """Everybody on the shift takes one break: sum over starts of mass on break = mass of the shift. ``fee`` is what
    a break outside its window costs, per interval and unit of mass."""
    if not block.span.breaks:
        return
    key = (number, block.day, block.shift.code)
    everybody = sum(presence.groups[number].mass.values())
    starts = {
        at: model.variable(("break", *key, at), everybody, fee * block.span.outside(at)) for at in block.span.breaks
    }
    presence.breaks[key] = starts
    ending = [(var, -factor) for var, factor in block.terms]
    model.require(("break", *key), [(var, 1.0) for var in starts.values()] + ending, "==", block.constant)
    for start, var in starts.items():
        flow[min(n, max(0, start))].append((var, -1.0))
        flow[min(n, max(0, start + block.span.break_len))].append((var, 1.0))


def _split(
    model: Model, presence: Presence, number: int, flow: dict[int, Terms], constant: dict[int, float], n: int
) -> None:
    """Sum over the roles now = the sum before + who comes or is back - who goes or takes a break."""
    group = presence.groups[number]
    everybody = sum(group.mass.values())
    before: Terms = []
    for at in range(n):
        roles = [(queue, model.variable(("role", number, at, queue), everybody)) for queue in group.queues]
        terms = [(var, 1.0) for _, var in roles]
        change = [(var, -factor) for var, factor in _merged(flow.get(at, []))]
        model.require(("presence", number, at), [*terms, *before, *change], "==", constant.get(at, 0.0))
        before = [(var, -1.0) for _, var in roles]
        for queue, var in roles:
            presence.mass[queue, at].append((number, var))


def _merged(terms: Terms) -> Terms:
    total: dict[Var, float] = defaultdict(float)
    for var, factor in terms:
        total[var] += factor
    return [(var, factor) for var, factor in total.items() if factor]
