"""Opening a store."""

import sqlite3
import stat
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, text
from sqlalchemy.exc import IntegrityError

import store.engine
import store.migrate
import store.postgres
from desk import InputError
from store import Principal, Store, add_principal, list_principals, open_store, owner, upgrade
from store.address import VARIABLE, store_url
from store.schema import HEAD, METADATA, desk_tables


def code(error: pytest.ExceptionInfo[InputError]) -> str:
    """The code of the one finding; its words exist in both languages."""
    (finding,) = error.value.findings
    assert finding.line("en") != finding.line("zh")
    return finding.code


def test_the_migrations_make_what_the_schema_says(store: Store) -> None:
    """Code and database can't drift apart."""
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_head_is_the_newest_migration() -> None:
    """Opening a store skips Alembic only when there is nothing to do."""
    folder = Path(store.migrate.__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_opening_twice_changes_nothing(address: str) -> None:
    """A store is made on first use and only opened afterwards."""
    assert upgrade(address) == upgrade(address) == HEAD


def test_a_broken_migration_leaves_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a migration or none of it, tables included."""

    def half(connection: object) -> None:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))  # type: ignore[attr-defined]
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(store.engine, "run_migrations", half)
        with pytest.raises(InputError):
            open_store(address)
    opened = open_store(address)
    with opened.reading() as connection:
        assert not inspect(connection).has_table("half")


@pytest.mark.parametrize(("version", "mode"), [((3, 40, 1), "delete"), ((3, 51, 2), "delete"), ((3, 51, 3), "wal")])
def test_wal_only_where_sqlite_can_be_trusted_with_it(
    version: tuple[int, int, int], mode: str, file_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite before 3.51.3 can corrupt a WAL; such a machine gets the slower, safe journal."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    with open_store(file_address).reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == mode
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_writer_sees_what_stands_when_its_turn_comes(fresh_database: str) -> None:
    """Whatever the server's default: what was written while it waited for the lock is not written over."""
    option = "options=-c%20default_transaction_isolation%3Dserializable"
    opened = open_store(f"{fresh_database}?{option}")
    with opened.writing() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
    with opened.reading() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "repeatable read"


def test_references_hold(store: Store) -> None:
    """A table of no desk can't be written, and what fails is rolled back whole."""
    with pytest.raises(IntegrityError), store.writing() as connection:
        connection.execute(insert(desk_tables).values(desk="0" * 64, name="history", blob="0" * 64))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_nobody_else_can_read_it(file_address: str) -> None:
    """Pay and performance are personal."""
    path = open_store(file_address).path
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_address_comes_from_the_variable_or_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No set-up is needed, and one variable moves the store."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    assert store_url().database == str(tmp_path / ".peakdesk" / "peakdesk.db")
    monkeypatch.setenv(VARIABLE, "sqlite:///other.db")
    assert store_url().database == "other.db"
    assert store_url("sqlite:///given.db").database == "given.db"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("peakdesk.db", "store_address"),
        ("sqlite://", "store_other"),
        ("postgresql//ann:secret@host/db", "store_address"),
        ("postgresql://ann:secret@[::1/db", "store_address"),
        ("mysql://ann:secret@host/db", "store_other"),
        ("postgresql://ann:secret@127.0.0.1:1/db", "store_server_unusable"),
    ],
)
def test_other_addresses_are_refused_without_their_password(given: str, wanted: str) -> None:
    """What can't be used is said, and a password never reaches a message."""
    with pytest.raises(InputError) as error:
        open_store(given)
    assert code(error) == wanted
    assert "secret" not in str(error.value)


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    """Neither a text file nor another program's database is written to."""
    letter = tmp_path / "letter.db"
    letter.write_text("Dear all, " * 200)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    connection.close()
    before = letter.read_bytes(), foreign.read_bytes()
    for path, wanted in ((letter, "store_unusable"), (foreign, "store_foreign")):
        with pytest.raises(InputError) as error:
            open_store(f"sqlite:///{path}")
        assert code(error) == wanted
    assert (letter.read_bytes(), foreign.read_bytes()) == before


def test_a_newer_schema_is_refused(store: Store) -> None:
    """An older Peakdesk does not touch what it does not know."""
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(InputError) as error:
        open_store(store.engine.url.render_as_string(hide_password=False))
    assert code(error) == "store_newer"


def test_an_account_that_may_only_read_is_told_so(fresh_database: str) -> None:
    """Lists are read; what would write is refused in words, as a database that can't be written."""
    first = open_store(fresh_database)
    role = f"reader_{first.engine.url.database}"
    with first.writing() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"))
    try:
        reader = open_store(fresh_database.replace("peakdesk@", f"{role}@"))
        assert list_principals(reader, owner()) == ()
        with pytest.raises(InputError) as error:
            add_principal(reader, owner(), Principal("mia@example.com", "manager"))
        assert code(error) == "store_server_unusable"
        assert "permission denied" in error.value.findings[0].line("en")
    finally:
        with first.writing() as connection:
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))


def test_a_writer_that_fell_asleep_does_not_stop_the_others(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that vanishes or hangs inside a transaction loses the write lock, and keeps nothing."""
    monkeypatch.setattr(store.postgres, "IDLE_S", 0.3)
    own = open_store(fresh_database)
    mia = Principal("mia@example.com", "manager")

    def fall_asleep() -> None:
        with own.writing() as asleep:
            asleep.execute(text("CREATE TABLE half (id INTEGER)"))
            add_principal(own, owner(), mia)
            asleep.execute(text("SELECT 1"))

    with pytest.raises(InputError) as error:
        fall_asleep()
    assert code(error) == "store_server_unusable"
    assert [one.principal for one in list_principals(own, owner())] == [mia]
    with own.reading() as connection:
        assert not inspect(connection).has_table("half")
