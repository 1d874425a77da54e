"""Blocks and switches: a role lasts a while before the next one, and a shift has only so many changes."""

from collections.abc import Iterator

from scheduler.duty import Turn
from scheduler.facts import Facts
from scheduler.rules.duty_parts import DutyRule, duty_breach
from scheduler.rules.parts import Breach


def check(facts: Facts, turn: Turn) -> Iterator[Breach]:
    """Each block that ends in a switch too early, and too many switches.

    Breaks count for no block; a briefing counts for the blocks on both of its sides, since it interrupts either.
    """
    rules = facts.desk.settings.rules
    blocks = _blocks(turn, facts.desk.settings.interval_min)
    if len(blocks) - 1 > rules.max_switches:
        over = float(len(blocks) - 1 - rules.max_switches)
        yield duty_breach("max_switches", turn, over, None, value=len(blocks) - 1, limit=rules.max_switches)
    first = 0 if turn.is_whole else 1
    for role, length_min in blocks[first:-1]:
        if length_min < rules.min_block_min:
            short = float(rules.min_block_min - length_min)
            told = {"activity": role, "value": length_min, "limit": rules.min_block_min}
            yield duty_breach("min_block", turn, short, None, **told)


def _blocks(turn: Turn, interval_min: int) -> list[tuple[str, int]]:
    """Roles in order, with their minutes."""
    blocks: list[tuple[str, int]] = []
    between_min = 0
    for activity in turn.activities:
        if activity in turn.agent.skills:
            same = bool(blocks) and blocks[-1][0] == activity
            before_min = blocks.pop()[1] if same else between_min
            blocks.append((str(activity), before_min + interval_min))
            between_min = 0
        elif activity in turn.briefings:
            between_min += interval_min
            if blocks:
                blocks[-1] = (blocks[-1][0], blocks[-1][1] + interval_min)
    return blocks


RULE = DutyRule("block", check=check)
