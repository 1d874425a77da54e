"""The list of what to look at before a plan is published."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from desk import Desk
from desk.settings import Limit
from planner.planned import Planned
from planner.sign_off import check_words, checks_of, lay_down_checks
from planner.sign_off.desk import cover_checks
from store import CellEdit, Store, edit_duty, open_store, owner, read_checks, read_folder, save_desk, save_plan

ANN = owner("ann@example.com")


def told(desk: Desk, planned: Planned) -> dict[str, list[str]]:
    """Code -> whom each check is about; every check can be said in both languages."""
    found: dict[str, list[str]] = {}
    for check in checks_of(desk, planned.plan):
        assert check_words(check, "en") != check_words(check, "zh")
        found.setdefault(check.code, []).append(check.agent or "")
    return found


def test_the_list_names_what_the_signers_must_see(desk: Desk, planned: Planned) -> None:
    """The audit, uncovered hours, prices, and leave that is worked, most severe first."""
    found = told(desk, planned)
    assert found["leave_worked"] == ["a2"]
    assert len(found["price"]) == 2
    assert set(found) >= {"audit"}
    assert set(found) & {"covered", "uncovered"}
    severities = [check.severity for check in checks_of(desk, planned.plan)]
    assert severities == sorted(severities, key=("error", "warning", "note").index)


def test_work_that_waits_is_not_held_against_a_price_of_losing_it(desk: Desk, planned: Planned) -> None:
    """Nothing of a deferrable queue is lost, and desk.toml forbids to price it: that it is dearer late is no fault;
    nor is an hour without anybody, where its days are done in time."""
    queue = desk.settings.queues["aftersale"].model_copy(
        update={"kind": "deferrable", "late_value": 5.0, "lost_value": 0.0, "deadline_h": 24.0}
    )
    queues = {**desk.settings.queues, "aftersale": queue}
    own = replace(desk, settings=desk.settings.model_copy(update={"queues": queues}))
    found = told(own, planned)
    assert "price_late" not in found
    assert len(found["price_deferrable"]) == 1
    for share, code, count in ((1.0, "in_time", 1), (0.2, "not_in_time", 7)):
        plan = replace(planned.plan, service=planned.plan.service.assign(share_within=share, effective_agents=0.0))
        checks = [one for one in cover_checks(own, plan) if one.facts["queue"] == "aftersale"]
        assert [one.code for one in checks] == [code] * count
        assert check_words(checks[0], "en") != check_words(checks[0], "zh")


def test_overtime_is_held_against_its_caps(desk: Desk, planned: Planned) -> None:
    """Hours beyond the normal day are told; beyond a cap they are a warning."""
    full = desk.settings.contracts["full"].model_copy(update={"normal_h_day": 6.5})
    for cap, code in ((None, "overtime"), (Limit(limit=0.25), "overtime_beyond")):
        contracts = {"full": full.model_copy(update={"max_overtime_h_day": cap})}
        own = replace(desk, settings=desk.settings.model_copy(update={"contracts": contracts}))
        assert told(own, planned)[code]


def test_rules_that_cross_and_prices_that_invite_a_breach(desk: Desk, planned: Planned) -> None:
    """Limits that nobody can keep, and a late inquiry dearer than a lost one, are seen before publishing."""
    full = desk.settings.contracts["full"]
    week = {"min_paid_h_week": Limit(limit=50), "max_overtime_h_day": Limit(limit=2, price=1.0)}
    queue = desk.settings.queues["presale"].model_copy(update={"late_value": 99.0})
    settings = {
        "contracts": {"full": full.model_copy(update=week)},
        "queues": desk.settings.queues | {"presale": queue},
    }
    found = told(replace(desk, settings=desk.settings.model_copy(update=settings)), planned)
    assert set(found) >= {"limits_cross", "price_low", "price_late"}


@pytest.mark.parametrize(("attends", "code"), [(True, "briefing"), (False, "briefing_missed")])
def test_who_misses_a_briefing_is_named(desk: Desk, planned: Planned, attends: bool, code: str) -> None:
    """Everybody provably knows the rules, or is on the list."""
    start = desk.starts[10]
    briefing = {"activity": ["Rules"], "minutes": [60.0], "who": [("red",)], "sessions_max": [1.0]}
    activities = pd.DataFrame(briefing | {"window_start": [start], "window_end": [start], "grants_skill": [None]})
    own = replace(desk, tables={**desk.tables, "activities": activities})
    duty = planned.plan.duty
    if attends:
        rows = [{"agent": agent, "start": start, "activity": "Rules"} for agent in ("a1", "a2", "a3")]
        duty = pd.concat([duty, pd.DataFrame(rows)], ignore_index=True)
    found = told(own, replace(planned, plan=replace(planned.plan, duty=duty)))
    assert found[code] == ([""] if attends else ["a1", "a2", "a3"])


def test_a_stored_plan_gets_its_list_with_its_edits(desk: Desk, out: Path, tmp_path: Path) -> None:
    """The list is made from what stands there now, and is kept where the signers read it."""
    store: Store = open_store(f"sqlite:///{tmp_path / 'peakdesk.db'}")
    plan = save_plan(store, ANN, read_folder(out), save_desk(store, ANN, desk).hash).hash
    first = lay_down_checks(store, ANN, plan)
    assert read_checks(store, ANN, plan) == first
    start = desk.starts[11].to_pydatetime()
    edit_duty(store, ANN, plan, [CellEdit(agent, start, None) for agent in ("a1", "a2", "a3")])
    again = lay_down_checks(store, ANN, plan)
    assert [check.facts for check in again] != [check.facts for check in first]


def test_priced_limits_of_load_are_on_the_list(desk: Desk, planned: Planned) -> None:
    """What the curves say of an hour is asked of the plan's signers too: they know the limit, the desk does not."""
    from staffing import staffing_curves

    rules = desk.settings.rules.model_copy(update={"overload_price": 50.0, "overload_limit": 0.1})
    own = replace(desk, settings=desk.settings.model_copy(update={"rules": rules}))
    curves = staffing_curves(own, planned.forecast)
    codes = [check.facts["finding"]["code"] for check in checks_of(own, planned.plan, curves) if check.code == "audit"]
    assert "duty_overload" in codes
