"""Pages of strangers: each in a browser of its own, shut afterwards, for a page left open asks its server on and on."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

Opening = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opening]:
    """Opens an empty page; keywords are headers that a proxy adds to every request."""
    before = set(browser.contexts)

    def opened(**headers: str) -> Page:
        return browser.new_context(locale="en-US", extra_http_headers=headers).new_page()

    yield opened
    for own in set(browser.contexts) - before:
        own.close()
