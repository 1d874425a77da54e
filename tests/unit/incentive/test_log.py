"""The log is checked before anybody is judged by it."""

import numpy as np
import pandas as pd
import pytest

from desk import InputError
from incentive import assess
from incentive.log import read_log
from tests.unit.incentive.small import frame, small_desk

LOG = """
contact, queue, arrived,             agent
K1,      sale,  2025-06-16T10:05:00, Ann
K2,      care,  2025-06-16T23:59:59, Bo
K3,      care,  2025-06-17T00:00:00,
"""


def test_moments_fall_into_local_intervals_and_days() -> None:
    """A contact a second before midnight belongs to the day before, in the desk's zone."""
    log = read_log(small_desk(), frame("contacts", LOG))
    assert list(log.day - log.day[0]) == [0, 0, 1]
    assert pd.Timestamp(log.start_s[0], unit="s", tz="UTC") == pd.Timestamp("2025-06-16T10:00", tz="Asia/Shanghai")
    assert list(log.agents) == ["Ann", "Bo"]
    assert list(log.handled) == [True, True, False]


def test_standard_minutes_are_those_of_full_concurrency() -> None:
    """Three chats at 420 s each take 140 s of an agent a piece, the least that the queue allows."""
    log = read_log(small_desk(), frame("contacts", LOG))
    assert np.allclose(log.standard_min, 140 / 60)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("K1,sale,2025-06-16T10:05:00,Ann", "contact_twice"),
        ("K4,fax,2025-06-16T10:05:00,Ann", "unknown_queue"),
        ("K4,sale,2025-06-16T10:05:00,Zoe", "unknown_agent"),
        ("K4,sale,,Ann", "blank_cell"),
    ],
)
def test_a_log_that_can_not_be_trusted_is_refused(line: str, code: str) -> None:
    """Paid twice, paid to nobody, or put into no hour: refused by name, in both languages."""
    people = pd.DataFrame({"agent": ["Ann", "Bo"], "contract": "full"})
    with pytest.raises(InputError) as error:
        assess(small_desk({"agents": people}), frame("contacts", LOG + line))
    assert [finding.code for finding in error.value.findings] == [code]
    assert error.value.report("en") != error.value.report("zh")


def test_tables_that_pandas_read_are_understood() -> None:
    """A log and its duty with times as texts, as `pd.read_csv` makes them, are scored as those of a file."""
    duty = "agent, start, activity\nAnn, 2025-06-16T10:00:00, sale\nBo, 2025-06-16T23:00:00, care"
    one = (frame("contacts", LOG), frame("duty", duty))
    other = (one[0].astype({"arrived": "str"}), one[1].assign(start=one[1]["start"].dt.strftime("%Y-%m-%d %H:%M")))
    first, second = (assess(small_desk(), *own).scores for own in (one, other))
    pd.testing.assert_frame_equal(first, second)


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    """When the clocks go back, 01:30 summer time and 01:30 winter time lie in different intervals."""
    desk = small_desk(timezone="Europe/London")
    times = pd.to_datetime(["2025-10-26T00:30Z", "2025-10-26T01:30Z"]).tz_convert("Europe/London")
    log = read_log(desk, pd.DataFrame({"contact": ["K1", "K2"], "queue": "sale", "arrived": times, "agent": "Ann"}))
    assert list(np.diff(log.start_s)) == [3600]
