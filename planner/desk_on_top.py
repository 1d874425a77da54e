"""A change of a desk on top of whatever others saved meanwhile."""

from collections.abc import Callable
from typing import TypeVar

from desk import Desk, InputError
from store import DeskVersion, Principal, Store, list_desks, load_desk_version, save_desk

T = TypeVar("T")
MOST_TRIES = 20
_OVERTAKEN = "desk_conflict"


def save_on_top(
    store: Store, principal: Principal, name: str, change: Callable[[Desk], Desk], why: str = ""
) -> DeskVersion:
    """Save the newest version of the desk ``name`` with a change; made again on the newer one where somebody else saves
    at the same time, so that neither is lost.

    Raises
    ------
    InputError : what ``change`` or the store refuses; also where others were faster every time.
    """

    def once() -> DeskVersion:
        newest = list_desks(store, principal, name)[0]
        changed = change(load_desk_version(store, principal, newest.hash))
        return save_desk(store, principal, changed, why, seen=newest.hash)

    return unless_overtaken(once)


def unless_overtaken(attempt: Callable[[], T]) -> T:
    """What ``attempt`` gives; tried again where somebody saved a desk that it had read, a number of times."""
    for _ in range(MOST_TRIES - 1):
        try:
            return attempt()
        except InputError as error:
            if error.findings[0].code != _OVERTAKEN:
                raise
    return attempt()
