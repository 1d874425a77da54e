"""Sign-in by a real OpenID Connect provider, in a real browser: who is proved becomes who is known, and nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from desk.i18n import text
from store import open_store
from tests.browser.server import free_port, serving
from tests.sign_in.conftest import Opening
from tests.sign_in.provider import CLIENT, SECRET, Provider, providing
from tests.unit.store.conftest import made_small
from tests.unit.store.world import build

pytestmark = pytest.mark.browser
_WAIT_MS = 60_000


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Provider]]:
    """The app behind a provider, over the small world."""
    folder = tmp_path_factory.mktemp("oidc")
    port, other = free_port(), free_port()
    url = f"sqlite:///{folder / 'peakdesk.db'}"
    build(open_store(url), made_small())
    file = written_secrets(folder, port, other)
    environment = {
        "PEAKDESK_DB": url,
        "PEAKDESK_SIGN_IN": "oidc",
        "PEAKDESK_SECRETS": str(file),
        "FORWARDED_ALLOW_IPS": "",
    }
    back = f"http://127.0.0.1:{port}/oauth2callback"
    words = [f"--secrets.files={file}"]
    with (
        providing(other, back) as provider,
        serving(folder / "out", folder / "server.log", words=words, environment=environment, port=port) as address,
    ):
        yield address, provider


def written_secrets(folder: Path, port: int, other: int) -> Path:
    """The file that the how-to tells to write."""
    file = folder / "secrets.toml"
    file.touch(mode=0o600)
    lines = {
        "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": "M4Pk9mSQ1vXw7ZrTg2uYb8nJc5eHd0LaF3oKi6Wq-E_",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"http://127.0.0.1:{other}/.well-known/openid-configuration",
    }
    file.write_text("[auth]\n" + "".join(f'{key} = "{value}"\n' for key, value in lines.items()), encoding="utf-8")
    return file


def entered(open_page: Opening, app: tuple[str, Provider], **who: object) -> Page:
    """The page after somebody has signed in."""
    address, provider = app
    provider.signed_in = who
    page = open_page()
    page.goto(f"{address}/?lang=en")
    page.get_by_role("button", name=text("view.who.button", "en"), exact=True).click(timeout=_WAIT_MS)
    page.get_by_role("button", name=text("view.who.out", "en")).wait_for(timeout=_WAIT_MS)
    return page


def test_nobody_sees_a_page_before_signing_in(open_page: Opening, app: tuple[str, Provider]) -> None:
    """Whatever address they type."""
    page = open_page()
    for path in ("", "roster", "incentives", "mine"):
        page.goto(f"{app[0]}/{path}?lang=en")
        page.get_by_role("button", name=text("view.who.button", "en"), exact=True).wait_for(timeout=_WAIT_MS)
        expect(page.locator("h1")).to_have_text(text("view.who.title", "en"), timeout=_WAIT_MS)


def test_an_agent_sees_their_own(open_page: Opening, app: tuple[str, Provider]) -> None:
    """The proved address is a principal's: their page opens, no other; and so does the calendar's address."""
    page = entered(open_page, app, email="A1@example.com", email_verified=True)
    expect(page.locator("h1")).to_have_text(text("view.mine.title", "en"), timeout=_WAIT_MS)
    assert app[1].asked[-2:] == ["authorize", "token"]
    page.get_by_role("button", name=text("view.mine.make", "en")).click(timeout=_WAIT_MS)
    expect(page.get_by_test_id("stCode")).to_contain_text("/calendar/", timeout=_WAIT_MS)
    shown = page.inner_text("[data-testid=stCode]").strip()
    assert shown.startswith(app[0])
    assert page.request.get(shown).text().count("BEGIN:VEVENT") == 1
    page.goto(f"{app[0]}/incentives?lang=en")
    expect(page.locator("h1")).to_have_text(text("view.mine.title", "en"), timeout=_WAIT_MS)


def test_who_is_proved_but_unknown_gets_nothing(open_page: Opening, app: tuple[str, Provider]) -> None:
    """They are told how to get access, and by which name."""
    page = entered(open_page, app, email="eve@example.com", email_verified=True)
    page.get_by_text("eve\u2060@example.com").wait_for(timeout=_WAIT_MS)
    expect(page.locator("h1")).to_have_text(text("view.who.title", "en"), timeout=_WAIT_MS)


def test_an_unverified_address_proves_nothing(open_page: Opening, app: tuple[str, Provider]) -> None:
    """Anybody can claim a manager's address at a provider that does not check."""
    page = entered(open_page, app, email="mia@example.com", email_verified=False)
    page.get_by_text(text("view.who.unproved", "en")).wait_for(timeout=_WAIT_MS)
