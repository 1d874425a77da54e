"""Listens to a run and to Ctrl-C: the first one keeps the optimiser's best, the next one ends everything."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from desk import Progress
from desk.i18n import text
from desk.nouns import Report
from planner.terminal.progress import TerminalProgress

_ROSTER, _BACKTEST = "planner.phase.roster", "forecast.phase.backtest"
_STOPPABLE = {_ROSTER: "planner.progress.stopping", _BACKTEST: "planner.progress.stopping_backtest"}
"""Phases that keep what they have when they are stopped, and what is said then."""


class Listener:
    """The report of a run: shows progress, and asks the optimiser to stop after the first interrupt."""

    def __init__(self, progress: TerminalProgress | None, lang: str) -> None:
        self._progress = progress
        self._lang = lang
        self._phase = ""
        self._stopped = False

    def __call__(self, progress: Progress) -> bool:
        """Show the message; False once the optimiser is to stop."""
        if progress.phase.startswith("planner.phase.") or progress.phase in _STOPPABLE:
            self._enter(progress.phase)
        if self._progress is not None:
            self._progress(progress)
        return not (self._stopped and self._phase in _STOPPABLE)

    def interrupted(self, number: int, frame: FrameType | None) -> None:
        """Handle SIGINT. A second one while the optimiser works ends the process at once: nothing is written yet."""
        if self._phase not in _STOPPABLE:
            raise KeyboardInterrupt
        self._stopped = True
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        words = text(_STOPPABLE[self._phase], self._lang)
        if self._progress is not None:
            self._progress.say(words)
        else:
            sys.stderr.write(words + "\n")

    def _enter(self, phase: str) -> None:
        if self._stopped and self._phase in _STOPPABLE and phase != self._phase:
            signal.signal(signal.SIGINT, self.interrupted)
        self._phase = phase


@contextmanager
def listening(lang: str) -> Iterator[Report]:
    """A report for a run started from the command line."""
    progress = TerminalProgress(sys.stderr, lang) if sys.stderr.isatty() else None
    listener = Listener(progress, lang)
    main_thread = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, listener.interrupted) if main_thread else None
    try:
        yield listener
        if progress is not None:
            progress.close()
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
        if progress is not None:
            progress.leave()
