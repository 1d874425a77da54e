"""The pictures of all pages for the documents: ``python -m tests.browser.pictures OUT [FOLDER]`` (``make pictures``).

OUT is an output folder of ``peakdesk plan``. Its plan is kept in a store, signed and published; its desk is forecast,
its simulated log settled; then its manager, a lead and an agent look at their pages in both languages.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from desk.i18n import LANGUAGES
from planner.jobs import ask
from planner.kept import keep
from planner.output.read import read_output
from planner.serve.serving import Serving
from planner.sign_off import lay_down_checks
from planner.worker import work_once
from store import Principal, Store, add_principal, import_contacts, open_store, owner, publish_plan, sign_plan
from store.schema.plan import STEPS
from tests.browser.install import chromium
from tests.browser.server import free_port, serving
from tests.browser.visit import Visit
from views.doors import doors_of

_HEADER, _WIDTH_PX, _COLOURS, _LONGEST_PX = "X-Auth-Email", 1280, 128, 3200
_STEPS = 5


def main(out: Path, folder: Path) -> None:
    """Take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as place, sync_playwright() as driver:
        url = f"sqlite:///{Path(place) / 'store.db'}"
        people = _filled(open_store(url), out)
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        with _served(Path(place), url) as address:
            taken: set[str] = set()
            for who in people:
                names = [door.name for door in doors_of(who) if door.name not in taken]
                taken |= set(names)
                for lang in LANGUAGES:
                    _looked(browser, address, who, names, lang, folder)


def _filled(store: Store, out: Path) -> tuple[Principal, ...]:
    """A published plan, a forecast and a settled log; a manager, a lead and an agent of it."""
    planned, server = read_output(out), owner()
    plan = keep(store, server, out)
    first = planned.desk.table("agents").iloc[0]
    team = str(first["team"])
    manager, peer = Principal("manager@example.com", "manager"), Principal("peer@example.com", "manager")
    second, lead = Principal("second@example.com", "analyst"), Principal("lead@example.com", "lead", (team,))
    agent = Principal("agent@example.com", "agent", (), str(first["agent"]))
    for who in (manager, second, peer, lead, agent):
        add_principal(store, server, who)
    lay_down_checks(store, manager, plan.hash)
    for step, who in zip(STEPS, (manager, second, peer, lead), strict=True):
        sign_plan(store, who, plan.hash, step)
    publish_plan(store, manager, plan.hash)
    log = import_contacts(store, manager, "618", planned.simulation.contacts, plan.desk)
    ask(store, manager, "forecast", {"desk": plan.desk})
    ask(store, manager, "score", {"desk": plan.desk, "log": log.id, "plan": plan.hash, "name": "618"})
    while work_once(store) is not None:
        pass
    return manager, lead, agent


@contextmanager
def _served(place: Path, url: str) -> Iterator[str]:
    environment = {"PEAKDESK_DB": url, **Serving("127.0.0.1", "proxy", "127.0.0.1", _HEADER).environment()}
    words = [f'--server.trustedUserHeaders={{"{_HEADER}": "email"}}']
    (place / "out").mkdir()
    with serving(place / "out", place / "log", words=words, environment=environment, port=free_port()) as address:
        yield address


def _looked(browser: Browser, address: str, who: Principal, names: list[str], lang: str, folder: Path) -> None:
    context = browser.new_context(locale="en-US", extra_http_headers={_HEADER: who.who})
    own = Visit(context, address, _WIDTH_PX)
    for name in names:
        own.page.goto(f"{address}/{name}?lang={lang}")
        own.settle()
        if name == "whatif":
            _suppose(own)
        own.page.wait_for_timeout(1500)
        with tempfile.TemporaryDirectory() as place:
            own.take(Path(place) / "a.png")
            _put(Path(place) / "a.png", folder / f"{name}-{lang}.png")
        assert not own.exceptions(), (name, lang)
    context.close()
    assert not own.faults, own.faults


def _suppose(own: Visit) -> None:
    """A quarter more of the first thing that can be supposed."""
    for _ in range(_STEPS):
        own.page.get_by_role("slider").first.press("ArrowRight")
    own.settle(charts=1)


def _put(source: Path, target: Path) -> None:
    """In few colours, so that the documents stay light."""
    with Image.open(source) as picture:
        cut = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, _LONGEST_PX)))
        buffer = BytesIO()
        cut.quantize(_COLOURS).save(buffer, "PNG", optimize=True)
    target.write_bytes(buffer.getvalue())


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "docs/img"))
