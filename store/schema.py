"""The store's tables. What the migrations make must equal this; a test compares them."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

from store.moment import Moment

HEAD = "0002"
STATUSES = ("draft", "checked", "signed", "published", "archived")
JOB_STATUSES = ("queued", "running", "done", "failed", "cancelled")
NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
METADATA = MetaData(naming_convention=NAMES)
HASH = String(64)


def _one_of(statuses: tuple[str, ...]) -> str:
    return "status IN ({})".format(", ".join(f"'{status}'" for status in statuses))


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

plans = Table(
    "plans",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("hash", HASH, nullable=False, unique=True, comment="of the paths and contents of its files"),
    Column("desk", HASH, ForeignKey("desks.hash"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("summary", Text, nullable=False, comment="plan.json"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint(_one_of(STATUSES), name="status"),
)

plan_files = Table(
    "plan_files",
    METADATA,
    Column("plan", HASH, ForeignKey("plans.hash"), primary_key=True),
    Column("path", String(255), primary_key=True),
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

jobs = Table(
    "jobs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("request", Text, nullable=False, comment="JSON"),
    Column("status", String(16), nullable=False),
    Column("progress", Text, comment="JSON: the latest message"),
    Column("result", Text, comment="JSON"),
    Column("worker", Text, comment="who works on it"),
    Column("beat_at", Moment, comment="last sign of life of the worker"),
    Column("stop", Boolean, nullable=False, comment="somebody asked to stop and keep the best so far"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("ended_at", Moment),
    CheckConstraint(_one_of(JOB_STATUSES), name="status"),
)
