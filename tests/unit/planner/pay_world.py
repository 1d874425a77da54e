"""A small desk with a scheme and a contact log, both in a store."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from desk import Desk, load_desk
from desk.frames import empty_frame
from planner.desk_change import changed_desk
from store import Store, import_contacts, owner, save_desk
from tests.views.tiny_plan import AGENTS, ZONE, write_desk

OWNER = owner("mia@example.com")
SCHEME = {
    "budget": 1000.0,
    "weights": {"speed": 0.5, "rating": 0.3, "overload": 0.1},
    "guarantee": 10.0,
    "guarantee_contacts": 20.0,
    "scheme": "June",
}
TARGET_S = {"pre_sale": 30, "after_sale": 60}


@dataclass(frozen=True)
class PayWorld:
    """What was put into the store: hash of the desk, number of the log."""

    store: Store
    desk: Desk
    version: str
    log: int


def pay_world(store: Store, folder: Path) -> PayWorld:
    """Fill the store."""
    desk, version = scheme_of_tiny(store, write_desk(folder / "desk"))
    return PayWorld(store, desk, version, import_contacts(store, OWNER, "June 17", many_contacts(), version).id)


def scheme_of_tiny(store: Store, folder: Path) -> tuple[Desk, str]:
    """The small desk of a folder with a scheme, as its newest version in the store, and its hash."""
    desk = changed_desk(load_desk(folder), settings={("incentive", key): value for key, value in SCHEME.items()})
    return desk, save_desk(store, OWNER, desk).hash


def many_contacts(days: int = 1, a_day: int = 60) -> pd.DataFrame:
    """Table ``contacts``: ``a_day`` of each agent on each day, the first agents faster than the last."""
    random = np.random.default_rng(3)
    rows = [
        {"agent": agent, "at": pd.Timestamp("2026-06-17 08:00", tz=ZONE) + pd.Timedelta(days=day, minutes=7 * number)}
        | {"wait_s": int(random.integers(5, 60 + 15 * place)), "rating": float(random.integers(2, 6))}
        for place, agent in enumerate(AGENTS)
        for day in range(days)
        for number in range(a_day)
    ]
    log = pd.DataFrame(rows)
    replied = log["at"] + pd.to_timedelta(log["wait_s"], unit="s").astype("timedelta64[us]")
    known = pd.DataFrame(
        {
            "contact": [f"K{number:05}" for number in range(len(log))],
            "queue": ["pre_sale" if agent[0] == "A" else "after_sale" for agent in log["agent"]],
            "arrived": log["at"],
            "assigned": log["at"],
            "first_reply": replied,
            "closed": replied + pd.Timedelta(minutes=4),
            "agent": log["agent"],
            "rating": log["rating"],
        }
    )
    blank = empty_frame("contacts", ZONE)
    return known.reindex(columns=blank.columns).astype(blank.dtypes)


def slow_contact(log: pd.DataFrame, agent: str, place: int = 0) -> str:
    """A contact that this agent answered too late."""
    wait = log["first_reply"] - log["assigned"]
    late = wait > log["queue"].map(TARGET_S).map(lambda seconds: pd.Timedelta(seconds=seconds))
    return str(log.loc[(log["agent"] == agent) & late, "contact"].iloc[place])
