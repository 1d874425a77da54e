"""Everything that a planning run found, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pandas as pd

from desk import Curves, Desk, Finding, Forecast, Plan, Simulation
from planner.headline import Headline, from_then_on
from planner.verdict import Exit, exit_code, replanned_at


@dataclass(frozen=True)
class Planned:
    """A plan with all that it rests on and all that follows from it.

    Parameters
    ----------
    plan : the roster; its ``service`` holds the predicted and the simulated columns.
    simulation : the witness; its ``contacts`` are the log of one replication.
    scores : table ``scores`` of the simulated log: what the incentives would pay.
    brief : the numbers asked for first.
    findings : of the service and the certificate, the desk, the forecast, the roster, the simulated log.
    seconds : wall-clock s by phase.
    made_at : UTC.
    marginals : table ``marginals``: what one more of something is worth; empty where it was not worked out.
    offers : table ``offers``: what of the plan could be offered to volunteers; likewise.
    """

    desk: Desk
    forecast: Forecast
    curves: Curves
    plan: Plan
    simulation: Simulation
    scores: pd.DataFrame
    brief: Headline
    findings: tuple[Finding, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    marginals: pd.DataFrame = field(default_factory=pd.DataFrame)
    offers: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def then(self) -> pd.Timestamp | None:
        """The moment from which on the plan was made anew; None where it was planned whole."""
        return replanned_at(self.plan)

    @property
    def ahead(self) -> Headline:
        """The brief with service and overload of what was still to come when the plan was made."""
        return self.brief if self.then is None else from_then_on(self.brief, self.plan.service, self.then)

    @property
    def exit_code(self) -> Exit:
        """How the command that made it ends."""
        return exit_code(self.findings)
