"""Processes that begin with all that is imported already, so that thousands of them are cheap."""

import warnings
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any


def forked(target: Callable[..., Any], *args: Any) -> BaseProcess:
    """A process that runs ``target``; from Python 3.12 on forking beside threads warns, which here are none of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made = get_context("fork").Process(target=target, args=args, daemon=True)
        made.start()
    return made
