"""Schemes as data, and what their parts do to the money."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from desk import InputError
from desk.i18n import LANGUAGES
from incentive import assess, payout
from incentive.scheme import SCHEMES, amounts_elsewhere, scheme_text, with_scheme
from tests.unit.incentive.small import frame, small_desk


def scores(claims: dict[str, float], measure: str = "overload", **others: float) -> pd.DataFrame:
    """Table scores of a measure, claims by agent; ``others`` are adjusted ratings."""
    rows = [{"agent": agent, "measure": measure, "contacts": 10.0, "claim": claim} for agent, claim in claims.items()]
    rows += [{"agent": agent, "measure": "rating", "contacts": 5.0, "claim": 0.0, "adjusted": value}
             for agent, value in others.items()]  # fmt: skip
    return pd.DataFrame(rows).assign(score=0.5)


def paid(claims: dict[str, float], others: dict[str, float] | None = None, **scheme: object) -> list[int]:
    """Total cents by agent, all the weight on over-volume."""
    desk = small_desk(incentive={"budget": 100.0, "weights": {"overload": 1.0}} | scheme)
    return list(payout(desk, scores(claims, **(others or {})))["total_cents"])


def test_a_price_pays_by_the_piece_until_the_part_is_spent() -> None:
    """100 units at 0.40 are 40.00; 1,000 units would be 400.00, so the part of 100.00 is shared."""
    assert paid({"Ann": 75, "Bo": 25}, prices={"overload": 0.4}) == [3000, 1000]
    assert paid({"Ann": 750, "Bo": 250}, prices={"overload": 0.4}) == [7500, 2500]


def test_amounts_of_a_ready_scheme_are_yuan() -> None:
    """0.5 of a yen an order, and 30 dinars for everybody, were paid without a word."""
    desk = small_desk(incentive={"budget": 100.0})
    assert not [*amounts_elsewhere(desk, "piece_rate"), *amounts_elsewhere(desk, "mine.toml")]
    yen = replace(desk, settings=desk.settings.model_copy(update={"currency": "JPY"}))
    assert not list(amounts_elsewhere(yen, "balanced"))
    for scheme, amount in (("piece_rate", "prices.conversion = 0.5"), ("promotion_night", "guarantee = 30")):
        (told,) = amounts_elsewhere(yen, scheme)
        assert all(amount in told.line(lang) and "JPY" in told.line(lang) and told.cure(lang) for lang in LANGUAGES)


def test_a_quota_is_not_paid() -> None:
    """Only what is above it counts."""
    assert paid({"Ann": 40, "Bo": 20}, quotas={"overload": 20.0}) == [10_000, 0]


def test_a_cap_is_kept_and_what_it_cuts_off_is_not_spent() -> None:
    """90.00 capped at 50.00; the others get no more for it."""
    assert paid({"Ann": 9, "Bo": 1}, caps={"overload": 50.0}) == [5000, 1000]
    assert paid({"Ann": 9, "Bo": 1}, cap_agent=60.0) == [6000, 1000]


def test_the_guarantee_comes_first_and_in_proportion_below_its_contacts() -> None:
    """Ten contacts of twenty bring half of it; the rest of the budget is shared."""
    assert paid({"Ann": 3, "Bo": 1}, guarantee=10.0) == [1000 + 6000, 1000 + 2000]
    assert paid({"Ann": 3, "Bo": 1}, guarantee=10.0, guarantee_contacts=20.0) == [500 + 6750, 500 + 2250]


def test_guarantees_above_the_budget_are_refused() -> None:
    """Nobody is promised what is not there."""
    with pytest.raises(InputError) as error:
        paid({"Ann": 3, "Bo": 1}, guarantee=60.0)
    assert [own.code for own in error.value.findings] == ["guarantee_above_budget"]
    assert all(error.value.report(lang) for lang in LANGUAGES)


def test_a_gate_is_a_ramp_without_a_step() -> None:
    """At its low end the least is left, at its high end all, half way half; no evidence is no punishment."""
    gate = {"measure": "overload", "by": "rating", "low": 0.6, "high": 0.8, "least": 0.2}
    scheme = {"gates": [gate], "prices": {"overload": 1.0}, "weights": {"overload": 1.0}}
    claims = {"Ann": 10.0, "Bo": 10.0, "Cy": 10.0, "Di": 10.0}
    assert paid(claims, {"Ann": 0.5, "Bo": 0.7, "Cy": 0.9}, **scheme) == [200, 600, 1000, 1000]


@pytest.mark.parametrize("name", SCHEMES)
def test_ready_schemes_pay_a_log(name: str) -> None:
    """Every ready scheme is valid, pays within the budget, and keeps the desk's own budget and risk factors."""
    desk = small_desk(incentive={"budget": 500.0, "risk_factors": ["hour"]})
    own = with_scheme(desk, name)
    assert own.settings.incentive.scheme == name
    assert own.settings.incentive.budget == 500
    assert own.settings.incentive.risk_factors == ["hour"]
    log = frame(
        "contacts",
        """contact, queue, agent, arrived, first_reply, converted, rating
        K1, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:00:10, 1, 5
        K2, sale, Bo,  2025-06-16T10:00:00, 2025-06-16T10:00:50, 0, 3""",
    )
    found = assess(own, log)
    assert 0 < payout(own, found.scores)["total_cents"].sum() <= 50_000
    blind = assess(own, log.drop(columns="rating")).findings
    told = [one for one in blind if one.code == "gate_open"]
    assert [one.facts["measure"] for one in told] == (["speed"] if name == "balanced" else [])
    assert all("Rating (rating)" in one.line("en") and "好评率" in one.line("zh") for one in told)


def test_a_scheme_of_ones_own_is_read_from_a_file(tmp_path: Path) -> None:
    """A ready scheme may be copied, changed and used."""
    file = tmp_path / "mine.toml"
    file.write_text(scheme_text("piece_rate").replace("overload = 0.4,", "overload = 0.3,"), encoding="utf-8")
    assert with_scheme(small_desk(), file).settings.incentive.weights["overload"] == 0.3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[incentive]\nbonus = 3", "scheme_setting"),
        ("[incentive]\nweights = { speed = 0.8, rating = 0.9 }", "weights_above_one"),
        ('[incentive]\ngates = [{ measure = "overload", by = "rating", low = 0.9, high = 0.8 }]', "gate_is_cliff"),
        ("[incentives]", "scheme_unknown"),
        ("[incentive", "scheme_unknown"),
    ],
)
def test_a_scheme_that_can_not_be_meant_is_refused_with_a_finding(tmp_path: Path, text: str, code: str) -> None:
    """Unknown, unreadable or contradictory: refused by name, in both languages."""
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        with_scheme(small_desk(), file)
    assert [own.code for own in error.value.findings] == [code]
    assert all(error.value.report(lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ({"queue_weights": {"fax": 2.0}}, "scheme_unknown_queue"),
        ({"hours": {"charm": "08:00-20:00"}}, "scheme_unknown_measure"),
        ({"hours": {"speed": "from eight"}}, "scheme_bad_hours"),
        ({"hours": {"speed": "08:00-08:00"}}, "scheme_bad_hours"),
    ],
)
def test_a_scheme_that_does_not_fit_the_desk_is_refused(scheme: dict[str, object], code: str) -> None:
    """A queue or measure that is not there would silently pay nobody."""
    with pytest.raises(InputError) as error:
        assess(small_desk(incentive=scheme), frame("contacts", "contact,queue,agent,arrived"))
    assert [own.code for own in error.value.findings] == [code]
    assert all(error.value.report(lang) for lang in LANGUAGES)
