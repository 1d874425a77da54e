"""How plans err: each day by itself, and all days of a promotion alike.

log(planned / actual) is a bias, an error of the day, and in a promotion one that its days share. How large they are is
learned from the days that came, drawn to a first guess by their number; the days of a promotion that have come say what
its days share.

Source: Gelman et al., Bayesian Data Analysis (2013), ch. 5.4, for the errors that days of a promotion share.
"""

from dataclasses import dataclass

import numpy as np

from forecast.event import Phase
from forecast.series import Bools, Floats, Ints

FIRST_GUESS_SD = 0.15
"""Error of a plan (log) where none can be compared with what came; half of its variance is shared by a promotion."""
GUESSED_SD = FIRST_GUESS_SD / np.sqrt(2)
BELIEVED_DAYS = 10.0
"""What was learned of the days is believed by n / (n + 10), n the days compared."""
BELIEVED_PROMOTIONS = 2.0
SMALLEST_SD = 0.005
FARTHEST = 1.0
"""One day's error (log) counts at most this much, and at most three usual ones."""
OUTLYING = 3.0
TO_SD = 1.4826
"""Of the median absolute deviation."""


def promotion_of_days(phases: tuple[Phase, ...], days: int) -> Ints:
    """Number of the promotion that each day lies in, -1 where in none; the later one where two overlap."""
    names = {name: number for number, name in enumerate(dict.fromkeys(phase.promotion for phase in phases))}
    found = np.full(days, -1)
    for phase in sorted(phases, key=lambda own: own.start_d):
        found[max(int(np.floor(phase.start_d)), 0) : max(int(np.ceil(phase.end_d)), 0)] = names[phase.promotion]
    return found


@dataclass(frozen=True, slots=True)
class PlanError:
    """How the plans of one driver err, in logs of planned over actual.

    Parameters
    ----------
    promotion : of every day, as ``promotion_of_days`` gives it.
    error : of every day, NaN where not known; far ones cut.
    day_sd : of a day's own error, on ordinary days and in promotions.
    bias : what the error is on the whole, on ordinary days and in promotions.
    run : part of the variance of ordinary days that a run of them shares.
    shared_sd : of the error that all days of a promotion to come share, about its bias.
    """

    promotion: Ints
    error: Floats
    day_sd: tuple[float, float]
    bias: tuple[float, float]
    run: float
    shared_sd: float

    def expected(self, origin: int, rows: Ints) -> tuple[Floats, Floats, Floats]:
        """Errors of the days ``rows`` as known at ``origin``: mean, variance of each day's own, shapes (day,), and
        covariance of what they share."""
        own = self.promotion[rows]
        inside = own >= 0
        mean, shared = np.where(inside, self.bias[1], self.bias[0]), np.zeros((len(rows), len(rows)))
        run = self.run * self.day_sd[0] ** 2
        shared[np.ix_(~inside, ~inside)] = run
        for number in np.unique(own[inside]):
            alike = own == number
            mean[alike], shared[np.ix_(alike, alike)] = self._shared(origin, int(number))
        return mean, np.where(inside, self.day_sd[1] ** 2, self.day_sd[0] ** 2 - run), shared

    def about(self) -> Floats:
        """Every day's error about its bias, or about what its promotion's days share; NaN where not known."""
        numbers = np.unique(self.promotion[(self.promotion >= 0) & ~np.isnan(self.error)])
        centre = {number: float(np.nanmean(self.error[self.promotion == number])) for number in numbers}
        return np.asarray(self.error - np.array([centre.get(number, self.bias[0]) for number in self.promotion]))

    def usual(self) -> Floats:
        """Every day's error over its usual size, shape (day,), NaN where not known."""
        inside = (self.promotion >= 0).astype(int)
        sd = np.array([self.day_sd[0], np.hypot(self.day_sd[1], self.shared_sd)])
        return np.asarray((self.error - np.array(self.bias)[inside]) / sd[inside])

    def _shared(self, origin: int, number: int) -> tuple[float, float]:
        """Mean and variance of what the days of a promotion share, given those before ``origin``."""
        seen = self.error[:origin][self.promotion[:origin] == number]
        seen = seen[~np.isnan(seen)]
        prior, each = self.shared_sd**-2, self.day_sd[1] ** -2
        variance = 1 / (prior + len(seen) * each)
        return float(variance * (prior * self.bias[1] + each * seen.sum())), float(variance)


def learn_plan_error(promotion: Ints, missed: Floats) -> PlanError:
    """How plans erred, from every day's log of actual over planned (``missed``, NaN where not known)."""
    error = np.clip(-missed, -FARTHEST, FARTHEST)
    known = ~np.isnan(error)
    ordinary, inside = known & (promotion < 0), known & (promotion >= 0)
    plain = error[ordinary]
    bias = float(np.median(plain)) * _belief(len(plain), BELIEVED_DAYS) if len(plain) else 0.0
    error, sd = _cut(error, ordinary, error - bias, FIRST_GUESS_SD)
    run = _run(error - bias, ordinary, sd)
    numbers = np.unique(promotion[inside])
    means = np.array([np.median(error[inside & (promotion == number)]) for number in numbers])
    centre = dict(zip(numbers, means, strict=True))
    about = error - np.array([centre.get(number, np.nan) for number in promotion])
    error, own_sd = _cut(error, inside, about, GUESSED_SD)
    means = np.array([error[inside & (promotion == number)].mean() for number in numbers])
    shared, shared_sd = _among(means, own_sd)
    return PlanError(promotion, error, (sd, own_sd), (bias, shared), run, shared_sd)


def _belief(number: int, believed: float) -> float:
    return number / (number + believed)


def _cut(error: Floats, days: Bools, about: Floats, guess: float) -> tuple[Floats, float]:
    """The errors with outlying ones among ``days`` cut, and the sd of what they are ``about`` their centre."""
    if not days.any():
        return error, guess
    usual = max(TO_SD * float(np.median(np.abs(about[days]))), SMALLEST_SD)
    kept = np.clip(about, -OUTLYING * usual, OUTLYING * usual)
    belief = _belief(int(days.sum()), BELIEVED_DAYS)
    measured = max(float(np.sqrt(np.mean(kept[days] ** 2))), SMALLEST_SD)
    return np.where(days, error - about + kept, error), float(measured**belief * guess ** (1 - belief))


def _run(about: Floats, days: Bools, sd: float) -> float:
    """Part of the variance that a day and the next one share."""
    both = days[1:] & days[:-1]
    return float(np.clip(np.mean((about[1:] * about[:-1])[both]) / sd**2, 0.0, 1.0)) if both.any() else 0.0


def _among(means: Floats, day_sd: float) -> tuple[float, float]:
    """Bias of promotions, drawn to none as by one more without any, and the sd of one to come about it."""
    if not len(means):
        return 0.0, GUESSED_SD
    bias, belief = float(means.sum() / (len(means) + 1)), _belief(len(means), BELIEVED_PROMOTIONS)
    measured = max(float(np.sqrt(np.mean((means - bias) ** 2))), SMALLEST_SD)
    own = measured**belief * GUESSED_SD ** (1 - belief)
    return bias, float(own * np.sqrt(1 + 1 / (len(means) + 1)))
