"""Payout in whole cents."""

import pandas as pd

from incentive import payout
from incentive.pay import budget_parts, largest_remainder
from tests.unit.incentive.small import small_desk


def scores(rows: list[tuple[str, str, float, float, float]]) -> pd.DataFrame:
    """Table scores from agent, measure, contacts, adjusted, score."""
    return pd.DataFrame(rows, columns=["agent", "measure", "contacts", "adjusted", "score"])


def test_the_cent_that_does_not_divide_goes_to_the_largest_remainder() -> None:
    """100 cents over claims 5, 3, 1: 55.6, 33.3, 11.1 become 56, 33, 11."""
    assert largest_remainder(100, [5.0, 3.0, 1.0]) == [56, 33, 11]


def test_budget_parts_take_decimals_as_they_were_written() -> None:
    """0.1 + 0.2 of 10.00 are 3.00 and not one cent less."""
    assert budget_parts(10.0, [0.1, 0.2]) == [100, 200]
    assert budget_parts(0.07, [0.5, 0.5]) == [4, 3]


def test_shares_are_paid_by_score_and_contacts_rewards_by_credit() -> None:
    """Each part of the budget follows its own measure."""
    desk = small_desk(incentive={"budget": 100.0, "weights": {"speed": 0.5, "overload": 0.5}})
    paid = payout(
        desk,
        scores(
            [
                ("Ann", "speed", 100, 0.8, 0.75),
                ("Bo", "speed", 300, 0.7, 0.25),
                ("Ann", "overload", 9, 30.0, 0.5),
                ("Bo", "overload", 9, 10.0, 0.9),
            ]
        ),
    )
    assert list(paid["speed_cents"]) == [2500, 2500]
    assert list(paid["overload_cents"]) == [3750, 1250]
    assert list(paid["amount"]) == [62.5, 37.5]


def test_a_part_without_claims_is_kept() -> None:
    """Nobody earned it, so nobody gets it, and the others don't either."""
    desk = small_desk(incentive={"budget": 100.0, "weights": {"speed": 0.6, "rating": 0.4}})
    paid = payout(desk, scores([("Ann", "speed", 10, 0.8, 0.5), ("Ann", "rating", 0, float("nan"), float("nan"))]))
    assert list(paid["total_cents"]) == [6000]
