"""Does the simulation confirm the prediction? Where not: by how much, and in which hours the difference arises."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Finding

_NOTABLE = 0.01
_GRAVE = 0.05
_ECHO_H = 2.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Predicted against simulated service of one queue over the horizon.

    Parameters
    ----------
    predicted, simulated : share of the offered inquiries served within the target time.
    low, high : the simulation's band for ``simulated``: the intervals' confidence limits, weighted by what is offered
        (wide: it takes the intervals' errors for fully correlated).
    backlog : part of ``predicted - simulated`` from overloaded intervals and the two hours after them, where a
        backlog carries over that a prediction interval by interval doesn't see; none of a deferrable queue's, whose
        backlog the prediction follows.
    parallel : part from the other intervals of a queue with parallel chats, whose service is approximated.
    other : the rest.
    covered : share of the offered inquiries in intervals whose predicted share lies within the simulated limits.
    missed : share of the shifts that are missed in the simulation alone: ``rules.absence_share`` where people on call
        absorb some, else 0, since the prediction is then of those who come.
    """

    queue: str
    predicted: float
    simulated: float
    low: float
    high: float
    backlog: float
    parallel: float
    other: float
    covered: float
    missed: float = 0.0

    @property
    def difference(self) -> float:
        """Predicted minus simulated share."""
        return self.predicted - self.simulated

    @property
    def agrees(self) -> bool:
        """Whether the prediction lies within the simulation's band, give or take a point."""
        return self.low - _NOTABLE <= self.predicted <= self.high + _NOTABLE


def agreements(desk: Desk, service: pd.DataFrame) -> list[Agreement]:
    """One comparison for each queue whose service was both predicted and simulated.

    Parameters
    ----------
    service : table ``service`` with the simulated columns.
    """
    known = service[service[["share_within", "share_within_sim"]].notna().all(axis=1) & (service["offered"] > 0)]
    return [_compared(desk, str(queue), own) for queue, own in known.groupby("queue", sort=False)]


def disagreements(compared: Iterable[Agreement]) -> Iterator[Finding]:
    """A finding for each queue whose prediction the simulation does not confirm."""
    return (_finding(own) for own in compared if not own.agrees)


def _compared(desk: Desk, queue: str, own: pd.DataFrame) -> Agreement:
    own = own.sort_values("start")
    weight = (own["offered"] / own["offered"].sum()).to_numpy()
    predicted, simulated = own["share_within"].to_numpy(), own["share_within_sim"].to_numpy()
    low, high = own["share_within_sim_low"].to_numpy(), own["share_within_sim_high"].to_numpy()
    part = weight * (predicted - simulated)
    live = desk.settings.queues[queue].kind == "live"
    echo = live & _after_overload(own, round(_ECHO_H * 60 / desk.settings.interval_min))
    many = live and len(desk.settings.queues[queue].aht_s) > 1
    rest = float(part[~echo].sum())
    return Agreement(
        queue=queue,
        predicted=float(weight @ predicted),
        simulated=float(weight @ simulated),
        low=float(weight @ low),
        high=float(weight @ high),
        backlog=float(part[echo].sum()),
        parallel=rest if many else 0.0,
        other=0.0 if many else rest,
        covered=float(weight[(predicted >= low) & (predicted <= high)].sum()),
        missed=desk.settings.rules.absence_share if _calls(desk) else 0.0,
    )


def _calls(desk: Desk) -> bool:
    return bool((desk.table("shifts")["kind"] == "on_call").any())


def _after_overload(own: pd.DataFrame, intervals: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    over = (own["load"] > 1).astype("float64")
    return np.asarray(over.rolling(intervals + 1, min_periods=1).max() > 0)


def _finding(own: Agreement) -> Finding:
    facts = {
        "predicted": own.predicted, "simulated": own.simulated, "low": own.low, "high": own.high,
        "difference": own.difference, "backlog": own.backlog, "rest": own.parallel + own.other,
        "missed": own.missed,
    }  # fmt: skip
    alone = "service_differs_parallel" if own.parallel else "service_differs"
    code = "service_differs_missed" if own.missed else alone
    return Finding(code, "warning" if own.difference > _GRAVE else "note", value=own.queue, facts=facts)
