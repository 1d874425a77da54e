"""A desk from nothing but its queues: enough to take a history in and to forecast it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from desk import Desk
from desk.load import changed_settings
from desk.settings import Horizon, Queue, Settings
from planner.desk_change import changed_desk

Kind = Literal["live", "deferrable"]
DEADLINE_H, PATIENCE_S = 24.0, 180.0
"""What a queue begins with until somebody knows better: hours to the deadline, mean patience in seconds."""
_BEFORE = Settings(
    name="-",
    timezone="UTC",
    interval_min=60,
    horizon=Horizon(start=date(2000, 1, 1), end=date(2000, 1, 2)),
    queues={"-": Queue(aht_s=[1.0])},
)


def fresh_desk(
    name: str, timezone: str, start: date, end: date, queues: Mapping[str, tuple[Kind, float]], language: str
) -> Desk:
    """A desk on a grid of an hour that knows its queues and no more.

    Parameters
    ----------
    start, end : the days to plan; ``end`` is the first after the last.
    queues : name -> kind, and handle time of a contact in seconds.

    Raises
    ------
    InputError : a name, zone or number that desk.toml would be refused for.
    """
    own: dict[tuple[str, ...], object] = {
        ("name",): name,
        ("timezone",): timezone,
        ("horizon",): {"start": start, "end": end},
        ("language",): language,
        ("queues",): {queue: _settings(kind, aht_s) for queue, (kind, aht_s) in queues.items()},
    }
    return changed_desk(Desk(changed_settings(_BEFORE, own), {}))


def _settings(kind: Kind, aht_s: float) -> dict[str, object]:
    own: dict[str, object] = {"kind": kind, "aht_s": [aht_s]}
    return own | ({"deadline_h": DEADLINE_H} if kind == "deferrable" else {"patience_s": PATIENCE_S})
