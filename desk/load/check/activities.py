"""Briefings and training must fit into their windows and onto the grid, and name people who exist."""

from desk.load.check.promotions import outside_horizon, refuse_backward
from desk.load.draft import Draft
from desk.load.header import closest


def check_activities(draft: Draft) -> None:
    """Note activities that can't be placed."""
    if not draft.has("activities", "minutes", "window_start", "window_end"):
        return
    frame = draft.frames["activities"]
    refuse_backward(draft, "activities", "window_start", "window_end")
    window_min = (frame["window_end"] - frame["window_start"]).dt.total_seconds() / 60
    small = (window_min > 0) & (window_min < frame["minutes"])
    draft.mark("window_too_small", "activities", "window_end", small)
    if draft.settings is not None:
        interval_min = draft.settings.interval_min
        off = frame["minutes"] % interval_min > 0
        draft.mark("off_interval", "activities", "minutes", off, facts={"interval": interval_min})
        outside = outside_horizon(draft.settings.horizon, frame["window_start"], frame["window_end"])
        draft.mark("outside_horizon", "activities", "window_start", outside, severity="warning")
    _check_who(draft)


def _check_who(draft: Draft) -> None:
    if not (draft.has("activities", "who") and draft.has("agents", "agent", "team")):
        return
    agents = draft.frames["agents"]
    known = dict.fromkeys([*sorted(agents["team"].dropna()), *sorted(agents["agent"].dropna())])
    unknown = draft.frames["activities"]["who"].map(
        lambda names: next((one for one in names if one not in known), None)
    )
    draft.mark(
        "unknown_who",
        "activities",
        "who",
        unknown.notna(),
        facts=lambda place: {"name": unknown.iloc[place], "known": closest(str(unknown.iloc[place]), list(known))},
    )
