"""The worker beside the server: a process of its own that does the long work, and ends when the server does."""

import os
import subprocess
import sys
import threading
import time

from planner.serve.leash import end_with_parent

_FIRST_S, _AGAIN_S = 6.0, 3.0
_BEHIND = 5


def start_worker() -> threading.Thread:
    """Keep a worker going beside this process: another is started where one ends; the first when the server had a
    moment to begin. It ends with this process, however that ends, for it holds the other end of a pipe.
    """
    thread = threading.Thread(target=_keep_going, name="peakdesk-crew", daemon=True)
    thread.start()
    return thread


def _keep_going() -> None:
    time.sleep(_FIRST_S)
    while True:
        words = [sys.executable, "-m", "planner", "work", "--leash"]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as worker:
            worker.wait()
        time.sleep(_AGAIN_S)


def stand_behind() -> None:
    """In the worker: end with the server, and leave the pages the processor first.

    A job that was going on is picked up from its row by the next worker.
    """
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    end_with_parent()
