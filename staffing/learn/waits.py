"""What a contact log says of patience: seen to leave, served in time, or found gone."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
SHORTEST_S = 0.5


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of one queue's contacts, s, by what they tell of patience.

    Parameters
    ----------
    left_s : seen to leave after this wait: the patience itself.
    served_s : served after this wait: patient at least so long.
    gone_s : an agent opened the contact after this wait and the customer had left without a word: patient for less.
    unsure_s : opened after this wait and never answered: served, or gone without a word.
    served_handle_s, gone_handle_s, unsure_handle_s : the agent's time for them.
    untimed : customers who left nobody knows when.
    """

    left_s: FloatArray
    served_s: FloatArray
    gone_s: FloatArray
    unsure_s: FloatArray
    served_handle_s: FloatArray
    gone_handle_s: FloatArray
    unsure_handle_s: FloatArray
    untimed: int = 0

    @property
    def contacts(self) -> int:
        """How many contacts tell something."""
        return self.left_s.size + self.served_s.size + self.gone_s.size + self.unsure_s.size


def waits_of(contacts: pd.DataFrame) -> Waits:
    """The waits of a table ``contacts`` (of one queue).

    Who left (``abandoned``) and was never given to an agent was seen to leave at ``closed``; who left and was given to
    one had left without a word. A contact with an agent and no first reply that is not marked as left is unsure. One
    without an end of its wait tells nothing and is left out.
    """
    left = contacts["abandoned"].eq(True).fillna(False).to_numpy(dtype=bool)
    opened = (contacts["agent"].notna() & contacts["assigned"].notna()).to_numpy(dtype=bool)
    replied = contacts["first_reply"].notna().to_numpy(dtype=bool)
    asked_for = contacts["first_reply"].notna().any()
    unsure = opened & ~left & ~replied & asked_for
    until = _seconds(contacts["assigned"].where(opened, contacts["closed"]), contacts["arrived"])
    handle_s = np.maximum(_seconds(contacts["closed"], contacts["assigned"]), SHORTEST_S)
    known = np.isfinite(until) & (until >= 0.0)
    groups = {
        "left": left & ~opened & known,
        "served": opened & ~left & ~unsure & known,
        "gone": left & opened & known,
        "unsure": unsure & known,
    }
    waited = {f"{name}_s": until[rows] for name, rows in groups.items()}
    waited["left_s"] = np.maximum(waited["left_s"], SHORTEST_S)
    waited["gone_s"] = np.maximum(waited["gone_s"], SHORTEST_S)
    handled = {f"{name}_handle_s": handle_s[groups[name]] for name in ("served", "gone", "unsure")}
    return Waits(**waited, **handled, untimed=int((left & ~known).sum()))


def _seconds(later: "pd.Series[pd.Timestamp]", earlier: "pd.Series[pd.Timestamp]") -> FloatArray:
    return np.asarray((later - earlier) / pd.Timedelta(seconds=1), dtype=np.float64)


def kaplan_meier(waits: Waits) -> pd.DataFrame:
    """Share of the customers still there after each wait at which one was seen to leave.

    Returns
    -------
    ``wait_s, stay, low, high, at_risk``: 95 % limits by Greenwood's variance on the log-log scale. It can't know who
    left without a word: with such customers it is too patient.

    Source: Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 1980 for the scale of the limits.
    """
    ends = np.sort(np.concatenate([waits.left_s, waits.served_s, waits.unsure_s]))
    at, leaving = np.unique(waits.left_s, return_counts=True)
    at_risk = ends.size - np.searchsorted(ends, at, side="left")
    stay = np.cumprod(1.0 - leaving / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(leaving / (at_risk * np.maximum(at_risk - leaving, 1)))) / np.abs(np.log(stay))
        low, high = (stay ** np.exp(sign * 1.96 * spread) for sign in (1.0, -1.0))
    return pd.DataFrame({"wait_s": at, "stay": stay, "low": low, "high": high, "at_risk": at_risk})
