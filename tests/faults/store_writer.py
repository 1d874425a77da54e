"""What a writer does until it is killed: saves, imports, publishes, answers, swaps, migrates; each thing is told."""

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from sqlalchemy import insert, text

from desk import Desk, InputError
from store import (
    CellEdit,
    Check,
    Principal,
    Store,
    answer_request,
    edit_duty,
    grant_swap,
    import_contacts,
    list_requests,
    make_request,
    open_store,
    publish_plan,
    put_checks,
    save_desk,
    save_plan,
    sign_plan,
)
from store.address import store_url
from store.blob import put
from store.engine import BACKENDS
from store.migrate import run_migrations
from store.moment import now
from store.schema import METADATA, desk_tables, desks, trail
from store.table_text import encode
from tests.unit.store.test_migration import keep_plan
from tests.unit.store.world import OWNER, START, contacts, files

ROWS = 60
Act = Callable[[Store, Desk, str, str], str]


def save(store: Store, desk: Desk, key: str, name: str) -> str:
    """A new version of the desk, and a plan for it."""
    settings = desk.settings.model_copy(update={"name": name})
    version = save_desk(store, OWNER, replace(desk, settings=settings))
    made = files(name) | {"big.bin": random.Random(name).randbytes(30_000)}
    return f"plan {save_plan(store, OWNER, made, version.hash).hash}"


def bring_in(store: Store, desk: Desk, key: str, name: str) -> str:
    """A contact log in several batches."""
    return f"log {import_contacts(store, OWNER, name, contacts(ROWS), key).id}"


def publish(store: Store, desk: Desk, key: str, name: str) -> str:
    """A plan from its first edit to its publishing."""
    plan = save_plan(store, OWNER, files(name), key).hash
    edit_duty(store, OWNER, plan, [CellEdit("A1", START, "break"), CellEdit("A2", START, None)])
    put_checks(store, OWNER, plan, [Check("price")])
    sign_plan(store, OWNER, plan, "setter")
    publish_plan(store, OWNER, plan)
    return f"published {plan}"


def ask(store: Store, desk: Desk, key: str, name: str) -> str:
    """A wish for a day of its own, and its answer."""
    day = dt.date(2026, 1, 1) + dt.timedelta(days=random.Random(name).randrange(2_000_000))
    wish = {"date": day, "wish": "off", "weight": 5}
    number = make_request(store, OWNER, "wish", wish, agent="A1", words=name).id
    answer_request(store, OWNER, number, "approve", name)
    return f"answered {number}"


def swap(store: Store, desk: Desk, key: str, name: str) -> str:
    """A published plan, and a swap that is written into it; first away with what others left half done."""
    plan = save_plan(store, OWNER, files(name), key).hash
    put_checks(store, OWNER, plan, [Check("price")])
    sign_plan(store, OWNER, plan, "setter")
    publish_plan(store, OWNER, plan)
    days = {"date": "2025-06-18", "partner_date": "2025-06-18"}
    for left in list_requests(store, OWNER, kind="swap", status="asked"):
        with suppress(InputError):
            answer_request(store, OWNER, left.id, "withdraw")
    try:
        number = make_request(store, OWNER, "swap", days, agent="A1", partner="A2", plan=plan).id
        answer_request(store, Principal("bo", "agent", agent="A2"), number, "accept")
        grant_swap(store, OWNER, number, [CellEdit("A1", START, "break"), CellEdit("A2", START, None)])
    except InputError:
        return f"published {plan}"
    return f"answered {number}"


SHARED: tuple[Act, ...] = (save, bring_in, publish, ask, swap)


def work(address: str, desk: Desk, told: Path, name: str) -> None:
    """Do one thing after the other in the shared store."""
    store, rng = open_store(address), random.Random(name)
    key = save_desk(store, OWNER, desk).hash
    with told.open("a") as file:
        for number in count():
            file.write(rng.choice(SHARED)(store, desk, key, f"{name} {number}") + "\n")
            file.flush()


def migrate(address: str, desk: Desk, told: Path, name: str) -> None:
    """Begin a store of the first schema anew and bring it up, over and over."""
    url = store_url(address)
    backend = BACKENDS[url.get_backend_name()]
    backend.prepare(url)
    with told.open("a") as file:
        for number in count():
            first(Store(backend.engine(url)), desk)
            open_store(address)
            file.write(f"migrated {name} {number}\n")
            file.flush()


def first(store: Store, desk: Desk) -> None:
    """The first schema with a desk, a plan and a line of the trail, instead of what is there; in one transaction."""
    with store.writing() as connection:
        for name in ("alembic_version", *(table.name for table in reversed(METADATA.sorted_tables))):
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION IF EXISTS trail_protest"))
        run_migrations(connection, "0001")
        line = {"at": now(), "who": "ann", "action": "save", "kind": "desk", "subject": "x", "why": ""}
        connection.execute(insert(trail).values(line))
        key, settings = desk.content_hash, desk.settings.model_dump_json()
        row = {"hash": key, "name": "old", "settings": settings, "created_at": now(), "created_by": "ann"}
        connection.execute(insert(desks).values(row))
        agents = put(connection, encode("agents", desk.table("agents")))
        connection.execute(insert(desk_tables).values(desk=key, name="agents", blob=agents))
        keep_plan(connection, key, "published", files("old"))
