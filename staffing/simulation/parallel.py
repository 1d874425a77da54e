"""Runs replications on several cores: which core plays which run changes nothing."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")
AHEAD = 2


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(play: Callable[[int], Result], runs: range, workers: int) -> Iterator[Result]:
    """The results of ``play`` in the order of ``runs``, up to ``workers`` at a time; threads, for compiled work.

    Whoever stops asking ends the work after the runs already begun.
    """
    if workers == 1:
        yield from map(play, runs)
        return
    with ThreadPoolExecutor(workers) as pool:
        begun: deque[Future[Result]] = deque()
        try:
            for run in runs:
                begun.append(pool.submit(play, run))
                if len(begun) >= AHEAD * workers:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for one in begun:
                one.cancel()
