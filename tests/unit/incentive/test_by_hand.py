"""The example of docs/explanation/incentive.md, step by step."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from incentive import payout, score
from incentive.effect import effects
from incentive.yardstick import expected, pairs
from tests.unit.incentive.small import ZONE, small_desk

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "incentive.md"
SCHEME = {"budget": 100.0, "weights": {"speed": 1.0}, "risk_factors": ["hour"], "prior_contacts": 20.0}
AGENTS = ["Ann", "Bo", "Cy"]


def page_table(first_column_after_agent: str) -> pd.DataFrame:
    """The table of the page whose second column has this title, numbers as text, by agent."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"| agent | {first_column_after_agent} |"))
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in [lines[at], *lines[at + 2 : at + 5]]]
    return pd.DataFrame(cells[1:], columns=cells[0]).set_index("agent")


@pytest.fixture
def contacts() -> pd.DataFrame:
    """The 120 contacts of the page."""
    rows = []
    for agent, row in page_table("10:00, calm").iterrows():
        for hour, cell in ((10, row["10:00, calm"]), (20, row["20:00, busy"])):
            fast, count = map(int, re.findall(r"\d+", cell))
            rows += [(agent, hour, place < fast) for place in range(count)]
    log = pd.DataFrame(rows, columns=["agent", "hour", "fast"])
    assigned = pd.Timestamp("2025-06-16", tz=ZONE) + pd.to_timedelta(log["hour"], unit="h")
    reply = assigned + pd.to_timedelta(np.where(log["fast"], 5, 90), unit="s")
    ids = [f"K{number}" for number in range(len(log))]
    times = {"arrived": assigned, "assigned": assigned, "first_reply": reply}
    return pd.DataFrame({"contact": ids, "queue": "sale", "agent": log["agent"], **times})


def close(found: "np.ndarray | pd.Series", column: "pd.Series[str]") -> bool:
    """Whether the numbers of a page's column are the found ones, rounded."""
    digits = len(column.iloc[0].partition(".")[2])
    return [f"{value:.{digits}f}" for value in found] == list(column)


def test_effects_are_those_of_the_page(contacts: pd.DataFrame) -> None:
    """Expectation, information and effect of each agent can be followed with a pocket calculator."""
    page = page_table("p calm")
    agent = pd.Index(AGENTS).get_indexer(contacts["agent"])
    busy = (contacts["assigned"].dt.hour == 20).to_numpy(dtype=np.int64)
    fast = (contacts["first_reply"] - contacts["assigned"] < pd.Timedelta("30s")).to_numpy(dtype=np.float64)
    own = pairs(fast, agent, [busy], agents=3, folds=10)
    p = expected(own, own.total[:, None], prior=20, rounds=1)[own.at, 0]
    found = effects(fast, p, agent, agent)
    for name, hour in (("p calm", 0), ("p busy", 1)):
        assert close([p[(agent == place) & (busy == hour)][0] for place in range(3)], page[name])
    assert close(found.observed, page["O"])
    assert close(found.expected, page["E"])
    assert close(1 / found.variance, page["V"])
    assert close(found.raw, page["d = (O − E) / V"])
    assert (round(found.tau2, 4), round(found.mean, 4)) == (0.5725, 0.0153)
    again = expected(own, own.total[:, None], prior=20, rounds=2)[own.at, 0]
    assert [round(float(again[(agent == 0) & (busy == hour)][0]), 3) for hour in (0, 1)] == [0.711, 0.445]


def test_scores_and_cents_are_those_of_the_page(contacts: pd.DataFrame) -> None:
    """What the product pays is what the page explains, whatever the order of the log."""
    page = page_table("r")
    desk = small_desk(incentive=SCHEME | {"rounds": 1})
    scores = score(desk, contacts.sample(frac=1, random_state=3))
    speed = scores[scores["measure"] == "speed"]
    for name, column in (("adjusted", "adjusted"), ("low", "low"), ("high", "high"), ("score", "u")):
        assert close(speed[name], page[column])
    money = page_table("calm")
    assert close(speed["claim"], money["claim"])
    assert close(10_000 * speed["claim"] / speed["claim"].sum(), money["exact cents"])
    assert list(payout(desk, scores)["total_cents"]) == [int(cents) for cents in money["cents"]]
    assert list(scores.loc[scores["measure"] == "composite", "payout"]) == [43.18, 34.19, 22.63]
