"""What one contact is worth to a measure: a number, or NaN where the contact does not count for it."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from desk import Desk, Finding
from incentive.attribution import converted
from incentive.log import Flags, Floats, Log

HOUR_S = 3600.0


def reply_s(desk: Desk, log: Log) -> Floats:
    """Seconds from assignment (from arrival, where the log has no assignments) to the first human reply."""
    return np.where(_replied(log), _since_s(log, "first_reply"), np.nan)


def average_reply_s(desk: Desk, log: Log) -> Floats:
    """Mean of the seconds in which the agent answered within the contact, as the platform states it."""
    return np.where(log.handled, log.column("average_reply_s").to_numpy(dtype=np.float64), np.nan)


def fast(desk: Desk, log: Log) -> Floats:
    """1 where the first meaningful reply came within the queue's target, else 0.

    A first reply from a template, or a mere greeting, is not meaningful. A customer who left before the target had
    passed is no evidence for or against the agent.
    """
    limit_s = np.array([desk.settings.queues[name].target.within_s for name in log.queues])[log.queue]
    return _in_time(log, limit_s)


def within(desk: Desk, log: Log, limit_s: float) -> Floats:
    """``fast`` with a limit of its own."""
    return _in_time(log, np.full(len(log.queue), limit_s))


def satisfied(desk: Desk, log: Log) -> Floats:
    """1 where the customer rated at or above ``[incentive].satisfied_from``, else 0."""
    rating = log.column("rating").to_numpy(dtype=np.float64)
    counts = log.handled & ~np.isnan(rating)
    return np.where(counts, rating >= desk.settings.incentive.satisfied_from, np.nan)


def rated(desk: Desk, log: Log) -> Floats:
    """1 where the customer rated, else 0."""
    return np.where(log.handled, log.column("rating").notna().to_numpy(), np.nan)


def recontacted(desk: Desk, log: Log) -> Floats:
    """1 where the same customer came again within ``recontact_h``; the log's last hours don't count, of whom it is not
    known: taken for who came again alone, they would be all ones. Rows of one moment are parts of one contact.
    """
    customer, arrived_s = log.customer, log.seconds("arrived")
    reach_s = HOUR_S * desk.settings.incentive.recontact_h
    rows = np.lexsort((arrived_s, customer))
    who, at = customer[rows], arrived_s[rows]
    begins = np.ones(len(rows), dtype=bool)
    begins[1:] = (who[1:] != who[:-1]) | (at[1:] != at[:-1])
    who, at = who[begins], at[begins]
    soon = np.zeros(len(who), dtype=bool)
    soon[:-1] = (who[1:] == who[:-1]) & (at[1:] - at[:-1] <= reach_s)
    again = np.zeros(len(rows), dtype=bool)
    again[rows] = soon[np.cumsum(begins) - 1]
    known = arrived_s + reach_s <= np.nanmax(arrived_s, initial=-np.inf)
    return np.where(log.handled & (customer >= 0) & known, again, np.nan)


def one(desk: Desk, log: Log) -> Floats:
    """1 for each contact handled."""
    return np.where(log.handled, 1.0, np.nan)


def standard_min(desk: Desk, log: Log) -> Floats:
    """Standard minutes of each contact handled."""
    return np.where(log.handled, log.standard_min, np.nan)


SOURCES: Mapping[str, Callable[..., Floats]] = {
    function.__name__: function
    for function in (
        *(reply_s, average_reply_s, fast, within, converted, satisfied),
        *(rated, recontacted, one, standard_min),
    )
}


def cautions(log: Log) -> Iterator[Finding]:
    """What the log leaves open, so that nobody takes a measure for more than it is."""
    if "first_reply" in log.given and "assigned" not in log.given:
        yield Finding("response_from_arrival", "warning", "contacts", column="assigned")
    unknown = int((log.handled & log.column("first_reply").notna().to_numpy() & np.isnan(_base_s(log))).sum())
    if unknown:
        yield Finding("assigned_blank", "warning", "contacts", column="assigned", facts={"count": unknown})
    templates = int(log.flag("template_reply").sum())
    if templates:
        yield Finding("template_replies", "note", "contacts", column="template_reply", facts={"count": templates})


def _in_time(log: Log, limit_s: Floats) -> Floats:
    hollow = log.flag("template_reply") | log.found("greeting")
    quick = (_since_s(log, "first_reply") <= limit_s) & ~hollow
    left_early = log.flag("abandoned") & ~(_since_s(log, "closed") >= limit_s)
    counts = _replied(log) | (~np.isnan(_base_s(log)) & _unanswered(log) & ~left_early)
    return np.where(counts & (log.agent >= 0), quick, np.nan)


def _base_s(log: Log) -> Floats:
    return log.seconds("assigned" if "assigned" in log.given else "arrived")


def _since_s(log: Log, column: str) -> Floats:
    return log.seconds(column) - _base_s(log)


def _replied(log: Log) -> Flags:
    return log.handled & ~np.isnan(_since_s(log, "first_reply"))


def _unanswered(log: Log) -> Flags:
    return np.asarray(log.column("first_reply").isna().to_numpy())
