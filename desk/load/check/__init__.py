"""What must hold between cells, rows and tables; each check notes what it finds and stops nothing."""

from collections.abc import Callable

from desk.load.check.activities import check_activities
from desk.load.check.before import check_before, check_short_nights
from desk.load.check.calendar import check_calendar
from desk.load.check.contacts import check_contacts
from desk.load.check.contracts import check_contracts
from desk.load.check.cover import check_cover
from desk.load.check.days import check_days
from desk.load.check.drivers import check_drivers
from desk.load.check.history import check_history
from desk.load.check.people import check_people
from desk.load.check.promotions import check_overrides, check_promotions
from desk.load.check.queues import check_queues
from desk.load.check.settings import check_settings
from desk.load.check.shifts import check_shifts
from desk.load.check.verdicts import check_verdicts
from desk.load.draft import Draft
from desk.load.keys import check_keys
from desk.load.references import check_references

CHECKS: tuple[Callable[[Draft], None], ...] = (
    check_settings,
    check_queues,
    check_calendar,
    check_keys,
    check_references,
    check_history,
    check_drivers,
    check_promotions,
    check_overrides,
    check_verdicts,
    check_people,
    check_shifts,
    check_contracts,
    check_days,
    check_before,
    check_short_nights,
    check_cover,
    check_activities,
    check_contacts,
)


def run_checks(draft: Draft) -> None:
    """Every check, one after another."""
    for check in CHECKS:
        check(draft)
