"""The drivers of a desk, read and foreseen."""

from collections.abc import Iterable

import pandas as pd

from desk import Desk, Finding
from forecast.driver import driver_names, read_driver
from forecast.foresight import Driver, foresee
from forecast.series import first_day


def unusable(desk: Desk, drivers: dict[int, tuple[Driver, ...]]) -> tuple[Finding, ...]:
    """Columns of the drivers' table that could not be read."""
    read = {driver.name for own in drivers.values() for driver in own}
    names = [name for name in driver_names(desk) if drivers and name not in read]
    return tuple(Finding("driver_unusable", "warning", "drivers", column=name) for name in names)


def foreseen_drivers(desk: Desk, step_min: int, names: Iterable[str], last: pd.Timestamp) -> tuple[Driver, ...]:
    """The drivers ``names`` on slots of ``step_min``, foreseen until ``last``; those never measured are left out."""
    readings = [read_driver(desk, name, first_day(desk), step_min, last) for name in names]
    return foresee([reading for reading in readings if reading is not None])
