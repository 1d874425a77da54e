"""Who takes which queue where a desk of fixed headcounts does not say so."""

from dataclasses import replace

import pandas as pd

from desk.basis import Basis, basis_of
from desk.errors import Finding
from desk.frames import empty_frame
from desk.nouns import Desk


def with_seats(desk: Desk) -> Desk:
    """The desk with everybody in its only queue, where it is planned by headcounts and has no table ``skills``.

    Where there are several queues nobody can tell who takes which; people without any are rostered, but have no duty.
    """
    queues, agents = list(desk.settings.queues), desk.table("agents")["agent"]
    if len(queues) != 1 or agents.empty or desk.has("skills") or basis_of(desk) is not Basis.HEADCOUNTS:
        return desk
    made = pd.DataFrame({"agent": agents, "queue": queues[0], "proficiency": 1.0, "home": True})
    skills = made.astype(empty_frame("skills", desk.settings.timezone).dtypes.to_dict())
    told = Finding("everybody_takes", "note", facts={"queue": queues[0]})
    return replace(desk, tables={**desk.tables, "skills": skills}, findings=(*desk.findings, told))
