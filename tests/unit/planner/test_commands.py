"""The commands that need no roster."""

import json
import shutil
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from desk import load_desk
from desk.tables import INPUT_TABLES, table
from planner.cli import main
from planner.commands.app import server
from planner.commands.simulate import resimulated
from planner.output.layout import MANIFEST
from planner.output.read import read_output
from planner.output.write import write_output
from planner.planned import Planned

ROOT = Path(__file__).resolve().parents[3]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_init_writes_a_sample_that_can_be_checked(tmp_path: Path) -> None:
    """The sample comes without its truth, and is fit to be planned; a folder in use is not touched."""
    result = run("init", tmp_path / "desk", "--sample", "618", "--lang", "en")
    assert result.exit_code == 0
    assert not (tmp_path / "desk" / "truth").exists()
    assert load_desk(tmp_path / "desk").settings.horizon
    again = run("init", tmp_path / "desk", "--lang", "zh")
    assert again.exit_code == 2
    assert "不是空文件夹" in again.stderr


def test_init_empty_writes_tables_and_workbook(tmp_path: Path) -> None:
    """Every table stands ready as CSV and as a sheet; who asks in Chinese gets a desk whose reports are."""
    made = run("init", tmp_path / "my desk", "--sample", "empty", "--lang", "zh")
    assert made.exit_code == 0
    assert f'peakdesk check "{tmp_path / "my desk"}"' in made.output
    assert '\nlanguage = "zh"' in (tmp_path / "my desk" / "desk.toml").read_text(encoding="utf-8")
    names = {path.name for path in (tmp_path / "my desk").iterdir()}
    assert {"desk.toml", "history.csv", "agents.csv", "template.xlsx"} <= names
    refused = {name for name in INPUT_TABLES if f"{name}.csv" in names and not table(name).may_be_empty}
    assert refused == {"agents", "skills", "shifts", "history", "drivers", "contacts"}
    assert all(name in made.output.replace("\n", "") for name in refused)


def test_forecast_tells_days_and_writes_the_table(tiny: Path, tmp_path: Path) -> None:
    """One line a day, quantiles of every hour in the file."""
    result = run("forecast", tiny, "--table", tmp_path / "f.csv", "--json", tmp_path / "f.json", "--lang", "en")
    assert result.exit_code in (0, 1), result.stderr
    assert "Mon 2026-03-02" in result.output
    assert len(pd.read_csv(tmp_path / "f.csv")) == 2 * 7 * 24
    assert len(json.loads((tmp_path / "f.json").read_text())["days"]) == 2 * 7


def test_staff_tells_peak_and_hours(tiny: Path, tmp_path: Path) -> None:
    """A higher quantile never needs fewer people."""
    hours = []
    for quantile in (0.5, 0.9):
        result = run("staff", tiny, "--quantile", quantile, "--json", tmp_path / "s.json")
        assert result.exit_code in (0, 1), result.stderr
        hours.append(sum(row["hours"] for row in json.loads((tmp_path / "s.json").read_text())["days"]))
    assert 0 < hours[0] <= hours[1]


def test_backtest_compares_models(tiny: Path) -> None:
    """Ours stands beside the mean of four, with the floor."""
    result = run("backtest", tiny, "--origins", 1, "--models", "peakdesk,mean4", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert all(name in result.output for name in ("peakdesk", "mean4", "WAPE", "floor"))


def test_backtest_writes_table_picture_and_record(tiny: Path, tmp_path: Path) -> None:
    """The same figures on the page, in the file and in the record; fewer origins than asked for are told."""
    files = {name: tmp_path / name for name in ("errors.csv", "errors.html", "errors.json")}
    wanted = ("--table", files["errors.csv"], "--picture", files["errors.html"], "--json", files["errors.json"])
    asked = ("--models", "mean4,naive", "--origins", 99, "--drivers", "actual", "--workers", 1, "--lang", "zh")
    result = run("backtest", tiny, *asked, *wanted)
    assert result.exit_code == 1, result.stderr
    record = json.loads(files["errors.json"].read_text())
    assert [finding["code"] for finding in record["findings"]] == ["backtest_fewer_origins"]
    table = pd.read_csv(files["errors.csv"])
    whole = table[(table["cut"] == "queue") & (table["queue"] == "all")].set_index("model")["wape"]
    assert {row["model"]: row["wape"] for row in record["errors"] if row["queue"] == "all"} == pytest.approx(
        dict(whole)
    )
    assert {"queue", "hour", "ahead", "phase", "event"} == set(table["cut"])
    assert "前 4 周均值" in files["errors.html"].read_text(encoding="utf-8")


def test_backtest_takes_every_candidate(tiny: Path) -> None:
    """``all`` stands for the regressions too, and hours of the day are told."""
    result = run("backtest", tiny, "--origins", 1, "--models", "all", "--workers", 1, "--lang", "zh")
    assert result.exit_code == 0, result.stderr
    assert all(name in result.output for name in ("peakdesk", "median6", "glm", "negbin", "按小时"))


def test_forecast_writes_the_odd_days_to_be_judged(tiny: Path, tmp_path: Path) -> None:
    """The file has the table's columns and can be put back into the desk as it is."""
    result = run("forecast", tiny, "--odd", tmp_path / "verdicts.csv", "--lang", "en")
    assert result.exit_code in (0, 1), result.stderr
    desk = tmp_path / "desk"
    shutil.copytree(tiny, desk)
    shutil.copy(tmp_path / "verdicts.csv", desk / "verdicts.csv")
    assert run("check", desk, "--lang", "en").exit_code == 0


def test_score_reads_a_log_and_refuses_a_wrong_one(tiny: Path, tmp_path: Path) -> None:
    """A log of known agents is scored; an unknown agent is refused by row."""
    log = "contact,queue,arrived,assigned,first_reply,closed,agent\n" + "".join(
        f"{n},presale,2026-02-{1 + n % 20:02d} 10:{n % 60:02d}:00,2026-02-{1 + n % 20:02d} 10:{n % 60:02d}:05,"
        f"2026-02-{1 + n % 20:02d} 10:{n % 60:02d}:30,2026-02-{1 + n % 20:02d} 10:{n % 60:02d}:59,a{1 + n % 3}\n"
        for n in range(120)
    )
    (tmp_path / "log.csv").write_text(log)
    result = run("score", tiny, "--contacts", tmp_path / "log.csv", "--table", tmp_path / "s.csv", "--lang", "en")
    assert result.exit_code in (0, 1), result.stderr
    assert "Fast response" in result.output
    assert {"a1", "a2", "a3"} <= set(pd.read_csv(tmp_path / "s.csv")["agent"])
    (tmp_path / "log.csv").write_text(log.replace(",a1\n", ",zz\n", 1))
    refused = run("score", tiny, "--contacts", tmp_path / "log.csv", "--lang", "en")
    assert refused.exit_code == 2
    assert all(word in refused.stderr for word in ("log.csv", "row 2", "agent", "zz"))
    assert run("score", tiny, "--contacts", tmp_path / "missing.csv").exit_code == 2


def test_export_speaks_the_other_language(planned: Planned, tmp_path: Path) -> None:
    """Workbook, report, calendars and the findings' words change; the tables stay to the byte."""
    out = tmp_path / "out"
    write_output(planned, out, lang="en")
    before = json.loads((out / MANIFEST).read_text())["files"]
    result = run("export", out, "--lang", "zh")
    assert result.exit_code == 0, result.stderr
    after = json.loads((out / MANIFEST).read_text())["files"]
    changed = {name for name in after if after[name] != before[name]}
    assert {"roster.xlsx", "report.html"} <= changed
    assert {"roster.csv", "duty.csv", "service.csv", "desk/desk.toml"}.isdisjoint(changed)
    assert "<h2>求解证书</h2>" in (out / "report.html").read_text(encoding="utf-8")
    assert read_output(out).findings == planned.findings


def test_simulate_draws_again_and_leaves_the_output(planned: Planned, tmp_path: Path) -> None:
    """New random numbers, the same plan; the folder is not touched."""
    out = tmp_path / "out"
    write_output(planned, out, lang="en")
    stamp = (out / MANIFEST).stat().st_mtime_ns
    result = run("simulate", out, "--runs", 2, "--lang", "en")
    assert result.exit_code in (0, 1), result.stderr
    assert "Replications: 2;" in result.output
    assert (out / MANIFEST).stat().st_mtime_ns == stamp
    assert "–––" not in run("simulate", out, "--runs", 1, "--lang", "en").output
    again = resimulated(planned, 2, 5)
    assert list(again.plan.service.columns) == list(planned.plan.service.columns)


@pytest.mark.parametrize("words", [["simulate"], ["export"]])
def test_what_is_not_an_output_is_refused(words: list[str], tmp_path: Path) -> None:
    """A missing folder and one of somebody else's end with 2 in words."""
    for place in (tmp_path, tmp_path / "missing"):
        result = run(*words, place, "--lang", "en")
        assert result.exit_code == 2
        assert "is not an output" in result.stderr


def test_the_app_listens_to_this_machine_only() -> None:
    """The server is bound to the loopback address and sends no statistics; an installed package, which has no file of
    settings beside it, is served like the sources: without the program's insides in its errors, and in its colours."""
    words = server(8600, headless=True)
    assert "--server.address=127.0.0.1" in words
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for part, own in settings.items():
        for name, value in own.items():
            assert f"--{part}.{name}={str(value).lower() if isinstance(value, bool) else value}" in words
    assert Path(words[4]).name == "app.py"
    assert Path(words[4]).is_file()


def test_the_store_has_its_commands(tmp_path: Path) -> None:
    """Upgrade, verify and backup work on a file of their own."""
    url = f"sqlite:///{tmp_path / 's.db'}"
    for words in (["upgrade"], ["verify"], ["backup", str(tmp_path / "copy.db")]):
        result = run("db", *words, "--store", url)
        assert result.exit_code == 0, result.stderr
    assert (tmp_path / "copy.db").is_file()
