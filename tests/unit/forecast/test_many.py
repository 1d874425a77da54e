"""Many queues shared by processes: the same figures, progress, and an end on request."""

import numpy as np
import pandas as pd
import pytest

from desk import Desk, Progress
from forecast import StoppedError, fit, forecast_many
from tests.unit.forecast.small import desk_of, drawn, history, promotion, starts, usual

TIMES = starts("2024-10-01", 120)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Four queues, one of them ended, one young and one without rows, a driver, and a kind of phase never seen."""
    rows = [history(TIMES, drawn(usual(TIMES, 300.0 * (1 + seed)), seed), f"q{seed}") for seed in range(2)]
    rows.append(history(TIMES[: -12 * 24], drawn(usual(TIMES[: -12 * 24], 900.0), 2), "q2"))
    rows.append(history(TIMES[-10 * 24 :], drawn(usual(TIMES[-10 * 24 :]), 9), "young"))
    events = [promotion("a", ("peak", "2024-12-01", "2024-12-03")), promotion("b", ("new", "2025-01-30", "2025-02-01"))]
    visits = pd.DataFrame({"start": TIMES, "basis": "actual", "visits": usual(TIMES, 9000.0)})
    made = desk_of(pd.concat(rows), 5, promotions=pd.concat(events), drivers=visits, forecast={"paths": 60})
    queues = made.settings.queues | {"empty": made.settings.queues["q0"]}
    return Desk(made.settings.model_copy(update={"queues": queues}), made.tables)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_figures_do_not_depend_on_the_processes(desk: Desk, workers: int) -> None:
    """Protects a thousand queues: paths, explanation, evidence and findings are those of one process."""
    told: list[Progress] = []
    many = forecast_many(desk, workers=workers, report=lambda progress: told.append(progress) is None)
    one = fit(desk).predict()
    assert many.queues == one.queues
    assert np.array_equal(many.paths, one.paths)
    pd.testing.assert_frame_equal(many.explanation, one.explanation)
    pd.testing.assert_frame_equal(many.evidence, one.evidence)
    assert {(own.code, str(own.facts)) for own in many.findings} == {(own.code, str(own.facts)) for own in one.findings}
    assert "queue_renamed" in {own.code for own in many.findings}
    assert told[-1].done == 1.0
    assert {progress.phase for progress in told} == {"forecast.phase.fit", "forecast.phase.draw"}


def test_it_ends_when_it_is_told_to(desk: Desk) -> None:
    """Protects the user who changed her mind: no half forecast."""
    with pytest.raises(StoppedError):
        forecast_many(desk, report=lambda progress: False)
