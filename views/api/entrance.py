"""Who asks: a token in the Authorization header; and how often anybody may ask."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from starlette.requests import Request

from desk import Finding, InputError
from store import NotYoursError, Principal, Store, principal_of_token

_SCHEME = "bearer "
_LONGEST_TOKEN = 200
_MOST_KNOWN = 10_000


class NoTokenError(InputError):
    """Nobody is known by what came with the request."""

    def __init__(self) -> None:
        super().__init__([Finding("api_token")])


class TooOftenError(InputError):
    """Asked more often than is good for the others."""

    def __init__(self) -> None:
        super().__init__([Finding("api_too_often")])


@dataclass(slots=True)
class Rate:
    """How often each key may come: ``burst`` at once, ``per_s`` in the long run."""

    per_s: float
    burst: float
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def refuse_above(self, key: str) -> None:
        """Count one; raise :class:`TooOftenError` where there were too many."""
        with self._lock:
            now = time.monotonic()
            left, since = self._left.pop(key, (self.burst, now))
            left = min(self.burst, left + (now - since) * self.per_s)
            self._left[key] = (max(left - 1, 0.0), now)
            if len(self._left) > _MOST_KNOWN:
                self._left.popitem(last=False)
        if left < 1:
            raise TooOftenError


STRANGERS = Rate(per_s=2, burst=60)
KNOWN = Rate(per_s=20, burst=400)


def principal_of_request(store: Store, request: Request) -> Principal:
    """Whom the request's API token stands for.

    Raises
    ------
    NoTokenError : there is no good token.
    TooOftenError : this address sent too many bad ones, or this principal asks too often.
    """
    given = request.headers.get("authorization", "")
    token = given[len(_SCHEME) :].strip() if given.lower().startswith(_SCHEME) else ""
    return principal_behind(store, request, token, "api")


def principal_behind(store: Store, request: Request, token: str, kind: str) -> Principal:
    """Whom a token of a kind stands for; bad ones are counted by where they come from, good ones by who they are:
    a calendar that is asked for without end is as dear as any other route.

    Raises
    ------
    NoTokenError, TooOftenError : as for :func:`principal_of_request`.
    """
    try:
        if not token or len(token) > _LONGEST_TOKEN or not token.isascii():
            raise NotYoursError
        principal = principal_of_token(store, token, kind)
    except NotYoursError as error:
        STRANGERS.refuse_above(request.client.host if request.client else "")
        raise NoTokenError from error
    KNOWN.refuse_above(principal.who)
    return principal
