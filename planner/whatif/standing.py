"""What of a forecast stands: counts that had come when the plan for the rest of its horizon was made."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from desk import Forecast

if TYPE_CHECKING:
    from forecast import Model


def with_standing(made: Forecast, first: Forecast, now: pd.Timestamp | None) -> Forecast:
    """The forecast ``made`` with the intervals before ``now`` as they were in ``first``; all of it without a moment."""
    if now is None:
        return made
    paths, passed = made.paths.copy(), np.asarray(made.starts < now)
    paths[:, passed] = first.paths[:, passed]
    return replace(made, paths=paths)


def knowing(model: "Model", forecast: Forecast, now: pd.Timestamp | None) -> "Model":
    """The model with the counts that every path of ``forecast`` has before ``now``."""
    if now is None:
        return model
    same = (forecast.paths.min(axis=0) == forecast.paths.max(axis=0)) & np.asarray(forecast.starts < now)[:, None]
    place, queue = np.nonzero(same)
    names = np.array(forecast.queues, dtype=object)[queue]
    rows = pd.DataFrame({"start": forecast.starts[place], "queue": names, "offered": forecast.paths[0, place, queue]})
    return model.update(rows, now) if len(rows) else model
