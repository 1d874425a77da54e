"""Payout in whole cents."""

import pandas as pd

from incentive import payout, score
from incentive.pay import cents_of, largest_remainder, parts_of
from tests.unit.incentive.small import frame, small_desk


def scores(rows: list[tuple[str, str, float, float, float]]) -> pd.DataFrame:
    """Table scores from agent, measure, contacts, adjusted, score."""
    return pd.DataFrame(rows, columns=["agent", "measure", "contacts", "adjusted", "score"])


def test_the_cent_that_does_not_divide_goes_to_the_largest_remainder() -> None:
    """100 cents over claims 5, 3, 1: 55.6, 33.3, 11.1 become 56, 33, 11."""
    assert largest_remainder(100, [5.0, 3.0, 1.0]) == [56, 33, 11]


def test_budget_parts_take_decimals_as_they_were_written() -> None:
    """0.1 + 0.2 of 10.00 are 3.00 and not one cent less."""
    assert parts_of(cents_of(10.0), [0.1, 0.2]) == [100, 200]
    assert parts_of(cents_of(0.07), [0.5, 0.5]) == [4, 3]


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


def test_a_guarantee_counts_who_was_served_and_nothing_else() -> None:
    """Ann was there and answered nobody: neither her unanswered contacts nor her intervals earn her the guarantee, nor
    do contacts that Bo passed on: it is paid for as many as the statement calls handled.
    """
    scheme = {"budget": 100.0, "weights": {"speed": 0.5}, "guarantee": 10.0, "guarantee_contacts": 4.0}
    late = "2025-06-16T10:00:00, 2025-06-16T10:00:00"
    soon = f"{late},2025-06-16T10:00:05"
    log = f"K1,sale,Ann,{late},,\nK2,sale,Ann,{late},,\nK3,sale,Bo,{soon},0\nK4,sale,Bo,{soon},1"
    contacts = frame("contacts", f"contact,queue,agent,arrived,assigned,first_reply,transferred\n{log}")
    duty = frame("duty", "agent,start,activity\nAnn,2025-06-16T10:00:00,sale\nAnn,2025-06-16T11:00:00,sale")
    desk = small_desk(incentive=scheme)
    assert list(payout(desk, score(desk, contacts, duty))["guarantee_cents"]) == [0, 250]


def test_units_times_price_and_shares_of_a_guarantee_are_whole_where_they_are_whole_on_paper() -> None:
    """57 of 100 contacts are 28.50 of 50.00, and 1.15 units at 1.00 are 1.15: no cent is lost to binary fractions."""
    scheme = {"budget": 500.0, "weights": {"overtime": 0.5}, "prices": {"overtime": 1.0}}
    scheme |= {"guarantee": 50.0, "guarantee_contacts": 100.0}
    rows = scores([("Ann", "composite", 57, 0.0, 0.5), ("Ann", "overtime", 57, 1.15, 0.5)])
    paid = payout(small_desk(incentive=scheme), rows)
    assert list(paid[["guarantee_cents", "overtime_cents"]].iloc[0]) == [2850, 115]


def test_money_is_dealt_in_what_the_currency_can_be_paid_in() -> None:
    """1,001 yen among three are whole yen; dinars have thousandths; what is not known has hundredths."""
    claims = [("Ann", "overload", 9, 5.0, 0.5), ("Bo", "overload", 9, 3.0, 0.5), ("Cy", "overload", 9, 1.0, 0.5)]
    scheme = {"budget": 1001.0, "weights": {"overload": 1.0}, "caps": {"overload": 500.5}}
    paid = {code: payout(small_desk(currency=code, incentive=scheme), scores(claims)) for code in ("JPY", "KWD", "?")}
    assert list(paid["JPY"]["amount"]) == [500.0, 334.0, 111.0]
    assert list(paid["KWD"]["amount"]) == [500.5, 333.667, 111.222]
    assert list(paid["?"]["total_cents"]) == [50050, 33367, 11122]
