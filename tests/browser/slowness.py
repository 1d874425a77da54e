"""A busy machine on demand: ``PEAKDESK_SLOW=6 pytest tests/browser`` walks with a sixth of the processor, every file
fetched anew and late. What stands only on a fast machine falls here.
"""

import os

from playwright.sync_api import Page

_SLOW = "PEAKDESK_SLOW"
_LATE_MS = 700


def slow_down(page: Page) -> None:
    """Make the page slow by the factor that the variable PEAKDESK_SLOW names; without it, nothing."""
    rate = float(os.environ.get(_SLOW, 1))
    if rate > 1:
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        late = {"offline": False, "latency": _LATE_MS, "downloadThroughput": -1, "uploadThroughput": -1}
        session.send("Network.emulateNetworkConditions", late)
