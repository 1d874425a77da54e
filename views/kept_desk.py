"""Versions of desks, read once for all."""

from desk import Desk
from planner.own_shifts import inner_desk
from views.api.serve import the_store
from views.shared import Shared

_MOST = 6


def kept_desk(key: str) -> Desk:
    """A desk version by its hash; nothing in it is to be changed, and only what concerns the reader is to be shown.

    Raises
    ------
    InputError : there is no such version, or it is not what was saved.
    """
    return _read(str(the_store().engine.url), key)


_read = Shared(lambda address, key: inner_desk(the_store(), key), lambda address, key: (address, key), _MOST)
