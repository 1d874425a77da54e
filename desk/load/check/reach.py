"""The most that a contract lets anybody work: upper bounds, so that what lies above them is surely impossible."""

from desk.grid import days
from desk.settings import Contract, Limit, Settings
from desk.week import DAYS, week_starts, weekends


def most_days(contract: Contract, settings: Settings) -> int:
    """Days of the horizon that can be worked at most, by runs of work and rest and by weekends."""
    dates = days(settings.horizon.start, settings.horizon.end)
    free = _free_weekend_days(contract, [len(own) for own in weekends(dates, settings.weekend)])
    return min(_by_runs(contract, len(dates)), len(dates) - free)


def most_hours_week(contract: Contract, paid_h: dict[str, float]) -> float:
    """Paid hours of a week at most; ``paid_h`` maps the allowed shifts to their hours."""
    reached = _by_runs(contract, DAYS) * max(paid_h.values())
    return min(reached, _hard(contract.max_paid_h_week))


def most_hours_horizon(contract: Contract, paid_h: dict[str, float], days_worked: int, settings: Settings) -> float:
    """Paid hours of the horizon at most."""
    weeks = week_starts(days(settings.horizon.start, settings.horizon.end), settings.week_begins).nunique()
    by_week = weeks * _hard(contract.max_paid_h_week)
    return min(_by_shifts(contract, paid_h, days_worked), by_week, _hard(contract.max_paid_h_horizon))


def _hard(limit: Limit | None) -> float:
    return float("inf") if limit is None or limit.price is not None else limit.limit


def _by_runs(contract: Contract, total: int) -> int:
    """With ``k`` rests inside, at most ``k + 1`` runs of work; a rest at an edge need not be whole."""
    run, rest = _hard(contract.max_consecutive_days), contract.min_consecutive_days_off
    if run >= total:
        return total
    off = max(1, int(0 if rest is None or rest.price is not None else rest.limit))
    return max(int(min((inside + 1) * run, total - inside * off)) for inside in range(total // off + 1))


def _free_weekend_days(contract: Contract, lengths: list[int]) -> int:
    """Days of the weekends that must stay free, taking the shortest weekends as free."""
    free = len(lengths) - int(min(_hard(contract.max_weekends), len(lengths)))
    return sum(sorted(lengths)[:free])


def _by_shifts(contract: Contract, paid_h: dict[str, float], days_worked: int) -> float:
    """Fill the days with the longest shifts first, as often as each may be worked."""
    hours, left = 0.0, float(days_worked)
    for shift, paid in sorted(paid_h.items(), key=lambda item: -item[1]):
        times = min(left, _hard(contract.max_shifts.get(shift)))
        hours, left = hours + times * paid, left - times
    return hours
