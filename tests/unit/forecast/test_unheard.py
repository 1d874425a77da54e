"""What a person says is used, or told not to be."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from desk import Finding, Forecast, InputError
from desk.frames import empty_frame
from forecast import fit
from forecast.ended import ended
from forecast.series import every_series
from tests.unit.forecast.small import ZONE, desk_of, drawn, history, promotion, starts, usual

TIMES = starts("2025-01-01", 90)
PLAIN = drawn(usual(TIMES), day_sd=0.05)
PAST = promotion("a", ("peak", "2025-02-10", "2025-02-12"))
COMING = promotion("b", ("peak", "2025-04-02", "2025-04-04"))


def _forecast(offered: np.ndarray = PLAIN, forecast: dict[str, Any] | None = None, **tables: pd.DataFrame) -> Forecast:
    return fit(desk_of(history(TIMES, offered), forecast=forecast, **tables)).predict(paths=50)


def _told(forecast: Forecast, code: str) -> list[Finding]:
    return [finding for finding in forecast.findings if finding.code == code]


def test_a_stated_lift_of_a_phase_that_was_seen_is_told_not_to_count() -> None:
    """Protects a planner who states what the model learns itself."""
    lifts = {"expected_lifts": [{"phase": "peak", "lift": 3.0}]}
    assert _told(_forecast(forecast=lifts, promotions=pd.concat([PAST, COMING])), "lift_stated_unused")


def test_a_phase_of_no_intensity_is_no_precedent() -> None:
    """Protects against a lift learned from a promotion that was called off."""
    called_off = PAST.assign(intensity=0.0)
    assert _told(_forecast(promotions=pd.concat([called_off, COMING])), "phase_without_precedent")
    assert not _told(_forecast(promotions=pd.concat([PAST, COMING])), "phase_without_precedent")


def test_intensities_on_another_scale_are_read_relative_to_the_usual_one() -> None:
    """Protects a planner who states per cent or a discount: what is learned at 100 or at 0.3 is what is at 1."""
    both = pd.concat([PAST, COMING])
    as_told = _forecast(promotions=both)
    for scale in (0.3, 100.0):
        scaled = _forecast(promotions=both.assign(intensity=scale))
        np.testing.assert_array_equal(scaled.paths, as_told.paths)
        assert [own.facts["usual"] for own in _told(scaled, "intensity_scaled")] == [f"{scale:g}"]
    assert not [own for own in as_told.findings if own.code.startswith("intensity")]


def test_a_phase_far_stronger_than_all_before_it_is_told() -> None:
    """Protects against a lift to the fiftieth power where one promotion was stated in per cent."""
    [told] = _told(_forecast(promotions=pd.concat([PAST, COMING.assign(intensity=120.0)])), "intensity_far")
    assert (told.value, told.facts["promotion"], told.facts["times"]) == ("peak", "b", "120")
    assert not _told(_forecast(promotions=pd.concat([PAST, COMING.assign(intensity=3.0)])), "intensity_far")


def test_promotions_that_overlap_as_none_did_are_told() -> None:
    """Protects against lifts that multiply by nobody's word; two that often come together are learned so."""
    beside = promotion("c", ("live", "2025-04-03", "2025-04-06"))
    [told] = _told(_forecast(promotions=pd.concat([PAST, COMING, beside])), "phases_overlap")
    assert (told.value, told.facts["other"], told.facts["end"]) == ("live", "peak", "2025-04-04 00:00")
    before = promotion("d", ("live", "2025-02-11", "2025-02-13"))
    assert not _told(_forecast(promotions=pd.concat([PAST, COMING, beside, before])), "phases_overlap")


def test_verdicts_on_no_day_and_no_queue_are_told() -> None:
    """Protects an analyst against a verdict with a wrong year or name."""
    table = empty_frame("verdicts", ZONE)
    rows = [("q", "2026-02-10"), ("other", "2025-02-10"), ("q", "2025-02-11")]
    verdicts = pd.DataFrame([(*row, "outlier", "drop") for row in rows], columns=["queue", "date", "found", "verdict"])
    made = _forecast(verdicts=verdicts.reindex(columns=table.columns).astype(table.dtypes.to_dict()))
    [outside], [unknown] = _told(made, "verdict_outside"), _told(made, "verdict_unknown")
    assert outside.facts["dates"] == "2026-02-10"
    assert unknown.value == "other"


def test_counts_beyond_a_billion_are_refused() -> None:
    """Protects against an absurd unit that would be cut without a word."""
    with pytest.raises(InputError, match="above a billion"):
        _forecast(PLAIN * 1e12)
    assert _forecast(PLAIN * 1e6).paths.mean() == pytest.approx(PLAIN.mean() * 1e6, rel=0.1)


@pytest.mark.parametrize("model", ["mean4", "glm"])
def test_a_model_chosen_by_hand_says_that_it_knows_no_promotions(model: str) -> None:
    """Protects the promotion of a desk whose owner prefers a simple model: how many days, and what ours says."""
    lifted = PLAIN * np.where((PAST["start"].iloc[0] <= TIMES) & (PAST["end"].iloc[0] > TIMES), 3.0, 1.0)
    tables = {"promotions": pd.concat([PAST, COMING])}
    made = _forecast(lifted, {"model": model}, **tables)
    [told] = _told(made, "simple_model_promotions")
    ours, theirs = (float(str(told.facts[name]).replace(",", "")) for name in ("ours", "theirs"))
    assert told.facts["days"] == 2
    assert theirs == pytest.approx(made.paths[:, 24:72].sum(axis=1).mean(), rel=0.05)
    assert ours == pytest.approx(
        _forecast(lifted, {"model": "peakdesk"}, **tables).paths[:, 24:72].sum(axis=1).mean(), rel=0.1
    )
    assert _told(made, "simple_model_by_hand" if model == "mean4" else "simple_model_untried")


@pytest.mark.parametrize(("begins", "code"), [(40, "queue_renamed"), (0, "queue_ended"), (None, None)])
def test_a_queue_that_ended_before_the_others_is_told(begins: int | None, code: str | None) -> None:
    """Protects a roster from a queue that was renamed or closed days ago: it was forecast on in full without a word."""
    times = starts("2025-01-01", 47)
    day = np.arange(47).repeat(24)
    old, other = day < (47 if begins is None else 42), day >= (begins or 0)
    rows = [history(times[own], usual(times)[own], queue=name) for name, own in (("old", old), ("other", other))]
    desk = desk_of(pd.concat(rows))
    found = list(ended(desk, every_series(desk)))
    assert [own.code for own in found] == ([code] if code else [])
    for own in found:
        assert own.facts["queue"] == "old"
        assert all("2025-02-11" in own.message(lang) and "set" in own.cure(lang) for lang in ("en", "zh"))
