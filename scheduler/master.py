"""The master: everybody's line, and what all lines together are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.coverage import add_queues, add_shift_cover
from scheduler.demand import Demand
from scheduler.facts import Facts
from scheduler.group import gather
from scheduler.line import add_bent_line
from scheduler.model import Model
from scheduler.presence import Presence, add_presence
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.parts import Line
from scheduler.span import Grid
from scheduler.watch import Watch


@dataclass(frozen=True)
class Ruled:
    """A model with people's lines and the rules on them.

    The first ``own_rows`` rows each concern one person only, and so do the variables numbered in ``own_variables``;
    everything after them couples people; ``joint_rows`` are those of the rules.
    """

    model: Model
    lines: Mapping[str, Line]
    own_rows: int
    own_variables: Mapping[str, range]
    joint_rows: range


@dataclass(frozen=True)
class Master(Ruled):
    """With presence as well, and what it is worth."""

    presence: Presence


class StoppedError(Exception):
    """Somebody stopped the work while the model was being built."""


def build_master(
    facts: Facts, demand: Demand, grid: Grid, bends: Mapping[str, float], watch: Watch | None = None
) -> Master:
    """The whole desk as one model.

    Parameters
    ----------
    bends : agent -> least total weight by which that person's hard rules must give; 0 for most.
    watch : hears of the wish to stop.

    Raises
    ------
    StoppedError : somebody wants the work to stop.
    """
    return build_part(facts, demand, grid, bends, Roster(facts, {}), watch)


def build_part(
    facts: Facts,
    demand: Demand,
    grid: Grid,
    bends: Mapping[str, float],
    others: Roster,
    watch: Watch | None = None,
) -> Master:
    """The people of ``bends`` as one model, the lines of ``others`` standing; ``demand`` is what is wanted beyond
    them."""
    model = Model("roster")
    lines, own = _add_lines(model, facts, bends, watch)
    own_rows = len(model.rows)
    people, seconds = (facts.agents[code] for code in lines), facts.desk.settings.scheduler.time_limit_s
    groups = gather(people, demand.n, seconds, by_heads=demand.counts_heads_only)
    presence = add_presence(model, facts, grid, lines, groups)
    add_queues(model, demand, presence)
    add_shift_cover(model, demand, list(lines.values()))
    return Master(model, lines, own_rows, own, _add_joint(model, facts, lines, others), presence)


def build_rules(facts: Facts, bends: Mapping[str, float]) -> Ruled:
    """Everybody's line and the rules on them, without what they are worth."""
    return _ruled("rules", facts, (), bends, None)


def build_heads(facts: Facts, demand: Demand, bends: Mapping[str, float], watch: Watch) -> Ruled:
    """Everybody's line, the rules on them and what heads by shift cost: all of a desk that asks for nothing else.

    Raises
    ------
    StoppedError : somebody wants the work to stop.
    """
    return _ruled("heads", facts, (demand,), bends, watch)


def _ruled(name: str, facts: Facts, wanted: Sequence[Demand], bends: Mapping[str, float], watch: Watch | None) -> Ruled:
    model = Model(name)
    lines, own = _add_lines(model, facts, bends, watch)
    own_rows = len(model.rows)
    for demand in wanted:
        add_shift_cover(model, demand, list(lines.values()))
    return Ruled(model, lines, own_rows, own, _add_joint(model, facts, lines, Roster(facts, {})))


def _add_lines(
    model: Model, facts: Facts, bends: Mapping[str, float], watch: Watch | None
) -> tuple[dict[str, Line], dict[str, range]]:
    """Everybody's line, and the numbers of its variables."""
    lines, own = {}, {}
    for code, bend in bends.items():
        if watch is not None and not watch.tell() and watch.cancelled:
            raise StoppedError
        begin = len(model.variables)
        lines[code] = add_bent_line(model, facts, facts.agents[code], bend)
        own[code] = range(begin, len(model.variables))
    return lines, own


def _add_joint(model: Model, facts: Facts, lines: Mapping[str, Line], others: Roster) -> range:
    """The rows of the rules that concern several people."""
    before = len(model.rows)
    for rule in RULES:
        for row in rule.joint_rows(facts, list(lines.values()), others):
            model.add(row)
    return range(before, len(model.rows))
