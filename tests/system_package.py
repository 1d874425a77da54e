"""Installs what the tests need from the system's own package manager, where that is possible."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_ONE_AT_A_TIME = Path(tempfile.gettempdir()) / "peakdesk-apt.lock"


def apt_install(*packages: str) -> str | None:
    """Install Debian packages; None where it went well, else why not, in a sentence."""
    if shutil.which("apt-get") is None:
        return f"There is no apt-get to install {packages[0]} with."
    if os.geteuid() != 0:
        return f"No right to install {packages[0]}: run 'sudo apt-get install {packages[0]}'."
    quiet = ["apt-get", "-y", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    with _ONE_AT_A_TIME.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for step in (["update"], ["install", "--no-install-recommends", *packages]):
            done = subprocess.run([*quiet, *step], env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, check=False)
            if done.returncode:
                return f"apt-get {step[0]} failed."
    return None
