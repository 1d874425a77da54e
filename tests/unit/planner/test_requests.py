"""What is asked for, from the asking to the roster and the desk that it changes."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from desk import Desk, InputError
from planner.own_shifts import own_shifts
from planner.requests import approve, ask_leave, ask_swap, ask_wish, mates
from planner.swap import approve_swap, swap_verdict, swapped_shifts
from store import (
    NotYoursError,
    Principal,
    Request,
    add_principal,
    answer_request,
    archive_plan,
    list_desks,
    load_desk_version,
    open_store,
    owner,
    read_edits,
    read_plan,
    read_request,
    save_desk,
    save_plan,
)
from tests.views.own_world import AGENTS, LEAD, OwnWorld, build, files

ANN, BOB = AGENTS["A1"], AGENTS["A2"]
OTHER = Principal("kim@example.com", "lead", ("B",))


@pytest.fixture
def world(tmp_path: Path) -> OwnWorld:
    """A published plan from today on."""
    made = build(open_store(f"sqlite:///{tmp_path / 'store.db'}"), tmp_path / "desk")
    add_principal(made.store, owner(), OTHER)
    return made


def swap(world: OwnWorld, day: int, other: int, accepted: bool = True) -> Request:
    plan = read_plan(world.store, ANN, world.plan)
    asked = ask_swap(world.store, ANN, plan, world.day(day), "A2", world.day(other))
    return answer_request(world.store, BOB, asked.id, "accept") if accepted else asked


def shifts(world: OwnWorld, who: Principal) -> dict[int, str]:
    found = own_shifts(world.store, who)
    return {(one.date.date() - world.first).days: one.shift for one in found}


def newest(world: OwnWorld) -> Desk:
    return load_desk_version(world.store, owner(), list_desks(world.store, owner())[0].hash)


def test_an_approved_swap_is_worked_and_can_be_swapped_back(world: OwnWorld) -> None:
    """Both see the other's shift; the same again undoes it, also over cells that were edited before."""
    approve_swap(world.store, LEAD, swap(world, 3, 2).id)
    assert shifts(world, ANN) == {0: "E", 1: "E", 2: "L", 5: "E"}
    assert shifts(world, BOB) == {0: "L", 3: "E", 4: "N", 6: "L"}
    approve_swap(world.store, LEAD, swap(world, 2, 3).id)
    assert shifts(world, ANN) == {0: "E", 1: "E", 3: "E", 5: "E"}


def test_a_swap_against_a_hard_rule_changes_nothing(world: OwnWorld) -> None:
    """The approval is refused with the rule's finding, whatever the page showed before."""
    asked = swap(world, 5, 6)
    assert [one.code for one in swap_verdict(world.store, LEAD, asked.id).hard] == ["roster_min_rest"]
    with pytest.raises(InputError) as refused:
        approve_swap(world.store, LEAD, asked.id)
    assert refused.value.findings[0].code == "roster_min_rest"
    assert read_edits(world.store, owner(), world.plan) == ()
    assert read_request(world.store, LEAD, asked.id).status == "accepted"


def test_a_swap_waits_for_the_colleague(world: OwnWorld) -> None:
    """No approval before both want it."""
    with pytest.raises(InputError) as early:
        approve_swap(world.store, LEAD, swap(world, 3, 2, accepted=False).id)
    assert early.value.findings[0].code == "swap_not_accepted"


@pytest.mark.parametrize("who", [ANN, BOB, OTHER, AGENTS["A3"]], ids=lambda one: one.who)
def test_the_verdict_is_for_who_decides(world: OwnWorld, who: Principal) -> None:
    """It tells of the whole plan, which parties, strangers and other leads do not see."""
    asked = swap(world, 3, 2)
    for act in (swap_verdict, approve_swap):
        with pytest.raises(NotYoursError):
            act(world.store, who, asked.id)


def test_a_lead_who_is_a_party_does_not_decide(world: OwnWorld) -> None:
    """Somebody else has to look at it."""
    with pytest.raises(NotYoursError):
        approve_swap(world.store, replace(LEAD, agent="A2"), swap(world, 3, 2).id)


def test_nobody_sees_more_than_what_is_offered(world: OwnWorld) -> None:
    """The colleague sees the offered shift; the asker theirs only once they accepted; the lead both."""
    asked, desk = swap(world, 3, 2, accepted=False), newest(world)
    assert [one is not None for one in swapped_shifts(world.store, ANN, asked, desk)] == [True, False]
    assert [one is not None for one in swapped_shifts(world.store, BOB, asked, desk)] == [True, True]
    assert [one is not None for one in swapped_shifts(world.store, LEAD, asked, desk)] == [True, True]
    agreed = answer_request(world.store, BOB, asked.id, "accept")
    assert [one.shift for one in swapped_shifts(world.store, ANN, agreed, desk) if one] == ["E", "L"]


def test_only_the_own_team_is_asked(world: OwnWorld) -> None:
    """Names of the team are all that is told of others; somebody else is no colleague."""
    assert set(mates(newest(world), "A1")) == {"A2", "A3"}
    plan = read_plan(world.store, ANN, world.plan)
    with pytest.raises(InputError) as refused:
        ask_swap(world.store, ANN, plan, world.day(0), "B1", world.day(0))
    assert refused.value.findings[0].code == "swap_no_mate"


def test_approved_leave_stands_in_the_next_desk(world: OwnWorld) -> None:
    """Every day of it is a row of the newest version, made in the lead's name; the published plan stays."""
    asked = ask_leave(world.store, ANN, world.day(1), world.day(2), "annual", "rest")
    granted = approve(world.store, LEAD, asked.id, "enjoy")
    assert [version.created_by for version in granted.desks] == [LEAD.who]
    leave = newest(world).table("leave")
    assert leave["date"].dt.date.tolist() == [world.day(1), world.day(2)]
    assert set(leave["kind"]) == {"annual"}
    assert shifts(world, ANN) == {0: "E", 1: "E", 3: "E", 5: "E"}
    assert read_request(world.store, ANN, asked.id).answers[-1].words == "enjoy"


def test_an_approved_wish_is_weighed_by_the_next_planning(world: OwnWorld) -> None:
    """With what it matters; the same wish again replaces its weight."""
    asked = ask_wish(world.store, BOB, world.day(3), "off", None, "much")
    approve(world.store, LEAD, asked.id)
    wishes = newest(world).table("requests")
    assert wishes[["agent", "wish", "weight"]].to_numpy().tolist() == [["A2", "off", 150.0]]


def test_days_of_no_desk_go_to_the_newest_one_with_the_person(world: OwnWorld) -> None:
    """Leave for after the horizon is not lost; a desk without the person is left alone."""
    settings = newest(world).settings.model_copy(update={"name": "Elsewhere"})
    tables = {name: own for name, own in newest(world).tables.items() if name not in ("agents", "skills", "requests")}
    save_desk(world.store, owner(), Desk(settings, tables))
    late = world.first + timedelta(days=40)
    granted = approve(world.store, LEAD, ask_leave(world.store, ANN, late, late, "family").id)
    assert [version.name for version in granted.desks] == ["Swaps"]


def test_what_is_answered_is_not_answered_again(world: OwnWorld) -> None:
    """A second approval is refused, and no second version is made."""
    asked = ask_leave(world.store, ANN, world.day(1), world.day(1), "sick")
    approve(world.store, LEAD, asked.id)
    versions = len(list_desks(world.store, owner()))
    with pytest.raises(InputError):
        approve(world.store, LEAD, asked.id)
    assert len(list_desks(world.store, owner())) == versions


def test_a_draft_is_nobodys_shifts_and_an_archived_plan_is_no_more(world: OwnWorld) -> None:
    """People work what is published."""
    save_plan(world.store, owner(), files(world.first) | {"note.txt": b"other"}, world.desk)
    assert shifts(world, ANN) == {0: "E", 1: "E", 3: "E", 5: "E"}
    archive_plan(world.store, owner(), world.plan)
    assert shifts(world, ANN) == {}


def test_roles_come_with_their_hours_and_pay(world: OwnWorld) -> None:
    """The first thing that an agent asks."""
    first = own_shifts(world.store, ANN)[0]
    told = [(f"{own.start:%H:%M}", f"{own.end:%H:%M}", own.activity) for own in first.blocks]
    assert told == [
        ("08:00", "10:00", "after_sale"),
        ("10:00", "12:00", "pre_sale"),
        ("12:00", "13:00", "break"),
        ("13:00", "17:00", "pre_sale"),
    ]
    assert first.paid_h == 8
    assert first.date == pd.Timestamp(world.first)
