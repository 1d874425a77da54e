"""A changed plan, kept as a plan of its own."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.output.write import write_output
from planner.planned import Planned
from store import PlanVersion, Principal, Store, read_folder, save_plan


def save_as_new(
    store: Store, principal: Principal, planned: Planned, desk: str, told: dict[str, Any], lang: str, why: str = ""
) -> PlanVersion:
    """Keep a plan as a draft of its own, made for the saved ``desk``, with what is ``told`` in its meta."""
    plan = replace(planned.plan, status="draft", meta={**planned.plan.meta, **told})
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        out = Path(folder) / "out"
        write_output(replace(planned, plan=plan), out, lang=lang)
        return save_plan(store, principal, read_folder(out), desk, why)
