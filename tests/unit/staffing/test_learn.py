"""What a contact log teaches: patience, handle times, people, presence; against logs whose truth is known."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from data import sample_path
from desk import Desk, load_desk
from staffing import Survival, simulate
from staffing.learn import Waits, fit_patience, kaplan_meier, learn, waits_of
from staffing.learn.handling import fit_handling, handled
from staffing.learn.presence import shrinkage
from tests.unit.staffing.small import crowd, desk, forecast

FloatArray = npt.NDArray[np.float64]
EMPTY = np.empty(0)
LAW = Survival(np.array([0.0, 20.0, 100.0]), np.array([0.01, 0.001, 0.004]))


def log_of(law: Survival, silent: float, contacts: int, seed: int) -> Waits:
    """Waits of customers with a known law of patience, offered exponential waits of 80 s in seven cases of ten."""
    random = np.random.default_rng(seed)
    patience_s = law.leave_s(random.standard_exponential(contacts))
    offered_s = random.exponential(80.0, contacts) * (random.random(contacts) < 0.7)
    quiet, served = random.random(contacts) < silent, patience_s >= offered_s
    handle_s, gone_s = np.exp(random.normal(5.5, 0.6, contacts)), np.exp(random.normal(3.5, 0.5, contacts))
    seen, gone = ~served & ~quiet, ~served & quiet
    return Waits(patience_s[seen], offered_s[served], offered_s[gone], EMPTY, handle_s[served], gone_s[gone], EMPTY)


def test_exponential_patience_and_the_silent_are_recovered_within_their_limits() -> None:
    """Protects the intervals: over forty logs the truth is inside about as often as they say."""
    law, hits = Survival(np.zeros(1), np.array([1.0 / 120.0])), []
    for seed in range(40):
        found = fit_patience(log_of(law, 0.7, 1_500, seed))
        assert found is not None
        hits.append(
            (
                found.mean_s.low < 120.0 < found.mean_s.high,
                found.silent_share.low < 0.7 < found.silent_share.high,
                found.curved,
            )
        )
    inside, silent, curved = np.mean(hits, axis=0)
    assert inside > 0.87
    assert silent > 0.87
    assert curved < 0.15


def test_patience_that_is_not_exponential_is_seen_and_followed() -> None:
    """Protects laws of any form, silent leavers included: within the limits at nine waits of ten."""
    found = fit_patience(log_of(LAW, 0.6, 20_000, 1))
    assert found is not None
    assert found.curved
    truth = 1.0 - LAW.stay(found.wait_s)
    assert np.mean((found.lost_low <= truth + 0.01) & (truth - 0.01 <= found.lost_high)) >= 0.85
    assert found.lost == pytest.approx(truth, abs=0.02)


def test_silent_leavers_whom_nobody_marked_are_told_by_their_wait_and_handle_time() -> None:
    """Protects the EM: contacts without a reply, two in three of them silent leavers, are told apart in number."""
    marked = log_of(LAW, 0.6, 20_000, 2)
    quick = np.arange(marked.served_s.size) % 10 == 0
    unsure = replace(
        marked,
        served_s=marked.served_s[~quick],
        gone_s=EMPTY,
        unsure_s=np.concatenate([marked.gone_s, marked.served_s[quick]]),
        served_handle_s=marked.served_handle_s[~quick],
        gone_handle_s=EMPTY,
        unsure_handle_s=np.concatenate([marked.gone_handle_s, marked.served_handle_s[quick]]),
    )
    known, told = fit_patience(marked), fit_patience(unsure)
    assert known is not None
    assert told is not None
    assert told.gone == pytest.approx(known.gone, rel=0.03)
    assert told.mean_s.value == pytest.approx(known.mean_s.value, rel=0.03)
    assert told.silent_s.value == pytest.approx(known.silent_s.value, rel=0.1)


def test_pieces_follow_kaplan_and_meier_where_all_leavings_are_seen() -> None:
    """Protects the law in pieces by the estimate that assumes no form at all."""
    waits = log_of(LAW, 0.0, 20_000, 3)
    found, table = fit_patience(waits), kaplan_meier(waits)
    assert found is not None
    at = np.searchsorted(table["wait_s"], found.wait_s[:-1], side="right") - 1
    assert 1.0 - found.lost[:-1] == pytest.approx(table["stay"].to_numpy()[at], abs=0.02)
    assert (table["low"] <= table["stay"]).all()


def test_too_few_leavings_are_no_estimate() -> None:
    """Protects a desk from a patience learned of nineteen customers."""
    assert fit_patience(Waits(np.full(19, 30.0), np.full(500, 20.0), *([EMPTY] * 5))) is None


def test_leavings_without_their_time_are_no_estimate() -> None:
    """Protects against a log that does not say when customers left: silence would look total, patience endless."""
    waits = log_of(LAW, 0.6, 2_000, 4)
    assert fit_patience(replace(waits, untimed=3)) is not None
    assert fit_patience(replace(waits, untimed=waits.left_s.size)) is None


def test_what_was_simulated_is_learned_again() -> None:
    """Protects the round: patience with a curve, silent leavers and handle times, through the simulated log."""
    curve = {"wait_s": [10.0, 60.0, 300.0], "share_lost": [0.15, 0.2, 0.7]}
    queue = {"aht_s": [200.0, 260.0], "patience_curve": curve, "silent_share": 0.6, "silent_s": 40.0, "lost_value": 6.0}
    small = desk(chat=queue)
    coming = forecast(small, 420.0, paths=5, seed=1)
    staffed, plan = crowd(small, coming, "chat", 14)
    found = learn(staffed, simulate(staffed, coming, plan, runs=1).contacts).settings["chat"]
    assert found["silent_share"] == pytest.approx(0.6, abs=0.05)
    lost = np.interp([10.0, 60.0], found["patience_curve"]["wait_s"], found["patience_curve"]["share_lost"])
    assert lost == pytest.approx([0.15, 0.2], abs=0.03)
    assert found["silent_s"] == pytest.approx(40.0, rel=0.15)
    assert found["aht_s"] == pytest.approx([200.0, 260.0], rel=0.1)


def test_what_differs_by_hour_is_learned_again_and_only_that() -> None:
    """Protects the hours: handle times and pauses that the simulator was told come back; a flat desk stays flat."""
    hour = np.arange(24)
    told = {
        "aht_by_hour": list(np.where(hour < 12, 0.8, 1.2)),
        "shrinkage_by_hour": list(np.where(hour < 12, 0.1, 0.3)),
    }
    for own in (told, {}):
        small = desk(days=4, phone={"aht_s": [300.0], "patience_s": 600.0, "lost_value": 6.0} | own)
        coming = forecast(small, 170.0, paths=2, seed=2)
        staffed, plan = crowd(small, coming, "phone", 11)
        found = learn(staffed, simulate(staffed, coming, plan, runs=1).contacts).settings["phone"]
        effort, away = found["aht_by_hour"], found["shrinkage_by_hour"]
        if not own:
            assert effort is None
            assert away is None
            continue
        assert np.array(effort) * found["aht_s"] == pytest.approx(300.0 * np.array(told["aht_by_hour"]), rel=0.12)
        assert [np.mean(away[:12]), np.mean(away[12:])] == pytest.approx([0.1, 0.3], abs=0.04)


def test_a_rostered_break_is_no_shrinkage() -> None:
    """Protects planning from counting breaks twice: bob's half hour is left out where shifts have breaks as long."""
    chats = [("ann", 60.0 * m, 60.0 * m + 119.0, 60.0 * m + 119.0, 60.0 * m + 179.0, False) for m in range(0, 58)]
    bob = [("bob", 0.0, 1.0, 2.0, 599.0, False), ("bob", 2400.0, 2401.0, 2402.0, 3500.0, False)]
    assert shrinkage(contacts(*chats, *bob), "pre", 30.0).share[9] < 0.01


def contacts(*rows: tuple[str, float, float | None, float | None, float | None, bool]) -> pd.DataFrame:
    """Rows (agent or "", arrived, assigned, first reply, closed in s, left)."""
    frame = pd.DataFrame(rows, columns=["agent", "arrived", "assigned", "first_reply", "closed", "abandoned"])
    start = pd.Timestamp("2026-06-18 09:00", tz="Asia/Shanghai")
    for name in ("arrived", "assigned", "first_reply", "closed"):
        frame[name] = start + pd.to_timedelta(frame[name].astype("float64"), unit="s")
    left = pd.array(frame["abandoned"], dtype="boolean")
    return frame.assign(agent=frame["agent"].replace("", None).astype("str"), abandoned=left, queue="pre")


def test_a_log_is_read_as_it_was_meant() -> None:
    """Protects the four kinds of contact: served, seen to leave, gone without a word, never answered."""
    waits = waits_of(
        contacts(
            ("ann", 0.0, 10.0, 15.0, 100.0, False),
            ("", 0.0, None, None, 40.0, True),
            ("ann", 0.0, 70.0, None, 90.0, True),
            ("ann", 0.0, 80.0, None, 95.0, False),
        )
    )
    assert [one.tolist() for one in (waits.served_s, waits.left_s, waits.gone_s, waits.unsure_s)] == [
        [10.0],
        [40.0],
        [70.0],
        [80.0],
    ]
    assert waits.gone_handle_s.tolist() == [20.0]


def test_time_is_counted_by_the_number_held() -> None:
    """Protects concurrency: a chat of 100 s that shares 40 of them spent 60 alone, and ended alone."""
    log = contacts(("ann", 0.0, 0.0, 1.0, 100.0, False), ("ann", 20.0, 20.0, 21.0, 60.0, False))
    seen = handled(log, "pre", 3)
    assert seen.time_s.tolist() == [[60.0, 40.0, 0.0], [0.0, 40.0, 0.0]]
    assert seen.level.tolist() == [0, 1]


def test_who_holds_nothing_while_customers_wait_is_away() -> None:
    """Protects shrinkage: bob is gone from minute 10 to 40 of an hour in which somebody always waits."""
    chats = [("ann", 60.0 * m, 60.0 * m + 119.0, 60.0 * m + 119.0, 60.0 * m + 179.0, False) for m in range(0, 58)]
    bob = [("bob", 0.0, 1.0, 2.0, 599.0, False), ("bob", 2400.0, 2401.0, 2402.0, 3500.0, False)]
    found = shrinkage(contacts(*chats, *bob), "pre")
    assert found.share[9] == pytest.approx(30.0 / 115.0, abs=0.03)
    assert found.low[9] <= found.share[9] <= found.high[9]


@pytest.fixture(scope="module")
def sample() -> Desk:
    """The 618 desk, whose log was made by patience of 150 s and 300 s, seven of ten leaving silently."""
    return load_desk(sample_path("618"))


def test_the_sample_desks_truth_is_recovered(sample: Desk) -> None:
    """Protects the whole: patience, silence and handle times of the log that the sample's world made."""
    found = learn(sample, sample.table("contacts"))
    table = found.estimates.set_index(["queue", "measure", "key"])
    for queue, patience_s in (("presale", 150.0), ("aftersale", 300.0)):
        own = table.loc[queue]
        assert own.loc[("patience_s", ""), "low"] < patience_s < own.loc[("patience_s", ""), "high"]
        assert own.loc[("silent_share", ""), "low"] < 0.7 < own.loc[("silent_share", ""), "high"]
        assert own.loc[("silent_s", ""), "value"] == pytest.approx(60.0, abs=1.0)
        stated = np.array(sample.settings.queues[queue].aht_s)
        assert np.array(found.settings[queue]["aht_s"]) == pytest.approx(stated, rel=0.15)
    assert found.settings["presale"]["patience_s"] == pytest.approx(150.0, rel=0.05)


def test_fast_agents_are_told_from_slow_ones(sample: Desk) -> None:
    """Protects proficiency: shrunken estimates follow the speeds that made the log."""
    fit = fit_handling(handled(sample.table("contacts"), "presale", 5))
    truth = pd.read_csv(sample_path("618") / "truth" / "agents.csv").set_index("agent")["speed"].reindex(fit.agents)
    known = fit.contacts >= 30
    assert np.corrcoef(truth[known], fit.proficiency[known])[0, 1] > 0.6
    assert np.average(fit.proficiency[known], weights=fit.contacts[known]) == pytest.approx(1.0, abs=0.05)
