"""The rules on duty, one file each. A new rule is a file and a line here."""

from scheduler.rules import (
    duty_activity,
    duty_block,
    duty_break,
    duty_inside_shift,
    duty_load,
    duty_presence,
    duty_skill,
)
from scheduler.rules.duty_parts import DutyRule

DUTY_RULES: tuple[DutyRule, ...] = (
    duty_inside_shift.RULE,
    duty_skill.RULE,
    duty_break.RULE,
    duty_block.RULE,
    duty_presence.RULE,
    duty_load.RULE,
    duty_activity.RULE,
)
