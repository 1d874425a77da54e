"""Two people exchange shifts: who sits where then, and what the rules say of it."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from desk import Curves, Desk
from desk.frames import empty_frame
from desk.i18n import LANGUAGES
from planner.exchange import Ground, Standing, Swap, judged_swap, moved, swap_cells
from planner.seat import seat
from tests.rules.small import desk as made_desk

NOW = datetime(2026, 5, 30, tzinfo=UTC)
HOURS = {"E": range(8, 12), "L": range(16, 24)}
AGENTS = "agent,name,team,contract,cost_per_h\nann,Ann,red,full,10\nbob,Bob,red,full,20\ncai,Cai,red,full,10"
SKILLS = (
    "agent,queue,proficiency,home\nann,pre,1,1\nann,after,1,0\nbob,pre,1,1\ncai,after,0.8,0\ncai,pre,1,1\ndan,after,1,1"
)


def desk(contract: str = "", **tables: str) -> Desk:
    shifts = "shift,start,end,paid_h,break_min,break_from,break_to\nE,08:00,12:00,4,0,,\nL,16:00,24:00,8,0,,"
    return made_desk(contract, agents=AGENTS, skills=SKILLS.rsplit("\n", 1)[0], shifts=shifts, **tables)


def standing(*turns: tuple[str, int, str, str]) -> Standing:
    """Turns of (agent, day of June, shift, role)."""
    roster = [(agent, pd.Timestamp(2026, 6, day), shift) for agent, day, shift, _ in turns]
    duty = [
        (agent, pd.Timestamp(2026, 6, day, hour, tz="Asia/Shanghai"), role, pd.Timestamp(2026, 6, day), shift)
        for agent, day, shift, role in turns
        for hour in HOURS[shift]
    ]
    frames = [pd.DataFrame(roster, columns=["agent", "date", "shift"])]
    frames += [pd.DataFrame(duty, columns=["agent", "start", "activity", "date", "shift"])]
    kinds = {"date": "datetime64[us]", "start": "datetime64[us, Asia/Shanghai]"}
    own = [frame.astype({name: kind for name, kind in kinds.items() if name in frame}) for frame in frames]
    return Standing(*(frame.astype({"agent": "str", "shift": "str"}) for frame in own))


def swap(day: int = 1, other: int = 3, partner: str = "bob") -> Swap:
    return Swap("ann", pd.Timestamp(2026, 6, day), partner, pd.Timestamp(2026, 6, other))


def ground(own: Desk) -> Ground:
    zone = own.settings.timezone
    return Ground(own, Curves(empty_frame("curves", zone), empty_frame("work", zone)))


def test_whole_shifts_change_hands() -> None:
    """Afterwards each has the other's day, hour by hour, and is off on the day that they gave."""
    own = standing(("ann", 1, "E", "pre"), ("bob", 3, "L", "pre"))
    after = moved(own, swap(), swap_cells(desk(), own, swap()))
    assert after.roster.to_numpy().tolist() == [
        ["ann", pd.Timestamp(2026, 6, 3), "L"],
        ["bob", pd.Timestamp(2026, 6, 1), "E"],
    ]
    assert after.duty.groupby("agent").size().to_dict() == {"ann": 8, "bob": 4}
    assert set(after.duty.loc[after.duty["agent"] == "bob", "date"]) == {pd.Timestamp(2026, 6, 1)}


def test_two_shifts_of_one_day_change_hands() -> None:
    """Also where both work on the day, at other hours or at the same."""
    own = standing(("ann", 1, "E", "after"), ("bob", 1, "L", "pre"))
    after = moved(own, swap(1, 1), swap_cells(desk(), own, swap(1, 1)))
    assert after.roster["shift"].tolist() == ["L", "E"]
    both = standing(("ann", 1, "E", "after"), ("bob", 1, "E", "pre"))
    cells = {(cell.agent, cell.activity) for cell in swap_cells(desk(), both, swap(1, 1))}
    assert cells == {("ann", "pre"), ("bob", "pre")}


def test_a_role_without_the_skill_becomes_the_home_queue() -> None:
    """Nobody is put on a queue that they don't know; breaks stay breaks."""
    assert seat(desk(), "bob", ["after", "break", "pre"]) == ["pre", "break", "pre"]
    assert seat(desk(), "ann", ["after", "break", "pre"]) == ["after", "break", "pre"]
    assert seat(desk(), "nobody", ["after"]) == ["after"]


def test_a_briefing_goes_to_who_is_invited_and_has_not_attended() -> None:
    """Somebody else's briefing is an hour at the queue."""
    rows = "activity,minutes,window_start,window_end,who,sessions_max,grants_skill\n"
    own = desk(activities=f"{rows}talk,60,2026-06-01 08:00,2026-06-06 20:00,bob,9,")
    assert seat(own, "bob", ["talk", "pre"]) == ["talk", "pre"]
    assert seat(own, "bob", ["talk", "pre"], frozenset({"talk"})) == ["pre", "pre"]
    assert seat(own, "cai", ["talk", "pre"]) == ["pre", "pre"]


def test_a_harmless_swap_is_free_to_approve_and_tells_its_money() -> None:
    """Bob's hour costs 20, Ann's 10: he takes 4 hours for 8."""
    own = standing(("ann", 1, "E", "pre"), ("bob", 3, "L", "pre"))
    found = judged_swap(ground(desk()), own, swap(), NOW)
    assert found.hard == ()
    assert found.costs["wages"] == pytest.approx(-40)
    assert found.cost == pytest.approx(sum(found.costs.values()))


def test_a_broken_hard_rule_forbids_the_swap() -> None:
    """Late on the eve, early on the day: the rest is too short, and the sentence says whose and when."""
    own = standing(("ann", 3, "E", "pre"), ("bob", 2, "L", "pre"), ("bob", 5, "L", "pre"))
    found = judged_swap(ground(desk("min_rest_h = 11")), own, swap(3, 5), NOW)
    assert [one.code for one in found.hard] == ["roster_min_rest"]
    assert "bob" in found.hard[0].message("en")
    assert "2026-06-03" in found.hard[0].message("zh")


def test_what_was_broken_before_forbids_nothing() -> None:
    """Only what the swap adds counts."""
    own = standing(("ann", 1, "E", "pre"), ("bob", 5, "L", "pre"), ("bob", 2, "L", "pre"), ("bob", 3, "E", "pre"))
    assert judged_swap(ground(desk("min_rest_h = 11")), own, swap(1, 5), NOW).hard == ()


def test_a_priced_rule_is_told_and_priced() -> None:
    """A wish that the swap refuses is a sentence and money, and forbids nothing."""
    wishes = "agent,date,wish,shift,weight\nbob,2026-06-01,off,,70"
    own = standing(("ann", 1, "E", "pre"), ("bob", 3, "L", "pre"))
    found = judged_swap(ground(desk(requests=wishes)), own, swap(), NOW)
    assert found.hard == ()
    assert [one.code for one in found.priced] == ["roster_request_off"]
    assert found.costs["request_off"] == pytest.approx(70)


@pytest.mark.parametrize(
    ("turns", "asked", "code"),
    [
        ([("ann", 1, "E", "pre")], swap(), "swap_no_shift"),
        ([("ann", 1, "E", "pre"), ("bob", 3, "E", "pre"), ("bob", 1, "L", "pre")], swap(), "swap_taken"),
        ([("ann", 1, "E", "pre"), ("bob", 3, "E", "pre"), ("ann", 3, "L", "pre")], swap(), "swap_taken"),
        ([("ann", 1, "E", "pre"), ("ann", 3, "E", "pre")], swap(partner="ann"), "swap_self"),
    ],
)
def test_what_can_not_change_hands_is_said(turns: list[tuple[str, int, str, str]], asked: Swap, code: str) -> None:
    """Nobody has two shifts on a day, none is given that isn't there; in both languages."""
    found = judged_swap(ground(desk()), standing(*turns), asked, NOW)
    assert [one.code for one in found.hard] == [code]
    assert found.edits == ()
    assert all(one.line(lang) for one in found.hard for lang in LANGUAGES)


def test_a_shift_that_has_begun_stays() -> None:
    """What was worked can't be given away."""
    own = standing(("ann", 1, "E", "pre"), ("bob", 3, "L", "pre"))
    late = datetime(2026, 6, 1, 1, tzinfo=UTC)
    assert [one.code for one in judged_swap(ground(desk()), own, swap(), late).hard] == ["swap_begun"]


def test_cells_that_were_edited_carry_their_version() -> None:
    """Who edits a cell says which version of it they saw, also of one that is off now."""
    first = pd.Timestamp("2026-06-01T00:00Z")
    own = standing(("ann", 1, "E", "pre"), ("bob", 3, "L", "pre"))
    edited = Standing(own.roster, own.duty, {("bob", first): 4})
    found = {(cell.agent, pd.Timestamp(cell.start)): cell.version for cell in swap_cells(desk(), edited, swap())}
    assert found["bob", first] == 4
    assert found["ann", first] == 0
