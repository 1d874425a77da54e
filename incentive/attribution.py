"""Whose an order is, by the declared rule."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from desk import Desk, Finding
from incentive.guard import whole_of
from incentive.log import Flags, Floats, Ints, Log

HOUR_S, DAY_S = 3600, 86_400
_CUSTOMER_SHIFT = 1 << 34
EVENT_COLUMN = {"payment": "paid", "order": "ordered"}


def converted(desk: Desk, log: Log) -> Floats:
    """1 where the contact brought an order that was not refunded, else 0, by ``[incentive.attribution]``.

    Where the log says when orders were placed or paid, each is credited to the first or last contact of its customer
    within the window before it. Where it does not, its own column ``converted`` stands. Refunded within
    ``refund_days`` (or at all, where no time is given) is no conversion. One credit a customer and day. A contact that
    does not count takes no order from one that does; of one in several parts the whole has it.
    """
    rule = desk.settings.incentive.attribution
    asked = log.handled & (log.column("converted").notna().to_numpy() if "converted" in log.given else True)
    able = asked & ~log.found("hang_up")
    credited = _by_event(desk, log, able) if _has_events(desk, log) else _by_log(log) & able
    whole = np.zeros(len(credited), dtype=bool)
    whole[whole_of(log)[credited]] = True
    if rule.one_a_day and "customer" in log.given:
        whole = _one_a_day(log, whole, rule.agent)
    return np.where(asked, whole, np.nan)


def attribution_findings(desk: Desk, log: Log) -> Iterator[Finding]:
    """What the log leaves open about orders."""
    if not {"converted", "paid", "ordered"} & log.given:
        return
    rule = desk.settings.incentive.attribution
    if not _has_events(desk, log):
        column = EVENT_COLUMN[rule.event] if "customer" in log.given else "customer"
        yield Finding("attribution_by_log", "note", "contacts", column=column)
    if blank := int((log.handled & _nameless(desk, log)).sum()):
        yield Finding("customer_blank", "warning", "contacts", column="customer", facts={"count": blank})
    if not {"refunded", "refunded_at"} & log.given:
        yield Finding("refunds_unknown", "warning", "contacts", column="refunded")
    if rule.one_a_day and "customer" not in log.given:
        yield Finding("customers_unknown", "note", "contacts", column="customer")


def _has_events(desk: Desk, log: Log) -> bool:
    return {EVENT_COLUMN[desk.settings.incentive.attribution.event], "customer"} <= log.given


def _nameless(desk: Desk, log: Log) -> Flags:
    """Contacts without a customer, where orders are credited by the customer."""
    return (log.customer < 0) & _has_events(desk, log)


def _by_log(log: Log) -> Flags:
    return log.flag("converted") & ~log.flag("refunded")


def _by_event(desk: Desk, log: Log, able: Flags) -> Flags:
    rule = desk.settings.incentive.attribution
    event_s = log.seconds(EVENT_COLUMN[rule.event])
    customer = log.customer
    bought = np.flatnonzero(~np.isnan(event_s) & (customer >= 0) & ~_refunded(log, event_s, rule.refund_days))
    moment_s = _moment_s(log)
    rows = np.flatnonzero(able & (customer >= 0))
    rows = rows[np.argsort(_key(customer, moment_s)[rows], kind="stable")]
    key = _key(customer, moment_s)[rows]
    latest = _key(customer, np.nan_to_num(event_s))[bought]
    if rule.agent == "last":
        place = np.searchsorted(key, latest, side="right") - 1
    else:
        place = np.searchsorted(key, latest - int(HOUR_S * rule.window_h), side="left")
    inside = (place >= 0) & (place < len(key))
    near = key[np.where(inside, place, 0)] if len(key) else np.zeros(len(place), dtype=np.int64)
    inside &= (near <= latest) & (near >= latest - int(HOUR_S * rule.window_h))
    credited = np.zeros(len(log.agent), dtype=bool)
    chosen = rows[place[inside]]
    credited[chosen[customer[chosen] == customer[bought[inside]]]] = True
    return credited


def _refunded(log: Log, event_s: Floats, days: float) -> Flags:
    back_s = log.seconds("refunded_at")
    return np.where(np.isnan(back_s), log.flag("refunded"), back_s - event_s <= DAY_S * days)


def _one_a_day(log: Log, credited: Flags, whose: str) -> Flags:
    """Of the credits of a customer and day, the first or the last."""
    customer = log.customer
    rows = np.flatnonzero(credited & (customer >= 0))
    own = pd.DataFrame({"customer": customer[rows], "day": log.day[rows], "moment": _moment_s(log)[rows], "row": rows})
    own = own.sort_values("moment", kind="stable")
    kept = ~own.duplicated(["customer", "day"], keep="first" if whose == "first" else "last")
    dropped = own.loc[~kept, "row"].to_numpy()
    found = credited.copy()
    found[dropped] = False
    return found


def _moment_s(log: Log) -> Floats:
    assigned = log.seconds("assigned")
    return np.where(np.isnan(assigned), log.seconds("arrived"), assigned)


def _key(customer: Ints, moment_s: Floats) -> Ints:
    return customer * _CUSTOMER_SHIFT + np.floor(moment_s).astype(np.int64)
