"""What one more would be worth, in the output and in the report."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.output.marginal_table import marginal_grids
from planner.output.read import read_output
from planner.output.report import report
from planner.output.write import write_output
from planner.planned import Planned


@pytest.fixture
def valued(planned: Planned) -> Planned:
    days = planned.desk.dates[:2]
    rows = [
        ("agent", pd.NaT, None, "full", "presale|aftersale", 900.0, 500.0, 400.0),
        ("agent", days[0], None, "full", "presale|aftersale", 200.0, 80.0, 120.0),
        ("trained", pd.NaT, "aftersale", "full", "presale", 700.0, 0.0, 700.0),
        *(("overtime_h", day, "presale", None, None, 60.0, 15.0, 45.0) for day in days),
        *(("overload_h", day, "presale", None, None, 75.0, 0.0, 75.0) for day in days),
    ]
    columns = ["kind", "date", "queue", "contract", "skills", "value", "cost", "net"]
    kinds = dict.fromkeys(("kind", "queue", "contract", "skills"), "str") | {"date": "datetime64[us]"}
    return replace(planned, marginals=pd.DataFrame(rows, columns=columns).astype(kinds))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_people_and_hours_stand_in_two_tables(valued: Planned, lang: str) -> None:
    """The best gain first, in words; then a row a day."""
    people, hours = marginal_grids(valued, lang)
    assert [row[-1] for row in people.rows] == ["700", "400"]
    assert "aftersale" in people.rows[0][0]
    assert [row[1:] for row in hours.rows] == [("60", "75"), ("60", "75")]
    assert people.rows[1][0] in report(valued, lang=lang)


def test_it_is_written_and_read_back(valued: Planned, tmp_path: Path) -> None:
    """marginals.csv keeps every cell; an output from before it is read as one without."""
    write_output(valued, tmp_path / "out", lang="en")
    again = read_output(tmp_path / "out").marginals
    assert again["net"].tolist() == valued.marginals["net"].tolist()
    assert again["date"].tolist() == valued.marginals["date"].tolist()
    assert again["queue"].isna().tolist() == valued.marginals["queue"].isna().tolist()


def test_no_values_no_section(planned: Planned) -> None:
    """A plan without them has no empty table."""
    assert list(marginal_grids(replace(planned, marginals=pd.DataFrame(columns=["kind", "date", "net"])), "en")) == []
