"""The vocabulary of Peakdesk: tables, settings, calendar, grid, findings, words, and the desk itself."""

from desk.errors import Finding, InputError, NoAnswerError, PeakdeskError
from desk.nouns import Curves, Desk, Forecast, Outcome, Plan, Progress, Simulation, Termination

__all__ = [
    "Curves",
    "Desk",
    "Finding",
    "Forecast",
    "InputError",
    "NoAnswerError",
    "Outcome",
    "PeakdeskError",
    "Plan",
    "Progress",
    "Simulation",
    "Termination",
]
