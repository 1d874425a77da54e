"""A process that ends with the one that started it, however that ends: the parent holds the other end of a pipe."""

import os
import sys
import threading

LEASHED = "PEAKDESK_LEASHED"
"""In the environment of a server whose standard input is such a pipe."""


def end_with_parent() -> None:
    """End at once when the other end of standard input closes."""
    threading.Thread(target=_wait_for_end, name="peakdesk-leash", daemon=True).start()


def end_where_leashed() -> None:
    """In the server: end with the command that started it; nothing where none did."""
    if os.environ.pop(LEASHED, ""):
        end_with_parent()


def _wait_for_end() -> None:
    while sys.stdin.buffer.read(1024):
        pass
    os._exit(0)
