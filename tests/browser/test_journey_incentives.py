"""Incentives settled from an uploaded log, contested by an agent, and scored anew by their lead's answer."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import BrowserContext

from desk.i18n import text
from planner.kept import keep
from planner.output.table_file import write_table
from planner.serve.serving import Serving
from store import (
    Check,
    Principal,
    Store,
    add_principal,
    list_requests,
    list_score_runs,
    open_store,
    owner,
    publish_plan,
    put_checks,
    read_scores,
    sign_plan,
)
from tests.browser.server import free_port, serving
from tests.browser.sides import sides
from tests.browser.visit import Visit
from tests.unit.planner.pay_world import many_contacts, scheme_of_tiny, slow_contact
from tests.views.tiny_plan import AGENTS, write_plan

pytestmark = pytest.mark.browser
HEADER = "X-Auth-Email"
MANAGER, LEAD, AGENT = "mia@example.com", "lee@example.com", "lilei@example.com"
PEOPLE = (
    Principal(MANAGER, "manager"),
    Principal(LEAD, "lead", ("A",)),
    Principal(AGENT, "agent", ("A",), "A2"),
)
_MS = 90_000
Opening = Callable[[str], Visit]


def published(store: Store, folder: Path) -> str:
    """The small plan in the store, signed by four people and published."""
    plan = keep(store, owner(), write_plan(folder / "tiny", folder / "desk")).hash
    put_checks(store, owner(), plan, [*(Check("leave", agent=agent) for agent in AGENTS), Check("price")])
    analyst, other = Principal("ana@example.com", "analyst", ("T9",)), Principal("lou@example.com", "lead", ("T8",))
    signers = (PEOPLE[0], analyst, Principal("max@example.com", "manager"), other)
    for step, signer in zip(("setter", "second", "peer", "other"), signers, strict=True):
        sign_plan(store, signer, plan, step)
    publish_plan(store, owner(), plan)
    return plan


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A published plan, its desk with a scheme, three people; nothing settled."""
    made = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    published(made, tmp_path)
    scheme_of_tiny(made, tmp_path / "desk")
    for person in PEOPLE:
        add_principal(made, owner(), replace(person))
    return made


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Iterator[str]:
    """The app behind a proxy that says who looks."""
    environment = {"PEAKDESK_DB": f"sqlite:///{tmp_path / 'store.db'}"}
    environment |= Serving("127.0.0.1", "proxy", "127.0.0.1", HEADER).environment()
    words = [f'--server.trustedUserHeaders={{"{HEADER}": "email"}}']
    (tmp_path / "out").mkdir()
    with serving(
        tmp_path / "out", tmp_path / "log", words=words, environment=environment, port=free_port(), ready=False
    ) as address:
        yield address


@pytest.fixture
def person(app: str, context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Opening]:
    """Opens a person's own page, and fails on what it met."""
    opened: list[Visit] = []

    def open_visit(who: str) -> Visit:
        opened.append(Visit(context, app, request.node.callspec.params["width_px"], {HEADER: who}))
        return opened[-1]

    yield open_visit
    for own in opened:
        assert not own.exceptions()
        own.page.close()
    assert [fault for own in opened for fault in own.faults] == []


def a_log(folder: Path) -> pd.DataFrame:
    """The log as a file of the platform, in the folder as ``june.csv``."""
    log = many_contacts().drop(columns="team", errors="ignore").dropna(axis="columns", how="all")
    write_table(log, "contacts", folder / "june.csv")
    return log


@pytest.mark.parametrize(("lang", "width_px"), sides("en", 1280))
def test_incentives_are_settled_and_an_appeal_is_answered(
    store: Store, person: Opening, shots: Path, tmp_path: Path, lang: str, width_px: int
) -> None:
    """From a file to the cent, from a doubt to a corrected statement; each sees what is theirs, and the cents agree."""
    log = a_log(tmp_path)
    late = slow_contact(log, "A2")
    manager, agent, lead = person(MANAGER), person(AGENT), person(LEAD)
    _settle(manager, tmp_path / "june.csv", shots, lang)
    first = list_score_runs(store, owner())[0]
    _look(manager, first.id, shots, lang)
    _appeal(agent, late, shots, lang)
    moment = log.loc[log["contact"] == late, "assigned"].iloc[0] + pd.Timedelta("8s")
    _answer(lead, late, f"{moment:%Y-%m-%d %H:%M:%S}", shots, lang)
    second = list_score_runs(store, owner())[0]
    assert second.summary["before"] == first.id
    assert [own.status for own in list_requests(store, owner(), kind="appeal")] == ["approved"]
    before, after = (_paid(store, run) for run in (first.id, second.id))
    assert after["A2"] > before["A2"]
    assert round(100 * (after - before).sum()) == second.summary["paid_cents"] - first.summary["paid_cents"]
    agent.open("score", lang, plan="")
    agent.says(f"{after['A2']:,.2f}")
    agent.keep(shots / f"incentives-agent-after-{lang}-{width_px}.png")
    agent.open("requests", lang, plan="")
    agent.says("looked at the platform's own log")
    assert agent.wider_px() <= 0


def _settle(own: Visit, file: Path, shots: Path, lang: str) -> None:
    """The manager brings the log in, sees what was understood, keeps it, and settles."""
    own.open("settle", lang, plan="")
    own.page.set_input_files("input[type=file]", file)
    _press(own, text("view.settle.keep", lang), before=shots / f"incentives-understood-{lang}-{_width(own)}.png")
    _press(own, text("view.settle.go", lang))
    link = own.page.get_by_role("link", name=text("view.settle.look", lang))
    link.first.wait_for(timeout=_MS)
    own.settle()
    own.keep(shots / f"incentives-settled-{lang}-{_width(own)}.png")
    assert own.wider_px() <= 0
    link.first.click()
    own.titled(text("view.incentives.title", lang))


def _look(own: Visit, run: int, shots: Path, lang: str) -> None:
    """Pay, scores, and a statement by its link."""
    own.open("incentives", lang, 1, plan="")
    own.keep(shots / f"incentives-pay-{lang}-{_width(own)}.png")
    assert own.wider_px() <= 0
    own.page.get_by_role("radio", name=text("view.pay.view.scores", lang)).or_(
        own.page.get_by_role("button", name=text("view.pay.view.scores", lang), exact=True)
    ).first.click()
    own.settle(4)
    own.keep(shots / f"incentives-scores-{lang}-{_width(own)}.png")
    own.page.goto(f"{own.address}/incentives?lang={lang}&run={run}&agent=A2")
    own.settle()
    own.page.wait_for_selector(".statement")
    own.keep(shots / f"incentives-statement-{lang}-{_width(own)}.png")
    own.says(text("statement.money", lang))
    assert own.wider_px() <= 0
    own.open("scheme", lang, plan="")
    own.keep(shots / f"incentives-scheme-{lang}-{_width(own)}.png")
    assert own.wider_px() <= 0


def _appeal(own: Visit, contact: str, shots: Path, lang: str) -> None:
    """The agent says on My score what is wrong."""
    own.open("score", lang, plan="")
    own.page.get_by_label(text("view.score.record", lang)).fill(contact)
    own.page.get_by_label(text("view.score.claim", lang)).fill("I replied after eight seconds.")
    _press(own, text("view.score.send", lang), before=shots / f"incentives-appeal-{lang}-{_width(own)}.png")
    own.page.get_by_text(text("view.score.sent", lang)).wait_for(timeout=_MS)


def _answer(own: Visit, contact: str, reply: str, shots: Path, lang: str) -> None:
    """The lead looks at the record, corrects the reply, and sees what it changed."""
    own.open("appeals", lang, plan="")
    own.page.get_by_text(contact).first.wait_for(timeout=_MS)
    own.keep(shots / f"incentives-facts-{lang}-{_width(own)}.png")
    assert own.wider_px() <= 0
    field = own.page.get_by_label(_column("first_reply", lang)).last
    field.fill(reply)
    field.press("Enter")
    own.settle()
    words = own.page.get_by_label(text("view.appeals.words", lang))
    words.fill("I looked at the platform's own log: you did.")
    words.press("Control+Enter")
    own.settle()
    _press(own, text("view.appeals.approve", lang))
    own.page.get_by_text(text("view.pay.sum_changed", lang)).wait_for(timeout=_MS)
    own.settle()
    own.keep(shots / f"incentives-answered-{lang}-{_width(own)}.png")
    assert own.wider_px() <= 0


def _column(name: str, lang: str) -> str:
    from desk.tables import table

    return table("contacts").columns[name].title(lang)


def _press(own: Visit, name: str, before: Path | None = None) -> None:
    button: Any = own.page.get_by_role("button", name=name, exact=True)
    button.wait_for(timeout=_MS)
    own.settle()
    if before is not None:
        own.keep(before)
    button.click()
    own.settle()


def _paid(store: Store, run: int) -> "pd.Series[float]":
    scores = read_scores(store, owner(), run)
    return scores[scores["measure"] == "composite"].set_index("agent")["payout"]


def _width(own: Visit) -> int:
    return int((own.page.viewport_size or {"width": 0})["width"])
