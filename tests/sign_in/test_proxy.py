"""Sign-in by one proxy, on the running server: its header says who looks, and nobody else's does."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from desk.i18n import text
from planner.serve.serving import Serving
from store import open_store
from tests.browser.server import free_port, serving
from tests.sign_in.conftest import Opening
from tests.unit.store.conftest import made_small
from tests.unit.store.world import build

pytestmark = pytest.mark.browser
HEADER = "X-Auth-Email"
_WAIT_MS = 60_000


@pytest.fixture(scope="module", params=["127.0.0.1", "127.0.0.2"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bool]]:
    """The app's address, and whether we are the proxy that it is pinned to."""
    folder, port = tmp_path_factory.mktemp("proxy"), free_port()
    url = f"sqlite:///{folder / 'peakdesk.db'}"
    build(open_store(url), made_small())
    pinned = str(request.param)
    environment = {"PEAKDESK_DB": url, **Serving("127.0.0.1", "proxy", pinned, HEADER).environment()}
    words = [f'--server.trustedUserHeaders={{"{HEADER}": "email"}}']
    with serving(
        folder / "out", folder / "log", words=words, environment=environment, port=port, ready=False
    ) as address:
        yield address, pinned == "127.0.0.1"


def test_only_the_proxy_is_served(app: tuple[str, bool]) -> None:
    """Also where a request claims to come from it."""
    address, is_proxy = app
    for head in ({}, {"X-Forwarded-For": "127.0.0.2"}, {"Forwarded": "for=127.0.0.2"}, {HEADER: "mia@example.com"}):
        for path in ("/", "/api/v1/me", "/_stcore/health", "/calendar/x.ics"):
            answer = httpx.get(address + path, headers=head, trust_env=False, timeout=30)
            assert (answer.status_code != 403) == is_proxy, (path, head)


def test_who_the_proxy_names_sees_their_own(app: tuple[str, bool], open_page: Opening) -> None:
    """A known agent their page, an unknown name how to get access, no name nothing."""
    address, is_proxy = app
    if not is_proxy:
        return
    for who, title in (
        ("a1@example.com", "view.mine.title"),
        ("eve@example.com", "view.who.title"),
        ("", "view.who.title"),
    ):
        page = open_page(**({HEADER: who} if who else {}))
        page.goto(f"{address}/?lang=en")
        expect(page.locator("h1")).to_have_text(text(title, "en"), timeout=_WAIT_MS)


OWN = {
    "mia@example.com": ("start", "overview", "roster", "settle", "team", "data"),
    "ana@example.com": ("start", "overview", "roster", "forecast", "data"),
    "aud@example.com": ("overview", "roster", "incentives"),
    "lee@example.com": ("mine", "score", "requests", "team", "incentives"),
    "a1@example.com": ("mine", "score", "requests"),
}
FOREIGN = {
    "mia@example.com": ("mine", "requests"),
    "ana@example.com": ("settle", "team", "mine"),
    "aud@example.com": ("data", "settle", "team", "start"),
    "lee@example.com": ("overview", "settle", "data"),
    "a1@example.com": ("overview", "team", "incentives", "data"),
}


@pytest.mark.parametrize("who", OWN)
def test_each_role_has_its_pages(app: tuple[str, bool], open_page: Opening, who: str) -> None:
    """A whole plan for who may read all of it, a team's for its lead, one's own for everybody who works; no other page
    by its address.
    """
    address, is_proxy = app
    if not is_proxy:
        return
    page = open_page(**{HEADER: who})
    for name in FOREIGN[who][:2]:
        page.goto(f"{address}/{name}?lang=en")
        page.wait_for_selector("h1", timeout=_WAIT_MS)
        expect(page.locator("h1")).not_to_have_text(_title(name), timeout=_WAIT_MS)
    page.goto(f"{address}/{OWN[who][-1]}?lang=en")
    expect(page.locator("h1")).to_have_text(_title(OWN[who][-1]), timeout=_WAIT_MS)
    links = page.get_by_test_id("stSidebarNavLink")
    for name in OWN[who]:
        expect(links.filter(has_text=_title(name)).first).to_be_visible(timeout=_WAIT_MS)
    shown = {words.splitlines()[-1] for words in links.all_inner_texts()}  # the line above is the icon's
    assert not {_title(name) for name in FOREIGN[who]} & shown


def _title(name: str) -> str:
    return text(f"view.{name}.title", "en")
