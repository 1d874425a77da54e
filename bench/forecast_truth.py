"""Desks whose truth is known: which drivers enter, the mean of their lags, and promotion days beside the floor.

``python -m bench.forecast_truth [--worlds NAME ...] [--further]`` draws the two samples and others with other seeds,
lags, noise and plans; on two of them the columns of the drivers change their names, so that after-sale follows
``visits``. Every desk gets a useless driver too. The floor is the error of a forecaster who knows all parameters and
what visits and orders are to be expected, but not chance; ``with plans`` that of one who reads the plans besides, as
well as the parameters of their errors allow; ``plans as told`` that of one who takes them at their word. Writes
``bench/results/forecast_truth.csv`` and the table of docs/accuracy.md; with ``--further`` both samples at other seeds,
``bench/results/forecast_truth_further.csv``, and what all desks together say.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from bench.page import put
from bench.truth_floor import planned_means
from data.sample import draw, make_sample
from data.world import World, load_world
from desk import Desk, Forecast, load_desk
from forecast import fit

RESULTS = Path(__file__).parent / "results" / "forecast_truth.csv"
FURTHER = RESULTS.with_stem("forecast_truth_further")
FAR, BESIDE = 1.3, 0.1
"""Over the floor, and off the true lag, by so much is told as too far."""
USELESS = "moon"
Change = Callable[[World], World]


def lags(times: float) -> Change:
    """After-sale questions that come ``times`` as late."""

    def changed(world: World) -> World:
        after = {
            queue: own.model_copy(
                update={"reasons": [r.model_copy(update={"mean_d": r.mean_d * times}) for r in own.reasons]}
            )
            for queue, own in world.by_orders.items()
        }
        return world.model_copy(update={"by_orders": after})

    return changed


def chance(orders_sd: float, plans: float = 1.0) -> Change:
    """Orders that follow visits with log sd ``orders_sd`` a day, and plans that err ``plans`` as much."""

    def changed(world: World) -> World:
        plan = {name: value * plans for name, value in world.plan.model_dump().items()}
        orders = world.orders.model_copy(update={"day_noise_sd": orders_sd})
        return world.model_copy(update={"orders": orders, "plan": world.plan.model_copy(update=plan)})

    return changed


@dataclass(frozen=True, slots=True)
class Case:
    """A sample world, its seed (None: its own), what is changed, and whether the drivers change names."""

    sample: str
    seed: int | None = None
    change: Change | None = None
    renamed: bool = False

    def world(self) -> World:
        """The world that is drawn."""
        return (self.change or _as_it_is)(load_world(self.sample))


def _as_it_is(world: World) -> World:
    return world


CASES = {
    "618": Case("618"),
    "1111": Case("1111"),
    "618, seed 1": Case("618", 1),
    "618, seed 2": Case("618", 2),
    "618, seed 3": Case("618", 3),
    "1111, seed 5": Case("1111", 5),
    "lags halved": Case("618", 11, lags(0.5)),
    "lags 1.4 times": Case("618", 12, lags(1.4)),
    "orders near visits": Case("618", 14, chance(0.02)),
    "orders far from visits": Case("618", 15, chance(0.08)),
    "plans twice as bad": Case("618", 16, chance(0.04, 2.0)),
    "visits lead after-sale": Case("618", 4, None, renamed=True),
    "visits lead, lags 0.7": Case("618", 21, lags(0.7), renamed=True),
}

MORE = {f"{sample}, seed {seed}": Case(sample, seed) for seed in range(101, 113) for sample in ("618", "1111")}


def drawn(case: Case, folder: Path) -> Desk:
    """The desk of ``case`` without overrides and with a useless driver, its truth beside it in ``folder``."""
    make_sample(case.sample, folder, case.seed, case.world())
    whole = load_desk(folder)
    drivers = whole.table("drivers").copy()
    day = np.random.default_rng(case.seed or 0).lognormal(0, 0.3, len(drivers))
    dates = drivers["start"].dt.normalize()
    drivers[USELESS] = drivers.groupby("basis")["visits"].transform("mean") * day[pd.factorize(dates)[0]]
    if case.renamed:
        drivers = drivers.rename(columns={"visits": "orders", "orders": "visits"})
    kept = {name: frame for name, frame in whole.tables.items() if name != "overrides"}
    return Desk(whole.settings, kept | {"drivers": drivers})


def true_lags_h(folder: Path, step_min: int) -> pd.Series:
    """Mean lag of each queue that follows orders, h."""
    kernels = pd.read_csv(folder / "truth" / "lag_kernels.csv")
    hours = kernels["lag"] * np.where(kernels["unit"] == "day", 24.0, step_min / 60)
    sums = kernels.assign(hours=hours * kernels["inquiries_per_order"]).groupby("queue")
    return sums["hours"].sum() / sums["inquiries_per_order"].sum()


def promotion_rows(desk: Desk, forecast: Forecast, folder: Path, case: Case) -> pd.DataFrame:
    """Forecast beside truth in the horizon's hours of promotions."""
    truth = pd.read_csv(folder / "truth" / "horizon.csv", parse_dates=["start"])
    truth = truth.merge(planned_means(draw(case.sample, case.seed, case.world())), on=["start", "queue"])
    told = forecast.frame().assign(start=lambda own: own["start"].dt.tz_localize(None))
    both = told.merge(truth, on=["start", "queue"], suffixes=("", "_true")).dropna(subset=["offered"])
    spans = desk.table("promotions")[["start", "end"]].apply(lambda own: own.dt.tz_localize(None))
    inside = [((spans["start"] <= moment) & (moment < spans["end"])).any() for moment in both["start"]]
    return both[inside]


def measured(name: str, case: Case) -> Iterator[dict[str, object]]:
    """One row a queue."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        desk = drawn(case, folder)
        forecast = fit(desk).predict()
        rows = promotion_rows(desk, forecast, folder, case)
        true_h = true_lags_h(folder, desk.settings.interval_min)
    at_once, lagged = ("orders", "visits") if case.renamed else ("visits", "orders")
    for queue, own in rows.groupby("queue", sort=False):
        entered = forecast.evidence.query("queue == @queue and driver.notna() and admitted")
        came = own["offered"].sum()
        ours, floor, weighed, told = (
            100 * float((own[column] - own["offered"]).abs().sum() / came)
            for column in ("q50", "mean_true", "mean_weighed", "mean_told")
        )
        found: dict[str, object] = {"desk": name, "queue": queue, "truth": lagged if queue in true_h else at_once}
        found |= {"admitted": " + ".join(entered["driver"]), "true lag, h": float(true_h.get(queue, 0.0))}
        found |= {"lag, h": float(entered["mean_lag_h"].iloc[0]) if len(entered) else float("nan")}
        found |= {"promotion WAPE, %": ours, "floor, %": floor, "over floor": ours / floor}
        yield found | {"with plans, %": weighed, "plans as told, %": told, "over as told": ours / told}


def table(cases: Mapping[str, Case]) -> pd.DataFrame:
    """One row a desk and queue."""
    return pd.DataFrame([row for name, case in cases.items() for row in measured(name, case)])


def together(found: pd.DataFrame) -> pd.DataFrame:
    """All desks in one row: promotion days over the floor, and how far the mean lags lie from the truth."""
    lagged = found[found["true lag, h"] > 0]
    off = lagged["lag, h"] / lagged["true lag, h"] - 1
    row = {"queues": len(found), "over floor": float(np.exp(np.log(found["over floor"]).mean()))}
    row |= {"above 1.3": int((found["over floor"] > FAR).sum()), "largest": float(found["over floor"].max())}
    row |= {"lags": len(off), "bias, %": 100 * float(off.mean()), "sd, %": 100 * float(off.std())}
    right = found["admitted"] == found["truth"]
    return pd.DataFrame([row | {"beyond 10 %": int((off.abs() > BESIDE).sum()), "right driver": int(right.sum())}])


def main() -> None:
    """Print the table; all desks together are kept and put on the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", nargs="*", default=list(CASES), choices=list(CASES))
    parser.add_argument("--further", action="store_true")
    args = parser.parse_args()
    cases = MORE if args.further else {name: CASES[name] for name in args.worlds}
    exact = table(cases)
    found = exact.round({"true lag, h": 1, "lag, h": 1, "over floor": 2, "over as told": 2})
    print(found.round(1).to_string(index=False))
    if args.further:
        exact.round(4).to_csv(FURTHER, index=False)
        both = pd.concat([pd.read_csv(RESULTS), exact], ignore_index=True)
        put("truth-further", {"All desks together": together(both).round({"over floor": 3, "largest": 2})})
    elif args.worlds == list(CASES):
        exact.round(4).to_csv(RESULTS, index=False)
        put("truth", {"Desks whose truth is known": found})
    print(together(exact).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
