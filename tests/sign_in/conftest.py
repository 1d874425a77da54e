"""The browser that the tests of the pages use."""

from tests.browser.conftest import browser

__all__ = ["browser"]
