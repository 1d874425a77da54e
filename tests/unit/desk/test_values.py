"""Values that the rooms take from a desk: shifts, opening hours, a hash."""

from pathlib import Path

import pandas as pd
import pytest

from desk import Desk, Shift, load_desk, shifts_of
from desk.hours import hours_min, within_hours

from .small import SETTINGS, changed, make_desk


@pytest.fixture
def small(tmp_path: Path) -> Desk:
    return load_desk(make_desk(tmp_path))


def test_a_shift_as_a_value(small: Desk) -> None:
    """Minutes are whole, and a shift without a break says so."""
    shifts = shifts_of(small)
    assert list(shifts) == ["M", "N", "S"]
    assert shifts["M"] == Shift("M", 540, 1080, 8.0, 60, 660, 840, ("full",), "regular")
    assert shifts["N"] == Shift("N", 1320, 1800, 8.0, 0, None, None, ("full",), "regular")
    assert shifts["N"].length_min == 480
    assert [shift.open_to("part") for shift in shifts.values()] == [False, False, True]


def test_a_desk_without_shifts_has_none(tmp_path: Path) -> None:
    """An absent table is no error where nothing needs it."""
    settings = SETTINGS.replace('shifts = ["S"]', "")
    assert shifts_of(load_desk(make_desk(tmp_path, settings, only=("history",)))) == {}


def test_opening_hours_of_a_queue(small: Desk) -> None:
    """A queue with hours is closed outside them, one without is always open."""
    starts = pd.date_range("2026-06-01 07:00", periods=4, freq="h", tz="Asia/Shanghai")
    assert within_hours(small.settings.queues["after"].hours, starts).tolist() == [False, True, True, False]
    assert within_hours(small.settings.queues["pre"].hours, starts).all()


def test_opening_hours_over_midnight() -> None:
    """20:00-02:00 is open at one in the morning."""
    starts = pd.DatetimeIndex(["2026-06-01 19:00", "2026-06-01 20:00", "2026-06-02 01:00", "2026-06-02 02:00"])
    assert within_hours("20:00-02:00", starts).tolist() == [False, True, True, False]
    assert within_hours(" 20：00 - 02：00", starts).tolist() == [False, True, True, False]
    assert hours_min("8：00-22：00") == hours_min("08:00-22:00")


@pytest.mark.parametrize("wrong", ["8-10", "08:00–10:00", "08:60-10:00", "24:00-25:00", "08:00-24:30"])
def test_hours_of_another_form_are_refused(wrong: str) -> None:
    """What is no span of hours is never taken as open or closed."""
    with pytest.raises(ValueError, match=wrong):
        hours_min(wrong)


def test_the_hash_sees_every_change(small: Desk, tmp_path: Path) -> None:
    """A plan records the hash of its inputs: one other cell or setting must give another hash."""
    cell = load_desk(make_desk(tmp_path / "cell", **changed("agents", "full,30", "full,30.01")))
    setting = load_desk(make_desk(tmp_path / "setting", SETTINGS.replace("patience_s = 120", "patience_s = 121")))
    assert len({small.content_hash, cell.content_hash, setting.content_hash}) == 3


def test_the_hash_does_not_depend_on_how_things_are_written(small: Desk, tmp_path: Path) -> None:
    """An optional column left out equals its default written out."""
    text = "agent,date,kind\nA1,2026/6/2,\n"
    assert load_desk(make_desk(tmp_path / "other", leave=text)).content_hash == small.content_hash
