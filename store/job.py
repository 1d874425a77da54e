"""Long work as rows: submitted, taken by one worker, watched and stopped by anybody, picked up when a worker died."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, insert, not_, or_, select, true, update

from desk import Finding, InputError
from store.access import guarded, scope, within
from store.engine import Store
from store.principal import NotYoursError, Principal
from store.schema import jobs, trail
from store.trail import note

BEAT_S = 5.0
"""A worker gives a sign of life at least so often, seconds."""
DEAD_S = 20.0
"""A worker that was silent for so long is dead, seconds. So is one whose sign of life lies so far ahead: the clock was
put back, and one that lives would have given another since."""
_DEAD = timedelta(seconds=DEAD_S)
_TAKE_OVER = "take over"
_JSON = ("request", "progress", "result")


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the table ``jobs``; see there. ``dead``: its worker has been silent for too long."""

    id: int
    kind: str
    request: Mapping[str, Any]
    status: str
    progress: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    worker: str | None
    beat_at: datetime | None
    stop: bool
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    dead: bool = False


@guarded("job.submit")
def submit_job(store: Store, principal: Principal, kind: str, request: Mapping[str, Any], why: str = "") -> Job:
    """Put a job at the end of the queue."""
    with store.writing() as connection:
        row = {"kind": kind, "request": _text(request), "status": "queued", "stop": False, "created_by": principal.who}
        made = connection.execute(insert(jobs).values(row | {"created_at": store.backend.clock(connection)}))
        number = int(made.inserted_primary_key.id)  # type: ignore[union-attr]
        told = {"kind": kind, "request": dict(request)}
        note(connection, principal, "submit", "job", str(number), after=told, why=why)
        return _known(store, connection, number)


@guarded("job.work")
def take_job(store: Store, principal: Principal, worker: str) -> Job | None:
    """The oldest job that waits, or whose worker died, now of ``worker``; None where there is none."""
    with store.writing() as connection:
        at = store.backend.clock(connection)
        dead = (jobs.c.status == "running") & not_(jobs.c.beat_at.between(at - _DEAD, at + _DEAD))
        waiting = select(jobs.c.id, jobs.c.status, jobs.c.worker).where(or_(jobs.c.status == "queued", dead))
        row = connection.execute(waiting.order_by(jobs.c.id).limit(1)).first()
        if row is None:
            return None
        if row.status == "running":
            hand = replace(principal, who=worker)
            note(connection, hand, _TAKE_OVER, "job", str(row.id), before={"worker": row.worker})
        own = {"status": "running", "worker": worker, "beat_at": at, "progress": None}
        connection.execute(update(jobs).where(jobs.c.id == row.id).values(own))
        return _known(store, connection, row.id)


@guarded("job.work")
def deaths_of(store: Store, principal: Principal, number: int) -> int:
    """How many workers of a job fell silent, so that another took it over."""
    own = (trail.c.kind == "job") & (trail.c.action == _TAKE_OVER) & (trail.c.subject == str(number))
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).where(own)).scalar_one())


@guarded("job.work")
def beat(
    store: Store, principal: Principal, number: int, worker: str, progress: Mapping[str, Any] | None = None
) -> bool:
    """A sign of life with the latest progress.

    Returns
    -------
    False where somebody asked to stop.

    Raises
    ------
    InputError : the job is no longer this worker's.
    """
    with store.writing() as connection:
        job = _own(store, connection, number, worker)
        told: dict[str, Any] = {} if progress is None else {"progress": _text(progress)}
        told["beat_at"] = store.backend.clock(connection)
        connection.execute(update(jobs).where(jobs.c.id == number).values(told))
    return not job.stop


@guarded("job.work")
def end_job(
    store: Store, principal: Principal, number: int, worker: str, status: str, result: Mapping[str, Any]
) -> Job:
    """The job is over: ``done``, ``failed`` or ``cancelled``.

    Raises
    ------
    InputError : the job is no longer this worker's.
    """
    with store.writing() as connection:
        _own(store, connection, number, worker)
        own = {"status": status, "result": _text(result), "ended_at": store.backend.clock(connection)}
        connection.execute(update(jobs).where(jobs.c.id == number).values(own))
        note(connection, replace(principal, who=worker), status, "job", str(number), after=result)
        return _known(store, connection, number)


@guarded("job.stop")
def stop_job(store: Store, principal: Principal, number: int, why: str = "") -> Job:
    """Ask to stop and keep the best so far; a job that nobody began, or whose worker died, is cancelled at once.

    Raises
    ------
    InputError : there is no such job.
    """
    with store.writing() as connection:
        job = _seen(store, connection, principal, "job.stop", number)
        if job.status not in ("queued", "running"):
            return job
        alone = job.status == "queued" or job.dead
        own = {"status": "cancelled", "ended_at": store.backend.clock(connection)} if alone else {}
        connection.execute(update(jobs).where(jobs.c.id == number).values(stop=True, **own))
        note(connection, principal, "stop", "job", str(number), why=why)
        return _known(store, connection, number)


@guarded("job.read")
def read_job(store: Store, principal: Principal, number: int) -> Job:
    """A job.

    Raises
    ------
    InputError : there is no such job.
    """
    with store.reading() as connection:
        return _seen(store, connection, principal, "job.read", number)


@guarded("job.read")
def list_jobs(store: Store, principal: Principal, status: Sequence[str] = ()) -> tuple[Job, ...]:
    """The jobs that the principal may see, of these states or of all, newest first."""
    mine = within(principal, "job.read", who=jobs.c.created_by)
    wanted = jobs.c.status.in_(status) if status else true()
    with store.reading() as connection:
        rows = connection.execute(_columns().where(mine, wanted).order_by(jobs.c.id.desc())).mappings()
        at = store.backend.clock(connection)
        return tuple(_from_row(row, at) for row in rows)


def _own(store: Store, connection: Connection, number: int, worker: str) -> Job:
    job = _known(store, connection, number)
    if job.status != "running" or job.worker != worker:
        raise InputError([Finding("job_taken", value=str(number), facts={"worker": job.worker or ""})])
    return job


def _seen(store: Store, connection: Connection, principal: Principal, action: str, number: int) -> Job:
    """A job that the principal may reach; who reaches only some can't tell another's from one that is not there."""
    mine = within(principal, action, who=jobs.c.created_by)
    row = connection.execute(_columns().where(jobs.c.id == number).where(mine)).mappings().first()
    if row is None and scope(principal, action) != "all":
        raise NotYoursError
    return _known(store, connection, number) if row is None else _from_row(row, store.backend.clock(connection))


def _known(store: Store, connection: Connection, number: int) -> Job:
    row = connection.execute(_columns().where(jobs.c.id == number)).mappings().first()
    if row is None:
        raise InputError([Finding("job_unknown", value=str(number))])
    return _from_row(row, store.backend.clock(connection))


def _columns() -> Select[Any]:
    return select(*(jobs.c[own.name] for own in fields(Job) if own.name in jobs.c))


def _from_row(row: Mapping[Any, Any], at: datetime) -> Job:
    """The job as it stands at a moment of the store's clock."""
    loaded = {name: None if row[name] is None else json.loads(row[name]) for name in _JSON}
    dead = row["status"] == "running" and row["beat_at"] is not None and abs(row["beat_at"] - at) > _DEAD
    return Job(**{**row, **loaded}, dead=dead)


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)
