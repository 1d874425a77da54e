"""Statements and appeals."""

import json
import re
from dataclasses import replace
from html import unescape

import pandas as pd
import pytest

from desk import InputError
from desk.i18n import LANGUAGES
from incentive import assess
from incentive.appeal import appeal, with_corrections
from incentive.basis import basis
from incentive.measure import measures
from incentive.say import measure_sentences
from incentive.statement import Statements, statements
from tests.property.test_incentive import random_log
from tests.unit.incentive.small import frame, small_desk

SCHEME = {"budget": 300.0, "weights": {"speed": 0.5, "conversion": 0.3, "rating": 0.2}, "guarantee": 5.0}


def told(contacts: pd.DataFrame) -> Statements:
    """Statements of a log."""
    desk = small_desk(incentive=SCHEME)
    return statements(desk, assess(desk, contacts), basis(desk, contacts))


@pytest.fixture(scope="module")
def contacts() -> pd.DataFrame:
    """A log of four agents over two days."""
    import numpy as np

    return random_log(np.random.default_rng(5), contacts=160)


def test_statements_of_the_same_basis_are_the_same_bytes(contacts: pd.DataFrame) -> None:
    """Reproducible bit for bit, whatever the order of the rows."""
    one, other = told(contacts), told(contacts.sample(frac=1, random_state=2))
    for agent in one.ledger.agents:
        assert json.dumps(one.record(agent)) == json.dumps(other.record(agent))
        for lang in LANGUAGES:
            assert one.html(agent, lang) == other.html(agent, lang)


def test_the_mark_changes_with_data_and_scheme(contacts: pd.DataFrame) -> None:
    """A statement tells from what it was made: one second elsewhere is another mark."""
    desk = small_desk(incentive=SCHEME)
    first = basis(desk, contacts)
    moved = contacts.assign(first_reply=contacts["first_reply"] + pd.Timedelta("1s"))
    assert basis(desk, moved).data != first.data
    away = dict(desk.tables) | {"leave": frame("leave", "agent,date\nAnn,2025-06-16")}
    assert basis(replace(desk, tables=away), contacts).data != first.data, "who is on leave is no capacity"
    assert basis(small_desk(incentive=SCHEME | {"budget": 301.0}), contacts).scheme != first.scheme
    assert basis(desk, contacts.iloc[::-1]).mark == first.mark


def test_the_lines_of_a_statement_add_up(contacts: pd.DataFrame) -> None:
    """Guarantee and parts are the total, to the cent, and all totals are the payouts."""
    own = told(contacts)
    for agent in own.ledger.agents:
        record = own.record(agent)
        assert record["total_cents"] == record["guarantee_cents"] + sum(line["cents"] for line in record["money"])
        scores = own.assessment.scores.set_index(["agent", "measure"])
        assert scores.loc[(agent, "composite"), "payout"] == pytest.approx(record["total_cents"] / 100)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_statement_says_what_was_expected_and_what_would_change_it(contacts: pd.DataFrame, lang: str) -> None:
    """Observed, expected, adjusted, interval, the desk's middle, money and the worth of one more good result stand on
    the page."""
    own = told(contacts)
    page, scores = own.html("A1", lang), own.assessment.scores.query("measure == 'speed'")
    middle = (scores["observed"] * scores["contacts"]).sum() / scores["contacts"].sum()
    assert {"en": f"the desk's {middle:.1%}", "zh": f"全台的 {middle:.1%}"}[lang] in unescape(page)
    assert {"en": "Expected at those hours", "zh": "期望"}[lang] in page
    assert {"en": "One more good result", "zh": "多一个良好结果"}[lang] in page
    assert {"en": "between", "zh": "介于"}[lang] in page
    assert re.search(r"<code>[0-9a-f]{64}</code>", page)
    assert "A1" in page


@pytest.mark.parametrize("reply_s", [5, 900])
def test_nobody_is_told_to_be_worse_where_all_are_alike(contacts: pd.DataFrame, reply_s: int) -> None:
    """Who answered all in time on a desk where everybody did (or nobody) is not said to lie beside the middle."""
    assigned = contacts["assigned"].fillna(contacts["arrived"])
    alike = contacts.drop(columns=["converted", "rating"]).assign(first_reply=assigned + pd.Timedelta(seconds=reply_s))
    own = told(alike)
    for agent in own.ledger.agents:
        page = own.html(agent, "en")
        assert "No measurable difference from the desk" in page
        assert "beyond chance" not in page


def test_an_agents_name_is_never_markup() -> None:
    """A hostile name is text."""
    people = frame("agents", "agent,name,team,contract,cost_per_h\nAnn,<script>x</script>,T,full,30")
    desk = small_desk({"agents": people}, incentive=SCHEME)
    log = frame(
        "contacts", "contact,queue,agent,arrived,first_reply\nK1,sale,Ann,2025-06-16T10:00:00,2025-06-16T10:00:05"
    )
    page = statements(desk, assess(desk, log), basis(desk, log)).html("Ann", "en")
    assert "<script>" not in page


def test_an_appeal_is_the_whole_rerun_and_shows_the_difference(contacts: pd.DataFrame) -> None:
    """A corrected record gives the scores of the corrected log, no more and no less, and the appellant gains."""
    desk = small_desk(incentive=SCHEME)
    before = assess(desk, contacts)
    slow = contacts[
        (contacts["agent"] == "A1") & (contacts["first_reply"] - contacts["assigned"] > pd.Timedelta("30s"))
    ]
    fixed = slow.head(1).assign(first_reply=slow["assigned"] + pd.Timedelta("5s"))[["contact", "first_reply"]]
    found = appeal(desk, before, contacts, fixed)
    pd.testing.assert_frame_equal(found.after.scores, assess(desk, with_corrections(contacts, fixed)).scores)
    own = found.difference[found.difference["measure"] == "composite"].set_index("agent")
    assert own.loc["A1", "payout_change"] > 0
    assert own["payout_change"].sum() == pytest.approx(0, abs=1e-6)
    assert set(found.difference["measure"]).isdisjoint({"rating", "conversion", "contacts"})


@pytest.mark.parametrize("column", ["first_reply", "assigned", "converted"])
def test_one_corrected_contact_judges_no_other(column: str) -> None:
    """A log without replies, assignments or orders: with one in a corrected record all others would lack it."""
    desk = small_desk(incentive={"budget": 100.0, "weights": {"speed": 0.5, "conversion": 0.5}})
    head = ["contact", "queue", "agent", "arrived", *({"first_reply"} - {column})]
    rows = [f"K{n},sale,{who},2025-06-16T10:00:00,2025-06-16T10:00:05" for n, who in enumerate(("Ann", "Bo"))]
    log = frame("contacts", "\n".join([",".join(head), *(",".join(row.split(",")[: len(head)]) for row in rows)]))
    value = "1" if column == "converted" else "2025-06-16T10:00:02"
    fixed = frame("contacts", f"contact,{column}\nK0,{value}")[["contact", column]]
    with pytest.raises(InputError) as error:
        appeal(desk, assess(desk, log), log, fixed)
    assert [(own.code, own.column) for own in error.value.findings] == [("correction_new_column", column)]
    assert appeal(desk, assess(desk, log), log, fixed.assign(**{column: None})).difference.empty


def test_a_correction_of_nothing_is_refused() -> None:
    """An unknown contact is named, with its nearest; a contact is corrected once."""
    log = frame("contacts", "contact,queue,agent,arrived\nK1,sale,Ann,2025-06-16T10:00:00")
    for text, code in (
        ("contact,agent\nK9,Bo", "appeal_unknown_contact"),
        ("contact,agent\nK1,Bo\nK1,Cy", "contact_twice"),
    ):
        with pytest.raises(InputError) as error:
            with_corrections(log, frame("contacts", text)[["contact", "agent"]])
        assert [own.code for own in error.value.findings] == [code]
        assert all(error.value.report(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reward_says_how_its_minutes_were_found(lang: str) -> None:
    """Overtime credits time that work filled, over-volume the work above the quota: 51.5 minutes of work that fill an
    hour are not told as a quota just met."""
    row = {"observed": 51.5, "expected": 51.0, "adjusted": 60.0} | dict.fromkeys(("contacts", "low", "high"), 1.0)
    told = {name: measure_sentences(measures()[name], row, 0.0, lang)[1] for name in ("overtime", "overload")}
    assert {"en": "51 min would have filled", "zh": "填满这段时间需要 51 分钟"}[lang] in told["overtime"]
    assert {"en": "the quota of the time there was 51 min", "zh": "定额为 51 分钟"}[lang] in told["overload"]
    assert all({"en": "51.5 min", "zh": "51.5 分钟"}[lang] in words for words in told.values())


def money_words_of(contacts: pd.DataFrame, lang: str = "en", **more: object) -> str:
    """The page of agent A1 under a scheme that pays for speed alone."""
    desk = small_desk(incentive={"budget": 1000.0, "weights": {"speed": 1.0}} | more, currency="KRW")
    return statements(desk, assess(desk, contacts), basis(desk, contacts)).html("A1", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_has_reached_the_cap_is_not_told_that_more_would_bring_more(contacts: pd.DataFrame, lang: str) -> None:
    """The cap on one agent's whole pay is named where it binds, and promises nothing; won have no hundredths."""
    gain = {"en": "would have brought {} KRW", "zh": "可多得 {} KRW"}[lang].split("{}")[0]
    free, capped = (money_words_of(contacts, lang, **own) for own in ({}, {"cap_agent": 30.0}))
    assert gain in free
    assert gain not in capped
    assert {"en": "at most is reached", "zh": "总额已达封顶"}[lang] in capped
    assert "30 KRW" in capped
    assert ".00 KRW" not in free + capped


def test_one_more_result_promises_no_more_than_the_caps_leave(contacts: pd.DataFrame) -> None:
    """Three won below a cap, of the part or in all, one more good result brings three won."""
    paid = re.search(r'"total"><td>[^<]*</td><td></td><td>(\d+) KRW', money_words_of(contacts))
    assert paid is not None
    cap = float(paid.group(1)) + 3
    for more in ({"cap_agent": cap}, {"caps": {"speed": cap}}):
        assert "would have brought 3 KRW" in money_words_of(contacts, **more)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_piece_rate_a_quota_and_a_guarantee_are_told_with_their_numbers(contacts: pd.DataFrame, lang: str) -> None:
    """Where the part lasts for all, units times price is the amount; so the page says the price, not the share."""
    more = {"prices": {"speed": 0.5}, "quotas": {"speed": 2.5}, "guarantee": 10.0, "guarantee_contacts": 100.0}
    page = money_words_of(contacts, lang, **more)
    assert {"en": "at 0.5 KRW each", "zh": "每个 0.5 KRW"}[lang] in page
    assert {"en": "beyond the first 2.5", "zh": "超出前 2.5 个"}[lang] in page
    assert {"en": "whole from 100 contacts", "zh": "接待满 100 个"}[lang] in page


def test_what_quota_and_gate_left_is_told_with_what_was_counted(contacts: pd.DataFrame) -> None:
    """(Counted - quota) x gate are the units paid, as the page shows them: only a rounded gate stood there before."""
    gate = {"measure": "speed", "by": "rating", "low": 0.1, "high": 0.99, "least": 0.5}
    desk = small_desk(incentive=SCHEME | {"quotas": {"speed": 2.5}, "gates": [gate]})
    own = statements(desk, assess(desk, contacts), basis(desk, contacts))
    pages = [own.html(agent, lang) for agent in own.ledger.agents for lang in LANGUAGES]
    rows = [one for page in pages for one in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    lines = [one for one in rows if re.search(r" 2\.5[ ,]", one)]
    assert len(lines) == len(pages) > 1
    for line in lines:
        numbers = re.findall(r"\d+(?:\.\d+)?", unescape(line).replace(",", ""))
        units, whole, _, counted, quota, left, *_ = map(float, numbers)
        assert abs(max(counted - quota, 0.0) * left - min(units, whole)) < 0.002


@pytest.mark.parametrize("more", [{}, {"prices": {"speed": 125.0}}])
def test_a_calculator_comes_to_the_cent(contacts: pd.DataFrame, more: dict[str, object]) -> None:
    """The units shown, over everybody's and of the part, or times the price, are the amount shown but for the one cent
    that is left over: with two decimals they were not, where a unit is worth much.
    """
    desk = small_desk(incentive=SCHEME | {"budget": 2_000_000.0} | more)
    own = statements(desk, assess(desk, contacts), basis(desk, contacts))
    line = r"([\d.,]+) of everybody\S+s ([\d.,]+) units, (?:from|at) ([\d.,]+) .*?>([\d.,]+) CNY"
    found = [one for agent in own.ledger.agents for one in re.findall(line, own.html(agent, "en"))]
    assert len(found) >= 3 * len(own.ledger.agents) - 1
    for words in found:
        units, whole, money, paid = (float(number.strip(".").replace(",", "")) for number in words)
        exact = units * money if money == 125.0 else units / whole * money
        assert abs(exact - paid) <= 0.0151
