"""Other people's forecasters on one series, in an environment of their own: imports nothing of ours.

``python bench/peers.py MODEL IN.json OUT.csv``: IN holds the series, its events and the origins; OUT gets one row per
origin and interval ahead with the mean, the quantiles and the CPU seconds of the origin's fit and forecast.
"""

import json
import logging
import resource
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
HORIZON_D = 14
TRAIN_D = {"prophet": 182, "mstl": 365, "lightgbm": 365}
"""Days of history: more made none of them better and Prophet, which learns no season of the year below two, slower."""
OPEN_D = 56
CALIBRATED_D = 28
WEEK_D = 7


def cpu_s() -> float:
    """CPU seconds of this process and of those that it started."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def open_slots(past: pd.DataFrame, times: pd.Series) -> np.ndarray:
    """Which ``times`` fall into a slot of the week in which something came in the last eight weeks."""
    recent = past[past["ds"] >= past["ds"].max() - pd.Timedelta(days=OPEN_D)]
    busy = set(_slot(recent["ds"][recent["y"] > 0]))
    return np.array([slot in busy for slot in _slot(times)])


def _slot(times: pd.Series) -> list[tuple[int, int]]:
    return list(zip(times.dt.dayofweek, times.dt.hour * 60 + times.dt.minute, strict=True))


def prophet(past: pd.DataFrame, future: pd.DataFrame, case: dict) -> np.ndarray:
    """One daily curve per weekday, weekly and yearly seasons, holidays, events as holidays of a day each."""
    from prophet import Prophet

    own, ahead = (_weekday_columns(frame) for frame in (past, future))
    model = Prophet(
        daily_seasonality=False, weekly_seasonality=True, holidays=_event_days(case), uncertainty_samples=500
    )
    for day in range(WEEK_D):
        model.add_seasonality(f"daily_{day}", period=1, fourier_order=8, condition_name=f"on_{day}")
    model.add_country_holidays(case["country"])
    model.fit(own)
    samples = model.predictive_samples(model.setup_dataframe(ahead.copy()))["yhat"]
    return np.column_stack([samples.mean(axis=1), np.quantile(samples, LEVELS, axis=1).T])


def _weekday_columns(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{f"on_{day}": frame["ds"].dt.dayofweek == day for day in range(WEEK_D)})


def _event_days(case: dict) -> pd.DataFrame | None:
    rows = [
        {"holiday": event["name"], "ds": day, "lower_window": 0, "upper_window": 2}
        for event in case["events"]
        for day in pd.date_range(event["start"], event["last"], freq="D")
    ]
    return pd.DataFrame(rows).drop_duplicates(["holiday", "ds"]) if rows else None


def mstl(past: pd.DataFrame, future: pd.DataFrame, case: dict) -> np.ndarray:
    """Statsforecast's MSTL with seasons of a day and a week of open slots, and an exponential smoothing of the rest."""
    from statsforecast.models import MSTL, AutoETS

    days, clock = _open_grid(past)
    known = _regular(past["ds"].min().normalize(), future["ds"].min().normalize(), days, clock)
    ahead = _regular(future["ds"].min().normalize(), future["ds"].max(), days, clock)
    filled = _filled(pd.DataFrame({"ds": known}).merge(past, on="ds", how="left"))
    model = MSTL(season_length=[len(clock), len(clock) * len(days)], trend_forecaster=AutoETS(model="ZZN"))
    found = model.forecast(y=filled, h=len(ahead), level=[50, 80, 95])
    low, high = (np.column_stack([found[f"{edge}-{level}"] for level in (95, 80, 50)]) for edge in ("lo", "hi"))
    values = np.column_stack([found["mean"], low, found["mean"], high[:, ::-1]])
    return pd.DataFrame(values, index=ahead).reindex(future["ds"]).fillna(0.0).to_numpy()


def _open_grid(past: pd.DataFrame) -> tuple[list[int], list[int]]:
    """Weekdays and minutes of the clock on which anybody ever called lately."""
    recent = past[(past["ds"] >= past["ds"].max() - pd.Timedelta(days=OPEN_D)) & (past["y"] > 0)]
    minute = recent["ds"].dt.hour * 60 + recent["ds"].dt.minute
    return sorted(set(recent["ds"].dt.dayofweek)), sorted(set(minute))


def _regular(first: pd.Timestamp, last: pd.Timestamp, days: list[int], clock: list[int]) -> pd.DatetimeIndex:
    """Every open minute of every open day from ``first`` to the day of ``last``: seasons must not slip."""
    own = [day for day in pd.date_range(first, last, freq="D") if day.dayofweek in days]
    times = pd.DatetimeIndex([day + pd.Timedelta(minutes=minute) for day in own for minute in clock])
    return times[times < last] if first < last and last == last.normalize() else times


def _filled(past: pd.DataFrame) -> np.ndarray:
    """Counts with unknown ones filled by the mean of their slot of the week."""
    slot = past["ds"].dt.dayofweek * 1440 + past["ds"].dt.hour * 60 + past["ds"].dt.minute
    return past["y"].fillna(past.groupby(slot)["y"].transform("mean")).fillna(past["y"].mean()).to_numpy()


def lightgbm(past: pd.DataFrame, future: pd.DataFrame, case: dict) -> np.ndarray:
    """Poisson boosting on clock, calendar, events, lags of two weeks and more; intervals from its last four weeks."""
    both = pd.concat([past, future.assign(y=np.nan)], ignore_index=True)
    features = _features(both, case)
    known, last = both["y"].notna().to_numpy(), past["ds"].max()
    early = known & (both["ds"] <= last - pd.Timedelta(days=CALIBRATED_D)).to_numpy()
    held = known & ~early
    scale = _scaled_errors(both["y"].to_numpy()[held], _boosted(features, both["y"], early).predict(features[held]))
    mean = _boosted(features, both["y"], known).predict(features[len(past) :])
    spread = np.sqrt(np.maximum(mean, 0.1))[:, None] * np.quantile(scale, LEVELS)[None, :]
    quantiles = np.maximum(mean[:, None] + spread, 0)
    quantiles[:, LEVELS.index(0.5)] = mean
    return np.column_stack([mean, np.sort(quantiles, axis=1)])


def _scaled_errors(came: np.ndarray, foretold: np.ndarray) -> np.ndarray:
    return (came - foretold) / np.sqrt(np.maximum(foretold, 0.1))


def _boosted(features: pd.DataFrame, y: pd.Series, rows: np.ndarray):
    import lightgbm as boosting

    asked = {"objective": "poisson", "learning_rate": 0.05, "num_leaves": 31, "min_data_in_leaf": 20}
    asked |= {"num_threads": 1, "verbosity": -1, "seed": 1, "deterministic": True}
    return boosting.train(asked, boosting.Dataset(features[rows], y[rows]), num_boost_round=300)


def _features(both: pd.DataFrame, case: dict) -> pd.DataFrame:
    import holidays

    times, series = both["ds"], both.set_index("ds")["y"]
    found = pd.DataFrame({"hour": times.dt.hour * 60 + times.dt.minute, "weekday": times.dt.dayofweek})
    found["day"], found["year_day"] = times.dt.day, times.dt.dayofyear
    free = holidays.country_holidays(case["country"], years=sorted(set(times.dt.year)))
    for name, shift in (("holiday", 0), ("before", 1), ("after", -1)):
        found[name] = [int((day + pd.Timedelta(days=shift)).date() in free) for day in times]
    for weeks in (2, 3, 4, 5):
        found[f"lag{weeks}"] = series.reindex(times - pd.Timedelta(weeks=weeks)).to_numpy()
    found["mean4"] = found[["lag2", "lag3", "lag4", "lag5"]].mean(axis=1)
    for event in {event["name"] for event in case["events"]}:
        found[f"event_{event}"] = _since(times, [own for own in case["events"] if own["name"] == event])
    return found


def _since(times: pd.Series, events: list[dict]) -> np.ndarray:
    """Days since the start of the event that is running or ended within a week; -1 where there is none."""
    found = np.full(len(times), -1.0)
    for event in events:
        start, end = pd.Timestamp(event["start"]), pd.Timestamp(event["last"]) + pd.Timedelta(days=8)
        inside = ((times >= start) & (times < end)).to_numpy()
        found[inside] = ((times[inside] - start) / pd.Timedelta(days=1)).to_numpy()
    return found


MODELS = {"prophet": prophet, "mstl": mstl, "lightgbm": lightgbm}


def at_origin(name: str, series: pd.DataFrame, origin: pd.Timestamp, case: dict) -> pd.DataFrame:
    """The forecast of one origin on every slot of the next two weeks; 0 where nobody ever calls."""
    end = origin + pd.Timedelta(days=HORIZON_D)
    past = series[(series["ds"] < origin) & (series["ds"] >= origin - pd.Timedelta(days=TRAIN_D[name]))]
    future = series[(series["ds"] >= origin) & (series["ds"] < end)]
    began = cpu_s()
    is_open = open_slots(past, future["ds"])
    usual = past[open_slots(past, past["ds"])].reset_index(drop=True)
    values = np.zeros((len(future), 1 + len(LEVELS)))
    if is_open.any():
        asked = future.loc[is_open, ["ds"]].reset_index(drop=True)
        values[is_open] = np.maximum(MODELS[name](usual, asked, case), 0)
    columns = ["mean", *(f"q{level}" for level in LEVELS)]
    found = pd.DataFrame(values, columns=columns, index=future.index)
    return found.assign(start=future["ds"], origin=origin, cpu_s=cpu_s() - began)


def main() -> None:
    """Forecast from every origin."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    name, source, target = sys.argv[1:4]
    case = json.loads(Path(source).read_text(encoding="utf-8"))
    series = pd.DataFrame({"ds": pd.to_datetime(case["ds"]), "y": pd.Series(case["y"], dtype="float64")})
    parts = [at_origin(name, series, pd.Timestamp(origin), case) for origin in case["origins"]]
    pd.concat(parts, ignore_index=True).to_csv(target, index=False)


if __name__ == "__main__":
    main()
