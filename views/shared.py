"""What is worked out once for all sessions; who asks meanwhile waits for that instead of doing it again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")


class Shared(Generic[P, Result]):
    """``make``, its last results kept by what ``key`` says of the arguments; what it raises is raised for all who wait,
    and made anew for the next.
    """

    def __init__(self, make: Callable[P, Result], key: Callable[P, Hashable], most: int) -> None:
        self._make, self._key, self._most = make, key, most
        self._lock = Lock()
        self._found: OrderedDict[Hashable, Future[Result]] = OrderedDict()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Result:
        """What ``make`` gives."""
        key = self._key(*args, **kwargs)
        own, mine = self._claimed(key)
        if mine:
            self._do(key, own, *args, **kwargs)
        return own.result()

    def within(self, wait_s: float, *args: P.args, **kwargs: P.kwargs) -> Result | None:
        """What ``make`` gives, where it is there within so many seconds; else None, and it goes on being made."""
        try:
            return self._begun(*args, **kwargs).result(wait_s)
        except TimeoutError:
            return None

    def begin(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Have it made beside, where nobody does yet."""
        self._begun(*args, **kwargs)

    def _begun(self, *args: P.args, **kwargs: P.kwargs) -> "Future[Result]":
        key = self._key(*args, **kwargs)
        own, mine = self._claimed(key)
        if mine:
            Thread(target=self._do, args=(key, own, *args), kwargs=kwargs, daemon=True).start()
        return own

    def _claimed(self, key: Hashable) -> tuple[Future[Result], bool]:
        """The place of a key, and whether it was new: then who asked is to fill it."""
        with self._lock:
            known = self._found.get(key)
            if known is not None:
                self._found.move_to_end(key)
                return known, False
            own: Future[Result] = Future()
            self._found[key] = own
            while len(self._found) > self._most:
                self._found.popitem(last=False)
            return own, True

    def _do(self, key: Hashable, own: "Future[Result]", *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            own.set_result(self._make(*args, **kwargs))
        except BaseException as error:
            with self._lock:
                self._found.pop(key, None)
            own.set_exception(error)
