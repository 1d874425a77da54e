"""What agents ask for, what is answered, swaps in a published plan, scenarios, attendance."""

import datetime as dt
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import update

from desk import Desk, InputError
from store import (
    Attended,
    CellEdit,
    NotYoursError,
    Principal,
    Request,
    Store,
    answer_request,
    archive_plan,
    edit_duty,
    grant_absence,
    grant_swap,
    list_requests,
    list_scenarios,
    list_signatures,
    load_plan,
    make_request,
    publish_plan,
    put_attendance,
    read_attendance,
    read_duty,
    read_edits,
    read_plan,
    read_request,
    read_roster,
    read_trail,
    remove_scenario,
    save_desk,
    save_scenario,
    save_scores,
)
from store.schema import desks
from tests.unit.store.world import BY_ROLE, NAMES, OWNER, START, TEAMS, new_desk, new_plan, scores, signed

AGENT, LEAD = BY_ROLE["agent"], BY_ROLE["lead"]
MATE = Principal("a2@example.com", "agent", agent="A2")
LEAVE = {"date_from": dt.date(2025, 6, 18), "date_to": "2025-06-19", "kind": "annual"}
WISH = {"date": "2025-06-18", "wish": "on", "shift": "M", "weight": 50}
SWAP = {"date": "2025-06-18", "partner_date": "2025-06-18"}


@pytest.fixture
def desk(store: Store, small: Desk) -> str:
    """The desk of the small world."""
    return save_desk(store, OWNER, new_desk(small)).hash


@pytest.fixture
def plan(store: Store, desk: str) -> str:
    """A published plan: two hours of sale for each of three agents on 18 June."""
    key = new_plan(store, desk)
    signed(store, key)
    publish_plan(store, OWNER, key)
    return key


def code(error: pytest.ExceptionInfo[InputError]) -> str:
    """The code of the one finding; its words and its cure exist in both languages."""
    (finding,) = error.value.findings
    assert finding.line("en") != finding.line("zh")
    return finding.code


def test_a_request_goes_its_way(store: Store, desk: str) -> None:
    """Asked, seen by the lead, approved by somebody else, and then at an end."""
    made = make_request(store, AGENT, "leave", LEAVE, words="家里有事")
    assert (made.agent, made.team, made.status) == ("A1", "T1", "asked")
    assert made.detail == {"date_from": "2025-06-18", "date_to": "2025-06-19", "kind": "annual"}
    assert list_requests(store, MATE) == ()
    lead = replace(LEAD, agent=None)
    assert list_requests(store, lead, kind="leave", status="asked") == (made,)
    done = answer_request(store, lead, made.id, "approve", "enjoy")
    assert [(reply.who, reply.answer, reply.words) for reply in done.answers] == [(lead.who, "approve", "enjoy")]
    assert read_request(store, AGENT, made.id) == done
    assert done.status == "approved"
    with pytest.raises(InputError) as late:
        answer_request(store, OWNER, made.id, "refuse")
    assert code(late) == "request_answered"
    assert ("approved already" in late.value.report("en"), "已批准" in late.value.report("zh")) == (True, True)
    told = [(entry.who, entry.action, entry.subject) for entry in read_trail(store, OWNER) if entry.kind == "request"]
    assert told == [(AGENT.who, "ask", str(made.id)), (lead.who, "approve", str(made.id))]


def test_nobody_decides_on_their_own(store: Store, desk: str) -> None:
    """Neither an agent nor a lead or manager who is that agent; to withdraw is the asker's alone."""
    made = make_request(store, LEAD, "leave", LEAVE)
    for who in (LEAD, AGENT, Principal("m@x", "manager", agent="A1")):
        with pytest.raises(NotYoursError):
            answer_request(store, who, made.id, "approve")
    with pytest.raises(NotYoursError):
        answer_request(store, BY_ROLE["manager"], made.id, "withdraw")
    assert answer_request(store, AGENT, made.id, "withdraw").status == "withdrawn"


def test_a_second_request_for_a_day_is_refused_while_the_first_waits(store: Store, plan: str) -> None:
    """By name: which one is in the way; once it is answered the day is free again."""
    for kind, detail, more in (("leave", LEAVE, {}), ("wish", WISH, {}), ("swap", SWAP, {"partner": "A2"})):
        first = make_request(store, AGENT, kind, detail, **more)
        again = detail | ({"date_from": "2025-06-19", "date_to": "2025-06-25"} if kind == "leave" else {})
        with pytest.raises(InputError) as error:
            make_request(store, AGENT, kind, again, **more)
        assert code(error) == "request_pending"
        assert f" {first.id} " in error.value.report("en")
        answer_request(store, AGENT, first.id, "withdraw")
        assert make_request(store, AGENT, kind, again, **more).status == "asked"


WRONG: tuple[tuple[str, Any, str], ...] = (
    ("holiday", LEAVE, "request_kind"),
    ("leave", {"date_from": "2025-06-18"}, "request_detail"),
    ("leave", LEAVE | {"date_from": "0999-12-31"}, "request_span"),
    ("leave", LEAVE | {"kind": " "}, "request_detail"),
    ("leave", LEAVE | {"date_from": "18.6."}, "request_detail"),
    ("leave", LEAVE | {"by": "x"}, "request_detail"),
    ("leave", LEAVE | {"date_to": "2025-06-17"}, "request_span"),
    ("leave", LEAVE | {"date_to": "9999-12-31"}, "request_span"),
    ("wish", WISH | {"wish": "maybe"}, "request_detail"),
    ("wish", WISH | {"weight": float("nan")}, "request_detail"),
    ("wish", WISH | {"weight": True}, "request_detail"),
    ("appeal", {"run": 7, "measure": "speed", "claim": "too low"}, "appeal_no_score"),
    ("appeal", {"run": "7", "measure": "speed", "claim": "too low"}, "request_detail"),
    ("swap", SWAP, "swap_partner"),
)


def test_what_no_request_can_say_is_refused(store: Store, desk: str) -> None:
    """By a code with its cure, and nothing is kept."""
    for kind, detail, wanted in WRONG:
        with pytest.raises(InputError) as error:
            make_request(store, AGENT, kind, detail)
        assert code(error) == wanted, (kind, detail)
    assert list_requests(store, OWNER) == ()


def test_who_asks_must_be_known(store: Store, desk: str) -> None:
    """No request for nobody, for somebody whom no desk has, or with words without end."""
    for made, wanted in (
        (lambda: make_request(store, OWNER, "leave", LEAVE), "request_whose"),
        (lambda: make_request(store, OWNER, "leave", LEAVE, agent="A9"), "request_agent"),
        (lambda: make_request(store, AGENT, "leave", LEAVE, words="x" * 3000), "request_words"),
        (lambda: make_request(store, AGENT, "leave", LEAVE, partner="A2"), "request_partner"),
        (lambda: answer_request(store, OWNER, 1, "nod"), "request_answer"),
        (lambda: answer_request(store, OWNER, 999, "refuse"), "request_unknown"),
    ):
        with pytest.raises(InputError) as error:
            made()
        assert code(error) == wanted


def test_an_appeal_is_about_a_score_of_ones_own(store: Store, desk: str) -> None:
    """It names the scoring; two records of one scoring are two appeals."""
    run = save_scores(store, OWNER, "june", scores(), desk).id
    detail = {"run": run, "measure": "speed", "record": "C1", "claim": "that was not me"}
    make_request(store, AGENT, "appeal", detail)
    assert make_request(store, AGENT, "appeal", detail | {"record": "C2"}).status == "asked"
    with pytest.raises(InputError) as error:
        make_request(store, AGENT, "appeal", detail)
    assert code(error) == "request_pending"
    assert "快速响应" in error.value.report("zh")
    with pytest.raises(InputError) as error:
        make_request(store, AGENT, "appeal", detail | {"measure": "luck"})
    assert code(error) == "appeal_no_score"


def swapped(store: Store, plan: str) -> tuple[Request, list[CellEdit]]:
    """An accepted swap of A1 and A2, and the edits that make it: A1 gives its second hour to A2."""
    made = make_request(store, AGENT, "swap", SWAP, partner="A2")
    assert made.plan == plan
    day, later = dt.date(2025, 6, 18), START + timedelta(hours=1)
    edits = [CellEdit("A1", START, None), CellEdit("A1", later, None), CellEdit("A2", START, "break", 0, day, "N")]
    return answer_request(store, MATE, made.id, "accept"), edits


def test_a_swap_is_written_into_the_published_plan(store: Store, plan: str) -> None:
    """Asked, accepted by the partner, granted by somebody else: journal and roster follow, what was signed stays."""
    files = load_plan(store, OWNER, plan).files
    asked, edits = swapped(store, plan)
    assert asked.status == "accepted"
    assert list_requests(store, MATE) == (asked,)
    lead = replace(LEAD, agent=None)
    assert grant_swap(store, lead, asked.id, edits, "fine").status == "approved"
    assert read_plan(store, OWNER, plan).status == "published"
    assert load_plan(store, OWNER, plan).files == files
    assert not any(signature.void for signature in list_signatures(store, OWNER, plan))
    assert {edit.agent for edit in read_edits(store, AGENT, plan)} == {"A1"}
    assert read_duty(store, AGENT, plan).empty
    assert read_roster(store, AGENT, plan).empty
    assert list(read_roster(store, MATE, plan)["shift"]) == ["N"]
    with pytest.raises(InputError) as final:
        edit_duty(store, OWNER, plan, [CellEdit("A3", START, None)])
    assert code(final) == "plan_final", "any other edit of a published plan is refused"
    with pytest.raises(InputError) as twice:
        grant_swap(store, lead, asked.id, edits)
    assert code(twice) == "request_answered"


def test_a_swap_touches_its_people_and_days_only(store: Store, plan: str) -> None:
    """Somebody else's cell, another day, a cell that was edited meanwhile, or no edits: nothing of it is written."""
    asked, edits = swapped(store, plan)
    other_day = CellEdit("A1", START + timedelta(hours=30), "sale", 0, dt.date(2025, 6, 19), "N")
    attempts = [
        ([*edits, CellEdit("A3", START, None)], "swap_foreign"),
        ([*edits, other_day], "swap_foreign"),
        ([*edits, CellEdit("A2", START + timedelta(hours=1), None, 3)], "duty_conflict"),
        ([*edits, CellEdit("A2", START, "cooking")], "duty_activity"),
        ([], "swap_needs_edits"),
    ]
    for own, wanted in attempts:
        with pytest.raises(InputError) as error:
            grant_swap(store, OWNER, asked.id, own)
        assert code(error) == wanted
    assert read_edits(store, OWNER, plan) == ()
    assert read_request(store, OWNER, asked.id).status == "accepted"
    with pytest.raises(InputError) as bare:
        answer_request(store, OWNER, asked.id, "approve")
    assert code(bare) == "swap_needs_edits"
    archive_plan(store, OWNER, plan)
    with pytest.raises(InputError) as away:
        grant_swap(store, OWNER, asked.id, edits)
    assert code(away) == "swap_not_published"


def test_a_swap_needs_both_and_a_plan_that_both_see(store: Store, plan: str, desk: str) -> None:
    """Not before the partner accepted, by the partner only; in days and plans that both can see."""
    made = make_request(store, AGENT, "swap", SWAP, partner="A2")
    with pytest.raises(InputError) as early:
        grant_swap(store, OWNER, made.id, [CellEdit("A1", START, None)])
    assert code(early) == "swap_not_accepted"
    with pytest.raises(NotYoursError):
        answer_request(store, OWNER, made.id, "accept")
    assert answer_request(store, MATE, made.id, "refuse").status == "refused"
    for more, detail in (
        ({"partner": "A2", "plan": new_plan(store, desk)}, SWAP),
        ({"partner": "A2"}, SWAP | {"partner_date": "2025-06-20"}),
        ({"partner": "A9"}, SWAP),
    ):
        with pytest.raises(InputError) as error:
            make_request(store, AGENT, "swap", detail, **more)
        assert code(error) == "swap_plan"
    leave = make_request(store, AGENT, "leave", LEAVE)
    with pytest.raises(InputError) as none:
        grant_swap(store, OWNER, leave.id, [CellEdit("A1", START, None)])
    assert code(none) == "request_not_swap"


def test_scenarios_are_kept_by_name(store: Store, desk: str) -> None:
    """Found again with what was supposed and measured; a name is given once."""
    plan = new_plan(store, desk)
    kept = save_scenario(store, OWNER, plan, "A1 ill", ["agents.A1=0"], {"cost": 1.5, "late": None})
    assert list_scenarios(store, BY_ROLE["auditor"], plan) == (kept,)
    assert (kept.suppositions, kept.measures) == (("agents.A1=0",), {"cost": 1.5, "late": None})
    for name, wanted in (("A1 ill", "scenario_taken"), (" ", "scenario_name"), ("x" * 121, "scenario_name")):
        with pytest.raises(InputError) as error:
            save_scenario(store, OWNER, plan, name, [], {})
        assert code(error) == wanted
    remove_scenario(store, OWNER, kept.id)
    with pytest.raises(InputError) as gone:
        remove_scenario(store, OWNER, kept.id)
    assert code(gone) == "scenario_unknown"


def test_the_last_record_of_attendance_counts(store: Store, desk: str) -> None:
    """By agent and activity; a lead records and reads their own teams."""
    rows = [Attended(agent, "rules", attended=agent != "A2", passed=True) for agent in TEAMS]
    put_attendance(store, OWNER, "small", rows)
    later = Attended("A2", "rules", attended=True, passed=False)
    put_attendance(store, LEAD, "small", [later])
    assert read_attendance(store, OWNER, "small") == (rows[0], later, rows[2])
    assert read_attendance(store, LEAD, "small") == (rows[0], later)
    assert read_attendance(store, AGENT, "small") == (rows[0],)
    assert read_attendance(store, OWNER, "other") == ()
    for desk_name, row, wanted in (
        ("other", later, "store_unknown_desk"),
        ("small", replace(later, agent="A9"), "request_agent"),
        ("small", replace(later, at=later.at.replace(tzinfo=None)), "attendance_time"),
    ):
        with pytest.raises(InputError) as error:
            put_attendance(store, OWNER, desk_name, [row])
        assert code(error) == wanted
        with pytest.raises(InputError):
            put_attendance(store, LEAD, desk_name, [row])


def test_the_trail_tells_nothing_of_what_was_asked(store: Store, plan: str) -> None:
    """It can never be cut: no reason of a leave, no name but who acted."""
    make_request(store, AGENT, "leave", LEAVE | {"kind": "sick"}, words="林小雨 has a fever")
    asked, edits = swapped(store, plan)
    grant_swap(store, OWNER, asked.id, edits)
    put_attendance(store, OWNER, "small", [Attended("A2", "rules", attended=False)])
    save_scenario(store, OWNER, plan, "A2 ill", [], {})
    told = str(read_trail(store, OWNER))
    assert not any(word in told for word in (*TEAMS, *NAMES.values(), "sick", "fever"))


def test_leave_and_the_desk_with_it_are_kept_together_or_not_at_all(store: Store, small: Desk) -> None:
    """Where somebody saved the desk meanwhile nothing is approved; a stop between the two can't be. A desk that an
    earlier release kept, with fewer settings, is no other desk.
    """
    base = new_desk(small)
    first = save_desk(store, OWNER, base)
    asked = make_request(store, AGENT, "leave", LEAVE)
    renamed = replace(base, settings=base.settings.model_copy(update={"currency": "USD"}))
    second = save_desk(store, OWNER, renamed, seen=first.hash)
    days = pd.to_datetime(["2025-06-18", "2025-06-19"]).as_unit("us")
    rest = pd.DataFrame({"agent": AGENT.agent, "date": days, "kind": "annual"})
    overtaken = Desk(base.settings, {**base.tables, "leave": rest})
    third = Desk(renamed.settings, {**renamed.tables, "leave": rest})
    for foreign in (
        Desk(base.settings, third.tables),
        Desk(renamed.settings, {**renamed.tables, "leave": rest.assign(agent="A3")}),
    ):
        with pytest.raises(InputError) as refused:
            grant_absence(store, BY_ROLE["manager"], asked.id, [(foreign, second.hash)])
        assert refused.value.findings[0].code == "absence_foreign"
    with pytest.raises(InputError) as refused:
        grant_absence(store, BY_ROLE["manager"], asked.id, [(overtaken, first.hash)])
    assert refused.value.findings[0].code == "desk_conflict"
    assert read_request(store, OWNER, asked.id).status == "asked"
    earlier = renamed.settings.model_dump_json(exclude={"week_begins"})
    with store.writing() as connection:
        connection.execute(update(desks).where(desks.c.hash == second.hash).values(settings=earlier))
    (kept,) = grant_absence(store, BY_ROLE["manager"], asked.id, [(third, second.hash)])
    assert (kept.hash, kept.created_by) == (third.content_hash, BY_ROLE["manager"].who)
    assert read_request(store, OWNER, asked.id).status == "approved"
