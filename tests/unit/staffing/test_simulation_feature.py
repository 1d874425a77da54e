"""What the simulator can do, feature by feature: by hand on a few contacts, and both engines alike on random ones."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from desk import Desk, Forecast
from desk.settings import Settings
from staffing import simulate
from staffing.simulation.case import (
    Arrivals,
    Clock,
    Routing,
    Team,
    overflowing,
    plain_arrivals,
    plain_clock,
    plain_routing,
)
from staffing.simulation.draw import arrivals_s
from staffing.simulation.fast import fast
from staffing.simulation.parallel import in_order
from staffing.simulation.plain import plain
from staffing.simulation.simulate import Engine, stage
from staffing.simulation.tally import service_frame
from tests.unit.staffing.small import QUEUES, desk, duty, forecast

ENGINES = [plain, fast]
NEVER = 9e9


def contacts(*rows: tuple[float, int, float, float]) -> Arrivals:
    """Contacts (arrived_s, queue, work, patience_s)."""
    arrived_s, queue, work, patience_s = np.array(rows, dtype=np.float64).T.copy()
    return plain_arrivals(arrived_s, queue.astype(np.int64), work, patience_s)


def people(home: list[int], skill: list[list[float]], routing: Routing, slots: int = 1) -> Team:
    """Agents who stay on their home queue from the first second on; 100 s a contact, however many are held."""
    agents, queues = len(home), len(skill[0])
    pace = np.tile(np.concatenate([[0.0], np.full(slots, 0.01)]), (queues, 1))
    change_s = np.zeros(agents)
    at_once, clock = np.arange(agents), plain_clock(queues)
    return Team(pace, np.full(queues, slots), np.array(skill), change_s, at_once, np.array(home), routing, clock)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_contact_overflows_after_its_wait_and_not_before(engine: Engine) -> None:
    """Protects overflow: taken by the idle helper after exactly 30 s; whoever is in time is taken at home."""
    routing = overflowing(plain_routing(2), np.array([1, -1]), np.array([30.0, np.inf]))
    team = people([0, 1], [[1.0, 0.0], [1.0, 1.0]], routing)
    log = engine(team, contacts((0.0, 0, 1.0, NEVER), (10.0, 0, 1.0, NEVER), (80.0, 0, 1.0, NEVER)))
    assert log.agent.tolist() == [0, 1, 0]
    assert log.assigned_s.tolist() == [0.0, 40.0, 100.0]


@pytest.mark.parametrize("engine", ENGINES)
def test_overflow_goes_on_along_a_chain_of_queues(engine: Engine) -> None:
    """Protects the chain: queue 1 has nobody, so after 30 s and 20 s more the third queue's man takes it; the next one
    finds him busy, and he comes to it when he is done."""
    routing = overflowing(plain_routing(3), np.array([1, 2, -1]), np.array([30.0, 20.0, np.inf]))
    assert routing.hop_after_s.tolist() == [30.0, 50.0, 20.0]
    log = engine(people([2], [[1.0, 1.0, 1.0]], routing), contacts((0.0, 0, 1.0, NEVER), (60.0, 1, 1.0, NEVER)))
    assert log.assigned_s.tolist() == [50.0, 150.0]


def test_a_chain_ends_where_it_comes_round() -> None:
    """Protects two queues that help each other out: each has the other's people, and its own only once."""
    routing = overflowing(plain_routing(3), np.array([1, 0, 0]), np.array([30.0, 20.0, 5.0]))
    hops = zip(routing.hop_from.tolist(), routing.hop_to.tolist(), routing.hop_after_s.tolist(), strict=True)
    assert list(hops) == [(0, 1, 30.0), (1, 0, 20.0), (2, 0, 5.0), (2, 1, 35.0)]


@pytest.mark.parametrize("engine", ENGINES)
def test_who_pauses_finishes_first_and_comes_back(engine: Engine) -> None:
    """Protects pauses: told at 40 s he finishes at 100 s, is away for 70 s and 30 s more for what he held, and takes
    the next at 200 s; a pause told while one is on is none; told when idle it begins at once and is no longer."""
    team = people([0], [[1.0]], plain_routing(1))
    clock = team.clock._replace(
        pause_s=np.array([40.0, 120.0, 400.0]),
        pause_agent=np.zeros(3, dtype=np.int64),
        pause_length_s=np.array([70.0, 500.0, 90.0]),
        pause_more_s=np.array([30.0, 30.0, 30.0]),
    )
    log = engine(team._replace(clock=clock), contacts(*((at, 0, 1.0, NEVER) for at in (0.0, 110.0, 410.0))))
    assert log.assigned_s.tolist() == [0.0, 200.0, 490.0]
    assert log.closed_s.tolist() == [100.0, 300.0, 590.0]


@pytest.mark.parametrize("engine", ENGINES)
def test_work_is_as_long_as_the_hour_says_in_which_it_is_taken_up(engine: Engine) -> None:
    """Protects handle time by hour: begun in the first minute, in the second, and after the last one stated."""
    team = people([0], [[1.0]], plain_routing(1))
    clock = team.clock._replace(step_s=np.array([60.0]), effort=np.array([[0.5], [2.0]]))
    log = engine(team._replace(clock=clock), contacts(*((at, 0, 1.0, NEVER) for at in (0.0, 61.0, 900.0))))
    assert (log.closed_s - log.assigned_s).tolist() == pytest.approx([50.0, 200.0, 200.0])


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_helps_without_the_skill(engine: Engine) -> None:
    """Protects overflow from the untrained: the idle helper of queue 1 may not take queue 0's contact."""
    routing = overflowing(plain_routing(2), np.array([1, -1]), np.array([30.0, np.inf]))
    log = engine(people([1], [[0.0, 1.0]], routing), contacts((0.0, 0, 1.0, 500.0)))
    assert log.agent.tolist() == [-1]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("ranks", "order"), [([1, 2], [0, 1, 2]), ([2, 1], [0, 2, 1]), ([1, 1], [0, 1, 2])])
def test_priority_decides_who_is_taken_first(engine: Engine, ranks: list[int], order: list[int]) -> None:
    """Protects priorities: with equal ranks the longest wait counts, else the lower number."""
    routing = overflowing(plain_routing(2), np.array([1, -1]), np.zeros(2))._replace(priority=np.array(ranks))
    team = people([1], [[1.0, 1.0]], routing)
    log = engine(team, contacts((0.0, 1, 1.0, NEVER), (10.0, 0, 1.0, NEVER), (20.0, 1, 1.0, NEVER)))
    assert np.argsort(log.assigned_s).tolist() == order


@pytest.mark.parametrize("engine", ENGINES)
def test_a_silent_leaver_still_costs_his_agent_time(engine: Engine) -> None:
    """Protects capacity: the second left at 50 s, yet is given out at 100 s and costs a quarter of its work."""
    routing = plain_routing(1)._replace(silent_ratio=np.array([0.25]))
    coming = contacts((0.0, 0, 1.0, NEVER), (10.0, 0, 1.0, 40.0), (20.0, 0, 1.0, NEVER))
    silent = coming._replace(silent=np.array([False, True, False]))
    assert engine(people([0], [[1.0]], routing), silent).assigned_s.tolist() == [0.0, 100.0, 125.0]
    assert engine(people([0], [[1.0]], routing), coming).assigned_s.tolist()[2] == 100.0


@pytest.mark.parametrize("engine", ENGINES)
def test_only_who_left_comes_again(engine: Engine) -> None:
    """Protects redials: who left at 50 s comes again 70 s later; who was served does not."""
    coming = contacts((0.0, 0, 1.0, NEVER), (10.0, 0, 1.0, 40.0))
    coming = coming._replace(
        queue=np.zeros(4, dtype=np.int64),
        work=np.ones(4),
        patience_s=np.array([NEVER, 40.0, NEVER, NEVER]),
        silent=np.zeros(4, dtype=np.bool_),
        again=np.array([2, 3, -1, -1]),
        again_s=np.full(4, 70.0),
    )
    log = engine(people([0], [[1.0]], plain_routing(1)), coming)
    assert np.isnan(log.arrived_s[2])
    assert log.arrived_s[3] == 120.0
    assert log.assigned_s.tolist()[3] == 120.0


def random_case(seed: int, **routing: bool) -> tuple[Team, Arrivals]:
    """Three queues, nine people of mixed skills and slots who come, change and go; 600 contacts in overload."""
    random = np.random.default_rng(seed)
    skill = random.choice([0.0, 0.8, 1.0, 1.25], (9, 3))
    slots = random.integers(1, 4, 3)
    change_s = np.sort(np.append(np.zeros(9), random.uniform(0.0, 20_000.0, 40)))
    agent = np.append(np.arange(9), random.integers(0, 9, 40))
    skill[np.arange(9), np.arange(9) % 3] = 1.0
    queue = np.array([random.choice([-1, *np.flatnonzero(skill[one] > 0)]) for one in agent])
    table = 1.0 / np.array([[180.0, 220.0, 270.0], [300.0, 330.0, 400.0], [100.0, 140.0, 150.0]])
    pace = np.concatenate([np.zeros((3, 1)), table], axis=1)[:, : slots.max() + 1]
    clock = random_clock(random) if routing.get("hours") else plain_clock(3)
    team = Team(pace, slots, skill, change_s, agent, queue, random_routing(random, **routing), clock)
    return team, random_arrivals(random, redials=routing.get("redials", False), silent=routing.get("silent", False))


def random_routing(random: np.random.Generator, **on: bool) -> Routing:
    own = plain_routing(3)._replace(silent_ratio=np.array([0.2, 0.3, 0.4]))
    if on.get("overflow"):
        own = overflowing(own, np.array([1, 2, 0]), random.uniform(0.0, 120.0, 3))
    return own._replace(priority=random.integers(1, 3, 3)) if on.get("priority") else own


def random_clock(random: np.random.Generator) -> Clock:
    """Handle times that change every quarter of an hour, and 60 pauses."""
    pause_s, length_s = np.sort(random.uniform(0.0, 20_000.0, 60)), random.exponential(600.0, 60)
    effort = random.uniform(0.5, 1.5, (20, 3))
    return Clock(np.array([900.0]), effort, pause_s, random.integers(0, 9, 60), length_s, 0.5 * length_s)


def random_arrivals(random: np.random.Generator, *, redials: bool, silent: bool) -> Arrivals:
    fresh, extra = 600, 400 if redials else 0
    arrived_s = np.sort(random.uniform(0.0, 20_000.0, fresh))
    again = np.full(fresh + extra, -1)
    if redials:
        again[random.choice(fresh, 300, replace=False)] = fresh + np.arange(300)
        again[fresh : fresh + 100] = fresh + 300 + np.arange(100)
    return Arrivals(
        arrived_s,
        random.integers(0, 3, fresh + extra),
        random.standard_exponential(fresh + extra),
        random.standard_exponential(fresh + extra) * 300.0,
        random.random(fresh + extra) < (0.5 if silent else 0.0),
        again,
        random.standard_exponential(fresh + extra) * 200.0,
    )


FEATURES: dict[str, dict[str, bool]] = {
    "skills, duty and concurrency": {},
    "priority and overflow": {"priority": True, "overflow": True},
    "silent leavers": {"silent": True},
    "redials": {"redials": True},
    "hours and pauses": {"hours": True},
    "all of them": {"priority": True, "overflow": True, "silent": True, "redials": True, "hours": True},
}


@pytest.mark.parametrize("feature", FEATURES)
def test_both_engines_agree_to_the_last_bit(feature: str) -> None:
    """Protects each feature of the fast engine by the plain one, on equal random numbers."""
    waited, lost = 0, 0
    for seed in range(8):
        case = random_case(seed, **FEATURES[feature])
        fast_log, plain_log = fast(*case), plain(*case)
        for one, other in zip(fast_log, plain_log, strict=True):
            np.testing.assert_array_equal(one, other, err_msg=f"{feature}, seed {seed}")
        waited += (plain_log.assigned_s > plain_log.arrived_s).sum()
        lost += (plain_log.agent < 0).sum()
    assert min(waited, lost) > 100


def with_queue(**own: Any) -> dict[str, Any]:
    return {"pre": QUEUES["pre"] | own, "after": QUEUES["after"]}


def full_desk(absence_share: float = 0.0) -> Desk:
    """A desk that uses every setting of the simulator."""
    hours = {"aht_by_hour": [0.8] * 12 + [1.2] * 12, "shrinkage_by_hour": [0.3] * 6 + [0.1] * 18}
    over = {"overflow_to": "after", "overflow_after_s": 20.0}
    own = with_queue(silent_share=0.5, redial_share=0.4, aht_cv=0.7, **over, **hours)
    base = desk(**own)
    rules = base.settings.rules.model_copy(update={"absence_share": absence_share})
    settings = Settings.model_validate(base.settings.model_copy(update={"rules": rules}).model_dump())
    return Desk(settings, base.tables)


def plan_of(small: Desk, rate: float = 40.0) -> tuple[Any, pd.DataFrame]:
    coming = forecast(small, [rate, 10.0], paths=6, seed=7)
    return coming, duty(
        coming, ("ann", "pre", 2, 20), ("bob", "pre", 4, 12), ("bob", "after", 12, 18), ("cat", "after", 1, 22)
    )


def test_splitting_workers_and_order_change_nothing() -> None:
    """Protects replications: any number of workers, any batches, people and rows in any order give the same numbers."""
    small = full_desk(absence_share=0.2)
    coming, plan = plan_of(small)
    whole = simulate(small, coming, plan, runs=9, workers=1)
    skills = small.table("skills").iloc[::-1]
    shuffled = simulate(Desk(small.settings, {"skills": skills}), coming, plan.sample(frac=1.0), runs=9, workers=3)
    pd.testing.assert_frame_equal(whole.service, shuffled.service)
    pd.testing.assert_frame_equal(whole.contacts, shuffled.contacts)
    set_up = stage(small, coming, plan)
    halves = [one for part in (range(4), range(4, 9)) for one in in_order(set_up.tally, part, 2)]
    pd.testing.assert_frame_equal(whole.service, service_frame(coming, halves))


def test_engines_agree_on_a_whole_desk_with_every_setting() -> None:
    """Protects the way from settings to arrays: the public function gives equal results by either engine."""
    small = full_desk(absence_share=0.3)
    coming, plan = plan_of(small)
    one, other = (simulate(small, coming, plan, runs=3, engine=engine) for engine in ENGINES)
    pd.testing.assert_frame_equal(one.service, other.service)
    pd.testing.assert_frame_equal(one.contacts, other.contacts)


def test_absent_people_take_nothing_that_shift() -> None:
    """Protects unplanned absence: whole shifts are missed, as often as stated, by the person's own numbers."""
    small = full_desk(absence_share=0.5)
    coming, plan = plan_of(small)
    set_up = stage(small, coming, plan)
    there = [[bool((set_up.play(run)[1].agent == one).any()) for one in range(3)] for run in range(80)]
    assert 0.35 < np.mean(there) < 0.65


def test_who_comes_again_is_one_customer_and_lost_once() -> None:
    """Protects the count of the lost: with nobody there, each customer is lost once however often he comes."""
    small = desk("pre", pre=QUEUES["pre"] | {"redial_share": 0.6, "redial_after_s": 60.0})
    coming = forecast(small, 30.0)
    result = simulate(small, coming, duty(coming, ("ann", "pre", 0, 1)).iloc[:0], runs=2)
    log = result.contacts
    assert len(log) > 1.5 * 24 * 30
    assert log["customer"].nunique() == 24 * 30
    assert result.service["lost_sim"].sum() <= 24 * 30


def test_silent_leavers_are_in_the_log_as_abandoned_by_an_agent_who_got_no_answer() -> None:
    """Protects the simulated log: such rows have an agent and a close, but no reply, order or rating."""
    small = full_desk()
    coming, plan = plan_of(small)
    log = simulate(small, coming, plan, runs=1).contacts
    ghosts = log[log["abandoned"] & log["agent"].notna()]
    assert len(ghosts) > 10
    assert ghosts[["first_reply", "rating"]].isna().all(axis=None)
    assert ghosts["closed"].notna().all()
    assert not ghosts["converted"].any()


def test_lognormal_handle_times_and_stated_patience_are_drawn_as_stated() -> None:
    """Protects the drawn laws: mean 1 and the stated spread; the stated share has left after the stated wait."""
    curve = {"patience_curve": {"wait_s": [60.0, 300.0], "share_lost": [0.3, 0.5]}}
    queue = {key: value for key, value in QUEUES["pre"].items() if key != "patience_s"} | {"aht_cv": 0.5} | curve
    small = desk(pre=queue)
    drawn = customers_of(small, forecast(small, 2_000.0))
    assert drawn.work.mean() == pytest.approx(1.0, abs=0.01)
    assert drawn.work.std() == pytest.approx(0.5, abs=0.01)
    assert (drawn.patience_s < 60.0).mean() == pytest.approx(0.3, abs=0.01)
    assert (drawn.patience_s < 300.0).mean() == pytest.approx(0.5, abs=0.01)


def customers_of(small: Desk, coming: Forecast) -> Arrivals:
    return stage(small, coming, duty(coming, ("ann", "pre", 0, 1))).play(0)[0]


def test_arrivals_are_in_order_and_even_within_their_interval() -> None:
    """Protects arrivals: as many as the path says in each interval, in order, evenly spread."""
    small = desk("pre")
    arrived_s = customers_of(small, forecast(small, np.arange(24.0)[:, np.newaxis] * 100.0)).arrived_s
    assert (np.diff(arrived_s) >= 0).all()
    assert np.bincount((arrived_s // 3600.0).astype(int), minlength=24).tolist() == [100 * hour for hour in range(24)]
    assert (arrived_s % 3600.0 / 3600.0).mean() == pytest.approx(0.5, abs=0.01)


def test_arrivals_follow_their_shape_within_the_interval() -> None:
    """Protects openings: three quarters of an hour's arrivals in its first quarter, none in its second."""
    shape = np.tile([3.0, 0.0, 0.5, 0.5], (24, 1))
    counts = np.full(24, 4_000, dtype=np.int64)
    arrived_s = arrivals_s(counts, 3600.0 * np.arange(25.0), shape, np.random.default_rng(1))
    assert np.bincount((arrived_s // 3600.0).astype(int)).tolist() == counts.tolist()
    share = np.bincount((arrived_s % 3600.0 // 900.0).astype(int), minlength=4) / arrived_s.size
    assert share == pytest.approx([0.75, 0.0, 0.125, 0.125], abs=0.01)


def test_two_scenarios_share_their_customers() -> None:
    """Protects comparisons: another crew and other absences meet the same arrivals, work and patience."""
    small = full_desk(absence_share=0.2)
    coming, plan = plan_of(small)
    one, other = stage(small, coming, plan).play(2)[0], stage(full_desk(), coming, plan.iloc[:5]).play(2)[0]
    for mine, theirs in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_priorities_help_the_first_at_the_cost_of_the_second() -> None:
    """Protects priorities through the settings: pre-sale in front of after-sale loses less than behind it."""
    lost = []
    for rank in (1, 3):
        small = desk(
            **with_queue(overflow_to="after", overflow_after_s=0.0, priority=rank),
        )
        settings = small.settings
        ranked = settings.queues["after"].model_copy(update={"priority": 2})
        settings = settings.model_copy(update={"queues": settings.queues | {"after": ranked}})
        staffed = Desk(
            settings,
            {
                "skills": pd.DataFrame(
                    {"agent": ["bob"] * 2, "queue": ["pre", "after"], "proficiency": 1.0, "home": True}
                )
            },
        )
        coming = forecast(staffed, [10.0, 12.0], paths=5, seed=3)
        service = simulate(staffed, coming, duty(coming, ("bob", "after", 0, 24)), runs=5).service
        lost.append(service.groupby("queue")["lost_sim"].sum())
    assert lost[0]["pre"] < lost[1]["pre"]
    assert lost[0]["after"] > lost[1]["after"]
