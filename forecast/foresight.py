"""What a driver was, is, and will be: measured, or its plan and its own past weighed together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecast.driver import Reading
from forecast.own_past import Guess, OwnPast, as_now, learn_own_past
from forecast.series import Bools, Floats, Ints
from forecast.weighed import Drivers, all_drivers, filled


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver, foreseen; n days of S slots.

    Parameters
    ----------
    reading : measured and planned values.
    best : measured, else foreseen, shape (n, S).
    first_day, known_days : first day measured, and number of days until the last one.
    unplanned : days to come without a plan.
    lacking : which of the days asked for are among these.
    error_sd, common : log error of what is foreseen per day, and the part of its variance that days share.
    place, among : which of all drivers this is.
    alone : the days ahead, the last of the n, from its own past without plans.
    since : day since which its values are in today's terms, where earlier ones were brought to these; else None.
    now : the driver so read, where its level has shifted.
    """

    reading: Reading
    best: Floats
    first_day: int
    known_days: int
    unplanned: Bools
    lacking: Bools
    error_sd: Floats
    common: Floats
    place: int
    among: Drivers
    alone: Guess
    since: int | None = None
    now: "Driver | None" = None

    @property
    def key(self) -> tuple[str, bool]:
        """Its column, and whether earlier values are as they were measured."""
        return self.name, self.since is None

    @property
    def name(self) -> str:
        """Its column."""
        return self.reading.name

    def foreseen(self, origin: int, days: int) -> Floats:
        """The ``days`` after ``origin`` as they were to be foreseen then, shape (day, slot).

        Where no plan is known: what came, if the day asked for as far ahead is planned; else the own forecast.
        """
        ahead = self.among.foreseen(origin, days)[self.place]
        rows, planned = np.arange(origin, origin + len(ahead)), np.ones(len(ahead), dtype=bool)
        planned[: len(self.lacking)] = ~self.lacking[: len(ahead)]
        bare = np.isnan(self.reading.planned[rows]).any(axis=1) & planned
        return np.where(bare[:, None], self.best[rows], ahead)


def foresee(readings: Sequence[Reading], begins: int | None = None) -> tuple[Driver, ...]:
    """Learn what each driver's own past and its plans are worth, and look ahead.

    Parameters
    ----------
    begins : number of the first day asked for; the first that was not measured where not told.
    """
    if not readings:
        return ()
    owns = [learn_own_past(reading) for reading in readings]
    found = _foreseen(owns, begins)
    shifted = [as_now(own) for own in owns]
    if not any(shifted):
        return found
    other = [own if told is None else learn_own_past(told[0]) for own, told in zip(owns, shifted, strict=True)]
    both = zip(found, _foreseen(other, begins), shifted, strict=True)
    return tuple(own if told is None else replace(own, now=replace(now, since=told[1])) for own, now, told in both)


def _foreseen(owns: Sequence[OwnPast], begins: int | None) -> tuple[Driver, ...]:
    """The drivers, together, from where the first of them ends."""
    first = min(len(own.reading.setting.past) for own in owns)
    ahead = np.arange(first, len(owns[0].reading.measured))
    alone = [own.ahead(ahead) for own in owns]
    drivers = all_drivers(owns)
    weighed = drivers.weighed(first, ahead, alone)
    found = tuple(_driver(drivers, place, ahead, own, *weighed[place]) for place, own in enumerate(alone))
    return tuple(replace(own, lacking=own.unplanned[own.known_days if begins is None else begins :]) for own in found)


def _driver(drivers: Drivers, place: int, ahead: Ints, alone: Guess, foreseen: Floats, left: Floats) -> Driver:
    reading = drivers.owns[place].reading
    measured, days = ~np.isnan(reading.measured), len(reading.setting.past)
    best, gaps = reading.measured.copy(), np.flatnonzero(~measured[: ahead[0] if len(ahead) else None].all(axis=1))
    if len(gaps):
        best[gaps] = np.where(measured[gaps], best[gaps], filled(drivers.owns[place], gaps))
    best[ahead] = np.where(measured[ahead], best[ahead], foreseen)
    error_sd, common = np.zeros(len(best)), np.zeros(len(best))
    late = ahead >= days
    error_sd[ahead[late]], common[ahead[late]] = _sd_and_common(left[np.ix_(late, late)])
    bare = np.isnan(reading.planned).any(axis=1) & (np.arange(len(best)) >= days)
    first = int(np.flatnonzero(measured.any(axis=1))[0])
    return Driver(reading, best, first, days, bare, bare[days:], error_sd, common, place, drivers, alone)


def _sd_and_common(covariance: Floats) -> tuple[Floats, float]:
    """Sd of each day, and the part of the variance that two days share, on average."""
    sd = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    if len(sd) < 2:
        return sd, 0.0
    among = covariance.sum() - np.trace(covariance)
    usual = sd.sum() ** 2 - (sd**2).sum()
    return sd, float(np.clip(among / max(usual, 1e-12), 0.0, 1.0))
