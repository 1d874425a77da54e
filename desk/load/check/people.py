"""Agents and what they can do."""

import numpy as np

from desk.load.check.promotions import refuse_backward
from desk.load.draft import Draft


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
