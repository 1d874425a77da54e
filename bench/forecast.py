"""Ours beside Prophet, statsforecast and LightGBM on the published call series, from the same origins.

``python -m bench.forecast [--series NAME ...] [--models NAME ...]`` builds an environment for the peers
(pinned by ``bench/peers.txt``), forecasts two weeks from each of 49 weekly origins, keeps every
forecast in ``out/bench``, and writes ``bench/results/forecast.csv``: the eight latest origins and the forty before
them, 7 and 14 days ahead. What is kept is not made again.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from bench.cases import cases_folder
from bench.environment import ROOT, peers_python
from bench.forecast_cases import COUNTRY, series_desk
from bench.page import put
from desk import Desk
from forecast import forecasts
from forecast.metric import LEVELS, bias, pinball, wape
from forecast.rolling import Task, origins_of

PINS = ROOT / "bench" / "peers.txt"
KEPT, RESULTS = ROOT / "out" / "bench", ROOT / "bench" / "results" / "forecast.csv"
PEERS = ("prophet", "mstl", "lightgbm")
OURS = ("peakdesk", "mean4", "naive", "median6", "glm")
AHEAD_D, LATEST, EARLIER = 14, 8, 40
FEWEST_D = 56
WORDS = {"latest": "8 latest origins", "earlier": "40 origins before them"}
TOGETHER = 7
"""Origins that one process of a peer forecasts."""
QUANTILES = [f"q{level}" for level in LEVELS]


def rows_of(name: str, model: str, folder: Path, python: Path | None) -> pd.DataFrame:
    """Forecasts of ``model`` on the series ``name`` from every origin, kept from an earlier run or made now."""
    kept = KEPT / f"{name}-{model}.csv"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        desk = series_desk(folder, name)
        if model in OURS:
            _own(desk, model).to_csv(kept, index=False)
        elif python is not None:
            _peer(desk, name, model, kept, python)
        else:
            return pd.DataFrame()
    return pd.read_csv(kept, parse_dates=["origin", "start"])


def _own(desk: Desk, model: str) -> pd.DataFrame:
    began = time.process_time()
    rows = forecasts(desk, horizon_days=AHEAD_D, origins=_origins(desk), models=[model])
    tail = forecasts(desk, horizon_days=AHEAD_D // 2, origins=1, models=[model])
    rows = pd.concat([rows, tail], ignore_index=True)
    found = rows[["origin", "mean", *QUANTILES, "below", "upto"]].assign(start=rows["start"].dt.tz_localize(None))
    return found.assign(cpu_s=(time.process_time() - began) / rows["origin"].nunique())


def _origins(desk: Desk) -> int:
    return len(_weekly(desk, AHEAD_D, LATEST + EARLIER))


def _weekly(desk: Desk, ahead_d: int, count: int) -> list[pd.Timestamp]:
    """Weekly origins with eight weeks of history: fewer are no ground to judge anybody on."""
    first = desk.table("history")["start"].min().tz_localize(None) + pd.Timedelta(days=FEWEST_D)
    return [day for day in origins_of(Task(desk, (), ahead_d, "plan"), count) if day >= first]


def _peer(desk: Desk, name: str, model: str, kept: Path, python: Path) -> None:
    """Run a peer in its own process, one thread, and keep what it forecasts."""
    origins = [*_weekly(desk, AHEAD_D, LATEST + EARLIER), *_weekly(desk, AHEAD_D // 2, 1)]
    history, events = desk.table("history"), desk.table("promotions")
    case: dict[str, object] = {"country": COUNTRY[name]}
    case |= {"ds": [str(moment.tz_localize(None)) for moment in history["start"]]}
    case |= {"y": [None if np.isnan(value) else float(value) for value in history["offered"]]}
    last = events["end"] - pd.Timedelta(seconds=1)
    spans = zip(events["phase"], events["start"], last, strict=True)
    case |= {"events": [{"name": phase, "start": str(a.date()), "last": str(b.date())} for phase, a, b in spans]}
    parts = []
    for first in range(0, len(origins), TOGETHER):
        some = case | {"origins": [str(day.date()) for day in origins[first : first + TOGETHER]]}
        parts.append(_part(some, model, kept.with_suffix(f".{first}.part"), python))
    pd.concat(map(pd.read_csv, parts), ignore_index=True).to_csv(kept, index=False)
    for part in parts:
        part.unlink()


def _part(case: dict[str, object], model: str, part: Path, python: Path) -> Path:
    """Some origins of a peer, in a process of one thread; what an earlier run left is taken."""
    if not part.exists():
        source, unfinished = part.with_suffix(".json"), part.with_suffix(".unfinished")
        source.write_text(json.dumps(case), encoding="utf-8")
        threads = dict.fromkeys(("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        command = [str(python), str(ROOT / "bench" / "peers.py"), model, str(source), str(unfinished)]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, env=os.environ | threads, stdout=quiet, stderr=quiet)
        unfinished.replace(part)
        source.unlink()
    return part


def measured(rows: pd.DataFrame, desk: Desk) -> Iterator[dict[str, object]]:
    """WAPE, bias, plain inclusion, pinball and CPU seconds for both horizons and both sets of origins."""
    came = desk.table("history").assign(start=lambda own: own["start"].dt.tz_localize(None))
    both = rows.merge(came.loc[came["offered"].notna(), ["start", "offered"]], on="start")
    days = (both["start"].dt.normalize() - both["origin"]).dt.days
    for ahead in (7, 14):
        origins = sorted(rows["origin"].unique())[: None if ahead == 7 else -1]
        for label, chosen in (("latest", origins[-LATEST:]), ("earlier", origins[:-LATEST][-EARLIER:])):
            own = both[(days < ahead) & both["origin"].isin(chosen)]
            if len(own):
                yield {"ahead_d": ahead, "origins": label, "count": len(chosen)} | _scores(own)


def _scores(own: pd.DataFrame) -> dict[str, float]:
    actual, quantiles = own["offered"].to_numpy(dtype=np.float64), own[QUANTILES].to_numpy(dtype=np.float64)
    inside = {
        f"inside{share}": 100 * float(((actual >= quantiles[:, low]) & (actual <= quantiles[:, high])).mean())
        for share, low, high in ((80, 1, 5), (95, 0, 6))
    }
    found = {"wape": 100 * wape(actual, quantiles[:, LEVELS.index(0.5)])}
    found |= {"bias": 100 * bias(actual, own["mean"].to_numpy(dtype=np.float64)), "pinball": pinball(actual, quantiles)}
    intervals = bool(np.ptp(quantiles, axis=1).any())
    return (
        found | (inside if intervals else dict.fromkeys(inside, float("nan"))) | {"cpu_s": float(own["cpu_s"].mean())}
    )


def table(series: Sequence[str], models: Sequence[str], folder: Path) -> pd.DataFrame:
    """One row per series, model, horizon and set of origins."""
    python = peers_python("forecast", PINS) if set(models) & set(PEERS) else None
    if python is None and set(models) & set(PEERS):
        sys.stderr.write("the peers' packages can't be installed here: only ours and the simple ones are run\n")
    found = []
    for name in series:
        desk = series_desk(folder, name)
        for model in models:
            rows = rows_of(name, model, folder, python)
            found += [{"series": name, "model": model} | row for row in measured(rows, desk)] if len(rows) else []
            sys.stderr.write(f"{name} {model}\n")
    return pd.DataFrame(found)


def ranked(found: pd.DataFrame) -> pd.DataFrame:
    """WAPE of each model by series, and the geometric mean of its ratio to the mean of four."""
    keys = ["ahead_d", "origins", "model"]
    wide = found.pivot_table(index=keys, columns="series", values="wape", sort=False)
    base = wide.xs("mean4", level="model").reindex(wide.index.droplevel("model")).to_numpy()
    return wide.assign(ratio=np.exp(np.log(wide.to_numpy() / base).mean(axis=1))).round(3)


def shown(found: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of docs/accuracy.md: WAPE by series and its ratio, and all measures together over the series."""
    tables = {}
    for (ahead, origins), own in found.groupby(["ahead_d", "origins"], sort=False):
        wide = ranked(own).droplevel(["ahead_d", "origins"]).rename(columns={"ratio": "over mean4"})
        title = f"WAPE in %, {ahead} days ahead, the {WORDS[str(origins)]}"
        tables[title] = wide.reset_index().rename(columns={"model": ""})
    latest = found[(found["ahead_d"] == AHEAD_D // 2)]
    means = latest.groupby("model", sort=False)[["bias", "inside80", "inside95"]].mean()
    means = means.assign(cpu_s=latest.groupby("model")["cpu_s"].mean())
    over = latest.pivot_table(index=["series", "origins"], columns="model", values="pinball", sort=False)
    means["pinball over mean4"] = np.exp(np.log(over.div(over["mean4"], axis=0)).mean())
    names = {"bias": "bias %", "inside80": "in 80 %", "inside95": "in 95 %", "cpu_s": "CPU s an origin"}
    tables["7 days ahead, mean over series and origins"] = (
        means.rename(columns=names).reset_index().rename(columns={"model": ""})
    )
    return tables


def main() -> None:
    """Print the table and keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", nargs="*", default=list(COUNTRY))
    parser.add_argument("--models", nargs="*", default=[*OURS, *PEERS])
    args = parser.parse_args()
    folder = cases_folder()
    if folder is None:
        raise SystemExit("the cases are not here; set PEAKDESK_CASES")
    found = table(args.series, args.models, folder / "calls")
    print(ranked(found).to_string())
    if set(args.series) == set(COUNTRY) and set(args.models) == {*OURS, *PEERS}:
        RESULTS.parent.mkdir(exist_ok=True)
        found.round(4).to_csv(RESULTS, index=False)
        put("rivals", shown(found))


if __name__ == "__main__":
    main()
