"""What a plan's scheme would pay, before the event: the same code on simulated logs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Desk, Finding
from desk.currency import smallest
from desk.listed import few
from desk.settings.incentive import PaidMeasure
from incentive.assess import Assessment, assess
from incentive.log import Floats
from incentive.pay import claims, payout
from incentive.scheme import with_incentive
from incentive.shifts import OF_PEOPLE

QUANTILES = {"low": 0.1, "median": 0.5, "high": 0.9}
NEEDS = (0.5, 0.8, 0.95)
FEW = 0.5


@dataclass(frozen=True)
class Projection:
    """Simulated logs, scored and paid.

    Parameters
    ----------
    desk : with the scheme that pays.
    scores : table ``scores`` of each log.
    chances : per agent and paid measure, what the roster makes possible: agent, measure, there_h (hours on duty, mean),
        claim (mean), most (mean of what could have been earned), claim_per_h, desk_per_h, verdict
        (``reachable``, ``little`` or ``unreachable``).
    findings : of the logs; a reward that the roster puts out of somebody's reach.
    """

    desk: Desk
    scores: tuple[pd.DataFrame, ...]
    chances: pd.DataFrame
    findings: tuple[Finding, ...]

    def payouts(self) -> pd.DataFrame:
        """Expected payout per agent with its range over the logs: agent, mean, low, median, high (currency)."""
        paid = pd.concat([payout(self.desk, own).set_index("agent")["amount"] for own in self.scores], axis=1)
        spread = {name: paid.quantile(level, axis=1) for name, level in QUANTILES.items()}
        return pd.DataFrame({"mean": paid.mean(axis=1)} | spread).reset_index()

    def needed(self) -> dict[float, float]:
        """Budget with which every unit would be paid at its price, in 50, 80 and 95 % of the logs (currency).

        A part with a price has that; another's is what the budget pays for a unit on average over the logs. The
        guarantees come first, and each part is its weight of the rest, so the part that needs most decides.
        """
        first, weights = self._guarantees(), self.desk.settings.incentive.weights
        rest = [self._need(name, share, first) for name, share in weights.items() if share > 0]
        whole = first + np.max(rest, axis=0, initial=0.0)
        return {level: float(np.quantile(whole, level, method="higher")) for level in NEEDS}

    def with_budget(self, budget: float) -> "Projection":
        """The same logs under another budget."""
        settings = self.desk.settings.incentive.model_dump() | {"budget": budget}
        return replace(self, desk=with_incentive(self.desk, settings))

    def _need(self, name: PaidMeasure, share: float, first: Floats) -> Floats:
        """What must be left after the guarantees for the part of a measure to last, in each log."""
        settings = self.desk.settings.incentive
        units = np.array([sum(claims(settings, own, name, tuple(own["agent"].unique()))) for own in self.scores])
        if name in settings.prices:
            return np.asarray(settings.prices[name] * units / share)
        usual = float(units.mean())
        return (settings.budget - float(first.mean())) * units / usual if usual > 0 else np.zeros(len(units))

    def _guarantees(self) -> Floats:
        unit = smallest(self.desk.settings.currency)
        return np.array([payout(self.desk, own)["guarantee_cents"].sum() / unit for own in self.scores])


def project(desk: Desk, logs: Iterable[pd.DataFrame], duty: pd.DataFrame, service: pd.DataFrame) -> Projection:
    """Score and pay every log as a measured one, and look at what the roster makes possible.

    Parameters
    ----------
    logs : tables ``contacts``, one a simulation.
    duty, service : of the plan.

    Raises
    ------
    ValueError : there is no log.
    """
    made = [_brief(assess(desk, contacts, duty, service)) for contacts in logs]
    if not made:
        raise ValueError("a projection needs a log")
    chances = _chances(desk, made, duty)
    told = [own for one in made for own in one.findings if own.severity != "note" and own.code not in OF_PEOPLE]
    findings = {(own.code, str(own.facts)): own for own in told}
    return Projection(desk, tuple(one.scores for one in made), chances, (*findings.values(), *_unfair(chances)))


@dataclass(frozen=True)
class _Brief:
    scores: pd.DataFrame
    most: dict[str, Floats]
    agents: tuple[str, ...]
    findings: tuple[Finding, ...]


def _brief(found: Assessment) -> _Brief:
    """What is kept of an assessment: scores, and per measure the most that each agent could have claimed."""
    most = {}
    for result in found.results:
        own = result.agents
        if result.measure.kind == "reward":
            score = own["score"].to_numpy(dtype=np.float64)
            most[result.measure.name] = np.where(np.isnan(score), 0.0, 1.0)
        else:
            most[result.measure.name] = own["contacts"].to_numpy(dtype=np.float64)
    return _Brief(found.scores, most, tuple(map(str, found.evidence.log.agents)), found.findings)


def _chances(desk: Desk, made: Sequence[_Brief], duty: pd.DataFrame) -> pd.DataFrame:
    agents = pd.Index(made[0].agents)
    queued = duty[duty["activity"].isin(list(desk.settings.queues))]
    there_h = queued.groupby("agent").size().reindex(agents).fillna(0.0) * desk.settings.interval_min / 60
    parts = []
    for name, weight in desk.settings.incentive.weights.items():
        if weight > 0 and all(name in one.most for one in made):
            claims = [_claim(one.scores, name, agents) for one in made]
            most = np.mean([one.most[name] for one in made], axis=0)
            own = {"agent": agents, "measure": name, "there_h": there_h.to_numpy(), "claim": np.mean(claims, axis=0)}
            parts.append(pd.DataFrame(own | {"most": most}))
    columns = ["agent", "measure", "there_h", "claim", "most"]
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    return _judged(whole.loc[whole["there_h"] > 0].reset_index(drop=True))


def _claim(scores: pd.DataFrame, name: str, agents: pd.Index) -> Floats:
    own = scores[scores["measure"] == name].set_index("agent")["claim"].reindex(agents)
    return own.fillna(0.0).to_numpy(dtype=np.float64)


def _judged(whole: pd.DataFrame) -> pd.DataFrame:
    """Whether the hours given to an agent let a reward be earned, against the desk's middle."""
    per_h = whole["claim"] / whole["there_h"]
    middle = per_h.groupby(whole["measure"]).transform("median")
    verdict = np.where(whole["most"] <= 0, "unreachable", np.where(per_h < FEW * middle, "little", "reachable"))
    return whole.assign(claim_per_h=per_h, desk_per_h=middle, verdict=verdict)


def _unfair(chances: pd.DataFrame) -> Iterator[Finding]:
    for verdict, code in (("unreachable", "reward_unreachable"), ("little", "reward_far")):
        for measure, own in chances[chances["verdict"] == verdict].groupby("measure", sort=False):
            facts = {"measure": str(measure), "agents": len(own), "named": few(own["agent"])}
            yield Finding(code, "warning" if verdict == "unreachable" else "note", "duty", facts=facts)
