"""From older schemas to ours, with data in them."""

import json
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, insert, inspect

import store.migrate
from desk import Desk
from store import (
    Principal,
    list_desks,
    list_faults,
    list_jobs,
    list_plans,
    load_plan,
    make_request,
    open_store,
    read_duty,
    read_edits,
    read_roster,
    read_trail,
    report_fault,
    save_desk,
    save_plan,
    undo_edit,
    upgrade,
    verify,
)
from store.address import store_url
from store.blob import put
from store.engine import BACKENDS, Store
from store.moment import epoch_us, now
from store.plan_version import files_hash
from store.schema import HEAD, duty_edits, jobs, plan_files, plans, trail
from tests.unit.store.world import BY_ROLE, START, files, new_desk


def old_store(address: str, revision: str) -> Store:
    """A store as an earlier release made it."""
    url = store_url(address)
    backend = BACKENDS[url.get_backend_name()]
    backend.prepare(url)
    opened = Store(backend.engine(url))
    with opened.writing() as connection:
        store.migrate.run_migrations(connection, revision)
    return opened


def keep_plan(connection: Connection, desk: str, status: str, content: dict[str, bytes]) -> str:
    """Keep a plan as the first release did: as files only."""
    key = files_hash(content)
    row: dict[str, Any] = {"hash": key, "desk": desk, "status": status, "summary": content["plan.json"].decode()}
    connection.execute(insert(plans).values(row | {"created_at": now(), "created_by": "ann"}))
    for path, body in content.items():
        connection.execute(insert(plan_files).values(plan=key, path=path, blob=put(connection, body)))
    return key


def test_a_journal_without_shifts_comes_up(address: str, small: Desk, hand: Principal) -> None:
    """Plans with edits, signatures and faults of the release before: each cell belongs to the shift it was planned in,
    its edits can be undone, and the new tables take rows.
    """
    old = old_store(address, "0003")
    plan = save_plan(old, hand, files("old"), save_desk(old, hand, new_desk(small)).hash).hash
    report_fault(old, hand, plan, "late", agent="A1")
    at = epoch_us(pd.Series([pd.Timestamp(START)]))[0]
    told = {"plan": 1, "agent": "A1", "start_us": at, "who": hand.who, "at": now(), "why": ""}
    with old.writing() as connection:
        for version, before, after in ((1, "sale", "break"), (2, "break", None)):
            row = told | {"version": version, "before": before, "after": after}
            connection.execute(insert(duty_edits).values(row))
    assert upgrade(address) == HEAD
    opened = open_store(address)
    assert [(edit.before, edit.after, edit.shift) for edit in read_edits(opened, hand, plan)] == [
        ("sale", "break", None),
        ("break", None, None),
    ]
    assert len(read_duty(opened, hand, plan)) == 5
    assert list(read_roster(opened, hand, plan)["shift"]) == ["M"] * 3
    assert [(edit.after, edit.shift) for edit in undo_edit(opened, hand, plan)] == [("break", "M")]
    assert len(list_faults(opened, hand, plan)) == 1
    wish = {"date": "2025-06-18", "wish": "off", "weight": 1}
    assert make_request(opened, hand, "wish", wish, agent="A1").status == "asked"
    assert verify(opened, hand) == ()


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_an_older_schema_comes_up_with_all_its_data(address: str, small: Desk, hand: Principal, revision: str) -> None:
    """Whoever began with an earlier release keeps desks, plans, jobs and trail, and their people see their rows."""
    old = old_store(address, revision)
    version = save_desk(old, hand, new_desk(small))
    with old.writing() as connection:
        content = {status: files(status) for status in ("draft", "published")}
        kept = {status: keep_plan(connection, version.hash, status, own) for status, own in content.items()}
        bad = {"plan.json": b"{}", "roster.csv": b"who,when\nann,now\n"}
        broken = keep_plan(connection, version.hash, "draft", bad)
        line = {"at": now(), "who": "ann", "action": "save", "kind": "desk", "subject": "x", "why": ""}
        connection.execute(insert(trail).values(line))
        if inspect(connection).has_table("jobs"):
            job = {"kind": "plan", "request": json.dumps({"desk": version.hash}), "status": "queued", "stop": False}
            connection.execute(insert(jobs).values(job | {"created_at": now(), "created_by": "ann"}))
    before = read_trail(old, hand)
    assert upgrade(address) == HEAD
    opened = open_store(address)
    assert list_desks(opened, hand) == (version,)
    assert read_trail(opened, hand) == before
    assert len(list_jobs(opened, hand)) == int(revision >= "0002")
    assert {plan.hash for plan in list_plans(opened, hand)} == {*kept.values(), broken}
    assert all(load_plan(opened, hand, key).files == files(status) for status, key in kept.items())
    assert len(read_duty(opened, hand, kept["draft"])) == 6
    assert list(read_roster(opened, BY_ROLE["agent"], kept["published"])["agent"]) == ["A1"]
    assert len(read_roster(opened, hand, broken)) == 0
    assert verify(opened, hand) == ()
