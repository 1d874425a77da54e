"""The rest of the day, forecast at midnight and again after so many hours: WAPE and pinball on the published series.

``python -m bench.forecast_intraday [--days 112] [--series NAME ...]`` fits every series at each of the last midnights,
updates after 1 to 16 observed hours, and judges the rest. Desks round the clock are judged once more by the hours seen
since they woke, when a fiftieth of the day's inquiries is to have come. Writes ``bench/results/intraday.csv``.
"""

import argparse
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from bench.cases import cases_folder
from bench.forecast_cases import COUNTRY, series_desk
from bench.page import put
from desk import Desk, Forecast
from forecast import fit
from forecast.metric import LEVELS, pinball
from forecast.rolling import known_at

HOURS = (1, 2, 3, 4, 6, 8, 10, 12, 16)
FEWEST_LEFT = 2
AWAKE_SHARE = 0.02
AWAKE = ", awake"
RESULTS = Path(__file__).parent / "results" / "intraday.csv"


def judged(desk: Desk, days: int) -> pd.DataFrame:
    """One row per day, hours seen (``since`` the first hour, or since the desk woke) and forecast (``midnight`` or
    ``updated``): sums of errors over the hours left."""
    history = desk.table("history")
    end = history.loc[history["observed"], "start"].max().tz_localize(None).normalize()
    return pd.DataFrame(row for back in range(days) for row in _day(desk, end - pd.Timedelta(days=back)))


def _day(desk: Desk, day: pd.Timestamp) -> Iterator[dict[str, object]]:
    """The day's rows: every number of observed hours that leaves something to forecast."""
    model = fit(known_at(desk, day, 1))
    midnight = model.predict()
    actuals = desk.table("history").set_index("start").reindex(midnight.starts).reset_index()
    seen = (actuals["observed"].eq(True) & actuals["offered"].notna()).to_numpy()
    busy = actuals["offered"].gt(0).to_numpy() | (midnight.paths[:, :, 0].mean(axis=0) > 0)
    counted = np.flatnonzero(seen & busy)
    each = pd.Timedelta(minutes=midnight.interval_min)
    per_hour = max(60 // midnight.interval_min, 1)
    woken = _woken(midnight, counted)
    begins = [("", 0)] + [(AWAKE, woken)] * (woken >= per_hour)
    for since, begin, hours in ((*own, hours) for own in begins for hours in HOURS):
        last = begin + hours * per_hour
        if len(counted) < last + FEWEST_LEFT:
            continue
        began = time.process_time()
        updated = model.update(actuals[seen], midnight.starts[counted[last - 1]] + each).predict()
        of = {"since": since, "hours": hours, "cpu_ms": 1000 * (time.process_time() - began)}
        for name, made in (("midnight", midnight), ("updated", updated)):
            yield of | {"made": name} | _errors(made, actuals["offered"], counted[last:])


def _woken(midnight: Forecast, counted: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> int:
    """How many of the ``counted`` intervals lie before the desk wakes, by the forecast of midnight."""
    come = np.cumsum(midnight.paths[:, :, 0].mean(axis=0)[counted])
    return int(np.searchsorted(come, AWAKE_SHARE * come[-1])) if len(come) else 0


def _errors(
    made: Forecast, came: "pd.Series[float]", rest: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> dict[str, float]:
    paths, actual = made.paths[:, rest, 0].astype(np.float64), came.to_numpy(dtype=np.float64)[rest]
    quantiles = np.quantile(paths, LEVELS, axis=0).T
    inside = (actual >= quantiles[:, 1]) & (actual <= quantiles[:, 5])
    error = np.abs(quantiles[:, LEVELS.index(0.5)] - actual).sum()
    loss = pinball(actual, quantiles) * len(rest)
    return {"error": error, "actual": actual.sum(), "loss": loss, "inside": inside.sum(), "count": len(rest)}


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Per number of hours seen: WAPE and 80 % inclusion of both, and the ratios of WAPE and pinball loss."""
    sums = rows.groupby(["hours", "made"])[["error", "actual", "loss", "inside", "count", "cpu_ms"]].sum().unstack()
    ratio = {
        name: sums[key]["updated"] / sums[key]["midnight"] for name, key in (("wape", "error"), ("pinball", "loss"))
    }
    found = {f"wape_{made}": 100 * sums["error"][made] / sums["actual"][made] for made in ("midnight", "updated")}
    found |= {f"{name}_ratio": own for name, own in ratio.items()}
    found |= {f"inside80_{made}": 100 * sums["inside"][made] / sums["count"][made] for made in ("midnight", "updated")}
    days = rows[rows["made"] == "updated"].groupby("hours").size()
    return pd.DataFrame(found | {"days": days, "cpu_ms": sums["cpu_ms"]["updated"] / days}).round(3)


def main() -> None:
    """Print the table of every series and keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=112)
    parser.add_argument("--series", nargs="*", default=list(COUNTRY))
    args = parser.parse_args()
    folder = cases_folder()
    if folder is None:
        raise SystemExit("the cases are not here; set PEAKDESK_CASES")
    for name in args.series:
        for since, rows in judged(series_desk(folder / "calls", name), args.days).groupby("since"):
            found = summary(rows).reset_index()
            print(f"{name}{since}\n{found.to_string(index=False)}", flush=True)
            keep(found.assign(series=f"{name}{since}"))
    put("intraday", shown(pd.read_csv(RESULTS)))


def shown(found: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of docs/accuracy.md: updated over midnight, by hours seen, where most days have as many."""
    found = found[2 * found["days"] > found.groupby("series")["days"].transform("max")]
    names = {"wape_ratio": "WAPE", "pinball_ratio": "Pinball loss"}
    return {
        f"{words} of the rest of the day, updated over not updated, by hours seen": found.pivot_table(
            index="series", columns="hours", values=name, sort=False
        ).reset_index()
        for name, words in names.items()
    }


def keep(found: pd.DataFrame) -> None:
    """Put the rows of a series in the place of its earlier ones."""
    RESULTS.parent.mkdir(exist_ok=True)
    before = pd.read_csv(RESULTS) if RESULTS.exists() else found.iloc[:0]
    own = before[~before["series"].isin(found["series"])]
    both = pd.concat([own, found], ignore_index=True) if len(own) else found
    order = {f"{name}{since}": place for place, (since, name) in enumerate(product(("", AWAKE), COUNTRY))}
    both.sort_values(["series", "hours"], key=lambda own: own.map(order) if own.name == "series" else own).to_csv(
        RESULTS, index=False
    )


if __name__ == "__main__":
    main()
