"""Pictures of what the forecast has learned: why a span is as it is, what each kind of phase does, and the lags."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

import charts
from planner.explained import Span
from planner.output.picture_file import Drawn

if TYPE_CHECKING:
    from forecast import Model


def pictures(model: "Model", span: Span | None, lang: str) -> Iterator[Drawn]:
    """For every queue: the factors of ``span`` and the earlier phases behind it where one is asked for, the kernel of
    each kind of phase, and the lags of each driver, with the tables behind them."""
    for queue in model.queues:
        if span is not None:
            yield from _why(model, queue, span, lang)
        drivers = ", ".join(_drivers(model, queue))
        kernels = model.kernels(queue)
        for phase, own in kernels.groupby("phase", sort=True):
            drawn = charts.event_kernel(own, lang=lang, queue=queue, phase=str(phase), drivers=drivers)
            yield drawn, own[own["promotion"] == ""].drop(columns=["promotion", "start", "usual"])
        lags = model.lags(queue)
        for driver, own in lags.groupby("driver", sort=True):
            yield charts.lags(own, lang=lang, queue=queue, driver=str(driver)), own


def _why(model: "Model", queue: str, span: Span, lang: str) -> Iterator[Drawn]:
    factors = model.explain(span.start, span.end, queue)
    yield charts.why(factors, lang=lang, queue=queue, span=span.name), factors
    earlier = model.analogues(span.start, span.end, queue)
    if len(earlier):
        yield charts.analogues(earlier, lang=lang, queue=queue, coming=span.name), earlier


def _drivers(model: "Model", queue: str) -> list[str]:
    """Drivers that the queue follows."""
    found: pd.DataFrame = model.lags(queue)
    return list(dict.fromkeys(found["driver"]))
