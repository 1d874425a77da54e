"""After-sale lags by reason: a question of delivery follows the order in days, a return in weeks.

Where the contact log tells reasons, each reason's own counts teach a non-negative kernel of the queue's drivers; the
kernels, weighed by the reasons' shares, add up to the queue's. They are used where weekly origins in the later half of
the log are foretold no worse than by the kernel that the queue learns as a whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Desk
from forecast.admission import LAG_DAYS, LEAST_LEARNED_DAYS, LEAST_ORIGINS, errors_of, fitted_kernel, usable_days
from forecast.foresight import Driver
from forecast.lag import Kernel, bin_edges
from forecast.lag_fit import fit_kernel
from forecast.series import Floats, day_and_slot
from forecast.setting import KINDS
from forecast.trial import Trial
from forecast.tuning import weekly_origins

LEAST_SHARE, LEAST_CONTACTS = 0.05, 300
"""A reason that is rarer is told together with the others that are."""
REST = ""
MOST_ORIGINS = 26
LAGS = ("driver", "kind", "reason", "share", "used", "mean_lag_h", "from_h", "to_h", "per_h")


@dataclass(frozen=True, slots=True)
class ReasonKernel:
    """One reason: its ``share`` of the contacts that tell one, and how it follows the drivers."""

    reason: str
    share: float
    kernel: Kernel


@dataclass(frozen=True, slots=True)
class ByReason:
    """The split of a queue's kernel.

    Parameters
    ----------
    reasons : the most frequent first.
    origins : weekly origins that judged it.
    wape_whole, wape_split : errors of the kernel learned as a whole, and of the reasons' together.
    used : whether the queue's kernel is the reasons' together.
    """

    reasons: tuple[ReasonKernel, ...]
    origins: int
    wape_whole: float
    wape_split: float
    used: bool

    @property
    def kernel(self) -> Kernel:
        """The reasons' kernels added up."""
        return together(self.reasons)


def split_by_reason(desk: Desk, trial: Trial, drivers: Sequence[Driver]) -> ByReason | None:
    """The kernel of ``drivers`` split by reason, and whether it may be used; None where the log tells too little."""
    counts = reason_counts(desk, trial)
    logged = np.flatnonzero(~np.isnan(next(iter(counts.values()))).all(axis=1)) if counts else np.zeros(0)
    if len(logged) < LEAST_LEARNED_DAYS:
        return None
    days = len(trial.offered)
    middle = int(logged[0] + (logged[-1] - logged[0]) // 2)
    origins = weekly_origins(days, MOST_ORIGINS, middle)
    early, whole = _fitted(trial, counts, drivers, origins[-1] if origins else days), None
    if early and len(origins) >= LEAST_ORIGINS:
        whole = fitted_kernel(trial, drivers, origins[-1])
    split = _fitted(trial, counts, drivers, days)
    if not early or not split or whole is None:
        return ByReason(split, 0, np.nan, np.nan, used=False) if split else None
    errors = [errors_of(trial, kernel, drivers, origins).wape for kernel in (whole, together(early))]
    return ByReason(split, len(origins), errors[0], errors[1], used=errors[1] <= errors[0])


def reason_counts(desk: Desk, trial: Trial) -> dict[str, Floats]:
    """Contacts per day and slot of each reason of the queue, the most frequent first; NaN on days without a log.

    Empty where too few days are logged to learn anything of them.
    """
    series, log = trial.setting.series, desk.table("contacts")
    own = log[(log["queue"] == series.queue) & log["reason"].notna()]
    if len(own) < LEAST_CONTACTS:
        return {}
    shape = trial.offered.shape
    day, slot = day_and_slot(own["arrived"], series.first, series.step_min)
    inside = (day >= 0) & (day < shape[0])
    logged = np.bincount(day[inside], minlength=shape[0]) > 0
    if logged.sum() < LEAST_LEARNED_DAYS:
        return {}
    names = own["reason"].astype(str).to_numpy()[inside]
    number = pd.Series(names).value_counts()
    kept = number[(number >= LEAST_CONTACTS) & (number >= LEAST_SHARE * number.sum())]
    groups = np.where(np.isin(names, kept.index), names, REST)
    cell = (day * shape[1] + slot)[inside]
    found = {}
    for reason in (*kept.index, *((REST,) if len(kept) < len(number) else ())):
        sums = np.bincount(cell[groups == reason], minlength=shape[0] * shape[1]).reshape(shape)
        found[str(reason)] = np.where(logged[:, None] & ~np.isnan(trial.offered), sums, np.nan)
    return found if len(found) > 1 else {}


def _fitted(
    trial: Trial, counts: Mapping[str, Floats], drivers: Sequence[Driver], until: int
) -> tuple[ReasonKernel, ...]:
    """The kernel of each reason learned on the logged days before ``until``; empty where too few can be used."""
    days = len(trial.offered)
    logged = ~np.isnan(next(iter(counts.values()))).all(axis=1)
    usable = usable_days(drivers, days) & logged & (np.arange(days) < until)
    if usable.sum() < LEAST_LEARNED_DAYS // 2:
        return ()
    edges = bin_edges(trial.setting.series.step_min, min(LAG_DAYS, days // 4))
    values = {driver.name: driver.best[:days] for driver in drivers}
    sizes = {reason: float(np.nansum(own[usable])) for reason, own in counts.items()}
    total = sum(sizes.values())
    kind, levels = trial.setting.kind[:days], trial.levels
    return tuple(
        ReasonKernel(reason, sizes[reason] / total, fit_kernel(own, values, kind, KINDS, usable, edges, levels))
        for reason, own in counts.items()
        if sizes[reason] > 0
    )


def together(reasons: Sequence[ReasonKernel]) -> Kernel:
    """The kernels added up, each by its share."""
    background = sum(own.share * own.kernel.background for own in reasons)
    weights = np.sum([own.share * own.kernel.weights for own in reasons], axis=0)
    return replace(reasons[0].kernel, background=float(background), weights=weights)


def lag_frame(whole: Kernel, split: ByReason | None, step_min: int) -> pd.DataFrame:
    """The kernel of a queue, and of its reasons where they were told.

    Returns
    -------
    One row per driver, kernel and lag bin: ``driver``, ``kind`` (``whole`` or ``reason``), ``reason`` (empty: the rarer
    ones together), ``share`` of the contacts, ``used``, ``mean_lag_h``, ``from_h, to_h`` (lag, h), ``per_h`` (share of
    the contacts that the driver at its mean brings in an hour of lag).
    """
    parts = [("whole", "", 1.0, whole, True)]
    if split is not None:
        parts += [("reason", own.reason, own.share, own.kernel, split.used) for own in split.reasons]
    rows = []
    for kind, reason, share, kernel, used in parts:
        for index, driver in enumerate(kernel.drivers):
            own = {"driver": driver, "kind": kind, "reason": reason, "share": share, "used": used}
            own["mean_lag_h"] = kernel.mean_lag_h(index, step_min)
            hours = kernel.edges * step_min / 60
            for low, high, weight in zip(hours[:-1], hours[1:], kernel.weights[index], strict=True):
                rows.append(own | {"from_h": low, "to_h": high, "per_h": weight / (high - low)})
    return pd.DataFrame(rows, columns=list(LAGS))
