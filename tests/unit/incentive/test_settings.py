"""[incentive] of desk.toml."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from desk.i18n import LANGUAGES, text
from desk.settings import IncentiveSettings
from desk.settings.incentive import PaidMeasure, RiskFactor
from incentive.measure import measures
from incentive.risk import FACTORS


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
    payable = {name for name, measure in measures().items() if measure.kind in ("share", "reward")}
    assert set(get_args(PaidMeasure)) == payable
    assert set(get_args(RiskFactor)) == set(FACTORS)


@pytest.mark.parametrize("code", ["weights_above_one", "budget_without_weights", "factor_twice"])
def test_contradictions_have_words_in_both_languages(code: str) -> None:
    """The refusal of a scheme can be read by whoever wrote it."""
    for lang in LANGUAGES:
        for part in ("finding", "cure"):
            assert text(f"{part}.{code}", lang, total=1.1)
