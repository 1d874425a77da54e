"""Scores and statements: what was measured of each person, for them, their lead and who pays."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, exists, insert, select

from desk import Finding, InputError
from desk.frames import empty_frame
from store.access import guarded, scope, within
from store.bulk import fill
from store.engine import Store
from store.plan_rows import teams_of
from store.principal import NotYoursError, Principal
from store.schema import desks, score_runs, scores, statements
from store.trail import note

_KEY = ("agent", "measure")


@dataclass(frozen=True, slots=True)
class ScoreRun:
    """One scoring; ``summary`` says what it rests on and holds nothing personal."""

    id: int
    desk: str
    name: str
    summary: Mapping[str, Any]
    created_at: datetime
    created_by: str


class ScoredMeanwhileError(InputError):
    """Another scoring was made of the one that this one was made of."""


@guarded("score.write")
def save_scores(
    store: Store,
    principal: Principal,
    name: str,
    found: pd.DataFrame,
    desk: str,
    *,
    pages: Mapping[str, Mapping[str, bytes]] | None = None,
    summary: Mapping[str, Any] | None = None,
    why: str = "",
) -> ScoreRun:
    """Keep scores of a saved desk, with everybody's statement; what its ``job`` has kept before is not kept twice.

    Parameters
    ----------
    found : table ``scores``.
    pages : agent -> form (``json``, ``en``, ``zh``) -> the statement in that form.
    summary : what the scores rest on; nothing personal. ``job`` is the number of the job that made them, ``before`` the
        scoring that they take the place of.

    Raises
    ------
    InputError : the desk was not saved, or there is a statement of somebody who has no score; ScoredMeanwhileError:
        the scoring ``before`` has been replaced by another.
    """
    pages, summary = pages or {}, dict(summary or {})
    if strangers := sorted(set(pages) - set(found["agent"])):
        raise InputError([Finding("statement_agent", value=strangers[0])])
    with store.writing() as connection:
        if connection.execute(select(desks.c.hash).where(desks.c.hash == desk)).first() is None:
            raise InputError([Finding("store_unknown_desk", value=desk)])
        if done := _kept(connection, desk, summary):
            return done
        told = {"name": name, "desk": desk, "rows": len(found)}
        at = note(connection, principal, "score", "scores", desk, after=told, why=why)
        row = {"desk": desk, "name": name, "created_at": at, "created_by": principal.who}
        made = connection.execute(insert(score_runs).values(row | {"summary": json.dumps(summary, default=str)}))
        number = int(made.inserted_primary_key.id)  # type: ignore[union-attr]
        teams = teams_of(connection, desk)
        columns = ("run", "row", "agent", "team", "measure", "record")
        fill(connection, scores, columns, _rows(number, found, teams))
        fill(connection, statements, ("run", "agent", "form", "team", "body"), _pages(number, pages, teams))
    return ScoreRun(number, summary=summary, **row)  # type: ignore[arg-type]


@guarded("score.read")
def list_score_runs(store: Store, principal: Principal) -> tuple[ScoreRun, ...]:
    """The scorings with somebody whose scores the principal may see, newest first."""
    some = exists(select(scores.c.row).where((scores.c.run == score_runs.c.id) & _mine(principal, scores)))
    with store.reading() as connection:
        rows = connection.execute(select(score_runs).where(some).order_by(score_runs.c.id.desc())).mappings().all()
    return tuple(map(_run, rows))


@guarded("score.read")
def read_scores(store: Store, principal: Principal, run: int) -> pd.DataFrame:
    """Table ``scores`` of a scoring: the rows that the principal may see.

    Raises
    ------
    InputError : there is no such scoring; NotYoursError for who may see only some people's rows.
    """
    query = select(scores.c.agent, scores.c.measure, scores.c.record).where(scores.c.run == run)
    with store.reading() as connection:
        rows = connection.execute(query.where(_mine(principal, scores)).order_by(scores.c.row)).all()
    if not rows:
        raise _unknown(principal, run)
    records = [{"agent": row.agent, "measure": row.measure, **json.loads(row.record)} for row in rows]
    blank = empty_frame("scores", "UTC")
    frame = pd.DataFrame(records)
    known = [name for name in blank.columns if name in frame]
    return frame.astype({name: blank[name].dtype for name in known})


@guarded("score.read")
def read_statement(store: Store, principal: Principal, run: int, agent: str, form: str = "json") -> bytes:
    """A person's statement in a form: ``json``, or a page in ``en`` or ``zh``.

    Raises
    ------
    InputError : there is no such statement; NotYoursError for who may see only some people's.
    """
    one = (statements.c.run == run) & (statements.c.agent == agent) & (statements.c.form == form)
    with store.reading() as connection:
        body = connection.execute(select(statements.c.body).where(one & _mine(principal, statements))).scalar()
    if body is None:
        raise _unknown(principal, run)
    return zlib.decompress(body)


def _kept(connection: Connection, desk: str, summary: Mapping[str, Any]) -> ScoreRun | None:
    """The scoring that the same job has kept; a second rerun of the same scoring is refused, for it lacks the first."""
    for row in connection.execute(select(score_runs).where(score_runs.c.desk == desk)).mappings():
        run = _run(row)
        if summary.get("job") is not None and all(run.summary.get(key) == summary.get(key) for key in ("job", "kind")):
            return run
        if summary.get("before") is not None and run.summary.get("before") == summary["before"]:
            raise ScoredMeanwhileError([Finding("scored_meanwhile", value=run.name, facts={"who": run.created_by})])
    return None


def _run(row: Mapping[Any, Any]) -> ScoreRun:
    return ScoreRun(**{**row, "summary": json.loads(row["summary"])})


def _unknown(principal: Principal, run: int) -> InputError:
    unknown = InputError([Finding("score_run_unknown", value=str(run))])
    return unknown if scope(principal, "score.read") == "all" else NotYoursError()


def _mine(principal: Principal, table: Any) -> Any:
    return within(principal, "score.read", team=table.c.team, agent=table.c.agent)


def _rows(run: int, found: pd.DataFrame, teams: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    numbers = found.drop(columns=list(_KEY)).astype("object").where(found.drop(columns=list(_KEY)).notna(), None)
    records: list[dict[Any, Any]] = numbers.to_dict("records")
    cells = zip(found["agent"], found["measure"], records, strict=True)
    for row, (agent, measure, record) in enumerate(cells):
        yield run, row, agent, teams.get(agent), measure, json.dumps(record, default=str)


def _pages(
    run: int, pages: Mapping[str, Mapping[str, bytes]], teams: Mapping[str, str]
) -> Iterator[tuple[int, str, str, str | None, bytes]]:
    for agent, forms in pages.items():
        for form, content in forms.items():
            yield run, agent, form, teams.get(agent), zlib.compress(content)
