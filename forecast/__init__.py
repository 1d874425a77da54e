"""From drivers, promotions and history to inquiries: sample paths per interval and queue."""

from forecast.backtest import backtest, backtest_findings, forecasts, scored
from forecast.cut import CUTS
from forecast.model import Model, fit
from forecast.review import Review, review

__all__ = ["CUTS", "Model", "Review", "backtest", "backtest_findings", "fit", "forecasts", "review", "scored"]
