"""A tiny plan stays what it was until somebody says why it changes (``make regold``)."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner import Planned, plan, read_output
from planner.output.layout import TABLES
from planner.output.table_file import read_table
from tests.golden.tiny import write_tiny

FROZEN = Path(__file__).with_name("tiny.json")
SETTINGS: dict[str, Any] = {"gap": 0.01, "steps": 20_000, "time_limit_s": 300.0, "runs": 10}
"""Ended by steps, so that the same plan comes out on a slow machine."""
CLOSE = {"money": 0.03, "inquiries": 0.5, "share": 0.05}
"""Differences allowed: of a term as a part of the objective, inquiries, share."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Planned, Path]:
    folder = tmp_path_factory.mktemp("golden")
    desk = write_tiny(folder / "desk")
    return plan(desk, folder / "out", **SETTINGS), folder / "out"


def frozen(planned: Planned, out: Path) -> dict[str, Any]:
    """What is kept of a plan: rounded, and only what another processor reproduces."""
    tables = {name: read_table(out / file, name, planned.desk.settings.timezone) for name, file in TABLES.items()}
    return {
        "exit_code": int(planned.exit_code),
        "finding_codes": sorted({finding.code for finding in planned.findings}),
        "audit": [finding.code for finding in planned.plan.findings if finding.severity == "error"],
        "termination": planned.plan.outcome.termination.value,
        "columns": {name: list(frame.columns) for name, frame in tables.items()},
        "rows": {name: len(tables[name]) for name in ("forecast", "service")},
        "money": {
            "objective": round(planned.plan.outcome.objective, 1),
            "bound": round(planned.plan.outcome.bound, 1),
            **{row.term: round(row.amount, 1) for row in planned.plan.costs.itertuples()},
        },
        "inquiries": {own.queue: round(own.offered, 1) for own in planned.brief.queues},
        "share": {own.queue: round(own.share, 3) for own in planned.brief.queues}
        | {f"{own.queue} simulated": round(own.simulated, 3) for own in planned.brief.agreements},
    }


def test_the_tiny_plan_is_what_it_was(made: tuple[Planned, Path], regold: bool) -> None:
    """Structure to the letter; money, inquiries and shares within what processors differ by."""
    now = frozen(*made)
    if regold:
        FROZEN.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    before = json.loads(FROZEN.read_text(encoding="utf-8"))
    scale = {"money": before["money"]["objective"]}
    for name, tolerance in CLOSE.items():
        assert now.pop(name) == pytest.approx(before.pop(name), rel=0, abs=tolerance * scale.get(name, 1.0)), name
    assert now == before


def test_the_output_reads_back_as_it_was_planned(made: tuple[Planned, Path]) -> None:
    """From the folder alone: the same desk, outcome, findings and service."""
    planned, out = made
    back = read_output(out)
    assert back.desk.content_hash == planned.desk.content_hash
    assert back.plan.outcome == planned.plan.outcome
    assert [own.line("zh") for own in back.findings] == [own.line("zh") for own in planned.findings]
    pd.testing.assert_frame_equal(back.plan.service, planned.plan.service)


def test_planning_again_gives_the_same_plan(made: tuple[Planned, Path]) -> None:
    """Equal seeds, equal plan: roster, duty and simulated contacts; from the output's desk, too."""
    few = {**SETTINGS, "steps": 200, "runs": 2}
    once, again = (plan(desk, **few) for desk in (made[1].parent / "desk", made[1] / "desk"))
    assert again.plan.roster.equals(once.plan.roster)
    assert again.plan.duty.equals(once.plan.duty)
    assert again.simulation.contacts.equals(once.simulation.contacts)
