"""Blocks and switches: a role lasts a while before the next one, and a shift has only so many changes; each hard, or
priced per minute that a block lacks and per switch more. Model: the list of patterns, and what each is charged."""

from collections.abc import Iterator

from scheduler.duty import Turn
from scheduler.facts import Facts
from scheduler.rules.duty_parts import DutyRule, duty_breach
from scheduler.rules.parts import Breach


def check(facts: Facts, turn: Turn) -> Iterator[Breach]:
    """Each block that ends in a switch too early, and too many switches.

    Breaks count for no block; a briefing counts for the blocks on both of its sides, since it interrupts either. Of a
    shift of the eve, which this plan does not make, nothing is charged.
    """
    rules = facts.desk.settings.rules
    blocks = _blocks(turn, facts.desk.settings.interval_min)
    if len(blocks) - 1 > rules.max_switches and (turn.is_whole or rules.max_switches_price is None):
        over = float(len(blocks) - 1 - rules.max_switches)
        yield duty_breach(
            "max_switches", turn, over, rules.max_switches_price, value=len(blocks) - 1, limit=rules.max_switches
        )
    if not turn.is_whole:
        blocks = blocks[1:] if rules.min_block_price is None else []
    for role, length_min in blocks[:-1]:
        if length_min < rules.min_block_min:
            short = float(rules.min_block_min - length_min)
            told = {"activity": role, "value": length_min, "limit": rules.min_block_min}
            yield duty_breach("min_block", turn, short, rules.min_block_price, **told)


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
