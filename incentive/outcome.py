"""What one contact is worth to a measure: a number, or NaN where the contact does not count for it."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from desk import Desk, Finding
from desk.grid import epoch_s
from incentive.log import Flags, Floats, Log


def reply_s(desk: Desk, log: Log) -> Floats:
    """Seconds from assignment (from arrival, where the log has no assignments) to the first human reply."""
    return np.where(_replied(log), _since_s(log, "first_reply"), np.nan)


def fast(desk: Desk, log: Log) -> Floats:
    """1 where the first meaningful reply came within the queue's target, else 0.

    A first reply from a template is not meaningful. A customer who left before the target had passed is no
    evidence for or against the agent.
    """
    limit_s = np.array([desk.settings.queues[name].target.within_s for name in log.queues])[log.queue]
    template = log.column("template_reply").fillna(False).to_numpy(dtype=bool)
    quick = (_since_s(log, "first_reply") <= limit_s) & ~template
    left_early = log.column("abandoned").fillna(False).to_numpy(dtype=bool) & ~(_since_s(log, "closed") >= limit_s)
    counts = _replied(log) | (~np.isnan(_base_s(log)) & _unanswered(log) & ~left_early)
    return np.where(counts & (log.agent >= 0), quick, np.nan)


def converted(desk: Desk, log: Log) -> Floats:
    """1 where the contact brought an order that was not refunded, else 0."""
    paid, refunded = log.column("converted"), log.column("refunded").fillna(False)
    counts = log.handled & paid.notna().to_numpy()
    return np.where(counts, (paid.fillna(False) & ~refunded).to_numpy(dtype=bool), np.nan)


def satisfied(desk: Desk, log: Log) -> Floats:
    """1 where the customer rated at or above ``[incentive].satisfied_from``, else 0."""
    rating = log.column("rating").to_numpy(dtype=np.float64)
    counts = log.handled & ~np.isnan(rating)
    return np.where(counts, rating >= desk.settings.incentive.satisfied_from, np.nan)


def one(desk: Desk, log: Log) -> Floats:
    """1 for each contact handled."""
    return np.where(log.handled, 1.0, np.nan)


def standard_min(desk: Desk, log: Log) -> Floats:
    """Standard minutes of each contact handled."""
    return np.where(log.handled, log.standard_min, np.nan)


SOURCES: Mapping[str, Callable[[Desk, Log], Floats]] = {
    function.__name__: function for function in (reply_s, fast, converted, satisfied, one, standard_min)
}


def cautions(log: Log) -> Iterator[Finding]:
    """What the log leaves open, so that nobody takes a measure for more than it is."""
    if "first_reply" in log.given and "assigned" not in log.given:
        yield Finding("response_from_arrival", "warning", "contacts", column="assigned")
    if "converted" in log.given and "refunded" not in log.given:
        yield Finding("refunds_unknown", "warning", "contacts", column="refunded")
    templates = int(log.column("template_reply").fillna(False).sum())
    if templates:
        yield Finding("template_replies", "note", "contacts", column="template_reply", facts={"count": templates})


def _base_s(log: Log) -> Floats:
    return _seconds(log.column("assigned" if "assigned" in log.given else "arrived"))


def _since_s(log: Log, column: str) -> Floats:
    return _seconds(log.column(column)) - _base_s(log)


def _seconds(times: "pd.Series[pd.Timestamp]") -> Floats:
    return epoch_s(pd.DatetimeIndex(times))


def _replied(log: Log) -> Flags:
    return log.handled & ~np.isnan(_since_s(log, "first_reply"))


def _unanswered(log: Log) -> Flags:
    return np.asarray(log.column("first_reply").isna().to_numpy())
