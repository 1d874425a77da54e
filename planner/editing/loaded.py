"""A stored plan as it stands, for work outside of a page."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.kept import as_it_stands, unpack
from planner.output.read import read_output
from planner.output.write import write_output
from planner.planned import Planned
from store import PlanVersion, Principal, Store, load_plan, read_folder, save_plan


def load_standing(store: Store, principal: Principal, plan: str) -> Planned:
    """A stored plan with its roster and duty as edited.

    Raises
    ------
    InputError : there is no such plan, or its files can't be read.
    """
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        planned = read_output(unpack(load_plan(store, principal, plan), Path(folder) / "out"))
    return as_it_stands(store, principal, plan, planned)


def save_as_new(
    store: Store, principal: Principal, planned: Planned, desk: str, told: dict[str, Any], lang: str, why: str = ""
) -> PlanVersion:
    """Keep a plan as a draft of its own, made for the saved ``desk``, with what is ``told`` in its meta."""
    plan = replace(planned.plan, status="draft", meta={**planned.plan.meta, **told})
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        out = Path(folder) / "out"
        write_output(replace(planned, plan=plan), out, lang=lang)
        return save_plan(store, principal, read_folder(out), desk, why)
