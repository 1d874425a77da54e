"""What people's days say must not contradict itself: leave, fixed assignments, days before the horizon."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.load.draft import Draft
from desk.load.references import OFF

Mask = npt.NDArray[np.bool_]


def check_days(draft: Draft) -> None:
    """Note fixed assignments that can't be kept and days on the wrong side of the horizon's start."""
    if draft.has("pinned", "agent", "date", "shift"):
        _check_pinned(draft, draft.frames["pinned"])
    if draft.settings is None:
        return
    horizon = draft.settings.horizon
    if draft.has("worked", "date"):
        late = draft.frames["worked"]["date"] >= np.datetime64(horizon.start)
        draft.mark("worked_in_horizon", "worked", "date", late)
    for name in ("pinned", "requests", "cover"):
        if draft.has(name, "date"):
            day = draft.frames[name]["date"]
            outside = (day < np.datetime64(horizon.start)) | (day >= np.datetime64(horizon.end))
            draft.mark("outside_horizon", name, "date", outside, severity="warning")


def _check_pinned(draft: Draft, pinned: pd.DataFrame) -> None:
    working = np.asarray(pinned["shift"].notna() & (pinned["shift"] != OFF), dtype=bool)
    if draft.has("leave", "agent", "date"):
        pairs = pd.MultiIndex.from_frame(draft.frames["leave"][["agent", "date"]].dropna())
        own = pd.MultiIndex.from_frame(pinned[["agent", "date"]])
        draft.mark("pinned_on_leave", "pinned", "date", working & own.isin(pairs))
    if draft.has("agents", "agent"):
        draft.mark("pinned_absent", "pinned", "date", working & _absent(draft, pinned))
        draft.mark("pinned_not_allowed", "pinned", "shift", working & _not_allowed(draft, pinned))


def _absent(draft: Draft, pinned: pd.DataFrame) -> Mask:
    agents = draft.frames["agents"].drop_duplicates("agent").set_index("agent")
    first, after = pinned["agent"].map(agents["from"]), pinned["agent"].map(agents["to"])
    return np.asarray((pinned["date"] < first) | (pinned["date"] >= after), dtype=bool)


def _not_allowed(draft: Draft, pinned: pd.DataFrame) -> Mask:
    """Whether the agent's contract does not allow the shift."""
    allowed = allowed_shifts(draft)
    contracts = draft.frames["agents"].drop_duplicates("agent").set_index("agent")["contract"]
    pairs = zip(pinned["agent"].map(contracts), pinned["shift"], strict=True)
    known = set(draft.frames["shifts"]["shift"].dropna()) if "shifts" in draft.frames else set()
    return np.array([shift in known and shift not in allowed.get(name, known) for name, shift in pairs], dtype=bool)


def allowed_shifts(draft: Draft) -> dict[str, set[str]]:
    """Contract -> shifts that both the contract and the shift itself allow."""
    if draft.settings is None or not draft.has("shifts", "shift"):
        return {}
    shifts = draft.frames["shifts"]
    found: dict[str, set[str]] = {}
    for name, contract in draft.settings.contracts.items():
        open_to = [not only or name in only for only in shifts["contracts"]]
        own = set(shifts["shift"][open_to].dropna())
        found[name] = own if contract.shifts is None else own & set(contract.shifts)
    return found


def employed_days(draft: Draft) -> pd.DataFrame:
    """Days of the horizon on which each agent is employed (``employed``), and how many of them are leave (``away``).

    One row per row of agents.
    """
    assert draft.settings is not None
    agents, horizon = draft.frames["agents"], draft.settings.horizon
    start, end = pd.Timestamp(horizon.start), pd.Timestamp(horizon.end)
    first = agents["from"].where(agents["from"] > start, start)
    after = agents["to"].where(agents["to"] < end, end)
    employed = (after - first).dt.days.clip(lower=0)
    if not draft.has("leave", "agent", "date"):
        return pd.DataFrame({"employed": employed, "away": 0})
    leave = draft.frames["leave"].drop_duplicates(["agent", "date"])
    spans = leave.merge(agents[["agent"]].assign(first=first, after=after), on="agent")
    days = spans[(spans["date"] >= spans["first"]) & (spans["date"] < spans["after"])].groupby("agent").size()
    return pd.DataFrame({"employed": employed, "away": agents["agent"].map(days).fillna(0).astype(int)})


def days_there(draft: Draft) -> "pd.Series[int]":
    """How many people are employed and not on leave, by day of the horizon."""
    assert draft.settings is not None
    horizon, agents = draft.settings.horizon, draft.frames["agents"].drop_duplicates("agent")
    dates = pd.date_range(horizon.start, horizon.end, inclusive="left")
    moments = dates.to_numpy()[:, None]
    first, after = agents["from"].to_numpy(), agents["to"].to_numpy()
    employed = ~((moments < first) | (moments >= after))
    if draft.has("leave", "agent", "date"):
        leave = draft.frames["leave"][["agent", "date"]].dropna()
        days = dates.get_indexer(pd.DatetimeIndex(leave["date"]))
        people = pd.Index(agents["agent"]).get_indexer(pd.Index(leave["agent"]))
        known = (days >= 0) & (people >= 0)
        employed[days[known], people[known]] = False
    return pd.Series(employed.sum(axis=1), index=dates)
