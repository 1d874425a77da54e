"""Reads an output folder back into what was planned."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Curves, Desk, Finding, Forecast, InputError, Outcome, Plan, Simulation, Termination, load_desk
from desk.frames import empty_frame
from desk.tables import table
from planner.headline import headline
from planner.output.finding_record import unpacked
from planner.output.layout import DESK, EXTRAS, PATHS, TABLES, manifest_of
from planner.output.lock import only_writer
from planner.output.manifest import FORMAT, changed_files
from planner.output.paths_file import read_paths
from planner.output.staging import recover
from planner.output.table_file import read_frame, read_table
from planner.planned import Planned


def read_output(out: str | Path) -> Planned:
    """Read the output of ``plan``.

    Returns
    -------
    Planned
        As it was written; findings in addition for files that were changed since.

    Raises
    ------
    InputError : ``out`` is not an output of Peakdesk, or files of it are missing.
    """
    out = Path(out).resolve()
    if not out.exists() and out.parent.is_dir():
        with only_writer(out.parent):
            recover(out)
    manifest = manifest_of(out)
    if manifest is None or manifest.get("format") != FORMAT:
        raise InputError([Finding("output_not_readable", file=str(out))])
    tables, desk = _tables(out, manifest), load_desk(out / DESK)
    return _planned(out, manifest, tables, desk)


def _planned(out: Path, manifest: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], desk: Desk) -> Planned:
    forecast, plan = _forecast(out, desk), _plan(manifest, tables)
    edited = (Finding("output_edited", "warning", file=name) for name in changed_files(out, manifest["files"]))
    return Planned(
        desk=desk,
        forecast=forecast,
        curves=Curves(tables["curves"], tables["work"]),
        plan=plan,
        simulation=_simulation(manifest, tables),
        scores=tables["scores"],
        brief=headline(desk, forecast, plan),
        findings=(*map(unpacked, manifest["findings"]), *edited),
        seconds=manifest["seconds"],
        made_at=datetime.fromisoformat(manifest["made_at"]),
        marginals=tables["marginals"],
        offers=tables["offers"],
    )


def _simulation(manifest: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> Simulation:
    service = tables["service"]
    simulated = service[["start", "queue", *(name for name in service.columns if "_sim" in name)]]
    return Simulation(tables["contacts"], simulated, manifest["simulation_runs"], manifest["seeds"]["simulation"])


def _tables(out: Path, manifest: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    missing = [name for name in manifest["files"] if not (out / name).is_file()]
    if missing:
        raise InputError(Finding("output_incomplete", file=str(out / name)) for name in missing)
    zone, kept = manifest["desk"]["timezone"], manifest["files"]
    return {
        name: read_table(out / file, name, zone) if file in kept else empty_frame(name, zone)
        for name, file in TABLES.items()
    }


def _forecast(out: Path, desk: Desk) -> Forecast:
    zone, known = desk.settings.timezone, table("forecast").columns
    own = read_paths(out / PATHS, zone, desk.settings.interval_min)
    extras: dict[str, Any] = {
        name: read_frame(out / f"{name}.csv", known, zone) for name in EXTRAS if (out / f"{name}.csv").is_file()
    }
    return replace(own, **extras)


def _plan(manifest: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> Plan:
    stated: dict[str, Any] = {key: nan if value is None else value for key, value in manifest["outcome"].items()}
    outcome = Outcome(**(stated | {"termination": Termination(stated["termination"])}))
    audit = tuple(map(unpacked, manifest["audit"]["findings"]))
    kept = {name: tables[name] for name in ("roster", "duty", "costs", "service")}
    return Plan(**kept, outcome=outcome, findings=audit, meta=manifest["meta"], status=manifest["status"])
