"""What a stage needs of a desk, asked for by name."""

from desk.errors import Finding, InputError
from desk.nouns import Desk


def require(desk: Desk, *tables: str) -> None:
    """Make sure that the tables were given and have rows.

    Parameters
    ----------
    tables : names of input tables.

    Raises
    ------
    InputError : one finding for each table that is missing or has no rows.
    """
    missing = [name for name in tables if not desk.has(name)]
    if missing:
        raise InputError(Finding("table_needed", file=name, facts={"table": name}) for name in missing)
