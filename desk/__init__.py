"""The vocabulary of Peakdesk: tables, settings, calendar, grid, findings, words, and the desk itself."""

from desk.errors import Finding, InputError, NoAnswerError, PeakdeskError
from desk.load import load_desk
from desk.nouns import Curves, Desk, Forecast, Outcome, Plan, Progress, Report, Simulation, Termination
from desk.require import require

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
    "Report",
    "Simulation",
    "Termination",
    "load_desk",
    "require",
]
