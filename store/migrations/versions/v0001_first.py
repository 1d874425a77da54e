"""First schema: blobs, desks, plans, and the trail, which can only grow."""

import sqlalchemy as sa
from alembic import op

from store.moment import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_STATUS = "status IN ('draft', 'checked', 'signed', 'published', 'archived')"
_PROTEST = """
CREATE FUNCTION trail_protest() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = 'the trail can only grow'; END $$
"""


def upgrade() -> None:
    """Make every table."""
    _blobs()
    _desks()
    _plans()
    _trail()


def _blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 of the content before compression"),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False, comment="zlib"),
        sa.PrimaryKeyConstraint("hash", name="pk_blobs"),
    )


def _desks() -> None:
    op.create_table(
        "desks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, comment="Desk.content_hash"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False, comment="desk.toml as JSON"),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desks"),
        sa.UniqueConstraint("hash", name="uq_desks_hash"),
    )
    op.create_table(
        "desk_tables",
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("blob", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("desk", "name", name="pk_desk_tables"),
        sa.ForeignKeyConstraint(["desk"], ["desks.hash"], name="fk_desk_tables_desk"),
        sa.ForeignKeyConstraint(["blob"], ["blobs.hash"], name="fk_desk_tables_blob"),
    )


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, comment="of the paths and contents of its files"),
        sa.Column("desk", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("summary", sa.Text, nullable=False, comment="plan.json"),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sa.UniqueConstraint("hash", name="uq_plans_hash"),
        sa.ForeignKeyConstraint(["desk"], ["desks.hash"], name="fk_plans_desk"),
        sa.CheckConstraint(_STATUS, name="ck_plans_status"),
    )
    op.create_table(
        "plan_files",
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("path", sa.String(255), nullable=False),
        sa.Column("blob", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("plan", "path", name="pk_plan_files"),
        sa.ForeignKeyConstraint(["plan"], ["plans.hash"], name="fk_plan_files_plan"),
        sa.ForeignKeyConstraint(["blob"], ["blobs.hash"], name="fk_plan_files_blob"),
    )


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("before", sa.Text, comment="JSON"),
        sa.Column("after", sa.Text, comment="JSON"),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_PROTEST)
        op.execute(
            "CREATE TRIGGER trail_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON trail "
            "EXECUTE FUNCTION trail_protest()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER trail_no_{verb.lower()} BEFORE {verb} ON trail "
            "BEGIN SELECT RAISE(ABORT, 'the trail can only grow'); END"
        )
