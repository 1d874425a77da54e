"""What one person has worked so far, as an automaton."""

from itertools import product

from scheduler.cover_search.tally import lengths, tally


def test_limits_are_counted_by_the_states_that_can_be_reached() -> None:
    """Minutes follow from the times of both shifts, so counting both costs few states; a bound is loose without."""
    found = tally((480, 480), 480 * 15, {0: 10, 1: 5}, 28, most_states=100)
    assert found.counted == (1, 0)
    assert len(found.minutes) == 11 * 6


def test_limits_that_take_too_many_states_are_left_to_penalties() -> None:
    """The scarcest limit is counted, the next one would take more states than allowed."""
    found = tally((480, 360, 240), 480 * 15, {0: 10, 1: 5}, 28, most_states=200)
    assert found.counted == (1,)
    assert len(found.minutes) <= 200


def test_states_tell_the_minutes_and_bar_what_limits_forbid() -> None:
    """Every sequence of four shifts ends in a state of its minutes, or is barred where a limit is broken."""
    minutes, most, caps = (480, 0, 300), 1300, {0: 2, 1: 1}
    found = tally(minutes, most, caps, 4, most_states=1000)
    for shifts in product(range(3), repeat=4):
        state = 0
        for worked in shifts:
            state = int(found.after[state, worked]) if state >= 0 else -1
        legal = sum(minutes[own] for own in shifts) <= most and all(shifts.count(own) <= caps[own] for own in caps)
        assert (state >= 0) == legal
        assert not legal or found.minutes[state] == sum(minutes[own] for own in shifts)


def test_minutes_are_those_that_shifts_add_up_to() -> None:
    """Protects desks of odd minutes: not every minute is a state, only sums of at most so many shifts."""
    minutes, most = (437, 480, 601, 0), 1900
    sums = {sum(own) for own in product(minutes, repeat=4) if sum(own) <= most}
    assert lengths(minutes, most, 4).tolist() == sorted(sums)
    assert lengths(minutes, -1, 4).tolist() == []
