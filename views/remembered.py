"""What is worked out of a plan, once for all who look at it; it may begin before anybody asks."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, TypeVar

from views.opened import OpenPlan

Result = TypeVar("Result")
_MOST = 4


class Remembered(Generic[Result]):
    """``make`` of a plan, kept for the last few plans as they stand.

    Whoever asks while it is being made waits for that instead of making it again. What it raises is raised for all who
    wait, and made anew for the next.
    """

    def __init__(self, make: Callable[[OpenPlan], Result]) -> None:
        self._make = make
        self._lock = Lock()
        self._found: OrderedDict[Hashable, Future[Result]] = OrderedDict()

    def __call__(self, plan: OpenPlan) -> Result:
        """What ``make`` gives for the plan."""
        own, mine = self._claimed(plan.stamp)
        if mine:
            self._do(plan, own)
        return own.result()

    def begin(self, plan: OpenPlan) -> None:
        """Have it made beside, where nobody does yet."""
        own, mine = self._claimed(plan.stamp)
        if mine:
            Thread(target=self._do, args=(plan, own), daemon=True).start()

    def _claimed(self, stamp: Hashable) -> tuple[Future[Result], bool]:
        """The plan's place, and whether it was new: then who asked is to fill it."""
        with self._lock:
            known = self._found.get(stamp)
            if known is not None:
                self._found.move_to_end(stamp)
                return known, False
            own: Future[Result] = Future()
            self._found[stamp] = own
            while len(self._found) > _MOST:
                self._found.popitem(last=False)
            return own, True

    def _do(self, plan: OpenPlan, own: "Future[Result]") -> None:
        try:
            own.set_result(self._make(plan))
        except BaseException as error:
            with self._lock:
                self._found.pop(plan.stamp, None)
            own.set_exception(error)
