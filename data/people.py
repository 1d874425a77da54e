"""The staff: who they are, what they can do, when they can't, and what they worked last week."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

import numpy as np
import pandas as pd

from data.people_spec import People, Range
from data.streams import stream
from data.world import world_folder

WEEK = 7


@dataclass(frozen=True, slots=True)
class Staff:
    """The tables of the people, and the truth about their skill."""

    agents: pd.DataFrame
    skills: pd.DataFrame
    leave: pd.DataFrame
    requests: pd.DataFrame
    pinned: pd.DataFrame
    worked: pd.DataFrame
    truth: pd.DataFrame


def staff(spec: People, start: date, end: date, shifts: pd.DataFrame, seed: int) -> Staff:
    """Draw the people of a desk whose horizon is [start, end)."""
    agents = _agents(spec, seed)
    skills = _skills(spec, agents, seed)
    leave = _leave(spec, agents, start, end, seed)
    worked = _worked(spec, agents, start)
    requests = _requests(spec, agents, leave, start, end, shifts, seed)
    return Staff(agents, skills, leave, requests, _pinned(spec, agents), worked, _truth(agents, skills, seed))


def _agents(spec: People, seed: int) -> pd.DataFrame:
    rng = stream(seed, "agents")
    members = [(team.team, team.home, contract) for team in spec.teams for contract in _contracts(spec, team.size)]
    frame = pd.DataFrame(members, columns=["team", "home", "contract"])
    frame.insert(0, "agent", [f"A{number:03d}" for number in range(1, len(frame) + 1)])
    frame.insert(1, "name", _names(rng, len(frame)))
    noise = np.exp(rng.normal(0, spec.cost_per_h_noise, len(frame)))
    frame["cost_per_h"] = (frame["contract"].map(lambda name: spec.contracts[name].cost_per_h) * noise).round(1)
    frame["from"] = frame["contract"].map(lambda name: spec.contracts[name].joins)
    frame["to"] = None
    frame["email"] = frame["agent"].str.lower() + "@" + spec.email_domain
    return frame


def _contracts(spec: People, size: int) -> list[str]:
    """The contracts of a team, largest share first, all shares rounded, the first takes the rest."""
    names = list(spec.contracts)
    counts = [round(spec.contracts[name].share * size) for name in names[1:]]
    counts.insert(0, size - sum(counts))
    return [name for name, count in zip(names, counts, strict=True) for _ in range(count)]


def _names(rng: np.random.Generator, count: int) -> list[str]:
    raw = tomllib.loads((world_folder("names.toml")).read_text(encoding="utf-8"))
    every = [surname + given for surname in raw["surnames"] for given in raw["given"]]
    return [str(name) for name in rng.choice(every, count, replace=False)]


def _skills(spec: People, agents: pd.DataFrame, seed: int) -> pd.DataFrame:
    rng = stream(seed, "skills")
    queues = list(dict.fromkeys(team.home for team in spec.teams))
    rows: list[tuple[str, str, float, int]] = []
    for agent, home in zip(agents["agent"], agents["home"], strict=True):
        rows.append((agent, home, _step(_between(rng, spec.home_proficiency)), 1))
        others = [queue for queue in queues if queue != home and rng.random() < spec.cross_share]
        rows += [(agent, other, _step(_between(rng, spec.cross_proficiency)), 0) for other in others]
    return pd.DataFrame(rows, columns=["agent", "queue", "proficiency", "home"])


def _between(rng: np.random.Generator, limits: Range) -> float:
    return float(rng.uniform(limits[0], limits[1]))


def _step(value: float) -> float:
    return round(round(value / 0.05) * 0.05, 2)


def _leave(spec: People, agents: pd.DataFrame, start: date, end: date, seed: int) -> pd.DataFrame:
    """Short leaves, none on a blocked day."""
    rng = stream(seed, "leave")
    rows: list[tuple[str, date, str]] = []
    regular = agents.loc[agents["from"].isna(), "agent"]
    for agent in rng.choice(regular, round(spec.leave_share * len(agents)), replace=False):
        first = start + timedelta(days=int(rng.integers(0, (end - start).days - spec.leave_days_max)))
        kind = str(rng.choice(["annual", "annual", "sick", "training"]))
        days = [first + timedelta(days=day) for day in range(int(rng.integers(1, spec.leave_days_max + 1)))]
        rows += [(str(agent), day, kind) for day in days if day not in spec.leave_blocked]
    return pd.DataFrame(rows, columns=["agent", "date", "kind"]).sort_values(["agent", "date"], ignore_index=True)


def _requests(
    spec: People, agents: pd.DataFrame, leave: pd.DataFrame, start: date, end: date, shifts: pd.DataFrame, seed: int
) -> pd.DataFrame:
    rng = stream(seed, "requests")
    away = set(zip(leave["agent"], leave["date"], strict=True))
    rows: list[tuple[str, date, str, str, float]] = []
    for agent, contract, joins in zip(agents["agent"], agents["contract"], agents["from"], strict=True):
        day = start + timedelta(days=int(rng.integers(0, (end - start).days)))
        wish, shift = _wish(rng, contract, shifts)
        weight = round(_between(rng, spec.request_weight))
        there = (agent, day) not in away and (pd.isna(joins) or day >= joins)
        if rng.random() < spec.request_share and there:
            rows.append((agent, day, wish, shift, weight))
    return pd.DataFrame(rows, columns=["agent", "date", "wish", "shift", "weight"])


def _wish(rng: np.random.Generator, contract: str, shifts: pd.DataFrame) -> tuple[str, str]:
    allowed = [shift for shift, who in zip(shifts["shift"], shifts["contracts"], strict=True) if contract in who]
    shift = str(rng.choice(allowed))
    return [("off", ""), ("off", shift), ("on", shift)][int(rng.integers(0, 3))]


def _worked(spec: People, agents: pd.DataFrame, start: date) -> pd.DataFrame:
    """The week before the horizon: each keeps one shift all week, days off next to each other and by turns."""
    dates = [start - timedelta(days=WEEK - day) for day in range(WEEK)]
    rows: list[tuple[str, date, str]] = []
    for turn, (own, shift) in enumerate(zip(agents.to_dict("records"), _shift_of_week(spec, agents), strict=True)):
        days_off = WEEK - spec.contracts[str(own["contract"])].work_days
        off = {(turn * days_off + day) % WEEK for day in range(days_off)}
        if pd.isna(own["from"]):
            rows += [(str(own["agent"]), day, "OFF" if n in off else shift) for n, day in enumerate(dates)]
    return pd.DataFrame(rows, columns=["agent", "date", "shift"])


def _shift_of_week(spec: People, agents: pd.DataFrame) -> list[str]:
    """The shift each agent kept last week; the first full-timers of the first team kept the night."""
    turns: dict[str, Any] = {name: cycle(own.shifts) for name, own in spec.contracts.items()}
    chosen = [next(turns[contract]) for contract in agents["contract"]]
    return [spec.night.shift] * spec.night.agents + list(islice(chosen, spec.night.agents, None))


def _pinned(spec: People, agents: pd.DataFrame) -> pd.DataFrame:
    leads = agents.groupby("team", sort=False).head(2)["agent"]
    rows = [(agent, spec.pinned.date, spec.pinned.shift) for agent in leads[: spec.pinned.agents]]
    return pd.DataFrame(rows, columns=["agent", "date", "shift"])


def _truth(agents: pd.DataFrame, skills: pd.DataFrame, seed: int) -> pd.DataFrame:
    """True skill: speed as a factor on handle time, conversion and rating as log-odds."""
    rng = stream(seed, "truth")
    home = skills[skills["home"] == 1].set_index("agent")["proficiency"]
    frame = pd.DataFrame({"agent": agents["agent"]})
    frame["speed"] = (frame["agent"].map(home) * np.exp(rng.normal(0, 0.05, len(frame)))).round(4)
    frame["reply"] = np.exp(rng.normal(0, 0.25, len(frame))).round(4)
    frame["conversion"] = rng.normal(0, 0.30, len(frame)).round(4)
    frame["rating"] = rng.normal(0, 0.40, len(frame)).round(4)
    return frame
