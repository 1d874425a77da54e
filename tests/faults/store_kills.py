"""Four writers of one store, killed at random moments: ``python -m tests.faults.store_kills [KILLS] [SEED]``."""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pandas as pd
import psycopg
from sqlalchemy import func, select

import store.contact_log
from desk import Desk
from store import (
    CellEdit,
    Store,
    edit_duty,
    list_contact_logs,
    list_desks,
    list_plans,
    list_requests,
    list_signatures,
    load_desk_version,
    load_plan,
    open_store,
    read_contacts,
    read_duty,
    read_edits,
    read_roster,
    read_trail,
    verify,
)
from store.schema import contact_logs, contacts
from tests.faults.forked import forked
from tests.faults.store_writer import ROWS, migrate, work
from tests.unit.store.conftest import made_small
from tests.unit.store.server import serving
from tests.unit.store.world import OWNER, START, TEAMS, new_desk

WRITERS = 4
LONGEST_S = 0.25
LOOK_EVERY = 50
PATIENCE_S = 60.0


@dataclass
class Trial:
    """One run of the writers on one kind of database."""

    shared: str
    moving: str
    folder: Path
    desk: Desk
    rng: random.Random
    born: Counter[int] = field(default_factory=Counter)
    running: dict[int, BaseProcess] = field(default_factory=dict)

    def start(self, number: int) -> None:
        """Begin writer ``number``; the last one migrates."""
        self.born[number] += 1
        name, told = f"w{number}.{self.born[number]}", self.folder / f"told{number}"
        doing = partial(migrate, self.moving) if number == WRITERS - 1 else partial(work, self.shared)
        self.running[number] = forked(doing, self.desk, told, name)

    def wait(self) -> None:
        """Until the first thing is acknowledged, however busy the machine is."""
        until = time.monotonic() + PATIENCE_S
        while not any(self.told().values()) and time.monotonic() < until:
            time.sleep(0.05)

    def kill(self, number: int) -> None:
        """Kill a writer, which must not have ended by itself."""
        own = self.running[number]
        assert own.is_alive(), f"writer {number} ended by itself: {own.exitcode}"
        assert own.pid is not None
        os.kill(own.pid, signal.SIGKILL)
        own.join(30)

    def told(self) -> Mapping[str, set[str]]:
        """Kind -> what was acknowledged."""
        found: dict[str, set[str]] = {kind: set() for kind in ("plan", "log", "published", "answered", "migrated")}
        for path in self.folder.glob("told*"):
            for line in path.read_text().split("\n")[:-1]:
                kind, _, what = line.partition(" ")
                found[kind].add(what)
        return found


def trial(shared: str, moving: str, folder: Path, kills: int, seed: int) -> Mapping[str, int]:
    """Kill so often, look at what is left again and again; how much was acknowledged of each kind."""
    store.contact_log.BATCH_ROWS = ROWS // 4
    run = Trial(shared, moving, folder, new_desk(made_small(), 1), random.Random(seed))
    open_store(shared)
    for number in range(WRITERS):
        run.start(number)
    run.wait()
    for kill in range(1, kills + 1):
        time.sleep(run.rng.uniform(0, LONGEST_S))
        number = run.rng.randrange(WRITERS)
        run.kill(number)
        if kill % LOOK_EVERY == 0 or kill == kills:
            for other in set(range(WRITERS)) - {number}:
                run.kill(other)
            look(open_store(shared), run.told())
            look_at_migrated(open_store(moving))
            for other in set(range(WRITERS)) - {number}:
                run.start(other)
        run.start(number)
    for number in range(WRITERS):
        run.kill(number)
    return {kind: len(what) for kind, what in run.told().items()}


def look(opened: Store, told: Mapping[str, set[str]]) -> None:
    """All that was acknowledged is there, and all that is there is whole."""
    assert verify(opened, OWNER) == ()
    plans = {plan.hash: plan for plan in list_plans(opened, OWNER)}
    assert told["plan"] | told["published"] <= set(plans)
    assert all(plans[key].status == "published" for key in told["published"])
    for key, plan in plans.items():
        look_at_plan(opened, key, plan.status)
    look_at_requests(opened, told["answered"])
    for desk in list_desks(opened, OWNER):
        assert set(load_desk_version(opened, OWNER, desk.hash).table("agents")["agent"]) == set(TEAMS)
    logs = {str(log.id): log for log in list_contact_logs(opened, OWNER)}
    assert told["log"] <= set(logs)
    assert all(len(read_contacts(opened, OWNER, log.id, "UTC")) == log.rows == ROWS for log in logs.values())
    with opened.reading() as connection:
        kept = select(contacts.c.log, func.count().label("rows")).group_by(contacts.c.log)
        counts = {row.log: row.rows for row in connection.execute(kept)}
        begun = set(connection.execute(select(contact_logs.c.id)).scalars())
    assert set(counts) <= begun
    assert all(count <= ROWS for count in counts.values())


def look_at_requests(opened: Store, told: set[str]) -> None:
    """Every answer that was acknowledged stands; a swap is granted with its edits, or neither."""
    found = {str(one.id): one for one in list_requests(opened, OWNER)}
    assert all(found[number].status == "approved" for number in told)
    for one in found.values():
        done = {reply.answer for reply in one.answers}
        assert (one.status == "approved") == ("approve" in done)
        if one.kind == "swap" and one.plan is not None:
            assert bool(read_edits(opened, OWNER, one.plan)) == (one.status == "approved")


def look_at_plan(opened: Store, key: str, status: str) -> None:
    """Files, rows, journal and signatures of a plan belong together."""
    assert set(load_plan(opened, OWNER, key).files) >= {"plan.json", "roster.csv", "duty.csv"}
    assert len(read_roster(opened, OWNER, key)) == len(TEAMS)
    edits = read_edits(opened, OWNER, key)
    assert len(edits) in (0, 2), "both edits of a call, or none"
    duty = read_duty(opened, OWNER, key)
    assert len(duty) == 2 * len(TEAMS) - len(edits) // 2
    assert duty["version"].sum() == len(edits) // 2
    valid = [one for one in list_signatures(opened, OWNER, key) if not one.void]
    assert (status in ("signed", "published")) == (len(valid) == 1)
    steps = [entry.after for entry in read_trail(opened, OWNER, key) if entry.action == "status"]
    assert (steps[-1]["status"] if steps and steps[-1] else "draft") == status


def look_at_migrated(opened: Store) -> None:
    """Of the first schema or of ours: what was in it is in it."""
    assert verify(opened, OWNER) == ()
    for plan in list_plans(opened, OWNER):
        assert len(read_duty(opened, OWNER, plan.hash)) == 2 * len(TEAMS)
    assert len(list_plans(opened, OWNER)) == len(list_desks(opened, OWNER)) == len(read_trail(opened, OWNER)) <= 1


def still_writes(opened: Store) -> None:
    """After all that the store takes the next edit."""
    draft = next(plan.hash for plan in list_plans(opened, OWNER) if plan.status == "draft")
    version = int(pd.Series(read_duty(opened, OWNER, draft).query("agent == 'A3'")["version"]).iloc[0])
    assert edit_duty(opened, OWNER, draft, [CellEdit("A3", START, None, version)])


def main(kills: int = 500, seed: int = 1) -> None:
    """Both databases, one after the other."""
    with tempfile.TemporaryDirectory(prefix="peakdesk-kills-") as folder, serving() as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            for name in ("shared", "moving"):
                connection.execute(f"CREATE DATABASE {name}")
        pairs = {"SQLite": f"sqlite:///{folder}/", "PostgreSQL": f"{server}/"}
        for name, place in pairs.items():
            began, end = time.monotonic(), ".db" if name == "SQLite" else ""
            (Path(folder) / name).mkdir()
            told = trial(f"{place}shared{end}", f"{place}moving{end}", Path(folder) / name, kills, seed)
            still_writes(open_store(f"{place}shared{end}"))
            print(
                f"{name}: {kills} kills in {time.monotonic() - began:.0f} s, nothing lost; acknowledged: {dict(told)}",
                flush=True,
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
