"""``python -m tests.browser.install``: makes sure that there is a Chromium, or says why there is none."""

import os
import shutil
import subprocess
import sys

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_VARIABLE = "PEAKDESK_CHROMIUM"


def chromium() -> str | None:
    """Path of a Chromium: the one that ``PEAKDESK_CHROMIUM`` names, else one on the path."""
    named = os.environ.get(_VARIABLE)
    return named if named else next(filter(None, map(shutil.which, _NAMES)), None)


def install() -> str:
    """Install Chromium with the system's package manager where that is possible; what came of it, in a sentence."""
    if shutil.which("apt-get") is None:
        return f"No Chromium, and no apt-get to install one: install Chromium, or set {_VARIABLE}."
    if os.geteuid() != 0:
        return "No Chromium, and no right to install one: run 'sudo apt-get install chromium'."
    quiet = ["apt-get", "-y", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    for step in (["update"], ["install", "--no-install-recommends", "chromium", "fonts-noto-cjk"]):
        done = subprocess.run([*quiet, *step], env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, check=False)
        if done.returncode:
            return f"No Chromium: apt-get {step[0]} failed."
    return chromium() or "No Chromium: apt-get installed none."


def main() -> int:
    """Report what was found; a machine without Chromium fails only in CI."""
    found = chromium()
    words = found or install()
    print(words)
    missing = chromium() is None
    return int(missing and os.environ.get("CI") == "true")


if __name__ == "__main__":
    sys.exit(main())
