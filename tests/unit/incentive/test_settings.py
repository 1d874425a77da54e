"""[incentive] of desk.toml."""

from datetime import UTC
from typing import Any, get_args

import pandas as pd
import pytest
from pydantic import ValidationError

from desk.i18n import LANGUAGES, catalogue
from desk.settings import IncentiveSettings
from desk.settings.incentive import PaidMeasure, RiskFactor
from incentive.measure import measures
from incentive.risk import FACTORS

MIDNIGHT = pd.Timestamp("2026-06-18").to_pydatetime()
CONTRADICTIONS = ["weights_above_one", "budget_without_weights", "factor_twice", "unpaid_measure", "gate_is_cliff"]
CONTRADICTIONS += ["gate_twice", "gate_on_itself", "cap_below_guarantee", "overtime_caps_crossed", "exempt_reversed"]
CONTRADICTIONS += ["exempt_half_zoned"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": {"charm": 0.2}},
        {"weights": {"speed": -0.1}},
        {"weights": {"speed": 0.7, "rating": 0.4}},
        {"budget": -1.0},
        {"budget": float("nan")},
        {"budget": 10.0, "weights": {}},
        {"risk_factors": ["mood"]},
        {"risk_factors": ["hour", "hour"]},
        {"interval": 1.0},
        {"bonus": 3},
        {"weights": {"speed": 1.0}, "prices": {"rating": 1.0}},
        {"weights": {"speed": 1.0}, "caps": {"overload": 10.0}},
        {"weights": {"speed": 1.0}, "quotas": {"conversion": 10.0}},
        {"gates": [{"measure": "overload", "by": "rating", "low": 0.9, "high": 0.9}]},
        {"gates": [{"measure": "rating", "by": "rating", "low": 0.5, "high": 0.9}]},
        {"gates": 2 * [{"measure": "overload", "by": "rating", "low": 0.5, "high": 0.9}]},
        {"weights": {"speed": 1.0}, "gates": [{"measure": "overload", "by": "rating", "low": 0.5, "high": 0.9}]},
        {"guarantee": 50.0, "cap_agent": 40.0},
        {"overtime_max_h_day": 3.0, "overtime_max_h_month": 2.0},
        {"exempt": [{"start": MIDNIGHT, "end": MIDNIGHT}]},
        {"exempt": [{"start": MIDNIGHT, "end": MIDNIGHT.replace(hour=2, tzinfo=UTC)}]},
        {"attribution": {"agent": "loudest"}},
        {"guards": {"off": ["conscience"]}},
    ],
)
def test_a_scheme_that_can_not_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    """Unknown, negative or contradictory: refused when the desk is read, not when people are paid."""
    with pytest.raises(ValidationError):
        IncentiveSettings.model_validate(wrong)


def test_weights_that_add_up_to_one_in_decimals_are_welcome() -> None:
    """Ten tenths are one, whatever floating point makes of them."""
    shares = [0.1, 0.2, 0.3, 0.25, 0.15]
    IncentiveSettings.model_validate({"weights": dict(zip(get_args(PaidMeasure), shares, strict=True))})


def test_settings_and_measures_name_the_same_things() -> None:
    """What can be weighed can be worked out, and every factor can be built."""
    kinds = {name: measures()[name].kind for name in get_args(PaidMeasure)}
    assert set(kinds.values()) <= {"share", "reward"}
    assert set(get_args(RiskFactor)) == set(FACTORS)


@pytest.mark.parametrize("code", CONTRADICTIONS)
def test_contradictions_have_words_in_both_languages(code: str) -> None:
    """The refusal of a scheme can be read by whoever wrote it."""
    facts = {"total": 1.1, "key": "caps", "measure": "speed", "by": "rating", "low": 0.9, "high": 0.8}
    for lang in LANGUAGES:
        for part in ("finding", "cure"):
            assert catalogue(lang)[f"{part}.{code}"].format_map(facts)
