"""The vocabulary of Peakdesk: tables, settings, calendar, grid, findings, words, and the desk itself."""

from desk.basis import Basis, basis_of, lacking
from desk.calendar import day_kind
from desk.errors import Finding, InputError, NoAnswerError, PeakdeskError, StoppedEarlyError
from desk.load import load_desk
from desk.nouns import Curves, Desk, Forecast, Outcome, Plan, Progress, Report, Simulation, Termination
from desk.require import require
from desk.shift import Shift, shifts_of
from desk.template import write_templates
from desk.write import write_folder, write_workbook

__all__ = [
    "Basis",
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
    "Shift",
    "Simulation",
    "StoppedEarlyError",
    "Termination",
    "basis_of",
    "day_kind",
    "lacking",
    "load_desk",
    "require",
    "shifts_of",
    "write_folder",
    "write_templates",
    "write_workbook",
]
