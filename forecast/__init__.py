"""From drivers, promotions and history to inquiries: sample paths per interval and queue."""

from forecast.backtest import backtest, backtest_findings, forecasts, scored
from forecast.cut import CUTS
from forecast.many import StoppedError, forecast_many
from forecast.model import Model, fit
from forecast.review import Review, review
from forecast.suppose import Supposed, felt, felt_late, suppose

__all__ = [
    "CUTS",
    "Model",
    "Review",
    "StoppedError",
    "Supposed",
    "backtest",
    "backtest_findings",
    "felt",
    "felt_late",
    "fit",
    "forecast_many",
    "forecasts",
    "review",
    "scored",
    "suppose",
]
