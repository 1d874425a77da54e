"""What one version of a desk has and another has not."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from desk import load_desk
from desk.load import changed_settings
from planner.desk_beside import changed_settings_of, changed_tables
from tests.views.tiny_plan import write_desk


def test_what_a_desk_would_lose_is_counted_by_table(tmp_path: Path) -> None:
    """A leave that somebody approved meanwhile is seen to go, a dearer person to change, a table to come."""
    mine = load_desk(write_desk(tmp_path / "desk"))
    leave = pd.DataFrame({"agent": ["A1", "A1"], "date": pd.to_datetime(["2026-06-17", "2026-06-18"])})
    dear = mine.table("agents").assign(cost_per_h=[41.0, *mine.table("agents")["cost_per_h"][1:]])
    impatient = changed_settings(mine.settings, {("queues", "pre_sale", "patience_s"): 90.0})
    theirs = replace(mine, settings=impatient, tables={**mine.tables, "leave": leave, "agents": dear})
    assert [tuple(own) for own in changed_tables(theirs, mine)] == [("agents", 6, 1, 1), ("leave", 2, 2, 0)]
    assert [tuple(own) for own in changed_tables(mine, theirs)] == [("agents", 6, 1, 1), ("leave", 0, 0, 2)]
    assert changed_settings_of(theirs, mine) == ("queues.pre_sale.patience_s",)


def test_order_of_rows_and_blank_columns_are_no_change(tmp_path: Path) -> None:
    """A spreadsheet that was only sorted changes nothing, twice the same row is one more."""
    desk = load_desk(write_desk(tmp_path / "desk"))
    people = desk.table("agents")
    tables = {**desk.tables, "agents": people[::-1].assign(note=None), "shifts": desk.table("shifts").iloc[[0, 0, 1]]}
    assert [tuple(own) for own in changed_tables(desk, replace(desk, tables=tables))] == [("shifts", 2, 0, 1)]
