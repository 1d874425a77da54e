"""Measures by agent or team, and by day, phase or event: the same rows added up differently."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from desk import Desk
from incentive.evidence import Result, Rows
from incentive.log import Floats, Ints, Log, total_by
from incentive.risk import promotion_code

DAILY_COLUMNS = ("agent", "date", "measure", "contacts", "observed", "expected")
GROUP_COLUMNS = ("scope", "name", "span", "part", "measure", "contacts", "observed", "expected")
SPANS = ("all", "day", "phase", "event")
_COLUMN = {"phase": "phase", "event": "promotion"}


def by_agent_and_day(log: Log, results: Sequence[Result]) -> pd.DataFrame:
    """One row per agent, day and measure with evidence: the columns ``DAILY_COLUMNS``."""
    parts = []
    for result in results:
        days, code = np.unique(result.rows.day, return_inverse=True)
        sums = _summed(result, result.rows.agent, code, max(len(days), 1))
        dates = pd.to_datetime(days[sums.pop("part").to_numpy()], unit="D").astype("datetime64[us]")
        parts.append(sums.assign(agent=log.agents[sums["group"]], date=dates, measure=result.measure.name))
    rows = pd.concat(parts, ignore_index=True)
    return rows[list(DAILY_COLUMNS)].sort_values(["agent", "date"], kind="stable", ignore_index=True)


def grouped(desk: Desk, log: Log, results: Sequence[Result]) -> pd.DataFrame:
    """Every measure by agent, team and desk (``scope``), in all and by day, phase and event (``span``, ``part``).

    Returns
    -------
    Columns ``GROUP_COLUMNS``: contacts, observed and expected, each in the measure's unit; a reward is known by the
    day, so phases and events have none.
    """
    names, teams = _teams(desk, log)
    scopes = (
        ("agent", tuple(map(str, log.agents)), np.arange(len(log.agents))),
        ("team", names, teams),
        ("desk", (desk.settings.name,), np.zeros(len(log.agents), dtype=np.int64)),
    )
    parts = [
        part
        for result in results
        for span in SPANS
        for part in _spanned(desk, result, span, scopes)
    ]  # fmt: skip
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(GROUP_COLUMNS))
    return whole[list(GROUP_COLUMNS)]


def _teams(desk: Desk, log: Log) -> tuple[tuple[str, ...], Ints]:
    team = desk.table("agents").drop_duplicates("agent").set_index("agent")["team"].reindex(log.agents)
    codes, names = pd.factorize(team.fillna(""), sort=True)
    return tuple(map(str, names)), codes.astype(np.int64)


def _spanned(
    desk: Desk, result: Result, span: str, scopes: Sequence[tuple[str, tuple[str, ...], Ints]]
) -> Iterator[pd.DataFrame]:
    rows, (code, words) = result.rows, _parts(desk, result.rows, span)
    if not words:
        return
    for scope, names, group in scopes:
        sums = _summed(result, group[rows.agent], code, len(words))
        labels = {"name": np.array(names, dtype=object)[sums.pop("group")],
                  "part": np.array(words, dtype=object)[sums.pop("part")]}  # fmt: skip
        yield sums.assign(**labels, scope=scope, span=span, measure=result.measure.name)


def _parts(desk: Desk, rows: Rows, span: str) -> tuple[Ints, tuple[str, ...]]:
    """Per row the code of its part, -1 = in none, and the parts' names."""
    if span == "all":
        return np.zeros(len(rows.agent), dtype=np.int64), ("",)
    if span == "day":
        days, code = np.unique(rows.day, return_inverse=True)
        return code.astype(np.int64), tuple(f"{day:%Y-%m-%d}" for day in pd.to_datetime(days, unit="D"))
    code, words = promotion_code(desk, rows.start_s, _COLUMN[span])
    return code - 1, words if (rows.start_s >= 0).any() else ()


def _summed(result: Result, group: Ints, part: Ints, parts: int) -> pd.DataFrame:
    """Contacts, observed and expected of each group and part with rows."""
    rows, inside = result.rows, part >= 0
    key = (group * parts + part)[inside]
    size = int(key.max(initial=-1)) + 1

    def added(values: Floats) -> Floats:
        return total_by(key, values[inside], size) if len(values) else np.full(size, np.nan)

    there = np.flatnonzero(np.bincount(key, minlength=size))
    number, expected, weight = (added(own)[there] for own in (rows.number, rows.expected, rows.weight))
    if len(rows.weight):
        weight = np.where(weight > 0, weight, np.nan)
        number, expected = number / weight, expected / weight
    own = {"group": there // parts, "part": there % parts, "contacts": added(rows.contacts)[there]}
    return pd.DataFrame(own | {"observed": number, "expected": expected})
