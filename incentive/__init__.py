"""Measures, risk adjustment, scores and payout: what agents did with the contacts that the system gave them."""

from incentive.assess import Assessment, assess, daily, score
from incentive.measure import Measure, measure_title, measures, measures_of
from incentive.pay import payout

__all__ = [
    "Assessment",
    "Measure",
    "assess",
    "daily",
    "measure_title",
    "measures",
    "measures_of",
    "payout",
    "score",
]
