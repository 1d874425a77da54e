"""Reads an output back into what was planned."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from math import nan
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import pandas as pd

from desk import Curves, Desk, Finding, Forecast, InputError, Outcome, Plan, Simulation, Termination, load_desk
from desk.frames import dtype_of, empty_frame
from desk.load import load_desk_again
from desk.tables import table
from planner.headline import headline
from planner.output.files import Files, Load, files_in
from planner.output.finding_record import unpacked
from planner.output.layout import DESK, EXTRAS, PATHS, TABLES, manifest_of
from planner.output.lock import only_writer
from planner.output.manifest import FORMAT, changed_files
from planner.output.paths_file import read_paths
from planner.output.staging import recover
from planner.output.table_file import frame_of, table_of
from planner.planned import Planned

_LOG = "contacts"
_BROKEN = (ValueError, KeyError, EOFError, BadZipFile, zlib.error)
"""What the readers raise on a file that is not as it was written."""


def read_output(out: str | Path) -> Planned:
    """Read the output of ``plan``.

    Returns
    -------
    Planned
        As it was written; findings in addition for files that were changed since. The simulated log stays in its file
        until somebody asks for it.

    Raises
    ------
    InputError : ``out`` is not an output of Peakdesk, or files of it are missing.
    """
    out = Path(out).resolve()
    if not out.exists() and out.parent.is_dir():
        with only_writer(out.parent):
            recover(out)
    return read_there(out)


def read_there(out: Path) -> Planned:
    """As :func:`read_output`, for the only writer."""
    manifest = manifest_of(out)
    if manifest is None or manifest.get("format") != FORMAT:
        raise InputError([Finding("output_not_readable", file=str(out))])
    return read_files(files_in(out), manifest)


def read_files(files: Files, manifest: Mapping[str, Any]) -> Planned:
    """What was planned, from its files and its plan.json.

    Raises
    ------
    InputError : files are missing, or the desk among them can't be read.
    """
    missing = [name for name in manifest["files"] if name not in files.digests]
    if missing:
        raise InputError(Finding("output_incomplete", file=f"{files.place}/{name}") for name in missing)
    zone, known = manifest["desk"]["timezone"], manifest["files"]
    tables = {name: _table(files, known, name, zone) for name in TABLES if name != _LOG}
    return _planned(files, manifest, tables, _log(files, known, zone))


def _table(files: Files, known: Mapping[str, str], name: str, zone: str) -> pd.DataFrame:
    file = TABLES[name]
    if file not in known:
        return empty_frame(name, zone)
    with _whole(files, file):
        found = table_of(files.content(file), name, zone)
        if gone := set(table(name).key) - set(found.columns):
            raise KeyError(*gone)
        return _with_later_columns(found, name, zone) if known[file] == files.digests.get(file) else found


def _with_later_columns(found: pd.DataFrame, name: str, zone: str) -> pd.DataFrame:
    """A table as another version wrote it, what that version did not tell left blank."""
    later = [own for own in table(name).columns.values() if own.name not in found]
    blank = {own.name: pd.Series(index=found.index, dtype=dtype_of(own, zone)) for own in later}
    return found.assign(**blank)[list(table(name).columns)] if later else found


@contextmanager
def _whole(files: Files, name: str) -> Iterator[None]:
    """Say which file can't be understood."""
    try:
        yield
    except _BROKEN as error:
        raise InputError([Finding("output_damaged", file=f"{files.place}/{name}")]) from error


def _log(files: Files, known: Mapping[str, str], zone: str) -> pd.DataFrame | Callable[[], pd.DataFrame]:
    """The simulated log, or what reads it where its file is as it was written: then it can be read."""
    file = TABLES[_LOG]
    if known.get(file) != files.digests.get(file):
        return _table(files, known, _LOG, zone)
    return lambda: _table(files, known, _LOG, zone)


def _planned(
    files: Files,
    manifest: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
    log: pd.DataFrame | Callable[[], pd.DataFrame],
) -> Planned:
    desk = files.desk(_load_as_it_was(files, manifest))
    forecast, plan = _forecast(files, desk), _plan(manifest, tables)
    changed = changed_files(files.digests, manifest["files"])
    edited = (Finding("output_edited", "warning", file=name) for name in changed)
    return Planned(
        desk=desk,
        forecast=forecast,
        curves=Curves(tables["curves"], tables["work"]),
        plan=plan,
        simulation=_simulation(manifest, tables["service"], log),
        scores=tables["scores"],
        brief=headline(desk, forecast, plan),
        findings=(*map(unpacked, manifest["findings"]), *edited),
        seconds=manifest["seconds"],
        made_at=datetime.fromisoformat(manifest["made_at"]),
        marginals=tables["marginals"],
        offers=tables["offers"],
    )


def _load_as_it_was(files: Files, manifest: Mapping[str, Any]) -> Load:
    """How to load the desk: one that is as it was planned is not refused for what is checked since."""
    own = {name for name in {*files.digests, *manifest["files"]} if name.startswith(f"{DESK}/")}
    same = all(files.digests.get(name) == manifest["files"].get(name) for name in own)
    return load_desk_again if same else load_desk


def _simulation(
    manifest: Mapping[str, Any], service: pd.DataFrame, log: pd.DataFrame | Callable[[], pd.DataFrame]
) -> Simulation:
    simulated = service[["start", "queue", *(name for name in service.columns if "_sim" in name)]]
    absences, calls = (manifest.get(f"simulated_{name}", 0.0) for name in ("absences", "calls"))
    return Simulation(log, simulated, manifest["simulation_runs"], manifest["seeds"]["simulation"], absences, calls)


def _forecast(files: Files, desk: Desk) -> Forecast:
    zone, known = desk.settings.timezone, table("forecast").columns
    with _whole(files, PATHS):
        own = read_paths(BytesIO(files.content(PATHS)), zone, desk.settings.interval_min)
    extras: dict[str, Any] = {}
    for name in EXTRAS:
        if (file := f"{name}.csv") in files.digests:
            with _whole(files, file):
                extras[name] = frame_of(files.content(file), known, zone)
    return replace(own, **extras)


def _plan(manifest: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> Plan:
    stated: dict[str, Any] = {key: nan if value is None else value for key, value in manifest["outcome"].items()}
    outcome = Outcome(**(stated | {"termination": Termination(stated["termination"])}))
    audit = tuple(map(unpacked, manifest["audit"]["findings"]))
    kept = {name: tables[name] for name in ("roster", "duty", "costs", "service")}
    return Plan(**kept, outcome=outcome, findings=audit, meta=manifest["meta"], status=manifest["status"])
