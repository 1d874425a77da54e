"""One person's browser: opens pages, waits until they stand, and keeps what should not have happened."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.slowness import slow_down
from tests.browser.standing import Standing

WAIT_MS = 60_000
_STANDS_MS = 60
_LACKS_MS = 150
"""To look more often takes the processor from the page that is waited for."""
_PROBES = "/_stcore/"
_MARKS = ", ".join(
    (".scatterlayer .js-line", ".scatterlayer .point", ".barlayer .point path", ".heatmaplayer image", ".fills path")
)
_DRAWN = """(marks) => [...document.querySelectorAll('.js-plotly-plot')].filter(plot =>
    plot.querySelector('.xtick, .ytick') || !plot.querySelector('.annotation-text')).map(plot =>
    [...plot.querySelectorAll(marks)].filter(mark => {
        const box = mark.getBoundingClientRect(); return box.width > 0 || box.height > 0; }).length)"""
_WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"


class Visit:
    """A page of the app in a browser of its own.

    Parameters
    ----------
    address : of the server; a request to anything else is a fault.
    headers : that a proxy adds to every request of this page.
    """

    def __init__(
        self, context: BrowserContext, address: str, width_px: int = 1280, headers: Mapping[str, str] | None = None
    ) -> None:
        self.address = address
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_extra_http_headers(dict(headers or {}))
        self.page.set_default_timeout(WAIT_MS)
        self._standing = Standing(self.page, _MARKS)
        slow_down(self.page)
        self.page.set_viewport_size({"width": width_px, "height": 900})
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        self.page.on("websocket", lambda socket: self._reached(socket.url))

    def open(self, name: str, lang: str, charts: int = 0, plan: str = "tiny") -> None:
        """Go to a page of a plan by its address and wait until it stands, with so many charts."""
        self.page.goto(f"{self.address}/{name}?lang={lang}&plan={plan}")
        self.settle(charts)

    def settle(self, charts: int = 0) -> None:
        """Wait until the page stands, twice in a row, with at least ``charts`` charts that show their marks."""
        until, stood = time.monotonic() + WAIT_MS / 1000, 0
        while stood < 2:
            lacks = self._standing.lacking(charts)
            stood = 0 if lacks else stood + 1
            assert time.monotonic() < until, f"{self.page.url} still lacks: {lacks}"
            self.page.wait_for_timeout(_LACKS_MS if lacks else _STANDS_MS)

    def says(self, *words: str) -> None:
        """Wait until the page, without its menu, shows all these words; line breaks count as blanks."""
        for own in words:
            expect(self.page.get_by_test_id("stMain")).to_contain_text(own, use_inner_text=True, timeout=WAIT_MS)

    def titled(self, title: str) -> None:
        """Wait until the page with this title stands."""
        expect(self.page.locator("h1")).to_have_text(title, timeout=WAIT_MS)
        self.settle()

    def choose(self, label: str, option: str, *, exact: bool = True) -> None:
        """Choose in a list by typing what is wanted, until nothing else is listed, and clicking it."""
        self.settle()
        box = self.page.get_by_role("combobox", name=label, exact=exact).first
        if box.input_value() == option:
            return
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option, exact=exact).first.click()
        self.settle()

    def marks(self) -> list[int]:
        """For each chart that does not say that there is nothing, how many marks of data it shows."""
        found: list[int] = self.page.evaluate(_DRAWN, _MARKS)
        return found

    def wider_px(self) -> int:
        """How much the page is wider than the screen."""
        return int(self.page.evaluate(_WIDER))

    def unfit(self) -> list[str]:
        """What axe finds that keeps people with a screen reader or weak eyes out: its serious and critical findings."""
        found = Axe().run(self.page).response["violations"]
        return [f"{own['id']}: {own['nodes'][0]['html']}" for own in found if own["impact"] in ("serious", "critical")]

    def exceptions(self) -> int:
        """How many error boxes of Streamlit's stand on the page."""
        return self.page.locator("[data-testid=stException]").count()

    def keep(self, file: Path) -> None:
        """Its picture where ``PEAKDESK_SHOTS`` asks for pictures: nobody looks at them in CI."""
        if "PEAKDESK_SHOTS" in os.environ:
            self.take(file)

    def take(self, file: Path) -> None:
        """A picture of the whole page."""
        height = int(self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))
        size = self.page.viewport_size or {"width": 1280, "height": 900}
        self.page.set_viewport_size({"width": size["width"], "height": height + 40})
        self.page.wait_for_timeout(300)
        self.page.screenshot(path=str(file))
        self.page.set_viewport_size(size)

    def _asked(self, request: Request) -> None:
        self._reached(request.url)

    def _reached(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.address).netloc:
            self.faults.append(f"request: {url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and _PROBES not in message.location.get("url", ""):
            self.faults.append(f"console: {message.text} {message.location}")
