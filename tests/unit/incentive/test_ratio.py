"""Concurrency, occupancy, adherence, answers: by hand on a morning of two agents."""

import pandas as pd
import pytest

from incentive import assess
from tests.unit.incentive.small import frame, small_desk

LOG = frame(
    "contacts",
    """
contact, queue, agent, arrived, assigned, first_reply, closed, questions, answers
K1,      sale,  Ann,   2025-06-16T10:00:00, 2025-06-16T10:00:00, 2025-06-16T10:00:10, 2025-06-16T10:20:00, 2,         4
K2,      sale,  Ann,   2025-06-16T10:10:00, 2025-06-16T10:10:00, 2025-06-16T10:10:10, 2025-06-16T10:30:00, 2,         2
K3,      sale,  Bo,    2025-06-16T10:00:00, 2025-06-16T10:00:00, 2025-06-16T10:00:10, 2025-06-16T10:15:00, ,
K4,      sale,  Bo,    2025-06-16T12:00:00, 2025-06-16T12:00:00, 2025-06-16T12:00:10, 2025-06-16T12:30:00, ,
K5,      sale,  Ann,   2025-06-16T11:00:00, 2025-06-16T11:00:00, 2025-06-16T11:00:10, 2025-06-16T11:30:00, ,
K6,      sale,  Ann,   2025-06-16T11:05:00, 2025-06-16T11:05:00, 2025-06-16T11:05:10, 2025-06-16T11:30:00, ,
""",
)
DUTY = frame(
    "duty",
    """
agent, start,               activity, date,       shift
Ann,   2025-06-16T10:00:00, sale,     2025-06-16, M
Ann,   2025-06-16T11:00:00, sale,     2025-06-16, M
Ann,   2025-06-16T12:00:00, sale,     2025-06-16, M
Bo,    2025-06-16T10:00:00, sale,     2025-06-16, M
Bo,    2025-06-16T11:00:00, sale,     2025-06-16, M
""",
)


@pytest.fixture(scope="module")
def observed() -> pd.Series:
    """Observed values by measure and agent."""
    return assess(small_desk(), LOG, DUTY).scores.set_index(["measure", "agent"])["observed"]


def test_concurrency_is_time_held_over_time_busy(observed: pd.Series) -> None:
    """Ann held 20 + 20 min in 30 busy ones, and 30 + 25 in 30; Bo one at a time."""
    assert observed["concurrency", "Ann"] == pytest.approx((40 + 55) / 60)
    assert observed["concurrency", "Bo"] == 1


def test_occupancy_is_busy_time_over_time_there(observed: pd.Series) -> None:
    """Ann was busy 60 of 180 planned minutes, Bo 15 of 120; what Bo did off the plan is no part of it."""
    assert observed["occupancy", "Ann"] == pytest.approx(60 / 180)
    assert observed["occupancy", "Bo"] == pytest.approx(15 / 120)


def test_adherence_asks_only_where_there_was_enough_to_do(observed: pd.Series) -> None:
    """10:00 and 11:00 had contacts for both, 12:00 one for Ann: she missed that one, Bo missed 11:00."""
    assert observed["adherence", "Ann"] == pytest.approx(2 / 3)
    assert observed["adherence", "Bo"] == pytest.approx(1 / 2)


def test_answers_are_put_over_questions(observed: pd.Series) -> None:
    """Six answers to four questions; who has neither in the log has no ratio, and what nobody answered is in none."""
    assert observed["answers_per_question", "Ann"] == pytest.approx(6 / 4)
    assert pd.isna(observed["answers_per_question", "Bo"])
    head = "contact, queue, agent, arrived, assigned, first_reply, closed, questions, answers\n"
    left = frame("contacts", head + "K7, sale, Ann, 2025-06-16T11:10:00, 2025-06-16T11:10:00, , , 5, 1")
    found = assess(small_desk(), pd.concat([LOG, left]), DUTY).scores.set_index(["measure", "agent"])["observed"]
    assert found["answers_per_question", "Ann"] == pytest.approx(6 / 4)


MAIL = {"kind": "deferrable", "aht_s": [300.0], "deadline_h": 24.0, "target": {"share": 0.9, "within_s": 86400.0}}


def test_hours_in_messages_are_no_idle_hours(observed: pd.Series) -> None:
    """Nobody holds a message that may wait, so hours for it are none of occupancy and adherence: they were 0."""
    desk = small_desk()
    queues = {name: own.model_dump() for name, own in desk.settings.queues.items()} | {"mail": MAIL}
    mails = [f"M{n}, mail, Ann, 2025-06-16T15:00:00, 2025-06-16T15:00:00, 2025-06-16T19:00:00, , ," for n in range(9)]
    head = "contact, queue, agent, arrived, assigned, first_reply, closed, questions, answers\n"
    duty = frame("duty", "agent, start, activity, date, shift\nAnn, 2025-06-16T15:00:00, mail, 2025-06-16, M")
    log, plan = pd.concat([LOG, frame("contacts", head + "\n".join(mails))]), pd.concat([DUTY, duty])
    found = assess(small_desk(queues=queues), log, plan).scores.set_index(["measure", "agent"])["observed"]
    for measure in ("occupancy", "adherence"):
        assert found[measure, "Ann"] == observed[measure, "Ann"]
