"""Projects a stored plan's incentives: simulated logs, scored and paid as measured ones, kept like a scoring."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from desk import Desk
from desk.currency import smallest
from desk.nouns import Report
from planner.kept import load_standing
from planner.pay.run import PROJECTED
from planner.pay.settle import saved_by, summary_of
from store import Principal, ScoreRun, Store, load_desk_version, save_scores

if TYPE_CHECKING:
    from incentive.projection import Projection

RUNS = 20


def project_plan(
    store: Store, principal: Principal, version: str, plan: str, name: str, runs: int, report: Report, job: int
) -> ScoreRun:
    """Play plan ``plan`` ``runs`` times, pay each time by the scheme of desk version ``version``, and save what each
    agent may expect; nobody gets a statement of what did not happen.
    """
    from planner.projection import projected

    if done := saved_by(store, principal, job):
        return done
    planned = load_standing(store, principal, plan)
    scheme = load_desk_version(store, principal, version).settings.incentive
    desk = _with_scheme(planned.desk, scheme)
    made = projected(planned, runs, planned.simulation.seed, desk, report)
    frame = projected_rows(made)
    summary = summary_of(desk, made.findings) | _told(made, frame) | {"kind": PROJECTED, "plan": plan, "job": job}
    return save_scores(store, principal, name, frame, version, summary=summary)


def projected_rows(made: "Projection") -> pd.DataFrame:
    """Per agent the payout expected (row ``composite``) with its 10-90 % range ``pay_low``, ``pay_high``; per agent and
    paid measure ``there_h``, ``claim``, what could have been earned at ``most``, and the ``chance`` that the roster
    leaves (``reachable``, ``little``, ``unreachable``).
    """
    paid = made.payouts().rename(columns={"mean": "payout", "low": "pay_low", "high": "pay_high"})
    whole = paid[["agent", "payout", "pay_low", "pay_high"]].assign(measure="composite")
    chances = made.chances.rename(columns={"verdict": "chance"})
    parts = chances[["agent", "measure", "there_h", "claim", "most", "chance"]]
    people = made.desk.table("agents").drop_duplicates("agent").set_index("agent")["team"]
    rows = pd.concat([whole, parts], ignore_index=True)
    rows = rows.assign(team=rows["agent"].map(people)).astype({"agent": "str", "measure": "str"})
    return rows.sort_values(["agent", "measure"], kind="stable", ignore_index=True)


def _with_scheme(desk: Desk, scheme: Any) -> Desk:
    from incentive.scheme import with_incentive

    return with_incentive(desk, scheme.model_dump())


def _told(made: "Projection", frame: pd.DataFrame) -> dict[str, Any]:
    days = made.desk.dates
    whole = frame.loc[frame["measure"] == "composite", "payout"].sum()
    return {
        "period": [f"{days[0]:%Y-%m-%d}", f"{days[-1]:%Y-%m-%d}"],
        "runs": len(made.scores),
        "paid": float(whole),
        "paid_cents": round(smallest(made.desk.settings.currency) * float(whole)),
        "needed": {f"{level:.2f}": value for level, value in made.needed().items()},
    }
