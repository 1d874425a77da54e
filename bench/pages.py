"""How quick the pages are: ``python -m bench.pages OUT [SESSIONS]`` on the plan in the output folder OUT.

The plan is put into a store of its own; the server starts cold; one person walks all pages several times; then many
sessions look at once. Times are of the whole way: click, server, drawing, until the page stands.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from desk.i18n import text
from planner.kept import keep
from store import open_store, owner
from tests.browser.install import chromium
from tests.browser.server import serving
from views.doors import doors_of

_ROUNDS, _SESSIONS = 3, 20
_STANDS = "[data-testid=stApp][data-test-script-state=notRunning]"
_TITLE = "(title) => document.querySelector('h1')?.innerText === title"


def main(out: Path, sessions: int = _SESSIONS) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder, sync_playwright() as driver:
        place = Path(folder)
        (place / "out").mkdir()
        keep(open_store(f"sqlite:///{place / 'server.db'}"), owner(), out)
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        began = time.monotonic()
        with serving(place / "out", place / "server.log") as address:
            page = _opened(browser, address)
            cold_s, cpu_s = time.monotonic() - began, _cpu_s(_server(address))
            print(f"cold start to the first page: {cold_s:.1f} s, of which the server worked {cpu_s:.1f} s")
            _walked(page)
            _crowded(browser, address, sessions)
            print(f"the server's CPU time in all: {_cpu_s(_server(address)):.1f} s")


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US")
    page.goto(f"{address}/overview?lang=en")
    _stands(page, "overview")
    return page


def _stands(page: Page, name: str) -> None:
    page.wait_for_function(_TITLE, arg=text(f"view.{name}.title", "en"), timeout=120_000)
    page.wait_for_selector(_STANDS, timeout=120_000)


def _walked(page: Page) -> None:
    """Each page several times, by the menu; the first round, which fills what is kept, apart."""
    names = [door.name for door in doors_of(owner())]
    taken: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(_ROUNDS + 1):
        for name in names:
            began = time.monotonic()
            page.get_by_role("link", name=text(f"view.{name}.title", "en"), exact=True).first.click()
            _stands(page, name)
            taken[name].append(time.monotonic() - began)
    print("page changes, s: first, then median and longest of the others")
    for name, own in taken.items():
        print(f"  {name:12} {own[0]:5.2f} {median(own[1:]):5.2f} {max(own[1:]):5.2f}")
    later, first = [seconds for own in taken.values() for seconds in own[1:]], sum(own[0] for own in taken.values())
    print(f"  all          median {median(later):.2f}, longest {max(later):.2f}; first round {first:.1f}")


def _crowded(browser: Browser, address: str, sessions: int) -> None:
    pages = [_opened(browser, address) for _ in range(sessions)]
    print(f"the server with {len(pages) + 1} sessions: {_resident_mb(_server(address)):,.0f} MB")


def _server(address: str) -> Path:
    """The process that serves the app, below /proc."""
    port = f"--server.port={urlsplit(address).port}".encode()
    return next(status.parent for status in Path("/proc").glob("[0-9]*/cmdline") if port in _words(status))


def _words(status: Path) -> list[bytes]:
    try:
        return status.read_bytes().split(b"\0")
    except OSError:
        return []


def _resident_mb(process: Path) -> float:
    """MB."""
    lines = (process / "status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _cpu_s(process: Path) -> float:
    """User and system time so far, s."""
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return sum(int(own) for own in fields[11:13]) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(own) for own in sys.argv[2:]))
