"""What stated intensities were worth."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from desk import Desk
from forecast.event import phases_of
from forecast.felt_intensity import felt_power
from forecast.series import queue_series
from forecast.setting import setting_of
from forecast.unheard import unheard
from tests.unit.forecast.small import ZONE, desk_of, drawn, history, promotion, starts, usual

TIMES = starts("2026-03-02", 126)
STATED = (0.5, 1.8, 0.8, 1.0, 1.4, 0.6)


def _desk(lift: Callable[[float], float], stated: tuple[float, ...] = STATED) -> Desk:
    """Four hours of sale every other Friday, as strong as stated; one of 2 is to come."""
    mean, events = usual(TIMES, 2400.0), []
    for place, intensity in enumerate(stated):
        day = pd.Timestamp("2026-04-03", tz=ZONE) + pd.Timedelta(days=14 * place)
        begin, end = day + pd.Timedelta(hours=10), day + pd.Timedelta(hours=14)
        mean = np.where((begin <= TIMES) & (end > TIMES), mean * lift(intensity), mean)
        events.append(promotion(f"e{place}", ("sale", f"{begin:%F %R}", f"{end:%F %R}"), intensity=intensity))
    coming = promotion("next", ("sale", "2026-07-10 10:00", "2026-07-10 14:00"), intensity=2.0)
    return desk_of(history(TIMES, drawn(mean)), promotions=pd.concat([*events, coming], ignore_index=True))


def _power(desk: Desk) -> float:
    series = queue_series(desk, "q")
    assert series is not None
    return felt_power(phases_of(desk, series.first), series)


@pytest.mark.parametrize(
    ("lift", "power"),
    [
        (lambda own: 1 + 5 * own, 0.42),
        (lambda own: 6**own, 1.0),
        (lambda own: 6.0, 0.2),
        (lambda own: 3 ** (own**0.7), 0.7),
    ],
)
def test_the_past_tells_what_twice_as_strong_means(lift: Callable[[float], float], power: float) -> None:
    """Protects launches stated by their size: lifts of 1 + 5 x intensity were taken to the power of it, and a sale of 2
    forecast 60 % too high."""
    assert _power(_desk(lift)) == pytest.approx(power, abs=0.1)


def test_little_evidence_changes_nothing() -> None:
    """Few promotions, or intensities close to each other, say nothing of a power."""
    assert _power(_desk(lambda own: 6.0, STATED[:4])) == 1.0
    assert _power(_desk(lambda own: 6.0 / own, (0.92, 0.97, 1.0, 1.08, 1.12, 1.0))) == 1.0


def test_the_model_takes_it_and_it_is_told() -> None:
    """The phases of the model have the felt intensity, and a note says so, in both languages; not where it is 1."""
    desk = _desk(lambda own: 1 + 5 * own)
    series = queue_series(desk, "q")
    assert series is not None
    phases = setting_of(desk, series, pd.Timestamp("2026-07-12")).phases
    assert phases[-1].intensity == pytest.approx(2.0 ** _power(desk))
    [told] = unheard(desk, {"q": series}, {})
    assert told.code == "intensity_felt"
    assert told.line("en") != told.line("zh")
    plain = _desk(lambda own: 6**own)
    assert unheard(plain, {"q": queue_series(plain, "q")}, {}) == ()
