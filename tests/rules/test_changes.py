"""Changes against a published roster cost their price, day by day."""

import pytest

from scheduler import make_roster
from tests.rules.small import desk, told

PUBLISHED = "agent,date,shift\nann,2026-06-01,E\nann,2026-06-02,OFF\nann,2026-06-03,E"
PRICE = "[rules]\nchange_price = 25\n"
LINE = "ann E - E"


def test_every_difference_is_told() -> None:
    """Protects people's plans: another shift, a lost day off, and a day gone are one change each, at the price."""
    of = desk(settings=PRICE, days=3, published=PUBLISHED)
    assert told(of, "ann L E -") == [("roster_changes", "note", "ann", f"06-0{day}") for day in (1, 2, 3)]


def test_what_is_as_published_is_no_change() -> None:
    """Protects against noise; who was not announced anything is free, and without a price all are."""
    assert told(desk(settings=PRICE, days=3, published=PUBLISHED), LINE + "\nbob E E E") == []
    assert told(desk(days=3, published=PUBLISHED), "ann L E -") == []


def test_days_outside_the_horizon_do_not_count() -> None:
    """Protects the edges, at midnight: the eve and the day after the last are nobody's change."""
    rows = PUBLISHED + "\nann,2026-05-31,E\nann,2026-06-04,E"
    assert told(desk(settings=PRICE, days=3, published=rows), LINE) == []


@pytest.mark.parametrize(("price", "kept"), [(25, False), (90, True)])
def test_a_change_is_made_where_it_pays(price: int, kept: bool) -> None:
    """Protects the trade: the wage of 40 saved is worth one change at 25 and not at 90; the bound meets the account."""
    settings = f"[rules]\nchange_price = {price}\n[scheduler]\ntime_limit_s = 3\ngap = 0.0"
    plan = make_roster(desk(settings=settings, days=3, published=PUBLISHED))
    assert len(plan.roster) == (2 if kept else 0)
    assert plan.costs.set_index("term")["amount"].get("changes", 0.0) == (0.0 if kept else 2 * price)
    assert plan.outcome.bound == pytest.approx(plan.outcome.objective)
