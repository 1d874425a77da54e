"""What was measured of people: contact logs, scores, statements. Each row tells the agent's team at that time."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from store.moment import Moment
from store.schema.base import HASH, METADATA

TIMES = ("arrived", "assigned", "first_reply", "closed", "ordered", "paid", "refunded_at")
FLAGS = ("abandoned", "converted", "refunded", "template_reply", "transferred")
NUMBERS = ("order_value", "rating", "average_reply_s", "questions", "answers")
WORDS = ("contact", "queue", "agent", "reason", "customer", "ended_by", "rating_asked_by", "type", "source")
"""Columns of the table ``contacts`` by what they are in the database; what is declared later goes to ``extra``."""


def _columns(names: tuple[str, ...], kind: Any) -> list[Column[Any]]:
    return [Column(name, kind) for name in names]


contact_logs = Table(
    "contact_logs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("desk", HASH, ForeignKey("desks.hash"), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("ready", Boolean, nullable=False, comment="all its rows are there; before that nobody sees it"),
    Column("touched_at", Moment, nullable=False, comment="last sign of life of who brings it in"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
)

contacts = Table(
    "contacts",
    METADATA,
    Column("log", Integer, ForeignKey("contact_logs.id"), primary_key=True, autoincrement=False),
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("team", Text),
    *_columns(WORDS, Text),
    *_columns(TIMES, BigInteger),
    *_columns(FLAGS, Boolean),
    *_columns(NUMBERS, Float),
    Column("extra", Text, comment="JSON: columns that the schema does not know"),
    Index(None, "log", "agent"),
    sqlite_with_rowid=False,
)

score_runs = Table(
    "score_runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("desk", HASH, ForeignKey("desks.hash"), nullable=False),
    Column("name", Text, nullable=False),
    Column("summary", Text, nullable=False, comment="JSON: the basis; nothing personal"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
)

scores = Table(
    "scores",
    METADATA,
    Column("run", Integer, ForeignKey("score_runs.id"), primary_key=True, autoincrement=False),
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("agent", Text, nullable=False),
    Column("team", Text),
    Column("measure", Text, nullable=False),
    Column("record", Text, nullable=False, comment="JSON: the row's numbers"),
    Index(None, "run", "agent"),
    sqlite_with_rowid=False,
)

statements = Table(
    "statements",
    METADATA,
    Column("run", Integer, ForeignKey("score_runs.id"), primary_key=True, autoincrement=False),
    Column("agent", Text, primary_key=True),
    Column("form", String(16), primary_key=True, comment="json, or a language of a page"),
    Column("team", Text),
    Column("body", LargeBinary, nullable=False, comment="zlib"),
    sqlite_with_rowid=False,
)
