"""What an analyst does with a forecast: sees why, judges odd days, changes hours by hand, compares versions."""

from planner.tuned.beside import Cut, beside, changed_days
from planner.tuned.evidence import Verdict, verdicts_of
from planner.tuned.judged import JUDGED, judged
from planner.tuned.learned import learned_of
from planner.tuned.override import (
    KINDS,
    Override,
    overlapping,
    previewed,
    with_override,
    without_override,
)
from planner.tuned.span import PhaseSpan, day_spans, hour_spans, phases_of, totals_of, whole_of

__all__ = [
    "JUDGED",
    "KINDS",
    "Cut",
    "Override",
    "PhaseSpan",
    "Verdict",
    "beside",
    "changed_days",
    "day_spans",
    "hour_spans",
    "judged",
    "learned_of",
    "overlapping",
    "phases_of",
    "previewed",
    "totals_of",
    "verdicts_of",
    "whole_of",
    "with_override",
    "without_override",
]
