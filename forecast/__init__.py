"""From drivers, promotions and history to inquiries: sample paths per interval and queue."""

from forecast.backtest import backtest, forecasts, scored
from forecast.model import Model, fit

__all__ = ["Model", "backtest", "fit", "forecasts", "scored"]
