"""A real contact log, learned from and played again: `python -m bench.contact_cases`.

Fourteen days of an Israeli bank's calls (the cases' README). What the log teaches (patience, handle times, people,
presence) is all that the simulator is given, with the counts of each quarter of an hour and who was there; it then has
to lose as many callers, and let them wait as long, as was measured. Once with the quarters in which each one was there,
once with his whole shifts and the learned shrinkage.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench.cases import cases_folder
from desk import Desk, Forecast
from desk.frames import dtype_of, empty_frame
from desk.grid import epoch_s, interval_starts
from desk.settings import Settings
from desk.tables import table
from staffing import simulate
from staffing.learn import Learned, learn

ZONE, QUEUE, INTERVAL_MIN = "Asia/Jerusalem", "bank", 15
FILE = Path("contacts") / "bank_feb1999_first_half.tsv"
SPELL_MIN, SHIFT_MIN = 60, 360
RUNS = 40
Seconds = npt.NDArray[np.float64]
Parted = Callable[[Seconds, Seconds], npt.NDArray[np.bool_]]


@dataclass(frozen=True)
class Played:
    """Measured and simulated, of one log: calls compared, share of them lost and mean wait in s; simulated by presence
    and by whole shifts."""

    calls: int
    measured: dict[str, float]
    simulated: dict[str, float]
    by_shift: dict[str, float]
    learned: Learned


def bank_contacts(path: Path) -> pd.DataFrame:
    """The log as table ``contacts``; phantoms left out, calls without a known server given to ``NO_SERVER``."""
    raw = pd.read_csv(path, sep="\t")
    raw = raw[raw["outcome"] != "PHANTOM"].reset_index(drop=True)
    day = pd.to_datetime("19" + raw["date"].astype(str), format="%Y%m%d")
    arrived = day + pd.to_timedelta(raw["vru_exit"])
    ended = arrived + pd.to_timedelta(raw["q_time"], unit="s")
    served = raw["outcome"] == "AGENT"
    closed = ended + pd.to_timedelta(raw["ser_time"].where(served, 0), unit="s")
    own = {"contact": [f"B{number:06d}" for number in range(len(raw))], "queue": QUEUE, "arrived": arrived}
    own |= {"assigned": ended.where(served), "first_reply": ended.where(served), "closed": closed}
    own |= {"agent": raw["server"].where(served), "abandoned": ~served}
    frame = pd.DataFrame(own)
    for name in ("arrived", "assigned", "first_reply", "closed"):
        frame[name] = frame[name].dt.tz_localize(ZONE).astype(f"datetime64[us, {ZONE}]")
    blank = empty_frame("contacts", ZONE).reindex(frame.index)
    columns = table("contacts").columns.values()
    return blank.assign(**frame).astype({column.name: dtype_of(column, ZONE) for column in columns})


def bank_desk(contacts: pd.DataFrame, queue: dict[str, object], proficiency: dict[str, float]) -> Desk:
    """A desk of one queue with the people of the log."""
    first = contacts["arrived"].min().date()
    horizon = {"start": first, "end": contacts["arrived"].max().date() + timedelta(days=1)}
    raw = {"name": "bank", "timezone": ZONE, "interval_min": INTERVAL_MIN, "horizon": horizon, "queues": {QUEUE: queue}}
    agents = sorted(contacts["agent"].dropna().unique())
    skills = {"agent": agents, "queue": QUEUE, "proficiency": [proficiency.get(name, 1.0) for name in agents]}
    return Desk(Settings.model_validate(raw), {"skills": pd.DataFrame(skills).assign(home=True)})


def counted(desk: Desk, contacts: pd.DataFrame) -> Forecast:
    """The calls of each quarter of an hour, as the one path."""
    horizon = desk.settings.horizon
    starts = interval_starts(horizon.start, horizon.end, INTERVAL_MIN, ZONE)
    place = starts.searchsorted(pd.DatetimeIndex(contacts["arrived"]), side="right") - 1
    counts = np.bincount(place, minlength=len(starts)).astype(np.float32)
    return Forecast(starts, (QUEUE,), counts[np.newaxis, :, np.newaxis], INTERVAL_MIN)


def worked(contacts: pd.DataFrame, forecast: Forecast) -> pd.DataFrame:
    """Table ``duty``: who was there for half a quarter of an hour or more.

    Somebody is there from the beginning of one of his calls to the end of the next, unless more than a minute lies
    between them in which a customer waited throughout: then he was away.
    """
    first_s = epoch_s(forecast.starts)[0]
    busy = np.append(0, np.cumsum(waited_through(contacts, first_s, 1440 * 14)))

    def parted(begins: Seconds, ends: Seconds) -> npt.NDArray[np.bool_]:
        minute = [np.clip(np.floor(edge / 60.0).astype(int), 0, busy.size - 1) for edge in (ends + 60, begins)]
        away = (begins - ends > 60.0) & (busy[minute[1]] > busy[minute[0]])
        return np.asarray(away | (begins - ends > 60.0 * SPELL_MIN))

    return present(contacts, forecast, parted)


def whole_shifts(contacts: pd.DataFrame, forecast: Forecast) -> pd.DataFrame:
    """Table ``duty``: from the first call of each shift to the end of its last; six hours part two shifts."""
    return present(contacts, forecast, lambda begins, ends: begins - ends > 60.0 * SHIFT_MIN)


def present(contacts: pd.DataFrame, forecast: Forecast, parted: Parted) -> pd.DataFrame:
    """Who was there in half of an interval or more; ``parted`` says between which calls somebody was not."""
    start_s = epoch_s(forecast.starts)
    rows = []
    known = contacts[contacts["agent"].notna() & contacts["agent"].ne("NO_SERVER")]
    for agent, own in known.sort_values("assigned").groupby("agent"):
        begins, ends = (epoch_s(pd.DatetimeIndex(own[name])) - start_s[0] for name in ("assigned", "closed"))
        cut = np.flatnonzero(parted(begins[1:], ends[:-1]))
        spans = zip(begins[np.append(0, cut + 1)], ends[np.append(cut, len(ends) - 1)], strict=True)
        there = np.zeros(len(start_s))
        edges = start_s - start_s[0]
        for low, high in spans:
            there += np.clip(np.minimum(high, edges + 60.0 * INTERVAL_MIN) - np.maximum(low, edges), 0.0, None)
        inside = forecast.starts[there >= 30.0 * INTERVAL_MIN]
        rows.append(pd.DataFrame({"agent": agent, "start": inside, "activity": QUEUE}))
    return pd.concat(rows, ignore_index=True)


def waited_through(contacts: pd.DataFrame, first_s: float, minutes: int) -> npt.NDArray[np.bool_]:
    """Minutes throughout which somebody waited."""
    low = np.ceil((epoch_s(pd.DatetimeIndex(contacts["arrived"])) - first_s) / 60.0)
    until = pd.DatetimeIndex(contacts["assigned"].fillna(contacts["closed"]))
    high = np.floor((epoch_s(until) - first_s) / 60.0)
    found = np.zeros(minutes + 1, dtype=int)
    for begin, end in zip(low[low < high].astype(int), high[low < high].astype(int), strict=True):
        found[begin:end] += 1
    return found[:minutes] > 0


def played(path: Path, runs: int = RUNS) -> Played:
    """Learn from the log, and play it again."""
    contacts = bank_contacts(path)
    plain = bank_desk(contacts, {"aht_s": [180.0], "patience_s": 300.0}, {})
    learned = learn(plain, contacts[contacts["agent"].ne("NO_SERVER").fillna(True)])
    keys = {key: value for key, value in learned.settings[QUEUE].items() if value is not None}
    people = dict(zip(learned.proficiency["agent"], learned.proficiency["proficiency"], strict=True))
    aht_s = [learned.settings[QUEUE]["aht_s"][0] + wrap_up_s(contacts)]
    desk = bank_desk(contacts, keys | {"aht_s": aht_s}, people)
    there = bank_desk(contacts, keys | {"aht_s": aht_s, "shrinkage_by_hour": None}, people)
    forecast = counted(desk, contacts)
    seen, shifts = worked(contacts, forecast), whole_shifts(contacts, forecast)
    calls, measured, simulated = compared(contacts, forecast, simulate(there, forecast, seen, runs=runs).service, seen)
    by_shift = compared(contacts, forecast, simulate(desk, forecast, shifts, runs=runs).service, shifts)[2]
    return Played(calls, measured, simulated, by_shift, learned)


def wrap_up_s(contacts: pd.DataFrame) -> float:
    """Mean time from the end of a call to the beginning of the next where its customer was waiting already, s."""
    own = contacts[contacts["agent"].notna() & contacts["agent"].ne("NO_SERVER")].sort_values(["agent", "assigned"])
    before = own.groupby("agent")["closed"].shift()
    gap_s = (own["assigned"] - before) / pd.Timedelta(seconds=1)
    return float(gap_s[(own["arrived"] <= before) & gap_s.between(0.0, 60.0)].mean())


def compared(
    contacts: pd.DataFrame, forecast: Forecast, service: pd.DataFrame, duty: pd.DataFrame
) -> tuple[int, dict[str, float], dict[str, float]]:
    """Both sides over the quarters of an hour in which somebody was there: who called a closed desk was told so and
    hung up within two seconds, while the simulator lets him wait."""
    manned = np.asarray(forecast.starts.isin(duty["start"]))
    wait_s = (contacts["assigned"].fillna(contacts["closed"]) - contacts["arrived"]) / pd.Timedelta(seconds=1)
    place = forecast.starts.searchsorted(pd.DatetimeIndex(contacts["arrived"]), side="right") - 1
    inside = manned[place]
    measured = {"lost": float(contacts["abandoned"][inside].mean()), "wait_s": float(wait_s[inside].mean())}
    offered = forecast.paths[0, :, 0].astype(np.float64) * manned
    waited = (service["mean_wait_s_sim"].fillna(0.0) * offered).sum() / offered.sum()
    lost = (service["lost_sim"] * manned).sum() / offered.sum()
    return int(inside.sum()), measured, {"lost": float(lost), "wait_s": float(waited)}


def main() -> int:
    """Prints measured and simulated side by side."""
    folder = cases_folder()
    if folder is None:
        sys.stderr.write("the published cases are not here (PEAKDESK_CASES)\n")
        return 1
    found = played(folder / FILE)
    shown = found.learned.estimates
    print(shown[~shown["measure"].isin(["aht_hour"])].to_string(index=False))
    columns = {"measured": found.measured, "by presence": found.simulated, "by whole shifts": found.by_shift}
    print(f"{found.calls} calls while somebody was there")
    print(pd.DataFrame(columns).to_string())
    return 0


if __name__ == "__main__":
    sys.exit(main())
