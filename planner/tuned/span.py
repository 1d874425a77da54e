"""Stretches of a forecast that can be looked at: the whole, its phases, its days, the hours of a day."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.i18n import text
from planner.explained import Span
from planner.page.number import day as day_name
from planner.rows import rows


@dataclass(frozen=True, slots=True)
class PhaseSpan(Span):
    """A phase, named with its promotion; ``phase`` is its own name."""

    phase: str


def whole_of(forecast: Forecast, lang: str) -> Span:
    """All that is forecast."""
    return Span(text("planner.tuned.whole", lang), forecast.starts[0], _end(forecast))


def phases_of(desk: Desk, forecast: Forecast) -> list[PhaseSpan]:
    """The phases that touch what is forecast, cut to it, in order of time, named with their promotion."""
    first, until = forecast.starts[0], _end(forecast)
    found = [
        PhaseSpan(f"{row.promotion}: {row.phase}", max(row.start, first), min(row.end, until), str(row.phase))
        for row in rows(desk.table("promotions").sort_values("start", kind="stable"))
    ]
    return [span for span in found if span.start < span.end]


def day_spans(forecast: Forecast, lang: str) -> list[Span]:
    """The local days that are forecast."""
    days = forecast.starts.tz_localize(None).normalize()
    found = []
    for day in days.unique():
        own = forecast.starts[days == day]
        found.append(Span(day_name(day, lang), own[0], own[-1] + _each(forecast)))
    return found


def hour_spans(forecast: Forecast, day: Span) -> list[Span]:
    """The clock hours of a day; its intervals where they are longer."""
    own = forecast.starts[(forecast.starts >= day.start) & (forecast.starts < day.end)]
    firsts = own[own.minute == 0] if forecast.interval_min <= 60 else own
    ends = [*firsts[1:], day.end]
    return [Span(f"{start:%H:%M}–{end:%H:%M}", start, end) for start, end in zip(firsts, ends, strict=True)]


def totals_of(forecast: Forecast, queue: str, spans: Sequence[Span]) -> pd.DataFrame:
    """Inquiries of a queue over each span, from the paths: group, queue, mean, q10, q90, q025, q975."""
    own = forecast.paths[:, :, forecast.queues.index(queue)]
    found = []
    for span in spans:
        inside = np.asarray((forecast.starts >= span.start) & (forecast.starts < span.end))
        sums = own[:, inside].sum(axis=1, dtype=np.float64)
        levels = np.quantile(sums, [0.1, 0.9, 0.025, 0.975])
        row = {"group": span.name, "queue": queue, "mean": float(sums.mean())}
        found.append(row | dict(zip(("q10", "q90", "q025", "q975"), map(float, levels), strict=True)))
    return pd.DataFrame(found, columns=["group", "queue", "mean", "q10", "q90", "q025", "q975"])


def _each(forecast: Forecast) -> pd.Timedelta:
    return pd.Timedelta(minutes=forecast.interval_min)


def _end(forecast: Forecast) -> pd.Timestamp:
    last: pd.Timestamp = forecast.starts[-1]
    return last + _each(forecast)
