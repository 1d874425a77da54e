"""From an older schema to ours, with data in it."""

from sqlalchemy import insert

import store.migrate
from desk import Desk
from store import Principal, list_desks, open_store, read_trail, save_desk, submit_job, upgrade
from store.address import store_url
from store.engine import BACKENDS, Store
from store.moment import now
from store.schema import HEAD, blobs, trail


def first_schema(address: str) -> Store:
    """A store as the first release made it."""
    url = store_url(address)
    backend = BACKENDS[url.get_backend_name()]
    backend.prepare(url)
    opened = Store(backend.engine(url))
    with opened.writing() as connection:
        store.migrate.run_migrations(connection, "0001")
    return opened


def test_the_first_schema_comes_up_with_all_its_data(address: str, small: Desk, hand: Principal) -> None:
    """Whoever began with the first release keeps every desk and every line of the trail."""
    old = first_schema(address)
    version = save_desk(old, hand, small)
    with old.writing() as connection:
        connection.execute(insert(blobs).values(hash="0" * 64, bytes=0, body=b""))
        line = {"at": now(), "who": "ann", "action": "save", "kind": "desk", "subject": "x", "why": ""}
        connection.execute(insert(trail).values(line))
    before = read_trail(old, hand)
    assert upgrade(address) == HEAD
    opened = open_store(address)
    assert list_desks(opened, hand) == (version,)
    assert read_trail(opened, hand) == before
    assert submit_job(opened, hand, "plan", {}).status == "queued"
