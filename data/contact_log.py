"""The contact log of one past promotion: arrivals as the history counted them, played on a floor of agents."""

import numpy as np
import pandas as pd

from data.chat_floor import Floor, Handling, Inquiry, Worker
from data.clock import Floats, Grid, Ints
from data.drawn import Drawn
from data.lift import lift
from data.log_outcome import outcomes
from data.log_roster import workers
from data.log_spec import Log
from data.streams import stream

SHAPE_MIN = 5
"""Arrivals inside an interval follow the promotion's surges in steps of this many minutes."""


def contact_log(drawn: Drawn, log: Log, shifts: pd.DataFrame) -> pd.DataFrame:
    """Table ``contacts`` of the days of ``log``, one row per inquiry that ``history`` counts there."""
    inquiries = arrivals(drawn, log)
    aht_s = {queue: own.aht_s for queue, own in drawn.settings.queues.items() if own.kind == "live"}
    people = workers(log, drawn.people, shifts, aht_s)
    handlings = Floor(inquiries, people, aht_s, log.silent_s).run()
    return outcomes(drawn, log, handled_frame(drawn, log, inquiries, handlings, people), people)


def arrivals(drawn: Drawn, log: Log) -> list[Inquiry]:
    """The inquiries of the log's days in order of time."""
    rng = stream(drawn.seed, "arrivals")
    inside = drawn.grid.inside(log.first, log.after_last)
    shape = within_interval(drawn, log)
    found: list[Inquiry] = []
    for queue, spec in drawn.settings.queues.items():
        if spec.kind != "live" or spec.patience_s is None:
            continue
        at_s = _moments(rng, drawn.demands[queue].offered[inside], shape, drawn.grid.step_h)
        patience_s = rng.exponential(spec.patience_s, len(at_s))
        silent = rng.random(len(at_s)) < log.silent_share
        work = np.exp(rng.normal(-(log.work_sd**2) / 2, log.work_sd, len(at_s)))
        found += [
            Inquiry(float(a), queue, float(p), bool(s), float(w))
            for a, p, s, w in zip(at_s, patience_s, silent, work, strict=True)
        ]
    return sorted(found, key=lambda inquiry: (inquiry.at_s, inquiry.queue))


def within_interval(drawn: Drawn, log: Log) -> Floats:
    """Share of an interval's arrivals per step of ``SHAPE_MIN``, shape (interval, step)."""
    fine = lift(drawn.world, Grid(log.first, log.after_last, SHAPE_MIN)).visits
    steps = fine.reshape(-1, drawn.grid.step_min // SHAPE_MIN)
    return np.asarray(steps / steps.sum(axis=1, keepdims=True))


def _moments(rng: np.random.Generator, counts: Ints, shape: Floats, step_h: float) -> Floats:
    parts = []
    for interval, amount in enumerate(counts):
        step = rng.choice(shape.shape[1], int(amount), p=shape[interval])
        inside_s = (step + rng.random(int(amount))) * SHAPE_MIN * 60
        parts.append(interval * step_h * 3600 + inside_s)
    return np.concatenate(parts)


def handled_frame(
    drawn: Drawn, log: Log, inquiries: list[Inquiry], handlings: list[Handling], people: list[Worker]
) -> pd.DataFrame:
    """What the floor did, one row per inquiry, times in s since the log's first midnight."""
    rows = [
        (
            own.queue,
            own.at_s,
            done.assigned_s,
            done.closed_s,
            people[done.worker].agent if done.worker >= 0 else None,
            done.chats,
            done.left,
        )
        for own, done in zip(inquiries, handlings, strict=True)
    ]
    return pd.DataFrame(rows, columns=["queue", "at_s", "assigned_s", "closed_s", "agent", "chats", "left"])


def served_history(history: pd.DataFrame, contacts: pd.DataFrame, step_min: int) -> pd.DataFrame:
    """``history`` whose handled, abandoned and handle time agree with the log where the log has the interval."""
    own = contacts.assign(start=contacts["arrived"].dt.floor(f"{step_min}min"))
    own["busy_s"] = (own["closed"] - own["assigned"]).dt.total_seconds()
    served = own[own["abandoned"] == 0].groupby(["start", "queue"])["busy_s"].agg(handled="size", aht_s="mean")
    left = own[own["abandoned"] == 1].groupby(["start", "queue"]).size().rename("abandoned")
    seen = pd.concat([served, left], axis=1).round({"aht_s": 0})
    seen[["handled", "abandoned"]] = seen[["handled", "abandoned"]].fillna(0).astype("Int64")
    keyed = history.set_index(["start", "queue"])
    keyed.loc[seen.index, ["handled", "abandoned", "aht_s"]] = seen[["handled", "abandoned", "aht_s"]]
    return keyed.reset_index()[list(history.columns)]
