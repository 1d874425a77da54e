"""Forgets a person: a pseudonym takes their place everywhere, so that rows and totals stay true."""

import json
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_hex
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, delete, insert, select, update

from desk import Finding, InputError
from desk.content import content_digest
from desk.formula import guarded as guarded_texts
from store import blob
from store.access import guarded
from store.engine import Store
from store.person_trace import accounts_of, names_of
from store.plan_version import SUMMARY, files_hash
from store.principal import Principal
from store.rewrite import Rewriting
from store.schema import (
    attendance,
    blobs,
    checks,
    contact_logs,
    contacts,
    desk_tables,
    desks,
    duty_edits,
    duty_rows,
    faults,
    forecast_parts,
    forecasts,
    jobs,
    plan_files,
    plan_people,
    plans,
    principals,
    request_answers,
    requests,
    roster_rows,
    scenarios,
    score_runs,
    scores,
    signatures,
    statements,
    tokens,
)
from store.table_text import decode
from store.trail import note

_AGENT_TABLES = (
    plan_people,
    roster_rows,
    duty_rows,
    duty_edits,
    checks,
    faults,
    contacts,
    scores,
    attendance,
    requests,
)
_OWNED = (desks, forecasts, plans, jobs, contact_logs, score_runs, requests, scenarios, attendance)
_ACCOUNT_COLUMNS: tuple[tuple[Table, str], ...] = (
    *((table, "created_by") for table in _OWNED),
    *((duty_edits, "who"), (signatures, "who"), (faults, "finder"), (faults, "settled_by"), (request_answers, "who")),
)
_DESK_REFERENCES = (desk_tables, forecasts, plans, contact_logs, score_runs)
_PAGES, _BINARY = (".html", ".ics"), (".xlsx",)
"""Files of a plan that are made from its tables and can be made again: an erased person's are taken away."""


@guarded("person.erase")
def erase_person(store: Store, principal: Principal, agent: str, why: str = "") -> str:
    """Put a pseudonym in an agent's place in every row, file and account; numbers stay, statements and pages go.

    Versions of desks and plans get new hashes. The trail keeps that somebody was erased, and not who. Backups that were
    made before still hold the person.

    Returns
    -------
    The pseudonym.

    Raises
    ------
    InputError : nobody of that code is kept.
    """
    pseudonym = f"erased-{token_hex(4)}"
    with store.writing() as connection:
        store.backend.overwrite_deleted(connection)
        accounts = accounts_of(connection, agent)
        away = Rewriting(agent, _written(names_of(connection, agent)), pseudonym)
        _forget_words(connection, agent)
        changed = _desks(connection, away)
        plans_changed = _plans(connection, away, changed)
        touched = sum(_renamed(connection, table, "agent", (agent,), pseudonym) for table in _AGENT_TABLES)
        touched += _renamed(connection, requests, "partner", (agent,), pseudonym)
        if not any((changed, plans_changed, touched, accounts)):
            raise InputError([Finding("person_unknown", value=agent)])
        _accounts(connection, accounts, pseudonym)
        connection.execute(delete(statements).where(statements.c.agent == agent))
        _words(connection, away)
        _suppositions(connection, away)
        _follow(connection, {**changed, **plans_changed})
        _sweep(connection)
        note(connection, principal, "erase", "person", pseudonym, why=why)
    return pseudonym


def _written(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, also as files write them where they could act as a formula."""
    return tuple(dict.fromkeys([*names, *guarded_texts(pd.Series(names, dtype="str"))]))


def _forget_words(connection: Connection, agent: str) -> None:
    """Take away what they wrote when they asked for something, and what they contested."""
    own = requests.c.agent == agent
    for row in connection.execute(select(requests.c.id, requests.c.detail).where(own)).all():
        detail = {name: "" if name == "claim" else value for name, value in json.loads(row.detail).items()}
        told = {"words": "", "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True)}
        connection.execute(update(requests).where(requests.c.id == row.id).values(told))


def _renamed(connection: Connection, table: Table, column: str, old: tuple[str, ...], new: str) -> int:
    done = connection.execute(update(table).where(table.c[column].in_(old)).values({column: new}))
    return int(done.rowcount)


def _accounts(connection: Connection, accounts: tuple[str, ...], pseudonym: str) -> None:
    for table, column in _ACCOUNT_COLUMNS:
        _renamed(connection, table, column, accounts, pseudonym)
    for table in (principals, tokens):
        connection.execute(delete(table).where(table.c.who.in_(accounts)))


def _words(connection: Connection, away: Rewriting) -> None:
    """What people and programs wrote in free words and records."""
    records = ((checks, ("facts",)), (jobs, ("request", "progress", "result")), (requests, ("detail",)))
    for table, names in (*records, (scenarios, ("measures",))):
        for row in connection.execute(select(table)).mappings().all():
            _put(connection, table, row, {name: away.json_text(row[name]) for name in names})
    words = ((faults, "words"), (duty_edits, "why"), (signatures, "why"), (requests, "words"))
    for table, name in (*words, (request_answers, "words"), (scenarios, "name")):
        for row in connection.execute(select(table)).mappings().all():
            _put(connection, table, row, {name: away.text(row[name])})


def _suppositions(connection: Connection, away: Rewriting) -> None:
    """What scenarios suppose: names there stand between dots."""
    for row in connection.execute(select(scenarios)).mappings().all():
        said = [".".join(map(away.text, away.text(own).split("."))) for own in json.loads(row["suppositions"])]
        _put(connection, scenarios, row, {"suppositions": json.dumps(said, ensure_ascii=False, sort_keys=True)})


def _follow(connection: Connection, news: Mapping[str, str]) -> None:
    """Let jobs and scorings name the versions by their new hashes: appeals are scored from there, and jobs wait."""
    for table, names in ((jobs, ("request", "result")), (score_runs, ("summary",))):
        for row in connection.execute(select(table)).mappings().all():
            made = {name: json.loads(row[name]) for name in names if row[name] is not None}
            _put(connection, table, row, {
                name: json.dumps(_followed(own, news), ensure_ascii=False, sort_keys=True)
                for name, own in made.items() if _followed(own, news) != own
            })  # fmt: skip


def _followed(value: Any, news: Mapping[str, str]) -> Any:
    """A JSON value with each old hash in it replaced by the new one."""
    if isinstance(value, Mapping):
        return {key: _followed(own, news) for key, own in value.items()}
    if isinstance(value, list):
        return [_followed(own, news) for own in value]
    return news.get(value, value) if isinstance(value, str) else value


def _put(connection: Connection, table: Table, row: Mapping[Any, Any], made: dict[str, Any]) -> None:
    if any(row[name] != value for name, value in made.items()):
        connection.execute(update(table).where(table.c.id == row["id"]).values(made))


def _desks(connection: Connection, away: Rewriting) -> dict[str, str]:
    """Write the versions with the person anew; old hash -> new hash."""
    changed = {}
    for desk in connection.execute(select(desks)).mappings().all():
        own = select(desk_tables.c.name, desk_tables.c.blob).where(desk_tables.c.desk == desk["hash"])
        before = {name: blob.get(connection, key) for name, key in connection.execute(own).all()}
        after = {name: away.csv(content) for name, content in before.items()}
        if before != after:
            changed[desk["hash"]] = _rewritten(connection, desk, before, after)
    return changed


def _rewritten(
    connection: Connection, desk: Mapping[Any, Any], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> str:
    zone = json.loads(desk["settings"])["timezone"]
    key = content_digest(desk["settings"], {name: decode(name, content, zone) for name, content in after.items()})
    connection.execute(insert(desks).values({**{name: desk[name] for name in desk if name != "id"}, "hash": key}))
    for table in _DESK_REFERENCES:
        connection.execute(update(table).where(table.c.desk == desk["hash"]).values(desk=key))
    connection.execute(delete(desks).where(desks.c.hash == desk["hash"]))
    connection.execute(update(desks).where(desks.c.hash == key).values(id=desk["id"]))
    for name in (name for name in after if after[name] != before[name]):
        own = (desk_tables.c.desk == key) & (desk_tables.c.name == name)
        connection.execute(update(desk_tables).where(own).values(blob=blob.put(connection, after[name])))
    return key


def _plans(connection: Connection, away: Rewriting, changed: Mapping[str, str]) -> dict[str, str]:
    """Write the files of the plans anew that name the person, or their desk, or the plan that they were made of, by its
    old hash; old hash -> new hash."""
    news: dict[str, str] = {}
    for plan in connection.execute(select(plans).order_by(plans.c.id)).mappings().all():
        own = select(plan_files.c.path, plan_files.c.blob).where(plan_files.c.plan == plan["hash"])
        before = {path: blob.get(connection, key) for path, key in connection.execute(own).all()}
        told = json.loads(before.pop(SUMMARY))
        after = {path: content for path in before if (content := _file(away, path, before[path])) is not None}
        fresh = _followed(away.json(told), {**changed, **news})
        if after != before or fresh != told or _in(connection, plan["id"], away.code):
            kept = {path: content for path, content in after.items() if not path.endswith(_BINARY)}
            news[plan["hash"]] = _replace(connection, plan, _summary(told, fresh, before, kept), kept)
    return news


def _in(connection: Connection, plan: int, agent: str) -> bool:
    own = (plan_people.c.plan == plan) & (plan_people.c.agent == agent)
    return connection.execute(select(plan_people.c.agent).where(own)).first() is not None


def _file(away: Rewriting, path: str, content: bytes) -> bytes | None:
    """A file of a plan without the person; None where it names them and is better made again."""
    if path.endswith(".csv"):
        return away.csv(content)
    if path.endswith(".json"):
        told = json.loads(content)
        made = away.json(told)
        return content if made == told else json.dumps(made, ensure_ascii=False, indent=2).encode()
    named = away.text(path) != path or (path.endswith(_PAGES) and _names(away, content))
    return None if named else content


def _names(away: Rewriting, content: bytes) -> bool:
    words = content.decode(errors="replace")
    return away.text(words) != words


def _summary(summary: Any, made: Any, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Any:
    """plan.json without the person, with the hashes of what the files are now."""
    if isinstance(summary.get("files"), dict):
        kept = {path: key for path, key in summary["files"].items() if path in after}
        made["files"] = {
            path: key if after[path] == before[path] else sha256(after[path]).hexdigest() for path, key in kept.items()
        }
    return made


def _replace(connection: Connection, plan: Mapping[Any, Any], summary: Any, files: Mapping[str, bytes]) -> str:
    """Put other files into a plan; its new hash."""
    text = json.dumps(summary, ensure_ascii=False)
    whole = {**files, SUMMARY: text.encode()}
    key = files_hash(whole)
    connection.execute(delete(plan_files).where(plan_files.c.plan == plan["hash"]))
    connection.execute(update(plans).where(plans.c.id == plan["id"]).values(hash=key, summary=text))
    for path, content in whole.items():
        connection.execute(insert(plan_files).values(plan=key, path=path, blob=blob.put(connection, content)))
    return key


def _sweep(connection: Connection) -> None:
    """Contents that nothing refers to any more."""
    used = (select(table.c.blob) for table in (desk_tables, plan_files, forecast_parts))
    first, *others = used
    connection.execute(delete(blobs).where(blobs.c.hash.not_in(first.union(*others))))
