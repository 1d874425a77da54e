"""Conflicts over days: what is wanted could be filled hour by hour, but not by people whose hours, rests and runs must
be kept all along."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from time import monotonic

from desk import Desk, Finding
from scheduler.explain.alone import possible
from scheduler.explain.ask import slim
from scheduler.explain.conflict import Conflict, Cure
from scheduler.explain.core import core
from scheduler.explain.filling import Wanted, everything_wanted, fillable
from scheduler.explain.joint_ask import hired, with_on_duty, with_presence, with_table
from scheduler.explain.over_reason import Reason, enabled, loose, may_be_away, reasons_over_days, told_of
from scheduler.facts import read_facts
from scheduler.rules.parts import number

_MOST_CONFLICTS = 4
_PATIENCE_S = 90.0
"""Seconds in which a conflict must be found and its cures tried; one that takes longer is not told."""
_MOST_PEOPLE = 8
_MOST_STEPS = 64


@dataclass(frozen=True, slots=True)
class _Mend:
    finding: Finding
    desk: Desk
    weight: float


def conflicts_over_days(desk: Desk) -> list[Conflict]:
    """Minimal sets of wants and rules that can't all be kept, one after the other; each cure was solved again, on
    top of the first cure of each conflict before.

    ``desk`` asks at no single time for more people than can be there. Who contradicts himself alone is told elsewhere,
    and taken as free of rules here.
    """
    found: list[Conflict] = []
    free = frozenset(own for own in read_facts(desk).agents if not possible(slim(desk, own), own))
    until_s = monotonic() + _PATIENCE_S
    for _ in range(_MOST_CONFLICTS):
        asking = _asked(desk, free, until_s)
        if asking is None:
            break
        try:
            conflict = _conflict(asking, desk)
        except TimeoutError:
            break
        found.append(conflict)
        if not conflict.cures:
            break
        desk = conflict.cures[0].desk
    return found


def _asked(desk: Desk, free: frozenset[str], until_s: float) -> "_Asking | None":
    """What certainly can't be had all at once, breaks counted as there or, if need be, within their windows."""
    wants = everything_wanted(desk)
    for breaks in (False, True) if may_be_away(desk, wants) else (False,):
        if wants and fillable(desk, wants, free, breaks=breaks) is False:
            return _Asking(wants, free, until_s, breaks)
    return None


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked of changed desks: ``wants``, who is ``free`` of rules, when patience ends, and whether ``breaks``
    take people away."""

    wants: Sequence[Wanted]
    free: frozenset[str]
    until_s: float
    breaks: bool

    def clash(self, desk: Desk, wants: Sequence[Wanted]) -> bool:
        """Whether some wants certainly can't all be had."""
        if monotonic() > self.until_s:
            raise TimeoutError
        return fillable(desk, wants, self.free, breaks=self.breaks) is False

    def had(self, desk: Desk) -> bool:
        """Whether all of them certainly can."""
        return monotonic() <= self.until_s and fillable(desk, self.wants, self.free, breaks=self.breaks) is True


def _conflict(asking: _Asking, desk: Desk) -> Conflict:
    clashing = core(asking.wants, lambda kept: asking.clash(desk, kept))
    bound = core(reasons_over_days(desk, clashing), lambda kept: asking.clash(_only(desk, clashing, kept), clashing))
    facts = read_facts(desk)
    told = _narrowed(asking, _only(desk, clashing, bound), clashing)
    demands = [told_of(facts, want) for want in told] + [reason.finding for reason in bound]
    if not bound:
        demands.append(replace(told_of(facts, told[0]), code="explain_joint_headcount"))
    named = {(want.kind, want.name) for want in clashing}
    alike = [want for want in asking.wants if (want.kind, want.name) in named]
    mends = _mends(replace(asking, wants=alike), desk, told, bound)
    mends = mends or _mends(replace(asking, wants=clashing), desk, told, bound)
    cures = tuple(Cure(own.finding, own.desk, None, own.weight) for own in mends)
    return Conflict("", tuple(demands), cures, code="explain_over_days")


def _only(desk: Desk, wants: Sequence[Wanted], kept: Sequence[Reason]) -> Desk:
    for reason in reasons_over_days(desk, wants):
        if all(reason.finding != own.finding for own in kept):
            desk = reason.without(desk)
    return desk


def _narrowed(asking: _Asking, desk: Desk, wants: Sequence[Wanted]) -> list[Wanted]:
    """The wants on the fewest days in a row with which they still clash."""
    told = list(wants)
    for at, cut in product(range(len(told)), (slice(1, None), slice(None, -1))):
        while len(told[at].days) > 1:
            less = [*told[:at], replace(told[at], days=told[at].days[cut]), *told[at + 1 :]]
            if not asking.clash(desk, less):
                break
            told = less
    return told


def _mends(asking: _Asking, desk: Desk, wants: Sequence[Wanted], bound: Sequence[Reason]) -> list[_Mend]:
    """Whatever lets all that is asked be had, the least imposition first."""
    found = [own for reason in bound for own in _loosened(asking, desk, reason)]
    for want in {(own.kind, own.name): own for own in wants}.values():
        found += [*_lowered(asking, desk, want), *_more_people(asking, desk, want)]
    once = {(own.finding.code, own.finding.cure("en")): own for own in found}
    return sorted(once.values(), key=lambda own: own.weight)


def _loosened(asking: _Asking, desk: Desk, reason: Reason) -> Iterator[_Mend]:
    """A limit looser by just enough, anything else given up."""
    looser = reason.looser
    if looser is not None:
        by = _least(lambda step: asking.had(looser(desk, step)), _MOST_STEPS)
        if by is not None:
            told = dict(reason.finding.facts) | {"value": number(loose(reason.limit, reason.sign * by))}
            yield _Mend(replace(reason.finding, facts=told), looser(desk, by), 8.0 + by)
    elif reason.finding.code not in ("explain_joint_skill", "explain_over_holders"):
        changed = (reason.mended or reason.without)(desk)
        if asking.had(changed):
            yield _Mend(reason.finding, changed, 30.0)


def _lowered(asking: _Asking, desk: Desk, want: Wanted) -> Iterator[_Mend]:
    """Fewer people wanted, by as few as will do, and on the days of ``want`` only where that is enough."""
    alike = [own for own in asking.wants if (own.kind, own.name) == (want.kind, want.name)]
    every = range(alike[0].days[0], alike[-1].days[-1] + 1)
    dated = want.kind.startswith("cover") and want.days != every
    for days in (want.days, every) if dated else (every,):
        whole = replace(want, days=days, most=max(own.most for own in alike))
        by = _least(partial(_is_enough, asking, desk, whole), int(-(-whole.most // 1)))
        if by is not None:
            told = told_of(read_facts(desk), whole, value=number(loose(whole.most, -by)))
            yield _Mend(told, _fewer(desk, whole, by), 20.0 * by)
            return


def _fewer(desk: Desk, want: Wanted, by: int) -> Desk:
    return _with_fewer(desk, want, loose(want.most, -by))


def _is_enough(asking: _Asking, desk: Desk, want: Wanted, by: int) -> bool:
    """Whether what is left to be wanted of the same kinds and names can be had with so many fewer."""
    desk = _fewer(desk, want, by)
    named = {(want.kind, want.name, want.days.start) for want in asking.wants}
    left = [own for own in everything_wanted(desk) if (own.kind, own.name, own.days.start) in named]
    return replace(asking, wants=left).had(desk)


def _with_fewer(desk: Desk, want: Wanted, most: float) -> Desk:
    rules = desk.settings.rules
    if want.kind == "presence":
        return with_presence(desk, rules.min_presence | {want.name: most})
    if want.kind == "on_duty":
        return with_on_duty(desk, rules.on_duty | {want.name: most})
    frame = desk.table("cover").copy()
    dates = [desk.dates[day] for day in want.days]
    if want.kind == "cover_shift":
        mine = (frame["shift"] == want.name) & frame["date"].isin(dates)
    else:
        mine = (frame["queue"] == want.name) & frame["start"].dt.tz_localize(None).dt.normalize().isin(dates)
    frame.loc[mine, "required"] = frame.loc[mine, "required"].clip(upper=most)
    return with_table(desk, "cover", frame)


def _more_people(asking: _Asking, desk: Desk, want: Wanted) -> Iterator[_Mend]:
    facts = read_facts(desk)
    able = [own.code for own in facts.agents.values() if want.concerns(facts, own)]
    others = [own for own in facts.agents if own not in able]
    if want.kind != "cover_shift" and others:
        count = _least(lambda some: asking.had(enabled(desk, want, others[:some])), len(others))
        if count is not None:
            code = "explain_train" if want.queue else "explain_over_certify"
            told = told_of(facts, want, value=", ".join(others[:count]), missing=str(count))
            yield _Mend(replace(told, code=code), enabled(desk, want, others[:count]), 10.0 * count)
    count = _least(lambda some: asking.had(hired(desk, able[0], some)), _MOST_PEOPLE) if able else None
    if count is not None:
        told = told_of(facts, want, value=able[0], missing=str(count))
        yield _Mend(replace(told, code="explain_hire"), hired(desk, able[0], count), 40.0 * count)


def _least(enough: Callable[[int], bool], most: int) -> int | None:
    """The least step from 1 to ``most`` that is enough, every larger one being enough too; None where none is."""
    low, high = 0, 1
    while high < most and not enough(high):
        low, high = high, 2 * high
    high = min(high, most)
    if most < 1 or not enough(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
