"""An agent swaps a shift: from an empty store, three people in browsers of their own, until the calendar shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pandas as pd
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from charts.theme import day_words
from desk.i18n import text
from planner.serve.serving import Serving
from store import Principal, open_store
from tests.browser.server import free_port, serving
from tests.browser.sides import DESKTOP_PX, PHONE_PX, sides
from tests.browser.visit import WAIT_MS, Visit
from tests.views.own_world import AGENTS, LEAD, OwnWorld, build

pytestmark = pytest.mark.browser
HEADER = "X-Auth-Email"
ANN, BOB = AGENTS["A1"], AGENTS["A2"]
PAGES = {"mine": ANN, "score": ANN, "requests": BOB, "team": LEAD}
CHARTS = {"mine": 1, "score": 2, "requests": 0, "team": 2}
Served = tuple[str, OwnWorld]


@contextmanager
def behind_proxy(folder: Path) -> Iterator[Served]:
    """The app behind its proxy on an empty store, into which a plan is then published."""
    url, port = f"sqlite:///{folder / 'store.db'}", free_port()
    store = open_store(url)
    environment = {"PEAKDESK_DB": url, **Serving("127.0.0.1", "proxy", "127.0.0.1", HEADER).environment()}
    words = [f'--server.trustedUserHeaders={{"{HEADER}": "email"}}']
    out, log = folder / "out", folder / "log"
    with serving(out, log, words=words, environment=environment, port=port) as address:
        yield address, build(store, folder / "desk")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A server of the test's own."""
    with behind_proxy(tmp_path) as served:
        yield served


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for those who only look."""
    with behind_proxy(tmp_path_factory.mktemp("swap")) as served:
        yield served


def browser_of(browser: Browser, who: Principal) -> BrowserContext:
    """A browser that the proxy lets in as somebody."""
    return browser.new_context(locale="en-US", extra_http_headers={HEADER: who.who})


class Person:
    """Somebody at a page."""

    def __init__(self, context: BrowserContext, address: str, lang: str, width_px: int) -> None:
        self.visit, self.lang = Visit(context, address, width_px), lang
        self.page = self.visit.page

    def open(self, name: str) -> None:
        """Go to a page."""
        self.page.goto(f"{self.visit.address}/{name}?lang={self.lang}")
        self.visit.titled(self.say(f"view.{name}.title"))

    def say(self, key: str, **facts: object) -> str:
        """Words of the app in this person's language."""
        return text(key, self.lang, **facts)

    def press(self, key: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=self.say(key), exact=True).first.click()

    def tab(self, words: str) -> None:
        """Go to a tab."""
        self.page.get_by_role("tab", name=words).click()

    def wait_for(self, words: str) -> None:
        """Wait until the page says something."""
        self.page.get_by_text(words).first.wait_for(timeout=WAIT_MS)
        self.visit.settle()


@pytest.mark.parametrize(("lang", "width_px"), sides("zh", PHONE_PX))
def test_an_agent_swaps_a_shift(fresh: Served, browser: Browser, shots: Path, lang: str, width_px: int) -> None:
    """Asked, accepted, judged, approved: both work the other's shift, also in the calendar. One that breaks a rule is
    refused with the rule's sentence.
    """
    address, world = fresh
    ann, bob, lee = (Person(browser_of(browser, who), address, lang, width_px) for who in (ANN, BOB, LEAD))
    calendar = _subscribed(ann)
    _ask(ann, world, 3, 2)
    _accept(bob, world, 3)
    _judged(lee)
    lee.visit.says("30 CNY")
    expect(lee.page.get_by_text(lee.say("view.team.forbidden"))).to_have_count(0, timeout=WAIT_MS)
    lee.visit.keep(shots / f"swap-verdict-{lang}-{width_px}.png")
    lee.press("view.requests.do.approve")
    lee.wait_for(lee.say("view.team.approved.swap"))
    for one, day, shift in ((ann, 2, "L 13:00–22:00"), (bob, 3, "E 08:00–17:00")):
        one.open("mine")
        one.visit.says(f"{_day(world, day, lang)} {shift}")
    assert _starts(calendar) == _starts_of(world, {0: 8, 1: 8, 2: 13, 5: 8})
    _ask(ann, world, 5, 6)
    _accept(bob, world, 5)
    _judged(lee)
    lee.visit.says(lee.say("view.team.forbidden"), "Li Lei (A2)", world.day(5).isoformat())
    lee.visit.keep(shots / f"swap-forbidden-{lang}-{width_px}.png")
    approve = lee.page.get_by_role("button", name=lee.say("view.requests.do.approve"), exact=True).first
    expect(approve).to_be_disabled(timeout=WAIT_MS)
    lee.press("view.requests.do.refuse")
    lee.wait_for(lee.say("view.requests.done.refuse"))
    ann.open("requests")
    ann.visit.says(ann.say("view.requests.status.refused"))
    for one in (ann, bob, lee):
        assert not one.visit.exceptions()
        assert one.visit.wider_px() <= 0
        assert one.visit.faults == []
        one.page.context.close()


def _subscribed(person: Person) -> str:
    """The address of a calendar that the person just made."""
    person.open("mine")
    person.press("view.mine.make")
    person.wait_for("/calendar/")
    shown = person.page.get_by_text("/calendar/").first.inner_text().strip()
    assert urlsplit(shown).netloc == urlsplit(person.visit.address).netloc
    return shown


def _ask(person: Person, world: OwnWorld, own: int, other: int) -> None:
    """Offer one's shift of a day for the first colleague's of another."""
    person.open("requests")
    person.tab(person.say("view.requests.kind.swap"))
    person.page.get_by_label(person.say("view.requests.mine")).first.click()
    person.page.get_by_role("option", name=_day(world, own, person.lang)).click()
    person.visit.settle()
    field = person.page.get_by_label(person.say("view.requests.their_day")).first
    field.get_by_role("spinbutton").first.click()
    person.page.keyboard.type(f"{world.day(other):%Y%m%d}")
    person.page.keyboard.press("Tab")
    person.press("view.requests.ask_colleague")
    person.wait_for(person.say("view.requests.made.swap"))


def _accept(person: Person, world: OwnWorld, day: int) -> None:
    """See what is offered, and take it."""
    person.open("requests")
    person.visit.says(person.say("view.requests.asked_of_me"), _day(world, day, person.lang), "08:00–10:00 after_sale")
    person.press("view.requests.do.accept")
    person.wait_for(person.say("view.requests.done.accept"))


def _judged(person: Person) -> None:
    """The lead opens what waits for them."""
    person.open("team")
    person.page.get_by_test_id("stButtonGroup").get_by_text(person.say("view.team.waiting", count=1)).click()
    person.wait_for(person.say("view.requests.do.refuse"))


def _day(world: OwnWorld, place: int, lang: str) -> str:
    return day_words(pd.Timestamp(world.day(place)), lang)


def _starts(address: str) -> set[pd.Timestamp]:
    """When the events of a calendar begin."""
    lines = httpx.get(address, trust_env=False, timeout=30, headers={HEADER: ""}).text.splitlines()
    return {pd.Timestamp(line.removeprefix("DTSTART:")) for line in lines if line.startswith("DTSTART:")}


def _starts_of(world: OwnWorld, hours: dict[int, int]) -> set[pd.Timestamp]:
    days = {pd.Timestamp(world.day(place), tz="Asia/Shanghai"): hour for place, hour in hours.items()}
    return {day + pd.Timedelta(hours=hour) for day, hour in days.items()}


@pytest.mark.parametrize("name", PAGES)
def test_an_own_page_stands(served: Served, browser: Browser, shots: Path, name: str) -> None:
    """Under its title, in both languages, wide and narrow, nothing cut off, nobody else asked for anything."""
    context = browser_of(browser, PAGES[name])
    for lang, width_px in sorted({*sides("en", DESKTOP_PX), *sides("zh", PHONE_PX)}):
        own = Person(context, served[0], lang, width_px)
        own.open(name)
        own.visit.settle(CHARTS[name])
        assert len(own.visit.marks()) == CHARTS[name]
        assert all(own.visit.marks())
        own.visit.keep(shots / f"{name}-{lang}-{width_px}.png")
        assert not own.visit.exceptions()
        assert own.visit.wider_px() <= 0
        assert own.visit.faults == []
        if lang == "en":
            assert own.visit.unfit() == []
        own.page.close()
    context.close()
