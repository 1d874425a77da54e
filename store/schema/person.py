"""Who may come in: principals and their tokens."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from store.moment import Moment
from store.principal import STORED_ROLES, TOKEN_KINDS
from store.schema.base import HASH, METADATA, one_of

principals = Table(
    "principals",
    METADATA,
    Column("who", Text, primary_key=True, comment="as the sign-in names them, such as an email address"),
    Column("role", String(16), nullable=False),
    Column("teams", Text, nullable=False, comment="JSON"),
    Column("agent", Text),
    Column("created_at", Moment, nullable=False),
    CheckConstraint(one_of("role", STORED_ROLES), name="role"),
)

tokens = Table(
    "tokens",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("hash", HASH, nullable=False, unique=True, comment="SHA-256 of the token, which is nowhere kept"),
    Column("who", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    CheckConstraint(one_of("kind", TOKEN_KINDS), name="kind"),
    Index(None, "who"),
)
