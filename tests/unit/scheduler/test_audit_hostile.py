"""Whatever stands in a plan, the audit answers with findings."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from desk import Desk
from scheduler import audit
from tests.rules.small import desk, is_told, plan

LINES = "ann E E - L -\nbob - L L - E"
TURNS = "ann 06-01 E: pre break after after\nbob 06-02 L: pre pre pre pre pre pre pre pre"
ODD = [None, np.nan, pd.NaT, pd.NA, "", "x", 7, -1.5, np.inf, True, (), "2026-99-99", pd.Timestamp("9999-01-01"), b"\0"]


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("column", ["agent", "date", "shift", "start", "activity"])
def test_an_odd_cell_is_a_finding(column: str, value: object) -> None:
    """Protects the editor and the import: a cell of any kind is told, never an exception."""
    own = plan(desk("max_consecutive_days = 5"), LINES, TURNS)
    frames = {"roster": own.roster.astype(object), "duty": own.duty.astype(object)}
    for name in frames:
        if column in frames[name]:
            frames[name].at[0, column] = value
    found = audit(desk(), replace(own, **frames))
    assert all(is_told(finding) for finding in found)
    assert found


@pytest.mark.parametrize("drop", ["agent", "date", "shift", "start", "activity"])
def test_a_column_that_is_missing_is_told(drop: str) -> None:
    """Protects an import under other titles."""
    own = plan(desk(), LINES, TURNS)
    frames = {"roster": own.roster, "duty": own.duty}
    cut = {name: frame.drop(columns=[drop], errors="ignore") for name, frame in frames.items()}
    codes = {finding.code for finding in audit(desk(), replace(own, **cut))}
    assert codes & {"roster_unreadable", "duty_unreadable"}


def test_no_tables_at_all() -> None:
    """Protects a plan without roster or duty."""
    own = plan(desk(), LINES, TURNS)
    assert audit(desk(), replace(own, roster=pd.DataFrame(), duty=pd.DataFrame())) == ()
    assert audit(desk(), replace(own, roster=None, duty=None)) == ()  # type: ignore[arg-type]


def test_missing_duty_is_told_once() -> None:
    """Protects against silence: people with a skill work, and nothing says where they sit."""
    own = plan(desk(), LINES)
    assert [(finding.code, finding.severity) for finding in audit(desk(), own)] == [("duty_absent", "warning")]
    untrained = {name: frame for name, frame in desk().tables.items() if name != "skills"}
    assert audit(Desk(desk().settings, untrained), own) == ()


def test_dates_and_times_as_text_are_read() -> None:
    """Protects the import of a file whose columns nobody typed."""
    own = plan(desk(), LINES, TURNS)
    as_text = replace(
        own,
        roster=own.roster.assign(date=own.roster["date"].dt.strftime("%Y-%m-%d")),
        duty=own.duty.assign(start=own.duty["start"].dt.strftime("%Y-%m-%d %H:%M")),
    )
    assert audit(desk(), as_text) == audit(desk(), own)


def test_the_day_of_a_stray_is_the_local_one_after_a_clock_change() -> None:
    """Protects the finding's date: in Berlin the clocks go forward on 28 March 2027, so later hours count 23."""
    small = desk(days=310)
    of = Desk(small.settings.model_copy(update={"timezone": "Europe/Berlin"}), small.tables)
    start = pd.DatetimeIndex(["2027-04-01 00:00"]).tz_localize("Europe/Berlin").as_unit("us")
    turn = pd.DataFrame({"agent": "ann", "start": start, "activity": "pre"})
    (finding,) = audit(of, replace(plan(of, ""), duty=turn))
    assert (finding.code, finding.facts["date"]) == ("duty_outside_shift", "2027-04-01")


def test_a_break_beyond_the_horizon_need_not_be_told() -> None:
    """Protects an imported duty that ends with the horizon: the last night's break lies after it."""
    of = desk(days=1)
    cut = "ann 06-01 N: pre pre . . . . . ."
    assert [own.code for own in audit(of, plan(of, "ann N", cut))] == []
    early = "ann 06-01 N: pre break . . . . . ."
    assert [own.code for own in audit(of, plan(of, "ann N", early))] == ["duty_break_window"]


FORMS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "without a zone": lambda own: own.assign(start=own["start"].dt.tz_localize(None)) if "start" in own else own,
    "in another zone": lambda own: own.assign(start=own["start"].dt.tz_convert("UTC")) if "start" in own else own,
    "categories": lambda own: own.astype({"agent": "category", "shift": "category"}),
    "arrow columns": lambda own: own.convert_dtypes(dtype_backend="pyarrow"),
    "an index of one value": lambda own: own.set_axis([0] * len(own)),
    "a title twice": lambda own: pd.concat([own, own[["agent"]]], axis=1),
    "more columns": lambda own: own.assign(note=None),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_the_columns_does_not_matter(form: str) -> None:
    """Protects the import from whatever library wrote the frame: the same rows are judged alike."""
    own, changed = plan(desk(), LINES, TURNS), FORMS[form]
    other = replace(own, roster=changed(own.roster), duty=changed(own.duty))
    assert audit(desk(), other) == audit(desk(), own)


@pytest.mark.parametrize("value", [["ann"], {"ann": 1}, np.array([1, 2]), pd.Period("2026-06-01")], ids=repr)
def test_cells_that_hold_more_than_a_value_are_told(value: object) -> None:
    """Protects against frames of objects."""
    own = plan(desk(), LINES, TURNS)
    for column in ("agent", "date", "shift", "start", "activity"):
        frames = {"roster": own.roster, "duty": own.duty}
        odd = {
            name: frame.assign(**{column: [value] * len(frame)}) for name, frame in frames.items() if column in frame
        }
        assert audit(desk(), replace(own, **odd))
