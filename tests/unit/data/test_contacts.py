"""The contact log hangs together, and load and skill leave their traces in it."""

import pandas as pd
import pytest

from data import SAMPLES, sample_path
from desk import Desk, load_desk


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Desk:
    """Each sample desk."""
    return load_desk(sample_path(request.param))


def test_times_of_a_contact_are_in_order(sample: Desk) -> None:
    """arrived ≤ assigned ≤ first reply ≤ closed, as far as they are known."""
    log = sample.table("contacts")
    for earlier, later in [("arrived", "assigned"), ("assigned", "first_reply"), ("first_reply", "closed")]:
        known = log[earlier].notna() & log[later].notna()
        assert (log.loc[known, earlier] <= log.loc[known, later]).all()


def test_log_and_history_count_the_same(sample: Desk) -> None:
    """Every hour of the log has the inquiries, losses and services that the history has."""
    step = f"{sample.settings.interval_min}min"
    log = sample.table("contacts").assign(start=lambda own: own["arrived"].dt.floor(step))
    log["abandoned"] = log["abandoned"].astype(float)
    counted = log.groupby(["start", "queue"])["abandoned"].agg(["size", "sum"])
    history = sample.table("history").set_index(["start", "queue"]).loc[counted.index]
    assert (history["offered"] == counted["size"]).all()
    assert (history["abandoned"] == counted["sum"]).all()
    assert (history["handled"] == counted["size"] - counted["sum"]).all()


def test_leavers_have_no_reply_and_no_order(sample: Desk) -> None:
    """Abandoned means: no reply, no rating, no sale."""
    left = sample.table("contacts").query("abandoned")
    assert left["first_reply"].isna().all()
    assert left["rating"].isna().all()
    assert not left["converted"].fillna(False).any()


def test_only_sales_have_values_and_refunds(sample: Desk) -> None:
    """Order value and refund stand exactly where an order stands."""
    log = sample.table("contacts")
    sold = log["converted"].fillna(False).astype(bool)
    assert (log["order_value"].notna() == sold).all()
    assert (log["refunded"].notna() == sold).all()


def test_waiting_costs_sales(sample: Desk) -> None:
    """Customers answered within 15 s buy clearly more often than those who wait over a minute."""
    log = sample.table("contacts").query("queue == 'presale' and not abandoned")
    wait_s = (log["first_reply"] - log["arrived"]).dt.total_seconds()
    sold = log["converted"].astype(float)
    assert sold[wait_s < 15].mean() > 1.2 * sold[wait_s > 60].mean()


def test_good_agents_sell_more() -> None:
    """True skill shows in the raw log, though not alone."""
    log = load_desk(sample_path("618")).table("contacts").query("queue == 'presale' and not abandoned")
    raw = log.assign(sold=log["converted"].astype(float)).groupby("agent")["sold"].agg(["mean", "size"])
    truth = pd.read_csv(sample_path("618") / "truth" / "agents.csv").set_index("agent")["conversion"]
    assert raw.loc[raw["size"] > 100, "mean"].corr(truth, method="spearman") > 0.5
