"""What only the generator knows, written beside the data so that recovery can be tested. No desk reads it."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.demand import contact_rate, fresh_kernel, lag_kernel
from data.drawn import Drawn
from data.write import write_json, write_table


def write_truth(drawn: Drawn, folder: Path) -> None:
    """Write parameters, kernels, rates, skills, and what will happen in the horizon."""
    folder.mkdir(exist_ok=True)
    write_json(parameters(drawn), folder / "truth.json")
    write_table(kernels(drawn), folder / "lag_kernels.csv")
    write_table(rates(drawn), folder / "contact_rates.csv")
    write_table(day_levels(drawn), folder / "day_levels.csv")
    write_table(drawn.people.truth, folder / "agents.csv")
    write_table(coming(drawn), folder / "horizon.csv")
    write_table(actual_history(drawn), folder / "history.csv")
    write_table(actual_drivers(drawn), folder / "drivers.csv")


def parameters(drawn: Drawn) -> dict[str, Any]:
    """The world's parameters, and patience as desk.toml states it."""
    own = drawn.world.model_dump(mode="json", exclude={"people", "overrides", "activities"})
    patience = {queue: spec.patience_s for queue, spec in drawn.settings.queues.items()}
    return own | {"seed": drawn.seed, "patience_s": patience}


def kernels(drawn: Drawn) -> pd.DataFrame:
    """Inquiries per order by queue, reason and lag: ``unit`` day or interval of the desk."""
    rows: list[tuple[str, str, str, int, float]] = []
    for queue, own in drawn.world.by_orders.items():
        fresh = own.fresh.per_order * fresh_kernel(own.fresh, drawn.grid.step_h)
        rows += [(queue, own.fresh.reason, "interval", lag, value) for lag, value in enumerate(fresh)]
        for reason in own.reasons:
            values = reason.per_order * lag_kernel(reason)
            rows += [(queue, reason.reason, "day", lag, value) for lag, value in enumerate(values)]
    return pd.DataFrame(rows, columns=["queue", "reason", "unit", "lag", "inquiries_per_order"])


def rates(drawn: Drawn) -> pd.DataFrame:
    """Inquiries per visit by queue, phase (blank outside promotions), weekday (0 = Monday) and hour."""
    rows = []
    for queue, own in drawn.world.by_visits.items():
        base = contact_rate(own, drawn.grid)
        frame = pd.DataFrame({"weekday": drawn.grid.starts.day_of_week, "hour": drawn.grid.starts.hour, "rate": base})
        table = frame.groupby(["weekday", "hour"], as_index=False)["rate"].median()
        factors = {"": 1.0} | {phase: spec.contact for phase, spec in drawn.world.phases.items()}
        rows += [table.assign(queue=queue, phase=name, rate=table["rate"] * value) for name, value in factors.items()]
    every: pd.DataFrame = pd.concat(rows)
    return every[["queue", "phase", "weekday", "hour", "rate"]]


def day_levels(drawn: Drawn) -> pd.DataFrame:
    """The day's shock times the drifting level, per day and queue."""
    dates = pd.Index(drawn.grid.dates, name="date")
    parts = []
    for queue, own in drawn.demands.items():
        ratio = drawn.grid.day_sums(own.rate) / np.maximum(drawn.grid.day_sums(own.mean_given_drivers), 1e-12)
        parts.append(pd.DataFrame({"date": dates, "queue": queue, "level": ratio}))
    return pd.concat(parts)


def coming(drawn: Drawn) -> pd.DataFrame:
    """From the end of the history: mean, mean given the drivers, rate with the day's shock, and what came."""
    after = drawn.grid.starts >= pd.Timestamp(drawn.world.history_end)
    parts = []
    for queue, own in drawn.demands.items():
        part = pd.DataFrame({"start": drawn.grid.starts, "queue": queue, "mean": own.mean})
        part["mean_given_drivers"], part["rate"], part["offered"] = own.mean_given_drivers, own.rate, own.offered
        parts.append(part[after])
    return pd.concat(parts)


def actual_history(drawn: Drawn) -> pd.DataFrame:
    """Table ``history`` from the end of the desk's own history to the end of the horizon."""
    return drawn.history[drawn.history["start"] >= pd.Timestamp(drawn.world.history_end)]


def actual_drivers(drawn: Drawn) -> pd.DataFrame:
    """Table ``drivers``, hourly actuals, for the same time."""
    own = pd.DataFrame({"start": drawn.grid.starts, "visits": drawn.moved.visits, "orders": drawn.moved.orders})
    own = own[own["start"] >= pd.Timestamp(drawn.world.history_end)].resample("h", on="start").sum().reset_index()
    own.insert(1, "basis", "actual")
    own[["visits", "orders"]] = own[["visits", "orders"]].astype("int64")
    return own
