"""Pictures: one function a file, frame in, Plotly figure out."""

from charts.backtest import backtest
from charts.costs import costs
from charts.coverage import coverage
from charts.day_gantt import day_gantt
from charts.factors import factors
from charts.forecast_fan import forecast_fan
from charts.overload import overload
from charts.roster_heat import roster_heat
from charts.scores import scores
from charts.service_check import service_check
from charts.staffing_curve import staffing_curve
from charts.theme import alt_text
from charts.volumes import volumes

__all__ = [
    "alt_text",
    "backtest",
    "costs",
    "coverage",
    "day_gantt",
    "factors",
    "forecast_fan",
    "overload",
    "roster_heat",
    "scores",
    "service_check",
    "staffing_curve",
    "volumes",
]
