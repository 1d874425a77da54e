"""A real Chromium and the real server."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from planner import plan
from store import open_store
from tests.browser.server import serving
from tests.browser.visit import Visit
from tests.views.hostile_desk import write_hostile
from tests.views.stocked import stock
from tests.views.tiny_plan import write_plan

Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def hostile_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of a desk whose names are meant to break what shows them."""
    folder = tmp_path_factory.mktemp("hostile")
    plan(write_hostile(folder / "desk"), folder / "out", runs=3, time_limit_s=2)
    return folder / "out"


@pytest.fixture(scope="session")
def app(browser: Browser, hostile_output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on two plans: ``tiny``, written by hand, and ``real``, of a hostile desk and made by the whole pipeline;
    its store has some of everything.
    """
    folder = tmp_path_factory.mktemp("app")
    tiny = write_plan(folder / "out" / "tiny", folder / "desk")
    shutil.copytree(hostile_output, folder / "out" / "real")
    stock(open_store(f"sqlite:///{folder / 'server.db'}"), tiny)
    with serving(folder / "out", folder / "server.log") as address:
        yield address


@pytest.fixture(scope="session")
def empty_app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app without any plan."""
    folder = tmp_path_factory.mktemp("empty")
    with serving(folder, folder / "server.log") as address:
        yield address


@pytest.fixture
def fresh_app(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """The app on an empty store, with its worker."""
    (tmp_path / "out").mkdir()
    with serving(tmp_path / "out", tmp_path / "server.log") as address:
        yield address


@pytest.fixture(scope="session")
def context(browser: Browser) -> BrowserContext:
    """One person's browser, which keeps the app's scripts from page to page."""
    return browser.new_context(locale="en-US")


@pytest.fixture
def visit(context: BrowserContext) -> Iterator[Visitor]:
    """Opens tabs, and fails on what any of them met."""
    opened: list[Visit] = []

    def open_visit(address: str, width_px: int = 1280) -> Visit:
        _keep_process(context, address)
        opened.append(Visit(context, address, width_px))
        return opened[-1]

    yield open_visit
    for own in opened:
        assert not own.exceptions()
        own.page.close()
    assert [fault for own in opened for fault in own.faults] == []


def _keep_process(context: BrowserContext, address: str) -> None:
    """A page that stays, so that the browser keeps its process of this address, and in it the scripts it has read."""
    if not any(page.url.startswith(address) for page in context.pages):
        context.new_page().goto(f"{address}/_stcore/health")


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go: the folder that PEAKDESK_SHOTS names, else a temporary one."""
    named = os.environ.get("PEAKDESK_SHOTS")
    if named is None:
        return tmp_path_factory.mktemp("shots")
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
