"""What tests of several rooms share: one browser a process, for Playwright allows no second one."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.install import chromium

_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
_ARGUMENTS = [*_QUIET, "--disable-sync", "--no-first-run", "--process-per-site"]
"""Pages of one address share a process, which reads the app's scripts once and not for each."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the tests are skipped, but fail in CI."""
    program = chromium()
    if program is None:
        reason = "no Chromium: run 'python -m tests.browser.install'"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield started
        started.close()
