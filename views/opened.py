"""Plans as the pages open them: from the store, or from an output folder that nobody kept there yet."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from desk import Finding, InputError
from desk.tables import table
from planner.kept import as_it_stands, read_kept
from planner.output.layout import MANIFEST, TABLES
from planner.output.read import read_output
from planner.output.unwritable import no_room
from planner.planned import Planned
from store import NotYoursError, PlanVersion, Principal, owner, read_edits, read_plan, scope
from views.api.serve import the_store
from views.memory import give_back
from views.shared import Shared


@dataclass(frozen=True, eq=False)
class OpenPlan:
    """A plan, open. Shared between sessions of those who may read all of it: nothing in it is to be changed. As long as
    the plan does not change it is the same object, so a cached function may take it.

    Parameters
    ----------
    key : hash of the stored plan, or the folder's name.
    stamp : changes whenever the plan does.
    planned : with roster and duty as edited.
    forecast : table ``forecast``.
    path : the folder, where it is a mere folder, which can be looked at only.
    stored : None there.
    newest : the newest entry of the journal of edits that it shows; 0 = none.
    """

    key: str
    stamp: Hashable
    planned: Planned
    forecast: pd.DataFrame
    path: Path | None = None
    stored: PlanVersion | None = None
    newest: int = 0


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


def _of_folder(path: Path, written: int) -> OpenPlan:
    planned = _sound(lambda: read_output(path), path.name)
    return OpenPlan(path.name, (str(path), written), planned, planned.forecast.frame(), path)


def _of_store(address: str, key: str, newest: int, status: str) -> OpenPlan:
    """Whole, for any of those who may read all of it: who asks was asked before."""
    store, server = the_store(), owner()
    planned = as_it_stands(store, server, key, _as_planned(address, key))
    version = read_plan(store, server, key)
    return OpenPlan(key, (key, newest, status), planned, planned.forecast.frame(), stored=version, newest=newest)


def _kept(address: str, key: str) -> Planned:
    planned = _sound(lambda: read_kept(the_store(), owner(), key), key[:_SHORT])
    give_back()
    return planned


def _arguments(*words: Hashable) -> Hashable:
    return words


_SHORT = 12
_opened_folder = Shared(_of_folder, _arguments, 4)
_opened_stored = Shared(_of_store, _arguments, 6)
_as_planned = Shared(_kept, _arguments, 4)


def _sound(read: Callable[[], Planned], name: str) -> Planned:
    """A plan whose tables have all columns; whatever else is wrong with it is told as damage."""
    try:
        planned = read()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if told := no_room(error):
            raise InputError([told]) from error
        raise InputError([Finding("plan_damaged", file=name)]) from error
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
