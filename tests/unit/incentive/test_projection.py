"""Payouts before the event."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from desk.i18n import LANGUAGES
from desk.listed import few
from incentive import assess, payout
from incentive.pay import ledger
from incentive.projection import Projection, project
from incentive.scheme import with_incentive
from tests.unit.incentive.small import frame, small_desk

PEOPLE = frame("agents", "agent,name,team,contract,cost_per_h\nAnn,Ann,T,full,30\nBo,Bo,T,full,30\nCy,Cy,T,full,30")
DUTY = frame(
    "duty",
    """agent, start, activity, date, shift
    Ann, 2025-06-16T10:00:00, sale, 2025-06-16, M
    Bo,  2025-06-16T10:00:00, sale, 2025-06-16, M
    Cy,  2025-06-16T15:00:00, sale, 2025-06-16, L""",
)
SERVICE = frame("service", "start, queue, overload\n2025-06-16T10:00:00, sale, 0.5\n2025-06-16T15:00:00, sale, 0")


def log(seed: int) -> pd.DataFrame:
    """A simulated log: 10:00 is overloaded, Cy works alone in the quiet afternoon."""
    rng = np.random.default_rng(seed)
    rows = [(agent, 10) for agent in ("Ann", "Bo") for _ in range(rng.poisson(40))]
    rows += [("Cy", 15) for _ in range(rng.poisson(10))]
    lines = [f"K{n}, sale, {agent}, 2025-06-16T{hour}:00:00, 2025-06-16T{hour}:00:{rng.integers(5, 59):02d}"
             for n, (agent, hour) in enumerate(rows)]  # fmt: skip
    return frame("contacts", "\n".join(["contact, queue, agent, assigned, first_reply", *lines])).assign(
        arrived=lambda own: own["assigned"]
    )


@pytest.fixture(scope="module")
def made() -> Projection:
    """Eight logs under a scheme with a price for over-volume."""
    scheme = {"budget": 200.0, "weights": {"speed": 0.5, "overload": 0.5}, "prices": {"overload": 0.5}}
    desk = small_desk({"agents": PEOPLE}, incentive=scheme)
    return project(desk, map(log, range(8)), DUTY, SERVICE)


def test_projected_payouts_are_those_of_the_logs_with_their_range(made: Projection) -> None:
    """The mean of the same payouts that measured logs would bring, between their deciles."""
    paid = made.payouts().set_index("agent")
    single = [payout(made.desk, own).set_index("agent")["amount"] for own in made.scores]
    assert paid["mean"].sum() == pytest.approx(np.mean([own.sum() for own in single]))
    assert (paid["low"] <= paid["median"]).all()
    assert (paid["median"] <= paid["high"]).all()


def test_the_budget_needed_grows_with_the_certainty(made: Projection) -> None:
    """To pay every unit in 95 of 100 events takes more than in 50."""
    needed = made.needed()
    assert list(needed) == [0.5, 0.8, 0.95]
    assert list(needed.values()) == sorted(needed.values())


@pytest.mark.parametrize("more", [{}, {"weights": {"overload": 0.1}, "guarantee": 5.0, "quotas": {"overload": 3.0}}])
def test_the_budget_needed_is_enough(made: Projection, more: dict[str, object]) -> None:
    """With it the priced part lasts in so many logs, whatever the weights leave to it, guarantees and quotas taken
    off."""
    settings = made.desk.settings.incentive.model_dump() | {"prices": {"overload": 8.0}} | more
    own = replace(made, desk=with_incentive(made.desk, settings))
    for level, budget in own.needed().items():
        paid = own.with_budget(round(budget + 0.02, 2))
        lasts = []
        for scores in paid.scores:
            (part,) = (one for one in ledger(paid.desk, scores).parts if one.measure == "overload")
            lasts.append(part.paid.sum() >= 800 * sum(part.claims) - 1)
        assert np.mean(lasts) >= level


def test_parts_without_a_price_need_the_budget_that_is_there(made: Projection) -> None:
    """What they are worth is what the budget and the usual claims make of them, after the guarantees."""
    settings = made.desk.settings.incentive.model_dump() | {"prices": {}, "guarantee": 20.0, "guarantee_contacts": 1}
    needed = replace(made, desk=with_incentive(made.desk, settings)).needed()
    assert needed[0.5] == pytest.approx(200.0, rel=0.2)


def test_a_roster_that_puts_a_reward_out_of_reach_is_told(made: Projection) -> None:
    """Cy never works an overloaded hour, so over-volume is out of Cy's reach, whatever Cy does."""
    verdicts = made.chances.set_index(["measure", "agent"])["verdict"]
    assert verdicts["overload", "Cy"] == "unreachable"
    assert verdicts["overload", "Ann"] == "reachable"
    found = [own for own in made.findings if own.code == "reward_unreachable"]
    assert [(own.facts["named"], own.severity) for own in found] == [("Cy", "warning")]
    assert not any("…" in own.line(lang) or "等" in own.line(lang) for own in found for lang in LANGUAGES)
    assert few("abcde") == "a, b, c, d, e"
    assert few("abcdef") == "a, b, c, d, e …"


def test_another_budget_needs_no_new_logs(made: Projection) -> None:
    """A what-if of the budget is the same claims paid anew."""
    double = made.with_budget(400.0)
    assert double.scores is made.scores
    speed = [float(own.payouts()["mean"].sum()) for own in (made, double)]
    assert speed[1] > speed[0]


def test_what_played_people_did_is_told_to_nobody(made: Projection) -> None:
    """Nobody can be asked who was called in, or stayed away, in a simulated log; of a measured one it is told."""
    played = log(3).assign(agent=lambda own: own["agent"].where(own["agent"] != "Bo", "Cy"))
    codes = {"shift_missed", "work_without_shift"}
    late = DUTY[DUTY["agent"] != "Cy"]
    assert codes <= {own.code for own in assess(made.desk, played, late, SERVICE).findings}
    assert not codes & {own.code for own in project(made.desk, [played], late, SERVICE).findings}
