"""One thread works, another one tells how far it is and hears when to stop."""

from collections.abc import Callable
from concurrent.futures import Executor, wait
from typing import TypeVar

from scheduler.watch import Watch

_BETWEEN_S = 0.2
"""Between two looks whether somebody wants the work to stop."""

Result = TypeVar("Result")


def heard(worker: Executor, watch: Watch, phase: str, step: Callable[[], Result]) -> Result:
    """The result of a step, which watches for the wish to stop that is heard here."""
    with watch.during(phase):
        running = worker.submit(step)
        try:
            while wait([running], _BETWEEN_S).not_done:
                watch.tell()
        except BaseException:
            watch.cancelled = True
            raise
        return running.result()
