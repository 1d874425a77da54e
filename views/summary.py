"""What pages show of a plan, as frames."""

import pandas as pd

from desk import Desk
from desk.natural import natural_rank
from planner.headline import Headline

_BEFORE = pd.Timedelta(days=7)


def volumes_by_phase(brief: Headline, ordinary: str) -> pd.DataFrame:
    """Inquiries by phase and queue: group, queue, mean, q10, q90; ``ordinary`` names the days outside the promotion."""
    groups = brief.volumes["group"].map(lambda group: group or ordinary)
    return brief.volumes.assign(group=groups)[["group", "queue", "mean", "q10", "q90"]]


def past(desk: Desk, queue: str) -> pd.DataFrame:
    """The last week counted of a queue, and all of the horizon that is known already.

    In inquiries per interval of the desk: the history may be counted coarser.
    """
    history = desk.table("history")
    own = history[history["queue"] == queue]
    since = min(own["start"].max(), desk.starts[0]) - _BEFORE if len(own) else desk.starts[0]
    counted_min = own["start"].diff().min() / pd.Timedelta(minutes=1)
    known = own[own["open"] & own["observed"] & (own["start"] >= since)]
    return known.assign(offered=known["offered"] * desk.settings.interval_min / counted_min)


def service_by_queue(brief: Headline) -> pd.DataFrame:
    """One row per queue: offered, target, shares within target predicted and simulated, lost, late, below target."""
    simulated = {own.queue: own for own in brief.agreements}
    rows = []
    for own in brief.queues:
        sim = simulated.get(own.queue)
        row = {"queue": own.queue, "offered": own.offered, "target": own.target_share, "share_within": own.share}
        row |= {"share_within_sim": sim.simulated if sim else None, "lost": own.lost, "lost_sim": own.lost_sim}
        rows.append(row | {"late": own.late, "below": f"{own.below} / {own.intervals}"})
    return pd.DataFrame(rows)


def people(desk: Desk, team: str | None = None) -> pd.DataFrame:
    """The agents, of one team or all, in the order of team and id."""
    agents = desk.table("agents")
    own = agents if team is None else agents[agents["team"] == team]
    return own.sort_values(["team", "agent"], ignore_index=True, key=natural_rank)


def names_in_order(desk: Desk) -> dict[str, str]:
    """Code -> code and name of every agent, in the order of the codes."""
    agents = desk.table("agents").sort_values("agent", key=natural_rank)
    return dict(zip(agents["agent"], agents["agent"] + " " + agents["name"].fillna(""), strict=True))


def with_names(frame: pd.DataFrame, desk: Desk) -> pd.DataFrame:
    """``frame`` with the agents' names in front; the id where an agent has no name."""
    names = desk.table("agents").set_index("agent")["name"]
    named = frame["agent"].map(names).fillna(frame["agent"])
    rest = frame.drop(columns="name", errors="ignore")
    return rest.assign(name=named)[["name", *rest.columns]]
