"""Desks planned by fixed headcounts: nothing is forecast of them; what was asked for beside who is there."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from desk import Basis, Desk, Finding, Forecast, InputError, Plan, basis_of

COLUMNS = ["date", "shift", "start", "queue", "required", "there", "short", "over", "cost"]


def is_by_headcounts(forecast: Forecast) -> bool:
    """Whether a plan was made by headcounts alone: then nothing was forecast, nor predicted, simulated or scored."""
    return not forecast.queues


def nothing_forecast(desk: Desk) -> Forecast:
    """One path of no queue."""
    paths = np.zeros((1, len(desk.starts), 0), dtype=np.float32)
    return Forecast(desk.starts, (), paths, desk.settings.interval_min)


def refuse_headcounts(desk: Desk) -> None:
    """Make sure that the desk is one to be forecast.

    Raises
    ------
    InputError : it is planned by headcounts alone.
    """
    if basis_of(desk) is Basis.HEADCOUNTS:
        raise InputError([Finding("nothing_forecast", file="cover")])


def told_of(desk: Desk) -> Iterator[Finding]:
    """A note where the desk is planned by headcounts: what is left out, and how it would come in."""
    if basis_of(desk) is Basis.HEADCOUNTS:
        yield Finding("planned_by_headcounts", "note", "cover", facts={"count": len(desk.table("cover"))})


def headcounts(desk: Desk, roster: pd.DataFrame, duty: pd.DataFrame) -> pd.DataFrame:
    """Each row of table ``cover`` within the horizon beside who is there.

    Parameters
    ----------
    roster, duty : tables of a plan.

    Returns
    -------
    date (the local day), shift, start, queue (two of these three blank, as in ``cover``), required, there, short, over
    (heads), cost (currency); in time.
    """
    cover = desk.table("cover")
    parts = [_on_shifts(desk, cover, roster), _in_queues(desk, cover, duty)]
    own = pd.concat([part for part in parts if len(part)]) if any(map(len, parts)) else parts[0]
    short = (own["required"] - own["there"]).clip(lower=0.0)
    over = (own["there"] - own["required"]).clip(lower=0.0)
    cost = short * own["under_cost"] + over * own["over_cost"]
    told = own.assign(short=short, over=over, cost=cost)[COLUMNS]
    return told.sort_values(["date", "start", "shift", "queue"], ignore_index=True)


def most_missing(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows of :func:`headcounts` with fewer people than asked for, most missing first."""
    short = counted[counted["short"] > 0]
    return short.sort_values("short", ascending=False, kind="stable", ignore_index=True)


def _on_shifts(desk: Desk, cover: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    own = cover[cover["date"].isin(desk.dates) & cover["shift"].notna()]
    heads = roster.groupby(["date", "shift"]).size()
    places = pd.MultiIndex.from_frame(own[["date", "shift"]])
    return own.assign(there=heads.reindex(places).fillna(0.0).to_numpy(dtype=np.float64))


def _in_queues(desk: Desk, cover: pd.DataFrame, duty: pd.DataFrame) -> pd.DataFrame:
    own = cover[cover["start"].isin(desk.starts) & cover["queue"].notna()]
    heads = duty.groupby(["start", "activity"]).size()
    places = pd.MultiIndex.from_frame(own[["start", "queue"]])
    there = heads.reindex(places).fillna(0.0).to_numpy(dtype=np.float64)
    return own.assign(date=own["start"].dt.tz_localize(None).dt.normalize(), there=there)


def missed(desk: Desk, plan: Plan) -> Iterator[Finding]:
    """A warning where fewer people are there than table ``cover`` asks for."""
    own = headcounts(desk, plan.roster, plan.duty) if desk.has("cover") else pd.DataFrame({"short": []})
    short = most_missing(own)
    if short.empty:
        return
    worst = short.iloc[0]
    facts = {"count": len(short), "rows": len(own), "heads": float(short["short"].sum()), "when": worst["date"]}
    if pd.notna(worst["shift"]):
        yield Finding("headcounts_missed", "warning", "cover", value=str(worst["shift"]), facts=facts | _of(worst))
    else:
        facts["when"] = worst["start"]
        words = facts | _of(worst)
        yield Finding("headcounts_missed_in_queue", "warning", "cover", value=str(worst["queue"]), facts=words)
    yield from _cheap(desk, short)


def _cheap(desk: Desk, short: pd.DataFrame) -> Iterator[Finding]:
    """A warning where a missing head is priced below what its shift is paid at least: the plan leaves it empty."""
    paid_h = desk.table("shifts").set_index("shift")["paid_h"]
    least = short["shift"].map(paid_h) * desk.table("agents")["cost_per_h"].min()
    price = short["cost"] / short["short"]
    own = short.assign(price=price, wage=least)[(price > 0) & (price < least)]
    if len(own):
        facts: dict[str, Any] = {
            "count": len(own),
            "price": float(own["price"].iloc[0]),
            "wage": float(own["wage"].iloc[0]),
        }
        facts["currency"] = desk.settings.currency
        yield Finding("headcounts_cheap", "warning", "cover", value=str(own["shift"].iloc[0]), facts=facts)


def _of(row: "pd.Series[Any]") -> dict[str, float]:
    return {name: float(row[name]) for name in ("required", "there")}
