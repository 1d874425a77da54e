"""Properties that hold for every payout and every log."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.random_payouts import run
from incentive import payout, score
from incentive.pay import cents_of, largest_remainder, parts_of
from incentive.yardstick import expected, pairs
from tests.unit.incentive.small import ZONE, small_desk

claims = st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), claims)
def test_cents_are_dealt_exactly_and_fairly(cents: int, wanted: list[float]) -> None:
    """The sum is exact, nobody gets less than 0, nobody is a cent off the exact share, more claim is never less pay."""
    paid = largest_remainder(cents, wanted)
    assert sum(paid) == (cents if sum(wanted) > 0 else 0)
    assert min(paid) >= 0
    if sum(wanted) > 0:
        exact = cents * np.array(wanted) / sum(wanted)
        assert np.abs(np.array(paid) - exact).max() <= 1 + 1e-6 * cents
    by_claim = [cent for _, cent in sorted(zip(wanted, paid, strict=True))]
    assert by_claim == sorted(by_claim)


def test_ten_thousand_random_payouts_are_exact() -> None:
    """Ties, zeros, tiny and huge claims: parts and payouts always add up to the budget's whole cents."""
    rng = np.random.default_rng(7)
    for _ in range(10_000):
        budget = round(float(rng.choice([0, 0.01, 1, 12_000]) * rng.random() * 10), 2)
        weights = [float(weight) for weight in np.round(rng.dirichlet(np.ones(4)) * 0.99, 3)]
        parts = parts_of(cents_of(budget), weights)
        assert sum(parts) == int(round(budget * 100) * sum(round(1000 * weight) for weight in weights) // 1000)
        size = int(rng.integers(1, 8))
        wanted = rng.choice([0.0, 1.0, 1.0, rng.random(), 1e9 * rng.random()], size)
        paid = largest_remainder(parts[0], list(map(float, wanted)))
        assert min(paid) >= 0
        assert sum(paid) == (parts[0] if wanted.sum() > 0 else 0)


def test_random_schemes_keep_every_rule_of_the_money() -> None:
    """Prices, caps, ties, huge and tiny claims: exact, in the budget, blind to order, monotone. Bench: 100,000."""
    assert run(1500, seed=11) == {}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_a_whole_scheme_pays_within_its_budget_and_more_is_never_less(seed: int) -> None:
    """With quota, gate, caps and guarantee at once, on table scores: the budget holds, one more unit never costs."""
    rng = np.random.default_rng(seed)
    scheme = {"budget": 90.0, "weights": {"speed": 0.4, "overload": 0.6}, "quotas": {"speed": 2.0}, "cap_agent": 60.0}
    scheme |= {"guarantee": 5.0, "caps": {"overload": 30.0}}
    scheme |= {"gates": [{"measure": "overload", "by": "rating", "low": 0.4, "high": 0.8, "least": 0.25}]}
    desk = small_desk(incentive=scheme)
    names = [f"A{number}" for number in range(5)]
    rows = [(agent, measure) for agent in names for measure in ("speed", "overload", "rating")]
    table = pd.DataFrame(rows, columns=["agent", "measure"]).assign(contacts=10.0, score=0.5)
    table["claim"] = rng.choice([0.0, 1.0, 5.0, np.nan, rng.random()], len(table))
    table["adjusted"] = rng.choice([np.nan, 0.2, 0.5, 0.9], len(table))
    place = int(rng.integers(len(table)))
    more = table.copy()
    more.loc[place, "claim"] = np.nan_to_num(more.loc[place, "claim"]) + 1
    before, after = (payout(desk, own).set_index("agent")["total_cents"] for own in (table, more))
    assert before.sum() <= 9000
    assert before.min() >= 500
    assert before.max() <= 6000
    assert after[table.loc[place, "agent"]] >= before[table.loc[place, "agent"]]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_one_more_good_contact_never_lowers_ones_own_pay(seed: int) -> None:
    """From the log to the cent, with the load given by the plan: a fast, bought, well rated contact more costs nobody
    who served it."""
    rng = np.random.default_rng(seed)
    contacts = random_log(rng, contacts=100)
    scheme = {"budget": 500.0, "weights": {"speed": 0.5, "conversion": 0.3, "rating": 0.2}, "load_levels": 1}
    desk = small_desk(incentive=scheme)
    own = contacts.iloc[int(rng.integers(len(contacts)))]
    later = own["arrived"] + pd.Timedelta("1s")
    good = {"contact": "L1", "arrived": later, "assigned": later, "first_reply": later + pd.Timedelta("2s")}
    extra = pd.DataFrame([own.to_dict() | good | {"converted": True, "rating": 5.0}])
    more = pd.concat([contacts, extra.astype(contacts.dtypes.to_dict())], ignore_index=True)
    before, after = (payout(desk, score(desk, log)).set_index("agent")["total_cents"] for log in (contacts, more))
    assert after[own["agent"]] >= before[own["agent"]]


@settings(max_examples=60, deadline=None)
@given(claims, st.randoms(use_true_random=False), st.floats(0, 5000).map(lambda value: round(value, 2)))
def test_order_of_rows_never_matters(wanted: list[float], random, budget: float) -> None:
    """The same scores in another order pay everyone the same, ties included."""
    desk = small_desk(incentive={"budget": budget, "weights": {"overload": 1.0}})
    agents = [f"A{number}" for number in range(len(wanted))]
    rows = pd.DataFrame({"agent": agents, "measure": "overload", "contacts": 1.0, "adjusted": wanted, "score": 0.5})
    mixed = list(rows.index)
    random.shuffle(mixed)
    assert payout(desk, rows).equals(payout(desk, rows.loc[mixed]))


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_scores_do_not_depend_on_order_or_names(seed: int) -> None:
    """A shuffled log and renamed agents give everyone the same score."""
    rng = np.random.default_rng(seed)
    contacts = random_log(rng, contacts=120)
    new_names = dict(zip(["A0", "A1", "A2", "A3"], rng.permutation(["W", "X", "Y", "Z"]), strict=True))
    mixed = contacts.sample(frac=1, random_state=seed)
    mixed["agent"] = mixed["agent"].map(new_names).astype("str")
    plain, other = score(small_desk(), contacts), score(small_desk(), mixed)
    plain["agent"] = plain["agent"].map(new_names)
    both = plain.merge(other, on=["agent", "measure"], suffixes=("", "_other"), validate="1:1")
    assert len(both) == len(plain)
    for name in ("contacts", "observed", "expected", "adjusted", "low", "high", "score"):
        assert np.allclose(both[name], both[f"{name}_other"], equal_nan=True)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_expectation_never_sees_the_agent(seed: int) -> None:
    """Whatever an agent's own outcomes are, the agent's own yardstick stays where it was."""
    rng = np.random.default_rng(seed)
    agent, hour = rng.integers(0, 4, 200), rng.integers(0, 6, 200)
    outcome = rng.integers(0, 2, 200).astype(np.float64)
    changed = np.where(agent == 2, 1 - outcome, outcome)
    logs = [pairs(values, agent, [hour], agents=4, folds=10) for values in (outcome, changed)]
    before, after = (expected(own, own.total[:, None], prior=20, rounds=5)[own.at][agent == 2] for own in logs)
    assert np.allclose(before, after)


def random_log(rng: np.random.Generator, contacts: int) -> pd.DataFrame:
    """A log of four agents over two days."""
    arrived = pd.Timestamp("2025-06-16", tz=ZONE) + pd.to_timedelta(rng.integers(0, 2 * 86_400, contacts), unit="s")
    return pd.DataFrame(
        {
            "contact": [f"K{number}" for number in range(contacts)],
            "queue": rng.choice(["sale", "care"], contacts),
            "agent": rng.choice(["A0", "A1", "A2", "A3"], contacts),
            "arrived": arrived,
            "assigned": arrived,
            "first_reply": arrived + pd.to_timedelta(rng.integers(1, 60, contacts), unit="s"),
            "converted": rng.random(contacts) < 0.3,
            "rating": rng.integers(1, 6, contacts).astype(np.float64),
        }
    )
