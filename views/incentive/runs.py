"""Scorings of the store as pages show them, as far as who looks may see."""

import json
from functools import lru_cache
from math import nan
from time import time
from typing import Any

import pandas as pd

from desk import InputError
from desk.i18n import text
from desk.settings import IncentiveSettings
from planner.pay.run import kind_of
from store import (
    Principal,
    ScoreRun,
    list_score_runs,
    load_desk_version,
    owner,
    read_scores,
    read_statement,
    scope,
)
from views.api.serve import the_store
from views.kept_choice import choose_addressed

RUN, AGENT = "run", "agent"
"""Names in the address of the scoring and of whose statement is looked at."""
_KEPT_S = 60
"""How long scores are kept in memory: somebody may be erased meanwhile."""


def runs_of(principal: Principal) -> tuple[ScoreRun, ...]:
    """The scorings that somebody may see, newest first."""
    return list_score_runs(the_store(), principal)


def scores_of(principal: Principal, run: int) -> pd.DataFrame:
    """Table ``scores`` of a scoring, with the columns that its kind adds; shared: not to be changed."""
    return _scores(str(the_store().engine.url), principal, run, int(time() // _KEPT_S))


def names_of(principal: Principal, run: ScoreRun, agents: tuple[str, ...]) -> dict[str, str]:
    """The agents' names, from the desk for who may read it, else from the statements; the id where there is none."""
    address, minute = str(the_store().engine.url), int(time() // _KEPT_S)
    if scope(principal, "desk.read") == "all":
        known = _desk_names(address, run.desk, minute)
        return {agent: known.get(agent, agent) for agent in agents}
    return {agent: _name(address, principal, run.id, agent, minute) for agent in agents}


def scheme_of(run: ScoreRun) -> IncentiveSettings:
    """The scheme that a scoring was paid by."""
    return IncentiveSettings.model_validate_json(json.dumps(run.summary.get("incentive", {})))


def currency_of(run: ScoreRun) -> str:
    """The currency of a scoring's money."""
    return str(run.summary.get("currency", ""))


def run_words(run: ScoreRun, lang: str) -> str:
    """A scoring in a line: its name, kind, days and number."""
    first, last = run.summary.get("period", ("", ""))
    kind = text(f"view.pay.kind.{kind_of(run)}", lang)
    return text("view.pay.run_words", lang, name=run.name, kind=kind, first=first, last=last, number=run.id)


def choose_run(runs: tuple[ScoreRun, ...], lang: str) -> ScoreRun:
    """Draw the choice of a scoring, kept in the address; the newest by default."""
    known = {str(run.id): run for run in runs}
    label = text("view.pay.run", lang)
    return known[choose_addressed(RUN, label, list(known), lambda key: run_words(known[key], lang), lang)]


@lru_cache(maxsize=12)
def _scores(address: str, principal: Principal, run: int, minute: int) -> pd.DataFrame:
    found = read_scores(the_store(), principal, run)
    numbers = {name: nan for name in ("load", "pay_low", "pay_high") if name not in found}
    words = {name: None for name in ("days", "team", "chance") if name not in found}
    return found.assign(**numbers, **words)


@lru_cache(maxsize=4)
def _desk_names(address: str, version: str, minute: int) -> dict[str, str]:
    people = load_desk_version(the_store(), owner(), version).table("agents")
    return dict(people.loc[people["name"].notna(), ["agent", "name"]].itertuples(index=False))


@lru_cache(maxsize=4096)
def _name(address: str, principal: Principal, run: int, agent: str, minute: int) -> str:
    try:
        record: dict[str, Any] = json.loads(read_statement(the_store(), principal, run, agent))
    except InputError:
        return agent
    return str(record.get("name") or agent)
