"""What was tried and chosen per queue, for the report."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from forecast.queue import QueueModel

COLUMNS = ("queue", "driver", "beside", "origins", "wape_without", "wape_with", "wins", "admitted", "mean_lag_h")


def evidence_frame(models: Mapping[str, QueueModel | None]) -> pd.DataFrame:
    """One row per queue and driver tried.

    Returns
    -------
    columns ``queue, driver, beside`` (drivers already admitted), ``origins`` of the back-test, ``wape_without,
    wape_with`` (shares), ``wins`` (share of origins that got better), ``admitted``, ``mean_lag_h`` (of the final
    kernel, h; missing where not admitted).
    """
    rows = [row for queue, model in models.items() if model is not None for row in _rows(queue, model)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(queue: str, model: QueueModel) -> list[dict[str, Any]]:
    found = []
    for verdict in model.verdicts:
        row = {"queue": queue, "driver": verdict.driver, "beside": "|".join(verdict.beside), "origins": verdict.origins}
        row |= {"wape_without": verdict.wape_without, "wape_with": verdict.wape_with, "wins": verdict.wins}
        found.append(row | {"admitted": verdict.admitted, "mean_lag_h": _mean_lag_h(model, verdict.driver)})
    return found


def _mean_lag_h(model: QueueModel, driver: str) -> float:
    if model.kernel is None or driver not in model.kernel.drivers:
        return float("nan")
    return model.kernel.mean_lag_h(model.kernel.drivers.index(driver), model.setting.series.step_min)
