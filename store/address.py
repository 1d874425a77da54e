"""Where the store is."""

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from desk import Finding, InputError

VARIABLE = "PEAKDESK_DB"


def store_url(address: str | None = None) -> URL:
    """The database: ``address``, else the variable ``PEAKDESK_DB``, else ``.peakdesk/peakdesk.db`` in the home folder.

    Raises
    ------
    InputError : the address is no database URL, or neither one of a SQLite file nor of a PostgreSQL database.
    """
    given = address or os.environ.get(VARIABLE)
    if not given:
        return file_url(Path.home() / ".peakdesk" / "peakdesk.db")
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise InputError([Finding("store_address", value=without_password(given))]) from error
    kind = url.drivername.partition("+")[0]
    if kind in ("postgres", "postgresql") and url.database:
        return url.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or not url.database or url.database == ":memory:":
        raise InputError([Finding("store_other", value=url.render_as_string(hide_password=True))])
    return url


def without_password(address: str) -> str:
    """What of an address that can't be understood may be shown: nothing before the last @, where passwords are."""
    _, found, place = address.rpartition("@")
    return f"***@{place}" if found else address


def file_url(path: Path) -> URL:
    """The URL of a SQLite file, whatever its path looks like on this system."""
    return URL.create("sqlite", database=str(path))
