"""Progress on a terminal: one line that is written over, one that stays for every phase done."""

import shutil
import time
from typing import TextIO

from desk import Progress
from desk.i18n import text
from planner.page.layout import display_width
from planner.steps import SEQUENCE

_BAR = 10
_PREFIX = "planner.phase."


class TerminalProgress:
    """Draws what a run reports, on a stream that is a terminal.

    Parameters
    ----------
    stream : where to draw, usually standard error.
    """

    def __init__(self, stream: TextIO, lang: str) -> None:
        self._stream = stream
        self._lang = lang
        self._phase = ""
        self._began = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        """Show one message."""
        if progress.phase.startswith(_PREFIX) and progress.phase != self._phase:
            self.close()
            self._phase, self._began = progress.phase, time.monotonic()
        self._draw(f"{self._step()} {bar(progress.done)}{self._words(progress)}")

    def close(self) -> None:
        """Leave a line that says how long the phase took."""
        if self._phase:
            self._draw(f"{self._step()} {text(self._phase, self._lang)} {self._spent()}")
            self._stream.write("\n")
            self._phase = ""

    def leave(self) -> None:
        """Leave the line of an unfinished phase as it stands."""
        if self._phase:
            self._stream.write("\n")
            self._phase = ""

    def say(self, words: str) -> None:
        """A line of its own, above the progress."""
        self._draw(words)
        self._stream.write("\n")

    def _words(self, progress: Progress) -> str:
        parts = [text(progress.phase, self._lang), self._spent()]
        known = {"gap": _gap(progress), "incumbent": progress.incumbent, "bound": progress.bound}
        parts += [
            text(f"planner.progress.{key}", self._lang, value=own) for key, own in known.items() if own is not None
        ]
        return " · ".join(parts)

    def _step(self) -> str:
        name = self._phase.removeprefix(_PREFIX)
        return f"[{SEQUENCE.index(name) + 1}/{len(SEQUENCE)}]" if name in SEQUENCE else "[·]"

    def _spent(self) -> str:
        return text("planner.progress.spent", self._lang, value=time.monotonic() - self._began)

    def _draw(self, line: str) -> None:
        room = shutil.get_terminal_size().columns - 1
        while display_width(line) > room:
            line = line[:-1]
        self._stream.write("\r" + line + " " * (room - display_width(line)) + ("\r" + line))
        self._stream.flush()


def _gap(progress: Progress) -> float | None:
    if not progress.incumbent or progress.bound is None:
        return None
    return abs(progress.incumbent - progress.bound) / abs(progress.incumbent)


def bar(done: float | None) -> str:
    """A bar for a share done; nothing where the share is not known."""
    if done is None:
        return ""
    full = round(_BAR * min(max(done, 0.0), 1.0))
    return "█" * full + "░" * (_BAR - full) + " "
