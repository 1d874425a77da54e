"""What a person has said in the settings or the tables that the forecast does not use, or not as it stands."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
import pandas as pd

from desk import Desk, Finding
from forecast.driver import driver_names
from forecast.event import phases_of
from forecast.felt_intensity import felt_power
from forecast.intensity import told_of_intensities
from forecast.series import Series, whole
from forecast.side_by_side import told_of_overlaps

MOST_NAMED = 5


def unheard(desk: Desk, found: Mapping[str, Series | None], unseen: Mapping[str, Sequence[str]]) -> tuple[Finding, ...]:
    """Stated lifts and verdicts that count for nothing, intensities on another scale, far beyond all others or not felt
    as they were stated, and phases that overlap as none did.

    Parameters
    ----------
    found : the series of every queue. unseen : per queue the kinds of phase to come that it never saw.
    """
    every = [series for series in found.values() if series is not None]
    lifts = [finding for series in every for finding in _lifts(desk, series, unseen)]
    felt = [finding for series in every for finding in _felt(desk, series)]
    return (*lifts, *felt, *told_of_intensities(desk), *told_of_overlaps(desk), *_verdicts(desk, found))


def _lifts(desk: Desk, series: Series, unseen: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Lifts stated of phases that the queue has been through."""
    queue, until = series.queue, series.until_d
    stated = {own.phase for own in desk.settings.forecast.expected_lifts if own.queue in (None, queue)}
    phases = phases_of(desk, series.first) if stated else ()
    coming = {own.name for own in phases if own.end_d > until and own.intensity > 0}
    for phase in sorted(stated & coming - set(unseen.get(queue, ()))):
        yield Finding("lift_stated_unused", "note", "promotions", column="phase", value=phase, facts={"queue": queue})


def _felt(desk: Desk, series: Series) -> Iterator[Finding]:
    """Phases to come of another intensity than the usual one, where earlier ones were not felt as they were stated."""
    phases = phases_of(desk, series.first) if desk.has("promotions") else ()
    coming = [own for own in phases if own.end_d > series.until_d and own.intensity not in (0.0, 1.0)]
    if coming and (power := felt_power(phases, series)) != 1.0:
        facts = {"queue": series.queue, "power": f"{power:.2f}", "double": f"{2.0**power:.2f}"}
        yield Finding("intensity_felt", "note", "promotions", column="intensity", facts=facts)


def _verdicts(desk: Desk, found: Mapping[str, Series | None]) -> Iterator[Finding]:
    """Verdicts on days of which there is no count, and on what is neither queue nor driver."""
    if not desk.has("verdicts"):
        return
    table = desk.table("verdicts")
    judged = table[table["verdict"].notna()]
    known = set(chain(desk.settings.queues, driver_names(desk)))
    for name, rows in judged.groupby("queue", sort=True):
        if name not in known:
            yield Finding("verdict_unknown", "warning", "verdicts", column="queue", value=str(name))
        elif name in found:
            yield from _outside(str(name), found[str(name)], rows["date"])


def _outside(queue: str, series: Series | None, dates: "pd.Series[pd.Timestamp]") -> Iterator[Finding]:
    lost = dates
    if series is not None:
        day = whole(dates - series.first, pd.Timedelta(days=1))
        lost = dates[np.asarray((day < 0) | (day >= len(series.offered)))]
    if len(lost):
        named = ", ".join(f"{day:%Y-%m-%d}" for day in lost.sort_values()[-MOST_NAMED:])
        old = series is not None and bool((lost < series.first).all())
        facts = {"queue": queue, "days": len(lost), "dates": named}
        yield Finding("verdict_outside", "note" if old else "warning", "verdicts", facts=facts)
