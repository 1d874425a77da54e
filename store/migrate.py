"""The schema's revisions."""

from importlib.resources import files

from sqlalchemy import Connection, inspect, text

from desk import Finding, InputError
from store.schema import HEAD


def needs_upgrade(connection: Connection) -> bool:
    """Whether the schema is older than ours.

    Raises
    ------
    InputError : it is newer, made by a later version of Peakdesk, or the database is that of another program.
    """
    found = revision(connection)
    if found is None and (names := inspect(connection).get_table_names()):
        raise InputError([Finding("store_foreign", value=", ".join(names[:3]))])
    if found is not None and found > HEAD:
        raise InputError([Finding("store_newer", facts={"found": found, "known": HEAD})])
    return found != HEAD


def revision(connection: Connection) -> str | None:
    """The revision of the schema; None where there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def run_migrations(connection: Connection, to: str = "head") -> None:
    """Run what is missing up to a revision, inside the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("store") / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
