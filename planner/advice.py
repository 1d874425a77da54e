"""Hiring, training and overtime as advice: what is worth its price, best first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from planner.rows import rows

Kind = Literal["agent", "trained", "overtime_h"]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that could be had more of.

    Parameters
    ----------
    kind : as table ``marginals`` has it. saves, paid, gain : currency, over the horizon or on ``date``.
    contract, skills, queue, date : what of it is named there, else empty.
    supposition : the same as a what-if is told it.
    """

    kind: Kind
    saves: float
    paid: float
    gain: float
    supposition: str
    contract: str = ""
    skills: str = ""
    queue: str = ""
    date: pd.Timestamp | None = None

    @property
    def pays(self) -> bool:
        """Whether it is worth more than it is paid."""
        return self.gain > 0


def advice(marginals: pd.DataFrame) -> tuple[Advice, ...]:
    """Everything that table ``marginals`` has a worth of, the largest gain first; of overtime the best day of each
    queue.
    """
    if marginals.empty:
        return ()
    return tuple(sorted(_all(marginals), key=lambda own: -own.gain))


def _all(marginals: pd.DataFrame) -> Iterator[Advice]:
    whole = marginals[marginals["date"].isna()]
    for row in rows(whole[whole["kind"] == "agent"]):
        own = f"agents.{row.contract}:{row.skills}+1"
        yield Advice("agent", row.value, row.cost, row.net, own, row.contract, row.skills)
    for row in rows(whole[whole["kind"] == "trained"]):
        own = f"train.{row.queue}+1"
        yield Advice("trained", row.value, row.cost, row.net, own, row.contract, row.skills, row.queue)
    hours = marginals[marginals["kind"] == "overtime_h"].sort_values("net", ascending=False, kind="stable")
    for row in rows(hours.drop_duplicates("queue")):
        own = f"overtime.{row.queue}+1"
        yield Advice("overtime_h", row.value, row.cost, row.net, own, queue=row.queue, date=row.date)


def by_day(marginals: pd.DataFrame, kind: str) -> pd.DataFrame:
    """What one more of a kind is worth on each day: ``words`` (of whom or what), ``date, amount`` (currency, after pay;
    work beyond the load is paid nothing and counts whole); only what is worth anything.
    """
    if marginals.empty:
        return pd.DataFrame(columns=["words", "date", "amount"])
    own = marginals[(marginals["kind"] == kind) & marginals["date"].notna() & (marginals["net"] > 0)]
    people = own["contract"] + ": " + own["skills"].str.replace("|", ", ", regex=False)
    words = people if kind == "agent" else own["queue"]
    return pd.DataFrame({"words": words.astype("str"), "date": own["date"], "amount": own["net"]}).reset_index(
        drop=True
    )
