"""Nights are shared fairly over people and time; a night is a shift with three hours or more between 22:00 and
06:00."""

from scheduler.facts import Facts, Shift
from scheduler.rules.sharing import Burden, sharing_rule
from scheduler.wage import night_min

_NIGHT_MIN = 180


def _price(facts: Facts) -> float:
    return facts.desk.settings.rules.fairness_night_price


def _is_night(facts: Facts, day: int, shift: Shift) -> bool:
    return night_min(shift) >= _NIGHT_MIN


RULE = sharing_rule(Burden("fairness_nights", _price, _is_night))
