"""From a contact to the cent."""

import numpy as np
import pytest

from incentive import assess
from incentive.basis import basis
from incentive.lines import COLUMNS, contact_lines
from incentive.statement import statements
from tests.property.test_incentive import random_log
from tests.unit.incentive.small import frame, small_desk

SCHEME = {
    "budget": 300.0,
    "weights": {"speed": 0.4, "conversion": 0.3, "rating": 0.1, "overload": 0.2},
    "guarantee": 5.0,
    "queue_weights": {"care": 2.0},
}


def test_the_lines_of_an_agent_add_up_to_the_statement() -> None:
    """Every contact's amount together is the cent that stands on the page, measure by measure; nobody is left out."""
    contacts = random_log(np.random.default_rng(5), contacts=160)
    desk = small_desk(incentive=SCHEME, rules={"overload_limit": 0.05, "occupancy_limit": 0.05})
    told = statements(desk, assess(desk, contacts), basis(desk, contacts))
    lines = dict(contact_lines(told))
    assert set(lines) == set(told.ledger.agents)
    for agent, own in lines.items():
        assert tuple(own.columns) == COLUMNS
        assert set(own["contact"]) - {""} <= set(contacts.loc[contacts["agent"] == agent, "contact"])
        for part in told.record(agent)["money"]:
            mine = own[own["measure"] == part["measure"]]
            assert mine["amount"].sum() == pytest.approx(part["cents"] / 100, abs=1e-9)
            assert mine["units"].sum() == pytest.approx(part["claim"], abs=1e-6)
    assert sum((own["measure"] == "overload").sum() for own in lines.values()) > 0


def test_where_nothing_could_be_paid_there_are_no_lines() -> None:
    """A scheme whose measures the log can't bear, and nothing for the guards to look at: an internal error before."""
    desk = small_desk(incentive={"budget": 300.0, "weights": {"conversion": 1.0}})
    contacts = frame("contacts", "contact, queue, agent, arrived\nK1, sale, Ann, 2025-06-16T10:00:00")
    lines = dict(contact_lines(statements(desk, assess(desk, contacts), basis(desk, contacts))))
    assert [(agent, tuple(own.columns), len(own)) for agent, own in lines.items()] == [("Ann", COLUMNS, 0)]
