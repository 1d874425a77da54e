"""All that a contact log teaches of a desk, as one table, and what of it the desk's files can hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Finding
from desk.settings import Queue
from staffing.learn.handling import HandleFit, fit_handling, handled
from staffing.learn.hourly import Hourly, hourly_effort, hourly_shrinkage
from staffing.learn.patience_fit import FEWEST_LEFT, Estimated, PatienceFit, fit_patience
from staffing.learn.presence import shrinkage
from staffing.learn.waits import Waits, waits_of
from staffing.patience import patience

FloatArray = npt.NDArray[np.float64]
Row = dict[str, Any]
COLUMNS = ["queue", "measure", "key", "value", "low", "high", "contacts", "before", "written"]
LEAST_PROFICIENCY, MOST_PROFICIENCY = 0.05, 3.0
FEWEST_CONTACTS = 30
MOST_CV = 5.0


@dataclass(frozen=True)
class Learned:
    """What a log teaches.

    Parameters
    ----------
    estimates : table ``estimates``.
    settings : queue -> keys of its section of desk.toml with their new values; None = the key goes.
    proficiency : columns agent, queue, proficiency: new values of rows of table ``skills``.
    findings : of what the log says too little.
    """

    estimates: pd.DataFrame
    settings: Mapping[str, Mapping[str, Any]]
    proficiency: pd.DataFrame
    findings: tuple[Finding, ...] = ()


def learn(desk: Desk, contacts: pd.DataFrame) -> Learned:
    """Patience, handle times, proficiencies and shrinkage of the live queues from a table ``contacts``.

    A queue of which the log knows too little keeps what it has: twenty leavings for patience, thirty closings for a
    handle time or a proficiency; so does one of whose contacts nobody was served.
    """
    rows: list[Row] = []
    findings: list[Finding] = []
    settings: dict[str, dict[str, Any]] = {}
    skills: list[Row] = []
    for name, queue in desk.settings.queues.items():
        own = contacts[contacts["queue"].eq(name)]
        if queue.kind != "live":
            continue
        if not (own["closed"].notna() & own["agent"].notna() & ~own["abandoned"].eq(True).fillna(False)).any():
            facts = {"contacts": len(own)}
            findings.append(Finding("log_nobody_served", "warning", "contacts", value=name, facts=facts))
            continue
        waits = waits_of(own)
        waited = fit_patience(waits)
        held = fit_handling(handled(contacts, name, len(queue.aht_s)))
        hours = _hours(desk, contacts, name, held)
        settings[name] = _patience_keys(waited) | _handle_keys(held, queue) | _hour_keys(hours)
        mine = _proficiencies(desk, name, held)
        skills += mine
        findings += _wanting(name, waits, waited, held)
        rows += [{"queue": name} | row for row in (*_rows(queue, waited, held, mine), *_hour_rows(queue, hours))]
    estimates = pd.DataFrame(rows, columns=COLUMNS)
    changed = {name: keys for name, keys in settings.items() if keys}
    return Learned(estimates, changed, pd.DataFrame(skills, columns=SKILL), tuple(findings))


SKILL = ["agent", "queue", "proficiency", "before"]


def _wanting(queue: str, waits: Waits, waited: PatienceFit | None, held: HandleFit) -> Iterator[Finding]:
    """Notes on what keeps its old value because too little is known of it."""
    if waited is None:
        facts = {"left": waits.left_s.size + waits.gone_s.size, "least": FEWEST_LEFT, "untimed": waits.untimed}
        yield Finding("patience_not_learned", "note", "contacts", column="abandoned", value=queue, facts=facts)
    if not np.isfinite(held.aht_s).all():
        facts = {"closed": int(held.closed.min()), "level": int(held.closed.argmin()) + 1, "least": FEWEST_CONTACTS}
        yield Finding("handling_not_learned", "note", "contacts", column="closed", value=queue, facts=facts)


@dataclass(frozen=True, slots=True)
class _ByHour:
    """Handle time and shrinkage by hour, and the contacts and people's minutes behind each."""

    effort: Hourly
    contacts: FloatArray
    away: Hourly
    minutes: FloatArray


def _hours(desk: Desk, contacts: pd.DataFrame, queue: str, held: HandleFit) -> _ByHour:
    breaks_min = desk.table("shifts")["break_min"]
    away = shrinkage(contacts, queue, float(breaks_min[breaks_min > 0].min()))
    return _ByHour(
        hourly_effort(held.hour, held.hour_low, held.hour_high, held.hour_contacts),
        held.hour_contacts,
        hourly_shrinkage(away.share, away.low, away.high, away.minutes),
        away.minutes,
    )


def _hour_rows(queue: Queue, hours: _ByHour) -> Iterator[Row]:
    measures = (
        ("aht_hour", hours.effort, hours.contacts, queue.aht_by_hour),
        ("shrinkage", hours.away, hours.minutes, queue.shrinkage_by_hour),
    )
    for measure, found, evidence, stood in measures:
        for hour in np.flatnonzero(np.isfinite(found.value)):
            limits = Estimated(found.value[hour], found.low[hour], found.high[hour])
            before = None if stood is None else stood[hour]
            yield _row(measure, hour, limits, evidence[hour], before, found.by_hour is not None)


def _hour_keys(hours: _ByHour) -> dict[str, Any]:
    """What the desk is to hold by hour; None where the log shows all hours alike, nothing where it shows no hour."""
    measures = (("aht_by_hour", hours.effort), ("shrinkage_by_hour", hours.away))
    return {
        key: None if found.by_hour is None else [round(float(value), 3) for value in found.by_hour]
        for key, found in measures
        if np.isfinite(found.value).any()
    }


def _rows(queue: Queue, waited: PatienceFit | None, held: HandleFit, skills: list[Row]) -> Iterator[Row]:
    if waited is not None:
        yield from _patience_rows(waited, queue)
    for level, before in enumerate(queue.aht_s):
        limits = Estimated(held.aht_s[level], held.aht_low[level], held.aht_high[level])
        yield _row("aht_s", level + 1, limits, held.closed[level], before, bool(np.isfinite(limits.value)))
    if np.isfinite(held.aht_s).any():
        limits = Estimated(held.variation, held.variation_low, held.variation_high)
        yield _row("aht_cv", "", limits, held.closed.sum(), queue.aht_cv, True)
    written = {row["agent"]: row["before"] for row in skills}
    for place, agent in enumerate(held.agents):
        if held.contacts[place] > 0:
            limits = Estimated(held.proficiency[place], held.proficiency_low[place], held.proficiency_high[place])
            yield _row("proficiency", agent, limits, held.contacts[place], written.get(agent), agent in written)


def _row(
    measure: str, key: object, found: Estimated, contacts: float, before: float | None = None, written: bool = False
) -> Row:
    own = {"measure": measure, "key": str(key), "value": found.value, "low": found.low, "high": found.high}
    return own | {"contacts": contacts, "before": np.nan if before is None else before, "written": written}


def _patience_rows(waited: PatienceFit, queue: Queue) -> Iterator[Row]:
    before = patience(queue)
    yield _row("patience_s", "", waited.mean_s, waited.contacts, before.mean_s, not waited.curved)
    if waited.gone > 0:
        yield _row("silent_share", "", waited.silent_share, waited.gone, queue.silent_share, True)
        yield _row("silent_s", "", waited.silent_s, waited.gone, queue.silent_s, True)
    for at, wait_s in enumerate(waited.wait_s):
        limits = Estimated(waited.lost[at], waited.lost_low[at], waited.lost_high[at])
        yield _row(
            "share_lost", f"{wait_s:g}", limits, waited.contacts, float(1.0 - before.stay(wait_s)), waited.curved
        )


def _patience_keys(waited: PatienceFit | None) -> dict[str, Any]:
    if waited is None:
        return {}
    keys: dict[str, Any] = {"patience": None, "patience_s": None, "patience_curve": None}
    if waited.curved:
        keys["patience_curve"] = {
            "wait_s": [float(wait) for wait in waited.wait_s],
            "share_lost": [round(float(share), 6) for share in waited.lost],
        }
    else:
        keys["patience_s"] = round(waited.mean_s.value, 1)
    if waited.gone > 0:
        keys |= {"silent_share": round(waited.silent_share.value, 4), "silent_s": round(waited.silent_s.value, 1)}
    return keys


def _handle_keys(held: HandleFit, queue: Queue) -> dict[str, Any]:
    """The learned handle times; a level of which too little is known keeps its ratio to the nearest known one."""
    known = np.flatnonzero(np.isfinite(held.aht_s))
    if not known.size:
        return {}
    before = np.array(queue.aht_s)
    nearest = known[np.abs(np.arange(before.size)[:, np.newaxis] - known).argmin(axis=1)]
    learned = before * (held.aht_s / before)[nearest]
    return {"aht_s": [round(float(value), 1) for value in learned], "aht_cv": round(min(held.variation, MOST_CV), 3)}


def _proficiencies(desk: Desk, queue: str, held: HandleFit) -> list[Row]:
    """New values of the skills' rows of those of whom enough is known."""
    skills = desk.table("skills")
    before = skills[skills["queue"].eq(queue)].set_index("agent")["proficiency"]
    found = np.clip(held.proficiency, LEAST_PROFICIENCY, MOST_PROFICIENCY).round(3)
    enough = held.contacts >= FEWEST_CONTACTS
    return [
        {"agent": agent, "queue": queue, "proficiency": float(found[place]), "before": float(before[agent])}
        for place, agent in enumerate(held.agents)
        if enough[place] and agent in before.index
    ]
