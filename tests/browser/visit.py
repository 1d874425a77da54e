"""One person's browser: opens pages, waits until they stand, and keeps what should not have happened."""

from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

_WAIT_MS = 60_000
_PROBES = "/_stcore/"
_MARKS = ", ".join(
    (".scatterlayer .js-line", ".scatterlayer .point", ".barlayer .point path", ".heatmaplayer image", ".fills path")
)
_DRAWN = """(marks) => [...document.querySelectorAll('.js-plotly-plot')].map(plot =>
    [...plot.querySelectorAll(marks)].filter(mark => {
        const box = mark.getBoundingClientRect(); return box.width > 0 || box.height > 0; }).length)"""
_STANDS = """([marks, count]) => { const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
    return charts.length >= count && charts.every(chart => chart.querySelector(marks)); }"""
_WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"


class Visit:
    """A page of the app in a browser of its own.

    Parameters
    ----------
    address : of the server; a request to anything else is a fault.
    """

    def __init__(self, context: BrowserContext, address: str, width_px: int = 1280) -> None:
        self.address = address
        self.faults: list[str] = []
        self.page: Page = context.new_page()
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
        """Wait until the page's script has ended and ``charts`` charts have come with their marks."""
        self.page.wait_for_selector("h1", timeout=_WAIT_MS)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=_WAIT_MS)
        self.page.wait_for_function(_STANDS, arg=[_MARKS, charts], timeout=_WAIT_MS)

    def marks(self) -> list[int]:
        """For each chart, how many marks of data it shows."""
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
