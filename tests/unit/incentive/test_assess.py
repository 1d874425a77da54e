"""The whole way from a log to scores."""

import numpy as np
import pandas as pd
import pytest

from desk.i18n import LANGUAGES
from desk.tables import table
from incentive import assess, daily, measures, score
from tests.unit.incentive.small import frame, small_desk

LOG = frame(
    "contacts",
    """
contact, queue, agent, arrived,             first_reply,         converted
K1,      sale,  Ann,   2025-06-16T10:00:00, 2025-06-16T10:00:10, 1
K2,      sale,  Ann,   2025-06-17T10:00:00, 2025-06-17T10:00:50, 0
K3,      sale,  Bo,    2025-06-16T10:00:00, 2025-06-16T10:00:20, 0
K4,      care,  ,      2025-06-16T10:00:00, ,
""",
)


def test_scores_are_the_declared_table() -> None:
    """One row per agent and measure that the log can bear, and the composite, in the declared columns."""
    got = score(small_desk(), LOG)
    assert list(got.columns) == list(table("scores").columns)
    assert not got.duplicated(["agent", "measure"]).any()
    wanted = {"speed", "conversion", "overload", "first_reply_s", "contacts", "standard_min", "overload_min"}
    wanted |= {"composite", "within_30s", "within_60s", "within_180s", "within_300s"}
    assert set(got["measure"]) == wanted
    assert got["score"].dropna().between(0, 1).all()


def test_what_the_log_lacks_is_told_and_not_invented() -> None:
    """No ratings: no rating rows, a finding, and that part of the budget stays."""
    desk = small_desk(incentive={"budget": 100.0, "weights": {"speed": 0.5, "rating": 0.5}})
    found = assess(desk, LOG)
    codes = [(finding.code, finding.facts.get("measure")) for finding in found.findings]
    assert ("measure_unavailable", "rating") in codes
    assert ("overtime_needs_duty", "overtime") in codes
    assert ("part_unpaid", "rating") in codes
    assert found.scores.loc[found.scores["measure"] == "composite", "payout"].sum() == pytest.approx(50)
    for lang in LANGUAGES:
        assert all(finding.line(lang) for finding in found.findings)


def test_a_measure_of_which_no_contact_counts_is_told() -> None:
    """Speed on a desk of messages: no result lies “within chance” where there is none, and the unspent part is told."""
    mail = {"kind": "deferrable", "aht_s": [300.0], "deadline_h": 24.0}
    desk = small_desk(incentive={"budget": 100.0, "weights": {"speed": 0.5}}, queues={"sale": mail, "care": mail})
    found = assess(desk, LOG).findings
    codes = {finding.code for finding in found if finding.facts.get("measure") == "speed"}
    assert codes == {"measure_empty", "part_unclaimed"}
    assert {finding.code: finding.severity for finding in found}["part_unclaimed"] == "note"
    for lang in LANGUAGES:
        assert all(finding.line(lang) for finding in found)


def test_daily_lines_add_up_to_the_period() -> None:
    """Days and period tell the same story."""
    lines, scores = daily(small_desk(), LOG), score(small_desk(), LOG)
    for name in ("contacts", "standard_min"):
        by_day = lines[lines["measure"] == name].groupby("agent")["observed"].sum()
        whole = scores[scores["measure"] == name].set_index("agent")["observed"]
        assert np.allclose(by_day, whole.reindex(by_day.index))
    assert list(lines.loc[lines["agent"] == "Ann", "date"].unique()) == [
        pd.Timestamp("2025-06-16"),
        pd.Timestamp("2025-06-17"),
    ]


def test_the_composite_is_the_weighted_mean_of_the_scores_there_are() -> None:
    """An agent is not punished for a measure in which nothing could be shown."""
    got = score(small_desk(incentive={"weights": {"speed": 0.3, "conversion": 0.1, "rating": 0.6}}), LOG)
    by_measure = got.pivot(index="agent", columns="measure", values="score")
    wanted = 0.75 * by_measure["speed"] + 0.25 * by_measure["conversion"]
    assert np.allclose(by_measure["composite"], wanted)


def test_an_empty_log_scores_nobody() -> None:
    """No contacts: no rows but a clear list of what is missing."""
    found = assess(small_desk(), LOG.iloc[:0])
    assert found.scores["contacts"].sum() == 0
    assert found.daily.empty


def test_every_agent_of_the_desk_has_a_row() -> None:
    """Who took nothing is listed with 0 contacts and without a score."""
    people = frame("agents", "agent,name,team,contract,cost_per_h\nAnn,Ann,T,full,30\nBo,Bo,T,full,30\nCy,Cy,T,full,30")
    got = score(small_desk({"agents": people}), LOG).set_index(["agent", "measure"])
    assert got.loc[("Cy", "composite"), "contacts"] == 0
    assert np.isnan(got.loc[("Cy", "composite"), "score"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_has_words(lang: str) -> None:
    """A measure can be shown in both languages."""
    assert all(measure.title(lang) and measure.definition(lang) for measure in measures().values())
