"""Duty fills the shift: every interval of a shift has an activity, none lies outside."""

from collections import Counter
from collections.abc import Iterator

from scheduler.duty import Duty, Turn
from scheduler.facts import Facts
from scheduler.rules.duty_parts import DutyRule, duty_breach
from scheduler.rules.parts import Breach


def check(facts: Facts, turn: Turn) -> Iterator[Breach]:
    """A shift with intervals of the horizon on which the person has nothing to do."""
    n = len(facts.desk.starts)
    inside = zip(range(turn.span.first, turn.span.stop), turn.activities, strict=True)
    missing = sum(own is None for at, own in inside if 0 <= at < n)
    if turn.is_whole and turn.is_seated and missing:
        yield duty_breach("missing", turn, float(missing), None, value=missing)


def joint_check(facts: Facts, duty: Duty) -> Iterator[Breach]:
    """Intervals on which somebody is to work without a shift, or twice at once; one breach a person and local day.
    People nobody knows, and rows that can't be read, one breach a name."""
    known = [(code, at) for code, at in duty.strays if code in facts.agents]
    per_day = Counter((code, duty.grid.day(at)) for code, at in known)
    for (code, day), times in per_day.items():
        yield Breach("outside_shift", code, day, float(times), None, {"value": times}, table="duty")
    strangers = Counter(code for code, _ in duty.strays if code not in facts.agents)
    for reason, counted in (("unknown_agent", strangers), ("unreadable", duty.odd)):
        for code, times in counted.items():
            yield Breach(reason, code, None, float(times), None, {"value": times}, table="duty")


RULE = DutyRule("inside_shift", check=check, joint_check=joint_check)
