"""What people ask for and record beside a plan: requests and their answers, kept scenarios, attendance."""

from sqlalchemy import (
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
from store.schema.base import METADATA, one_of

REQUEST_KINDS = ("leave", "wish", "swap", "appeal")
REQUEST_STATUSES = ("asked", "accepted", "approved", "refused", "withdrawn")
ANSWERS = ("accept", "approve", "refuse", "withdraw")

requests = Table(
    "requests",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("agent", Text, nullable=False),
    Column("team", Text, nullable=False, comment="of the agent when they asked"),
    Column("partner", Text, comment="with whom to swap"),
    Column("plan", Integer, ForeignKey("plans.id")),
    Column("detail", Text, nullable=False, comment="JSON: what is asked for"),
    Column("status", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint(one_of("kind", REQUEST_KINDS), name="kind"),
    CheckConstraint(one_of("status", REQUEST_STATUSES), name="status"),
    Index(None, "agent"),
)

request_answers = Table(
    "request_answers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("request", Integer, ForeignKey("requests.id"), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("answer", String(16), nullable=False),
    Column("words", Text, nullable=False),
    CheckConstraint(one_of("answer", ANSWERS), name="answer"),
    Index(None, "request"),
)

scenarios = Table(
    "scenarios",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("plan", Integer, ForeignKey("plans.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("suppositions", Text, nullable=False, comment="JSON: as the command line takes them"),
    Column("measures", Text, nullable=False, comment="JSON: what came of them"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
    UniqueConstraint("plan", "name"),
)

attendance = Table(
    "attendance",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("desk", Text, nullable=False, comment="name of the desk"),
    Column("agent", Text, nullable=False),
    Column("team", Text, nullable=False, comment="of the agent at that time"),
    Column("activity", Text, nullable=False),
    Column("attended", Boolean, nullable=False),
    Column("passed", Boolean, comment="of its test; blank: not tested"),
    Column("at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
    Index(None, "desk"),
)
