"""Pictures: one function a file, frame in, Plotly figure out."""

from charts.analogues import analogues
from charts.backtest import backtest
from charts.costs import costs
from charts.coverage import coverage
from charts.day_gantt import day_gantt
from charts.event_kernel import event_kernel
from charts.factors import factors
from charts.forecast_beside import forecast_beside
from charts.forecast_fan import forecast_fan
from charts.funnel import funnel
from charts.lags import lags
from charts.load_beside import load_beside
from charts.load_response import load_response
from charts.odd_days import odd_days
from charts.overload import overload
from charts.override_preview import override_preview
from charts.payout_waterfall import payout_waterfall
from charts.roster_heat import roster_heat
from charts.scores import scores
from charts.search_progress import Moment, search_progress
from charts.service_check import service_check
from charts.staffing_curve import staffing_curve
from charts.team_trend import team_trend
from charts.theme import alt_text
from charts.trials import trials
from charts.volumes import volumes
from charts.why import why

__all__ = [
    "Moment",
    "alt_text",
    "analogues",
    "backtest",
    "costs",
    "coverage",
    "day_gantt",
    "event_kernel",
    "factors",
    "forecast_beside",
    "forecast_fan",
    "funnel",
    "lags",
    "load_beside",
    "load_response",
    "odd_days",
    "overload",
    "override_preview",
    "payout_waterfall",
    "roster_heat",
    "scores",
    "search_progress",
    "service_check",
    "staffing_curve",
    "team_trend",
    "trials",
    "volumes",
    "why",
]
