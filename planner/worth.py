"""What one person more and one person fewer of each kind would change in a plan, from table ``marginals``."""

import pandas as pd

from planner.planned import Planned

_KIND = ["contract", "skills"]
_NUMBERS = ("value", "cost", "net")


def more_and_fewer(planned: Planned) -> pd.DataFrame:
    """One row a kind of people (contract and queues they can take).

    Returns
    -------
    ``contract, skills, people``: how many there are; ``more_value, more_cost, more_net``: what one more saves, is paid,
    and saves after pay (at least: others could react); ``fewer_value, fewer_cost,
    fewer_net``: what is lost without the one who can best be spared, the pay saved, and the loss after that (at most:
    on larger desks nobody fills in). Blank where a kind was not asked for. Currency.
    """
    values = planned.marginals
    if values.empty or planned.plan.roster.empty:
        return pd.DataFrame(columns=[*_KIND, "people", *(f"more_{own}" for own in _NUMBERS)])
    more = values[(values["kind"] == "agent") & values["date"].isna()]
    both = _named(more, "more").merge(_named(values[values["kind"] == "spared"], "fewer"), on=_KIND, how="outer")
    there = _people(planned).reindex(pd.MultiIndex.from_frame(both[_KIND]))
    return both.assign(people=there.to_numpy()).sort_values("more_net", ascending=False, ignore_index=True)


def _named(frame: pd.DataFrame, which: str) -> pd.DataFrame:
    return frame[[*_KIND, *_NUMBERS]].rename(columns={own: f"{which}_{own}" for own in _NUMBERS})


def _people(planned: Planned) -> "pd.Series[int]":
    """How many people there are of each kind."""
    skills = planned.desk.table("skills").sort_values("queue").groupby("agent")["queue"].agg("|".join)
    agents = planned.desk.table("agents").set_index("agent")["contract"].to_frame().join(skills.rename("skills"))
    return agents.dropna().groupby(_KIND).size()
