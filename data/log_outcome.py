"""What the customers of the log did: replies read, orders, refunds, ratings."""

from typing import Any

import numpy as np
import pandas as pd

from data.chat_floor import Worker
from data.clock import Flags, Floats
from data.drawn import Drawn
from data.log_spec import Log, Reply
from data.streams import stream
from desk.tables import table

WAIT_SCALE_S = 30.0
"""Waits enter the log-odds as log(1 + wait / 30 s): the first half minute costs most."""


def outcomes(drawn: Drawn, log: Log, handled: pd.DataFrame, people: list[Worker]) -> pd.DataFrame:
    """Table ``contacts`` from what the floor did."""
    rng = stream(drawn.seed, "outcomes")
    skill = drawn.people.truth.set_index("agent").reindex(handled["agent"]).reset_index(drop=True)
    frame = handled.copy()
    served = ~frame["left"].to_numpy(dtype=bool)
    delay_s, template = reply_delay(rng, log.reply, frame, skill)
    wait_s = frame["assigned_s"].to_numpy() - frame["at_s"].to_numpy() + delay_s
    frame["reply_s"] = np.where(
        served, frame["at_s"] + np.where(template, wait_s - delay_s + log.reply.template_s, wait_s), np.nan
    )
    frame["template_reply"] = blank_unless(served, template)
    frame["abandoned"] = frame["left"].astype(int)
    _sales(rng, log, frame, skill, wait_s)
    frame["rating"] = ratings(rng, log, skill["rating"].to_numpy(), wait_s, served)
    frame["reason"] = reasons(rng, drawn, log, frame)
    frame["customer"] = customers(rng, log, len(frame))
    frame["contact"] = [f"K{number:06d}" for number in range(1, len(frame) + 1)]
    timed = _timed(frame, log)
    return timed[[name for name in table("contacts").columns if name in timed]]


def reply_delay(
    rng: np.random.Generator, reply: Reply, frame: pd.DataFrame, skill: pd.DataFrame
) -> tuple[Floats, Flags]:
    """Seconds from assignment to the first meaningful reply, and whether a template came before it."""
    chats = np.maximum(frame["chats"].to_numpy() - 1, 0)
    noise = np.exp(rng.normal(0, reply.sd, len(frame)))
    delay = reply.median_s * skill["reply"].to_numpy() * (1 + reply.per_chat * chats) * noise
    busy = frame["closed_s"].to_numpy() - frame["assigned_s"].to_numpy()
    return np.minimum(delay, 0.9 * busy), rng.random(len(frame)) < reply.template_share


def _sales(rng: np.random.Generator, log: Log, frame: pd.DataFrame, skill: pd.DataFrame, wait_s: Floats) -> None:
    sale = log.sale
    asked = frame["queue"].isin(sale.queues).to_numpy()
    odds = sale.base + skill["conversion"].to_numpy() - sale.wait * np.log1p(wait_s / WAIT_SCALE_S)
    odds = odds - sale.per_chat * np.maximum(frame["chats"].to_numpy() - 1, 0)
    sold = asked & ~frame["left"].to_numpy(dtype=bool) & (rng.random(len(frame)) < _share(odds))
    value = np.round(sale.value_median * np.exp(rng.normal(0, sale.value_sd, len(frame))), 2)
    frame["converted"] = blank_unless(asked, sold)
    frame["order_value"] = np.where(sold, value, np.nan)
    frame["refunded"] = blank_unless(sold, rng.random(len(frame)) < sale.refund_share)


def _share(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.nan_to_num(odds, nan=-np.inf))))


def blank_unless(known: Flags, values: Any) -> "pd.Series[int]":
    """Whole numbers where ``known``, blank elsewhere."""
    return pd.Series(values).astype("Int64").where(pd.Series(known))


def ratings(rng: np.random.Generator, log: Log, skill: Floats, wait_s: Floats, served: Any) -> "pd.Series[int]":
    """1 to 5 of those who rated; blank for the others."""
    shift = skill - log.rating.wait * np.log1p(wait_s / WAIT_SCALE_S)
    above = _share(np.asarray(log.rating.cuts)[None, :] + shift[:, None])
    score = 1 + (rng.random((len(wait_s), 1)) < above).sum(axis=1)
    rated = served & (rng.random(len(wait_s)) < log.rating.response_share)
    return blank_unless(rated, score)


def reasons(rng: np.random.Generator, drawn: Drawn, log: Log, frame: pd.DataFrame) -> "np.ndarray[Any, Any]":
    """A reason per contact: by the lagged orders behind its hour, or by the stated shares of its queue."""
    found = np.empty(len(frame), dtype=object)
    interval = (frame["at_s"] // (drawn.grid.step_h * 3600)).astype(int).to_numpy()
    offset = int(np.argmax(drawn.grid.starts >= pd.Timestamp(log.first)))
    draw = rng.random(len(frame))
    for queue in frame["queue"].unique():
        own = (frame["queue"] == queue).to_numpy()
        stated = log.reasons.get(queue)
        names = list(stated or drawn.demands[queue].by_reason)
        shares = [
            np.full(own.sum(), stated[n]) if stated else drawn.demands[queue].by_reason[n][offset + interval[own]]
            for n in names
        ]
        index = (draw[own] > np.cumsum(shares, axis=0)[:-1]).sum(axis=0)
        found[own] = np.asarray(names, dtype=object)[index]
    return found


def customers(rng: np.random.Generator, log: Log, count: int) -> list[str]:
    """A customer per contact; some were here shortly before."""
    repeat, back = rng.random(count) < log.repeat_share, rng.integers(1, log.repeat_reach, count)
    found: list[str] = []
    for number in range(count):
        earlier = number - int(back[number])
        found.append(found[earlier] if repeat[number] and earlier >= 0 else f"C{number + 1:06d}")
    return found


def _timed(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Whole seconds of local time."""
    names = {"at_s": "arrived", "assigned_s": "assigned", "reply_s": "first_reply", "closed_s": "closed"}
    for seconds, column in names.items():
        whole = pd.to_timedelta(np.floor(frame[seconds]), unit="s")
        frame[column] = (pd.Timestamp(log.first) + whole).astype("datetime64[us]")
    return frame
