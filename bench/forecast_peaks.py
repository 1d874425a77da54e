"""How much of the peaks of promotions lay inside the intervals, over many desks drawn alike.

``python -m bench.forecast_peaks [--desks 13]`` draws the 618 sample as it is and at other seeds, forecasts every peak
of the last year from three days before with the plans as they stood, and judges its hours. One desk has two peaks, and
their hours err together, so that it says little alone. Writes ``bench/results/forecast_peaks.csv`` and the table of
docs/accuracy.md.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from bench.forecast_truth import Case, drawn
from bench.page import put
from desk import Desk, Forecast
from forecast import fit
from forecast.metric import coverage
from forecast.rolling import known_at

RESULTS = Path(__file__).parent / "results" / "forecast_peaks.csv"
SAMPLE, PHASE, BEFORE_D, AHEAD_D, YEAR_D = "618", "peak", 3, 7, 380
DESKS, FIRST_SEED = 13, 101
SHARES, SHARE = (0.8, 0.95), "in {:.0f} %"


def judged(desk: Desk, name: str) -> Iterator[dict[str, object]]:
    """One row a peak of the last year and queue."""
    history, promotions = desk.table("history"), desk.table("promotions")
    end = history["start"].max()
    late = (promotions["end"] <= end) & (promotions["start"] > end - pd.Timedelta(days=YEAR_D))
    for _, peak in promotions[late & (promotions["phase"] == PHASE)].iterrows():
        day = peak["start"].tz_localize(None).normalize() - pd.Timedelta(days=BEFORE_D)
        made = fit(known_at(desk, day, AHEAD_D)).predict()
        inside = np.asarray((made.starts >= peak["start"]) & (made.starts < peak["end"]))
        for queue in made.queues:
            yield {"desk": name, "peak": f"{peak['start']:%Y-%m-%d}", "queue": queue} | _row(
                made, queue, inside, history
            )


def _row(made: Forecast, queue: str, inside: "np.typing.NDArray[np.bool_]", history: pd.DataFrame) -> dict[str, object]:
    counts = history[history["queue"] == queue].set_index("start")["offered"]
    came = counts.reindex(made.starts[inside]).to_numpy(dtype=np.float64)
    known = ~np.isnan(came)
    paths = made.paths[:, inside, made.queues.index(queue)][:, known].astype(np.float64)
    below, upto = (paths < came[known]).mean(axis=0), (paths <= came[known]).mean(axis=0)
    found: dict[str, object] = {SHARE.format(100 * share): 100 * coverage(below, upto, share) for share in SHARES}
    total = float(came[known].sum() / np.median(paths.sum(axis=1)))
    return {"hours": float(known.sum())} | found | {"came over median": total}


def together(found: pd.DataFrame) -> pd.DataFrame:
    """All peaks of a queue, and of all, by their hours."""
    both = pd.concat([found, found.assign(queue="all")], ignore_index=True)
    shares = [SHARE.format(100 * share) for share in SHARES]
    sums = both[shares].mul(both["hours"], axis=0).assign(hours=both["hours"], queue=both["queue"], peaks=1)
    sums = sums.groupby("queue", sort=False).sum()
    sums[shares] = sums[shares].div(sums["hours"], axis=0)
    return sums.reset_index()[["queue", "peaks", "hours", *shares]]


def main() -> None:
    """Print the table, keep it, and put it on the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=DESKS)
    seeds = [None, *range(FIRST_SEED, FIRST_SEED + parser.parse_args().desks - 1)]
    rows: list[dict[str, object]] = []
    for seed in seeds:
        with TemporaryDirectory() as place:
            rows += judged(drawn(Case(SAMPLE, seed), Path(place)), SAMPLE if seed is None else f"{SAMPLE}, seed {seed}")
    found = pd.DataFrame(rows)
    found.round(3).to_csv(RESULTS, index=False)
    shown = together(found).round(1)
    print(shown.to_string(index=False))
    put("peaks", {"Peaks of promotions alone": shown})


if __name__ == "__main__":
    main()
