"""What a contact counts for."""

import numpy as np
import pytest

from desk.i18n import LANGUAGES
from incentive.attribution import converted
from incentive.log import read_log
from incentive.outcome import cautions, fast, recontacted, reply_s, satisfied
from tests.unit.incentive.small import frame, small_desk

HEAD = "contact, queue, agent, arrived, assigned, first_reply, closed, abandoned, template_reply\n"
RESPONSES = {
    "fast": "K1, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:05:00, 2025-06-16T10:05:30,, 0, 0",
    "slow": "K2, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:05:00, 2025-06-16T10:05:31,, 0, 0",
    "template": "K3, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:05:00, 2025-06-16T10:05:01,, 0, 1",
    "left_late": "K4, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:05:00,, 2025-06-16T10:09:00, 1, 0",
    "left_early": "K5, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:05:00,, 2025-06-16T10:05:10, 1, 0",
    "ignored": "K6, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:05:00,,, 0, 0",
    "nobody": "K7, sale,, 2025-06-16T10:00:00,,, 2025-06-16T10:09:00, 1, 0",
}


def test_fast_counts_from_the_assignment_and_needs_a_person() -> None:
    """The wait for an agent is not the agent's; a template is no reply; who left early proves nothing."""
    desk = small_desk()
    log = read_log(desk, frame("contacts", HEAD + "\n".join(RESPONSES.values())))
    got = dict(zip(RESPONSES, fast(desk, log), strict=True))
    wanted = {"fast": 1, "slow": 0, "template": 0, "left_late": 0, "ignored": 0}
    assert {name: value for name, value in got.items() if not np.isnan(value)} == wanted
    assert list(reply_s(desk, log)[:3]) == [30, 31, 1]
    assert [finding.code for finding in cautions(log)] == ["template_replies"]


def test_without_assignments_the_response_runs_from_the_arrival_and_says_so() -> None:
    """A log that lacks a column is used as far as it goes, never silently."""
    desk = small_desk()
    text = "contact, queue, agent, arrived, first_reply\nK1, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:01:00"
    log = read_log(desk, frame("contacts", text))
    assert list(reply_s(desk, log)) == [60]
    assert [finding.code for finding in cautions(log)] == ["response_from_arrival"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_without_an_assignment_are_told(lang: str) -> None:
    """Where some contacts have a time of assignment, one that was answered without it counts for no response time."""
    text = "contact, queue, agent, arrived, assigned, first_reply"
    for name, assigned in (("K1", "2025-06-16T10:00:01"), ("K2", "")):
        text += f"\n{name}, sale, Ann, 2025-06-16T10:00:00, {assigned}, 2025-06-16T10:00:05"
    log = read_log(small_desk(), frame("contacts", text))
    (told,) = cautions(log)
    assert (told.code, told.facts["count"]) == ("assigned_blank", 1)
    assert told.line(lang)
    assert np.isnan(reply_s(small_desk(), log)[1])


def test_conversion_takes_refunds_off_and_leaves_unknowns_out() -> None:
    """A refunded order is no conversion; a blank is neither yes nor no."""
    desk = small_desk()
    text = """contact, queue, agent, arrived, converted, refunded
    K1, sale, Ann, 2025-06-16T10:00:00, 1, 0
    K2, sale, Ann, 2025-06-16T10:00:00, 1, 1
    K3, sale, Ann, 2025-06-16T10:00:00, 0,
    K4, sale, Ann, 2025-06-16T10:00:00,  ,
    K5, sale,    , 2025-06-16T10:00:00, 1, 0"""
    assert np.array_equal(
        converted(desk, read_log(desk, frame("contacts", text))), [1, 0, 0, np.nan, np.nan], equal_nan=True
    )


def test_satisfied_starts_where_the_settings_say() -> None:
    """The level that counts as satisfied is a setting, and who did not rate is no dissatisfied customer."""
    text = """contact, queue, agent, arrived, rating
    K1, sale, Ann, 2025-06-16T10:00:00, 5
    K2, sale, Ann, 2025-06-16T10:00:00, 4
    K3, sale, Ann, 2025-06-16T10:00:00,"""
    for level, wanted in ((4, [1, 1, np.nan]), (5, [1, 0, np.nan])):
        desk = small_desk(incentive={"satisfied_from": level})
        assert np.array_equal(satisfied(desk, read_log(desk, frame("contacts", text))), wanted, equal_nan=True)


def test_who_came_again_is_known_only_of_contacts_with_the_whole_time_after_them() -> None:
    """Of the log's last hours those who came again counted and the others not, so a day's log had all come again."""
    text = """contact, queue, agent, arrived, customer
    K1, sale, Ann, 2025-06-16T10:00:00, one
    K2, sale, Ann, 2025-06-16T10:30:00, other
    K2-2, sale, Bo, 2025-06-16T10:30:00, other
    K3, sale, Ann, 2025-06-16T11:00:00, one
    K4, sale, Ann, 2025-06-16T12:15:00, third
    K5, sale, Ann, 2025-06-16T13:00:00, third"""
    desk = small_desk(incentive={"recontact_h": 2.0})
    got = recontacted(desk, read_log(desk, frame("contacts", text)))
    assert np.array_equal(got, [1, 0, 0, 0, np.nan, np.nan], equal_nan=True)
