"""Plans: their files, their people and rows, the journal of edits, the check before publishing."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.moment import Moment
from store.schema.base import HASH, METADATA, one_of

STATUSES = ("draft", "checked", "signed", "published", "archived")
STEPS = ("setter", "second", "peer", "other")

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
    CheckConstraint(one_of("status", STATUSES), name="status"),
)

plan_files = Table(
    "plan_files",
    METADATA,
    Column("plan", HASH, ForeignKey("plans.hash"), primary_key=True),
    Column("path", String(255), primary_key=True),
    Column("blob", HASH, ForeignKey("blobs.hash"), nullable=False),
)

plan_people = Table(
    "plan_people",
    METADATA,
    Column("plan", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False),
    Column("agent", Text, primary_key=True),
    Column("team", Text, nullable=False, comment="as the plan's desk has it"),
    sqlite_with_rowid=False,
)

roster_rows = Table(
    "roster_rows",
    METADATA,
    Column("plan", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False),
    Column("agent", Text, primary_key=True),
    Column("date", String(10), primary_key=True, comment="year-month-day"),
    Column("shift", Text, nullable=False),
    sqlite_with_rowid=False,
)

duty_rows = Table(
    "duty_rows",
    METADATA,
    Column("plan", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False),
    Column("agent", Text, primary_key=True),
    Column("start_us", BigInteger, primary_key=True, autoincrement=False, comment="microseconds since 1970 UTC"),
    Column("activity", Text, nullable=False),
    Column("date", String(10), nullable=False, comment="of the shift"),
    Column("shift", Text, nullable=False),
    sqlite_with_rowid=False,
)

duty_edits = Table(
    "duty_edits",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("plan", Integer, ForeignKey("plans.id"), nullable=False),
    Column("agent", Text, nullable=False),
    Column("start_us", BigInteger, nullable=False, comment="microseconds since 1970 UTC"),
    Column("version", Integer, nullable=False, comment="of the cell; the plan's own is 0"),
    Column("before", Text, comment="activity; blank = off"),
    Column("after", Text, comment="activity; blank = off"),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("duty_edits.id"), comment="the edit that this one takes back"),
    Column("date", String(10), comment="of the cell's shift; blank: as planned"),
    Column("shift", Text, comment="that the cell belongs to; blank: as planned"),
    UniqueConstraint("plan", "agent", "start_us", "version"),
)

checks = Table(
    "checks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("plan", Integer, ForeignKey("plans.id"), nullable=False),
    Column("code", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("agent", Text, comment="whom it is about; blank = the plan"),
    Column("facts", Text, nullable=False, comment="JSON: what its sentence names"),
    Column("void", Boolean, nullable=False, comment="the plan was edited since"),
    Index(None, "plan"),
)

signatures = Table(
    "signatures",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("plan", Integer, ForeignKey("plans.id"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("who", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("teams", Text, nullable=False, comment="JSON"),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("void", Boolean, nullable=False, comment="the plan was edited or reopened since"),
    CheckConstraint(one_of("step", STEPS), name="step"),
    Index(None, "plan"),
)

faults = Table(
    "faults",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("plan", Integer, ForeignKey("plans.id"), nullable=False),
    Column("check", Integer, ForeignKey("checks.id")),
    Column("agent", Text, comment="whom it is about; blank = the plan"),
    Column("finder", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", Text, nullable=False),
    Column("settled_by", Text),
    Column("settled_at", Moment),
    Index(None, "plan"),
)
