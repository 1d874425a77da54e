"""Blocks and switches: a role lasts a while before the next one, and a shift has only so many changes."""

from collections.abc import Iterator
from itertools import groupby

from scheduler.duty import Turn
from scheduler.facts import Facts
from scheduler.rules.duty_parts import DutyRule, duty_breach
from scheduler.rules.parts import Breach


def check(facts: Facts, turn: Turn) -> Iterator[Breach]:
    """Each block that ends in a switch too early, breaks and activities not counted; and too many switches."""
    rules, interval_min = facts.desk.settings.rules, facts.desk.settings.interval_min
    roles = [own for own in turn.activities if own in turn.agent.skills]
    blocks = [(role, interval_min * len(list(own))) for role, own in groupby(roles)]
    if len(blocks) - 1 > rules.max_switches:
        over = float(len(blocks) - 1 - rules.max_switches)
        yield duty_breach("max_switches", turn, over, None, value=len(blocks) - 1, limit=rules.max_switches)
    first = 0 if turn.is_whole else 1
    for role, length_min in blocks[first:-1]:
        if length_min < rules.min_block_min:
            short = float(rules.min_block_min - length_min)
            told = {"activity": role, "value": length_min, "limit": rules.min_block_min}
            yield duty_breach("min_block", turn, short, None, **told)


RULE = DutyRule("block", check=check)
