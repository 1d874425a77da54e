"""Briefings: who may take a queue after one, and what the next plan makes of it."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from desk import Desk, InputError, load_desk
from planner.briefing import Again, certified, invited, pending, read_list, sessions_of, standing, uninvited
from planner.desk_change import changed_desk
from planner.planned import Planned
from planner.recipe import plan
from tests.views.tiny_plan import ZONE, write_desk

NAME, QUEUE = "618 rules", "after_sale"


@dataclass(frozen=True)
class Record:
    agent: str
    activity: str
    attended: bool
    passed: bool | None = None


@pytest.fixture(scope="module")
def briefed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The tiny desk; team A is to be briefed on the first day before it may take after-sale contacts."""
    desk = load_desk(write_desk(tmp_path_factory.mktemp("briefing") / "desk"))
    row = {"activity": NAME, "minutes": 60.0, "window_start": pd.Timestamp("2026-06-17 08:00"), "who": ("A",)}
    row |= {"window_end": pd.Timestamp("2026-06-19 18:00"), "sessions_max": 2.0, "grants_skill": QUEUE}
    return changed_desk(desk, invited(desk, row), {("contracts", "full", "min_paid_h_horizon"): 16.0})


@pytest.fixture(scope="module")
def planned(briefed: Desk) -> Planned:
    """A plan that holds the sessions."""
    return plan(briefed, runs=2, time_limit_s=2)


def _stands(desk: Desk, planned: Planned, *records: Record) -> pd.DataFrame:
    sessions = sessions_of(planned.desk, planned.plan.duty, planned.curves, planned.plan.service)
    return standing(desk, records, sessions)


def _on_queue(planned: Planned, agent: str) -> pd.Series:
    duty = planned.plan.duty
    return duty.loc[(duty["agent"] == agent) & (duty["activity"] == QUEUE), "start"]


def test_sessions_are_those_of_the_duty_with_their_cost(planned: Planned) -> None:
    """Everybody seated in the activity is in one session, and being away costs the queues something or nothing."""
    sessions = sessions_of(planned.desk, planned.plan.duty, planned.curves, planned.plan.service)
    seated = planned.plan.duty.query("activity == @NAME")
    assert 1 <= len(sessions) <= 2
    assert sorted(code for own in sessions["agents"] for code in own) == sorted(seated["agent"])
    assert (sessions["end"] - sessions["start"] == pd.Timedelta(hours=1)).all()
    assert (sessions["cost"] >= 0).all()
    for row in sessions.to_dict("records"):
        for agent in row["agents"]:
            assert (_on_queue(planned, agent) >= row["end"]).all()


def test_everybody_invited_has_a_state(briefed: Desk, planned: Planned) -> None:
    """Records decide; without one a planned session is still to come."""
    records = [Record("A1", NAME, True, True), Record("A2", NAME, True, False), Record("B1", NAME, False)]
    found = _stands(briefed, planned, *records).set_index("agent")
    assert found["state"].to_dict() | {"A3": ""} == {"A1": "passed", "A2": "failed", "A3": "", "B1": "missed"}
    assert found.loc["A3", "state"] in ("to_come", "unplaced")
    assert found["invited"].to_dict() == {"A1": True, "A2": True, "A3": True, "B1": False}


def test_the_next_plan_keeps_the_queue_to_who_passed(briefed: Desk, planned: Planned) -> None:
    """Passed: certificate and skill, from the first hour on. Failed without another session: not one interval of the
    queue. The skill comes back, as fast as it was, when the test is passed after all."""
    known = [Record("A1", NAME, True, True), Record("A2", NAME, True, False), Record("A3", NAME, False)]
    stands = _stands(briefed, planned, *known)
    assert pending(briefed, stands, NAME)
    after = changed_desk(briefed, certified(briefed, stands, NAME))
    skills = after.table("skills")
    assert set(skills.loc[skills["queue"] == QUEUE, "agent"]) == {"A1", "B1", "B2", "B3"}
    held = after.table("agents").set_index("agent")["certificates"].to_dict()
    assert {code for code, own in held.items() if NAME in own} == {"A1"}
    assert after.table("activities").empty
    assert not pending(after, _stands(after, planned, *known), NAME)
    again = plan(after, runs=2, time_limit_s=2)
    assert _on_queue(again, "A2").empty
    assert _on_queue(again, "A3").empty
    late = _stands(after, planned, Record("A2", NAME, True, True))
    back = changed_desk(after, certified(after, late, NAME, before=briefed))
    own = back.table("skills").query("agent == 'A2' and queue == @QUEUE")
    assert own["proficiency"].tolist() == [1.0]


def test_another_session_comes_before_the_queue(briefed: Desk, planned: Planned) -> None:
    """Who failed is invited once more, keeps the skill, and takes nothing of the queue before that session's end."""
    known = [Record("A1", NAME, True, True), Record("A2", NAME, True, False), Record("A3", NAME, True, True)]
    again = Again(pd.Timestamp("2026-06-18 08:00"), pd.Timestamp("2026-06-20"))
    after = changed_desk(briefed, certified(briefed, _stands(briefed, planned, *known), NAME, again))
    [row] = after.table("activities").to_dict("records")
    assert (row["activity"], row["who"]) == (NAME, ("A2",))
    assert row["window_start"] == pd.Timestamp("2026-06-18 08:00", tz=ZONE)
    found = plan(after, runs=2, time_limit_s=2)
    sessions = sessions_of(after, found.plan.duty)
    ends = [own["end"] for own in sessions.to_dict("records") if "A2" in own["agents"]]
    assert (_on_queue(found, "A2") >= (ends[0] if ends else pd.Timestamp.max.tz_localize("UTC"))).all()


def test_who_has_no_record_is_still_invited_beside_the_second_session(briefed: Desk, planned: Planned) -> None:
    """A second session has a name of its own while the first is still to be held for others."""
    stands = _stands(briefed, planned, Record("A2", NAME, True, False))
    again = Again(pd.Timestamp("2026-06-18 08:00"), pd.Timestamp("2026-06-20"))
    table = certified(briefed, stands, NAME, again)["activities"].set_index("activity")
    assert table["who"].to_dict() == {NAME: ("A1", "A3"), f"{NAME} 2": ("A2",)}


def test_who_can_take_the_queue_uninvited_is_named(briefed: Desk) -> None:
    """Nothing keeps them off the queue, so somebody must be told."""
    assert uninvited(briefed, NAME) == ["B1", "B2", "B3"]
    assert uninvited(briefed, "nothing") == []


def test_a_list_is_read_in_both_languages(briefed: Desk) -> None:
    """Yes and no as people write them, blank = no test, as a Chinese spreadsheet saves it."""
    words = f"agent,name,activity,attended,passed\nA1,王芳,{NAME},是,是\nA2,,{NAME},Yes,\nA3,,{NAME},0,\n"
    for encoding in ("utf-8-sig", "gb18030"):
        found = read_list(words.encode(encoding), briefed)
        assert [(own.agent, own.attended, own.passed) for own in found] == [
            ("A1", True, True), ("A2", True, None), ("A3", False, None),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"agent,attended\nA1,1\n", ["briefing_column"]),
        (f"agent,activity,attended\nX9,{NAME},1\nA1,{NAME},maybe\n".encode(), ["briefing_who", "briefing_yes_no"]),
        (b"agent,activity,attended\nA1,no such,1\n", ["briefing_unknown"]),
        (f"agent,activity,attended,passed\nA1,{NAME},,\n".encode(), ["briefing_yes_no"]),
        (b"\xff\xff\xff", ["briefing_unreadable"]),
    ],
)
def test_a_list_that_is_wrong_is_told_by_row(briefed: Desk, content: bytes, codes: list[str]) -> None:
    """Nothing is guessed, and every refusal has words in both languages."""
    with pytest.raises(InputError) as refused:
        read_list(content, briefed)
    assert [own.code for own in refused.value.findings] == codes
    assert all(own.line("en") and own.line("zh") for own in refused.value.findings)


def test_the_file_of_a_desk_holds_what_follows(briefed: Desk, planned: Planned, tmp_path: Path) -> None:
    """What is written is read as the same: certificates, skills and the second invitation are no memory of ours."""
    from desk import write_folder

    stands = _stands(briefed, planned, Record("A1", NAME, True, True))
    after = changed_desk(briefed, certified(briefed, stands, NAME))
    write_folder(after, tmp_path / "desk")
    assert load_desk(tmp_path / "desk").content_hash == after.content_hash
