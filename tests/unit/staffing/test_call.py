"""People called in from shifts on call for those who are absent."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from desk import Desk, Forecast
from desk.settings import Settings
from staffing import simulate
from staffing.simulation.call import OnCall, There, called_in
from staffing.simulation.draw import Stream
from staffing.simulation.fast import fast
from staffing.simulation.people import there
from staffing.simulation.plain import plain
from staffing.simulation.simulate import stage
from tests.unit.staffing.small import desk, duty, forecast

SKILLS = """\
ann,pre,1.0
bob,pre,0.8
bob,after,1.0
cat,after,1.25
dan,pre,0.9
dan,after,0.9
eve,pre,1.0
"""


def called_desk(share: float, timezone: str = "Asia/Shanghai") -> Desk:
    """Two queues, five people, a shift on call from 8:00 to 20:00 and one over midnight."""
    base = desk("pre", "after")
    rules = base.settings.rules.model_copy(update={"absence_share": share})
    settings = base.settings.model_copy(update={"rules": rules, "timezone": timezone})
    skills = pd.DataFrame([row.split(",") for row in SKILLS.split()], columns=["agent", "queue", "proficiency"])
    shifts = [("D", 480, 1200, "on_call"), ("N", 1320, 1800, "on_call"), ("E", 480, 960, "regular")]
    plain_columns = {"paid_h": 2.0, "break_min": 0, "break_from": np.nan, "break_to": np.nan, "contracts": [()] * 3}
    frame = pd.DataFrame(shifts, columns=["shift", "start", "end", "kind"]).assign(**plain_columns)
    own = {"skills": skills.astype({"proficiency": "float64"}).assign(home=True), "shifts": frame}
    return Desk(Settings.model_validate(settings.model_dump()), own)


def roster(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["agent", "date", "shift"]).astype({"date": "datetime64[us]"})


ON_CALL = roster(("dan", "2026-06-17", "D"), ("eve", "2026-06-17", "D"), ("ann", "2026-06-17", "E"))


def plan_of(small: Desk) -> tuple[Forecast, pd.DataFrame]:
    coming = forecast(small, [30.0, 8.0], paths=6, seed=7)
    rows = (("ann", "pre", 6, 16), ("bob", "pre", 9, 13), ("bob", "after", 13, 18), ("cat", "after", 4, 22))
    return coming, duty(coming, *rows)


def one_call(missed: list[tuple[int, int, int]], ready: dict[int, range]) -> There:
    """Four people: 0 on queue 0 in 0-4, 1 on 0 then 1 in 2-6; 2 knows both queues at 0.9, 3 only queue 0."""
    place = np.full((4, 8), -1)
    place[0, 0:4], place[1, 2:4], place[1, 4:6] = 0, 0, 1
    begun = np.full((4, 8), -1)
    begun[0, 0:4], begun[1, 2:6] = 0, 2
    away = np.zeros((4, 8), dtype=np.bool_)
    for who, first, last in missed:
        away[who, first:last] = True
    open_ = np.zeros((len(ready), 8), dtype=np.bool_)
    for number, span in enumerate(ready.values()):
        open_[number, span] = True
    skill = np.array([[1.0, 0.0], [1.0, 1.0], [0.9, 0.9], [1.0, 0.0]])
    who = np.array(list(ready), dtype=np.int64)
    return called_in(place, begun, skill, away, OnCall(who, open_.argmax(axis=1), open_))


def test_who_is_called_plays_the_missed_duty_within_his_shift_on_call() -> None:
    """Protects a call: the missed queues, in the hours of both shifts, and nothing else."""
    found = one_call([(1, 2, 6)], {2: range(3, 8)})
    assert (found.absences, found.calls) == (1, 1)
    assert found.place[2].tolist() == [-1, -1, -1, 0, 1, 1, -1, -1]
    assert (found.place[1] == -1).all()
    assert found.place[0, :4].tolist() == [0] * 4


def test_the_call_that_is_worth_most_is_made_first_and_each_only_once() -> None:
    """Protects the choice: who knows both queues goes where both are wanted; the other, worth 4.0, to queue 0."""
    both = [(0, 0, 4), (1, 2, 6)]
    found = one_call(both, {2: range(8), 3: range(8)})
    assert (found.absences, found.calls) == (2, 2)
    assert found.place[3].tolist() == [0, 0, 0, 0, -1, -1, -1, -1]
    assert found.place[2].tolist() == [-1, -1, 0, 0, 1, 1, -1, -1]
    assert one_call(both, {3: range(8)}).calls == 1


def test_nobody_is_called_without_the_skill_or_outside_of_his_shift() -> None:
    """Protects the people: no skill for the missed queue within the hours on call, no call."""
    assert one_call([(1, 2, 6)], {3: range(4, 8)}).calls == 0
    assert one_call([(0, 0, 4)], {2: range(4, 8)}).calls == 0


def test_the_engines_agree_where_people_are_called() -> None:
    """Protects the plain judge: the same calls and the same contacts by either engine, and some are called."""
    small = called_desk(0.5)
    coming, plan = plan_of(small)
    one, other = (simulate(small, coming, plan, roster=ON_CALL, runs=6, engine=engine) for engine in (fast, plain))
    pd.testing.assert_frame_equal(one.service, other.service)
    pd.testing.assert_frame_equal(one.contacts, other.contacts)
    assert (one.absences, one.calls) == (other.absences, other.calls)
    assert 0.0 < one.calls < one.absences


@pytest.mark.parametrize(("share", "rows"), [(0.0, ON_CALL), (0.4, ON_CALL.iloc[2:]), (0.4, None)])
def test_nothing_changes_where_nobody_is_missed_or_on_call(share: float, rows: Any) -> None:
    """Protects desks without calls: the numbers are those of a simulation that knows no roster, to the last bit."""
    small = called_desk(share)
    coming, plan = plan_of(small)
    one, other = simulate(small, coming, plan, roster=rows, runs=4), simulate(small, coming, plan, runs=4)
    pd.testing.assert_frame_equal(one.service, other.service)
    pd.testing.assert_frame_equal(one.contacts, other.contacts)
    assert one.calls == 0.0


def test_calls_bring_back_a_part_of_what_absences_lose() -> None:
    """Protects the check of a plan: the loss with people on call lies between that without and that without absences,
    on the same customers and the same absences.
    """
    small = called_desk(0.4)
    coming, plan = plan_of(small)
    nobody_missed = simulate(called_desk(0.0), coming, plan, runs=40)
    called, not_called = (simulate(small, coming, plan, roster=own, runs=40) for own in (ON_CALL, None))
    least, between, most = (own.service["lost_sim"].sum() for own in (nobody_missed, called, not_called))
    assert called.absences == not_called.absences
    assert least < 0.98 * between < 0.96 * most


def test_people_on_call_can_be_absent_too_and_rows_have_no_order() -> None:
    """Protects the draw: it belongs to the person; of two on call that nobody else is missed by, some are absent."""
    small = called_desk(0.5)
    coming, plan = plan_of(small)
    set_up = [stage(small, coming, plan.sample(frac=1.0), 1, fast, rows) for rows in (ON_CALL, ON_CALL.iloc[::-1])]
    seen = [[there(own.own, 0.5, Stream(1, run)) for run in range(60)] for own in set_up]
    for one, other in zip(*seen, strict=True):
        np.testing.assert_array_equal(one.place, other.place)
    short = [own.calls < min(own.absences, 2) for own in seen[0]]
    assert 0.2 < np.mean(short) < 0.95


def test_a_shift_on_call_lies_where_the_clock_says() -> None:
    """Protects changes of clock and midnights: eight hours on call over the night of 25 October are nine in Berlin."""
    small = called_desk(0.5, timezone="Europe/Berlin")
    horizon = small.settings.horizon.model_copy(update={"start": date(2026, 10, 24), "end": date(2026, 10, 26)})
    autumn = replace(small, settings=small.settings.model_copy(update={"horizon": horizon}))
    coming = forecast(autumn, [30.0, 8.0])
    waiting = roster(("eve", "2026-10-24", "N"), ("dan", "2026-10-25", "N"))
    own = stage(autumn, coming, duty(coming, ("ann", "pre", 0, 4)), 1, fast, waiting).own.on_call
    assert own.ready.sum(axis=1).tolist() == [9, 2]
    assert coming.starts[own.begun].hour.tolist() == [22, 22]
