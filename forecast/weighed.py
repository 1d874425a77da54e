"""Plans and own pasts of all drivers, weighed as precise as each is.

The log x of a coming day is normal given the driver's own past: what its level and its promotions leave open, which
days share, and the day's own chance. A plan's log y is x but for errors of the day and of the promotion, and the part
of the day's chance that plans do not know. What one driver's past does not foresee others' pasts do not either (visits
and orders), as far as past surprises agreed, and so with the errors of plans; foreseen is the mean of x given all y.

Sources: Bates & Granger, The combination of forecasts, Operational Research Quarterly 20 (1969); Rasmussen & Williams,
Gaussian Processes for Machine Learning (2006), A.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from forecast.correlation import day_correlation
from forecast.own_past import Guess, OwnPast
from forecast.planned_size import planned_sizes
from forecast.series import Floats, Ints

FARTHEST = 1.0
"""Where plan and own forecast are further apart (log), the own one counts as this far from the plan."""
UNTOLD = 1e6
"""Variance of a plan that there is not."""
MOST_KNOWN = 0.9
"""Part of a plan's own error of a day that not knowing the day's chance may make up."""
JITTER = 1e-9


@dataclass(frozen=True, slots=True)
class Told:
    """What a driver's plans say.

    Parameters
    ----------
    apart : log of plan over own forecast, NaN where there is none.
    bias : what that is on the whole where the own forecast is right.
    error : covariance of what plans miss beside the chance of days that they do not know.
    """

    apart: Floats
    bias: Floats
    error: Floats


@dataclass(frozen=True, slots=True)
class Drivers:
    """All drivers of a desk.

    Parameters
    ----------
    owns : each by itself.
    surprises, errors : correlation of what their pasts did not foresee, and of their plans' errors, (driver, driver).
    kept : what was foreseen at an origin for so many days, once asked for: every queue asks the same.
    """

    owns: tuple[OwnPast, ...]
    surprises: Floats
    errors: Floats
    kept: dict[tuple[int, int], list[Floats]] = field(default_factory=dict)

    def foreseen(self, origin: int, days: int) -> list[Floats]:
        """Each driver on the ``days`` after the past ``origin`` as they were to be foreseen then, shape (day, slot)."""
        if (origin, days) not in self.kept:
            rows = np.arange(origin, min(origin + days, len(self.owns[0].reading.measured)))
            guesses = [own.at(origin, rows) for own in self.owns]
            self.kept[origin, days] = [values for values, _ in self.weighed(origin, rows, guesses)]
        return self.kept[origin, days]

    def weighed(self, origin: int, rows: Ints, guesses: Sequence[Guess]) -> list[tuple[Floats, Floats]]:
        """Each driver on the days ``rows``, shape (day, slot), and the covariance of the log errors of the days.

        Parameters
        ----------
        guesses : of each driver on ``rows``, from its own past.
        """
        told = [_told(own, guess, origin, rows) for own, guess in zip(self.owns, guesses, strict=True)]
        moved, left = self._given(told, guesses, rows)
        return [
            (values_of(own, rows, guess, said.apart, more), block)
            for own, guess, said, more, block in zip(self.owns, guesses, told, moved, left, strict=True)
        ]

    def _given(self, told: Sequence[Told], guesses: Sequence[Guess], rows: Ints) -> tuple[Floats, Floats]:
        """How far the log levels move from the guesses, (driver, day), and their covariance, (driver, day, day)."""
        shape = (len(told), len(rows))
        knowing = 1 - np.repeat([own.unknowing for own in self.owns], len(rows))
        chance = joined([np.diag(guess.chance) for guess in guesses], self.surprises)
        said = knowing[:, None] * chance * knowing + joined([own.error for own in told], self.errors)
        missed = np.concatenate([own.apart - own.bias for own in told])

        def levels(more: Floats) -> Floats:
            return joined([guess.covariance + more for guess in guesses], self.surprises)

        effects = self.owns[0].reading.setting.table.events
        level = levels(planned_sizes(effects, rows, missed, lambda more: levels(more) + said))
        missing = np.isnan(missed)
        said[missing, missing] += UNTOLD
        known = level + chance * knowing
        gain = np.linalg.solve(level + said, known.T).T
        left = (level + chance - gain @ known.T).reshape(*shape, *shape)
        moved = gain @ np.where(missing, 0.0, missed)
        return moved.reshape(shape), np.stack([left[place, :, place] for place in range(shape[0])])


def all_drivers(owns: Sequence[OwnPast]) -> Drivers:
    """The drivers with what past days say they have in common."""
    errors = []
    for own in owns:
        usual = own.plans.usual()
        days = np.flatnonzero(~np.isnan(usual))
        errors.append(dict(zip(days.tolist(), usual[days].tolist(), strict=True)))
    return Drivers(tuple(owns), day_correlation([own.surprises for own in owns]), day_correlation(errors))


def joined(blocks: Sequence[Floats], correlation: Floats) -> Floats:
    """Covariance of the days of several drivers, each with its own, correlated day by day; drivers along both axes."""
    if len(blocks) == 1:
        return blocks[0]
    size = len(blocks[0])
    root, common = np.zeros((2, len(blocks), size, len(blocks), size))
    for place, own in enumerate(blocks):
        root[place, :, place] = np.linalg.cholesky(own + JITTER * np.eye(size))
    common[:, range(size), :, range(size)] = correlation
    flat = (len(blocks) * size,) * 2
    return np.asarray(root.reshape(flat) @ common.reshape(flat) @ root.reshape(flat).T)


def _told(own: OwnPast, guess: Guess, origin: int, rows: Ints) -> Told:
    """What the plans of the days ``rows`` say at ``origin`` against the own forecast."""
    plan, expected = own.reading.planned[rows].sum(axis=1), own.totals(rows, guess.log)
    good = (np.nan_to_num(plan) > 0) & (expected > 0)
    ratio = np.log(np.where(good, plan, 1.0) / np.where(good, expected, 1.0))
    apart = np.where(good, np.clip(ratio, -FARTHEST, FARTHEST), np.nan)
    bias, day, shared = own.plans.expected(origin, rows)
    return Told(apart, bias, shared + np.diag(day - np.minimum(own.unknowing**2 * guess.chance, MOST_KNOWN * day)))


def values_of(own: OwnPast, rows: Ints, guess: Guess, apart: Floats, moved: Floats) -> Floats:
    """The days ``rows``, shape (day, slot), ``moved`` from the guess: the plan brought there, else the usual hours.

    A day planned as nothing is taken at its word.
    """
    planned, shape = own.reading.planned[rows], own.reading.shape[rows]
    idle = planned.sum(axis=1) == 0
    by_plan = planned * np.exp(np.where(idle, 0.0, moved - apart))[:, None]
    even = shape * (own.totals(rows, guess.log + moved) / np.maximum(shape.sum(axis=1), 1e-12))[:, None]
    bare = np.asarray(np.isnan(by_plan).any(axis=1))
    return np.where(bare[:, None], even, by_plan)


def filled(own: OwnPast, rows: Ints) -> Floats:
    """Days of a driver's past that were not measured in full, from what its plans and the days around them tell."""
    one = np.ones((1, 1))
    [(values, _)] = Drivers((own,), one, one).weighed(len(own.reading.setting.past), rows, [own.ahead(rows)])
    return values
