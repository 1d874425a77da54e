"""``python -m tests.browser.install``: makes sure that there is a Chromium, or says why there is none."""

import os
import shutil
import sys

from tests.system_package import apt_install

_LIGHT = "chromium-headless-shell"
"""The same browser without its own windows and menus, which take a tenth of its time."""
_NAMES = (_LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_VARIABLE = "PEAKDESK_CHROMIUM"


def chromium() -> str | None:
    """Path of a Chromium: the one that ``PEAKDESK_CHROMIUM`` names, else one on the path."""
    named = os.environ.get(_VARIABLE)
    return named if named else next(filter(None, map(shutil.which, _NAMES)), None)


def main() -> int:
    """Report what was found; a machine without Chromium fails only in CI."""
    failed = None
    for name in (_LIGHT, "chromium"):
        if chromium() is None:
            failed = apt_install(name, "fonts-noto-cjk")
    print(chromium() or f"No Chromium. {failed} Or set {_VARIABLE}.")
    return int(chromium() is None and os.environ.get("CI") == "true")


if __name__ == "__main__":
    sys.exit(main())
