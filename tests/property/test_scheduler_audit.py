"""Whatever is slipped into a legal plan, the audit finds it; and who is who costs nothing."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from desk import Curves, Desk, Finding, Plan
from desk.frames import empty_frame
from scheduler import audit, make_roster
from scheduler.account import account
from scheduler.duty import read_duty
from scheduler.facts import read_facts
from scheduler.roster import read_roster
from scheduler.span import Grid
from tests.rules.small import SHIFTS, SKILLS, before, desk, is_told

CONTRACT = """
shifts = ["E", "L", "D", "N"]
min_rest_h = 11
max_consecutive_days = 5
max_paid_h_week = 40
max_shifts = { N = 2 }
forbidden_successions = [["N", "D"]]
"""
SETTINGS = "[rules]\nmin_block_min = 60\nmax_switches = 1\n[scheduler]\ntime_limit_s = 4\ngap = 0.05"
AGENTS = """
agent,name,team,contract,cost_per_h,to
ann,Ann,red,full,10,
bob,Bob,blue,full,11,
cat,Cat,blue,full,12,2026-06-07
"""
MORE_SKILLS = SKILLS.strip() + "\ncat,after,0.9,1"
COVER = "date,shift,required,under_cost,over_cost\n" + "\n".join(
    f"2026-06-0{day},{shift},1,500,50" for day in range(1, 8) for shift in "EL"
)
Tables = tuple[pd.DataFrame, pd.DataFrame]
Slip = Callable[[np.random.Generator, pd.DataFrame, pd.DataFrame], Tables]


@cache
def small_desk() -> Desk:
    leave = "agent,date\nann,2026-06-03\nbob,2026-06-05\ncat,2026-06-01"
    pinned = "agent,date,shift\nann,2026-06-06,OFF\nbob,2026-06-01,L"
    known = SHIFTS.strip() + "\nX,10:00,14:00,4,0,,"
    own = {"agents": AGENTS, "skills": MORE_SKILLS, "leave": leave, "pinned": pinned, "cover": COVER, "shifts": known}
    return desk(CONTRACT, SETTINGS, worked=before("ann E\nbob OFF\ncat L"), **own)


@cache
def curves() -> Curves:
    starts = small_desk().starts
    busy = starts[(starts.hour >= 8) & (starts.hour < 22)]
    steps = {0.0: 60.0, 1.0: 20.0, 2.0: 0.0}
    rows = [(at, queue, own, cost) for queue in ("pre", "after") for at in busy for own, cost in steps.items()]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    return Curves(points, empty_frame("work", small_desk().settings.timezone))


@cache
def legal() -> Plan:
    return make_roster(small_desk(), curves())


def some(rng: np.random.Generator, rows: pd.DataFrame) -> pd.Series:
    return rows.iloc[int(rng.integers(len(rows)))]


def with_row(frame: pd.DataFrame, **values: object) -> pd.DataFrame:
    return pd.concat([frame, pd.DataFrame([values])], ignore_index=True)


def stranger(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    return with_row(roster, agent="eve", date=some(rng, roster)["date"], shift="E"), duty


def strange_shift(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    return changed(roster, some(rng, roster), "shift", "Z"), duty


def second_shift(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    row = some(rng, roster)
    return with_row(roster, agent=row["agent"], date=row["date"], shift=str(rng.choice(["E", "L", "D"]))), duty


def day_outside(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    day = pd.Timestamp("2026-06-08") + pd.Timedelta(days=int(rng.integers(30)))
    return with_row(roster, agent=some(rng, roster)["agent"], date=day, shift="E"), duty


def on_leave(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    row = some(rng, small_desk().table("leave"))
    return with_row(roster, agent=row["agent"], date=row["date"], shift=str(rng.choice(["E", "L", "D"]))), duty


def off_the_pin(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    is_pinned = (roster["agent"] == "bob") & (roster["date"] == pd.Timestamp("2026-06-01"))
    if rng.integers(2):
        return roster[~is_pinned], duty
    return with_row(roster, agent="ann", date=pd.Timestamp("2026-06-06"), shift="E"), duty


def after_the_end(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    return with_row(roster, agent="cat", date=pd.Timestamp("2026-06-07"), shift=str(rng.choice(["E", "L"]))), duty


def not_in_contract(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    return changed(roster, some(rng, roster), "shift", "X"), duty


def too_little_rest(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    row = some(rng, roster[roster["date"] < roster["date"].max()])
    late, early = row["date"], row["date"] + pd.Timedelta(days=1)
    others = roster[~((roster["agent"] == row["agent"]) & roster["date"].isin([late, early]))]
    pair = with_row(others, agent=row["agent"], date=late, shift="L")
    return with_row(pair, agent=row["agent"], date=early, shift="E"), duty


def no_day_off(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    agent = str(rng.choice(["ann", "bob", "cat"]))
    days = small_desk().dates[int(rng.integers(2)) :][:6]
    line = pd.DataFrame({"agent": agent, "date": days, "shift": "E"})
    return pd.concat([roster[roster["agent"] != agent], line], ignore_index=True), duty


def too_many_nights(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    agent = str(rng.choice(["ann", "bob", "cat"]))
    days = rng.choice(small_desk().dates[:6], 3, replace=False)
    line = pd.DataFrame({"agent": agent, "date": pd.DatetimeIndex(days), "shift": "N"})
    return pd.concat([roster[roster["agent"] != agent], line], ignore_index=True), duty


def hole(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    return roster, duty.drop(index=some(rng, duty[duty["activity"] != "break"]).name)


def twice_at_once(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    return roster, with_row(duty, **some(rng, duty).to_dict())


def duty_off_shift(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    row = some(rng, duty)
    before_dawn = row["start"].normalize() + pd.Timedelta(hours=int(rng.integers(3, 8)))
    return roster, with_row(duty, **row.to_dict() | {"start": before_dawn})


def unskilled(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    row = some(rng, duty[(duty["agent"] != "ann") & (duty["activity"] != "break")])
    return roster, changed(duty, row, "activity", "after" if row["agent"] == "bob" else "pre")


def nonsense(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    return roster, changed(duty, some(rng, duty[duty["activity"] != "break"]), "activity", "nap")


def no_break(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    row = some(rng, duty[duty["activity"] == "break"])
    return roster, changed(duty, row, "activity", "after" if row["agent"] == "cat" else "pre")


def long_break(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    return roster, changed(duty, some(rng, duty[duty["activity"] != "break"]), "activity", "break")


def late_break(rng: np.random.Generator, roster: pd.DataFrame, duty: pd.DataFrame) -> Tables:
    row = some(rng, duty[duty["activity"] == "break"])
    turn = duty[(duty["agent"] == row["agent"]) & (duty["date"] == row["date"])].sort_values("start")
    other = turn.iloc[int(rng.choice([0, -1]))]
    return roster, changed(changed(duty, row, "activity", other["activity"]), other, "activity", "break")


def changed(frame: pd.DataFrame, row: pd.Series, column: str, value: str) -> pd.DataFrame:
    copy = frame.copy()
    copy.loc[row.name, column] = value
    return copy


SLIPS: dict[str, tuple[Slip, set[str]]] = {
    "stranger": (stranger, {"roster_unknown_agent"}),
    "strange_shift": (strange_shift, {"roster_unknown_shift"}),
    "second_shift": (second_shift, {"roster_second_shift"}),
    "day_outside": (day_outside, {"roster_outside_horizon"}),
    "on_leave": (on_leave, {"roster_leave"}),
    "off_the_pin": (off_the_pin, {"roster_pinned"}),
    "after_the_end": (after_the_end, {"roster_availability"}),
    "not_in_contract": (not_in_contract, {"roster_shifts_allowed"}),
    "too_little_rest": (too_little_rest, {"roster_min_rest"}),
    "no_day_off": (no_day_off, {"roster_max_consecutive_days"}),
    "too_many_nights": (too_many_nights, {"roster_max_shifts"}),
    "hole": (hole, {"duty_missing"}),
    "twice_at_once": (twice_at_once, {"duty_outside_shift"}),
    "duty_off_shift": (duty_off_shift, {"duty_outside_shift"}),
    "unskilled": (unskilled, {"duty_skill"}),
    "nonsense": (nonsense, {"duty_unknown_activity"}),
    "no_break": (no_break, {"duty_break_missing"}),
    "long_break": (long_break, {"duty_break_length"}),
    "late_break": (late_break, {"duty_break_window"}),
}


def errors(findings: tuple[Finding, ...]) -> set[str]:
    return {own.code for own in findings if own.severity == "error"}


def cost(of: Desk, plan: Plan) -> dict[str, float]:
    facts = read_facts(of)
    roster = read_roster(facts, plan.roster)
    terms = account(facts, roster, read_duty(facts, Grid(facts), roster, plan.duty), curves())
    return dict(zip(terms["term"], terms["amount"], strict=True))


def test_the_plan_itself_is_legal() -> None:
    """Protects the ground that the slips stand on: a roster with breaks, late shifts and no error."""
    plan = legal()
    assert errors(audit(small_desk(), plan)) == set()
    assert {"E", "L"} <= set(plan.roster["shift"])
    assert "break" in set(plan.duty["activity"])


@pytest.mark.parametrize("kind", SLIPS)
def test_every_slip_is_found(kind: str) -> None:
    """Protects against a checker that looks away: six random slips of each kind, each found and told."""
    slip, due = SLIPS[kind]
    plan = legal()
    for seed in range(6):
        roster, duty = slip(np.random.default_rng(seed), plan.roster, plan.duty)
        found = audit(small_desk(), replace(plan, roster=roster, duty=duty))
        assert due <= errors(found), f"{kind}, seed {seed}"
        assert all(is_told(finding) for finding in found)


def test_the_account_of_a_finished_plan_is_the_plans_own() -> None:
    """Protects the certificate: the tables alone give the costs that the plan states."""
    own = legal().costs
    assert cost(small_desk(), legal()) == pytest.approx(dict(zip(own["term"], own["amount"], strict=True)))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_costs_nothing(seed: int) -> None:
    """Protects the account from the order in which people, shifts and the plan are written down."""
    of, plan = small_desk(), legal()
    mixed = {name: frame.sample(frac=1, random_state=seed) for name, frame in of.tables.items()}
    moved = replace(plan, roster=plan.roster.sample(frac=1, random_state=seed), duty=plan.duty[::-1])
    assert cost(replace(of, tables=mixed), moved) == pytest.approx(cost(of, plan))


@pytest.mark.parametrize("names", [("bob", "cat", "ann"), ("cat", "ann", "bob"), ("z", "y", "x")])
def test_who_is_who_costs_nothing(names: tuple[str, str, str]) -> None:
    """Protects the account from names: people exchanged in the desk and in the plan alike cost the same."""
    to = dict(zip(("ann", "bob", "cat"), names, strict=True))
    of, plan = small_desk(), legal()
    tables = {name: renamed(frame, to) for name, frame in of.tables.items()}
    moved = replace(plan, roster=renamed(plan.roster, to), duty=renamed(plan.duty, to))
    assert cost(replace(of, tables=tables), moved) == pytest.approx(cost(of, plan))


def renamed(frame: pd.DataFrame, to: dict[str, str]) -> pd.DataFrame:
    return frame.assign(agent=frame["agent"].map(to)) if "agent" in frame else frame
