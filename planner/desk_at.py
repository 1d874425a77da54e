"""A desk wherever it is: in a folder, in a workbook, or in the store."""

from pathlib import Path
from typing import TYPE_CHECKING

from desk import Desk, Finding, InputError, load_desk
from desk.load import is_in_store

if TYPE_CHECKING:
    from store import DeskVersion

_STORE = "store:"
_SHORTEST_HASH = 6
"""Characters of a version's hash that name it."""


def desk_at(place: str | Path) -> Desk:
    """Read a desk.

    Parameters
    ----------
    place : a folder or workbook, as :func:`desk.load_desk` takes it; ``store:NAME`` for the newest version of the desk
        of this name in the usual store, or the version whose hash begins so; ``URL#NAME`` for that of another store,
        the name left out where it has one desk only.

    Raises
    ------
    InputError : as :func:`desk.load_desk`; the store can't be used, or has no such desk.
    """
    words = str(place)
    if not is_in_store(words):
        return load_desk(place)
    from store import load_desk_version, open_store, owner

    address, _, name = ("", "", words.removeprefix(_STORE)) if words.startswith(_STORE) else words.partition("#")
    store, server = open_store(address or None), owner()
    return load_desk_version(store, server, _version(words, name, store, server).hash)


def _version(words: str, name: str, store: object, server: object) -> "DeskVersion":
    from store import list_desks

    versions = list_desks(store, server)  # type: ignore[arg-type]
    names = list(dict.fromkeys(own.name for own in versions))
    wanted = names[0] if not name and len(names) == 1 else name
    found = [own for own in versions if own.name == wanted]
    if not found and len(name) >= _SHORTEST_HASH:
        found = [own for own in versions if own.hash.startswith(name)]
    if not found:
        raise InputError([Finding("desk_not_in_store", value=name, facts={"known": ", ".join(names) or "–"})])
    return found[0]
