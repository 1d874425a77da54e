"""What is kept with a forecast, so that its reasons can be shown without fitting again."""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from forecast import Model

KEPT = ("kernels", "lags")
"""What is learned queue by queue."""


def learned_of(model: "Model") -> dict[str, pd.DataFrame]:
    """What a fitted model knows beside its forecast.

    Returns
    -------
    ``kernels`` and ``lags``: of every queue, with ``queue``; ``odd``: rows of table ``verdicts``, judged and waiting;
    ``overrides``: those that are in the forecast.
    """
    found = {name: of_every_queue(model, name) for name in KEPT}
    return found | {"odd": model.odd_days(), "overrides": model.desk.table("overrides")}


def of_every_queue(model: "Model", name: str) -> pd.DataFrame:
    """``kernels`` or ``lags`` of every queue of a model, with ``queue``."""
    every: list[pd.DataFrame] = [getattr(model, name)(queue).assign(queue=queue) for queue in model.queues]
    some = [own for own in every if len(own)]
    joined: pd.DataFrame = pd.concat(some or every[:1], ignore_index=True)
    return joined
