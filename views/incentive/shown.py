"""What the page on incentives shows: a scoring of the store, or the simulated log of the chosen plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import pandas as pd

from desk.settings import IncentiveSettings
from incentive.measure import Measure, measures
from planner.pay.run import PROJECTED, kind_of
from store import Principal, ScoreRun
from views.assessed import circumstances
from views.incentive.runs import currency_of, names_of, scheme_of, scores_of
from views.opened import OpenPlan
from views.summary import with_names

SIMULATED = "simulated"


@dataclass(frozen=True)
class Shown:
    """Scores with what is needed to draw them.

    Parameters
    ----------
    kind : ``settled``, ``appealed``, ``projected`` or ``simulated``.
    scores : table ``scores`` with ``team``, and ``load`` and ``days`` where the measure has them.
    run : None where it is the plan's simulated log.
    """

    kind: str
    scores: pd.DataFrame
    scheme: IncentiveSettings
    currency: str
    run: ScoreRun | None = None
    plan: OpenPlan | None = None
    principal: Principal | None = None

    @property
    def measured(self) -> bool:
        """Whether its scores are of a log, and no mere expectation of pay."""
        return self.kind != PROJECTED

    def measures(self) -> Mapping[str, Measure]:
        """The measures that somebody has, in the order of their declaration."""
        there = set(self.scores["measure"])
        return {name: own for name, own in measures(self.scheme.reply_limits_s).items() if name in there}

    def named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """``rows`` with the agents' names in front."""
        if self.plan is not None:
            return with_names(rows, self.plan.planned.desk)
        if self.run is None or self.principal is None:
            return rows.assign(name=rows["agent"])
        names = names_of(self.principal, self.run, tuple(dict.fromkeys(rows["agent"])))
        rest = rows.drop(columns="name", errors="ignore")
        return rest.assign(name=rows["agent"].map(names))[["name", *rest.columns]]


def shown_run(principal: Principal, run: ScoreRun) -> Shown:
    """A scoring of the store."""
    scores = scores_of(principal, run.id)
    return Shown(kind_of(run), scores, scheme_of(run), currency_of(run), run, principal=principal)


def shown_plan(plan: OpenPlan) -> Shown:
    """The simulated log of a plan."""
    desk = plan.planned.desk
    team = desk.table("agents").drop_duplicates("agent").set_index("agent")["team"]
    scores = plan.planned.scores
    scores = scores.assign(team=scores["agent"].map(team), load=nan, days=None)
    return Shown(SIMULATED, scores, desk.settings.incentive, desk.settings.currency, plan=plan)


def with_circumstances(own: Shown, wait_s: float) -> Shown | None:
    """With load and days, which of a plan have to be worked out first; None where that takes longer than ``wait_s``."""
    if own.plan is None:
        return own
    more = circumstances.within(wait_s, own.plan)
    if more is None:
        return None
    if more.empty:
        return own
    scores = own.scores.drop(columns=["load", "days"]).merge(more, on=["agent", "measure"], how="left")
    return Shown(own.kind, scores, own.scheme, own.currency, plan=own.plan)


def team_days(scores: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A measure by team and day: name (of the team), part (the day), contacts, observed, expected."""
    own = scores[(scores["measure"] == measure) & scores["days"].map(lambda days: isinstance(days, list))]
    rows = [
        (team, date, contacts, contacts * observed, contacts * expected)
        for team, days in zip(own["team"].fillna(""), own["days"], strict=True)
        for date, contacts, observed, expected in days
        if None not in (contacts, observed, expected)
    ]
    sums = pd.DataFrame(rows, columns=["name", "part", "contacts", "observed", "expected"])
    sums = sums.groupby(["name", "part"], as_index=False, sort=True).sum()
    some = sums["contacts"].where(sums["contacts"] > 0)
    return sums.assign(observed=sums["observed"] / some, expected=sums["expected"] / some)
