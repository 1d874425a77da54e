"""A roster is edited, checked, signed by four people and published, in the browser, from an empty store."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, expect

from charts.theme import day_words
from desk.i18n import text
from planner.serve.serving import Serving
from store import Principal, add_principal, open_store, owner
from tests.browser.server import free_port, serving
from tests.browser.sides import sides
from tests.browser.visit import WAIT_MS, Visit
from tests.unit.planner.test_import_book import put
from tests.views.tiny_plan import write_plan

HEADER = "X-Auth-Email"
PEOPLE = {
    "mia@example.com": Principal("mia@example.com", "manager", ("A",)),
    "ana@example.com": Principal("ana@example.com", "analyst", ("A",)),
    "pam@example.com": Principal("pam@example.com", "manager", ("A",)),
    "oz@example.com": Principal("oz@example.com", "manager", ("B",)),
}
STEPS = dict(zip(("setter", "second", "peer", "other"), PEOPLE, strict=True))
_TRIES = 3
pytestmark = pytest.mark.browser


class Roster:
    """One person at the roster page."""

    def __init__(self, own: Visit, lang: str) -> None:
        self.own, self.page, self.lang = own, own.page, lang

    def words(self, key: str, **facts: object) -> str:
        """The page's words."""
        return text(f"view.roster.{key}", self.lang, **facts)

    def go(self, part: str) -> None:
        """A part of the page, by its address."""
        self.page.goto(f"{self.own.address}/roster?lang={self.lang}&part={part}")
        self.own.settle()

    def press(self, key: str, **facts: object) -> None:
        """Click a button, and wait until the page stands."""
        self.page.get_by_role("button", name=self.words(key, **facts), exact=True).click()
        self.own.settle()

    def choose(self, key: str, option: str) -> None:
        """Choose in a list, by typing as well as by clicking."""
        self.own.choose(self.words(key), option, exact=False)

    def said(self, words: str) -> None:
        """Wait until the page says it."""
        self.page.get_by_text(words).first.wait_for(timeout=WAIT_MS)

    def want(self, agent: str, day: str, shift: str) -> None:
        """Choose who, when and which shift."""
        self.choose("edit.who", agent)
        self.choose("edit.day", day_words(pd.Timestamp(day), self.lang))
        self.choose("edit.new_shift", shift)

    def save(self, why: str) -> None:
        """Write the reason, and press save."""
        box = self.page.get_by_label(self.words("edit.reason"))
        box.fill(why)
        box.press("Tab")
        self.press("edit.save")

    def _looked(self, topic: str) -> str:
        return self.words("sign.looked", topic=self.words(f"sign.topic.{topic}"))

    def tick(self, words: str) -> None:
        """Click a box until it is ticked."""
        box = self.page.locator("[data-testid=stCheckbox]", has_text=words).first
        for _ in range(_TRIES):
            self.own.settle()
            if box.locator("input").is_checked():
                return
            box.locator("label").click()
        expect(box.locator("input")).to_be_checked(timeout=WAIT_MS)

    def sign(self, step: str) -> None:
        """Look at every part of the list, and sign."""
        self.go("sign")
        self.said(self._looked("audit"))
        for topic in ("audit", "cover", "price", "briefing", "leave", "overtime"):
            self.own.settle()
            if self.page.get_by_text(self._looked(topic), exact=True).count():
                self.tick(self._looked(topic))
        named = self.words("sign.sign", step=self.words(f"sign.step.{step}"), who=STEPS[step].replace("@", "\u2060@"))
        self.page.get_by_role("button", name=named, exact=True).click()
        self.said(self.words("sign.signed", step=self.words(f"sign.step.{step}")))


@pytest.fixture
def app(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """The app behind a proxy that names people, on a store that knows four of them and nothing else; a plan, whose
    rules ask for eleven hours of rest, lies in an output folder."""
    url = f"sqlite:///{tmp_path / 'peakdesk.db'}"
    for one in PEOPLE.values():
        add_principal(open_store(url), owner(), one)
    write_plan(tmp_path / "out" / "tiny", tmp_path / "desk", "min_rest_h = 11\n")
    environment = {"PEAKDESK_DB": url, **Serving("127.0.0.1", "proxy", "127.0.0.1", HEADER).environment()}
    words = [f'--server.trustedUserHeaders={{"{HEADER}": "email"}}']
    with serving(
        tmp_path / "out", tmp_path / "log", words=words, environment=environment, port=free_port(), ready=False
    ) as address:
        yield address


@pytest.mark.parametrize(("lang", "width_px"), sides("en", 1280))
def test_a_roster_is_edited_signed_and_published(
    app: str, context: BrowserContext, shots: Path, tmp_path: Path, lang: str, width_px: int
) -> None:
    """A rule that breaks is said before it is saved and never saved unsaid, on the page and from a spreadsheet; four
    people sign; then nothing moves.
    """
    visits: list[Visit] = []

    def person(who: str) -> Roster:
        visits.append(Visit(context, app, width_px, {HEADER: who}))
        return Roster(visits[-1], lang)

    def shot(one: Roster, name: str) -> None:
        one.own.settle()
        assert not one.own.exceptions()
        one.own.keep(shots / f"journey-roster-{name}-{lang}-{width_px}.png")
        assert one.own.wider_px() <= 0

    mia = person("mia@example.com")
    mia.go("look")
    mia.press("keep")
    mia.said(mia.words("kept"))
    mia.choose("form", mia.words("day"))
    mia.own.settle(1)
    shot(mia, "day")
    _edit(mia, shot)
    _bring_book(mia, tmp_path / "edited.xlsx", shot)
    mia.go("sign")
    mia.press("sign.lay_down")
    for step, who in STEPS.items():
        one = mia if step == "setter" else person(who)
        one.sign(step)
        shot(one, f"sign-{step}")
    mia.go("sign")
    mia.press("sign.publish")
    mia.said(mia.words("sign.published"))
    status = text("view.plan.status.published", lang)
    chosen = mia.page.get_by_role("combobox", name=text("view.app.plan", lang))
    expect(chosen).to_have_value(re.compile(status), timeout=WAIT_MS)
    mia.go("edit")
    mia.said(mia.words("refused.final", status=status))
    expect(mia.page.get_by_role("button", name=mia.words("edit.save"))).to_have_count(0, timeout=WAIT_MS)
    shot(mia, "published")
    assert [fault for own in visits for fault in own.faults] == []
    for own in visits:
        own.page.close()


def _edit(mia: Roster, shot: Callable[[Roster, str], None]) -> None:
    """A cell that breaks a rule: refused, then saved knowingly, taken back; then one that breaks none."""
    mia.go("edit")
    mia.want("A1", "2026-06-19", "M1")
    mia.said(mia.words("verdict.new"))
    mia.save("cover for a colleague")
    mia.said(mia.words("edit.not_hard"))
    mia.said(mia.words("journal.none"))
    shot(mia, "broken")
    mia.page.get_by_text(mia.words("edit.hard")).click()
    mia.own.settle()
    mia.press("edit.save")
    mia.said(mia.words("edit.saved", cells=9))
    mia.press("journal.undo")
    mia.said(mia.words("journal.undone", cells=9))
    mia.go("sign")
    mia.page.get_by_label(mia.words("sign.settle_why")).fill("taken back")
    mia.page.get_by_label(mia.words("sign.settle_why")).press("Tab")
    mia.press("sign.settle")
    mia.go("edit")
    mia.want("A3", "2026-06-17", "M1")
    mia.said(mia.words("verdict.good"))
    shot(mia, "good")
    mia.save("more people at the opening")
    mia.said(mia.words("edit.saved", cells=9))
    shot(mia, "journal")


def _bring_book(mia: Roster, file: Path, shot: Callable[[Roster, str], None]) -> None:
    """The book goes out and comes back with a cell that somebody changed: told, and left; then told and saved."""
    mia.go("book")
    with mia.page.expect_download() as taken:
        mia.press("book.download")
    taken.value.save_as(file.with_name("taken.xlsx"))
    for agent, day, told in (("B2", "2026-06-18", "verdict.new"), ("B3", "2026-06-17", "verdict.good")):
        book = load_workbook(file.with_name("taken.xlsx"))
        put(agent, day, "M1")(book)
        book.save(file)
        mia.go("book")
        mia.page.set_input_files("input[type=file]", file)
        mia.said(mia.words("book.differ", count=1))
        mia.said(mia.words(told))
        shot(mia, f"book-{agent}")
    mia.save("agreed by telephone")
    mia.said(mia.words("edit.saved", cells=9))
