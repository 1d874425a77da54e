"""Overview, Staffing, Advisor and Briefings: every number has its source, for a small plan, for each role."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from charts.load_calendar import load_calendar
from charts.theme import alt_text
from desk.i18n import catalogue
from planner.event import event_account, load_by_hour
from planner.kept import keep
from planner.output.read import read_output
from store import Principal, owner
from tests.views.conftest import ROOT, Open
from views.api.serve import the_store
from views.doors import doors_of
from views.overview.calendar import phases
from views.overview.decide import decided_on

PAGES = ["overview", "staffing", "whatif", "advisor", "briefings"]


def _blocks(block: Any) -> Iterator[Any]:
    """Every block of a page, the innermost too."""
    yield block
    for child in getattr(block, "children", {}).values():
        if hasattr(child, "children"):
            yield from _blocks(child)


def _links(block: Any) -> list[Any]:
    return [own for own in block.children.values() if own.type == "page_link"]


@pytest.mark.usefixtures("tiny")
def test_every_number_leads_to_its_source(open_page: Open) -> None:
    """One click from each box: to the page that has its table, or to the account below, whose parts all have one."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    boxes = [block for block in _blocks(app.main) for own in block.children.values() if own.type == "metric"]
    own = [block for block in boxes if _links(block) or "#account" in str([m.value for m in block.markdown])]
    certificate = 4
    assert len(own) == len(boxes) - certificate >= 7
    pages = {link.proto.page for block in _blocks(app.main) for link in _links(block)}
    assert {"forecast", "roster", "staffing", "incentives"} <= pages
    for name in ("staffing", "forecast", "roster", "incentives"):
        assert open_page(name, "en").dataframe, name


@pytest.mark.parametrize(
    ("role", "open_to"),
    [
        ("owner", PAGES), ("manager", PAGES), ("analyst", PAGES), ("auditor", PAGES), ("lead", ["briefings"]),
        ("agent", []),
    ],
)  # fmt: skip
def test_each_role_has_its_pages(role: str, open_to: list[str]) -> None:
    """Whole plans are for who may read all of them; a lead sees who of the team was briefed."""
    who = Principal("x@example.com", role, ("A",), "A1" if role == "agent" else None)
    names = [door.name for door in doors_of(who)]
    assert [name for name in PAGES if name in names] == open_to


@pytest.mark.usefixtures("out")
def test_a_lead_sees_the_own_team_only(tiny_output: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open) -> None:
    """Nobody of another team on the page, and no form that changes the desk."""
    keep(the_store(), owner(), tiny_output)
    lead = Principal("lead@example.com", "lead", ("A",))
    monkeypatch.setattr("views.page.whoever", lambda lang: lead)
    page = open_page("briefings", "en")
    assert not [own for own in page.button if str(own.key).startswith("FormSubmitter")]


def test_the_account_adds_up(tiny_output: Path) -> None:
    """Value less losses, pay and rewards is the profit; every term of table costs is in it once."""
    planned = read_output(tiny_output)
    account = event_account(planned)
    assert account.profit == pytest.approx(
        account.of("value") - account.of("service") - account.of("paid") - account.of("rewards")
    )
    assert account.of("service", "paid", "priced") == pytest.approx(planned.plan.costs["amount"].sum())
    assert account.of("rewards") == planned.scores["payout"].sum()
    offered = planned.plan.service.groupby("queue")["offered"].sum()
    assert account.of("value") == pytest.approx(12 * offered["pre_sale"] + 5 * offered["after_sale"])


def test_rewards_are_what_people_get_in_all(tiny_output: Path) -> None:
    """With a guarantee, and below a cap: the parts alone said 40 where 75 were paid, the guarantee left out and the cap
    of 45 not kept."""
    planned = read_output(tiny_output)
    rows = [("A", "contacts", 40.0), ("A", "composite", 45.0), ("B", "contacts", 0.0), ("B", "composite", 30.0)]
    told = pd.DataFrame(rows, columns=["agent", "measure", "payout"]).reindex(columns=planned.scores.columns)
    assert event_account(replace(planned, scores=told)).of("rewards") == 75.0


def test_the_calendar_has_every_hour_of_every_queue(tiny_output: Path) -> None:
    """Three days of two queues and both together; the work of both is the work of each, by the hour's handle times and
    with who is away then, or misses the shift (it was the bare work: 90 % for two queues at 126 %)."""
    planned = read_output(tiny_output)
    hours = load_by_hour(planned.desk, planned.plan.service)
    assert hours.groupby("queue").size().to_dict() == {"": 72, "after_sale": 72, "pre_sale": 72}
    closed = planned.plan.service.assign(offered=0.0, effective_agents=0.0, load=0.0)
    assert load_by_hour(planned.desk, closed)["load"].isna().all(), "closed hours are no hours at a load of 0"
    sums = hours.groupby("queue")["offered"].sum()
    assert sums[""] == pytest.approx(sums["after_sale"] + sums["pre_sale"])
    double = planned.plan.service.assign(load=planned.plan.service["load"] * 2.0)
    for away, absence_share in ((0.3, 0.0), (0.0, 0.3)):
        slow = {"aht_by_hour": [1.4] * 24, "shrinkage_by_hour": [away] * 24}
        settings = planned.desk.settings
        queues = {name: own.model_copy(update=slow) for name, own in settings.queues.items()}
        rules = settings.rules.model_copy(update={"absence_share": absence_share})
        desk = replace(planned.desk, settings=settings.model_copy(update={"queues": queues, "rules": rules}))
        assert load_by_hour(desk, double)["load"].to_numpy() == pytest.approx(
            2.0 * hours["load"].to_numpy(), nan_ok=True
        )


@pytest.mark.parametrize("manned", [True, False])
def test_the_calendar_of_one_queue_is_drawn(tiny_output: Path, manned: bool) -> None:
    """A desk of one queue is no sum of queues; with people and without."""
    planned = read_output(tiny_output)
    service = planned.plan.service[planned.plan.service["queue"] == "pre_sale"]
    service = service if manned else service.assign(effective_agents=0.0, load=float("inf"))
    hours = load_by_hour(planned.desk, service)
    assert hours.groupby("queue").size().to_dict() == {"pre_sale": 72}
    figure = load_calendar(hours, phases(planned.desk), lang="en", limit=1.3, name="pre_sale")
    assert ("∞" in alt_text(figure)) == (not manned)


def test_every_finding_of_a_plan_is_decided_on_a_page_that_is_there() -> None:
    """No link to a page that does not exist."""
    codes = [key.removeprefix("finding.") for key in catalogue("en") if key.startswith("finding.")]
    assert {decided_on(code) for code in codes} <= {door.name for door in doors_of(owner())}
