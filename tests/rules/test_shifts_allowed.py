"""Shifts allowed: the contract's list, and the shift's own list of contracts."""

from tests.rules.small import SHIFTS, desk, told


def test_a_shift_that_the_contract_does_not_list() -> None:
    """Protects the contract's list of shifts."""
    assert told(desk('shifts = ["E"]'), "ann E L") == [("roster_shifts_allowed", "error", "ann", "06-02")]


def test_a_shift_that_is_kept_for_another_contract() -> None:
    """Protects the shift's own list of contracts."""
    listed = "shift,start,end,paid_h,contracts\nE,08:00,12:00,4,part\nL,16:00,24:00,8,part|full"
    of = desk(shifts=listed, settings="[contracts.part]")
    assert told(of, "ann E L") == [("roster_shifts_allowed", "error", "ann", "06-01")]


def test_listed_shifts() -> None:
    """Protects people from findings about what they may do: a list, and no list at all."""
    assert told(desk('shifts = ["E", "L"]'), "ann E L") == []
    assert told(desk(), "ann E L N") == []


def test_the_eve_is_not_judged_the_last_day_is() -> None:
    """Protects the horizon's edges: what was worked before stands, the last day counts."""
    of = desk('shifts = ["E"]', days=2, shifts=SHIFTS, worked="agent,date,shift\nann,2026-05-31,N")
    assert told(of, "ann - L") == [("roster_shifts_allowed", "error", "ann", "06-02")]
