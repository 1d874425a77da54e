"""The output folders of ``peakdesk plan``, found and read once."""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from desk import Finding, InputError
from desk.tables import table
from planner.output.layout import MANIFEST, TABLES, manifest_of
from planner.output.read import read_output
from planner.planned import Planned

FOLDER_VARIABLE = "PEAKDESK_OUT"
FOLDER_DEFAULT = "out"


@dataclass(frozen=True)
class PlanFolder:
    """A plan and where it lies. Shared between sessions: nothing in it is to be changed.

    Parameters
    ----------
    written_ns : when it was written, ns: what is kept of it holds for that writing.
    forecast : table ``forecast``.
    """

    path: Path
    written_ns: int
    planned: Planned
    forecast: pd.DataFrame


def plan_folders() -> dict[str, Path]:
    """Name -> folder of every plan, the newest first: ``PEAKDESK_OUT`` (or ``out``) itself, and the folders in it."""
    root = Path(os.environ.get(FOLDER_VARIABLE) or FOLDER_DEFAULT)
    inside = [path for path in root.iterdir() if path.is_dir()] if root.is_dir() else []
    plans = [path for path in [root, *inside] if manifest_of(path) is not None]
    return {path.resolve().name: path for path in sorted(plans, key=_written_ns, reverse=True)}


def open_plan(path: Path) -> PlanFolder:
    """The plan in ``path``, read once for each time it is written.

    Raises
    ------
    InputError : it can't be read; the findings say why.
    """
    return _read(path, _written_ns(path))


@lru_cache(maxsize=4)
def _read(path: Path, written_ns: int) -> PlanFolder:
    try:
        planned = read_output(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError([Finding("plan_damaged", file=path.name)]) from error
    damaged = [name for name, frame in _tables(planned).items() if not set(table(name).columns) <= set(frame.columns)]
    if damaged:
        raise InputError(Finding("plan_damaged", file=TABLES[name]) for name in damaged)
    return PlanFolder(path, written_ns, planned, planned.forecast.frame())


def _tables(planned: Planned) -> dict[str, pd.DataFrame]:
    own = {name: getattr(planned.plan, name) for name in ("roster", "duty", "service", "costs")}
    return own | {"scores": planned.scores, "curves": planned.curves.points}


def _written_ns(path: Path) -> int:
    try:
        return (path / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0
