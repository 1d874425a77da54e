"""Whose an order is."""

import numpy as np
import pytest

from incentive import assess
from incentive.attribution import attribution_findings, converted
from incentive.log import read_log
from tests.unit.incentive.small import frame, small_desk

ORDERS = frame(
    "contacts",
    """
contact, queue, agent, arrived,             customer, ordered,             paid,                refunded_at
K1,      sale,  Ann,   2025-06-16T10:00:00, U1,       ,                    ,
K2,      sale,  Bo,    2025-06-16T12:00:00, U1,       2025-06-16T12:30:00, 2025-06-16T20:00:00,
K3,      sale,  Cy,    2025-06-16T19:00:00, U1,       ,                    ,
K4,      sale,  Ann,   2025-06-16T10:00:00, U2,       2025-06-16T10:30:00, 2025-06-17T11:00:00,
K5,      sale,  Bo,    2025-06-16T10:00:00, U3,       2025-06-16T10:30:00, 2025-06-16T10:31:00, 2025-06-20T10:00:00
K6,      sale,  Cy,    2025-06-16T10:00:00, U4,       2025-06-16T10:30:00, 2025-06-16T10:31:00, 2025-06-26T10:00:00
K7,      sale,  ,      2025-06-16T10:00:00, U5,       2025-06-16T10:30:00, 2025-06-16T10:31:00,
""",
)


@pytest.mark.parametrize(
    ("rule", "credited"),
    [
        ({}, {"K3", "K6"}),
        ({"agent": "first"}, {"K1", "K6"}),
        ({"event": "order"}, {"K2", "K4", "K6"}),
        ({"event": "order", "agent": "first"}, {"K1", "K4", "K6"}),
        ({"window_h": 48.0}, {"K3", "K4", "K6"}),
        ({"window_h": 0.5, "event": "order"}, {"K2", "K4", "K6"}),
        ({"refund_days": 30.0}, {"K3"}),
        ({"refund_days": 0.0}, {"K3", "K5", "K6"}),
    ],
)
def test_an_order_goes_to_whom_the_rule_names(rule: dict[str, object], credited: set[str]) -> None:
    """First or last agent, by order or payment, within the window, refunds taken off: as declared, and nothing else."""
    desk = small_desk(incentive={"attribution": rule})
    log = read_log(desk, ORDERS)
    found = converted(desk, log)
    assert set(ORDERS["contact"][found == 1]) == credited
    assert np.isnan(found[6])
    assert [own.code for own in attribution_findings(desk, log)] == []


def test_contacts_of_nobody_known_are_told() -> None:
    """They count as having brought no order, which may be a hole in the export."""
    desk, some = small_desk(), ORDERS.assign(customer=ORDERS["customer"].where(ORDERS["contact"] != "K3"))
    log = read_log(desk, some)
    (found,) = attribution_findings(desk, log)
    assert (found.code, found.facts["count"], converted(desk, log)[2]) == ("customer_blank", 1, 0)
    assert found.line("en") != found.line("zh")


def test_a_customer_brings_one_credit_a_day() -> None:
    """Two orders of a customer on a day are one conversion, the last one's; on two days they are two."""
    text = """contact, queue, agent, arrived, customer, converted, refunded
    K1, sale, Ann, 2025-06-16T10:00:00, U1, 1, 0
    K2, sale, Bo,  2025-06-16T11:00:00, U1, 1, 0
    K3, sale, Bo,  2025-06-17T11:00:00, U1, 1, 0"""
    desk = small_desk()
    log = read_log(desk, frame("contacts", text))
    assert list(converted(desk, log)) == [0, 1, 1]
    assert [own.code for own in attribution_findings(desk, log)] == ["attribution_by_log"]
    free = small_desk(incentive={"attribution": {"one_a_day": False}})
    assert list(converted(free, log)) == [1, 1, 1]


SPLIT = """contact, queue, agent, arrived, first_reply, closed, customer, ended_by, converted, paid
K1, sale, Ann, 2025-06-16T10:00:00, 2025-06-16T10:00:05, 2025-06-16T10:05:00, U1, customer, 0,
K2, sale, Ann, 2025-06-16T10:08:00, 2025-06-16T10:08:05, 2025-06-16T10:09:00, U1, customer, 1, 2025-06-16T11:00:00
K3, care, Bo,  2025-06-16T10:30:00, 2025-06-16T10:30:05, 2025-06-16T10:40:00, U1, customer,  ,
K4, sale, Cy,  2025-06-16T10:50:00, 2025-06-16T10:50:05, 2025-06-16T10:50:09, U1, agent,    0,"""


@pytest.mark.parametrize("left_out", [[], ["paid"]])
def test_an_order_is_not_lost_to_a_contact_that_does_not_count(left_out: list[str]) -> None:
    """Ann sold, and is paid for it: neither the part in which the customer came back, nor a contact that was not for
    sale, nor one that was hung up takes her order away."""
    contacts = frame("contacts", SPLIT).drop(columns=left_out)
    scores = assess(small_desk(), contacts).scores.set_index(["agent", "measure"])
    assert list(scores.loc[("Ann", "conversion"), ["contacts", "observed"]]) == [1, 1]
    assert list(scores.loc[["Bo", "Cy"]].xs("conversion", level="measure")["contacts"]) == [0, 0]


def test_what_the_log_does_not_tell_is_told() -> None:
    """Without times and customers the platform's own column counts, and the reader is told so."""
    log = read_log(small_desk(), ORDERS[["contact", "queue", "agent", "arrived"]].assign(converted=True))
    codes = [own.code for own in attribution_findings(small_desk(), log)]
    assert codes == ["attribution_by_log", "refunds_unknown", "customers_unknown"]
