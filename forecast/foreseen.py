"""The drivers of a desk, read and foreseen."""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
import pandas as pd

from desk import Desk, Finding
from forecast.driver import driver_names, read_driver
from forecast.foresight import Driver, foresee
from forecast.series import Ints, first_day

MOST_NAMED = 5
UNUSUAL, SURE = np.log(2.0), 3.0
"""Plans at twice or half of what is usual (log), and so many sd from it, are told where no promotion explains them."""


def unusable(desk: Desk, drivers: dict[int, tuple[Driver, ...]]) -> tuple[Finding, ...]:
    """Columns of the drivers' table that could not be read, those with rows on a few days only, and unusual plans."""
    read = {driver.name: driver for own in drivers.values() for driver in own}
    names = [name for name in driver_names(desk) if drivers and name not in read]
    found = [Finding("driver_unusable", "warning", "drivers", column=name) for name in names]
    each = ((*_sparse(driver), *_units(driver), *_unusual(driver)) for driver in read.values())
    return (*found, *chain.from_iterable(each))


def _unusual(driver: Driver) -> Iterator[Finding]:
    """Days to come outside promotions whose plans are far above, or far below, what the past makes of them."""
    own, reading = driver.among.owns[driver.place], driver.reading
    rows = np.arange(driver.known_days, len(reading.planned))
    rows = rows[np.nan_to_num(reading.planned[rows].sum(axis=1)) > 0]
    rows = rows[reading.promotion[rows] < 0]
    guess, place = driver.alone, rows - len(reading.planned) + len(driver.alone.log)
    plan, usual = reading.planned[rows].sum(axis=1), np.maximum(own.totals(rows, guess.log[place]), 1e-12)
    least = np.maximum(UNUSUAL, SURE * np.sqrt(np.diag(guess.covariance) + guess.chance)[place])
    times = np.log(plan / usual)
    for far in (times >= least, times <= -least):
        if far.any():
            days: Ints = rows[far][:MOST_NAMED]
            dates = ", ".join(f"{day:%Y-%m-%d}" for day in reading.setting.days[days])
            facts = {"times": f"{plan[far].sum() / usual[far].sum():,.2f}", "days": int(far.sum()), "dates": dates}
            yield Finding("plan_unusual", "warning", "drivers", column=driver.name, facts=facts)


def _units(driver: Driver) -> Iterator[Finding]:
    """Plans in another unit than the measured rows, and plans that were filled in afterwards."""
    reading = driver.reading
    for code, times in (("plan_other_unit", reading.times), ("plan_strange", reading.strange)):
        if times != 1:
            named = f"{times:,.0f}" if times > 1 else f"1/{1 / times:,.0f}"
            yield Finding(code, "warning", "drivers", column=driver.name, facts={"times": named})
    if reading.copied:
        yield Finding("plan_copied", "warning", "drivers", column=driver.name, facts={"days": reading.copied})


def _sparse(driver: Driver) -> Iterator[Finding]:
    """Rows that lie days apart: sums of weeks, or the days without anything left out."""
    for basis, values in (("actual", driver.reading.measured), ("plan", driver.reading.planned)):
        days = np.flatnonzero(~np.isnan(values).all(axis=1))
        apart = float(np.median(np.diff(days))) if len(days) > 1 else 1.0
        if apart > 1:
            facts = {"basis": basis, "days": f"{apart:g}"}
            yield Finding("driver_sparse", "warning", "drivers", column=driver.name, facts=facts)


def foreseen_drivers(desk: Desk, step_min: int, names: Iterable[str], last: pd.Timestamp) -> tuple[Driver, ...]:
    """The drivers ``names`` on slots of ``step_min``, foreseen until ``last``; those never measured are left out."""
    first = first_day(desk)
    readings = [read_driver(desk, name, first, step_min, last) for name in names]
    begins = (pd.Timestamp(desk.settings.horizon.start) - first) // pd.Timedelta(days=1)
    return foresee([reading for reading in readings if reading is not None], max(begins, 0))
