"""The log of a real call centre, where the cases are present."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from incentive import assess
from tests.unit.incentive.small import small_desk

ROOT = Path(__file__).parents[3]
LOG = ROOT / os.environ.get("PEAKDESK_CASES", "../shared/cases") / "contacts" / "bank_feb1999_first_half.tsv"
ZONE = "Asia/Jerusalem"


def moments(date: "pd.Series[str]", clock: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Local times of yymmdd and h:mm:ss; 0:00:00 stands for none."""
    text = ("19" + date + " " + clock).mask(clock == "0:00:00")
    return pd.to_datetime(text, format="%Y%m%d %H:%M:%S").dt.tz_localize(ZONE).astype(f"datetime64[us, {ZONE}]")


def bank_contacts() -> pd.DataFrame:
    """The calls as table contacts: the arrival is the end of the menu; nobody wrote down conversions or ratings."""
    raw = pd.read_csv(LOG, sep="\t", dtype="str")
    raw = raw[raw["outcome"] != "PHANTOM"].reset_index(drop=True)
    agent = raw["server"].mask(raw["server"] == "NO_SERVER")
    answer = moments(raw["date"], raw["ser_start"]).where(agent.notna())
    return pd.DataFrame(
        {
            "contact": [f"C{number}" for number in range(len(raw))],
            "queue": raw["type"],
            "arrived": moments(raw["date"], raw["vru_exit"]),
            "first_reply": answer,
            "closed": moments(raw["date"], raw["ser_exit"]),
            "agent": agent,
            "abandoned": (raw["outcome"] == "HANG").astype("boolean"),
        }
    )


@pytest.mark.cases
@pytest.mark.skipif(not LOG.exists(), reason=f"no cases: {LOG} is absent; PEAKDESK_CASES may name their folder")
def test_a_real_log_scores_end_to_end_and_tells_what_it_lacks() -> None:
    """Half a month of a bank's calls: speed is scored, conversion and rating are reported as not available."""
    contacts = bank_contacts().dropna(subset=["arrived"])
    queue = {"aht_s": [190.0], "target": {"share": 0.8, "within_s": 30.0}}
    desk = small_desk(timezone=ZONE, queues=dict.fromkeys(sorted(contacts["queue"].unique()), queue))
    found = assess(desk, contacts)
    lacking = {finding.facts["measure"] for finding in found.findings if finding.code == "measure_unavailable"}
    assert lacking == {"conversion", "rating", "rated", "recontact", "average_reply_s", "answers_per_question"}
    assert {"response_from_arrival"} <= {finding.code for finding in found.findings}
    assert set(found.scores["measure"]).isdisjoint(lacking)
    handled = contacts["agent"].notna() & ~contacts["abandoned"]
    whole = found.scores.loc[found.scores["measure"] == "contacts", "observed"].sum()
    assert whole == int((handled & contacts["first_reply"].notna()).sum()) > 10_000
    speed = found.scores[(found.scores["measure"] == "speed") & (found.scores["contacts"] > 0)]
    assert np.isfinite(speed[["adjusted", "low", "high", "score"]].to_numpy()).all()
    ratio = np.average(speed["observed"] - speed["expected"], weights=speed["contacts"])
    assert abs(ratio) < 0.01
