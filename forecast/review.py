"""The forecast after the event: what came, and whether the hands that changed it made it better."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Finding, Forecast, InputError
from desk.errors import Severity
from desk.grid import local_midnights
from desk.timed import timed
from forecast.cut import phase
from forecast.metric import bias, wape
from forecast.override import applied, overrides_of
from forecast.seen import Seen, on_intervals, row_minutes
from forecast.series import Floats, Ints

HELPED = 0.02
"""An override helped, or hurt, if the error moved by more than this share of it."""
OVERRIDE = ("queue", "start", "end", "kind", "value", "owner", "reason", "made_at")
CUTS = ("queue", "day", "phase")


@dataclass(frozen=True, slots=True)
class Review:
    """A forecast judged by what came.

    Parameters
    ----------
    intervals : one row per queue and interval (of the coarser of forecast and actuals): start, queue, offered,
        forecast (mean), q10, q90, model (the mean without overrides).
    errors : per cut (queue, day, phase), group and queue: intervals, offered, forecast, bias, wape, wape_model (shares;
        ``model`` is without overrides), inside80.
    overrides : one row each, with owner and reason: offered, forecast, without (this one), wape, wape_without, and
        verdict: helped, hurt, neither, or open where nothing came yet.
    findings : what of the actuals was not usable.
    """

    intervals: pd.DataFrame
    errors: pd.DataFrame
    overrides: pd.DataFrame
    findings: tuple[Finding, ...]


def review(desk: Desk, forecast: Forecast, actuals: pd.DataFrame) -> Review:
    """Judge ``forecast``, made of ``desk`` with its overrides, by ``actuals``.

    Parameters
    ----------
    desk : as the forecast knew it: counts that lie in its history do not judge what was learned from them.
    actuals : table ``history`` of the days forecast; rows outside them are left out, as are closed and unobserved ones.

    Raises
    ------
    InputError : no row lies in the days forecast, the forecast knew all that do, or a time can't be read.
    """
    actuals = timed(actuals, "history", desk.settings.timezone)
    actuals = actuals.assign(**{name: True for name in ("open", "observed") if name not in actuals})
    known = _known(desk, forecast, actuals)
    grids = {queue: _grid(forecast, queue, actuals[~known]) for queue in forecast.queues}
    own = pd.concat([_intervals(forecast, queue, grid) for queue, grid in grids.items()], ignore_index=True)
    if own.empty:
        raise InputError([*_told_known(actuals[known], "error")] or [Finding("review_without_overlap", file="actuals")])
    verdicts = [row for queue, grid in grids.items() for row in _verdicts(desk, forecast, queue, grid)]
    columns = [*OVERRIDE, "intervals", "offered", "forecast", "without", "wape", "wape_without", "verdict"]
    overrides = pd.DataFrame(verdicts, columns=columns)
    findings = (*_findings(forecast, own), *_told_known(actuals[known], "note"))
    return Review(own, _errors(desk, own), overrides, findings)


def _known(desk: Desk, forecast: Forecast, actuals: pd.DataFrame) -> "pd.Series[bool]":
    """Which actuals of the days forecast the forecast knew, up to its last count of each queue: of its history, or seen
    while the event ran."""
    history = desk.table("history")
    ends = history[history["observed"].astype(bool)].groupby("queue")["start"].max()
    inside, queue = actuals["start"] >= forecast.starts[0], actuals["queue"]
    learned, seen = (actuals["start"] <= queue.map(own) for own in (ends, _seen(desk, forecast)))
    return inside & (learned | seen)


def _seen(desk: Desk, forecast: Forecast) -> "pd.Series[pd.Timestamp]":
    """The last interval of each queue in which every path has the same inquiries, which only a count makes so; a queue
    with a quota has them alike everywhere."""
    low, high = forecast.paths.min(axis=0), forecast.paths.max(axis=0)
    free = [own is None for own in (desk.settings.queues[name].daily_quota for name in forecast.queues)]
    certain = (high > 0) & (low == high) & np.array(free)
    last = [forecast.starts[np.flatnonzero(own)[-1]] if own.any() else None for own in certain.T]
    return pd.Series(last, index=list(forecast.queues), dtype=forecast.starts.dtype)


def _told_known(known: pd.DataFrame, severity: Severity) -> Iterator[Finding]:
    for queue, rows in known.groupby("queue", sort=True):
        facts = {"queue": queue, "count": len(rows), "until": f"{rows['start'].max():%Y-%m-%d %H:%M}"}
        yield Finding("review_known", severity, "actuals", facts=facts)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where forecast and actuals meet: the coarser of the two.

    Parameters
    ----------
    starts : of the places that were counted whole. came : inquiries in each.
    place : for every interval of the forecast its place among them; -1 where it has none.
    """

    starts: pd.DatetimeIndex
    came: Floats
    place: Ints

    def sums(self, values: Floats) -> Floats:
        """Totals per place of values per interval, shape (..., interval)."""
        used = self.place >= 0
        if not used.any():
            return np.zeros((*values.shape[:-1], 0))
        first = np.flatnonzero(np.diff(self.place[used], prepend=-1))
        return np.asarray(np.add.reduceat(values[..., used], first, axis=-1))


def _grid(forecast: Forecast, queue: str, actuals: pd.DataFrame) -> _Grid:
    own = actuals[actuals["queue"] == queue].sort_values("start")
    row_min = row_minutes(own["start"], forecast.interval_min)
    known = own["open"].astype(bool) & own["observed"].astype(bool) & own["offered"].notna()
    rows = own[known & (own["start"] >= forecast.starts[0])].reset_index(drop=True)
    if row_min <= forecast.interval_min:
        came = on_intervals(Seen(0, np.zeros((0, 0)), rows, row_min), forecast.starts, forecast.interval_min)
        counted = ~np.isnan(came)
        return _Grid(forecast.starts[counted], came[counted], np.where(counted, np.cumsum(counted) - 1, -1))
    return _coarse(forecast, rows, row_min)


def _coarse(forecast: Forecast, rows: pd.DataFrame, row_min: int) -> _Grid:
    """Rows of several intervals each, as far as all of these were forecast."""
    starts = pd.DatetimeIndex(rows["start"])
    place = np.asarray(starts.searchsorted(forecast.starts, side="right"), dtype=np.int64) - 1
    ends = starts + pd.Timedelta(minutes=row_min)
    inside = (place >= 0) & np.asarray(forecast.starts < ends[np.maximum(place, 0)]) if len(starts) else place >= 0
    count = np.bincount(place[inside], minlength=len(starts))
    whole = count == row_min // forecast.interval_min
    number = np.where(whole, np.cumsum(whole) - 1, -1)
    came = rows["offered"].to_numpy(dtype=np.float64)[whole]
    return _Grid(starts[whole], came, np.where(inside, number[np.maximum(place, 0)] if len(starts) else -1, -1))


def _intervals(forecast: Forecast, queue: str, grid: _Grid) -> pd.DataFrame:
    """What came beside what was forecast, with and without overrides."""
    paths = grid.sums(forecast.paths[:, :, forecast.queues.index(queue)].astype(np.float64))
    low, high = np.quantile(paths, [0.1, 0.9], axis=0)
    frame = pd.DataFrame({"start": grid.starts, "queue": queue, "offered": grid.came, "forecast": paths.mean(axis=0)})
    return frame.assign(q10=low, q90=high, model=grid.sums(modelled(forecast, queue)))


def modelled(forecast: Forecast, queue: str) -> Floats:
    """Mean of every interval without overrides; the mean itself where nothing is explained."""
    own = forecast.explanation
    if not len(own):
        return np.asarray(forecast.paths[:, :, forecast.queues.index(queue)].mean(axis=0, dtype=np.float64))
    rows = own[own["queue"] == queue].set_index("start").reindex(forecast.starts)
    return np.asarray(rows[["level", "calendar", "promotion", "drivers"]].prod(axis=1), dtype=np.float64)


def _verdicts(desk: Desk, forecast: Forecast, queue: str, grid: _Grid) -> Iterator[dict[str, object]]:
    """Each override of ``queue`` on its own: the forecast beside the one with all the others."""
    every, model = overrides_of(desk, queue), modelled(forecast, queue)[None]
    made = grid.sums(applied(every, forecast.starts, model)[0])
    for index, override in every.iterrows():
        without = grid.sums(applied(every.drop(index=index), forecast.starts, model)[0])
        inside = np.asarray((grid.starts >= override["start"]) & (grid.starts < override["end"]))
        row = {name: override[name] for name in OVERRIDE}
        yield row | _verdict(grid.came[inside], made[inside], without[inside])


def _verdict(came: Floats, made: Floats, without: Floats) -> dict[str, object]:
    error, other = (float(np.abs(own - came).sum()) for own in (made, without))
    moved = 0 if abs(error - other) <= HELPED * other else 1 if error < other else -1
    verdict = ("hurt", "neither", "helped")[moved + 1] if len(came) else "open"
    found = {"intervals": len(came), "offered": came.sum(), "forecast": made.sum(), "without": without.sum()}
    return found | {"wape": wape(came, made), "wape_without": wape(came, without), "verdict": verdict}


def _errors(desk: Desk, own: pd.DataFrame) -> pd.DataFrame:
    """Measures per cut, group and queue."""
    named = own.assign(all="", day=local_midnights(own["start"]), phase=phase(own, desk))
    found = []
    for cut, column in zip(CUTS, ("all", "day", "phase"), strict=True):
        for (group, queue), rows in named.groupby([column, "queue"], sort=True):
            found.append({"cut": cut, "group": group, "queue": queue} | _scores(rows))
    return pd.DataFrame(found)


def _scores(rows: pd.DataFrame) -> dict[str, float]:
    came, made, model = (rows[name].to_numpy(dtype=np.float64) for name in ("offered", "forecast", "model"))
    inside = float(rows["offered"].between(rows["q10"], rows["q90"]).mean())
    found = {"intervals": float(len(rows)), "offered": float(came.sum()), "forecast": float(made.sum())}
    return found | {
        "bias": bias(came, made),
        "wape": wape(came, made),
        "wape_model": wape(came, model),
        "inside80": inside,
    }


def _findings(forecast: Forecast, own: pd.DataFrame) -> Iterator[Finding]:
    """Queues without actuals, and days of the forecast of which nothing is known."""
    for queue in forecast.queues:
        rows = own[own["queue"] == queue]
        days = local_midnights(rows["start"]).nunique()
        every = forecast.starts.tz_localize(None).normalize().nunique()
        if not len(rows):
            yield Finding("review_queue_missing", "warning", "actuals", facts={"queue": queue})
        elif days < every:
            yield Finding("review_partial", "note", "actuals", facts={"queue": queue, "days": days, "of": every})
