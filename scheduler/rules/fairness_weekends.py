"""Days of weekends worked are shared fairly over people and time."""

from scheduler.facts import Facts, Shift
from scheduler.rules.sharing import Burden, sharing_rule


def _price(facts: Facts) -> float:
    return facts.desk.settings.rules.fairness_weekend_price


def _is_weekend(facts: Facts, day: int, shift: Shift) -> bool:
    return facts.is_weekend(day)


RULE = sharing_rule(Burden("fairness_weekends", _price, _is_weekend))
