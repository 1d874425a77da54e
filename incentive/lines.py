"""From a contact to the cent: every contact and every day that earned an agent something, and what was left out."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from incentive.evidence import Evidence, Result, valid
from incentive.log import Floats, Ints, Log
from incentive.reward import REWARDS, queue_weight
from incentive.statement import Statements

COLUMNS = ("measure", "contact", "start", "queue", "load", "result", "expected", "units", "amount", "left_out")


def contact_lines(told: Statements) -> Iterator[tuple[str, pd.DataFrame]]:
    """Agent by agent, the lines behind the money of a statement.

    Yields
    ------
    The agent and a frame of ``COLUMNS``: one row per valid contact of a paid share, one per day of a reward (its
    ``contact`` is blank), and one per contact that a guard left out, named in ``left_out``. ``result`` and ``expected``
    as the measure counts them, ``units`` that earn money, ``amount`` its part of what the measure paid the agent, in
    currency: the amounts of a measure add up to its line of the statement. ``start`` is on the desk's wall clock.
    """
    found = told.assessment
    paid = {str(part.measure): _paid_by_code(told, part.paid / told.ledger.unit) for part in told.ledger.parts}
    parts = [_lines(found.evidence, result, paid[name]) for result in found.results
             if (name := result.measure.name) in paid]  # fmt: skip
    some = [*parts, *_left_out(found.evidence.log)]
    whole = pd.concat(some, ignore_index=True) if some else pd.DataFrame(columns=["who", *COLUMNS])
    whole = whole.sort_values(["who", "start", "contact", "measure"], kind="stable", ignore_index=True)
    ends = np.searchsorted(whole["who"].to_numpy(), np.arange(len(found.evidence.log.agents) + 1))
    for place, agent in enumerate(found.evidence.log.agents):
        own = whole.iloc[ends[place] : ends[place + 1]]
        yield str(agent), own[list(COLUMNS)].reset_index(drop=True)


def _paid_by_code(told: Statements, amounts: Floats) -> Floats:
    """What each agent of the log is paid, in the log's order."""
    paid = pd.Series(amounts, index=list(told.ledger.agents))
    return np.asarray(paid.reindex(told.assessment.evidence.log.agents).fillna(0.0), dtype=np.float64)


def _lines(evidence: Evidence, result: Result, paid: Floats) -> pd.DataFrame:
    own = reward_days(evidence, result) if result.measure.kind == "reward" else _contacts(evidence, result)
    whole = own.groupby("who")["units"].transform("sum")
    share = own["units"] / whole.where(whole > 0)
    return own.assign(measure=result.measure.name, amount=share.fillna(0.0) * paid[own["who"]], left_out="")


def _contacts(evidence: Evidence, result: Result) -> pd.DataFrame:
    log, desk, kept = evidence.log, evidence.desk, result.kept
    weight = queue_weight(desk, log)[log.queue[kept]]
    worth = weight * np.minimum(1 / result.rows.expected, desk.settings.incentive.claim_max)
    measured = {"result": result.rows.number, "expected": result.rows.expected, "units": worth * result.rows.number}
    return _of(log, kept).assign(load=evidence.around.load[kept], **measured)


def reward_days(evidence: Evidence, result: Result) -> pd.DataFrame:
    """The days of a reward: ``who`` (place of the agent in the log), ``start`` (the day), ``units`` credited."""
    measure, log = result.measure, evidence.log
    counted = log.handled & valid(measure, evidence)
    days = REWARDS[measure.source](evidence.desk, log, evidence.around, evidence.duty, counted)
    own = {"who": days["agent"], "start": pd.to_datetime(days["day"], unit="D").astype("datetime64[s]"), "contact": ""}
    measured = {"result": days["done_min"], "expected": days["quota_min"], "units": days["credit_min"]}
    return pd.DataFrame(own | {"queue": "", "load": np.nan} | measured)


def _left_out(log: Log) -> Iterator[pd.DataFrame]:
    blank = dict.fromkeys(("load", "result", "expected", "units", "amount"), np.nan)
    for guard, found in log.guarded.items():
        rows = np.flatnonzero(found & (log.agent >= 0))
        if len(rows):
            yield _of(log, rows).assign(measure="", left_out=guard, **blank)


def _of(log: Log, rows: Ints) -> pd.DataFrame:
    queue = np.array(log.queues, dtype=object)[log.queue[rows]]
    contact = log.column("contact").to_numpy(dtype=object)[rows]
    start: pd.Series[pd.Timestamp] = log.column("arrived").iloc[rows].dt.tz_localize(None).astype("datetime64[s]")
    return pd.DataFrame({"who": log.agent[rows], "contact": contact, "queue": queue, "start": start.to_numpy()})
