"""One shift a day; and rows of a roster that can't count at all."""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.roster import Roster
from scheduler.rules.parts import Breach, Rule


def joint_check(facts: Facts, roster: Roster) -> Iterator[Breach]:
    """Every row of the roster that names an unknown person or shift, a day outside the horizon, or a second shift.

    In the model it is how a line is built: sum over s of x[a, d, s] = on[a, d] <= 1; no price loosens it.
    """
    for stray in roster.strays:
        yield Breach(stray.reason, stray.agent, stray.day, 1.0, None, {"shift": stray.shift})


RULE = Rule("one_shift_a_day", joint_check=joint_check)
