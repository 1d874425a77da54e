"""A thousand seeded slips, each of a known kind, are found; legal rosters are left alone; labels cost nothing."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import desk as vocabulary
from desk import Desk, Finding, Plan
from desk.settings.root import Horizon
from scheduler import audit, make_roster
from scheduler.adapter import solver_named
from scheduler.facts import read_facts
from scheduler.judge import roster_breaches
from scheduler.roster import Roster
from scheduler.solo import Solo
from tests.property.joint_slips import SLIPS as SHARED
from tests.property.joint_slips import shared_desk, shared_plan
from tests.property.test_scheduler_audit import SLIPS as FEWER
from tests.property.test_scheduler_audit import cost, legal, small_desk
from tests.property.thousand import SLIPS, rich_desk, rich_plan
from tests.rules.small import desk, is_told

LOCALES = Path(vocabulary.__file__).parent / "locales"
KINDS = len(FEWER) + len(SLIPS) + len(SHARED)
EACH = -(-1000 // KINDS)


def lines(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(own.code, own.line()) for own in findings}


def test_the_plan_itself_is_legal() -> None:
    """Protects the ground that the slips stand on."""
    found = audit(rich_desk(), rich_plan())
    assert [own.line() for own in found if own.severity == "error"] == []
    assert "talk" in set(rich_plan().duty["activity"])


@pytest.mark.parametrize("kind", SLIPS)
def test_every_slip_of_a_rich_desk_is_found(kind: str) -> None:
    """Protects each rule's checker: slips at random places, each a finding that the legal plan doesn't have."""
    slip, code = SLIPS[kind]
    plan, own = rich_plan(), lines(audit(rich_desk(), rich_plan()))
    for seed in range(EACH):
        roster, duty = slip(np.random.default_rng(seed), plan.roster, plan.duty)
        found = audit(rich_desk(), replace(plan, roster=roster, duty=duty))
        assert code in {new for new, _ in lines(found) - own}, f"{kind}, seed {seed}"
        assert seed or all(is_told(finding) for finding in found)


@pytest.mark.parametrize("kind", FEWER)
def test_every_slip_of_a_small_desk_is_found(kind: str) -> None:
    """Protects against a checker that looks away, as above."""
    slip, due = FEWER[kind]
    plan = legal()
    for seed in range(EACH):
        roster, duty = slip(np.random.default_rng(1000 + seed), plan.roster, plan.duty)
        codes = {own.code for own in audit(small_desk(), replace(plan, roster=roster, duty=duty))}
        assert due <= codes, f"{kind}, seed {seed}"


@pytest.mark.parametrize("kind", SHARED)
def test_every_slip_of_a_shared_desk_is_found(kind: str) -> None:
    """Protects the rules that couple people, and those on certificates, starts and announced days, as above."""
    slip, code = SHARED[kind]
    plan, own = shared_plan(), lines(audit(shared_desk(), shared_plan()))
    for seed in range(EACH):
        found = audit(shared_desk(), replace(plan, roster=slip(np.random.default_rng(2000 + seed), plan.roster)))
        assert code in {new for new, _ in lines(found) - own}, f"{kind}, seed {seed}"
        assert seed or all(is_told(finding) for finding in found)


def test_every_code_of_every_rule_is_among_the_kinds() -> None:
    """Protects the next rule from being left out: every code that a checker can give is seeded, but those on load,
    which need curves (tests/rules/test_duty_load.py) and the warning that there is no duty."""
    words = tomllib.loads((LOCALES / "en" / "scheduler.toml").read_text(encoding="utf-8"))["finding"]
    codes = {code for code in words if code.startswith(("roster_", "duty_"))}
    seeded = {code for _, code in SLIPS.values()} | {code for _, code in SHARED.values()}
    seeded = seeded.union(*(due for _, due in FEWER.values()))
    apart = {"roster_contradiction", "duty_absent", "duty_overload", "duty_over_occupancy"}
    assert codes - seeded - apart == set()


def test_they_are_a_thousand() -> None:
    """Protects the count that we state."""
    assert EACH * KINDS >= 1000


@pytest.mark.parametrize("of", [rich_desk, small_desk])
def test_legal_lines_are_left_alone(of: object) -> None:
    """Protects people from false alarms: the best lines for random worths keep every hard rule, says the checker."""
    own: Desk = of()  # type: ignore[operator]
    facts = read_facts(own)
    solos = {code: Solo(facts, agent, solver_named("highs")) for code, agent in facts.agents.items()}
    rng = np.random.default_rng(7)
    for _ in range(30):
        chosen = {}
        for code, solo in solos.items():
            worth = {key: float(rng.normal(0, 90)) for key in solo.line.x}
            chosen[code] = solo.best(worth, {}, solo.first).line
        assert [breach.code for breach in roster_breaches(facts, Roster(facts, chosen)) if breach.price is None] == []


def renamed_shifts(of: Desk, plan: Plan) -> tuple[Desk, Plan]:
    to = {"E": "s3", "L": "s1", "D": "s4", "N": "s2", "X": "s0", "OFF": "OFF"}
    own = of.settings.contracts["full"]
    contract = own.model_copy(
        update={
            "shifts": [to[code] for code in own.shifts or ()],
            "max_shifts": {to[code]: limit for code, limit in own.max_shifts.items()},
            "forbidden_successions": [[to[code] for code in pair] for pair in own.forbidden_successions],
        }
    )
    settings = of.settings.model_copy(update={"contracts": {"full": contract}})
    tables = {name: _shifts(frame, to) for name, frame in of.tables.items()}
    return Desk(settings, tables), replace(plan, roster=_shifts(plan.roster, to), duty=_shifts(plan.duty, to))


def _shifts(frame: pd.DataFrame, to: dict[str, str]) -> pd.DataFrame:
    return frame.assign(shift=frame["shift"].map(to)) if "shift" in frame else frame


def moved(of: Desk, days: int) -> Desk:
    by = timedelta(days=days)
    horizon = Horizon(start=of.settings.horizon.start + by, end=of.settings.horizon.end + by)
    dated = {name: _moved(frame, days) for name, frame in of.tables.items()}
    return Desk(of.settings.model_copy(update={"horizon": horizon}), dated)


def _moved(frame: pd.DataFrame, days: int) -> pd.DataFrame:
    times = [column for column in frame if pd.api.types.is_datetime64_any_dtype(frame[column])]
    return frame.assign(**{str(column): frame[column] + pd.Timedelta(days=days) for column in times})


def test_shifts_by_another_name_cost_the_same() -> None:
    """Protects the account from the names and the order of shifts."""
    of, plan = renamed_shifts(small_desk(), legal())
    assert cost(of, plan) == pytest.approx(cost(small_desk(), legal()))


@pytest.mark.parametrize("seed", range(3))
def test_the_best_plan_costs_the_same_by_any_name(seed: int) -> None:
    """Protects the optimum: people and shifts renamed and reordered, and the days moved by four weeks."""
    rules = "min_rest_h = 11\nmax_consecutive_days = 2"
    cover = "date,shift,required,under_cost,over_cost\n" + "\n".join(
        f"2026-06-0{day},{shift},{1 + (day + seed) % 2},{90 + 7 * day},50" for day in range(1, 4) for shift in "EL"
    )
    of = desk(rules, "[scheduler]\ntime_limit_s = 5\ngap = 0.0", days=3, cover=cover)
    best = make_roster(of).outcome.objective
    mixed = {name: frame.sample(frac=1, random_state=seed) for name, frame in of.tables.items()}
    to = {"ann": "z", "bob": "y"}
    people = {name: _people(frame, to) for name, frame in mixed.items()}
    assert make_roster(replace(of, tables=people)).outcome.objective == pytest.approx(best)
    assert make_roster(moved(of, 28)).outcome.objective == pytest.approx(best)


def _people(frame: pd.DataFrame, to: dict[str, str]) -> pd.DataFrame:
    return frame.assign(agent=frame["agent"].map(to)) if "agent" in frame else frame
