"""Unpopular shifts are shared fairly over people and time."""

from scheduler.facts import Facts, Shift
from scheduler.rules.sharing import Burden, sharing_rule


def _price(facts: Facts) -> float:
    return facts.desk.settings.rules.fairness_price


def _unpopular(facts: Facts, day: int, shift: Shift) -> bool:
    return shift.code in facts.desk.settings.rules.unpopular


RULE = sharing_rule(Burden("fairness", _price, _unpopular))
