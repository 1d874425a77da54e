"""Jobs: long work as rows that any session can watch, cancel and pick up."""

import sqlalchemy as sa
from alembic import op

from store.moment import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("request", sa.Text, nullable=False, comment="JSON"),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("progress", sa.Text, comment="JSON: the latest message"),
        sa.Column("result", sa.Text, comment="JSON"),
        sa.Column("worker", sa.Text, comment="who works on it"),
        sa.Column("beat_at", Moment, comment="last sign of life of the worker"),
        sa.Column("stop", sa.Boolean, nullable=False, comment="somebody asked to stop and keep the best so far"),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("ended_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.CheckConstraint(
            "status IN ('queued', 'running', 'done', 'failed', 'cancelled')",
            name="ck_jobs_status",
        ),
    )
