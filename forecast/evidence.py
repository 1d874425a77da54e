"""What was tried and chosen per queue, for the report."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from forecast.choice import OURS, ModelTrial
from forecast.queue import QueueModel

TRIED = ("origins", "wape_without", "wape_with", "wins", "told", "admitted", "mean_lag_h")
COLUMNS = ("queue", "model", "driver", "beside", *TRIED)


def evidence_frame(models: Mapping[str, QueueModel | None]) -> pd.DataFrame:
    """One row per queue and driver tried, and one per queue and simple model tried.

    Returns
    -------
    columns ``queue, model`` (``peakdesk``, or a simple one tried against it), ``driver, beside`` (drivers already
    admitted), ``origins`` of the back-test, ``wape_without, wape_with`` (shares; of ours and of the simple model),
    ``wins`` (share of origins that got better), ``told`` (log-likelihood of the past gained over the least likely of
    the drivers that lay nearly level; missing where none did), ``admitted``, ``mean_lag_h`` (of the final kernel, h;
    missing where not admitted).
    """
    rows = [row for queue, model in models.items() if model is not None for row in _rows(queue, model)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(queue: str, model: QueueModel) -> list[dict[str, Any]]:
    found = []
    for verdict in model.verdicts:
        row: dict[str, Any] = {
            "queue": queue,
            "model": OURS,
            "driver": verdict.driver,
            "beside": "|".join(verdict.beside),
        }
        row |= {"wape_without": verdict.wape_without, "wape_with": verdict.wape_with, "wins": verdict.wins}
        row |= {"origins": verdict.origins, "told": verdict.told, "admitted": verdict.admitted}
        found.append(row | {"mean_lag_h": _mean_lag_h(model, verdict.driver)})
    return found + [_tried(queue, trial) for trial in model.choice.trials]


def _tried(queue: str, trial: ModelTrial) -> dict[str, Any]:
    row: dict[str, Any] = {
        "queue": queue,
        "model": trial.model,
        "driver": None,
        "beside": None,
        "origins": trial.origins,
    }
    errors = {"wape_without": trial.wape_ours, "wape_with": trial.wape, "wins": trial.wins}
    return row | errors | {"told": float("nan"), "admitted": trial.chosen, "mean_lag_h": float("nan")}


def _mean_lag_h(model: QueueModel, driver: str) -> float:
    if model.kernel is None or driver not in model.kernel.drivers:
        return float("nan")
    return model.kernel.mean_lag_h(model.kernel.drivers.index(driver), model.setting.series.step_min)
