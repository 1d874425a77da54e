"""What an agent can't choose: the factors within which contacts are compared."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from desk import Desk
from desk.grid import epoch_s
from incentive.log import Floats, Ints, Log, local_clock

DECIMALS = 9
"""Of loads, before they are cut into levels: equal loads, added up in another order, are of one level."""


def cells(desk: Desk, log: Log, load: Floats) -> tuple[Ints, ...]:
    """The settings' risk factors, coarse to fine, each as codes 0, 1, ... per contact."""
    return tuple(FACTORS[name](desk, log, load) for name in desk.settings.incentive.risk_factors)


def promotion_code(desk: Desk, start_s: Ints, column: str) -> tuple[Ints, tuple[str, ...]]:
    """Per moment the code of its ``phase`` or ``promotion``, of the one that began last where several are under way,
    0 = none; and the names behind 1, 2, ..."""
    phases = desk.table("promotions").sort_values("start", kind="stable")
    code = np.zeros(len(start_s), dtype=np.int64)
    names, words = pd.factorize(phases[column], sort=True)
    begins, ends = (epoch_s(pd.DatetimeIndex(phases[name])) for name in ("start", "end"))
    for name, begin, end in zip(names + 1, begins, ends, strict=True):
        code[(start_s >= begin) & (start_s < end)] = name
    return code, tuple(map(str, words))


def _queue(desk: Desk, log: Log, load: Floats) -> Ints:
    return log.queue


def _hour(desk: Desk, log: Log, load: Floats) -> Ints:
    return np.asarray(local_clock(log.start_s, desk.settings.timezone).hour, dtype=np.int64)


def _weekday(desk: Desk, log: Log, load: Floats) -> Ints:
    return np.asarray(local_clock(log.start_s, desk.settings.timezone).weekday, dtype=np.int64)


def _load(desk: Desk, log: Log, load: Floats) -> Ints:
    level, load = np.zeros(len(load), dtype=np.int64), np.round(load, DECIMALS)
    inner = np.arange(1, desk.settings.incentive.load_levels) / desk.settings.incentive.load_levels
    for queue in np.unique(log.queue):
        own = log.queue == queue
        level[own] = np.searchsorted(np.quantile(load[own], inner), load[own])
    return level


def _phase(desk: Desk, log: Log, load: Floats) -> Ints:
    return promotion_code(desk, log.start_s, "phase")[0]


def _words(log: Log, column: str) -> Ints:
    return np.asarray(pd.factorize(log.column(column), sort=True)[0] + 1, dtype=np.int64)


def _reason(desk: Desk, log: Log, load: Floats) -> Ints:
    return _words(log, "reason")


def _type(desk: Desk, log: Log, load: Floats) -> Ints:
    return _words(log, "type")


def _source(desk: Desk, log: Log, load: Floats) -> Ints:
    return _words(log, "source")


FACTORS: Mapping[str, Callable[[Desk, Log, Floats], Ints]] = {
    "queue": _queue,
    "phase": _phase,
    "hour": _hour,
    "load": _load,
    "weekday": _weekday,
    "type": _type,
    "source": _source,
    "reason": _reason,
}
