"""Breaks and roles of shifts that stay: nobody's day is shuffled for nothing."""

import pytest

from desk import Curves, Desk
from desk.frames import empty_frame
from scheduler import appraise, steady
from tests.rules.small import desk, plan

BOTH = "agent,queue,proficiency,home\nann,pre,1,1\nann,after,1,0\nbob,pre,1,1\nbob,after,1,0"
LINES = "ann E\nbob E"
ANN, BOB = "ann 06-01 E: pre break pre pre", "bob 06-01 E: after after break after"


def wanting(*rows: str, **tables: str) -> Desk:
    """A day on which heads are wanted: hour, queue, heads, price of one short."""
    wanted = [f"2026-06-01 {hour}:00,{queue},{heads},{cost},0" for hour, queue, heads, cost in map(str.split, rows)]
    cover = "\n".join(["start,queue,required,under_cost,over_cost", *wanted])
    return desk(settings="[rules]\nmin_block_min = 60", days=1, skills=BOTH, cover=cover, **tables)


def kept(of: Desk, new: str, announced: str, price: float) -> list[str]:
    """Who does otherwise than announced."""
    zone = of.settings.timezone
    curves = Curves(empty_frame("curves", zone), empty_frame("work", zone))
    before, after = plan(of, LINES, announced), plan(of, LINES, new)
    found = steady(of, after, before, curves, price)
    assert not [own.code for own in appraise(of, found, curves).findings if own.severity == "error"]
    both = found.duty.merge(before.duty, on=["agent", "start"], suffixes=("", "_was"))
    return sorted(set(both.loc[both["activity"] != both["activity_was"], "agent"]))


@pytest.mark.parametrize(("price", "who"), [(0, ["ann"]), (11, ["ann"]), (13, [])])
def test_a_break_moves_where_it_saves_its_price(price: float, who: list[str]) -> None:
    """Protects people's breaks: one that saves 12 moves for 11 and not for 13; what saves nothing never does."""
    of = wanting("09 pre 1 12", "11 after 1 5")
    new = "ann 06-01 E: pre pre break pre\nbob 06-01 E: after break after after"
    assert kept(of, new, f"{ANN}\n{BOB}", price) == who


def test_two_who_change_places_go_back_together() -> None:
    """Protects against an exchange for nothing, which neither of the two could undo alone."""
    of = wanting(*(f"{hour} {queue} 1 50" for hour in ("08", "11") for queue in ("pre", "after")))
    new = "ann 06-01 E: after break after after\nbob 06-01 E: pre pre break pre"
    assert kept(of, new, f"{ANN}\n{BOB}", 0.0) == []


def test_what_was_announced_against_the_rules_is_no_choice() -> None:
    """Protects the rules: a break that lies outside its window by now is not put back."""
    new = "ann 06-01 E: pre break pre pre\nbob 06-01 E: after after break after"
    assert kept(wanting("09 pre 1 1"), new, f"ann 06-01 E: break pre pre pre\n{BOB}", 100.0) == ["ann"]


def test_a_briefing_stays_where_it_is() -> None:
    """Protects sessions: who goes to the same one keeps the break beside it, who goes to another keeps the new turn."""
    columns = "activity,minutes,window_start,window_end,who,sessions_max,grants_skill"
    talk = f"{columns}\ntalk,60,2026-06-01 08:00,2026-06-01 12:00,ann|bob,2,"
    new = "ann 06-01 E: talk pre break pre\nbob 06-01 E: talk after break after"
    announced = "ann 06-01 E: talk break pre pre\nbob 06-01 E: after after break talk"
    assert kept(wanting("10 pre 1 1", activities=talk), new, announced, 100.0) == ["bob"]


def test_a_tenth_of_a_changed_day_unless_said() -> None:
    """Protects the one price that is asked for: what a changed break must save follows from it."""
    rules = desk(settings="[rules]\nchange_price = 80").settings.rules
    assert rules.least_saved == 8.0
    assert rules.model_copy(update={"duty_change_price": 0.0}).least_saved == 0.0
