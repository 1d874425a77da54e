"""Plans in the store: the files of an output folder, whole, and how far the plan has come."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from desk import Finding, InputError
from store import blob
from store.access import guarded, scope
from store.engine import Store
from store.plan_rows import put_rows, teams_of
from store.plan_scope import seen
from store.principal import NotYoursError, Principal
from store.schema import desks, plan_files, plans
from store.trail import note

SUMMARY = "plan.json"


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A saved plan; ``summary`` is its plan.json, empty for who may see only some people's rows."""

    hash: str
    desk: str
    status: str
    summary: Mapping[str, Any]
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A saved plan with its files: relative path with slashes -> content."""

    version: PlanVersion
    files: Mapping[str, bytes]


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of an output folder by their relative paths; links are left out."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@guarded("plan.write")
def save_plan(store: Store, principal: Principal, files: Mapping[str, bytes], desk: str, why: str = "") -> PlanVersion:
    """Keep a plan as a draft; the version that is there already, where the same files were saved before.

    Parameters
    ----------
    files : relative path -> content, as :func:`read_folder` gives it; ``plan.json`` must be among them.
    desk : hash of the saved desk that it was made for.

    Raises
    ------
    InputError : plan.json is missing or broken, the desk was not saved, or roster and duty can't be read as rows.
    """
    summary, key = _summary(files), files_hash(files)
    with store.writing() as connection:
        if connection.execute(select(desks.c.hash).where(desks.c.hash == desk)).first() is None:
            raise InputError([Finding("store_unknown_desk", value=desk)])
        if found := _version(connection, key):
            return found
        at = note(connection, principal, "save", "plan", key, after={"desk": desk, "status": "draft"}, why=why)
        version = PlanVersion(key, desk, "draft", summary, at, principal.who)
        row = asdict(version) | {"summary": json.dumps(summary, ensure_ascii=False)}
        made = connection.execute(insert(plans).values(row))
        put_rows(connection, int(made.inserted_primary_key.id), files, teams_of(connection, desk))  # type: ignore[union-attr]
        for path, content in files.items():
            connection.execute(insert(plan_files).values(plan=key, path=path, blob=blob.put(connection, content)))
    return version


@guarded("plan.read")
def load_plan(store: Store, principal: Principal, key: str) -> StoredPlan:
    """A plan with its files.

    Raises
    ------
    InputError : there is no such plan, or its files are not what was saved.
    """
    with store.reading() as connection:
        version = _known(connection, key)
        rows = connection.execute(select(plan_files.c.path, plan_files.c.blob).where(plan_files.c.plan == key)).all()
        files = {path: blob.get(connection, body) for path, body in rows}
    if files_hash(files) != key:
        raise InputError([Finding("store_damaged", value=key)])
    return StoredPlan(version, files)


@guarded("plan.list")
def list_plans(store: Store, principal: Principal, desk: str | None = None) -> tuple[PlanVersion, ...]:
    """The plans that the principal is to know of, newest first; of one desk version by its hash."""
    query = _columns().where(seen(principal, "plan.list")).order_by(plans.c.id.desc())
    if desk is not None:
        query = query.where(plans.c.desk == desk)
    with store.reading() as connection:
        return tuple(_shown(_from_row(row), principal) for row in connection.execute(query).mappings())


@guarded("plan.list")
def read_plan(store: Store, principal: Principal, key: str) -> PlanVersion:
    """A plan without its files.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    query = _columns().where((plans.c.hash == key) & seen(principal, "plan.list"))
    with store.reading() as connection:
        row = connection.execute(query).mappings().first()
        if row is None and scope(principal, "plan.list") != "all":
            raise NotYoursError
        return _known(connection, key) if row is None else _shown(_from_row(row), principal)


def _shown(version: PlanVersion, principal: Principal) -> PlanVersion:
    return version if scope(principal, "plan.list") == "all" else replace(version, summary={})


def _summary(files: Mapping[str, bytes]) -> Any:
    try:
        return json.loads(files[SUMMARY])
    except (KeyError, ValueError) as error:
        raise InputError([Finding("plan_json_missing", file=SUMMARY)]) from error


def files_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over paths and contents."""
    lines = (f"{sha256(files[path]).hexdigest()} {path}\n" for path in sorted(files))
    return sha256("".join(lines).encode()).hexdigest()


def _known(connection: Connection, key: str) -> PlanVersion:
    found = _version(connection, key)
    if found is None:
        raise InputError([Finding("store_unknown_plan", value=key)])
    return found


def _version(connection: Connection, key: str) -> PlanVersion | None:
    row = connection.execute(_columns().where(plans.c.hash == key)).mappings().first()
    return None if row is None else _from_row(row)


def _columns() -> Select[Any]:
    return select(*(column for column in plans.c if column.name != "id"))


def _from_row(row: Mapping[Any, Any]) -> PlanVersion:
    return PlanVersion(**{**row, "summary": json.loads(row["summary"])})
