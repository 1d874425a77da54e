"""``peakdesk score``: statements, appeals, schemes, projections."""

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from planner.output.write import write_output
from planner.planned import Planned
from tests.unit.planner.test_commands import run

HEAD = "contact,queue,arrived,assigned,first_reply,closed,agent,rating"
LOG = """
C1,pre,2026-06-17 10:00:00,2026-06-17 10:00:00,2026-06-17 10:00:10,2026-06-17 10:05:00,AGENT,5
C2,pre,2026-06-17 11:00:00,2026-06-17 11:00:00,2026-06-17 11:09:00,2026-06-17 11:15:00,AGENT,3
"""


@pytest.fixture
def log(tiny: Path, tmp_path: Path) -> Path:
    """Two contacts of the tiny desk's first agent in its first queue."""
    agent = pd.read_csv(tiny / "agents.csv")["agent"].iloc[0]
    queue = pd.read_csv(tiny / "history.csv")["queue"].iloc[0]
    file = tmp_path / "log.csv"
    text = HEAD + LOG.replace("AGENT", str(agent)).replace(",pre,", f",{queue},")
    file.write_text(text, encoding="utf-8")
    return file


def test_statements_are_written_whole_with_their_basis(tiny: Path, log: Path, tmp_path: Path) -> None:
    """Tables, a statement per agent in both languages, and hashes that are the same the next time."""
    out = tmp_path / "told"
    for _ in range(2):
        result = run("score", tiny, "--contacts", log, "--scheme", "balanced", "--statements", out, "--lang", "en")
        assert result.exit_code in (0, 1), result.stderr
        record = json.loads((out / "score.json").read_text(encoding="utf-8"))
        pages = {file.name: file.read_bytes() for file in (out / "statements").iterdir()}
        assert record["incentive"]["scheme"] == "balanced"
    names = {"scores.csv", "daily.csv", "groups.csv", "payout.csv", "findings.csv", "score.json"}
    assert names <= {file.name for file in out.iterdir()}
    paid = pd.read_csv(out / "payout.csv", dtype="str")
    assert list(paid["amount"]) == [f"{int(cents) // 100}.{int(cents) % 100:02}" for cents in paid["total_cents"]]
    again = run("score", tiny, "--contacts", log, "--scheme", "balanced", "--statements", out, "--lang", "zh")
    assert again.exit_code in (0, 1)
    assert {file.name: file.read_bytes() for file in (out / "statements").iterdir()} == pages
    assert any(name.endswith(".en.html") for name in pages)
    assert any(name.endswith(".zh.html") for name in pages)


def test_a_scheme_without_a_budget_is_said_to_pay_nobody(tiny: Path, log: Path, tmp_path: Path) -> None:
    """Everybody's 0 came without a reason; who asks for no scheme asked for scores alone."""
    poor = tmp_path / "poor"
    shutil.copytree(tiny, poor)
    settings = re.sub(r"(?m)^budget = .*$", "budget = 0", (poor / "desk.toml").read_text(encoding="utf-8"))
    (poor / "desk.toml").write_text(settings, encoding="utf-8")
    asked = ("--contacts", log, "--scheme", "balanced")
    assert "The budget is 0" in run("score", poor, *asked, "--lang", "en").output
    assert "预算为 0" in run("score", poor, *asked, "--lang", "zh").output
    assert "The budget is 0" not in run("score", tiny, *asked, "--lang", "en").output


def test_a_folder_of_somebody_elses_is_left_alone(tiny: Path, log: Path, tmp_path: Path) -> None:
    """Statements never replace what Peakdesk did not write."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    result = run("score", tiny, "--contacts", log, "--statements", tmp_path / "mine")
    assert result.exit_code == 2
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_an_appeal_shows_the_difference(tiny: Path, log: Path, tmp_path: Path) -> None:
    """A corrected record is scored in its place, blanks around its titles or not, in GBK too; an unknown one is refused
    by name."""
    fixed = tmp_path / "fixed.csv"
    lines = log.read_text(encoding="utf-8").splitlines()
    head, row = lines[0].replace(",", " , "), lines[2].replace("11:09:00", "11:00:05")
    fixed.write_text(f"{head},reason\n{row},尺码不合\n", encoding="gbk")
    result = run("score", tiny, "--contacts", log, "--corrected", fixed, "--lang", "en")
    assert result.exit_code in (0, 1), result.stderr
    assert "What the corrected records change" in result.output
    fixed.write_text(fixed.read_text(encoding="gbk").replace("C2", "C9"), encoding="gbk")
    refused = run("score", tiny, "--contacts", log, "--corrected", fixed, "--lang", "en")
    assert refused.exit_code == 2
    assert "C9" in refused.stderr


def test_logs_and_corrections_come_as_workbooks_too(tiny: Path, log: Path, tmp_path: Path) -> None:
    """Many platforms export nothing else."""
    book, fixed = tmp_path / "log.xlsx", tmp_path / "fixed.xlsx"
    pd.read_csv(log).to_excel(book, index=False)
    own = pd.read_csv(log).assign(first_reply="2026-06-17 11:00:08")
    own[own["contact"] == "C2"].to_excel(fixed, index=False)
    result = run("score", tiny, "--contacts", book, "--corrected", fixed, "--lang", "en")
    assert result.exit_code in (0, 1), result.stderr
    assert "What the corrected records change" in result.output


def test_score_asks_for_what_it_needs(tiny: Path, log: Path) -> None:
    """Without a log there is nothing to score; an unknown scheme is named with those there are."""
    assert run("score", tiny, "--lang", "en").exit_code == 2
    unknown = run("score", tiny, "--contacts", log, "--scheme", "greed", "--lang", "en")
    assert unknown.exit_code == 2
    assert "piece_rate" in unknown.stderr


def test_a_plan_is_projected_under_each_budget(planned: Planned, tmp_path: Path) -> None:
    """Two budgets, two tables, the same logs; the plan's folder stays as it is."""
    out = tmp_path / "out"
    write_output(planned, out, lang="en")
    words = ["score", out, "--projected", "--projections", 2, "--budget", 100, "--budget", 200, "--lang", "en"]
    result = run(*words)
    assert result.exit_code in (0, 1), result.stderr
    assert result.output.count("Projected over 2 simulated logs") == 2
    assert result.output.count("in 95% of the logs") == 2
