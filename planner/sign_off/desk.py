"""What to look at for the plan as a whole: the audit, uncovered hours, whether rules and prices fit each other."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from desk import Basis, Desk, Finding, Plan, basis_of
from desk.settings import Contract, Limit
from planner.headcounts import headcounts, most_missing
from planner.output.finding_record import packed
from planner.rows import rows as rows_of
from store import Check

_PAIRS = (
    ("min_paid_h_day", "max_paid_h_day"),
    ("min_paid_h_week", "max_paid_h_week"),
    ("min_paid_h_horizon", "max_paid_h_horizon"),
    ("min_consecutive_days", "max_consecutive_days"),
)
_HOURLY = ("max_paid_h_day", "max_paid_h_week", "max_paid_h_horizon", "max_overtime_h_day", "max_overtime_h_month")

LESS_THAN_NOBODY = 0.5
"""Effective agents; a shortage below it is no missing person."""


def audit_checks(findings: Sequence[Finding]) -> Iterator[Check]:
    """What the independent audit found, finding by finding; one line where it found nothing."""
    for finding in findings:
        yield Check(
            "audit", finding.severity, str(finding.facts.get("agent") or "") or None, {"finding": packed(finding)}
        )
    if not findings:
        yield Check("audit_clean")


def cover_checks(desk: Desk, plan: Plan) -> Iterator[Check]:
    """For each live queue and day the hours with fewer agents than required; one line for a queue that is covered.

    What may wait needs nobody at a certain hour: its days of which too little is done in time. Where nothing is
    forecast, the fixed headcounts in place of both.
    """
    service, hours = plan.service, desk.settings.interval_min / 60
    if basis_of(desk) is Basis.HEADCOUNTS:
        yield from _headcount_checks(desk, plan)
        return
    if service.empty:
        yield Check("cover_unknown", "warning")
        return
    short = (service["required"] - service["effective_agents"]).clip(lower=0.0).fillna(0.0)
    rows = service.assign(
        short=short.where(short > LESS_THAN_NOBODY, 0.0), date=service["start"].dt.strftime("%Y-%m-%d")
    )
    for queue, own in rows.groupby("queue", sort=False):
        if desk.settings.queues[str(queue)].kind == "deferrable":
            yield from _late_checks(str(queue), own, desk.settings.queues[str(queue)].target.share)
            continue
        days = own[own["short"] > 0].groupby("date", sort=True)
        if not len(days):
            yield Check("covered", facts={"queue": queue})
        for date, part in days:
            worst = part.sort_values("short", kind="stable").iloc[-1]
            told = {"queue": queue, "date": date, "hours": len(part) * hours, "missing_h": part["short"].sum() * hours}
            told |= {"worst": f"{worst['start']:%H:%M}", "worst_missing": float(worst["short"])}
            yield Check("uncovered", "warning", None, told)


def _late_checks(queue: str, own: pd.DataFrame, wanted: float) -> Iterator[Check]:
    """The days of whose arrivals less than ``wanted`` is done by its deadline; one line where there is none."""
    in_time = own.assign(within=own["share_within"].fillna(0.0) * own["offered"])
    days = in_time.groupby("date", sort=True)[["offered", "within", "late"]].sum()
    missed = days[days["within"] < wanted * days["offered"] - LESS_THAN_NOBODY]
    if missed.empty:
        yield Check("in_time", facts={"queue": queue})
    for row in rows_of(missed.reset_index()):
        told = {"queue": queue, "date": row.date, "offered": row.offered, "late": row.late, "wanted": wanted}
        yield Check("not_in_time", "warning", None, told)


def _headcount_checks(desk: Desk, plan: Plan) -> Iterator[Check]:
    own = headcounts(desk, plan.roster, plan.duty)
    for row in rows_of(most_missing(own)):
        where = row.queue if pd.isna(row.shift) else row.shift
        when = f"{row.date:%Y-%m-%d}" if pd.isna(row.start) else f"{row.start:%Y-%m-%d %H:%M}"
        told = {"where": where, "when": when, "there": row.there, "required": row.required}
        yield Check("heads_missing", "warning", None, told)
    if not (own["short"] > 0).any():
        yield Check("heads_met", facts={"count": len(own)})


def price_checks(desk: Desk) -> Iterator[Check]:
    """Every queue's prices to look at; limits that cross, and prices below what they are to prevent."""
    for name, queue in desk.settings.queues.items():
        late_dearer = queue.late_value > queue.lost_value
        if queue.kind == "deferrable":  # nothing of it is lost, only late
            facts = {"queue": name, "late": queue.late_value, "currency": desk.settings.currency}
            yield Check("price_deferrable", "note", None, facts)
            continue
        told = {"queue": name, "lost": queue.lost_value, "late": queue.late_value, "currency": desk.settings.currency}
        yield Check("price_late" if late_dearer else "price", "warning" if late_dearer else "note", None, told)
    wages = desk.table("agents").groupby("contract")["cost_per_h"].mean()
    for name, contract in desk.settings.contracts.items():
        yield from _contract_checks(name, contract, float(wages.get(name, np.nan)))


def _contract_checks(name: str, contract: Contract, wage: float) -> Iterator[Check]:
    for low, high in _PAIRS:
        least, most = getattr(contract, low), getattr(contract, high)
        if least is not None and most is not None and least.limit > most.limit:
            told = {"contract": name, "low": low, "high": high, "least": least.limit, "most": most.limit}
            yield Check("limits_cross", "error", None, told)
    for key in _HOURLY:
        limit: Limit | None = getattr(contract, key)
        premium = wage * contract.overtime_premium
        if limit is not None and limit.price is not None and limit.price < premium:
            told = {"contract": name, "limit": key, "price": limit.price}
            yield Check("price_low", "warning", None, told)
