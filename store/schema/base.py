"""What the tables share."""

from sqlalchemy import MetaData, String

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
METADATA = MetaData(naming_convention=NAMES)
HASH = String(64)


def one_of(column: str, words: tuple[str, ...]) -> str:
    """The condition that a column holds one of the words."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words))
