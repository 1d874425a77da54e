"""What makes up an agent's pay beside the parts: the guarantee, and what the cap on one agent took."""

import pandas as pd

from desk.currency import digits, smallest
from desk.settings import IncentiveSettings
from incentive.pay import guarantees

TOTAL, GUARANTEE, CAP = "composite", "guarantee", "cap"


def made_up(scores: pd.DataFrame, scheme: IncentiveSettings, currency: str) -> pd.DataFrame:
    """Amounts ``guarantee`` (0 or more) and ``cap`` (0 or less) of every agent who is paid anything, by agent: with the
    parts they add up to the total, as on the statement.
    """
    paid = scores[scores["payout"].notna()]
    whole = paid[paid["measure"] == TOTAL].set_index("agent")["payout"]
    parts = paid[paid["measure"] != TOTAL].groupby("agent")["payout"].sum()
    rest = (whole - parts.reindex(whole.index).fillna(0.0)).round(digits(currency))
    if scheme.cap_agent is None or rest.empty:
        return pd.DataFrame({GUARANTEE: rest, CAP: 0.0})
    unit = smallest(currency)
    capped = whole > scheme.cap_agent - 1 / unit
    first = pd.Series(guarantees(scheme, paid, list(whole.index), unit) / unit, index=whole.index)
    first = rest.where(~capped, first)
    return pd.DataFrame({GUARANTEE: first, CAP: (rest - first).round(digits(currency)).clip(upper=0.0)})


def with_rows(scores: pd.DataFrame, scheme: IncentiveSettings, currency: str) -> pd.DataFrame:
    """``scores`` with these amounts as rows of the measures ``guarantee`` and ``cap``, where there are any."""
    beside = made_up(scores, scheme, currency)
    more = [beside[name][beside[name] != 0].rename("payout").reset_index().assign(measure=str(name)) for name in beside]
    return pd.concat([scores, *(rows for rows in more if len(rows))], ignore_index=True)
