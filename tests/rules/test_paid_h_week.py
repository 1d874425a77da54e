"""Paid hours of a week, from Monday or as the desk says."""

from tests.rules.small import AGENTS, before, desk, on_top, told

EIGHT_DAYS = "ann L L L L L - - L"


def test_a_week_with_too_many_hours() -> None:
    """Protects the week's most: 40 h where 36 are allowed."""
    assert told(desk("max_paid_h_week = 36"), "ann L L L L L") == [("roster_max_paid_h_week", "error", "ann", "06-01")]


def test_a_week_with_too_few_hours() -> None:
    """Protects the week's least, for each person: also for one without any shift."""
    assert told(desk("min_paid_h_week = 20"), "ann L L\nbob D D") == [
        ("roster_min_paid_h_week", "error", "ann", "06-01")
    ]
    assert told(desk("min_paid_h_week = 20"), "ann D D") == [("roster_min_paid_h_week", "error", "bob", "06-01")]


def test_priced_sides_are_warnings() -> None:
    """Protects the prices."""
    least = told(desk("min_paid_h_week = { limit = 9, price = 1 }"), "ann L\nbob D")
    most = told(desk("max_paid_h_week = { limit = 9, price = 1 }"), "ann L\nbob D")
    assert least == [("roster_min_paid_h_week", "warning", "ann", "06-01")]
    assert most == [("roster_max_paid_h_week", "warning", "bob", "06-01")]


def test_weeks_within_the_limits() -> None:
    """Protects the limits themselves, and the end of the week: the Monday after counts for the next."""
    of = desk("min_paid_h_week = 0\nmax_paid_h_week = 40", days=8)
    assert told(of, EIGHT_DAYS) == []


def test_the_night_from_sunday_to_monday_counts_for_sunday() -> None:
    """Protects midnight at the week's edge."""
    of = desk("max_paid_h_week = 8", days=14)
    assert told(of, "ann - - - - - - N L") == []
    assert told(of, "ann - - - - - L N") == [("roster_max_paid_h_week", "error", "ann", "06-01")]


def test_a_week_that_the_horizon_cuts_owes_no_least() -> None:
    """Protects the horizon's edge: one Monday alone can't earn a week's hours, but it can exceed them."""
    assert told(desk("min_paid_h_week = 40", days=8), "ann L L L L L\nbob L L L L L") == []
    cut = desk("max_paid_h_week = 7", days=8)
    assert told(cut, "ann - - - - - - - L") == [("roster_max_paid_h_week", "error", "ann", "06-08")]


def test_hours_before_the_horizon_do_not_count_for_the_week_after() -> None:
    """Protects the Monday on which this horizon begins: Sunday belongs to the week before."""
    assert told(desk("max_paid_h_week = 8", worked=before("ann L")), "ann L") == []


def test_leave_is_credited_to_the_least_only() -> None:
    """Protects people on leave: 4 h a day count as worked, but fill no week."""
    leave = "agent,date\nann,2026-06-01\nann,2026-06-02"
    agents = "\n".join(AGENTS.strip().splitlines()[:2])
    limits = "min_paid_h_week = 16\nmax_paid_h_week = 8\nleave_credit_h = 4"
    assert told(desk(limits, leave=leave, agents=agents), "ann - - L") == []
    assert told(desk(limits, leave=leave, agents=agents), "ann - - E") == [
        ("roster_min_paid_h_week", "error", "ann", "06-01")
    ]


def test_employment_of_half_a_week_owes_no_week() -> None:
    """Protects newcomers: the least is due in weeks of employment from Monday to Sunday."""
    agents = "agent,name,team,contract,cost_per_h,from\nann,Ann,red,full,10,2026-06-02"
    assert told(desk("min_paid_h_week = 16", agents=agents), "ann - E") == []


def test_weeks_begin_as_the_desk_says() -> None:
    """Protects desks whose week is not Monday's: Sunday opens the next week, and the days since last Sunday count."""
    of = desk("max_paid_h_week = 40\nmin_paid_h_week = 8", days=14, worked=before("ann L"))
    sundays = on_top(of, week_begins="sunday")
    week = "L L L L L - L - - - - - - -"
    assert told(of, f"ann {week}\nbob {week}") == [
        ("roster_max_paid_h_week", "error", "ann", "06-01"),
        ("roster_min_paid_h_week", "error", "ann", "06-08"),
        ("roster_max_paid_h_week", "error", "bob", "06-01"),
        ("roster_min_paid_h_week", "error", "bob", "06-08"),
    ]
    assert told(sundays, f"ann {week}\nbob {week}") == [("roster_max_paid_h_week", "error", "ann", "06-01")]
    assert told(sundays, f"ann - {week[2:]}\nbob {week.replace('- L', '- -')}") == [
        ("roster_min_paid_h_week", "error", "bob", "06-07")
    ]
