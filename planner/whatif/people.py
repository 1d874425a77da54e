"""Suppositions about people: more of a kind, fewer, or trained for another queue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Desk, Plan
from planner.whatif.supposition import Supposition, refused

AGENTS, TRAIN = "agents", "train"
TRAINED = 0.25
"""Who is newly trained works as well as the quarter of the queue's people who are slowest."""
BY_AGENT = ("agents", "skills", "leave", "requests", "pinned", "worked", "published")
COPIED = ("agents", "skills")
"""Whoever comes in addition has neither leave nor wishes nor a past here."""
MOST_PEOPLE = 5000


@dataclass(frozen=True, slots=True)
class Staffed:
    """Desk and plan with other people.

    Parameters
    ----------
    added : new code -> whose line and skills it copies. gone, trained : codes.
    """

    desk: Desk
    plan: Plan
    added: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    trained: tuple[str, ...] = ()


def supposed_people(desk: Desk, plan: Plan, suppositions: Sequence[Supposition]) -> Staffed:
    """Desk and plan with people added, gone or trained.

    Who comes in addition works the line of somebody of the kind, who goes is drawn by lot (the seed is the
    optimiser's), and the best of those without the skill are trained. A plan made again may use them better.

    Raises
    ------
    InputError : there is nobody of the kind, or not that many.
    """
    staffed = Staffed(desk, plan)
    rng = np.random.default_rng(desk.settings.scheduler.seed)
    for own in suppositions:
        staffed = _trained(staffed, own) if own.head == TRAIN else _moved(staffed, own, rng)
    return staffed


def _moved(staffed: Staffed, own: Supposition, rng: np.random.Generator) -> Staffed:
    kind = _kind(staffed.desk, own)
    wanted = round(own.of(len(kind)))
    if not 0 <= wanted <= MOST_PEOPLE or (own.op == "=" and not isinstance(own.value, int)):
        raise refused(own, "whatif_people", there=len(kind))
    if wanted < len(kind):
        return _without(staffed, sorted(rng.choice(kind, len(kind) - wanted, replace=False).tolist()))
    rounds = -(-(wanted - len(kind)) // len(kind))
    models = [code for _ in range(rounds) for code in rng.permutation(kind).tolist()][: wanted - len(kind)]
    return _with(staffed, models)


def _kind(desk: Desk, own: Supposition) -> list[str]:
    """Codes of the people of a team, a contract, or a queue at home, of them those who take just the queues that are
    named besides; everybody where none is named.
    """
    agents, name, queues = desk.table("agents"), *_named(own.rest)
    found = _of(desk, own.rest)
    if found.empty and queues:
        takes = desk.table("skills").groupby("agent")["queue"].agg(set)
        found = _of(desk, name)
        found = found[found.map(takes).map(lambda able: able == queues)]
    if found.empty:
        teams = agents["team"].dropna().unique().tolist()
        known = [*teams, *desk.settings.contracts, *desk.settings.queues]
        raise refused(own, "whatif_unknown", known=", ".join(map(str, known)))
    return sorted(found.astype(str))


def _named(rest: str) -> tuple[str, set[str]]:
    """``temp:presale|aftersale``: of whom, and which queues they take."""
    name, _, queues = rest.rpartition(":")
    return name, set(filter(None, queues.split("|"))) if name else set()


def _of(desk: Desk, name: str) -> "pd.Series[str]":
    """Codes of the people of a team, a contract, or a queue at home; everybody where the name is empty."""
    agents, skills = desk.table("agents"), desk.table("skills")
    at_home = skills.loc[skills["home"].fillna(False).astype(bool) & (skills["queue"] == name), "agent"]
    named = (agents["team"] == name) | (agents["contract"] == name) | agents["agent"].isin(at_home)
    found: pd.Series[str] = agents["agent"] if not name else agents.loc[named.fillna(False), "agent"]
    return found


def _without(staffed: Staffed, gone: Sequence[str]) -> Staffed:
    desk = staffed.desk
    held = {name: desk.table(name) for name in BY_AGENT if desk.has(name)}
    tables = {name: own[~own["agent"].isin(gone)].reset_index(drop=True) for name, own in held.items()}
    plan = replace(
        staffed.plan,
        roster=staffed.plan.roster[~staffed.plan.roster["agent"].isin(gone)].reset_index(drop=True),
        duty=staffed.plan.duty[~staffed.plan.duty["agent"].isin(gone)].reset_index(drop=True),
    )
    left = replace(desk, tables={**desk.tables, **tables})
    return replace(staffed, desk=left, plan=plan, gone=(*staffed.gone, *gone))


def _with(staffed: Staffed, models: Sequence[str]) -> Staffed:
    taken = set(staffed.desk.table("agents")["agent"].astype(str))
    pairs = list(zip(_new_codes(taken, len(models)), models, strict=True))
    tables = {name: _copied(staffed.desk.table(name), pairs) for name in COPIED if staffed.desk.has(name)}
    plan = replace(staffed.plan, roster=_copied(staffed.plan.roster, pairs), duty=_copied(staffed.plan.duty, pairs))
    desk = replace(staffed.desk, tables={**staffed.desk.tables, **tables})
    return replace(staffed, desk=desk, plan=plan, added=(*staffed.added, *pairs))


def _new_codes(taken: set[str], count: int) -> list[str]:
    """Codes that nobody has."""
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        if f"+{number}" not in taken:
            found.append(f"+{number}")
    return found


def _copied(frame: pd.DataFrame, pairs: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The rows, and those of each model again under the new code."""
    if not pairs or frame.empty:
        return frame
    new = pd.DataFrame(pairs, columns=["new", "agent"])
    again = new.merge(frame, on="agent", how="inner")
    again["agent"] = again.pop("new")
    return pd.concat([frame, again[list(frame.columns)].astype(frame.dtypes.to_dict())], ignore_index=True)


def _trained(staffed: Staffed, own: Supposition) -> Staffed:
    desk, skills = staffed.desk, staffed.desk.table("skills")
    if own.rest not in desk.settings.queues:
        raise refused(own, "whatif_unknown", known=", ".join(desk.settings.queues))
    holders = skills[skills["queue"] == own.rest]
    others = skills[~skills["agent"].isin(holders["agent"])].sort_values(
        ["proficiency", "agent"], ascending=[False, True], kind="stable"
    )
    able = others["agent"].drop_duplicates().tolist()
    if own.op != "+" or own.value != int(own.value) or not 0 < own.value <= len(able):
        raise refused(own, "whatif_train", there=len(able))
    chosen = able[: int(own.value)]
    level = float(holders["proficiency"].quantile(TRAINED)) if len(holders) else 1 - TRAINED
    rows = pd.DataFrame({"agent": chosen, "queue": own.rest, "proficiency": level, "home": False})
    new = pd.concat([skills, rows.reindex(columns=skills.columns).astype(skills.dtypes.to_dict())], ignore_index=True)
    desk = replace(desk, tables={**desk.tables, "skills": new})
    return replace(staffed, desk=desk, trained=(*staffed.trained, *map(str, chosen)))
