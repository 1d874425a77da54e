"""The plan after the event, on the command line."""

import json
from pathlib import Path

import pandas as pd
import pytest

from desk.load import load_table
from planner.planned import Planned
from planner.served import service_beside
from tests.unit.planner.test_commands import run


def _actuals(planned: Planned, path: Path, days: int = 7) -> Path:
    """Counts one tenth above the forecast, a twentieth of them lost."""
    own = planned.forecast.frame()
    own = own[own["start"] < own["start"].min() + pd.Timedelta(days=days)]
    offered = (1.1 * own["mean"]).round()
    lost = (offered / 20).round()
    frame = pd.DataFrame({"start": own["start"].dt.tz_localize(None), "queue": own["queue"], "offered": offered})
    frame.assign(handled=offered - lost, abandoned=lost).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(("lang", "words"), [("en", "FORECAST AND ACTUAL"), ("zh", "预测与实际")])
def test_review_tells_error_and_service(planned: Planned, out: Path, tmp_path: Path, lang: str, words: str) -> None:
    """Bias, error and lost inquiries of each queue, on the page and in the record."""
    actuals, record = _actuals(planned, tmp_path / "came.csv"), tmp_path / "r.json"
    result = run("review", out, "--actuals", actuals, "--json", record, "--lang", lang)
    assert result.exit_code == 0, result.stderr
    assert words in result.output
    found = json.loads(record.read_text())
    whole = {row["queue"]: row for row in found["errors"] if row["cut"] == "queue"}
    assert whole["presale"]["bias"] == pytest.approx(-1 + 1 / 1.1, abs=0.02)
    [service] = [row for row in found["service"] if row["queue"] == "presale"]
    assert service["abandoned"] + service["handled"] == service["offered"]


def test_review_refuses_what_it_can_not_use(planned: Planned, out: Path, tmp_path: Path) -> None:
    """Other days, unknown queues and negative counts are findings, not an empty page."""
    good = pd.read_csv(_actuals(planned, tmp_path / "came.csv"))
    wrong = {
        "review_without_overlap": good.assign(start="2020-01-01 " + good["start"].str[11:]).drop_duplicates(
            ["start", "queue"]
        ),
        "unknown_name": good.assign(queue="nobody"),
        "negative": good.assign(offered=-1),
    }
    for name, rows in wrong.items():
        rows.to_csv(tmp_path / "bad.csv", index=False)
        result = run(
            "review", out, "--actuals", tmp_path / "bad.csv", "--json", tmp_path / f"{name}.json", "--lang", "en"
        )
        assert result.exit_code == 2, name
        assert json.loads((tmp_path / f"{name}.json").read_text())["findings"]


def test_some_days_only_are_told(planned: Planned, out: Path, tmp_path: Path) -> None:
    """A review in the middle of the event says how much of it is known."""
    actuals = _actuals(planned, tmp_path / "came.csv", days=2)
    result = run("review", out, "--actuals", actuals, "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert "2 of the 7 days" in result.output


@pytest.mark.parametrize("parts", [0.5, 2])
def test_service_is_compared_over_the_same_hours_whatever_the_rows(
    planned: Planned, tmp_path: Path, parts: float
) -> None:
    """Counts by half or by two intervals give the sums of those by the interval: no part of them is left out."""
    came = load_table(planned.desk, "history", _actuals(planned, tmp_path / "came.csv"))
    each = pd.Timedelta(minutes=planned.desk.settings.interval_min)
    if parts == 2:
        other = came.assign(start=came["start"].dt.floor(2 * each))
        sums = other.groupby(["start", "queue"], as_index=False)[["offered", "handled", "abandoned"]].sum()
        other = sums.merge(other.drop_duplicates(["start", "queue"])[["start", "queue", "open", "observed"]])
    else:
        halves = came.assign(**{name: came[name] / 2 for name in ("offered", "handled", "abandoned")})
        other = pd.concat([halves, halves.assign(start=halves["start"] + each / 2)], ignore_index=True)
    plain, found = (service_beside(planned, own).set_index("queue").sort_index() for own in (came, other))
    assert found["offered"].sum() == came["offered"].sum()
    pd.testing.assert_frame_equal(found, plain[found.columns], rtol=1e-9)
