"""The rules of the roster, one file each. A new rule is a file and a line here."""

from scheduler.rules import (
    availability,
    fairness,
    forbidden_successions,
    leave,
    max_consecutive_days,
    max_shifts,
    max_weekends,
    min_consecutive_days,
    min_consecutive_days_off,
    min_rest,
    one_shift_a_day,
    overtime,
    paid_h_day,
    paid_h_horizon,
    paid_h_week,
    pinned,
    requests,
    shifts_allowed,
)
from scheduler.rules.parts import Rule

RULES: tuple[Rule, ...] = (
    one_shift_a_day.RULE,
    shifts_allowed.RULE,
    availability.RULE,
    leave.RULE,
    pinned.RULE,
    min_rest.RULE,
    forbidden_successions.RULE,
    paid_h_day.RULE,
    paid_h_week.RULE,
    paid_h_horizon.RULE,
    overtime.RULE,
    max_shifts.RULE,
    max_consecutive_days.RULE,
    min_consecutive_days.RULE,
    min_consecutive_days_off.RULE,
    max_weekends.RULE,
    requests.RULE,
    fairness.RULE,
)
