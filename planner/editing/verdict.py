"""What an edit would do, told before it is saved: rules broken and mended, money, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from desk import Desk, Finding
from planner.editing.cells import cells_of, differing, with_cells
from planner.editing.wanted import Standing, Wanted
from planner.news import news
from planner.planned import Planned
from planner.rows import rows
from store import CellEdit

if TYPE_CHECKING:
    from scheduler import Appraisal

_NOTHING = 0.005


@dataclass(frozen=True)
class Verdict:
    """The plan with an edit beside the plan as it stands.

    Parameters
    ----------
    edits : the cells that would be written; empty where it is so already.
    new, gone : what the independent audit finds with the edit only, and without it only.
    costs : term, before, after: the terms of the cost account that change, currency.
    cover : start, queue, required, before, after: effective agents of the intervals that change.
    """

    edits: tuple[CellEdit, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    costs: pd.DataFrame
    cover: pd.DataFrame

    @property
    def hard(self) -> tuple[Finding, ...]:
        """Hard rules that the edit breaks."""
        return tuple(one for one in self.new if one.severity == "error")

    @property
    def dearer(self) -> float:
        """Currency by which the plan gets dearer; cheaper where negative."""
        return float((self.costs["after"] - self.costs["before"]).sum())

    @property
    def short(self) -> tuple[float, float]:
        """Agents below what is required, before and after, over the intervals that change; agent intervals."""
        missing = [(self.cover["required"] - self.cover[name]).clip(lower=0.0).sum() for name in ("before", "after")]
        return float(missing[0]), float(missing[1])


def appraised(planned: Planned) -> "Appraisal":
    """Findings and costs of a plan as it stands; to be kept, since every edit is measured against it."""
    from scheduler import appraise

    return appraise(planned.desk, planned.plan, planned.curves)


def verdict(planned: Planned, standing: Standing, wanted: Sequence[Wanted], before: "Appraisal") -> Verdict:
    """What the plan would be with what is wanted.

    Parameters
    ----------
    planned : as it stands, as ``standing`` is.
    before : :func:`appraised` of it.

    Raises
    ------
    InputError : what is wanted can't be had at all.
    """
    from scheduler import appraise

    service = planned.plan.service
    edits = differing(standing, cells_of(planned.desk, standing, wanted, service))
    if not edits:
        return Verdict(
            (), (), (), changed_costs(before.costs, before.costs), _cover(planned.desk, service, standing, ())
        )
    edited = with_cells(standing, edits)
    after = appraise(planned.desk, replace(planned.plan, roster=edited.roster, duty=edited.duty), planned.curves)
    new, gone = news(before.findings, after.findings), news(after.findings, before.findings)
    costs = changed_costs(before.costs, after.costs)
    return Verdict(edits, tuple(new), tuple(gone), costs, _cover(planned.desk, service, standing, edits))


def changed_costs(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The terms that differ, those that change most first: term, before, after."""
    sides = {name: own.set_index("term")["amount"] for name, own in (("before", before), ("after", after))}
    both = pd.DataFrame(sides).fillna(0.0).rename_axis("term").reset_index()
    order = (both["after"] - both["before"]).abs().sort_values(ascending=False, kind="stable")
    return both.loc[order[order >= _NOTHING].index].reset_index(drop=True)


def _cover(desk: Desk, service: pd.DataFrame, standing: Standing, edits: Sequence[CellEdit]) -> pd.DataFrame:
    """Effective agents before and after in the intervals and queues that the edits touch."""
    skills = desk.table("skills")
    worth = dict(zip(zip(skills["agent"], skills["queue"], strict=True), skills["proficiency"], strict=True))
    people = standing.duty[standing.duty["agent"].isin({one.agent for one in edits})]
    was = {(row.agent, row.start): row.activity for row in rows(people)}
    change: dict[tuple[pd.Timestamp, str], float] = {}
    for one in edits:
        start = pd.Timestamp(one.start)
        for role, sign in ((was.get((one.agent, start)), -1.0), (one.activity, 1.0)):
            if (one.agent, role) in worth:
                change[start, str(role)] = change.get((start, str(role)), 0.0) + sign * worth[one.agent, str(role)]
    told = pd.DataFrame([(*key, value) for key, value in change.items() if value], columns=["start", "queue", "change"])
    if told.empty or service.empty:
        return pd.DataFrame(columns=["start", "queue", "required", "before", "after"])
    told["start"] = told["start"].astype(service["start"].dtype)
    joined = service[["start", "queue", "required", "effective_agents"]].merge(told, on=["start", "queue"])
    joined = joined.rename(columns={"effective_agents": "before"})
    return joined.assign(after=joined["before"] + joined.pop("change")).sort_values(
        ["queue", "start"], ignore_index=True
    )
