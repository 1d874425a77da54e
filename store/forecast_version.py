"""Forecasts in the store, whole: paths, evidence, explanation, findings."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, insert, select

from desk import Finding, Forecast, InputError
from store import blob
from store.access import guarded
from store.engine import Store
from store.moment import epoch_us, from_epoch_us
from store.principal import Principal
from store.schema import desks, forecast_parts, forecasts
from store.trail import note

_FRAMES = ("evidence", "explanation", "analogues")
_PATHS, _META = "paths.npy", "meta.json"
_LEARNED = "learned/"


@dataclass(frozen=True, slots=True)
class ForecastVersion:
    """A saved forecast."""

    hash: str
    desk: str
    created_at: datetime
    created_by: str


@guarded("forecast.write")
def save_forecast(
    store: Store,
    principal: Principal,
    forecast: Forecast,
    desk: str,
    why: str = "",
    *,
    learned: Mapping[str, pd.DataFrame] | None = None,
) -> ForecastVersion:
    """Keep a forecast of a saved desk; the version that is there already, where the same was saved before.

    Parameters
    ----------
    learned : name -> frame: what else is to be known of how it was made, read back by ``load_learned``.

    Raises
    ------
    InputError : the desk was not saved.
    """
    parts = _parts(forecast) | {f"{_LEARNED}{name}.parquet": own.to_parquet() for name, own in (learned or {}).items()}
    key = sha256("".join(f"{desk} {name} {sha256(parts[name]).hexdigest()}\n" for name in sorted(parts)).encode())
    with store.writing() as connection:
        if connection.execute(select(desks.c.hash).where(desks.c.hash == desk)).first() is None:
            raise InputError([Finding("store_unknown_desk", value=desk)])
        if found := _version(connection, key.hexdigest()):
            return found
        at = note(connection, principal, "save", "forecast", key.hexdigest(), after={"desk": desk}, why=why)
        version = ForecastVersion(key.hexdigest(), desk, at, principal.who)
        connection.execute(insert(forecasts).values(asdict(version)))
        for name, content in parts.items():
            row = {"forecast": version.hash, "name": name, "blob": blob.put(connection, content)}
            connection.execute(insert(forecast_parts).values(row))
    return version


@guarded("forecast.read")
def load_forecast(store: Store, principal: Principal, key: str) -> Forecast:
    """The forecast of a hash.

    Raises
    ------
    InputError : there is no such forecast, or it is not what was saved.
    """
    return _whole(_read(store, key))


@guarded("forecast.read")
def load_learned(store: Store, principal: Principal, key: str) -> dict[str, pd.DataFrame]:
    """What was kept beside the forecast of a hash, by name; empty where nothing was.

    Raises
    ------
    InputError : there is no such forecast.
    """
    parts = _read(store, key)
    return {
        name.removeprefix(_LEARNED).removesuffix(".parquet"): pd.read_parquet(BytesIO(content))
        for name, content in parts.items()
        if name.startswith(_LEARNED)
    }


@guarded("forecast.read")
def list_forecasts(store: Store, principal: Principal, desk: str | None = None) -> tuple[ForecastVersion, ...]:
    """The forecasts, newest first; of one desk version by its hash."""
    query = select(*_columns()).order_by(forecasts.c.id.desc())
    if desk is not None:
        query = query.where(forecasts.c.desk == desk)
    with store.reading() as connection:
        return tuple(ForecastVersion(**row) for row in connection.execute(query).mappings())


def _read(store: Store, key: str) -> dict[str, bytes]:
    with store.reading() as connection:
        if _version(connection, key) is None:
            raise InputError([Finding("store_unknown_forecast", value=key)])
        own = select(forecast_parts.c.name, forecast_parts.c.blob).where(forecast_parts.c.forecast == key)
        return {name: blob.get(connection, body) for name, body in connection.execute(own).all()}


def _version(connection: Connection, key: str) -> ForecastVersion | None:
    row = connection.execute(select(*_columns()).where(forecasts.c.hash == key)).mappings().first()
    return None if row is None else ForecastVersion(**row)


def _columns() -> list[Any]:
    return [column for column in forecasts.c if column.name != "id"]


def _parts(forecast: Forecast) -> dict[str, bytes]:
    paths = BytesIO()
    np.save(paths, forecast.paths, allow_pickle=False)
    meta = {
        "starts_us": epoch_us(forecast.starts.to_series()),
        "timezone": str(forecast.starts.tz),
        "queues": forecast.queues,
        "interval_min": forecast.interval_min,
        "findings": [asdict(finding) for finding in forecast.findings],
    }
    frames = {f"{name}.parquet": getattr(forecast, name).to_parquet() for name in _FRAMES}
    return frames | {_PATHS: paths.getvalue(), _META: json.dumps(meta, ensure_ascii=False, default=str).encode()}


def _whole(parts: Mapping[str, bytes]) -> Forecast:
    meta = json.loads(parts[_META])
    starts = pd.DatetimeIndex(from_epoch_us(pd.Series(meta["starts_us"]), meta["timezone"]), name="start")
    frames = {name: pd.read_parquet(BytesIO(parts[f"{name}.parquet"])) for name in _FRAMES}
    return Forecast(
        starts=starts,
        queues=tuple(meta["queues"]),
        paths=np.load(BytesIO(parts[_PATHS]), allow_pickle=False),
        interval_min=meta["interval_min"],
        findings=tuple(Finding(**record) for record in meta["findings"]),
        **frames,
    )
