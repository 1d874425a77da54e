"""Plans as the pages open them: from the store, or from an output folder that nobody kept there yet."""

import shutil
import tempfile
import weakref
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from desk import Finding, InputError
from desk.tables import table
from planner.kept import as_it_stands, unpack
from planner.output.layout import MANIFEST, TABLES
from planner.output.read import read_output
from planner.planned import Planned
from store import NotYoursError, PlanVersion, Principal, load_plan, owner, read_edits, read_plan, scope
from views.api.serve import the_store


@dataclass(frozen=True, eq=False)
class OpenPlan:
    """A plan, open. Shared between sessions of those who may read all of it: nothing in it is to be changed. As long as
    the plan does not change it is the same object, so a cached function may take it.

    Parameters
    ----------
    key : hash of the stored plan, or the folder's name.
    stamp : changes whenever the plan does.
    path : a folder with its files, as planned.
    planned : with roster and duty as edited.
    forecast : table ``forecast``.
    stored : None where it is a mere folder, which can be looked at only.
    newest : the newest entry of the journal of edits that it shows; 0 = none.
    """

    key: str
    stamp: Hashable
    path: Path
    planned: Planned
    forecast: pd.DataFrame
    stored: PlanVersion | None = None
    newest: int = 0
    held: object = None
    """What keeps ``path`` from going away."""


class _Unpacked:
    """The files of a stored plan in a folder of this process, which goes when nobody holds it any more."""

    def __init__(self, key: str) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="peakdesk-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        unpack(load_plan(the_store(), owner(), key), self.path)
        self.planned = _read(self.path)


def open_folder(path: Path) -> OpenPlan:
    """The plan in an output folder, read once for each time it is written.

    Raises
    ------
    InputError : it can't be read; the findings say why.
    """
    return _opened_folder(path.resolve(), written_ns(path))


def open_stored(principal: Principal, key: str) -> OpenPlan:
    """A plan of the store with the edits that were made up to now.

    Raises
    ------
    NotYoursError : the principal may not read all of it.
    InputError : there is no such plan, or its files can't be read.
    """
    if scope(principal, "plan.read") != "all":
        raise NotYoursError
    store = the_store()
    version, edits = read_plan(store, principal, key), read_edits(store, principal, key)
    return _opened_stored(str(store.engine.url), key, edits[-1].id if edits else 0, version.status)


@lru_cache(maxsize=4)
def _opened_folder(path: Path, written: int) -> OpenPlan:
    planned = _read(path)
    return OpenPlan(path.name, (str(path), written), path, planned, planned.forecast.frame())


@lru_cache(maxsize=6)
def _opened_stored(address: str, key: str, newest: int, status: str) -> OpenPlan:
    """Whole, for any of those who may read all of it: who asks was asked before."""
    store, server = the_store(), owner()
    files = _unpacked(address, key)
    planned = as_it_stands(store, server, key, files.planned)
    version = read_plan(store, server, key)
    frame = planned.forecast.frame()
    return OpenPlan(key, (key, newest, status), files.path, planned, frame, version, newest, files)


@lru_cache(maxsize=4)
def _unpacked(address: str, key: str) -> _Unpacked:
    return _Unpacked(key)


def _read(path: Path) -> Planned:
    try:
        planned = read_output(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError([Finding("plan_damaged", file=path.name)]) from error
    damaged = [name for name, frame in _tables(planned).items() if not set(table(name).columns) <= set(frame.columns)]
    if damaged:
        raise InputError(Finding("plan_damaged", file=TABLES[name]) for name in damaged)
    return planned


def _tables(planned: Planned) -> dict[str, pd.DataFrame]:
    own = {name: getattr(planned.plan, name) for name in ("roster", "duty", "service", "costs")}
    return own | {"scores": planned.scores, "curves": planned.curves.points}


def written_ns(path: Path) -> int:
    """When the plan of a folder was written, ns; 0 where there is none."""
    try:
        return (path / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0
