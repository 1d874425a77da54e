"""Rolling-origin back-test: what would have been forecast, with what was known then, against what came."""

from collections.abc import Sequence
from typing import get_args

import pandas as pd

from desk import Desk, Finding, InputError
from desk.nouns import Report
from forecast.cut import CUTS, cut_of
from forecast.metric import scores
from forecast.rival import RIVALS
from forecast.rolling import COLUMNS, OURS, Basis, Task, rolling

MODELS = (OURS, "mean4", "naive", "median6")
METRICS = ("wape", "bias", "mase", "pinball", "coverage80", "coverage95", "floor")
ALL = "all"
BASES = get_args(Basis)


def backtest(
    desk: Desk,
    *,
    horizon_days: int = 7,
    origins: int = 8,
    models: str | Sequence[str] | None = None,
    drivers: Basis = "plan",
    by: str | None = None,
    workers: int = 1,
    report: Report | None = None,
) -> pd.DataFrame:
    """Judge models by weekly origins counted back from the end of the history.

    Parameters
    ----------
    horizon_days : days ahead that every origin forecasts.
    origins : number of origins, a week apart; fewer where the history is too short.
    models : a name or names among ``peakdesk, naive, mean4, median6, glm, negbin``; four of them where not given.
    drivers : ``plan``: of the days ahead only plans are known, and no driver where there is none; ``actual``: what was
        measured on them, so that the error of the plans is left out.
    by : ``phase``, ``event``, ``hour`` or ``ahead`` splits each queue further.
    workers : processes that share the origins; the figures do not depend on it.
    report : called after each origin; returning False stops with what is there.

    Returns
    -------
    One row per model and queue (and group of ``by``), and per model those of queue ``all``: ``wape, bias, floor``
    (shares), ``mase``, ``pinball`` (inquiries), ``coverage80, coverage95`` (shares; missing for models without
    intervals).

    Notes
    -----
    Each origin sees history and measured drivers before it, and every promotion. Overrides are left out.

    Raises
    ------
    InputError : an unknown model name.
    ValueError : an unknown ``by`` or ``drivers``, or less than a day or an origin.
    """
    _refuse_cut(by)
    rows = forecasts(
        desk,
        horizon_days=horizon_days,
        origins=origins,
        models=models,
        drivers=drivers,
        workers=workers,
        report=report,
    )
    return scored(rows, desk, by)


def forecasts(
    desk: Desk,
    *,
    horizon_days: int = 7,
    origins: int = 8,
    models: str | Sequence[str] | None = None,
    drivers: Basis = "plan",
    workers: int = 1,
    report: Report | None = None,
) -> pd.DataFrame:
    """What ``backtest`` judges: one row per origin, model, queue and row of the history that was counted.

    A history coarser than the desk's intervals is judged on its own rows; what came in parts of them nobody knows.

    Returns
    -------
    columns ``origin, model, queue, start, actual, mean, point`` (median), ``naive_error``, ``below, upto`` (shares of
    paths below, and not above, what came), ``q0.025`` to ``q0.975``; by origin, oldest first.
    """
    if horizon_days < 1 or origins < 1 or drivers not in BASES:
        raise ValueError(f"horizon_days and origins must be at least 1, drivers one of {', '.join(BASES)}")
    names = (models,) if isinstance(models, str) else tuple(models or MODELS)
    known = (OURS, *RIVALS)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(Finding("unknown_model", value=name, facts={"known": ", ".join(known)}) for name in unknown)
    parts = [part for part in rolling(Task(desk, names, horizon_days, drivers), origins, workers, report) if len(part)]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    parts.sort(key=lambda part: pd.Timestamp(part["origin"].iloc[0]))
    return pd.concat(parts, ignore_index=True)


def scored(rows: pd.DataFrame, desk: Desk, by: str | None = None) -> pd.DataFrame:
    """Measures per model and queue (and group of ``by``, one of ``CUTS``) from the rows of ``forecasts``."""
    _refuse_cut(by)
    names = ["model", "queue"] if by is None else ["model", "queue", by]
    own = rows if by is None else rows.assign(**{by: cut_of(rows, desk, by)})
    both = pd.concat([own, own.assign(queue=ALL)], ignore_index=True)
    both = both if by is None else both.sort_values(by, kind="stable")
    found = [dict(zip(names, key, strict=True)) | scores(part) for key, part in both.groupby(names, sort=False)]
    return pd.DataFrame(found, columns=[*names, *METRICS])


def _refuse_cut(by: str | None) -> None:
    if by is not None and by not in CUTS:
        raise ValueError(f"{by}: not one of {', '.join(CUTS)}")


def backtest_findings(rows: pd.DataFrame, desk: Desk, *, origins: int, drivers: Basis) -> tuple[Finding, ...]:
    """What a reader of the figures must know: fewer origins than asked for, and days that had no plan of the drivers.

    Parameters
    ----------
    rows : of ``forecasts``. origins, drivers : as asked for there.
    """
    found, judged = [], rows["origin"].nunique()
    if judged < origins:
        found.append(Finding("backtest_fewer_origins", "warning", facts={"judged": judged, "asked": origins}))
    table = desk.table("drivers")
    if drivers == "plan" and len(table) and judged:
        planned = table.loc[table["basis"] == "plan", "start"].dt.tz_localize(None).dt.normalize()
        days = pd.DatetimeIndex(rows["start"]).tz_localize(None).normalize().unique()
        bare = int((~days.isin(pd.DatetimeIndex(planned.unique()))).sum())
        if bare:
            found.append(Finding("backtest_unplanned", "note", "drivers", facts={"days": bare, "of": len(days)}))
    return tuple(found)
