"""People and their rights; plans as rows with a journal and signatures; forecasts, contact logs, scores."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from store.migrations.fill import fill_plans
from store.moment import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROLE = "role IN ('manager', 'analyst', 'lead', 'agent', 'auditor')"
_STEP = "step IN ('setter', 'second', 'peer', 'other')"
_KIND = "kind IN ('api', 'calendar')"
_WORDS = ("contact", "queue", "agent", "reason", "customer", "ended_by", "rating_asked_by", "type", "source")
_TIMES = ("arrived", "assigned", "first_reply", "closed", "ordered", "paid", "refunded_at")
_FLAGS = ("abandoned", "converted", "refunded", "template_reply", "transferred")
_NUMBERS = ("order_value", "rating", "average_reply_s", "questions", "answers")


def upgrade() -> None:
    """Make the tables, and give the plans that are there their rows."""
    _people()
    _forecasts()
    _rows()
    _edits()
    _sign_off()
    _contacts()
    _scores()
    fill_plans(op.get_bind())


def _number(name: str = "id") -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=False)


def _key(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


def _word(name: str, comment: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False, comment=comment)


def _code(name: str, comment: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, comment=comment)


def _hash(name: str, comment: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.String(64), nullable=False, comment=comment)


def _moment(name: str, comment: str | None = None) -> "sa.Column[datetime]":
    return sa.Column(name, Moment, nullable=False, comment=comment)


def _flag(name: str, comment: str | None = None) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean, nullable=False, comment=comment)


def _date(comment: str) -> "sa.Column[str]":
    return sa.Column("date", sa.String(10), nullable=False, comment=comment)


def _start() -> "sa.Column[int]":
    told = "microseconds since 1970 UTC"
    return sa.Column("start_us", sa.BigInteger, nullable=False, autoincrement=False, comment=told)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def _people() -> None:
    op.create_table(
        "principals",
        _word("who", "as the sign-in names them, such as an email address"),
        sa.Column("role", sa.String(16), nullable=False),
        _word("teams", "JSON"),
        _code("agent"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("who", name="pk_principals"),
        sa.CheckConstraint(_ROLE, name="ck_principals_role"),
    )
    op.create_table(
        "tokens",
        _number(),
        _hash("hash", "SHA-256 of the token, which is nowhere kept"),
        _word("who"),
        sa.Column("kind", sa.String(16), nullable=False),
        _moment("created_at"),
        sa.Column("revoked_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("hash", name="uq_tokens_hash"),
        sa.CheckConstraint(_KIND, name="ck_tokens_kind"),
    )
    op.create_index("ix_tokens_who", "tokens", ["who"])


def _forecasts() -> None:
    op.create_table(
        "forecasts",
        _number(),
        _hash("hash", "of its parts' names and contents"),
        _hash("desk"),
        _moment("created_at"),
        _word("created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_forecasts"),
        sa.UniqueConstraint("hash", name="uq_forecasts_hash"),
        _refers("forecasts", "desk", "desks.hash"),
    )
    op.create_table(
        "forecast_parts",
        _hash("forecast"),
        sa.Column("name", sa.String(64), nullable=False),
        _hash("blob"),
        sa.PrimaryKeyConstraint("forecast", "name", name="pk_forecast_parts"),
        _refers("forecast_parts", "forecast", "forecasts.hash"),
        _refers("forecast_parts", "blob", "blobs.hash"),
    )


def _rows() -> None:
    own: dict[str, list[sa.Column[Any]]] = {
        "plan_people": [_word("team", "as the plan's desk has it")],
        "roster_rows": [_date("year-month-day"), _word("shift")],
        "duty_rows": [_start(), _word("activity"), _date("of the shift"), _word("shift")],
    }
    keys: dict[str, list[str]] = {"plan_people": [], "roster_rows": ["date"], "duty_rows": ["start_us"]}
    for name, columns in own.items():
        op.create_table(
            name,
            _key("plan"),
            _word("agent"),
            *columns,
            sa.PrimaryKeyConstraint("plan", "agent", *keys[name], name=f"pk_{name}"),
            _refers(name, "plan", "plans.id"),
            sqlite_with_rowid=False,
        )


def _edits() -> None:
    op.create_table(
        "duty_edits",
        _number(),
        _number("plan"),
        _word("agent"),
        _start(),
        sa.Column("version", sa.Integer, nullable=False, comment="of the cell; the plan's own is 0"),
        _code("before", "activity; blank = off"),
        _code("after", "activity; blank = off"),
        _word("who"),
        _moment("at"),
        _word("why"),
        sa.Column("undoes", sa.Integer, comment="the edit that this one takes back"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_edits"),
        sa.UniqueConstraint("plan", "agent", "start_us", "version", name="uq_duty_edits_plan"),
        _refers("duty_edits", "plan", "plans.id"),
        _refers("duty_edits", "undoes", "duty_edits.id"),
    )


def _sign_off() -> None:
    own: dict[str, list[SchemaItem]] = {
        "checks": [
            sa.Column("code", sa.String(64), nullable=False),
            sa.Column("severity", sa.String(16), nullable=False),
            _code("agent", "whom it is about; blank = the plan"),
            _word("facts", "JSON: what its sentence names"),
            _flag("void", "the plan was edited since"),
        ],
        "signatures": [
            sa.Column("step", sa.String(16), nullable=False),
            _word("who"),
            sa.Column("role", sa.String(16), nullable=False),
            _word("teams", "JSON"),
            _moment("at"),
            _word("why"),
            _flag("void", "the plan was edited or reopened since"),
            sa.CheckConstraint(_STEP, name="ck_signatures_step"),
        ],
        "faults": [
            sa.Column("check", sa.Integer),
            _code("agent", "whom it is about; blank = the plan"),
            _word("finder"),
            _moment("at"),
            _word("words"),
            _code("settled_by"),
            sa.Column("settled_at", Moment),
            _refers("faults", "check", "checks.id"),
        ],
    }
    for name, columns in own.items():
        key = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
        op.create_table(name, _number(), _number("plan"), *columns, key, _refers(name, "plan", "plans.id"))
        op.create_index(f"ix_{name}_plan", name, ["plan"])


def _contacts() -> None:
    op.create_table(
        "contact_logs",
        _number(),
        _word("name"),
        _hash("desk"),
        _number("rows"),
        _flag("ready", "all its rows are there; before that nobody sees it"),
        _moment("touched_at", "last sign of life of who brings it in"),
        _moment("created_at"),
        _word("created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_logs"),
        _refers("contact_logs", "desk", "desks.hash"),
    )
    op.create_table(
        "contacts",
        _key("log"),
        _key("row"),
        _code("team"),
        *(sa.Column(name, sa.Text) for name in _WORDS),
        *(sa.Column(name, sa.BigInteger) for name in _TIMES),
        *(sa.Column(name, sa.Boolean) for name in _FLAGS),
        *(sa.Column(name, sa.Float) for name in _NUMBERS),
        _code("extra", "JSON: columns that the schema does not know"),
        sa.PrimaryKeyConstraint("log", "row", name="pk_contacts"),
        _refers("contacts", "log", "contact_logs.id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contacts_log_agent", "contacts", ["log", "agent"])


def _scores() -> None:
    op.create_table(
        "score_runs",
        _number(),
        _hash("desk"),
        _word("name"),
        _word("summary", "JSON: the basis; nothing personal"),
        _moment("created_at"),
        _word("created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_score_runs"),
        _refers("score_runs", "desk", "desks.hash"),
    )
    op.create_table(
        "scores",
        _key("run"),
        _key("row"),
        _word("agent"),
        _code("team"),
        _word("measure"),
        _word("record", "JSON: the row's numbers"),
        sa.PrimaryKeyConstraint("run", "row", name="pk_scores"),
        _refers("scores", "run", "score_runs.id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_scores_run_agent", "scores", ["run", "agent"])
    op.create_table(
        "statements",
        _key("run"),
        _word("agent"),
        sa.Column("form", sa.String(16), nullable=False, comment="json, or a language of a page"),
        _code("team"),
        sa.Column("body", sa.LargeBinary, nullable=False, comment="zlib"),
        sa.PrimaryKeyConstraint("run", "agent", "form", name="pk_statements"),
        _refers("statements", "run", "score_runs.id"),
        sqlite_with_rowid=False,
    )
