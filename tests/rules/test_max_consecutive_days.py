"""At most so many days worked in a row, days before the horizon counted."""

from tests.rules.small import before, desk, judged, told

THREE = "max_consecutive_days = 3"


def test_a_run_too_long() -> None:
    """Protects the limit: the finding stands at the run's last day and tells its length."""
    (finding,) = judged(desk(THREE), "ann - E E E E E")
    assert (finding.code, finding.severity) == ("roster_max_consecutive_days", "error")
    assert (finding.facts["value"], finding.facts["date"]) == (5, "2026-06-06")


def test_a_priced_limit_is_a_warning_per_run() -> None:
    """Protects the price, and that every run is told on its own."""
    of = desk("max_consecutive_days = { limit = 2, price = 9 }")
    assert told(of, "ann E E E - E E E") == [
        ("roster_max_consecutive_days", "warning", "ann", "06-03"),
        ("roster_max_consecutive_days", "warning", "ann", "06-07"),
    ]


def test_runs_up_to_the_limit() -> None:
    """Protects the limit itself, with one day off between."""
    assert told(desk(THREE), "ann E E E - E E E") == []


def test_days_before_the_horizon_count() -> None:
    """Protects the first days: two days worked before leave one more."""
    of = desk(THREE, worked=before("ann OFF E E"))
    assert told(of, "ann E") == []
    assert told(of, "ann E E") == [("roster_max_consecutive_days", "error", "ann", "06-02")]


def test_a_run_that_ended_before_the_horizon_is_past() -> None:
    """Protects the horizon's edge: too long a run on the eve is nobody's mistake now."""
    assert told(desk(THREE, worked=before("ann E E E E E")), "ann - E") == []


def test_a_night_is_one_day() -> None:
    """Protects midnight: a night shift works the day on which it starts, not the one on which it ends."""
    assert told(desk("max_consecutive_days = 1"), "ann N - N - N") == []
