"""The signs of life of a worker, and what it is told in return."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from desk import InputError, Progress
from store import Principal, Store, beat
from store.job import BEAT_S

_LOST = frozenset(("job_taken", "job_unknown"))


class Pulse:
    """The report of a job: its newest message goes to the store with the next beat; False once it is to stop."""

    def __init__(self, store: Store, principal: Principal, number: int, worker: str) -> None:
        self._store, self._principal, self._number, self._worker = store, principal, number, worker
        self._latest: Progress | None = None
        self._going = True
        self.lost = False

    def __call__(self, progress: Progress) -> bool:
        """Keep the message; whether to go on."""
        self._latest = progress
        return self._going

    def give(self) -> None:
        """One sign of life; a job that another worker has by now, or that is no more, is lost.

        Raises
        ------
        InputError : the store is away; the job goes on.
        """
        told = self._latest
        fields = None if told is None else {name: getattr(told, name) for name in told.__slots__}
        try:
            self._going = beat(self._store, self._principal, self._number, self._worker, fields)
        except InputError as error:
            if not _LOST & {finding.code for finding in error.findings}:
                raise
            self._going, self.lost = False, True


@contextmanager
def beating(pulse: Pulse, every_s: float = BEAT_S) -> Iterator[Pulse]:
    """Give signs of life from a thread of its own while the block works."""
    over = threading.Event()

    def beats() -> None:
        while not over.wait(every_s) and not pulse.lost:
            with suppress(Exception):  # a store that is away for a moment is asked again
                pulse.give()

    thread = threading.Thread(target=beats, name="peakdesk-pulse", daemon=True)
    thread.start()
    try:
        yield pulse
    finally:
        over.set()
        thread.join()
