"""From drivers, promotions and history to inquiries: sample paths per interval and queue."""

from forecast.backtest import backtest, backtest_findings, forecasts, scored
from forecast.cut import CUTS
from forecast.model import Model, fit

__all__ = ["CUTS", "Model", "backtest", "backtest_findings", "fit", "forecasts", "scored"]
