"""From scores to integer cents, to the cent within the budget; cents are the currency's smallest unit, of yen a yen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Finding, InputError
from desk.currency import CENTS, smallest
from desk.settings import IncentiveSettings
from desk.settings.incentive import PaidMeasure
from incentive.measure import measures

DECIMALS = 9
Amounts = npt.NDArray[np.int64]


def payout(desk: Desk, scores: pd.DataFrame) -> pd.DataFrame:
    """Share the budget among the agents.

    The guarantee comes first. What is left of the budget is cut by ``weights``. Each part is shared in proportion to
    the agents' claims in its measure, beyond the quota and as far as the gates are open; a part with a price is paid by
    the piece, and only shared where that would be more than the part. A part that nobody has a claim to is not spent,
    nor is what a cap cuts off. Everything is whole cents, by largest remainder; of a currency without
    hundredths they are whole units of it (``desk.currency``).

    Parameters
    ----------
    scores : table ``scores``; its column ``payout`` is not read. Without a column ``claim``, the claim in a share is
        contacts x score, in a reward what is adjusted. Contacts handled are those of ``composite``, in a table without
        it the most of any measure.

    Returns
    -------
    One row per agent, sorted: agent, amount (currency), total_cents, guarantee_cents, and ``<measure>_cents`` for each
    weight; total_cents is at most the sum of the others, by ``cap_agent``.

    Raises
    ------
    InputError : the guarantees are more than the budget.
    """
    own = ledger(desk, scores)
    paid = {f"{part.measure}_cents": part.paid for part in own.parts}
    total = own.total()
    names = pd.Series(own.agents, dtype="str")
    return pd.DataFrame(
        {"agent": names, "amount": total / own.unit, "total_cents": total, "guarantee_cents": own.guarantee} | paid
    )


@dataclass(frozen=True)
class Part:
    """A part of the budget.

    Parameters
    ----------
    measure : what it is paid for.
    cents : the whole part; ``paid`` : what each agent gets of it.
    claims : units of each agent that earn money; ``counted`` : before the quota is taken off and the gates leave their
        share, ``gates``.
    """

    measure: PaidMeasure
    cents: int
    claims: tuple[float, ...]
    counted: tuple[float, ...]
    gates: npt.NDArray[np.float64]
    paid: Amounts


@dataclass(frozen=True)
class Ledger:
    """A payout with all its lines; amounts in cents, one entry an agent.

    Parameters
    ----------
    agents : sorted.
    guarantee : paid first.
    parts : one for each weight.
    cap : an agent's total at most; None = no cap.
    unit : cents in one of the currency.
    """

    agents: tuple[str, ...]
    guarantee: Amounts
    parts: tuple[Part, ...]
    cap: int | None
    unit: int

    def total(self) -> Amounts:
        """What each agent gets in all."""
        whole = sum((part.paid for part in self.parts), self.guarantee)
        return whole if self.cap is None else np.minimum(whole, self.cap)


def ledger(desk: Desk, scores: pd.DataFrame) -> Ledger:
    """``payout`` with all its lines."""
    settings = desk.settings.incentive
    agents = tuple(sorted(scores["agent"].unique()))
    unit = smallest(desk.settings.currency)
    budget = cents_of(settings.budget, unit)
    first = guarantees(settings, scores, agents, unit)
    _refuse_above(settings, first, unit)
    claim = {name: claims(settings, scores, name, agents) for name in settings.weights}
    dealt = deal(settings, claim, budget - int(first.sum()), unit)
    parts = tuple(
        Part(
            name, part, tuple(claim[name]), tuple(_counted(scores, name, agents)),
            gates(settings, scores, name, agents), paid,
        )
        for name, (part, paid) in dealt.items()
    )  # fmt: skip
    return Ledger(
        agents, first, parts, None if settings.cap_agent is None else cents_of(settings.cap_agent, unit), unit
    )


def deal(
    settings: IncentiveSettings, claims: Mapping[PaidMeasure, Sequence[float]], cents: int, unit: int = CENTS
) -> dict[PaidMeasure, tuple[int, Amounts]]:
    """The parts of ``cents`` by the weights, and what each agent gets of each, from claims in the agents' order."""
    parts = parts_of(cents, list(settings.weights.values()))
    named = zip(settings.weights, parts, strict=True)
    return {name: (part, _paid(settings, name, part, claims[name], unit)) for name, part in named}


def claims(settings: IncentiveSettings, scores: pd.DataFrame, name: PaidMeasure, agents: Sequence[str]) -> list[float]:
    """Units of each agent that earn money in a measure: beyond the quota, times the gates."""
    free = (_counted(scores, name, agents) - settings.quotas.get(name, 0.0)).clip(lower=0.0)
    left = np.round(free.to_numpy() * gates(settings, scores, name, agents), DECIMALS)
    return [float(value) for value in left]


def _counted(scores: pd.DataFrame, name: PaidMeasure, agents: Sequence[str]) -> "pd.Series[float]":
    rows = _of(scores, name, agents)
    if "claim" in rows:
        return rows["claim"].fillna(0.0)
    claim = rows["contacts"] * rows["score"] if measures()[name].kind == "share" else rows["adjusted"]
    return claim.fillna(0.0)


def gates(
    settings: IncentiveSettings, scores: pd.DataFrame, name: PaidMeasure, agents: Sequence[str]
) -> npt.NDArray[np.float64]:
    """What the gates leave of each agent's claim in a measure, 0 to 1; whole where there is no evidence."""
    left = np.ones(len(agents))
    for gate in settings.gates:
        if gate.measure == name:
            value = _of(scores, gate.by, agents)["adjusted"].to_numpy(dtype=np.float64)
            ramp = np.clip((value - gate.low) / (gate.high - gate.low), 0.0, 1.0)
            left *= np.where(np.isnan(value), 1.0, gate.least + (1 - gate.least) * ramp)
    return left


def cents_of(amount: float, unit: int = CENTS) -> int:
    """Whole cents of an amount of money, which is taken as the decimal that was written."""
    return int((Decimal(str(amount)) * unit).to_integral_value(ROUND_FLOOR))


def parts_of(cents: int, weights: Sequence[float]) -> list[int]:
    """Cents for each weight: together the whole cents of their sum's share, none beyond all of them.

    Weights are taken as the decimals that were written, so 0.1 is a tenth.
    """
    exact = [Fraction(str(weight)) for weight in weights]
    share = min(sum(exact, Fraction(0)), Fraction(1))
    return largest_remainder(int(cents * share), exact)


def largest_remainder(cents: int, claims: Sequence[float] | Sequence[Fraction]) -> list[int]:
    """Cut whole ``cents`` in proportion to ``claims`` (0 or more); the sum is exact, or 0 where no claim is above 0.

    Everyone gets the whole cents of the exact share; the cents left go to the largest remainders, of equal ones to
    the larger claim, of equal claims to the earlier in the list.

    Source: Hamilton's method, in exact integer arithmetic.
    """
    ratios = [claim.as_integer_ratio() for claim in claims]
    scale = lcm(*(below for _, below in ratios))
    exact = [above * (scale // below) for above, below in ratios]
    whole = sum(exact)
    if whole == 0:
        return [0] * len(exact)
    dealt = [divmod(cents * claim, whole) for claim in exact]
    floors = [floor for floor, _ in dealt]
    order = sorted(range(len(exact)), key=lambda place: (-dealt[place][1], -exact[place], place))
    for place in order[: cents - sum(floors)]:
        floors[place] += 1
    return floors


def guarantees(settings: IncentiveSettings, scores: pd.DataFrame, agents: Sequence[str], unit: int = CENTS) -> Amounts:
    """Cents that each agent gets first; below ``guarantee_contacts`` the whole cents in proportion."""
    if settings.guarantee == 0:
        return np.zeros(len(agents), dtype=np.int64)
    own = scores[scores["measure"] == "composite"]
    counts = (scores if own.empty else own).groupby("agent")["contacts"].max()
    whole, from_ = cents_of(settings.guarantee, unit), Fraction(str(settings.guarantee_contacts))
    shares = (min(Fraction(str(own)) / from_, Fraction(1)) for own in counts.reindex(pd.Index(agents)).fillna(0.0))
    return np.array([int(whole * share) for share in shares], dtype=np.int64)


def _refuse_above(settings: IncentiveSettings, first: Amounts, unit: int) -> None:
    if int(first.sum()) > cents_of(settings.budget, unit):
        facts = {"agents": int((first > 0).sum()), "needed": int(first.sum()) / unit, "budget": settings.budget}
        raise InputError([Finding("guarantee_above_budget", file="desk.toml", column="guarantee", facts=facts)])


def _paid(settings: IncentiveSettings, name: PaidMeasure, part: int, claim: Sequence[float], unit: int) -> Amounts:
    """Cents of each agent for a measure; units and prices are taken as the decimals that they are shown as."""
    wanted = part
    if name in settings.prices:
        units = sum((Fraction(str(own)) for own in claim), Fraction(0))
        wanted = min(part, int(Fraction(str(settings.prices[name])) * unit * units))
    paid = np.array(largest_remainder(wanted, claim), dtype=np.int64)
    return np.minimum(paid, cents_of(settings.caps[name], unit)) if name in settings.caps else paid


def _of(scores: pd.DataFrame, name: str, agents: Sequence[str]) -> pd.DataFrame:
    return scores[scores["measure"] == name].set_index("agent").reindex(pd.Index(agents))
