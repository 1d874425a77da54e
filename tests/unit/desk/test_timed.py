"""Frames that come from elsewhere than the reader of files."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from desk import InputError, load_desk
from desk.timed import timed
from tests.unit.desk.small import make_desk

ZONE = "Europe/Paris"
STARTS = (
    pd.DatetimeIndex(["2026-10-25 00:30Z", "2026-10-25 01:30Z", "2026-10-25 08:00Z"]).as_unit("us").tz_convert(ZONE)
)
DAYS = pd.DatetimeIndex(["2026-10-25"] * 3).as_unit("us")
DUTY = pd.DataFrame({"agent": "Ann", "start": STARTS, "activity": "pre", "date": DAYS})
WRITTEN: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "another zone": (lambda own: own.dt.tz_convert("UTC"), lambda own: own.dt.tz_localize(ZONE)),
    "local": (lambda own: own.dt.tz_localize(None), lambda own: own.dt.date),
    "text with offsets": (lambda own: own.astype("str"), lambda own: own.dt.strftime("%Y-%m-%d")),
    "text, local": (lambda own: own.dt.strftime("%Y-%m-%d %H:%M"), lambda own: own.dt.strftime("%Y/%m/%d")),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_times_of_a_notebook_are_those_of_the_desk(how: str) -> None:
    """Protects tables that pandas read: duty of a CSV met no interval, so nobody was on duty (share in time 0), and a
    history in UTC was forecast at other hours. The hour that comes twice is both."""
    start, date = WRITTEN[how]
    own = DUTY.assign(start=start(DUTY["start"]), date=date(DUTY["date"])).set_axis([7, 8, 9])
    pd.testing.assert_frame_equal(timed(own, "duty", ZONE).reset_index(drop=True), DUTY)
    assert timed(DUTY, "duty", ZONE) is DUTY


@pytest.mark.parametrize(
    ("cell", "code"),
    [("noon", "not_a_time"), ("2026-10-25 02:30", "ambiguous_time"), ("2026-03-29 02:30", "nonexistent_time")],
)
def test_what_is_no_time_is_refused_by_name(cell: str, code: str) -> None:
    """A cell that can't be read is told with its table, row and column, as one of a file is."""
    with pytest.raises(InputError) as error:
        timed(DUTY.assign(start=["2026-10-24 09:00", cell, "2026-10-26 09:00"]), "duty", ZONE)
    told = error.value.findings[0]
    assert (told.code, told.file, told.row, told.column) == (code, "duty", 3, "start")


def test_a_desk_has_its_times_in_its_own_zone(tmp_path: Path) -> None:
    """A history that a notebook made in UTC, or as texts, is the history it was."""
    desk = load_desk(make_desk(tmp_path))
    history = desk.table("history")
    for start in (history["start"].dt.tz_convert("UTC"), history["start"].astype("str")):
        other = replace(desk, tables={**desk.tables, "history": history.assign(start=start)})
        pd.testing.assert_frame_equal(other.table("history"), history)
        assert other.content_hash == desk.content_hash
