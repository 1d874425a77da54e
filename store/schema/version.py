"""Contents by hash, versions of desks and forecasts, and the trail."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from store.moment import Moment
from store.schema.base import HASH, METADATA

blobs = Table(
    "blobs",
    METADATA,
    Column("hash", HASH, primary_key=True, comment="SHA-256 of the content before compression"),
    Column("bytes", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="zlib"),
)

desks = Table(
    "desks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("hash", HASH, nullable=False, unique=True, comment="Desk.content_hash"),
    Column("name", Text, nullable=False),
    Column("settings", Text, nullable=False, comment="desk.toml as JSON"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
)

desk_tables = Table(
    "desk_tables",
    METADATA,
    Column("desk", HASH, ForeignKey("desks.hash"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("blob", HASH, ForeignKey("blobs.hash"), nullable=False),
)

forecasts = Table(
    "forecasts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("hash", HASH, nullable=False, unique=True, comment="of its parts' names and contents"),
    Column("desk", HASH, ForeignKey("desks.hash"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
)

forecast_parts = Table(
    "forecast_parts",
    METADATA,
    Column("forecast", HASH, ForeignKey("forecasts.hash"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("blob", HASH, ForeignKey("blobs.hash"), nullable=False),
)

trail = Table(
    "trail",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", HASH, nullable=False),
    Column("before", Text, comment="JSON"),
    Column("after", Text, comment="JSON"),
    Column("why", Text, nullable=False),
)
