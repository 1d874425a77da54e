"""Activities in a finished plan: whole or not at all, one at a time, no queue untrained where another is legal."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bench.roster_desk import made_desk
from desk import Curves, Desk
from scheduler import make_roster

COLUMNS = ["activity", "minutes", "window_start", "window_end", "who", "sessions_max", "grants_skill"]


def desk_of(seed: int) -> tuple[Desk, Curves]:
    """A dozen people for two days with two briefings in the same hours and a training, some at work since the eve."""
    rng = np.random.default_rng(seed)
    of, curves = made_desk(12, 2, 60, seed)
    flexible = tuple(code for number, code in enumerate(of.table("agents")["agent"]) if number % 4 == 2)
    window = (of.starts[8], of.starts[22])
    rows = [(name, 120.0, *window, ("T",), 1.0, pd.NA) for name in ("news", "tools")]
    rows.append(("course", 60.0, of.starts[9], of.starts[30], flexible, 2.0, "aftersale"))
    codes = of.table("agents")["agent"]
    eve = pd.Timestamp(of.settings.horizon.start) - pd.Timedelta(days=1)
    worked = pd.DataFrame({"agent": codes, "date": eve, "shift": rng.choice(["N1", "L1", "OFF"], len(codes))})
    worked["date"] = worked["date"].astype("datetime64[us]")
    own = of.settings.scheduler.model_copy(update={"time_limit_s": 20.0, "steps": 1, "seed": seed})
    tables = {**of.tables, "worked": worked, "activities": pd.DataFrame(rows, columns=COLUMNS)}
    return replace(of, settings=of.settings.model_copy(update={"scheduler": own}), tables=tables), curves


@pytest.mark.parametrize("seed", range(2))
def test_no_plan_breaks_the_rules_of_activities(seed: int) -> None:
    """Protects the plan: no half session, none more than allowed, nobody untrained."""
    plan = make_roster(*desk_of(seed))
    assert [own.code for own in plan.findings if own.severity == "error"] == []
    assert {"news", "tools", "course"} & set(plan.duty["activity"])
