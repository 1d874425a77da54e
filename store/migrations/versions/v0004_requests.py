"""Requests with their answers, kept scenarios, attendance; a journal that can move whole shifts."""

import sqlalchemy as sa
from alembic import op

from store.moment import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KIND = "kind IN ('leave', 'wish', 'swap', 'appeal')"
_STATUS = "status IN ('asked', 'accepted', 'approved', 'refused', 'withdrawn')"
_ANSWER = "answer IN ('accept', 'approve', 'refuse', 'withdraw')"


def upgrade() -> None:
    """Make the tables, and give the journal its columns."""
    _requests()
    _answers()
    _scenarios()
    _attendance()
    op.add_column("duty_edits", sa.Column("date", sa.String(10), comment="of the cell's shift; blank: as planned"))
    op.add_column("duty_edits", sa.Column("shift", sa.Text, comment="that the cell belongs to; blank: as planned"))


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False, comment="of the agent when they asked"),
        sa.Column("partner", sa.Text, comment="with whom to swap"),
        sa.Column("plan", sa.Integer),
        sa.Column("detail", sa.Text, nullable=False, comment="JSON: what is asked for"),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name="fk_requests_plan"),
        sa.CheckConstraint(_KIND, name="ck_requests_kind"),
        sa.CheckConstraint(_STATUS, name="ck_requests_status"),
    )
    op.create_index("ix_requests_agent", "requests", ["agent"])


def _answers() -> None:
    op.create_table(
        "request_answers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("request", sa.Integer, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request_answers"),
        sa.ForeignKeyConstraint(["request"], ["requests.id"], name="fk_request_answers_request"),
        sa.CheckConstraint(_ANSWER, name="ck_request_answers_answer"),
    )
    op.create_index("ix_request_answers_request", "request_answers", ["request"])


def _scenarios() -> None:
    op.create_table(
        "scenarios",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("plan", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("suppositions", sa.Text, nullable=False, comment="JSON: as the command line takes them"),
        sa.Column("measures", sa.Text, nullable=False, comment="JSON: what came of them"),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios"),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name="fk_scenarios_plan"),
        sa.UniqueConstraint("plan", "name", name="uq_scenarios_plan"),
    )


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("desk", sa.Text, nullable=False, comment="name of the desk"),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False, comment="of the agent at that time"),
        sa.Column("activity", sa.Text, nullable=False),
        sa.Column("attended", sa.Boolean, nullable=False),
        sa.Column("passed", sa.Boolean, comment="of its test; blank: not tested"),
        sa.Column("at", Moment, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
    )
    op.create_index("ix_attendance_desk", "attendance", ["desk"])
