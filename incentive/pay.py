"""From scores to integer cents, to the cent within the budget."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd

from desk import Desk
from incentive.measure import measures

CENTS = 100


def payout(desk: Desk, scores: pd.DataFrame) -> pd.DataFrame:
    """Share the budget among the agents.

    The budget is cut by ``[incentive].weights``; each part is shared in proportion to the agents' claims in its
    measure: for a share, score x valid contacts; for a reward, the minutes credited. A part that nobody has a claim
    to is not spent. Parts and payouts are whole cents by largest remainder, so a part that is paid is paid to the
    cent.

    Parameters
    ----------
    scores : table ``scores``; its column ``payout`` is not read.

    Returns
    -------
    One row per agent, sorted: agent, amount (currency), total_cents, and ``<measure>_cents`` for each weight.
    """
    weights = desk.settings.incentive.weights
    agents = sorted(scores["agent"].unique())
    parts = budget_parts(desk.settings.incentive.budget, list(weights.values()))
    columns = {
        f"{name}_cents": largest_remainder(part, _claims(scores, name, agents))
        for name, part in zip(weights, parts, strict=True)
    }
    paid = pd.DataFrame({"agent": pd.Series(agents, dtype="str")} | columns)
    total = paid.drop(columns="agent").sum(axis=1).astype(np.int64)
    paid.insert(1, "amount", total / CENTS)
    paid.insert(2, "total_cents", total)
    return paid


def budget_parts(budget: float, weights: Sequence[float]) -> list[int]:
    """Cents for each weight: together the whole cents of budget x sum of the weights, none beyond the budget.

    Weights and budget are taken as the decimals that were written, so 0.1 is a tenth.
    """
    exact = [Fraction(str(weight)) for weight in weights]
    cents = int((Decimal(str(budget)) * CENTS).to_integral_value(ROUND_FLOOR))
    share = min(sum(exact, Fraction(0)), Fraction(1))
    return largest_remainder(int(cents * share), exact)


def largest_remainder(cents: int, claims: Sequence[float] | Sequence[Fraction]) -> list[int]:
    """Cut whole ``cents`` in proportion to ``claims`` (0 or more); the sum is exact, or 0 where no claim is above 0.

    Everyone gets the whole cents of the exact share; the cents left go to the largest remainders, of equal ones to
    the larger claim, of equal claims to the earlier in the list.

    Source: Hamilton's method, in exact rational arithmetic.
    """
    exact = [Fraction(claim) for claim in claims]
    whole = sum(exact, Fraction(0))
    if whole == 0:
        return [0] * len(exact)
    shares = [cents * claim / whole for claim in exact]
    floors = [int(share) for share in shares]
    order = sorted(range(len(exact)), key=lambda place: (floors[place] - shares[place], -exact[place], place))
    for place in order[: cents - sum(floors)]:
        floors[place] += 1
    return floors


def _claims(scores: pd.DataFrame, name: str, agents: Sequence[str]) -> list[float]:
    rows = scores[scores["measure"] == name].set_index("agent").reindex(pd.Index(agents))
    claim = rows["score"] * rows["contacts"] if measures()[name].kind == "share" else rows["adjusted"]
    return [float(value) for value in claim.fillna(0.0).clip(lower=0.0)]
