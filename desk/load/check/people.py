"""Agents and what they can do."""

from typing import Any

import numpy as np
import pandas as pd

from desk.load.check.days import days_there
from desk.load.check.promotions import refuse_backward
from desk.load.check.settings import is_usual
from desk.load.draft import Draft
from desk.load.spans import day_spans


def check_people(draft: Draft) -> None:
    """Note agents who can't take any queue and live queues that nobody can take."""
    if not draft.has("agents", "agent"):
        return
    agents = draft.frames["agents"]
    refuse_backward(draft, "agents", "from", "to")
    if draft.has("skills", "agent", "queue"):
        skills = draft.frames["skills"]
        without = ~agents["agent"].isin(skills["agent"]) & agents["agent"].notna()
        draft.mark("agent_without_skill", "agents", "agent", without, severity="warning")
        for queue in sorted(draft.names.get("queues", frozenset()) - set(skills["queue"].dropna())):
            draft.setting("queue_without_agents", "queues", queue, severity="warning", queue=queue)
    if draft.settings is not None:
        horizon = draft.settings.horizon
        gone = (agents["to"] <= np.datetime64(horizon.start)) | (agents["from"] >= np.datetime64(horizon.end))
        draft.mark("agent_absent", "agents", "agent", gone, severity="warning")
        _check_anybody(draft)


def _check_anybody(draft: Draft) -> None:
    """Note days of the horizon on which everybody is on leave or not employed."""
    assert draft.settings is not None
    if not is_usual(draft.settings.horizon):
        return
    there = days_there(draft)
    nobody = pd.DatetimeIndex(there.index[there == 0])
    if nobody.empty:
        return
    table = "leave" if draft.has("leave", "agent", "date") else "agents"
    facts: dict[str, Any] = {"days": len(nobody), "people": len(draft.frames["agents"]), "dates": day_spans(nobody)}
    draft.ledger.add("nobody_available", draft.sheets[table].file, severity="warning", **facts)
