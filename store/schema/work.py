"""Jobs."""

from sqlalchemy import Boolean, CheckConstraint, Column, Integer, String, Table, Text

from store.moment import Moment
from store.schema.base import METADATA, one_of

JOB_STATUSES = ("queued", "running", "done", "failed", "cancelled")

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
    CheckConstraint(one_of("status", JOB_STATUSES), name="status"),
)
