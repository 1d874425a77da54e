"""A store of the test's own, in a file and in a database of a real PostgreSQL server, and a desk to keep in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from desk import Desk
from desk.settings import Settings
from store import Principal, Store, open_store, owner
from tests.unit.store.server import programs, serving

NUMBERS = count(1)
NASTY = ['a,b "c"', "line\nbreak", "carriage\rreturn", " spaces ", "NA", "null", "=1+1", "客服 小林", "nan"]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server; without one the tests on it are skipped, but fail in CI."""
    if programs() is None:
        reason = "no PostgreSQL: run 'python -m tests.unit.store.server'"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with serving() as address:
        yield address


@pytest.fixture
def file_address(tmp_path: Path) -> str:
    """Address of a file in a folder that does not exist yet."""
    return f"sqlite:///{tmp_path / 'inner' / 'peakdesk.db'}"


@pytest.fixture
def fresh_database(server: str) -> Iterator[str]:
    """Address of an empty database of the server, gone afterwards."""
    with _database(server) as address:
        yield address


@pytest.fixture(scope="module")
def module_database(server: str) -> Iterator[str]:
    """Address of an empty database that the tests of a module share, gone afterwards."""
    with _database(server) as address:
        yield address


@contextmanager
def _database(server: str, template: str = "template1") -> Iterator[str]:
    name = f"store_{next(NUMBERS)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["file_address", "fresh_database"])
def address(request: pytest.FixtureRequest) -> str:
    """Address of a store that does not exist yet, of either kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, to be copied: making its tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    open_store(f"sqlite:///{path}").engine.dispose()
    return path


@pytest.fixture(scope="session")
def empty_database(server: str) -> str:
    """Name of a database with an empty store in it, to be copied as well."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty_store")
    open_store(f"{server}/empty_store").engine.dispose()
    return "empty_store"


@pytest.fixture
def copied_file(empty_file: Path, tmp_path: Path) -> str:
    """Address of a file with an empty store in it."""
    (tmp_path / "inner").mkdir()
    return f"sqlite:///{shutil.copy(empty_file, tmp_path / 'inner' / 'peakdesk.db')}"


@pytest.fixture
def copied_database(server: str, empty_database: str) -> Iterator[str]:
    """Address of a database with an empty store in it, gone afterwards."""
    with _database(server, empty_database) as address:
        yield address


@pytest.fixture(params=["copied_file", "copied_database"])
def store_address(request: pytest.FixtureRequest) -> str:
    """Address of :func:`store`, of either kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def store(store_address: str) -> Store:
    """An open, empty store."""
    return open_store(store_address)


@pytest.fixture
def hand() -> Principal:
    """Somebody who may do everything."""
    return owner("ann@example.com")


@pytest.fixture
def small() -> Desk:
    """The desk of :func:`made_small`."""
    return made_small()


@pytest.fixture(scope="module")
def small_desk() -> Desk:
    """The same for tests that share a store."""
    return made_small()


def made_small() -> Desk:
    """A desk with every kind of column, and texts that look like something else."""
    zone = "Europe/London"
    starts = pd.date_range("2025-10-26", periods=4, freq="h", tz=zone, unit="us")
    history = pd.DataFrame(
        {
            "start": starts,
            "queue": pd.Series(["sale"] * 4, dtype="str"),
            "offered": [1.0, float("nan"), 0.1 + 0.2, 1e-17],
            "open": [True, False, True, True],
        }
    )
    drivers = pd.DataFrame(
        {"start": starts, "basis": pd.Series(["actual"] * 4, dtype="str"), "visits": [1.5, 2, 3, 1e9]}
    )
    agents = pd.DataFrame(
        {
            "agent": pd.Series([f"A{number}" for number in range(len(NASTY))], dtype="str"),
            "name": pd.Series(NASTY, dtype="str"),
            "from": pd.Series([pd.Timestamp("2025-01-31"), *[pd.NaT] * (len(NASTY) - 1)], dtype="datetime64[us]"),
            "email": pd.Series([None] * len(NASTY), dtype="str"),
        }
    )
    shifts = pd.DataFrame(
        {
            "shift": pd.Series(["M", "N"], dtype="str"),
            "start": [480.0, 1320.0],
            "contracts": pd.Series([("full", "part"), ()], dtype="object"),
        }
    )
    contacts = pd.DataFrame(
        {
            "contact": pd.Series(["K1", "K2", "K3"], dtype="str"),
            "assigned": pd.Series([starts[0], pd.NaT, starts[2]], dtype=f"datetime64[us, {zone}]"),
            "converted": pd.Series([True, None, False], dtype="boolean"),
        }
    )
    settings = Settings(
        name="small",
        timezone=zone,
        interval_min=60,
        horizon={"start": date(2025, 10, 25), "end": date(2025, 10, 27)},
        queues={"sale": {"aht_s": [300.0]}},
        contracts={"full": {"max_paid_h_week": 40, "max_weekends": {"limit": 2, "price": 50.0}}},
    )
    tables = {"history": history, "drivers": drivers, "agents": agents, "shifts": shifts, "contacts": contacts}
    return Desk(settings, tables)
